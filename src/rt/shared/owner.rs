//! Which process holds something, as a number in shared memory that names it from the first moment.
//!
//! One number tells all: the process id in the low half, where the futex looks, and when the process was started in the
//! high half. Two numbers could not be written in one step, and a process may be killed between two steps.

use crate::os::identity::{self, Identity};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// How long a process waits for another one before it looks whether that still runs.
pub(super) const LOOK: Duration = Duration::from_millis(100);

/// Those who do not wait look no more often than that.
const SELDOM: Duration = Duration::from_millis(50);

/// Nobody.
pub(super) const FREE: u64 = 0;

/// Set beside an owner: others sleep until it lets go. No process id has this bit.
pub(super) const WAITERS: u64 = 1 << 31;

/// The owner let go of its object without unlocking: as if it had died.
pub(super) const ABANDONED: u64 = (1 << 31) - 1;

/// This process, as an owner.
#[inline]
pub(super) fn me() -> u64 {
    let Identity { pid, started } = identity::own();
    u64::from(started) << 32 | u64::from(pid.cast_unsigned())
}

/// Without what stands beside it.
#[inline]
pub(super) fn of(word: u64) -> u64 {
    word & !WAITERS
}

/// What the futex sees of it.
#[inline]
pub(super) fn low(word: u64) -> u32 {
    u32::try_from(word & u64::from(u32::MAX)).unwrap_or(0)
}

/// Whether an owner has ended. A system call or several.
pub(super) fn is_dead(word: u64) -> bool {
    let owner = of(word);
    if owner == ABANDONED {
        return true;
    }
    let pid = low(owner).cast_signed();
    !identity::is_alive(Identity { pid, started: low(owner >> 32) })
}

/// For those who do not wait: whether an owner has ended, without asking again and again.
#[derive(Debug, Default)]
pub(super) struct Suspicion(Cell<Option<(u64, Instant)>>);

impl Suspicion {
    /// Whether `word` names an owner that has ended. One that ran a moment ago is taken to run.
    pub(super) fn is_dead(&self, word: u64, now: Instant) -> bool {
        let owner = of(word);
        if let Some((last, at)) = self.0.get()
            && last == owner
            && now.saturating_duration_since(at) < SELDOM
        {
            return false;
        }
        let dead = is_dead(owner);
        self.0.set((!dead).then_some((owner, now)));
        dead
    }
}
