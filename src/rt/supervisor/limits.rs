//! Limits with jitter. Each process of a worker has limits of its own, so that workers that were started together do
//! not exit together.

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

    /// The next number. All numbers have the same probability.
    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// The number of messages after which a process of a worker exits: between 90 % and all of `setting`, and at least 1.
/// The caller handles 0, which means no limit. `random` may be any number, such as one from [`Random::draw`].
pub fn max_requests(setting: u64, random: u64) -> u64 {
    limit(setting, random).max(1)
}

/// A limit between 90 % and all of `most`.
pub(super) fn limit(most: u64, random: u64) -> u64 {
    between(most - most / 10, most, random)
}

/// As [`limit`], for a time.
pub(super) fn time_limit(most: Duration, random: u64) -> Duration {
    Duration::from_nanos(limit(nanoseconds(most), random))
}

/// A delay between half of `longest` and all of it.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sequence_is_that_of_splitmix64() {
        let mut random = Random::new(1_234_567);
        let numbers = [(); 3].map(|()| random.draw());
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn the_ends_of_a_range_are_reached_and_each_number_in_it_is_as_likely() {
        assert_eq!((max_requests(1_000, 0), max_requests(1_000, u64::MAX)), (900, 1_000));
        assert_eq!(limit(u64::MAX, u64::MAX), u64::MAX);
        assert_eq!(pause(Duration::MAX, u64::MAX), Duration::from_nanos(u64::MAX));
        let mut random = Random::new(1);
        let mut counts = [0; 11];
        for _ in 0..11_000 {
            counts[usize::try_from(max_requests(100, random.draw()) - 90).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| (850..1_150).contains(count)), "{counts:?}");
    }

    #[test]
    fn small_settings_are_kept_exactly_and_none_means_one() {
        for setting in 0..10 {
            for random in [0, u64::MAX / 2, u64::MAX] {
                assert_eq!(max_requests(setting, random), setting.max(1));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_limit_is_between_nine_tenths_and_all(most in any::<u64>(), random in any::<u64>()) {
            let (limit, requests) = (limit(most, random), max_requests(most, random));
            prop_assert!(limit <= most && u128::from(limit) * 10 >= u128::from(most) * 9);
            prop_assert_eq!(requests, limit.max(1));
        }

        #[test]
        fn a_pause_is_between_half_and_all(nanoseconds in any::<u64>(), random in any::<u64>()) {
            let longest = Duration::from_nanos(nanoseconds);
            let pause = pause(longest, random);
            prop_assert!(pause <= longest && pause.as_nanos() * 2 >= longest.as_nanos());
        }
    }
}
