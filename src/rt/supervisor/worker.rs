//! One worker: its states, and what each of them means to the pool.

use crate::os::process::Pid;
use crate::rt::supervisor::event::{Ending, Status, View};
use crate::rt::supervisor::limits::Random;
use crate::rt::supervisor::restart::{Budget, Churn, Row};
use crate::rt::supervisor::spec::{Restart, Rule, Spec};
use std::time::Instant;

/// What all workers of a pool share.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) spec: Spec,
    pub(super) random: Random,
    pub(super) budget: Budget,
    pub(super) churn: Churn,
    /// The worker that was reported because it returns at once, until it recovers.
    pub(super) idle: Option<usize>,
    pub(super) stop: Option<Stop>,
}

/// The stop of a pool, or of a worker that a resize has removed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    pub(super) since: Instant,
    /// Whether drain workers are started for messages that wait.
    pub(super) is_complete: bool,
}

/// A running process.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    pub(super) pid: Pid,
    pub(super) since: Instant,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    /// The pool has not begun.
    New,
    /// The next process will be started at this time.
    Waiting { until: Instant },
    /// A process was requested; the answer has not come.
    Starting,
    /// A process runs, until it reaches this age or this size.
    Running { life: Life, retires: Option<Instant>, max_memory: Option<u64> },
    /// A process was asked to stop. It will be killed at this time, if at all.
    Stopping { life: Life, kill_at: Option<Instant>, why: StopReason },
    /// A process was killed.
    Killed { life: Life, why: StopReason },
    /// The worker stops, and there is no process. The caller was asked whether messages wait; the answer has not come.
    CheckingBacklog,
    /// The worker stops, or has ended for good, and there is no process.
    Gone,
}

/// Why a process was asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StopReason {
    /// The caller requested it.
    Requested,
    /// The process had reached a limit.
    Limit,
}

/// Whether a worker's process, which was requested before that, is to be replaced when it is the worker's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Renewal {
    /// It is not.
    None,
    /// By a reload, which does not concern a worker that ends for good before its turn.
    Reload,
    /// By a request for this worker, which runs again even if it has ended for good.
    Request,
}

/// The inputs of a worker's state machine.
#[derive(Clone, Copy, Debug)]
pub(super) enum Input {
    Begin,
    Started(Pid),
    NotStarted,
    Ended {
        ending: Ending,
        has_worked: bool,
    },
    Detached {
        has_worked: bool,
    },
    /// The process is about to exit because of its number of messages.
    Recycled,
    Memory(u64),
    /// A reload has reached this worker.
    Turn,
    Stop,
    /// Whether messages wait for the worker.
    BacklogChecked(bool),
    /// The pool is about to finish.
    Last,
    Time,
}

#[derive(Debug)]
pub(super) struct Worker {
    pub(super) id: usize,
    pub(super) rule: Rule,
    pub(super) state: State,
    /// The number of processes so far.
    pub(super) starts: u64,
    /// Quick failures in a row, and quick exits without work.
    pub(super) failures: Row,
    /// Quick exits without work in a row.
    pub(super) idle: u32,
    /// Starts in a row that failed.
    pub(super) refusals: Row,
    /// Whether its process is to be replaced.
    pub(super) renewal: Renewal,
    /// Whether its process ends because of its number of messages.
    pub(super) is_recycled: bool,
    /// Whether it has ended for good by its rule.
    pub(super) is_done: bool,
    /// Whether it was asked to stop since its process was requested. Then none needs to be started.
    pub(super) is_start_canceled: bool,
    /// Its own stop, when a resize has removed it.
    pub(super) stop: Option<Stop>,
    /// While the worker stops: whether it has had its drain worker, or may have none.
    pub(super) has_had_last: bool,
    /// While the worker stops: whether no messages wait for it. Reset when another process exits, which may have sent
    /// some.
    pub(super) is_empty: bool,
}

impl Worker {
    pub(super) fn new(id: usize, rule: Rule) -> Worker {
        Worker {
            id,
            rule,
            state: State::New,
            starts: 0,
            failures: Row::default(),
            idle: 0,
            refusals: Row::default(),
            renewal: Renewal::None,
            is_recycled: false,
            is_done: false,
            is_start_canceled: false,
            stop: None,
            has_had_last: false,
            is_empty: false,
        }
    }

    /// Whether a reload concerns it: it has a process, or will have one.
    pub(super) fn may_be_replaced(&self) -> bool {
        match self.state {
            State::Waiting { .. }
            | State::Starting
            | State::Running { .. }
            | State::Stopping { .. }
            | State::Killed { .. } => !self.is_removed(),
            State::New | State::CheckingBacklog | State::Gone => false,
        }
    }

    /// Whether it has one process only.
    pub(super) fn is_for_once(&self) -> bool {
        self.rule.restart == Restart::Once
    }

    /// Whether it has ended for good by its rule.
    pub(super) fn has_ended(&self) -> bool {
        self.is_done && matches!(self.state, State::Gone) && !self.is_removed()
    }

    /// Whether a resize has removed it.
    pub(super) fn is_removed(&self) -> bool {
        self.stop.is_some()
    }

    /// A resize removes it.
    pub(super) fn remove(&mut self, now: Instant) {
        self.stop = Some(Stop { since: now, is_complete: true });
        self.renewal = Renewal::None;
        self.is_done = false;
    }

    /// A resize adds it again. If its process has not exited yet, it will have another one.
    pub(super) fn add_again(&mut self) {
        if self.stop.take().is_some() {
            self.is_start_canceled = false;
            self.has_had_last = false;
            self.is_empty = false;
            self.failures = Row::default();
            if matches!(self.state, State::Gone) {
                self.state = State::New;
            }
        }
    }

    /// The whole pool stops.
    pub(super) fn join_stop(&mut self) {
        self.renewal = Renewal::None;
        if self.stop.take().is_some() {
            // Others may have sent messages since.
            self.has_had_last = false;
            self.is_empty = false;
        }
    }

    /// Its process, if there is one.
    pub(super) fn life(&self) -> Option<Life> {
        match self.state {
            State::Running { life, .. } | State::Stopping { life, .. } | State::Killed { life, .. } => {
                Some(life)
            }
            State::New | State::Waiting { .. } | State::Starting | State::CheckingBacklog | State::Gone => {
                None
            }
        }
    }

    /// When time alone changes its state.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Waiting { until } => Some(until),
            State::Running { retires, .. } => retires,
            State::Stopping { kill_at, .. } => kill_at,
            State::New | State::Starting | State::Killed { .. } | State::CheckingBacklog | State::Gone => {
                None
            }
        }
    }

    pub(super) fn view(&self) -> View {
        let status = match self.state {
            State::CheckingBacklog | State::Gone if self.is_done => Status::Ended,
            State::New | State::Waiting { .. } | State::Starting | State::CheckingBacklog => Status::Waiting,
            State::Running { .. } => Status::Running,
            State::Stopping { .. } | State::Killed { .. } => Status::Stopping,
            State::Gone => Status::Gone,
        };
        let life = self.life();
        View {
            worker: self.id,
            status,
            pid: life.map(|life| life.pid),
            started: life.map(|life| life.since),
            restarts: self.restarts(),
        }
    }

    pub(super) fn starts(&self) -> u64 {
        self.starts
    }

    pub(super) fn restarts(&self) -> u64 {
        self.starts.saturating_sub(1)
    }
}
