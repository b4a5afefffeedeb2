//! The time limit of a wait, in memory that our signal handlers may write and the kernel reads when the wait begins.

use crate::os::{Errno, Result};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

/// A signal has come since the last wait was prepared.
static IS_CUT: AtomicBool = AtomicBool::new(false);
static LIMIT: Limit = Limit { seconds: AtomicI64::new(0), nanoseconds: AtomicI64::new(0) };

/// As `struct timespec`.
#[repr(C)]
struct Limit {
    seconds: AtomicI64,
    nanoseconds: AtomicI64,
}

impl Limit {
    fn set(&self, seconds: i64, nanoseconds: i64) {
        self.seconds.store(seconds, Ordering::SeqCst);
        self.nanoseconds.store(nanoseconds, Ordering::SeqCst);
    }
}

/// For our handlers: lets the next wait end at once.
pub(super) fn cut() {
    IS_CUT.store(true, Ordering::SeqCst);
    LIMIT.set(0, 0);
}

/// Prepares a wait: a signal ends it from now on.
pub(super) fn begin() {
    IS_CUT.store(false, Ordering::SeqCst);
}

/// Sets the limit of the prepared wait, to zero if a signal has come. Returns the place where the kernel reads it.
pub(super) fn set(limit: Option<Duration>) -> *mut libc::timespec {
    let seconds = limit.map_or(i64::MAX, |limit| i64::try_from(limit.as_secs()).unwrap_or(i64::MAX));
    LIMIT.set(seconds, limit.map_or(0, |limit| limit.subsec_nanos().into()));
    // A handler that runs from here on changes it itself.
    if IS_CUT.load(Ordering::SeqCst) {
        LIMIT.set(0, 0);
    }
    std::ptr::from_ref(&LIMIT).cast_mut().cast()
}

/// `EINTR` when a wait has found nothing because a signal has come.
pub(super) fn not_cut() -> Result<()> {
    if IS_CUT.load(Ordering::SeqCst) { Err(Errno::EINTR) } else { Ok(()) }
}
