//! A worker: its parent-death guard, and when it stops.

use super::master_signals::STOP;
use super::plan::{NewWorker, Plan, StopDelivery};
use super::waits::{RecvError, failed};
use crate::os::Result;
use crate::os::parent_death_guard::{Config, DeathAction, ParentDeathGuard};
use crate::os::process::Pid;
use crate::os::signal::{self, SIGTERM};
use crate::rt::core::clock::now;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::supervisor::limits::max_requests;
use std::time::{Duration, Instant};

/// The number of messages that are received between two checks of the guard.
const UNSEEN: u32 = 64;

/// A worker of a pool, in its own process.
#[derive(Debug)]
pub struct Worker {
    pub(super) number: usize,
    /// The parent-death guard; `None` once the worker has left the pool.
    pub(super) bond: Option<ParentDeathGuard>,
    pub(super) is_detached: bool,
    /// The message loop takes no more messages.
    pub(super) is_retired: bool,
    /// The stop signals, unless they end the process.
    pub(super) stops: signal::Set,
    /// How long it takes waiting messages when the pool stops.
    pub(super) drain_time: Option<Duration>,
    /// Messages left until it is replaced.
    pub(super) left: Option<u64>,
    /// Messages since the last check of the guard.
    pub(super) unseen: u32,
    /// It is to leave its message loop after this message.
    pub(super) leaving: bool,
    /// The scoreboard shows that it serves.
    pub(super) shows_phase: bool,
    /// The scoreboard shows that it has worked.
    pub(super) shows_work: bool,
    /// It has finished its work as a worker.
    pub(super) has_ended: bool,
    /// Set when it was asked to stop.
    pub(super) stop_request: Option<StopRequest>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct StopRequest {
    /// Whether it was asked by a signal that the whole pool has got.
    all: bool,
    /// Until when it may take waiting messages.
    until: Option<Instant>,
}

/// What a worker is to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Directive {
    Continue,
    /// Handle the waiting messages: no other process will.
    Drain,
    Exit,
}

impl Worker {
    /// Makes a worker and arms its parent-death guard. `waits_without_mask`: the worker waits in calls that a stop
    /// signal just before the call would not end. `death_action` is done when master and workers have exited.
    pub(super) fn new(
        new: NewWorker,
        master: Pid,
        plan: &Plan,
        waits_without_mask: bool,
        death_action: Option<DeathAction>,
    ) -> std::result::Result<Worker, SyscallError> {
        let NewWorker { number, stop_delivery, random, .. } = new;
        let grace = plan.spec.max_wait;
        let stops: &'static [i32] = if stop_delivery == StopDelivery::Nothing { &[] } else { &STOP };
        let wakeup_tick = stop_delivery == StopDelivery::BetweenMessages && waits_without_mask;
        let bond = ParentDeathGuard::arm(Config { master, grace, stops, wakeup_tick, death_action })
            .map_err(SyscallError::of("prctl()"))?;
        Ok(Worker {
            number,
            bond: Some(bond),
            is_detached: false,
            is_retired: false,
            stops: stops.iter().copied().collect(),
            drain_time: plan.spec.drain_time(),
            left: plan.max_requests.map(|setting| max_requests(setting, random)),
            unseen: 0,
            leaving: false,
            shows_phase: false,
            shows_work: false,
            has_ended: false,
            stop_request: None,
        })
    }

    /// Its number.
    pub fn number(&self) -> usize {
        self.number
    }

    /// It leaves its message loop after the current message.
    pub fn leave(&mut self) {
        self.leaving = true;
    }

    /// Whether it takes no more messages.
    pub fn is_retired(&self) -> bool {
        self.is_retired
    }

    /// It takes no more messages.
    pub fn retire(&mut self) {
        self.is_retired = true;
    }

    /// Whether it has lost its master.
    pub fn is_orphaned(&self) -> bool {
        self.bond.as_ref().is_some_and(ParentDeathGuard::is_orphaned)
    }

    /// Until when it may take waiting messages, if it was asked to stop and there is a limit.
    pub(super) fn has_until(&self) -> Option<Instant> {
        self.stop_request.and_then(|request| request.until)
    }

    /// The signals that must reach it, even if they were blocked when the program started.
    pub(in crate::rt) fn signals(&self) -> Vec<i32> {
        self.bond.iter().flat_map(ParentDeathGuard::signals).collect()
    }

    pub(super) fn before_exec(&self) -> Result<()> {
        self.bond.as_ref().map_or(Ok(()), ParentDeathGuard::before_exec)
    }

    pub(super) fn after_exec(&self) -> Result<()> {
        self.bond.as_ref().map_or(Ok(()), ParentDeathGuard::after_exec)
    }

    /// It leaves its message loop after the current message, and has no parent-death guard any more.
    pub(super) fn become_daemon(&mut self) {
        self.is_detached = true;
        self.leaving = true;
        self.bond = None;
    }

    /// The script may have changed the user of the process, which clears the guard in the kernel: arms it again.
    pub fn renew_bond(&self) -> Result<()> {
        self.bond.as_ref().map_or(Ok(()), ParentDeathGuard::renew)
    }

    /// Arms the guard again if it was lost. Called before a wait, because the script has run.
    pub(super) fn keep_bond(&mut self) -> std::result::Result<(), RecvError> {
        self.unseen = 0;
        self.bond.as_ref().map_or(Ok(()), ParentDeathGuard::renew_if_lost).map_err(failed("prctl()"))
    }

    /// A worker that never waits, because messages come all the time, checks the guard now and then. A check for each
    /// message would be a system call each.
    pub(super) fn keep_bond_at_times(&mut self) -> std::result::Result<(), RecvError> {
        self.unseen += 1;
        if self.unseen >= UNSEEN { self.keep_bond() } else { Ok(()) }
    }

    /// Whether it has left the pool.
    pub fn is_detached(&self) -> bool {
        self.is_detached
    }

    /// Takes a stop signal of `stops` if one has come, and returns whether the worker was asked to stop. `since` tells
    /// when the master asked: the time counts from then, not from the end of a long message.
    pub(super) fn note_stop(&mut self, stops: signal::Set, since: impl FnOnce() -> Option<Instant>) -> bool {
        if stops.has_come() {
            // A terminal sends its signals to all processes of a pool.
            let came: Vec<i32> = stops.numbers().filter(|&stop| signal::take(stop)).collect();
            if let Some(bond) = self.bond.as_ref().filter(|_| !came.is_empty()) {
                bond.tick(None);
            }
            if self.stop_request.is_none() && !came.is_empty() {
                let since = since().unwrap_or_else(now);
                let until = self.drain_time.and_then(|time| since.checked_add(time));
                self.stop_request = Some(StopRequest { all: !came.contains(&SIGTERM), until });
            }
        }
        self.stop_request.is_some()
    }

    /// Whether [`Worker::directive`] returns [`Directive::Continue`] without taking a signal.
    #[inline]
    pub(super) fn is_undisturbed(&self) -> bool {
        !self.leaving && self.stop_request.is_none() && !self.stops.has_come()
    }

    pub(super) fn directive(
        &mut self,
        ending: impl FnOnce() -> bool,
        stops: signal::Set,
        since: impl FnOnce() -> Option<Instant>,
    ) -> Directive {
        if self.leaving {
            return Directive::Exit;
        }
        if !self.note_stop(stops, since) {
            return Directive::Continue;
        }
        let all = ending() || self.is_orphaned();
        match self.stop_request {
            Some(request) if (all || request.all) && request.until.is_none_or(|until| now() < until) => {
                Directive::Drain
            }
            _ => Directive::Exit,
        }
    }
}
