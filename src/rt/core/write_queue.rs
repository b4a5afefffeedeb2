//! Write queues: data for which a descriptor had no room. The loop sends it later.
//!
//! A write queue has a duplicate of the descriptor. So the data is sent even after the script has removed the watcher
//! or closed its descriptor.

use crate::os::epoll::{Epoll, Interest};
use crate::os::fd::{self, Identity};
use crate::os::{Errno, Result};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::os::fd::{OwnedFd, RawFd};

/// Marks the event data of a write queue. No other event data has this bit.
const SENDER: u64 = 1 << 63;

/// Names a write queue: the number that the script wrote to, then a serial number. So the queues of a number are
/// neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    origin: RawFd,
    serial: u32,
}

impl Key {
    /// The key of the write queue to which event data belongs.
    pub(super) fn from_data(data: u64) -> Option<Key> {
        let half = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).ok();
        if data & SENDER == 0 {
            return None;
        }
        Some(Key { origin: half((data & !SENDER) >> 32)?.cast_signed(), serial: half(data)? })
    }

    fn data(self) -> u64 {
        SENDER | u64::from(self.origin.cast_unsigned()) << 32 | u64::from(self.serial)
    }
}

/// Data that was queued and is lost, because the other side is gone or the message was too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The descriptor that the script wrote to.
    pub fd: RawFd,
    /// The number of bytes lost.
    pub bytes: usize,
    /// The error.
    pub errno: Errno,
}

/// The data that waits for room in one descriptor.
#[derive(Debug)]
pub(super) struct WriteQueue {
    /// The number that the script wrote to. `identity` says what was open under it.
    origin: RawFd,
    /// `None` when the kernel did not tell; then only the number is known.
    identity: Option<Identity>,
    /// `None` when no duplicate could be made; then the script's own number is used.
    own: Option<OwnedFd>,
    /// Each piece is one write of the script: one message, where the descriptor has messages.
    pieces: VecDeque<Vec<u8>>,
    /// The number of bytes of the first piece that are already sent.
    sent: usize,
    bytes: usize,
}

impl WriteQueue {
    /// Makes a queue for `rest`, which found no room. All its allocations may fail without harm.
    pub(super) fn of(fd: RawFd, rest: &[u8]) -> WriteQueue {
        let identity = fd::identity(fd).ok();
        let own = fd::duplicate(fd).ok();
        let mut queue = WriteQueue { origin: fd, identity, own, pieces: VecDeque::new(), sent: 0, bytes: 0 };
        queue.push(rest);
        queue
    }

    /// Whether it has a duplicate, which epoll can watch.
    pub(super) fn has_own(&self) -> bool {
        self.own.is_some()
    }

    /// Lets epoll report when there is room. False when it cannot watch the descriptor.
    fn arm(&self, key: Key, epoll: Option<&Epoll>) -> bool {
        self.has_own()
            && epoll.is_some_and(|epoll| epoll.add(self.number(), Interest::WRITE, key.data()).is_ok())
    }

    fn number(&self) -> RawFd {
        self.own.as_ref().map_or(self.origin, fd::number)
    }

    fn push(&mut self, data: &[u8]) {
        self.bytes += data.len();
        self.pieces.push_back(data.to_vec());
    }

    /// Sends until there is no room or nothing left. Adds lost data to `losses`.
    fn flush(&mut self, losses: &mut Vec<Loss>) {
        while let Some(piece) = self.pieces.front() {
            let errno = match fd::send_some(self.number(), piece.get(self.sent..).unwrap_or_default()) {
                Ok(count) => {
                    self.sent += count;
                    self.bytes = self.bytes.saturating_sub(count);
                    if self.sent >= piece.len() {
                        self.pieces.pop_front();
                        self.sent = 0;
                    }
                    continue;
                }
                Err(Errno::EAGAIN | Errno::ENOBUFS) => return,
                Err(Errno::EINTR) => continue,
                Err(errno) => errno,
            };
            // A message that is too large is lost alone; after any other error nothing can be sent.
            let bytes = if errno == Errno::EMSGSIZE { piece.len() - self.sent } else { self.bytes };
            if errno == Errno::EMSGSIZE {
                self.pieces.pop_front();
                self.sent = 0;
            } else {
                self.pieces.clear();
            }
            self.bytes = self.bytes.saturating_sub(bytes);
            losses.push(Loss { fd: self.origin, bytes, errno });
        }
    }
}

/// The write queues of a loop.
#[derive(Debug, Default)]
pub(super) struct WriteQueues {
    queues: BTreeMap<Key, WriteQueue>,
    /// The queues that epoll does not watch.
    unarmed: BTreeSet<Key>,
    last: u32,
    losses: Vec<Loss>,
}

impl WriteQueues {
    /// Whether no data waits.
    pub(super) fn is_empty(&self) -> bool {
        self.queues.is_empty()
    }

