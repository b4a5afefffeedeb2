//! A timer that interrupts blocking calls which cannot change the signal mask for their wait, such as msgrcv(2) and
//! waitpid(2). A signal that comes just before such a call would not interrupt it. While the call waits, the timer
//! interrupts it (`EINTR`) again and again, so that its caller can check whether a signal has come.

use crate::os::Result;
use crate::os::posix_timer::PosixTimer;
use crate::os::signal::{self, InterruptingSignal};
use std::time::Duration;

/// The time from one wakeup to the next.
const PERIOD: Duration = Duration::from_millis(100);

/// The timer of this process. A forked child does not inherit it, and needs a timer of its own.
#[derive(Debug)]
pub struct Wakeups {
    // Dropped first: the signal of a running timer must have its handler.
    timer: PosixTimer,
    signal: InterruptingSignal,
}

impl Wakeups {
    /// Creates a timer, which does not run yet.
    pub fn new() -> Result<Wakeups> {
        let signal = InterruptingSignal::take()?;
        Ok(Wakeups { timer: PosixTimer::new(signal.number())?, signal })
    }

    /// Whether this process has created it.
    pub fn is_here(&self) -> bool {
        self.timer.is_here()
    }

    /// Runs the timer during `wait`. Each tick counts as an arrival of a signal of ours ([`signal::arrivals`]).
    pub fn during<T>(&self, wait: impl FnOnce() -> Result<T>) -> Result<T> {
        // A blocked signal interrupts nothing: then the call waits as long as without the timer.
        let mask = signal::unblock(&[self.signal.number()]).ok().flatten();
        // Without the timer, the call waits until its caller's next signal.
        let _ = self.timer.start(PERIOD, PERIOD);
        let result = wait();
        self.timer.stop();
        if let Some(mask) = mask {
            mask.restore();
        }
        result
    }
}
