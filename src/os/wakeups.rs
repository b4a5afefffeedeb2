//! A timer that interrupts blocking calls which cannot change the signal mask for their wait, such as msgrcv(2) and
//! waitpid(2). A signal that comes just before such a call would not interrupt it. While the call waits, the timer
//! interrupts it (`EINTR`) again and again, so that its caller can check whether a signal has come.

use crate::os::parent_death_guard::{Clock, arm_timer};
use crate::os::{Result, signal};
use std::time::Duration;

/// The time from one wakeup to the next.
const PERIOD: Duration = Duration::from_millis(100);

/// The timer of this process. A forked child does not inherit it, and needs a timer of its own.
#[derive(Debug)]
pub struct Wakeups {
    clock: Clock,
    number: i32,
    previous: signal::Previous,
}

impl Wakeups {
    /// Creates a timer, which does not run yet.
    pub fn new() -> Result<Wakeups> {
        let (number, previous) = signal::take_interrupting()?;
        match Clock::new(number) {
            Ok(clock) => Ok(Wakeups { clock, number, previous }),
            Err(errno) => {
                signal::give_back_interrupting(number, previous);
                Err(errno)
            }
        }
    }

    /// Whether this process has created it.
    pub fn is_here(&self) -> bool {
        self.clock.is_here()
    }

    /// Runs the timer during `wait`. Each tick counts as an arrival of a signal of ours ([`signal::arrivals`]).
    pub fn during<T>(&self, wait: impl FnOnce() -> Result<T>) -> Result<T> {
        // A blocked signal interrupts nothing: then the call waits as long as without the timer.
        let mask = signal::unblock(&[self.number]).ok().flatten();
        arm_timer(self.clock.timer(), PERIOD, PERIOD);
        let result = wait();
        arm_timer(self.clock.timer(), Duration::ZERO, Duration::ZERO);
        if let Some(mask) = mask {
            mask.restore();
        }
        result
    }
}

impl Drop for Wakeups {
    fn drop(&mut self) {
        signal::give_back_interrupting(self.number, self.previous);
    }
}
