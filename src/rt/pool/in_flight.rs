//! The message that each worker is handling, in shared memory, so that it outlives a worker that crashes. The master
//! reports it, and the next process of the worker handles it again, up to a limit. The message does not go back into the
//! queue or socket: there might be no room, and other messages would come before it.

use crate::os::Result;
use crate::os::fd_passing::MARK;
use crate::os::shared::{SharedWords, load_bytes, store_bytes};
use crate::os::shared_room::{NOTE, SharedRoom};
use crate::os::spare::Spare;
use crate::rt::handle::Mark;
use std::sync::atomic::{AtomicU64, Ordering};

/// The index of a number in the slot of a worker. The text is behind them.
#[derive(Clone, Copy)]
enum Place {
    State,
    /// The length of the message, which may be larger than the room for its text.
    Len,
    /// How often it was handed to a further process.
    Retries,
    /// What values begin with, which cannot be handled again: two numbers.
    Mark,
}

/// Behind the numbers the kernel notes a message that the worker receives.
const ROOM: usize = Place::Mark as usize + MARK / BYTES;
const TEXT: usize = ROOM + NOTE;
const BYTES: usize = size_of::<u64>();

/// States of a slot.
const NONE: u64 = 0;
const HANDLED: u64 = 1;
const WAITS: u64 = 2;
/// The kernel has noted a message, or none has come.
const RECEIVED: u64 = 3;

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

    /// By a worker: where the next message is received, so that it is kept from its receipt on.
    /// `mark` is that of the values that may come there.
    pub(super) fn room(&self, worker: usize, mark: Option<&Mark>) -> Option<SharedRoom<'_>> {
        let (numbers, room) = self.slot(worker)?.split_at_checked(ROOM)?;
        let room = SharedRoom::new(room)?;
        if self.get(worker, Place::State) == WAITS {
            return None;
        }
        room.clear();
        if let Some(mark) = mark {
            store_bytes(numbers.get(Place::Mark as usize..)?, mark.bytes());
        }
        self.put(worker, Place::Retries, 0);
        self.put(worker, Place::State, RECEIVED);
        Some(room)
    }

    /// Whether the kernel has noted a message that can be handled again. Takes over its length.
    fn is_received(&self, worker: usize) -> bool {
        let Some((numbers, room)) = self.slot(worker).and_then(|slot| slot.split_at_checked(ROOM)) else {
            return false;
        };
        let noted = SharedRoom::new(room).and_then(SharedRoom::noted);
        let Some(noted) = noted.filter(|noted| !noted.is_special) else { return false };
        self.put(worker, Place::Len, u64::try_from(noted.len).unwrap_or(u64::MAX));
        let mut mark = [0; MARK];
        load_bytes(numbers.get(Place::Mark as usize..).unwrap_or_default(), Spare::from(&mut mark));
        let mut start = [0; MARK];
        load_bytes(room.get(NOTE..).unwrap_or_default(), Spare::from(&mut start));
        noted.len < MARK || mark == [0; MARK] || start != mark
    }

    /// By a worker: it begins to handle a message.
    pub(super) fn begin(&self, worker: usize, text: &[u8]) {
        // A message that was received into its room is there already, unless it has more parts.
        let noted = self.slot(worker).and_then(|slot| slot.get(ROOM..)).and_then(SharedRoom::new);
        let noted = noted.filter(|_| self.get(worker, Place::State) == RECEIVED).and_then(SharedRoom::noted);
        if noted.is_none_or(|noted| noted.len != text.len())
            && let Some(places) = self.slot(worker).and_then(|slot| slot.get(TEXT..))
            && text.len() <= self.room
        {
            // A worker that is killed in the middle handles none yet.
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
        match self.get(worker, Place::State) {
            HANDLED => {}
            RECEIVED if self.is_received(worker) => {}
            _ => return None,
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
    use crate::os::msgq::Wait;
    use crate::os::{Errno, fd_passing, pipe};
    use crate::rt::process::queue::{Outbox, Queue, TYPE, Take};
    use std::os::fd::AsFd;

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
    fn a_message_is_kept_from_its_receipt_on() {
        let (sender, receiver) = pipe::pair(pipe::Kind::Message).unwrap();
        let mark = Mark::random();
        let slots = InFlight::new(2, 20, 1).unwrap();
        let mut buffer = [0; 64];
        let mut receive = |wait| {
            let room = slots.room(1, Some(&mark)).unwrap();
            fd_passing::receive_noted(receiver.as_fd(), room, &mut buffer, wait).map(drop)
        };
        // Nothing has come.
        assert_eq!(receive(pipe::Wait::Never), Err(Errno::EAGAIN));
        assert_eq!(slots.settle(1, true), None);
        let value = [mark.bytes().as_slice(), b"value"].concat();
        for (sent, kept) in [
            (b"".as_slice(), Some(Some(b"".as_slice()))),
            (b"x", Some(Some(b"x"))),
            (b"a message of 20 bytes", Some(None)),
            (b"a message of twenty.", Some(Some(b"a message of twenty."))),
            (&[0; 16], Some(Some(&[0; 16]))),
            (&value, None),
        ] {
            pipe::send(sender.as_fd(), sent, pipe::Wait::Never).unwrap();
            receive(pipe::Wait::Never).unwrap();
            // The worker is killed before it can do anything with the message.
            let text = slots.settle(1, true).map(|crashed| crashed.text);
            assert_eq!(text, kept.map(|text| text.map(<[u8]>::to_vec)), "{sent:?}");
            slots.end(1);
        }
        // The one with a descriptor is lost.
        fd_passing::send(sender.as_fd(), b"file", &[0]).unwrap();
        receive(pipe::Wait::Never).unwrap();
        assert_eq!(slots.settle(1, true), None);
    }

    #[test]
    #[cfg(feature = "fault-injection")]
    fn a_message_comes_without_the_call_that_keeps_it() {
        use crate::os::fault::{Call, clear, plan};
        use crate::rt::pool::inbox::Inbox;

        let (sender, receiver) = pipe::pair(pipe::Kind::Message).unwrap();
        let (mark, slots) = (Mark::random(), InFlight::new(1, 20, 1).unwrap());
        let mut inbox = Inbox::with_room(20).unwrap();
        for refused in [Errno::ENOSYS, Errno::EPERM] {
            pipe::send(sender.as_fd(), b"x", pipe::Wait::Never).unwrap();
            plan(Call::Recv, 1, refused, 1);
            let room = slots.room(0, Some(&mark)).unwrap();
            assert_eq!(inbox.receive_kept(receiver.as_fd(), room, false, &mark, pipe::Wait::Never), Ok(1));
            clear();
            assert_eq!(slots.settle(0, true), None);
            slots.begin(0, b"x");
            assert_eq!(slots.settle(0, true).and_then(|crashed| crashed.text), Some(b"x".to_vec()));
            slots.end(0);
        }
    }

    #[test]
    fn a_message_of_a_queue_is_kept_from_its_receipt_on() {
        let (queue, _) = Queue::open(0, Take::Any, Wait::Never, None).unwrap();
        let slots = InFlight::new(1, 20, 1).unwrap();
        let (mut outbox, mut buffer) = (Outbox::default(), [0; 64]);
        let mut receive = |queue: Queue, text: &[u8]| {
            queue.push_once(7, text, &mut outbox).unwrap();
            let got = queue.pop_kept(slots.room(0, None).unwrap(), &mut buffer);
            assert!(got.is_err() || buffer[TYPE..].starts_with(text));
            (got, slots.settle(0, true).and_then(|crashed| crashed.text))
        };
        for text in [b"x".as_slice(), b"a message of twenty.", &[0; 17]] {
            assert_eq!(receive(queue.with_len(), text), (Ok(text.len()), Some(text.to_vec())));
            slots.end(0);
        }
        // Its sender has not told its length.
        assert_eq!(receive(queue, b"x"), (Ok(1), None));
        // There is not enough room, so it stays in the queue.
        assert_eq!(receive(queue.with_len(), b"a message of 25 bytes...."), (Err(Errno::E2BIG), None));
        assert_eq!(queue.status().unwrap().messages, 1);
        queue.remove().unwrap();
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
