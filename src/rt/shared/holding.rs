//! A number that at most one process holds: taking it, waiting for it, and taking it from a process that has exited.

use crate::os::{Errno, futex};
use crate::rt::core::clock::WaitEnv;
use crate::rt::shared::owner::{self, ABANDONED, FREE, LOOK, Suspicion, WAITERS, low};
use std::hint::spin_loop;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::time::Instant;

/// How long a process waits for a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitLimit {
    /// It does not wait.
    None,
    /// Until this time, or without a limit.
    Until(Option<Instant>),
}

/// How a process got a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acquisition {
    /// Normally.
    Clean,
    /// A holder exited without unlocking: what the lock protects may be inconsistent.
    OwnerDied,
}

/// Why a process did not get a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcquireError {
    /// Another process holds it.
    Busy,
    /// The time limit has expired.
    TimedOut,
    /// This process holds it: it would wait for itself, without a limit.
    Deadlock,
    /// The lock has the maximum number of readers.
    Full,
    /// A signal has come. The caller calls again once the script has handled it. The lock is not held meanwhile.
    Pause,
    /// A system call failed.
    Failed(Errno),
}

/// The taking of a number: by which process, and how.
#[derive(Clone, Copy)]
pub(super) struct LockAttempt<'t> {
    /// This process, as an owner.
    pub(super) me: u64,
    /// How often it checks again before it sleeps.
    pub(super) spins: u32,
    pub(super) limit: WaitLimit,
    pub(super) env: WaitEnv,
    pub(super) suspicion: &'t Suspicion,
}

impl LockAttempt<'_> {
    /// Takes `word`.
    #[inline(always)]
    pub(super) fn take(self, word: &AtomicU64) -> Result<Acquisition, AcquireError> {
        if word.compare_exchange(FREE, self.me, SeqCst, SeqCst).is_ok() {
            return Ok(Acquisition::Clean);
        }
        self.wait_and_take(word)
    }

    #[cold]
    fn wait_and_take(self, word: &AtomicU64) -> Result<Acquisition, AcquireError> {
        let mut spins = self.spins;
        // After a sleep, this process does not know whether others still sleep.
        let mut mine = self.me;
        loop {
            let current = word.load(SeqCst);
            if current == FREE {
                if word.compare_exchange(FREE, mine, SeqCst, SeqCst).is_ok() {
                    return Ok(Acquisition::Clean);
                }
            } else if spins > 0 {
                spins -= 1;
                spin_loop();
            } else if let Some(ended) = self.wait(word, current)? {
                if word.compare_exchange(ended, mine | ended & WAITERS, SeqCst, SeqCst).is_ok() {
                    return Ok(Acquisition::OwnerDied);
                }
            } else {
                mine = self.me | WAITERS;
            }
        }
    }

    /// Waits until `word`, which was `current`, may have changed. Returns its value if its owner has exited.
    pub(super) fn wait(self, word: &AtomicU64, current: u64) -> Result<Option<u64>, AcquireError> {
        if owner::of(current) == ABANDONED {
            return Ok(Some(current));
        }
        let env = self.env;
        let WaitLimit::Until(deadline) = self.limit else {
            let dead = self.suspicion.is_dead(current, (env.now)());
            return if dead { Ok(Some(current)) } else { Err(AcquireError::Busy) };
        };
        let marked = current | WAITERS;
        if marked != current && word.compare_exchange(current, marked, SeqCst, SeqCst).is_err() {
            return Ok(None);
        }
        let slept = sleep(word, marked, deadline, env)?;
        if slept != SleepResult::Changed && owner::is_dead(marked) {
            return Ok(Some(marked));
        }
        if slept == SleepResult::TimedOut {
            return Err(AcquireError::TimedOut);
        }
        interruptible(env).map(|()| None)
    }
}

/// Releases `word`, or stores `left` there. Wakes up to `count` sleepers.
#[inline]
pub(super) fn give_back(word: &AtomicU64, left: u64, count: u32) {
    if word.swap(left, SeqCst) & WAITERS != 0 {
        // A sleeper that the kernel does not wake checks soon by itself.
        let _ = futex::wake(word, count);
    }
}

/// Fails when a signal handler of the script is pending.
pub(super) fn interruptible(env: WaitEnv) -> Result<(), AcquireError> {
    if (env.interrupted)() { Err(AcquireError::Pause) } else { Ok(()) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SleepResult {
    /// The number may have changed.
    Changed,
    /// It is time to check whether the owner still runs, or a signal handler has run. Where signals come more often than
    /// [`LOOK`], no sleep lasts until that time.
    Interval,
    /// The time limit has expired.
    TimedOut,
}

/// Sleeps as long as the half of `word` that the futex sees equals that of `expected`.
pub(super) fn sleep(
    word: &AtomicU64,
    expected: u64,
    deadline: Option<Instant>,
    env: WaitEnv,
) -> Result<SleepResult, AcquireError> {
    let left = deadline.map(|deadline| deadline.saturating_duration_since((env.now)()));
    let (limit, end) = match left {
        Some(left) if left.is_zero() => return Ok(SleepResult::TimedOut),
        Some(left) if left <= LOOK => (left, SleepResult::TimedOut),
        _ => (LOOK, SleepResult::Interval),
    };
    match futex::wait(word, low(expected), limit) {
        Ok(()) | Err(Errno::EAGAIN) => Ok(SleepResult::Changed),
        Err(Errno::EINTR) => Ok(SleepResult::Interval),
        Err(Errno::ETIMEDOUT) => Ok(end),
        Err(errno) => Err(AcquireError::Failed(errno)),
    }
}
