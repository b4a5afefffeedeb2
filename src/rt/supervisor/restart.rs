//! When a worker is started again: pauses after failures in a row, the pool's budget, and how fast workers come and go.

use crate::rt::supervisor::limits::{Random, pause};
use crate::rt::supervisor::spec::Policy;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Normal ends of a pool in one second that are nothing to tell of.
pub const QUIET: u32 = 10;

/// A process that ends normally before it is this old, and has received no message, has had no time to work. It is
/// restarted after a pause, as one that has failed: a worker that returns at once must not eat a processor. Processes
/// that live longer are restarted at most twenty times a second, which costs little.
pub const IDLE: Duration = Duration::from_millis(50);

/// From this many ends in a row on, an idle worker is worth telling of.
pub const TELLING: u32 = 3;

const SECOND: Duration = Duration::from_secs(1);

/// Failures of one worker in a row, or ends without work.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    failures: u32,
}

impl Row {
    /// Notes one more, and gives the pause after it.
    pub fn fail(&mut self, policy: &Policy, random: &mut Random) -> Duration {
        let doubled = 2u32.saturating_pow(self.failures);
        self.failures = self.failures.saturating_add(1);
        pause(policy.delay.saturating_mul(doubled).min(policy.max_delay), random.draw())
    }
}

/// The failures of a pool that its policy has not forgotten.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    failures: VecDeque<Instant>,
    is_spent: bool,
}

impl Budget {
    /// Notes a failure. Without a limit nothing is kept.
    pub fn fail(&mut self, policy: &Policy, now: Instant) {
        let Some(most) = policy.max_restarts else {
            return;
        };
        self.failures.push_back(now);
        let is_old = |failure: &Instant| now.saturating_duration_since(*failure) > policy.window;
        while self.failures.front().is_some_and(is_old) {
            self.failures.pop_front();
        }
        self.is_spent |= self.failures.len() > usize::try_from(most).unwrap_or(usize::MAX);
    }

    /// Whether there were more failures within a window than the policy allows.
    pub fn is_spent(&self) -> bool {
        self.is_spent
    }
}

/// Counts ends that are no failures, second by second. A second begins with the first end after the one before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Churn {
    began: Option<Instant>,
    ends: u32,
}

impl Churn {
    /// Notes an end. [`Churn::take`] comes first.
    pub fn note(&mut self, now: Instant) {
        self.began.get_or_insert(now);
        self.ends = self.ends.saturating_add(1);
    }

    /// Closes a second that is over; how many ended in it, when that is worth telling.
    pub fn take(&mut self, now: Instant) -> Option<u32> {
        let began = self.began?;
        if now.saturating_duration_since(began) < SECOND {
            return None;
        }
        let ends = std::mem::take(self).ends;
        (ends > QUIET).then_some(ends)
    }

    /// When there will be something to tell.
    pub fn deadline(&self) -> Option<Instant> {
        self.began.filter(|_| self.ends > QUIET)?.checked_add(SECOND)
    }
}
