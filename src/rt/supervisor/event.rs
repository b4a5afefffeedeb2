//! The events that go into the supervisor, and the actions that come out.

use crate::os::process::{End, Pid};
use std::time::{Duration, Instant};

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It exited with this status (0 to 255). 0 is normal, all others are not.
    Code(i32),
    /// It was killed by this signal.
    Signal(i32),
}

impl From<End> for Ending {
    fn from(end: End) -> Ending {
        match end {
            End::Exited(code) => Ending::Code(code),
            End::Killed(signal) => Ending::Signal(signal),
        }
    }
}

/// An event, or a request of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Start all workers. Only the first one has an effect.
    Begin,
    /// The process that [`Action::Start`] asked for exists.
    Started {
        /// The worker.
        worker: usize,
        /// The pid.
        pid: Pid,
    },
    /// No process could be started. The supervisor tries again after a backoff delay as after quick failures, but this
    /// is not a crash of the worker.
    NotStarted {
        /// The worker.
        worker: usize,
    },
    /// A child was reaped. Pids that belong to no worker are ignored.
    Ended {
        /// Its pid.
        pid: Pid,
        /// How it ended.
        ending: Ending,
        /// Whether it had received a message.
        has_worked: bool,
    },
    /// A worker's process has left the pool and runs on by itself: a replacement starts as after a normal exit. The
    /// supervisor never signals that process again, even if it was asked to stop before, and ignores its exit.
    Detached {
        /// The pid.
        pid: Pid,
        /// Whether the process had received a message.
        has_worked: bool,
    },
    /// A worker's process is about to exit by itself because it has reached its number of messages: it is replaced as
    /// one that was asked to stop, whatever its rule says of an end by itself.
    Recycled {
        /// The pid.
        pid: Pid,
    },
    /// The memory of a worker's process was measured.
    Memory {
        /// The pid.
        pid: Pid,
        /// The number of resident bytes.
        bytes: u64,
    },
    /// Replace every worker, one after the other. During a reload: replace all of them again, those already replaced
    /// too.
    Reload,
    /// Replace one worker, as a reload replaces all. One that had ended for good by its rule runs again.
    Replace {
        /// The worker.
        worker: usize,
    },
    /// Change the number of workers, up to [`Spec::max_workers`](super::Spec). Workers that are too many are asked to
    /// stop, those with the highest numbers first; each gets a drain worker, if messages wait for it.
    Resize {
        /// The new number.
        workers: usize,
    },
    /// Stop all workers. From now on only drain workers are started: one for a worker that has no process, or whose
    /// process exits, while messages wait for it. A stop cannot be undone.
    Stop,
    /// The answer to [`Action::CheckBacklog`].
    BacklogChecked {
        /// The worker.
        worker: usize,
        /// Whether messages wait for it that no other worker will handle.
        messages_wait: bool,
    },
    /// Time has passed, nothing else.
    Time,
}

/// An action of the caller. Actions are carried out in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Start a process, and answer with [`Event::Started`] or [`Event::NotStarted`].
    Start {
        /// The worker, from 0.
        worker: usize,
    },
    /// Send SIGTERM to ask the process to stop.
    Terminate {
        /// The worker.
        worker: usize,
        /// The pid.
        pid: Pid,
    },
    /// Send SIGKILL: the process was asked to stop and did not exit in time.
    Kill {
        /// The worker.
        worker: usize,
        /// The pid.
        pid: Pid,
    },
    /// The worker stops, and has no process. Answer with [`Event::BacklogChecked`] whether messages wait for
    /// it.
    CheckBacklog {
        /// The worker.
        worker: usize,
    },
    /// Report an abnormal exit.
    Report(Crash),
    /// Report that workers exit normally, or reach their limits, in quick succession: more than ten in a second. Comes
    /// at most once a second.
    Churn {
        /// The number of such restarts within one second.
        restarts: u32,
    },
    /// Report a worker that returns at once, again and again, without a message: its restarts are delayed as after
    /// failures. Comes once, and again after this worker has recovered.
    Idle {
        /// The worker.
        worker: usize,
    },
    /// The restart budget is spent: the pool stops as by [`Event::Stop`], and has failed.
    GiveUp,
    /// All workers have ended for good by their rules: the pool stops as by [`Event::Stop`].
    Done,
    /// All workers are gone after a stop. This is the last action.
    Finish,
}

/// An abnormal exit of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crash {
    /// The worker.
    pub worker: usize,
    /// Its pid.
    pub pid: Pid,
    /// How it ended.
    pub ending: Ending,
    /// How long the process ran.
    pub uptime: Duration,
    /// How often this worker had been restarted before this exit.
    pub restarts: u64,
    /// Whether it had been asked to stop, and exited in another way than with status 0, SIGTERM or SIGKILL. Such an
    /// exit is logged only: it causes no backoff and does not count for the restart budget.
    pub asked: bool,
    /// The delay until the restart; zero for none. `None` when there is no restart, because the pool or the worker
    /// stops, or by its rule.
    pub delay: Option<Duration>,
}

/// The status of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It has no process yet, or waits for its next one.
    Waiting,
    /// Its process runs.
    Running,
    /// Its process was asked to stop, or was killed, and has not exited.
    Stopping,
    /// It has ended for good by its rule.
    Ended,
    /// It has no process because it stops. It may get a drain worker.
    Gone,
}

/// The visible state of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Its number, from 0.
    pub worker: usize,
    /// Its status.
    pub status: Status,
    /// The pid of its process, if there is one.
    pub pid: Option<Pid>,
    /// When that process was started.
    pub started: Option<Instant>,
    /// How often the worker was restarted.
    pub restarts: u64,
}
