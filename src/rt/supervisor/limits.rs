//! Limits with jitter: each incarnation of a worker has its own, so that workers that were started together do not
//! end together.

use std::time::Duration;

/// A sequence of random numbers for jitter: SplitMix64, which is too weak for secrets. The same seed gives the same
/// sequence.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The sequence of this seed.
    pub fn new(seed: u64) -> Random {
        Random { state: seed }
    }

    /// The next number, any of them with the same probability.
    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// After how many messages an incarnation of a worker ends whose setting `max_requests` is this: between 90 % and all
/// of it, and at least 1. `random` may be any number.
pub fn max_requests(setting: u64, random: u64) -> u64 {
    limit(setting, random).max(1)
}

/// A limit between 90 % and all of `most`.
pub(super) fn limit(most: u64, random: u64) -> u64 {
    between(most - most / 10, most, random)
}

/// As [`limit`], of a time.
pub(super) fn time_limit(most: Duration, random: u64) -> Duration {
    Duration::from_nanos(limit(nanoseconds(most), random))
}

/// A pause between half of `longest` and all of it.
pub(super) fn pause(longest: Duration, random: u64) -> Duration {
    let longest = nanoseconds(longest);
    Duration::from_nanos(between(longest - longest / 2, longest, random))
}

/// Saturates at 584 years.
fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// The number at the `random`th part of the way from `least` to `most`.
fn between(least: u64, most: u64, random: u64) -> u64 {
    let numbers = u128::from(most.saturating_sub(least)) + 1;
    let above = u64::try_from((u128::from(random) * numbers) >> u64::BITS).unwrap_or(0);
    least.saturating_add(above)
}