    /// Drops all queues and returns how many bytes were not sent.
    pub(super) fn clear(&mut self) -> usize {
        self.unarmed.clear();
        std::mem::take(&mut self.queues).into_values().map(|queue| queue.bytes).sum()
    }

    /// Sends what the descriptor takes now. Returns the rest, when no queue has it yet. `ENOBUFS` when more than
    /// `limit` bytes would wait; then nothing is sent.
    pub(super) fn send<'d>(&mut self, fd: RawFd, data: &'d [u8], limit: usize) -> Result<&'d [u8]> {
        if data.len() > limit {
            return Err(Errno::ENOBUFS);
        }
        if let Some(queue) = self.of(fd)? {
            if data.len().saturating_add(queue.bytes) > limit {
                return Err(Errno::ENOBUFS);
            }
            queue.push(data);
            return Ok(&[]);
        }
        let sent = match fd::send_some(fd, data) {
            Ok(count) => count,
            Err(Errno::EAGAIN | Errno::EINTR | Errno::ENOBUFS) => 0,
            Err(errno) => return Err(errno),
        };
        Ok(data.get(sent..).unwrap_or_default())
    }

    /// The queue of this descriptor. Fails when the descriptor cannot be identified: then no data may overtake the
    /// queue.
    pub(super) fn of(&mut self, fd: RawFd) -> Result<Option<&mut WriteQueue>> {
        let keys = Key { origin: fd, serial: 0 }..=Key { origin: fd, serial: u32::MAX };
        let mut queues = self.queues.range_mut(keys).map(|(_, queue)| queue).peekable();
        if queues.peek().is_none() {
            return Ok(None);
        }
        let identity = fd::identity(fd)?;
        Ok(queues.find(|queue| queue.identity.is_none_or(|own| own == identity)))
    }

    /// Adds a queue. Epoll reports when there is room, if it can watch the descriptor.
    pub(super) fn add(&mut self, queue: WriteQueue, epoll: Option<&Epoll>) {
        self.last = self.last.wrapping_add(1);
        let key = Key { origin: queue.origin, serial: self.last };
        if !queue.arm(key, epoll) {
            self.unarmed.insert(key);
        }
        self.queues.insert(key, queue);
    }

    /// Registers all queues with another epoll instance.
    pub(super) fn arm(&mut self, epoll: &Epoll) {
        let unarmed = self.queues.iter().filter(|(key, queue)| !queue.arm(**key, Some(epoll)));
        self.unarmed = unarmed.map(|(key, _)| *key).collect();
    }

    /// The queues that epoll does not watch.
    pub(super) fn unarmed(&self) -> Vec<Key> {
        self.unarmed.iter().copied().collect()
    }

    /// Whether there are such queues.
    pub(super) fn has_unarmed(&self) -> bool {
        !self.unarmed.is_empty()
    }

    /// Sends the data of one queue for which there is room.
    pub(super) fn flush(&mut self, key: Key, epoll: Option<&Epoll>) {
        let Some(queue) = self.queues.get_mut(&key) else { return };
        queue.flush(&mut self.losses);
        if queue.pieces.is_empty() {
            if let (false, Some(epoll)) = (self.unarmed.remove(&key), epoll) {
                let _ = epoll.remove(queue.number());
            }
            self.queues.remove(&key);
        }
    }

    /// Returns what was lost since the last call.
    pub(super) fn take_losses(&mut self) -> Vec<Loss> {
        std::mem::take(&mut self.losses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsRawFd;

    /// Two queues of one number, because another descriptor has it by now, and one of the next number.
    #[test]
    fn a_write_goes_to_the_queue_of_what_is_open_under_its_number() {
        let files: Vec<OwnedFd> = (0..3).map(|_| fd::dev_null().unwrap()).collect();
        let [first, second, third] = [0, 1, 2].map(|index| files[index].as_raw_fd());
        let mut queues = WriteQueues::default();
        let mut add = |origin: RawFd, identity: Identity| {
            queues.add(WriteQueue { origin, identity: Some(identity), ..WriteQueue::of(third, b"x") }, None);
        };
        let identity = fd::identity(first).unwrap();
        add(first, (0, 0));
        add(first, identity);
        add(second, (0, 0));
        assert_eq!(queues.unarmed().len(), 3);
        assert_eq!(queues.of(first).unwrap().map(|queue| queue.identity), Some(Some(identity)));
        assert!(queues.of(second).unwrap().is_none());
        assert!(queues.of(third).unwrap().is_none());
        queues.send(first, b"more", 9).unwrap();
        assert_eq!(queues.of(first).unwrap().map(|queue| queue.bytes), Some(5));
        assert_eq!(queues.clear(), 7);
        assert!(queues.is_empty() && !queues.has_unarmed());
    }

    #[test]
    fn event_data_names_a_queue() {
        let key = Key { origin: RawFd::MAX, serial: u32::MAX };
        assert_eq!(Key::from_data(key.data()), Some(key));
        assert_eq!(Key::from_data(!SENDER), None);
    }
}
