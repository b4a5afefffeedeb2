//! The specification of a pool: the number of workers, their limits, and the restart policy.

use std::time::Duration;

/// A pool. By default it has no workers, a stop takes at most 3 seconds, and there are no limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The number of workers at the beginning.
    pub workers: usize,
    /// The largest number of workers that the pool may get while it runs; at least `workers`.
    pub max_workers: usize,
    /// The kill timeout: the time from the request to stop until SIGKILL. `None`: no SIGKILL.
    pub max_wait: Option<Duration>,
    /// A worker's process that has run this long is asked to stop, and replaced. Each process has its own limit, from
    /// 90 % to all of this, so that they do not stop together. `None`: no limit.
    pub max_lifetime: Option<Duration>,
    /// A worker's process with more resident memory than this, in bytes, is asked to stop, and replaced. Each process
    /// has its own limit, from 90 % to all of this. `None`: no limit.
    pub max_memory: Option<u64>,
    /// When failed workers restart.
    pub restart: Policy,
    /// Whether workers run again after an end.
    pub rule: Rule,
    /// The rules of the first workers, where they differ from `rule`.
    pub rules: Vec<Rule>,
}

impl Spec {
    /// Whether a worker runs again after an end.
    pub(super) fn rule_of(&self, worker: usize) -> Rule {
        self.rules.get(worker).copied().unwrap_or(self.rule)
    }

    /// How long after the beginning of a stop the workers still take waiting messages. The rest of `max_wait` is for
    /// the message that is being handled then. `None`: until no message is left.
    pub fn drain_time(&self) -> Option<Duration> {
        self.max_wait.map(|wait| wait / 2)
    }
}

impl Default for Spec {
    fn default() -> Spec {
        Spec {
            workers: 0,
            max_workers: 0,
            max_wait: Some(Duration::from_secs(3)),
            max_lifetime: None,
            max_memory: None,
            restart: Policy::default(),
            rule: Rule::default(),
            rules: Vec::new(),
        }
    }
}

/// Whether a worker runs again after an end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// After which ends.
    pub restart: Restart,
    /// The shortest pause between an end of a worker by itself and its next run. Zero: none, except for backoff.
    pub pause: Duration,
}

/// The ends after which a worker runs again. A process that the pool has asked to stop is replaced in any case, except
/// with `Once`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Restart {
    /// After each end.
    #[default]
    Always,
    /// After a failure.
    OnFailure,
    /// After no end by itself.
    Never,
    /// After no end at all: a reload leaves it alone, and a limit ends it for good.
    Once,
}

/// When failed workers restart. By default there is no limit, and delays are from 10 ms to 10 s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The longest delay after the first quick failure of a worker, or its first normal exit without work (see
    /// [`IDLE`](super::restart::IDLE)). It doubles with each further one in a row. The actual delay is between half of
    /// that and all of it. Zero: no delays, so that a worker that cannot run is restarted as fast as the machine can.
    pub delay: Duration,
    /// The upper limit of all delays. A failure is quick when the process ran for less than this.
    pub max_delay: Duration,
    /// The time within which failures count for `max_restarts`.
    pub window: Duration,
    /// The pool gives up when all its workers together fail more often than this within the window. `None`: never.
    pub max_restarts: Option<u32>,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            delay: Duration::from_millis(10),
            max_delay: Duration::from_secs(10),
            window: Duration::from_secs(60),
            max_restarts: None,
        }
    }
}
