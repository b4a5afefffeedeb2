//! What a pool is to be: how many workers, their limits, and when one that failed is started again.

use std::time::Duration;

/// A pool. By default it has no workers, a stop takes at most 3 seconds, and there are no limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// How many workers.
    pub workers: usize,
    /// From being asked to stop until SIGKILL. `None`: it is waited for without end.
    pub max_wait: Option<Duration>,
    /// A worker's process that has run this long is asked to stop, and replaced. Each process has its own limit, from
    /// 90 % to all of this, so that they do not stop together. `None`: no limit.
    pub max_lifetime: Option<Duration>,
    /// A worker's process with more resident memory than this, in bytes, is asked to stop, and replaced. Each process
    /// has its own limit, from 90 % to all of this. `None`: no limit.
    pub max_memory: Option<u64>,
    /// When workers that failed are started again.
    pub restart: Policy,
}

impl Spec {
    /// How long, from the moment at which the pool stops, its workers handle what is there. The rest of `max_wait` is for
    /// the message that is handled then. `None`: until nothing is left.
    pub fn drain_time(&self) -> Option<Duration> {
        self.max_wait.map(|wait| wait / 2)
    }
}

impl Default for Spec {
    fn default() -> Spec {
        Spec {
            workers: 0,
            max_wait: Some(Duration::from_secs(3)),
            max_lifetime: None,
            max_memory: None,
            restart: Policy::default(),
        }
    }
}

/// When workers that failed are started again. By default for ever, with pauses from 10 ms to 10 s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The longest pause after the first quick failure of a worker, or its first normal end without work (see
    /// [`IDLE`](super::restart::IDLE)); it doubles with each further one in a row. The pause itself lies between half of
    /// that and all of it. Zero: no pauses, so that a worker that cannot run is started as fast as the machine can.
    pub delay: Duration,
    /// The longest pause of all. A failure is quick when the worker ran for less than this.
    pub max_delay: Duration,
    /// The time within which failures count together for `max_restarts`.
    pub window: Duration,
    /// The pool gives up at more failures than this, of all workers, within the window. `None`: it never does.
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
