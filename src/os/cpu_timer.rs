//! A timer that counts the processor time of this thread and sends a signal at each tick (timer_create(2),
//! `CLOCK_THREAD_CPUTIME_ID`).
//!
//! A thread that waits in the kernel uses no processor time, so the signal does not interrupt waiting calls. The child
//! of a fork has no such timer.

use crate::os::fault::{Call, check};
use crate::os::posix_timer::PosixTimer;
use crate::os::{Errno, signal};
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
    timer: Option<PosixTimer>,
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
        let created = PosixTimer::of_thread(number).map_err(|errno| ("timer_create()", errno));
        let started = created.and_then(|timer| {
            let started = check(Call::TimerSettime).and_then(|()| timer.start(period, period));
            started.map_err(|errno| ("timer_settime()", errno))?;
            Ok(timer)
        });
        match started {
            Ok(timer) => {
                // If it stays blocked, the timer only has no effect.
                let was_blocked = signal::unblock(&[number]).is_ok_and(|before| before.is_some());
                Ok(CpuTimer { timer: Some(timer), number, previous, was_blocked })
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
        // The child of a fork has no such timer.
        if let Some(timer) = self.timer.take().filter(PosixTimer::is_here) {
            // Before the signal has its previous action: a tick would end the process.
            drop(timer);
            if self.was_blocked {
                signal::block(self.number);
            }
            signal::restore_from(self.number, note, self.previous);
        }
    }
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
