//! What goes into the supervisor, and what comes out.

use crate::os::process::{End, Pid};
use std::time::{Duration, Instant};

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With this exit status (0 to 255). 0 is normal, all others are not.
    Code(i32),
    /// By this signal.
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

/// What has happened, or is wished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// All workers are to be started. Means nothing but the first time.
    Begin,
    /// The process that [`Action::Start`] asked for exists.
    Started {
        /// Whose process it is.
        worker: usize,
        /// Its id.
        pid: Pid,
    },
    /// There could be no process. It is tried again after a pause, which grows as after quick failures; a crash of
    /// the worker it is not.
    NotStarted {
        /// Whose process it should have been.
        worker: usize,
    },
    /// A child was reaped. Pids of processes that are no workers are ignored.
    Ended {
        /// The process that was.
        pid: Pid,
        /// How it ended.
        ending: Ending,
        /// Whether it had received a message.
        has_worked: bool,
    },
    /// A worker's process has left the pool and lives on by itself: a replacement starts as after a normal end. Nothing
    /// is done to it any more, even if it had been asked to stop, and its end means nothing.
    Detached {
        /// The process.
        pid: Pid,
        /// Whether it had received a message.
        has_worked: bool,
    },
    /// How much memory a worker's process has.
    Memory {
        /// The process.
        pid: Pid,
        /// Bytes that are resident, measured now.
        bytes: u64,
    },
    /// Every worker is to be replaced, one after the other. While that goes on: those that have been replaced
    /// already are to be replaced again.
    Reload,
    /// All workers are to stop. Nothing is started any more, but a last process for each worker that has none, or whose
    /// process ends, while messages wait for it. There is no way back.
    Stop,
    /// What [`Action::CheckBacklog`] has asked for.
    BacklogChecked {
        /// For which worker.
        worker: usize,
        /// Whether messages wait for it that nobody else will handle.
        messages_wait: bool,
    },
    /// Nothing but that time has passed.
    Time,
}

/// What the caller is to do, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Start a process, and answer with [`Event::Started`] or [`Event::NotStarted`].
    Start {
        /// For which worker, from 0.
        worker: usize,
    },
    /// Send SIGTERM: the process is asked to stop.
    Terminate {
        /// Whose process it is.
        worker: usize,
        /// The process.
        pid: Pid,
    },
    /// Send SIGKILL: it was asked, and did not end in time.
    Kill {
        /// Whose process it is.
        worker: usize,
        /// The process.
        pid: Pid,
    },
    /// The pool stops, and the worker has no process. Answer with [`Event::BacklogChecked`] whether messages wait for it.
    CheckBacklog {
        /// Which worker.
        worker: usize,
    },
    /// Tell of an abnormal end.
    Report(Crash),
    /// Tell that workers end normally, or reach their limits, in quick succession: more than ten in a second. Comes at
    /// most once a second.
    Churn {
        /// How many have ended like this, and were started again, within one second.
        restarts: u32,
    },
    /// Tell that a worker returns at once, again and again, without a message: its restarts are delayed as after
    /// failures. Comes once, and again after this worker has recovered.
    Idle {
        /// Which worker.
        worker: usize,
    },
    /// The budget for restarts is spent: the pool stops, as by [`Event::Stop`], and has failed.
    GiveUp,
    /// All workers are gone after a stop. Comes once, and nothing after it.
    Finish,
}

/// An abnormal end of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crash {
    /// Which worker.
    pub worker: usize,
    /// The process that was.
    pub pid: Pid,
    /// How it ended.
    pub ending: Ending,
    /// How long it ran.
    pub uptime: Duration,
    /// How often this worker had been started again, up to this end.
    pub restarts: u64,
    /// It had been asked to stop, and ended otherwise than by status 0, SIGTERM or SIGKILL. That is worth a line, and
    /// means nothing else: no pause, nothing off the budget.
    pub asked: bool,
    /// The pause before it is started again, zero for none. `None`: it is not, for the pool stops, unless messages wait.
    pub delay: Option<Duration>,
}

/// What a worker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It has no process yet, or waits for the next.
    Waiting,
    /// Its process runs.
    Running,
    /// Its process was asked to stop, or killed, and has not ended.
    Stopping,
    /// It has no process: the pool stops. It may have a last one.
    Gone,
}

/// What is known of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Its number, from 0.
    pub worker: usize,
    /// What it does.
    pub status: Status,
    /// Its process, when there is one.
    pub pid: Option<Pid>,
    /// When that was started.
    pub started: Option<Instant>,
    /// How often it was started again.
    pub restarts: u64,
}
