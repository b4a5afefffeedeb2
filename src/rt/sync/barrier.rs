//! Barriers: a coroutine waits until an object no longer exists.
//!
//! The object may disappear before the wait has begun, while the coroutine releases it. Therefore the wait has a token of
//! its own.

use crate::rt::core::switch::{self, Stacks, Stop};
use crate::rt::core::wait::{WaitKind, Wake};
use std::time::Duration;

pub use crate::rt::core::barriers::Barrier;

/// Closes a barrier, before a wait.
pub fn close<S: Stacks>() -> Barrier {
    S::core(|core| core.barriers.close())
}

/// Waits until a barrier opens, for `limit` at most. The barrier is gone afterwards.
pub fn wait<S: Stacks>(barrier: Barrier, limit: Option<Duration>) -> Result<(), Stop> {
    let result = wait_for::<S>(barrier, limit);
    forget::<S>(barrier);
    result
}

/// Removes a barrier that will not be waited for.
pub fn forget<S: Stacks>(barrier: Barrier) {
    S::core(|core| core.barriers.open(barrier));
}

fn wait_for<S: Stacks>(barrier: Barrier, limit: Option<Duration>) -> Result<(), Stop> {
    if !S::core(|core| core.barriers.is_closed(barrier)) {
        return Ok(());
    }
    let waiter = switch::begin_wait_or_stop::<S>(WaitKind::Event, limit)?;
    S::core(|core| core.barriers.wait(barrier, waiter));
    match switch::suspend::<S>(waiter) {
        Wake::Ready => Ok(()),
        wake => Err(Stop::Woken(wake)),
    }
}

/// Opens a barrier. Its waiter has run when this returns.
pub fn open<S: Stacks>(barrier: Barrier) -> Result<(), Stop> {
    match S::core(|core| core.barriers.open(barrier)) {
        Some(waiter) => switch::wake_when_possible::<S>(waiter, Wake::Ready),
        None => Ok(()),
    }
}
