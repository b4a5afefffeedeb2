//! Flags of signals that have arrived, which our handler sets, and sets of signals.

use crate::os::wait_limit;
use std::sync::atomic::{AtomicU64, Ordering};

/// One more than the highest signal number in the tables.
pub const COUNT: usize = 128;

/// A flag for each signal. Numbers beyond the table have none.
pub(super) struct Flags([AtomicU64; COUNT / 64]);

impl Flags {
    pub(super) const fn new() -> Flags {
        Flags([const { AtomicU64::new(0) }; COUNT / 64])
    }

    fn place(&self, signal: i32) -> Option<(&AtomicU64, u64)> {
        let number = usize::try_from(signal).ok()?;
        Some((self.0.get(number / 64)?, 1 << (number % 64)))
    }

    /// Sets or clears a flag. Returns whether it was set. It is async-signal-safe.
    pub(super) fn set(&self, signal: i32, is_set: bool) -> bool {
        let Some((flags, bit)) = self.place(signal) else { return false };
        let before = if is_set {
            flags.fetch_or(bit, Ordering::SeqCst)
        } else {
            flags.fetch_and(!bit, Ordering::SeqCst)
        };
        before & bit != 0
    }

    pub(super) fn is_set(&self, signal: i32) -> bool {
        self.place(signal).is_some_and(|(flags, bit)| flags.load(Ordering::SeqCst) & bit != 0)
    }

    /// Clears all flags.
    pub(super) fn clear(&self) {
        self.0.iter().for_each(|flags| flags.store(0, Ordering::SeqCst));
    }

    /// The signals whose flags are set.
    pub(super) fn all(&self) -> Set {
        Set(self.0.each_ref().map(|flags| flags.load(Ordering::SeqCst)))
    }
}

/// The signals that have come and were not taken yet.
static PENDING: Flags = Flags::new();
/// The number of arrivals of each real-time signal that were not taken yet: the kernel queues these signals and does
/// not merge them.
static QUEUED: [AtomicU64; COUNT] = [const { AtomicU64::new(0) }; COUNT];
/// The lowest signal that is queued.
const REAL_TIME: i32 = 32;
/// How often a handler of ours has run.
static ARRIVALS: AtomicU64 = AtomicU64::new(0);

fn queue_of(signal: i32) -> Option<&'static AtomicU64> {
    QUEUED.get(usize::try_from(signal).ok()?).filter(|_| signal >= REAL_TIME)
}

/// Our handler.
pub(in crate::os) extern "C" fn note(signal: i32) {
    if let Some(queued) = queue_of(signal) {
        queued.fetch_add(1, Ordering::SeqCst);
    }
    PENDING.set(signal, true);
    ARRIVALS.fetch_add(1, Ordering::SeqCst);
    wait_limit::cut();
}

/// Our handler of a signal that only interrupts a call.
pub(super) extern "C" fn interrupt(_signal: i32) {
    ARRIVALS.fetch_add(1, Ordering::SeqCst);
}

/// Whether a signal has come that was not taken yet.
pub fn is_pending() -> bool {
    PENDING.all() != Set::default()
}

/// Whether this signal has come and was not taken yet.
pub fn has_come(signal: i32) -> bool {
    PENDING.is_set(signal)
}

/// A set of signals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Set([u64; COUNT / 64]);

impl Set {
    /// Adds a signal.
    pub fn insert(&mut self, signal: i32) {
        let number = usize::try_from(signal).unwrap_or(usize::MAX);
        if let Some(bits) = self.0.get_mut(number / 64) {
            *bits |= 1 << (number % 64);
        }
    }

    /// Whether a signal is in it.
    pub fn contains(&self, signal: i32) -> bool {
        let number = usize::try_from(signal).unwrap_or(usize::MAX);
        self.0.get(number / 64).is_some_and(|bits| bits & 1 << (number % 64) != 0)
    }

    /// Their numbers, in ascending order.
    pub fn numbers(self) -> impl Iterator<Item = i32> {
        // Waits ask for the numbers of sets that are nearly always empty.
        let words = self.0.into_iter().zip((0..).step_by(64));
        words.flat_map(|(mut bits, first)| {
            std::iter::from_fn(move || {
                let number = first + bits.trailing_zeros().cast_signed();
                let has_one = bits != 0;
                bits &= bits.wrapping_sub(1);
                has_one.then_some(number)
            })
        })
    }

    /// Whether one of them has come that was not taken yet.
    pub fn has_come(&self) -> bool {
        PENDING.all().0.iter().zip(self.0).any(|(come, own)| come & own != 0)
    }
}

impl FromIterator<i32> for Set {
    fn from_iter<T: IntoIterator<Item = i32>>(signals: T) -> Set {
        let mut set = Set::default();
        signals.into_iter().for_each(|signal| set.insert(signal));
        set
    }
}

/// Takes a signal. Returns whether it has come since it was last taken. A real-time signal is taken as often as it has
/// come.
pub fn take(signal: i32) -> bool {
    if !PENDING.set(signal, false) {
        return false;
    }
    let less = |queued: u64| queued.checked_sub(1);
    let before = queue_of(signal).map(|queued| queued.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less));
    // More arrivals are still to be taken. The handler counts before it sets the flag, so none is missed.
    if before.is_some_and(|before| before.is_ok_and(|before| before > 1)) {
        PENDING.set(signal, true);
    }
    true
}

/// The number of arrivals of a real-time signal that were not taken yet; 0 for other signals.
pub fn queued(signal: i32) -> u64 {
    queue_of(signal).map_or(0, |queued| queued.load(Ordering::SeqCst))
}

/// The number of runs of our handlers, so that a call can find out whether one of them interrupted it.
pub fn arrivals() -> u64 {
    ARRIVALS.load(Ordering::SeqCst)
}

/// Forgets that a signal has come, because it is not handled any more.
pub fn forget(signal: i32) {
    PENDING.set(signal, false);
    if let Some(queued) = queue_of(signal) {
        queued.store(0, Ordering::SeqCst);
    }
}

/// Forgets all arrived signals: a forked child must not handle its parent's signals.
pub fn forget_pending() {
    PENDING.clear();
    QUEUED.iter().for_each(|queued| queued.store(0, Ordering::SeqCst));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_tells_its_signals_in_ascending_order() {
        let signals = [64, 1, 63, 15, 127];
        assert!(Set::from_iter(signals).numbers().eq([1, 15, 63, 64, 127]));
        assert_eq!(Set::default().numbers().next(), None);
    }

    #[test]
    fn signals_without_a_flag_never_come() {
        for signal in [-1, 128, i32::MAX, i32::MIN] {
            note(signal);
            assert!(!has_come(signal) && !take(signal) && queued(signal) == 0);
        }
    }
}
