//! The master: its signals, its supervisor, and the supervisor's pending actions.

use super::in_flight::CrashedMessage;
use super::master_signals::MasterSignals;
use super::template::Templates;
use crate::os::Result;
use crate::os::process::{self, ChildState, Pid};
use crate::os::signal::{self, Previous, SIGKILL, SIGTERM};
use crate::rt::core::clock::now;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::supervisor::{Action, Event, Spec, Supervisor};
use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

/// The interval at which the memory of workers is measured, where it has a limit.
pub(super) const LOOK: Duration = Duration::from_secs(1);

/// The shortest time between two checks for workers that other code has reaped: each asks the kernel for every worker.
pub(super) const CHECK_AGAIN: Duration = Duration::from_millis(50);

/// The master of a pool.
#[derive(Debug)]
pub struct Master {
    pub(super) supervisor: Supervisor,
    pub(super) signals: MasterSignals,
    pub(super) actions: VecDeque<Action>,
    /// When the memory is measured next.
    pub(super) look: Option<Instant>,
    /// No code of the script may run any more, not in a new process either.
    pub(super) user_code_over: bool,
    /// The messages of workers that have crashed, until they are reported.
    pub(super) crashed_messages: BTreeMap<usize, CrashedMessage>,
    /// A worker's process is gone without having been reaped here.
    pub(super) has_lost: bool,
    /// Before this time the master does not check for workers that other code has reaped.
    pub(super) next_check: Option<Instant>,
    /// Whether something has happened since the last such check.
    pub(super) must_check: bool,
    /// Other code has reaped a worker, and will do so again: the master checks whenever something has happened.
    pub(super) others_reap: bool,
    /// The processes that fork the workers, if the master does not.
    pub(super) templates: Templates,
}

impl Master {
    /// Makes a master, and installs the handlers of the master signals.
    pub(super) fn new(spec: Spec, reloads: bool, seed: u64) -> std::result::Result<Master, SyscallError> {
        let look = spec.max_memory.map(|_| now() + LOOK);
        let supervisor = Supervisor::new(spec, seed).map_err(SyscallError::of("malloc()"))?;
        let (signals, actions) =
            (MasterSignals::new(reloads).map_err(SyscallError::of("sigaction()"))?, VecDeque::new());
        Ok(Master {
            supervisor,
            signals,
            actions,
            look,
            user_code_over: false,
            crashed_messages: BTreeMap::new(),
            has_lost: false,
            next_check: None,
            must_check: false,
            others_reap: false,
            templates: Templates::default(),
        })
    }

    /// Passes an event to the supervisor, and returns its actions.
    pub(super) fn ask(&mut self, event: Event) -> Vec<Action> {
        let mut actions = Vec::new();
        self.supervisor.handle(event, now(), &mut actions);
        actions
    }

    /// Takes over the supervisor's actions. Signals are sent immediately.
    pub(super) fn begin(&mut self, mut actions: Vec<Action>) {
        actions.retain(|action| match *action {
            // Only a failure is passed on to the caller.
            Action::Terminate { pid, .. } => self.signal(pid, SIGTERM).is_err(),
            Action::Kill { pid, .. } => {
                // The kill is reported even if it fails; then the master still waits for the exit of the process.
                let _ = self.signal(pid, SIGKILL);
                true
            }
            _ => true,
        });
        self.actions.extend(actions);
    }

    /// Sends a signal to a worker's process.
    fn signal(&mut self, pid: Pid, signal: i32) -> Result<()> {
        // A callback of the script may have reaped it: then any process may have this pid.
        if process::kinship(pid) == Ok(ChildState::NonMember) {
            self.has_lost = true;
            return Ok(());
        }
        process::kill(pid, signal)
    }

    /// In a worker or template that was just forked: forgets the master signals.
    pub(super) fn let_go(&mut self) {
        self.signals.release_in_child();
        signal::forget_pending();
    }

    /// The master signals, with their previous actions.
    pub(super) fn claimed(&self) -> &[(i32, Previous)] {
        self.signals.previous()
    }

    /// Whether the pool stops.
    pub fn is_stopping(&self) -> bool {
        self.supervisor.is_stopping()
    }

    /// The number of processes that a worker has had.
    pub(super) fn starts(&self, worker: usize) -> u64 {
        self.supervisor.starts(worker)
    }

    /// The script has ended with a fatal error: the stop starts no drain workers.
    pub fn no_drain_worker(&mut self) {
        self.user_code_over = true;
    }

    /// The message that a worker was handling when it crashed, once.
    pub fn take_crashed_message(&mut self, worker: usize) -> Option<CrashedMessage> {
        self.crashed_messages.remove(&worker)
    }

    /// Whether any worker has a process.
    pub(super) fn has_workers(&self) -> bool {
        self.supervisor.workers().any(|view| view.pid.is_some())
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        let check = self.next_check.filter(|_| self.must_check);
        let deadlines = self.supervisor.deadline().into_iter().chain(self.look).chain(check);
        deadlines.chain(self.templates.deadline()).min()
    }
}

impl Drop for Master {
    fn drop(&mut self) {
        self.signals.release();
    }
}
