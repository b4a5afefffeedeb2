//! Numbers that processes share, and waiting for such a number.
//!
//! A mapping has several places, each a cache line. A count in the mapping itself gives out the places, so a parent and
//! its children, which use the same mapping, never give out the same one. A place is not reused, because another
//! process may still have it. The mapping is released with the last number in this process.

use crate::os::shared::{SharedWords, Word};
use crate::os::{Errno, Result, futex};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The size of a place in bytes: a cache line.
const LINE: usize = 64;

/// The number of places of a mapping, which is one page. The first place has the count.
const PLACES: usize = 64;

/// The interval at which a waiting call checks whether a signal has come just before it began to wait.
const LOOK: Duration = Duration::from_millis(100);

/// A number that can count places.
pub trait Count: Word {
    /// Adds one and returns the previous value.
    fn next(&self) -> usize;
}

impl Count for AtomicU32 {
    fn next(&self) -> usize {
        usize::try_from(self.fetch_add(1, Ordering::Relaxed)).unwrap_or(usize::MAX)
    }
}

impl Count for AtomicU64 {
    fn next(&self) -> usize {
        usize::try_from(self.fetch_add(1, Ordering::Relaxed)).unwrap_or(usize::MAX)
    }
}

/// The mapping from which new numbers are taken.
#[derive(Debug)]
pub struct Places<T: Count> {
    open: Option<Rc<SharedWords<T>>>,
}

impl<T: Count> Default for Places<T> {
    fn default() -> Self {
        Places { open: None }
    }
}

impl<T: Count> Places<T> {
    /// Takes a place.
    pub fn take(&mut self) -> Result<Place<T>> {
        if let Some(words) = &self.open
            && let Some(place) = Place::of(words)
        {
            return Ok(place);
        }
        let words = Rc::new(SharedWords::new(PLACES * Place::<T>::LEN)?);
        let place = Place::of(&words).ok_or(Errno::ENOMEM)?;
        self.open = Some(words);
        Ok(place)
    }
}

/// The numbers of one owner, all zero at first.
#[derive(Debug)]
pub struct Place<T: Count> {
    words: Rc<SharedWords<T>>,
    first: usize,
}

impl<T: Count> Place<T> {
    /// The number of numbers in a place.
    pub const LEN: usize = LINE / size_of::<T>();

    fn of(words: &Rc<SharedWords<T>>) -> Option<Place<T>> {
        let taken = words.get(0)?.next();
        (taken < PLACES - 1).then(|| Place { words: words.clone(), first: (taken + 1) * Self::LEN })
    }

    /// The first number.
    #[inline]
    pub fn first(&self) -> Option<&T> {
        self.words.get(self.first)
    }

    /// All numbers.
    #[inline]
    pub fn all(&self) -> &[T] {
        self.words.all().get(self.first..).and_then(|rest| rest.get(..Self::LEN)).unwrap_or_default()
    }
}

/// The result of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// The waiter was woken.
    Woken,
    /// The time limit has expired.
    TimedOut,
    /// The number has a value at which no process can wait.
    Impossible,
    /// A signal has come, or another process was faster. The caller calls again once the script has handled its
    /// signals.
    Pause,
    /// The system call failed.
    Failed(Errno),
}

/// A number to wait at: at 1, one process passes and sets it to 0; at 0, processes wait.
#[derive(Clone, Copy, Debug)]
pub struct Signal<'p> {
    value: &'p AtomicU32,
    /// How often several waiters were woken at once.
    calls: &'p AtomicU32,
}

impl Place<AtomicU32> {
    /// Its first number, as a signal to wait at.
    pub fn signal(&self) -> Option<Signal<'_>> {
        match self.all() {
            [value, calls, ..] => Some(Signal { value, calls }),
            _ => None,
        }
    }
}

impl Signal<'_> {
    /// Waits until `deadline`, or until a signal comes.
    pub fn wait(self, deadline: Option<Instant>, now: Instant) -> Wait {
        // The value seen by this step decides: a wakeup may follow immediately.
        match self.pass() {
            Ok(()) => return Wait::Woken,
            Err(0) => {}
            Err(_) => return Wait::Impossible,
        }
        let left = deadline.map_or(LOOK, |deadline| deadline.saturating_duration_since(now));
        if left.is_zero() {
            return Wait::TimedOut;
        }
        let calls = self.calls.load(Ordering::SeqCst);
        let result = futex::wait(self.value, 0, left.min(LOOK));
        if self.pass().is_ok() {
            return Wait::Woken;
        }
        match result {
            // Several waiters were woken at once: one of them set the number to 0, this is another one. A signal may
            // have removed it from the kernel's queue just before.
            Ok(()) | Err(Errno::EINTR) if self.calls.load(Ordering::SeqCst) != calls => Wait::Woken,
            Ok(()) | Err(Errno::EAGAIN | Errno::EINTR) => Wait::Pause,
            Err(Errno::ETIMEDOUT) if deadline.is_some() && left <= LOOK => Wait::TimedOut,
            Err(Errno::ETIMEDOUT) => Wait::Pause,
            Err(errno) => Wait::Failed(errno),
        }
    }

    /// Takes a wakeup. Fails with the value of the number when there is none.
    fn pass(self) -> std::result::Result<(), u32> {
        self.value.compare_exchange(1, 0, Ordering::SeqCst, Ordering::SeqCst).map(|_| ())
    }

    /// Sets 0 to 1, and wakes up to `count` waiters.
    pub fn wake(self, count: u32) -> Result<()> {
        let _ = self.value.compare_exchange(0, 1, Ordering::SeqCst, Ordering::SeqCst);
        if count > 1 {
            self.calls.fetch_add(1, Ordering::SeqCst);
        }
        futex::wake(self.value, count).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_apart_and_the_mapping_goes_with_the_last() {
        let mut places = Places::<AtomicU32>::default();
        let all: Vec<Place<AtomicU32>> = (0..PLACES * 3).map(|_| places.take().unwrap()).collect();
        for (number, place) in (1..).zip(&all) {
            assert_eq!(place.first().unwrap().swap(number, Ordering::Relaxed), 0);
            assert_eq!(place.all().len(), 16);
        }
        for (number, place) in (1..).zip(&all) {
            assert_eq!(place.first().unwrap().load(Ordering::Relaxed), number);
        }
        let mapping = Rc::downgrade(&all[0].words);
        drop(all);
        assert!(mapping.upgrade().is_none());
    }

    #[test]
    fn one_lets_one_through_and_other_numbers_none() {
        let place = Places::<AtomicU32>::default().take().unwrap();
        let (signal, now) = (place.signal().unwrap(), Instant::now());
        signal.wake(1).unwrap();
        signal.wake(1).unwrap();
        assert_eq!(signal.wait(None, now), Wait::Woken);
        assert_eq!(signal.wait(Some(now), now), Wait::TimedOut);
        assert_eq!(signal.wait(Some(now + Duration::from_millis(1)), now), Wait::TimedOut);
        place.first().unwrap().store(2, Ordering::Relaxed);
        assert_eq!(signal.wait(None, now), Wait::Impossible);
    }
}
