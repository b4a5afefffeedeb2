//! The message that each worker is handling, in shared memory, so that it outlives a worker that crashes. The master
//! reports it, and the next process of the worker handles it again, up to a limit. The message does not go back into the
//! queue or socket: there might be no room, and other messages would come before it.

use crate::os::Result;
use crate::os::shared::SharedWords;
use crate::os::spare::Spare;
use std::sync::atomic::{AtomicU64, Ordering};

/// The index of a number in the slot of a worker. The text is behind them.
#[derive(Clone, Copy)]
enum Place {
    State,
    /// The length of the message, which may be larger than the room for its text.
    Len,
    /// How often it was handed to a further process.
    Retries,
}

const TEXT: usize = 3;
const BYTES: usize = size_of::<u64>();

/// States of a slot.
const NONE: u64 = 0;
const HANDLED: u64 = 1;
const WAITS: u64 = 2;

/// A message whose worker has crashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrashedMessage {
    /// Its text; `None` when it is larger than what is kept.
    pub text: Option<Vec<u8>>,
    /// How often it had been handed to a further process before.
    pub retries: u64,
    /// Whether the next process of the worker handles it again.
    pub again: bool,
}

/// The slots of a pool.
#[derive(Debug)]
pub(super) struct InFlight {
    words: SharedWords,
    /// The room for a text, in bytes.
    room: usize,
    /// How often a message is handed to a further process.
    most: u64,
}

impl InFlight {
    /// Slots for this number of workers, for texts of up to `room` bytes. `ENOMEM` when there is no memory for them.
    pub(super) fn new(workers: usize, room: usize, most: u64) -> Result<InFlight> {
        let words = SharedWords::new(workers.saturating_mul(TEXT.saturating_add(room.div_ceil(BYTES))))?;
        Ok(InFlight { words, room, most })
    }

    fn slot(&self, worker: usize) -> Option<&[AtomicU64]> {
        let len = TEXT + self.room.div_ceil(BYTES);
        let first = worker.checked_mul(len)?;
        self.words.all().get(first..first.checked_add(len)?)
    }

    fn get(&self, worker: usize, place: Place) -> u64 {
        let word = self.slot(worker).and_then(|slot| slot.get(place as usize));
        word.map_or(0, |word| word.load(Ordering::Acquire))
    }

    fn put(&self, worker: usize, place: Place, value: u64) {
        if let Some(word) = self.slot(worker).and_then(|slot| slot.get(place as usize)) {
            word.store(value, Ordering::Release);
        }
    }

    /// By a worker: it begins to handle a message.
    pub(super) fn begin(&self, worker: usize, text: &[u8]) {
        // A worker that is killed in the middle handles none yet.
        if let Some(places) = self.slot(worker).and_then(|slot| slot.get(TEXT..))
            && text.len() <= self.room
        {
            for (place, piece) in places.iter().zip(text.chunks(BYTES)) {
                let mut word = [0; BYTES];
                word.iter_mut().zip(piece).for_each(|(to, from)| *to = *from);
                place.store(u64::from_ne_bytes(word), Ordering::Relaxed);
            }
        }
        self.put(worker, Place::Len, u64::try_from(text.len()).unwrap_or(u64::MAX));
        self.put(worker, Place::Retries, 0);
        self.put(worker, Place::State, HANDLED);
    }

    /// By a worker: it has handled its message.
    pub(super) fn end(&self, worker: usize) {
        self.put(worker, Place::State, NONE);
    }

    /// By a worker: the length of a message that waits for it.
    pub(super) fn waiting(&self, worker: usize) -> Option<usize> {
        if self.get(worker, Place::State) != WAITS {
            return None;
        }
        usize::try_from(self.get(worker, Place::Len)).ok()
    }

    /// By a worker: it begins to handle the message that waits for it, and stores its text. Returns the length.
    pub(super) fn begin_again(&self, worker: usize, mut target: Spare<'_>) -> usize {
        let len = target.put(0, &self.text(worker).unwrap_or_default());
        self.put(worker, Place::State, HANDLED);
        len
    }

    fn text(&self, worker: usize) -> Option<Vec<u8>> {
        let len = usize::try_from(self.get(worker, Place::Len)).ok().filter(|&len| len <= self.room)?;
        let places = self.slot(worker)?.get(TEXT..)?;
        let bytes = places.iter().flat_map(|place| place.load(Ordering::Relaxed).to_ne_bytes());
        let mut text = Vec::new();
        text.try_reserve_exact(len).ok()?;
        text.extend(bytes.take(len));
        Some(text)
    }

    /// By the master, when the process of a worker has ended. If it has crashed while it handled a message, returns that
    /// message, which waits for the next process of the worker unless it has had all its retries.
    pub(super) fn settle(&self, worker: usize, has_crashed: bool) -> Option<CrashedMessage> {
        if self.get(worker, Place::State) != HANDLED {
            return None;
        }
        let kept = has_crashed.then(|| {
            let (text, retries) = (self.text(worker), self.get(worker, Place::Retries));
            let again = text.is_some() && retries < self.most;
            CrashedMessage { text, retries, again }
        });
        let again = kept.as_ref().filter(|kept| kept.again);
        self.put(worker, Place::Retries, again.map_or(0, |kept| kept.retries + 1));
        self.put(worker, Place::State, if again.is_some() { WAITS } else { NONE });
        kept
    }

    /// By the master: the messages that wait in the slots of `workers` workers.
    pub(super) fn all_waiting(&self, workers: usize) -> u64 {
        (0..workers).map(|worker| u64::from(self.waiting(worker).is_some())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(slots: &InFlight, worker: usize) -> Vec<u8> {
        let mut text = vec![0; slots.waiting(worker).unwrap()];
        assert_eq!(slots.begin_again(worker, Spare::from(text.as_mut_slice())), text.len());
        text
    }

    #[test]
    fn a_message_of_a_crashed_worker_waits_for_its_next_process_up_to_a_limit() {
        let slots = InFlight::new(3, 20, 2).unwrap();
        for len in [0, 1, 7, 8, 9, 20] {
            let text: Vec<u8> = (1..=len).collect();
            slots.begin(1, &text);
            for retries in 0..3 {
                let kept = slots.settle(1, true);
                assert_eq!(
                    kept,
                    Some(CrashedMessage { text: Some(text.clone()), retries, again: retries < 2 })
                );
                assert_eq!(slots.all_waiting(3), u64::from(retries < 2));
                if retries < 2 {
                    // A process that ends before it begins with it leaves it to the next one.
                    assert_eq!(slots.settle(1, true), None);
                    assert_eq!(again(&slots, 1), text);
                }
            }
            assert_eq!((slots.waiting(1), slots.settle(1, true)), (None, None));
        }
        // The next message has all its retries.
        slots.begin(1, b"x");
        assert_eq!(slots.settle(1, true).map(|kept| (kept.retries, kept.again)), Some((0, true)));
        assert_eq!((slots.waiting(0), slots.waiting(2), slots.waiting(9)), (None, None, None));
    }

    #[test]
    fn what_was_handled_or_is_too_large_does_not_wait() {
        let slots = InFlight::new(1, 8, 9).unwrap();
        slots.begin(0, b"done");
        slots.end(0);
        assert_eq!(slots.settle(0, true), None);
        slots.begin(0, b"left");
        assert_eq!(slots.settle(0, false), None);
        slots.begin(0, b"too large");
        assert_eq!(slots.settle(0, true), Some(CrashedMessage { text: None, retries: 0, again: false }));
        assert_eq!(slots.waiting(0), None);
    }
}
