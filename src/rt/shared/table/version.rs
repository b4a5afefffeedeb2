//! The version of a bucket: odd while what readers see changes, a different value afterwards.
//!
//! `tests/orderings.rs` also includes this file, and runs it under every order of the steps that the memory model
//! allows.

use super::atomics::Ordering::{Acquire, Relaxed, Release};
use super::atomics::{AtomicU64, fence};

/// Readers wait from now on. Only the process that holds the bucket calls this. A killed process may have called it
/// before.
#[inline]
pub(super) fn begin_change(version: &AtomicU64) {
    version.store(version.load(Relaxed) | 1, Relaxed);
    // The changes become visible after that.
    fence(Release);
}

/// Readers see the change from now on.
#[inline]
pub(super) fn end_change(version: &AtomicU64) {
    let odd = version.load(Relaxed) | 1;
    version.store(odd.wrapping_add(1), Release);
}

/// Returns the result of `look` if the version has not changed meanwhile. `look` gets a function that checks this.
#[inline]
pub(super) fn steadily<R>(version: &AtomicU64, look: impl FnOnce(&dyn Fn() -> bool) -> R) -> Option<R> {
    let before = version.load(Acquire);
    if before & 1 != 0 {
        return None;
    }
    let is_steady = || {
        // All reads of the data come before this second read of the version.
        fence(Acquire);
        version.load(Relaxed) == before
    };
    let result = look(&is_steady);
    is_steady().then_some(result)
}
