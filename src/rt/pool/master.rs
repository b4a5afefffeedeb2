//! The master: its signals, its supervisor, and what that has told it to do.

use super::master_signals::{MasterSignals, SIGKILL, SIGTERM};
use crate::os::Result;
use crate::os::process::{self, ChildState, Pid};
use crate::os::signal::{self, Previous};
use crate::rt::core::clock::now;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::supervisor::{Action, Event, Spec, Supervisor};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How often the memory of workers is looked at, where it has a limit.
pub(super) const LOOK: Duration = Duration::from_secs(1);

/// The master of a pool.
#[derive(Debug)]
pub struct Master {
    pub(super) supervisor: Supervisor,
    pub(super) claims: MasterSignals,
    pub(super) actions: VecDeque<Action>,
    /// When the memory is looked at next.
    pub(super) look: Option<Instant>,
    /// Nothing of the script may run any more, in no new process either.
    pub(super) user_code_over: bool,
    /// A worker's process is gone that was not reaped here.
    pub(super) has_lost: bool,
}

impl Master {
    /// A master; the pool's signals come to it from now on.
    pub(super) fn new(spec: Spec, seed: u64) -> std::result::Result<Master, SyscallError> {
        let look = spec.max_memory.map(|_| now() + LOOK);
        let supervisor = Supervisor::new(spec, seed).map_err(SyscallError::of("malloc()"))?;
        let (claims, actions) =
            (MasterSignals::new().map_err(SyscallError::of("sigaction()"))?, VecDeque::new());
        Ok(Master { supervisor, claims, actions, look, user_code_over: false, has_lost: false })
    }

    /// What the supervisor says to an event.
    pub(super) fn ask(&mut self, event: Event) -> Vec<Action> {
        let mut actions = Vec::new();
        self.supervisor.handle(event, now(), &mut actions);
        actions
    }

    /// Does what is to be done next. Signals are sent at once.
    pub(super) fn begin(&mut self, mut actions: Vec<Action>) {
        actions.retain(|action| match *action {
            // Only a failure is of interest to the caller.
            Action::Terminate { pid, .. } => self.signal(pid, SIGTERM).is_err(),
            Action::Kill { pid, .. } => {
                // The report says that it was necessary. When it fails, the end of the process is still waited for.
                let _ = self.signal(pid, SIGKILL);
                true
            }
            _ => true,
        });
        self.actions.extend(actions);
    }

    /// Sends a signal to a worker's process.
    fn signal(&mut self, pid: Pid, signal: i32) -> Result<()> {
        // A callback of the script may have reaped it: then the number may be anybody's.
        if process::kinship(pid) == Ok(ChildState::NonMember) {
            self.has_lost = true;
            return Ok(());
        }
        process::kill(pid, signal)
    }

    /// In a child: its signals are not ours.
    pub(super) fn let_go(&mut self) {
        self.claims.release();
        signal::forget_pending();
    }

    /// Its signals, with what they did before.
    pub(super) fn claimed(&self) -> &[(i32, Previous)] {
        self.claims.previous()
    }

    /// Whether the pool is about to end.
    pub fn is_stopping(&self) -> bool {
        self.supervisor.is_stopping()
    }

    /// How many processes a worker has had.
    pub(super) fn starts(&self, worker: usize) -> u64 {
        self.supervisor.starts(worker)
    }

    /// The script has ended by a fatal error: when the pool stops no process is started for what waits.
    pub fn no_drain_worker(&mut self) {
        self.user_code_over = true;
    }

    /// Whether there are processes of workers.
    pub(super) fn has_workers(&self) -> bool {
        self.supervisor.workers().any(|view| view.pid.is_some())
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.supervisor.deadline().into_iter().chain(self.look).min()
    }
}

impl Drop for Master {
    fn drop(&mut self) {
        self.claims.release();
    }
}
