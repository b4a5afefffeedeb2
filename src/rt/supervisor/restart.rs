//! Restarts: the backoff of a worker, the restart budget of a pool, and how fast its workers come and go.

use crate::rt::supervisor::limits::{Random, pause};
use crate::rt::supervisor::spec::Policy;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The number of normal exits of a pool in one second that is not reported.
pub const QUIET: u32 = 10;

/// A process that exits normally before this age, without a message, had no time to work. It restarts with backoff, as
/// after a failure, so that a worker that returns at once does not use up a processor. Processes that live longer are
/// restarted at most twenty times a second, which costs little.
pub const IDLE: Duration = Duration::from_millis(50);

/// The number of exits in a row from which an idle worker is reported.
pub const TELLING: u32 = 3;

const SECOND: Duration = Duration::from_secs(1);

/// Failures of one worker in a row, or exits without work.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    failures: u32,
}

impl Row {
    /// Counts one more, and returns the delay after it.
    pub fn fail(&mut self, policy: &Policy, random: &mut Random) -> Duration {
        let doubled = 2u32.saturating_pow(self.failures);
        self.failures = self.failures.saturating_add(1);
        pause(policy.delay.saturating_mul(doubled).min(policy.max_delay), random.draw())
    }
}

/// The failures of a pool within the window of its policy.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    failures: VecDeque<Instant>,
    is_spent: bool,
}

impl Budget {
    /// Counts a failure. Without a limit nothing is kept.
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

/// Counts exits that are not failures, second by second. A second begins with the first exit after the previous second.
#[derive(Clone, Copy, Debug, Default)]
pub struct Churn {
    began: Option<Instant>,
    ends: u32,
}

impl Churn {
    /// Counts an exit. The caller calls [`Churn::take`] first.
    pub fn note(&mut self, now: Instant) {
        self.began.get_or_insert(now);
        self.ends = self.ends.saturating_add(1);
    }

    /// Closes a second that has passed. Returns its number of exits if that is to be reported.
    pub fn take(&mut self, now: Instant) -> Option<u32> {
        let began = self.began?;
        if now.saturating_duration_since(began) < SECOND {
            return None;
        }
        let ends = std::mem::take(self).ends;
        (ends > QUIET).then_some(ends)
    }

    /// When there will be a number to report.
    pub fn deadline(&self) -> Option<Instant> {
        self.began.filter(|_| self.ends > QUIET)?.checked_add(SECOND)
    }
}
