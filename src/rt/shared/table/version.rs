//! The version of a bucket: odd while what readers see changes, another one afterwards.
//!
//! `tests/orderings.rs` includes this file as well, and runs it under every order of the steps that the memory model allows.

use super::atomics::Ordering::{Acquire, Relaxed, Release};
use super::atomics::{AtomicU64, fence};

/// Readers wait from now on. Only the process that holds the bucket calls this. A process that was killed may have done so before.
#[inline]
pub(super) fn begin_change(version: &AtomicU64) {
    version.store(version.load(Relaxed) | 1, Relaxed);
    // What is changed is changed after that.
    fence(Release);
}

/// Readers see what was changed.
#[inline]
pub(super) fn end_change(version: &AtomicU64) {
    let odd = version.load(Relaxed) | 1;
    version.store(odd.wrapping_add(1), Release);
}

/// What `look` gives when nothing has changed meanwhile; it gets a function that asks.
#[inline]
pub(super) fn steadily<R>(version: &AtomicU64, look: impl FnOnce(&dyn Fn() -> bool) -> R) -> Option<R> {
    let before = version.load(Acquire);
    if before & 1 != 0 {
        return None;
    }
    let is_steady = || {
        // What was read was read before the version is read again.
        fence(Acquire);
        version.load(Relaxed) == before
    };
    let result = look(&is_steady);
    is_steady().then_some(result)
}
