//! Timers that send a signal to this process (timer_create(2)). A forked child has none of them.

use crate::os::fault::{Call, check};
use crate::os::process::{self, Pid};
use crate::os::{Errno, Result, clock, signal};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::time::Duration;

/// A timer.
#[derive(Debug)]
pub(super) struct PosixTimer {
    id: libc::timer_t,
    signal: i32,
    owner: Pid,
}

impl PosixTimer {
    /// timer_create(2), `CLOCK_MONOTONIC`: sends a signal to this process.
    pub(super) fn new(signal: i32) -> Result<PosixTimer> {
        PosixTimer::create(libc::CLOCK_MONOTONIC, signal, None)
    }

    /// timer_create(2), `CLOCK_THREAD_CPUTIME_ID`: counts the processor time of this thread, and sends a signal to it.
    pub(super) fn of_thread(signal: i32) -> Result<PosixTimer> {
        PosixTimer::create(libc::CLOCK_THREAD_CPUTIME_ID, signal, Some(nix::unistd::gettid().as_raw()))
    }

    fn create(clock: libc::clockid_t, signal: i32, thread: Option<Pid>) -> Result<PosixTimer> {
        // SAFETY: zeroed is a valid sigevent.
        let mut event: libc::sigevent = unsafe { std::mem::zeroed() };
        event.sigev_notify = thread.map_or(libc::SIGEV_SIGNAL, |_| libc::SIGEV_THREAD_ID);
        event.sigev_signo = signal;
        event.sigev_notify_thread_id = thread.unwrap_or(0);
        let mut id = null_mut();
        check(Call::TimerCreate)?;
        // SAFETY: `event` is read; the number of the timer is written.
        Errno::result(unsafe { libc::timer_create(clock, &raw mut event, &raw mut id) })?;
        Ok(PosixTimer { id, signal, owner: process::pid() })
    }

    /// timer_settime(2): the first signal comes after `first`, further ones after each `period`. Zero: none. It
    /// fails for invalid arguments only.
    pub(super) fn start(&self, first: Duration, period: Duration) -> Result<()> {
        set_time(self.id, first, period)
    }

    /// timer_settime(2): no more signals.
    pub(super) fn stop(&self) {
        // It fails for invalid arguments only.
        let _ = set_time(self.id, Duration::ZERO, Duration::ZERO);
    }

    /// Whether it belongs to this process. In the child of a fork, another timer may have this number.
    pub(super) fn is_here(&self) -> bool {
        self.owner == process::pid()
    }
}

impl Drop for PosixTimer {
    /// Also takes a signal that was sent and not delivered, because it was blocked: before Linux 6.13 it outlives its
    /// timer. It would find the default action of the signal, which ends the process.
    fn drop(&mut self) {
        if self.is_here() {
            // SAFETY: the timer is ours and is not used again.
            unsafe { libc::timer_delete(self.id) };
            signal::take_blocked(self.signal, Duration::ZERO);
        }
    }
}

/// timer_settime(2), which is async-signal-safe.
fn set_time(id: libc::timer_t, first: Duration, period: Duration) -> Result<()> {
    let times = libc::itimerspec { it_interval: clock::timespec(period), it_value: clock::timespec(first) };
    // SAFETY: `times` is read; a null old value is allowed. A timer that does not exist is an error.
    Errno::result(unsafe { libc::timer_settime(id, 0, &raw const times, null_mut()) })?;
    Ok(())
}

/// A place in which signal handlers find a timer.
pub(super) struct TimerSlot {
    is_set: AtomicBool,
    id: AtomicPtr<libc::c_void>,
}

impl TimerSlot {
    /// Without a timer.
    pub(super) const fn empty() -> TimerSlot {
        TimerSlot { is_set: AtomicBool::new(false), id: AtomicPtr::new(null_mut()) }
    }

    /// Handlers use this timer from now on. It lives until [`TimerSlot::clear`].
    pub(super) fn fill(&self, timer: &PosixTimer) {
        self.id.store(timer.id, Ordering::SeqCst);
        self.is_set.store(true, Ordering::SeqCst);
    }

    /// Handlers use no timer any more.
    pub(super) fn clear(&self) {
        self.is_set.store(false, Ordering::SeqCst);
    }

    /// As [`PosixTimer::start`], if there is a timer. It is async-signal-safe, but may change errno.
    pub(super) fn arm(&self, first: Duration, period: Duration) {
        if self.is_set.load(Ordering::SeqCst) {
            // It fails for invalid arguments only.
            let _ = set_time(self.id.load(Ordering::SeqCst), first, period);
        }
    }
}
