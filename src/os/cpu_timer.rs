//! A timer that counts the processor time of this thread and sends a signal at each tick (timer_create(2),
//! `CLOCK_THREAD_CPUTIME_ID`).
//!
//! A thread that waits in the kernel uses no processor time, so the signal does not interrupt waiting calls. The child
//! of a fork has no such timer.

use crate::os::fault::{Call, check};
use crate::os::process::{self, Pid};
use crate::os::{Errno, Result, clock, signal};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::time::Duration;

/// Whether the timer has ticked since the last [`take`].
static TICKED: AtomicBool = AtomicBool::new(false);
/// A further flag that each tick sets.
static FLAG: AtomicPtr<AtomicBool> = AtomicPtr::new(null_mut());

extern "C" fn note(_signal: i32) {
    TICKED.store(true, Ordering::SeqCst);
    let flag = FLAG.load(Ordering::SeqCst);
    if !flag.is_null() {
        // SAFETY: who starts a clock passes a flag that outlives it.
        unsafe { &*flag }.store(true, Ordering::SeqCst);
    }
}

/// Whether the timer has ticked since the last call.
pub fn take() -> bool {
    TICKED.load(Ordering::SeqCst) && TICKED.swap(false, Ordering::SeqCst)
}

/// A running timer.
#[derive(Debug)]
pub struct CpuTimer {
    timer: libc::timer_t,
    owner: Pid,
    number: i32,
    previous: signal::Previous,
    /// Whether its signal was blocked before.
    was_blocked: bool,
}

impl CpuTimer {
    /// Ticks after each `period` of processor time from now on; each tick sets `flag`. The signal is the highest unused
    /// real-time signal; `EBUSY` when all are in use. A failure names the call that failed.
    pub fn start(
        period: Duration,
        flag: &'static AtomicBool,
    ) -> std::result::Result<CpuTimer, (&'static str, Errno)> {
        let number = signal::free(&[note]).next().ok_or(("sigaction()", Errno::EBUSY))?;
        FLAG.store((&raw const *flag).cast_mut(), Ordering::SeqCst);
        let previous = signal::handle(number, note).map_err(|errno| ("sigaction()", errno))?;
        let created = create(number).map_err(|errno| ("timer_create()", errno));
        let armed = created.and_then(|timer| match arm(timer, period) {
            Ok(()) => Ok(timer),
            Err(errno) => Err(("timer_settime()", errno)),
        });
        match armed {
            Ok(timer) => {
                // If it stays blocked, the timer only has no effect.
                let was_blocked = signal::unblock(&[number]).is_ok_and(|before| before.is_some());
                Ok(CpuTimer { timer, owner: process::pid(), number, previous, was_blocked })
            }
            Err(failed) => {
                signal::restore_from(number, note, previous);
                Err(failed)
            }
        }
    }
}

impl Drop for CpuTimer {
    fn drop(&mut self) {
        // In the child of a fork another timer may have this number.
        if self.owner == process::pid() {
            // SAFETY: the timer is ours and is not used again.
            unsafe { libc::timer_delete(self.timer) };
            if self.was_blocked {
                signal::block(self.number);
            }
            signal::restore_from(self.number, note, self.previous);
        }
    }
}

fn create(number: i32) -> Result<libc::timer_t> {
    check(Call::TimerCreate)?;
    // SAFETY: zeroed is a valid sigevent.
    let mut event: libc::sigevent = unsafe { std::mem::zeroed() };
    event.sigev_notify = libc::SIGEV_THREAD_ID;
    event.sigev_signo = number;
    // SAFETY: gettid cannot fail and touches no memory.
    event.sigev_notify_thread_id = unsafe { libc::gettid() };
    let mut timer = null_mut();
    // SAFETY: `event` is read; the number of the timer is written.
    Errno::result(unsafe {
        libc::timer_create(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut event, &raw mut timer)
    })?;
    Ok(timer)
}

fn arm(timer: libc::timer_t, period: Duration) -> Result<()> {
    let time = clock::timespec(period);
    let times = libc::itimerspec { it_interval: time, it_value: time };
    let result = check(Call::TimerSettime).and_then(|()| {
        // SAFETY: `times` is read; a null old value is allowed.
        Errno::result(unsafe { libc::timer_settime(timer, 0, &raw const times, null_mut()) })
    });
    if result.is_err() {
        // SAFETY: the timer is ours and is not used again.
        unsafe { libc::timer_delete(timer) };
    }
    result.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_works_is_told_and_its_flag_set() {
        static FLAG: AtomicBool = AtomicBool::new(false);
        let ticker = CpuTimer::start(Duration::from_millis(1), &FLAG).unwrap();
        while !FLAG.load(Ordering::SeqCst) {
            std::hint::spin_loop();
        }
        drop(ticker);
        assert!(take() && !take());
    }
}
