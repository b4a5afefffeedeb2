//! The clock, and the two questions of a waiting call: what time is it, and is a signal handler pending?

use crate::os::clock;
use std::time::{Duration, Instant};

/// The monotonic clock. This is the only place where the runtime reads it.
pub fn now() -> Instant {
    clock::monotonic()
}

/// The moment at which a time limit that begins now expires. `None` without a limit, and for one beyond the clock's
/// range.
pub fn deadline(limit: Option<Duration>) -> Option<Instant> {
    limit.and_then(|limit| now().checked_add(limit))
}

/// What a waiting call asks for while it runs.
#[derive(Clone, Copy, Debug)]
pub struct WaitEnv {
    /// The monotonic clock.
    pub now: fn() -> Instant,
    /// Whether a signal handler of the script is pending.
    pub interrupted: fn() -> bool,
}

impl WaitEnv {
    /// For waits that no signal handler ends.
    pub const UNINTERRUPTED: WaitEnv = WaitEnv { now, interrupted: || false };
}
