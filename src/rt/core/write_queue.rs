//! What descriptors had no room for, and who sends it when there is.
//!
//! A write queue has a duplicate of the descriptor: the script may remove the watcher, and close the descriptor, and all is
//! sent the same.

use crate::os::epoll::{Epoll, Interest};
use crate::os::fd::{self, Identity};
use crate::os::{Errno, Result};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::os::fd::{OwnedFd, RawFd};

/// In the data of a write queue, beside its serial number. No other data has it.
const SENDER: u64 = 1 << 63;

/// The number of the write queue that an event is for.
pub(super) fn serial_of(data: u64) -> Option<u64> {
    (data & SENDER != 0).then_some(data & !SENDER)
}

/// What was to be sent and is lost: the other side is gone, or the message was too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The descriptor it was written to.
    pub fd: RawFd,
    /// How much it was.
    pub bytes: usize,
    /// Why.
    pub errno: Errno,
}

/// What a descriptor had no room for.
#[derive(Debug)]
pub(super) struct WriteQueue {
    /// The number that the script wrote to, and what was open under it.
    origin: RawFd,
    /// `None` when the kernel would not tell; then the number is all that is known.
    identity: Option<Identity>,
    /// `None` when no duplicate could be had; then the script's own number serves.
    own: Option<OwnedFd>,
    /// The kernel tells when there is room.
    armed: bool,
    /// Each piece is one write of the script: a message, where the descriptor has messages.
    pieces: VecDeque<Vec<u8>>,
    /// Bytes of the first piece that are sent.
    sent: usize,
    bytes: usize,
}

impl WriteQueue {
    /// One for `rest`, which there was no room for. It asks no more of the system than that may refuse.
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

    /// Whether it has a duplicate, which the kernel can watch.
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

    /// Sends until there is no room or nothing left; what was lost on the way.
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
            // A message that is too large is lost by itself; after anything else nothing can be sent.
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
    /// Whether nothing is to be sent.
    pub(super) fn is_empty(&self) -> bool {
        self.queues.is_empty()
    }

    /// Forgets everything; how many bytes are not sent.
    pub(super) fn clear(&mut self) -> usize {
        self.queues.drain().map(|(_, queue)| queue.bytes).sum()
    }

    /// Sends what a descriptor takes now; what is left, and has nobody who sends it yet. `ENOBUFS` when more than
    /// `limit` bytes would wait (then nothing is sent).
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

    /// What waits for room in this descriptor. Fails when it cannot be told: then nothing may overtake it.
    pub(super) fn of(&mut self, fd: RawFd) -> Result<Option<&mut WriteQueue>> {
        if !self.queues.values().any(|queue| queue.origin == fd) {
            return Ok(None);
        }
        let identity = fd::identity(fd)?;
        let mut queues = self.queues.values_mut();
        Ok(queues.find(|queue| queue.origin == fd && queue.identity.is_none_or(|own| own == identity)))
    }

    /// Adds one, of which the kernel tells when there is room, if that can be.
    pub(super) fn add(&mut self, mut queue: WriteQueue, epoll: Option<&Epoll>) {
        self.last += 1;
        queue.arm(self.last, epoll);
        self.queues.insert(self.last, queue);
    }

    /// The kernel is to tell by another table when there is room.
    pub(super) fn arm(&mut self, epoll: &Epoll) {
        for (&serial, queue) in &mut self.queues {
            queue.arm(serial, Some(epoll));
        }
    }

    /// Those of which the kernel does not tell.
    pub(super) fn unarmed(&self) -> Vec<u64> {
        self.queues.iter().filter(|(_, queue)| !queue.armed).map(|(&serial, _)| serial).collect()
    }

    /// Sends what there is room for.
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

    /// What could not be sent since the last call.
    pub(super) fn take_losses(&mut self) -> Vec<Loss> {
        std::mem::take(&mut self.losses)
    }
}
