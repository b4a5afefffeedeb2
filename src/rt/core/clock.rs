//! The clock, and what a waiting call has to ask for.

use crate::os::clock;
use std::time::Instant;

/// The monotonic clock. This is the only place where the runtime reads it.
pub fn now() -> Instant {
    clock::monotonic()
}

/// What a waiting call asks for while it runs.
#[derive(Clone, Copy, Debug)]
pub struct WaitEnv {
    /// The monotonic clock.
    pub now: fn() -> Instant,
    /// Whether a signal handler of the script is pending.
    pub interrupted: fn() -> bool,
}
