//! Numbers that processes share, and waiting for one.
//!
//! Several lie in one mapping, each in a cache line of its own. Places are given out by a count in the mapping itself, so
//! that a parent and its children, which go on with the same mapping, never give out the same one. A place is not used
//! again, for another process may still have it; the mapping goes when the last of its numbers does.

use crate::os::shared::{SharedWords, Word};
use crate::os::{Errno, Result, futex};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The bytes of a place: a cache line.
const LINE: usize = 64;

/// How many places a mapping has, of which the first has the count: one page.
const PLACES: usize = 64;

/// How often a call that waits looks whether a signal has come in the moment before it waited.
const LOOK: Duration = Duration::from_millis(100);

/// Numbers of a kind that counts places.
pub trait Count: Word {
    /// Adds one; what it was.
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

/// The mapping that new numbers are taken from.
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

/// Some numbers of one owner, all nought at first.
#[derive(Debug)]
pub struct Place<T: Count> {
    words: Rc<SharedWords<T>>,
    first: usize,
}

impl<T: Count> Place<T> {
    /// How many numbers there are.
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

    /// All of them.
    #[inline]
    pub fn all(&self) -> &[T] {
        self.words.all().get(self.first..).and_then(|rest| rest.get(..Self::LEN)).unwrap_or_default()
    }
}

/// How a wait went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// It has been woken.
    Woken,
    /// The time is over.
    TimedOut,
    /// The number is one at which nobody can wait.
    Impossible,
    /// A signal has come, or another process was faster: call again once the script has seen to its signals.
    Pause,
    /// The system call failed.
    Failed(Errno),
}

/// What can be waited at: 1 lets one process through, which makes it 0; at 0 processes wait.
#[derive(Clone, Copy, Debug)]
pub struct Signal<'p> {
    value: &'p AtomicU32,
    /// How often more than one was woken at once.
    calls: &'p AtomicU32,
}

impl Place<AtomicU32> {
    /// Its first number, as something to wait at.
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
        // The number that was seen then counts: a wake-up may come right behind.
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
            // Several were woken at once: the one that has made the number 0 is one of them, this is another. A signal may
            // have taken it out of the queue just before.
            Ok(()) | Err(Errno::EINTR) if self.calls.load(Ordering::SeqCst) != calls => Wait::Woken,
            Ok(()) | Err(Errno::EAGAIN | Errno::EINTR) => Wait::Pause,
            Err(Errno::ETIMEDOUT) if deadline.is_some() && left <= LOOK => Wait::TimedOut,
            Err(Errno::ETIMEDOUT) => Wait::Pause,
            Err(errno) => Wait::Failed(errno),
        }
    }

    /// Takes a wake-up; the number there is when there is none.
    fn pass(self) -> std::result::Result<(), u32> {
        self.value.compare_exchange(1, 0, Ordering::SeqCst, Ordering::SeqCst).map(|_| ())
    }

    /// Makes 0 to 1, and wakes up to `count` of those who wait.
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
