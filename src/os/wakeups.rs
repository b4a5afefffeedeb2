//! What ends calls that wait in the kernel and cannot be told to wait with other signals than now, such as msgrcv(2) and
//! waitpid(2): a signal that comes just before such a call would not end it. While one waits, a clock ends it (`EINTR`)
//! again and again, so that its caller can look whether something has come.

use crate::os::parent_death_guard::{Clock, arm_timer};
use crate::os::{Result, signal};
use std::time::Duration;

/// From one wakeup to the next.
const PERIOD: Duration = Duration::from_millis(100);

/// A clock for such calls of this process. The child of a fork has none, and needs one of its own.
#[derive(Debug)]
pub struct Wakeups {
    clock: Clock,
    number: i32,
    previous: signal::Previous,
}

impl Wakeups {
    /// A clock, which stands still.
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

    /// Whether it ticks in this process.
    pub fn is_here(&self) -> bool {
        self.clock.is_here()
    }

    /// Lets it tick while `wait` runs. Each tick counts as an arrival of a signal of ours ([`signal::arrivals`]).
    pub fn during<T>(&self, wait: impl FnOnce() -> Result<T>) -> Result<T> {
        // A signal that stays blocked ends nothing: the call ends as soon as it would have ended anyway.
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
