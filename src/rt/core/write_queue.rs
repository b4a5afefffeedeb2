//! Write queues: data for which a descriptor had no room. The loop sends it later.
//!
//! A write queue has a duplicate of the descriptor. So the data is sent even after the script has removed the watcher
//! or closed its descriptor.

use crate::os::epoll::{Epoll, Interest};
use crate::os::fd::{self, Identity};
use crate::os::{Errno, Result};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::os::fd::{OwnedFd, RawFd};

/// Marks the event data of a write queue, beside its serial number. No other event data has this bit.
const SENDER: u64 = 1 << 63;

/// The serial number of the write queue to which event data belongs.
pub(super) fn serial_of(data: u64) -> Option<u64> {
    (data & SENDER != 0).then_some(data & !SENDER)
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
    /// Whether epoll reports when there is room.
    armed: bool,
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
        let mut queue = WriteQueue {
            origin: fd,
            identity,
            own,
            armed: false,
            pieces: VecDeque::new(),
            sent: 0,
            bytes: 0,
        };
        queue.push(rest);
        queue
    }

    /// Whether it has a duplicate, which epoll can watch.
    pub(super) fn has_own(&self) -> bool {
        self.own.is_some()
    }

    fn arm(&mut self, serial: u64, epoll: Option<&Epoll>) {
        self.armed = self.has_own()
            && epoll.is_some_and(|epoll| epoll.add(self.number(), Interest::WRITE, SENDER | serial).is_ok());
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
    queues: FxHashMap<u64, WriteQueue>,
    last: u64,
    losses: Vec<Loss>,
}

impl WriteQueues {
    /// Whether no data waits.
    pub(super) fn is_empty(&self) -> bool {
        self.queues.is_empty()
    }

    /// Drops all queues and returns how many bytes were not sent.
    pub(super) fn clear(&mut self) -> usize {
        self.queues.drain().map(|(_, queue)| queue.bytes).sum()
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
        if !self.queues.values().any(|queue| queue.origin == fd) {
            return Ok(None);
        }
        let identity = fd::identity(fd)?;
        let mut queues = self.queues.values_mut();
        Ok(queues.find(|queue| queue.origin == fd && queue.identity.is_none_or(|own| own == identity)))
    }

    /// Adds a queue. Epoll reports when there is room, if it can watch the descriptor.
    pub(super) fn add(&mut self, mut queue: WriteQueue, epoll: Option<&Epoll>) {
        self.last += 1;
        queue.arm(self.last, epoll);
        self.queues.insert(self.last, queue);
    }

    /// Registers all queues with another epoll instance.
    pub(super) fn arm(&mut self, epoll: &Epoll) {
        for (&serial, queue) in &mut self.queues {
            queue.arm(serial, Some(epoll));
        }
    }

    /// The queues that epoll does not watch.
    pub(super) fn unarmed(&self) -> Vec<u64> {
        self.queues.iter().filter(|(_, queue)| !queue.armed).map(|(&serial, _)| serial).collect()
    }

    /// Whether there are such queues.
    pub(super) fn has_unarmed(&self) -> bool {
        self.queues.values().any(|queue| !queue.armed)
    }

    /// Sends the data of one queue for which there is room.
    pub(super) fn flush(&mut self, serial: u64, epoll: Option<&Epoll>) {
        let Some(queue) = self.queues.get_mut(&serial) else { return };
        queue.flush(&mut self.losses);
        if queue.pieces.is_empty() {
            if let Some(epoll) = epoll.filter(|_| queue.armed) {
                let _ = epoll.remove(queue.number());
            }
            self.queues.remove(&serial);
        }
    }

    /// Returns what was lost since the last call.
    pub(super) fn take_losses(&mut self) -> Vec<Loss> {
        std::mem::take(&mut self.losses)
    }
}
