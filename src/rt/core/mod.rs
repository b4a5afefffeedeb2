//! The core: what wakes coroutines, and which of them runs. It does not know what they wait for.

pub mod barriers;
pub mod child;
pub mod children;
pub mod clock;
pub mod event_loop;
pub mod exclusive;
pub mod handles;
pub mod reactor;
pub mod registrations;
pub mod scheduler;
pub mod signals;
pub mod source;
pub mod switch;
pub mod syscall_error;
pub mod timers;
pub mod wait;
mod write_queue;

use crate::os::process::Pid;
use crate::os::wakeups::Wakeups;
use crate::os::{self, Errno, prepared_wait, signal};
use crate::rt::core::barriers::Barriers;
use crate::rt::core::child::{Child, Part};
use crate::rt::core::clock::{WaitEnv, now};
use crate::rt::core::event_loop::EventLoop;
use crate::rt::core::exclusive::Exclusive;
use crate::rt::core::reactor::Ready;
use crate::rt::core::scheduler::Scheduler;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::timers::{Repeat, Target};
use crate::rt::core::wait::{Slot, WaitKind, Waiter, Wake};
use std::time::Duration;

/// The event loop and the scheduler of a process.
#[derive(Debug)]
pub struct Core {
    /// The event loop.
    pub events: EventLoop,
    /// The coroutines.
    pub scheduler: Scheduler,
    pub(in crate::rt) barriers: Barriers,
    pub(in crate::rt) exclusive: Exclusive<Waiter>,
    interrupted: fn() -> bool,
    wakeups: Option<Wakeups>,
}

impl Default for Core {
    fn default() -> Self {
        Core {
            events: EventLoop::default(),
            scheduler: Scheduler::default(),
            barriers: Barriers::default(),
            exclusive: Exclusive::default(),
            interrupted: || false,
            wakeups: None,
        }
    }
}

impl Core {
    /// Sets the function that tells whether a signal handler of the script is pending.
    pub fn set_interrupted(&mut self, interrupted: fn() -> bool) {
        self.interrupted = interrupted;
    }

    /// The function that tells whether a signal handler of the script is pending.
    pub(in crate::rt) fn interrupted(&self) -> fn() -> bool {
        self.interrupted
    }

    /// What a waiting call has to ask for.
    pub fn env(&self) -> WaitEnv {
        WaitEnv { now, interrupted: self.interrupted }
    }

    /// Makes a call that waits in the kernel and cannot change the signal mask for the wait. It ends (`EINTR`) when a signal
    /// handler has run; if that was just before the call, a moment later.
    pub(in crate::rt) fn wait_in_kernel<T>(&mut self, wait: impl FnOnce() -> os::Result<T>) -> os::Result<T> {
        // Our own handlers end no such call.
        if prepared_wait::is_unmasked() { wait() } else { self.wait_with_wakeups(wait) }
    }

    /// As [`Core::wait_in_kernel`]. The call also ends after a moment if nothing has happened, so that the caller can
    /// check what no signal reports.
    pub(in crate::rt) fn wait_with_wakeups<T>(
        &mut self,
        wait: impl FnOnce() -> os::Result<T>,
    ) -> os::Result<T> {
        if self.wakeups.as_ref().is_none_or(|wakeups| !wakeups.is_here()) {
            self.wakeups = None;
            // Without wakeups the call ends as it would have ended anyway.
            self.wakeups = Wakeups::new().ok();
        }
        if (self.interrupted)() {
            return Err(Errno::EINTR);
        }
        match &self.wakeups {
            Some(wakeups) => wakeups.during(wait),
            None => wait(),
        }
    }

    /// Waits as [`EventLoop::wait`] does.
    pub fn wait_for_events(&mut self, ready: &mut Vec<Ready>) -> Result<(), SyscallError> {
        self.events.wait(now, self.interrupted, ready)
    }

    /// The coroutine that waits to read from a ready descriptor: it is about to continue.
    pub fn expected(&mut self, ready: Ready) -> Option<Slot> {
        let waiter = self.events.reactor.reader(ready)?;
        self.scheduler.is_waiting(waiter).then_some(waiter.slot)
    }

    /// Makes the loop end a wait in this way.
    #[cold]
    pub(in crate::rt) fn wake_later(&mut self, waiter: Waiter, how: Wake) {
        self.events.timers.add(Target::Wake(waiter, how), Duration::ZERO, Repeat::Once, now());
    }

    /// A coroutine begins to wait for this child, or for any.
    pub fn wait_for_child(&mut self, pid: Option<Pid>, waiter: Waiter) {
        self.events.children.wait(&mut self.events.reactor, pid, waiter, false);
    }

    /// A coroutine waits for this child to end, and reaps it itself.
    pub fn wait_for_end(&mut self, pid: Pid, waiter: Waiter) {
        self.events.children.wait(&mut self.events.reactor, Some(pid), waiter, true);
    }

    /// The running coroutine begins to wait, for `limit` at most. `None` in the main program.
    #[inline]
    pub fn begin_wait(&mut self, on: WaitKind, limit: Option<Duration>) -> Option<Waiter> {
        let waiter = self.scheduler.begin_wait(on)?;
        if limit.is_some() || self.scheduler.has_deadlines() {
            self.limit_wait(waiter, on, limit);
        }
        Some(waiter)
    }

    /// The running coroutine begins to wait and is no longer the running one. Returns its place.
    #[inline(never)]
    pub(super) fn wait_limited(&mut self, on: WaitKind, limit: Option<Duration>) -> Option<Slot> {
        let waiter = self.begin_wait(on, limit)?;
        self.scheduler.leave(waiter.slot);
        Some(waiter.slot)
    }

    /// Limits a wait that has begun: to `limit`, and to the deadline of its coroutine.
    #[inline(never)]
    fn limit_wait(&mut self, waiter: Waiter, on: WaitKind, limit: Option<Duration>) {
        let limit = match self.scheduler.deadline() {
            Some(deadline) if on != WaitKind::Turn => {
                let left = deadline.saturating_duration_since(now());
                Some(limit.map_or(left, |limit| limit.min(left)))
            }
            _ => limit,
        };
        if let Some(limit) = limit {
            let timer =
                self.events.timers.add(Target::Wake(waiter, Wake::TimedOut), limit, Repeat::Once, now());
            self.scheduler.limit_wait(waiter, timer);
        }
    }

    /// Ends a wait and its time limit. Returns the coroutine to run. `None` when the wait has already ended.
    #[inline]
    pub fn end_wait(&mut self, waiter: Waiter, wake: Wake) -> Option<Slot> {
        let (slot, limit) = self.scheduler.end_wait(waiter, wake)?;
        if let Some(timer) = limit {
            self.events.timers.drop_limit(timer);
        }
        Some(slot)
    }

    /// As [`Core::end_wait`], and the coroutine becomes the running one.
    #[inline(always)]
    pub(super) fn end_and_enter(&mut self, waiter: Waiter, wake: Wake) -> Option<Slot> {
        let slot = self.end_wait(waiter, wake)?;
        self.scheduler.enter(slot);
        Some(slot)
    }
}

impl Part for Core {
    /// The loop is the parent's. Its descriptors are closed without telling the kernel about what they watch. Signals
    /// do again what they did before the loop handled them. The parent's coroutines never continue here.
    #[cold]
    fn in_child(&mut self, child: Child) {
        if child.is_program() {
            return;
        }
        self.scheduler.abandon_waiting();
        self.events.give_signals_back();
        signal::forget_pending();
        self.events = self.events.for_child();
    }
}
