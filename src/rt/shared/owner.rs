//! The owner of a lock or bucket, as one number in shared memory.
//!
//! The number has the pid in the low half, where the futex looks, and the start time of the process in the high half.
//! Two numbers could not be written in one step, and a process may be killed between two steps.

use crate::os::identity::{self, Identity};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// How long a process waits for an owner before it checks whether that still runs.
pub(super) const LOOK: Duration = Duration::from_millis(100);

/// The shortest interval between two checks by a process that does not wait.
const SELDOM: Duration = Duration::from_millis(50);

/// No owner.
pub(super) const FREE: u64 = 0;

/// Set in the number of an owner while others sleep until it unlocks. No pid has this bit.
pub(super) const WAITERS: u64 = 1 << 31;

/// The owner released its object without unlocking: treated as if it had died.
pub(super) const ABANDONED: u64 = (1 << 31) - 1;

/// This process, as an owner.
#[inline]
pub(super) fn me() -> u64 {
    let Identity { pid, started } = identity::own();
    u64::from(started) << 32 | u64::from(pid.cast_unsigned())
}

/// The owner without the bit for waiters.
#[inline]
pub(super) fn of(word: u64) -> u64 {
    word & !WAITERS
}

/// The half that the futex sees.
#[inline]
pub(super) fn low(word: u64) -> u32 {
    u32::try_from(word & u64::from(u32::MAX)).unwrap_or(0)
}

/// Whether an owner has exited. Takes one or more system calls.
pub(super) fn is_dead(word: u64) -> bool {
    let owner = of(word);
    if owner == ABANDONED {
        return true;
    }
    let pid = low(owner).cast_signed();
    !identity::is_alive(Identity { pid, started: low(owner >> 32) })
}

/// For callers that do not wait: whether an owner has exited, without a check for each call.
#[derive(Debug, Default)]
pub(super) struct Suspicion(Cell<Option<(u64, Instant)>>);

impl Suspicion {
    /// Whether `word` names an owner that has exited. One that ran a moment ago is taken to run.
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

    /// As [`Suspicion::is_dead`], and always checks: for an owner that has not finished what takes an instant.
    pub(super) fn has_died(&self, word: u64) -> bool {
        let dead = is_dead(word);
        if dead {
            self.0.set(None);
        }
        dead
    }
}
