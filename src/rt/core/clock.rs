//! The clock, and what else a call that waits has to ask for.

use crate::os::clock;
use std::time::Instant;

/// The monotonic clock. The only place where the runtime reads it.
pub fn now() -> Instant {
    clock::monotonic()
}

/// What a call that waits has to ask for while it runs.
#[derive(Clone, Copy, Debug)]
pub struct WaitEnv {
    /// The monotonic clock.
    pub now: fn() -> Instant,
    /// Whether a signal handler of the script waits for its turn.
    pub interrupted: fn() -> bool,
}
