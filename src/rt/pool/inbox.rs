//! The message that a worker is about to handle, and how messages pass through a socket.
//!
//! A message of up to [`INLINE`] bytes is one packet. On the message bus the rest of a larger one is in a memory file
//! of its own; the packet has its first [`INLINE`] bytes and the descriptor. So a message is received whole or not at
//! all, whatever happens to its sender or to another receiver. A message that is not fetched takes its share of the
//! socket's buffer, so a full socket blocks the sender.

use crate::os::fd_passing::{FdMessage, Incoming};
use crate::os::memory;
use crate::os::shared_room::SharedRoom;
use crate::os::spare::Spare;
use crate::os::{Errno, Result, fd, fd_passing, pipe};
use crate::rt::handle::{self, Arrival, ArrivalKind, ArrivalQueue, Mark, PACKET};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

/// The number of bytes of a message that are in its packet.
pub const INLINE: usize = 64 * 1024;

const PAGE: usize = 4096;

/// Where in a page packets are received: far from the beginning, where they are in the kernel and in a large PHP
/// string. Processors compare the offsets of addresses in their pages first: a copy takes two to four times as long
/// when it writes a few bytes behind the place from which it reads.
const PLACE: usize = PAGE / 2;

/// A received message that was not handed over yet.
#[derive(Debug, Default)]
pub struct Inbox {
    buffer: Vec<u8>,
    /// The offset in the buffer at which packets are received.
    place: usize,
    /// The offset in the buffer at which the text begins.
    start: usize,
    /// The number of bytes of the text that are there.
    len: usize,
    rest: Option<(OwnedFd, usize)>,
    /// The handle or long value, if the message was one. The text is the data of the handle; a value has none.
    arrival: Option<Arrival>,
    /// The length of the packet, if the message is a short value.
    value: Option<usize>,
    brings: Option<ArrivalKind>,
    data: Vec<u8>,
    /// The largest text of a packet.
    most: usize,
}

impl Inbox {
    /// An inbox for messages of up to `room` bytes in a packet. `ENOMEM` when there is no memory for that. It uses only
    /// as much memory as messages have needed.
    pub fn with_room(room: usize) -> Result<Inbox> {
        // A value must not be cut, however small messages are.
        let (most, room) = (room, room.max(PACKET));
        let buffer = memory::zeroed(room.saturating_add(PAGE))?;
        let place = PLACE.wrapping_sub(buffer.as_ptr().addr()) % PAGE;
        let mut inbox = Inbox { buffer, place, most, ..Inbox::default() };
        inbox.buffer.truncate(place + room);
        Ok(inbox)
    }

    /// The length of the message in bytes.
    pub fn len(&self) -> usize {
        self.len + self.data.len() + self.rest.as_ref().map_or(0, |(_, len)| *len)
    }

    /// Whether the message has no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Receives a message from a socket. Returns its full length, which exceeds [`Inbox::len`] when the message was too
    /// large. `mark` is that of the values that come through the socket.
    #[inline(always)]
    pub fn receive(
        &mut self,
        socket: BorrowedFd<'_>,
        files: bool,
        mark: &Mark,
        wait: pipe::Wait,
    ) -> Result<usize> {
        let room = self.buffer.get_mut(self.place..).unwrap_or_default();
        let incoming = fd_passing::receive_any(socket, &mut *room, wait)?;
        self.accept(incoming, files, mark)
    }

    /// As [`Inbox::receive`], through memory that the process shares with its parent.
    #[cold]
    pub fn receive_kept(
        &mut self,
        socket: BorrowedFd<'_>,
        kept: SharedRoom<'_>,
        files: bool,
        mark: &Mark,
        wait: pipe::Wait,
    ) -> Result<usize> {
        let room = self.buffer.get_mut(self.place..).unwrap_or_default();
        let incoming = match fd_passing::receive_noted(socket, kept, &mut *room, wait) {
            // A filter of system calls knows only the usual one: this message is kept once it has been received.
            Err(Errno::ENOSYS | Errno::EPERM) => fd_passing::receive_any(socket, room, wait)?,
            received => received?,
        };
        self.accept(incoming, files, mark)
    }

    /// Accepts what was received at `place`.
    #[inline(always)]
    fn accept(&mut self, incoming: Incoming, files: bool, mark: &Mark) -> Result<usize> {
        self.start = self.place;
        let room = self.buffer.get(self.place..).unwrap_or_default();
        let is_text = match &incoming {
            Incoming::Plain(len) => !room.get(..*len).is_some_and(|packet| packet.starts_with(mark.bytes())),
            Incoming::Special(_) => false,
        };
        if self.brings.is_some() || self.rest.is_some() {
            self.forget();
        }
        match incoming {
            // Most messages are only a text.
            Incoming::Plain(len) if is_text => {
                self.len = len.min(self.most);
                Ok(len)
            }
            incoming => self.receive_special(incoming, files, mark),
        }
    }

    /// Forgets what the last message has brought.
    #[cold]
    fn forget(&mut self) {
        (self.brings, self.rest) = (None, None);
        (self.arrival, self.value, self.data) = (None, None, Vec::new());
    }

    /// As [`Inbox::receive`], for a value, or a message with control data.
    #[cold]
    fn receive_special(&mut self, incoming: Incoming, files: bool, mark: &Mark) -> Result<usize> {
        let room = self.buffer.get(self.place..).unwrap_or_default();
        let (len, special) = match incoming {
            Incoming::Plain(len) => (len, None),
            Incoming::Special(parcel) => (parcel.len, (parcel.count > 0).then_some(parcel)),
        };
        self.len = len.min(self.most);
        let Some(mut parcel) = special else {
            let is_value = room.get(..len).is_some_and(|packet| packet.starts_with(mark.bytes()));
            if is_value {
                (self.len, self.value, self.brings) = (0, Some(len), Some(ArrivalKind::Value));
            }
            return Ok(if is_value { 0 } else { len });
        };
        if let [byte] = room.get(..self.len).unwrap_or_default()
            && handle::is_mark(*byte, parcel.count)
        {
            parcel.last = Some(*byte);
            self.len = 0;
            let mut came = handle::unpack(parcel, pipe::Kind::Message).map_err(unlike_empty)?;
            match &mut came.arrival {
                Some(Arrival::Handle(handle)) => {
                    let data = handle.data().map_err(unlike_empty)?;
                    memory::reserve(&mut self.data, data.len())?;
                    self.data.extend_from_slice(data);
                    self.brings = Some(ArrivalKind::Handle);
                }
                Some(Arrival::Value(_)) => self.brings = Some(ArrivalKind::Value),
                None => {}
            }
            self.arrival = came.arrival;
            return Ok(self.len());
        }
        if files && let [Some(file), _] = parcel.attached {
            let size = fd_passing::size(file.as_fd())?;
            self.rest = Some((file, size));
        }
        Ok(parcel.len)
    }

    /// Whether the message was a handle or a value.
    pub fn brings(&self) -> Option<ArrivalKind> {
        self.brings
    }

    /// Adds the received handle or value to `held`, which has the room for it ([`ArrivalQueue::room`]). `EBADMSG` when a
    /// part of a value is missing.
    #[cold]
    pub fn hand_over(&mut self, held: &mut ArrivalQueue) -> Result<()> {
        if let Some(len) = self.value.take() {
            let packet = self.buffer.get(self.start..).and_then(|room| room.get(..len)).unwrap_or_default();
            let mut message = FdMessage { len, is_marked: true, ..FdMessage::default() };
            message.packet = std::mem::take(held.room()?);
            memory::reserve(&mut message.packet, packet.len())?;
            message.packet.extend_from_slice(packet);
            self.arrival = handle::unpack(message, pipe::Kind::Message)?.arrival;
        }
        if let Some(arrival) = self.arrival.take() {
            held.push(arrival);
        }
        Ok(())
    }

    /// Doubles the room of [`Inbox::fill`], up to `most` bytes. False when it has that already, or there is no memory.
    pub(super) fn grow(&mut self, most: usize) -> bool {
        let room = self.buffer.len();
        room < most && memory::grow(&mut self.buffer, most.min(room.max(PAGE).saturating_mul(2))).is_ok()
    }

    /// Lets `fill` store a message. `fill` returns where the message begins and how long it is.
    pub fn fill<E>(
        &mut self,
        fill: impl FnOnce(&mut Vec<u8>) -> std::result::Result<(usize, usize), E>,
    ) -> std::result::Result<(), E> {
        (self.start, self.len) = fill(&mut self.buffer)?;
        Ok(())
    }

    /// Copies the message into `target`, which has the same length. Returns the number of bytes copied. `EIO` when the
    /// file with the rest is shorter than it was.
    #[inline]
    pub fn take<'t>(&mut self, target: impl Into<Spare<'t>>) -> Result<usize> {
        let mut target = target.into();
        let text = self.buffer.get(self.start..self.start + self.len).unwrap_or_default();
        if target.put(0, text) < self.len {
            return Err(Errno::EINVAL);
        }
        if self.data.is_empty() && self.rest.is_none() { Ok(self.len) } else { self.take_rest(target) }
    }

    /// As [`Inbox::take`], for what comes behind the text of the packet.
    #[cold]
    fn take_rest(&mut self, mut target: Spare<'_>) -> Result<usize> {
        if target.put(self.len, &self.data) < self.data.len() {
            return Err(Errno::EINVAL);
        }
        let mut done = self.data.len();
        if let Some((file, size)) = self.rest.take() {
            let mut tail = target.after(self.len);
            if tail.len() < size {
                return Err(Errno::EINVAL);
            }
            while done < size {
                match fd_passing::read_at(file.as_fd(), tail.after(done), done) {
                    Ok(0) => return Err(Errno::EIO),
                    Ok(count) => done += count,
                    Err(Errno::EINTR) => {}
                    Err(errno) => return Err(errno),
                }
            }
        }
        Ok(self.len + done)
    }
}

/// An error other than that of an empty socket.
fn unlike_empty(errno: Errno) -> Errno {
    if errno == Errno::EAGAIN { Errno::EIO } else { errno }
}

/// A message to be sent. What is too large for a packet is already in its file.
#[derive(Debug)]
pub struct Outgoing<'d> {
    packet: &'d [u8],
    file: Option<OwnedFd>,
}

impl<'d> Outgoing<'d> {
    /// Prepares a message; with `files` it may have any size. `EFBIG` when the message is larger than the limits for
    /// files and for pipes.
    pub fn new(data: &'d [u8], files: bool) -> Result<Outgoing<'d>> {
        if !files || data.len() <= INLINE {
            return Ok(Outgoing { packet: data, file: None });
        }
        let (packet, rest) = data.split_at(INLINE);
        let file = handle::in_memory(&[rest])?;
        Ok(Outgoing { packet, file: Some(file) })
    }

    /// Sends it without waiting. `EAGAIN` when there is no room. `ETOOMANYREFS` when the system allows no more
    /// descriptors in flight: others have to arrive first.
    #[inline]
    pub fn send(&self, socket: BorrowedFd<'_>) -> Result<()> {
        match &self.file {
            None => pipe::send(socket, self.packet, pipe::Wait::Never).map(drop),
            Some(file) => fd_passing::send(socket, self.packet, &[fd::number(file)]).map(drop),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::pipe::Kind;

    fn through(data: &[u8]) -> Vec<u8> {
        let (a, b) = pipe::pair(Kind::Message).unwrap();
        Outgoing::new(data, true).unwrap().send(a.as_fd()).unwrap();
        let mut inbox = Inbox::with_room(INLINE).unwrap();
        inbox.receive(b.as_fd(), true, &Mark::random(), pipe::Wait::Never).unwrap();
        let mut target = vec![0; inbox.len()];
        assert_eq!(inbox.take(&mut target), Ok(data.len()));
        target
    }

    #[test]
    fn room_that_is_not_to_be_had_is_an_error() {
        assert_eq!(Inbox::with_room(usize::MAX).unwrap_err(), Errno::ENOMEM);
    }

    #[test]
    fn an_inbox_without_room_receives_and_keeps_nothing() {
        let (a, b) = pipe::pair(Kind::Message).unwrap();
        Outgoing::new(&vec![1; INLINE + 1], true).unwrap().send(a.as_fd()).unwrap();
        let mut inbox = Inbox::default();
        assert_eq!(inbox.receive(b.as_fd(), true, &Mark::random(), pipe::Wait::Never), Ok(INLINE));
        assert_eq!(inbox.receive(b.as_fd(), true, &Mark::random(), pipe::Wait::Never), Err(Errno::EAGAIN));
    }

    #[test]
    fn messages_of_any_size_arrive_whole() {
        for size in [0, 1, INLINE - 1, INLINE, INLINE + 1, 3_000_000] {
            let data: Vec<u8> = (0..size).map(|i| u8::try_from(i % 251).unwrap()).collect();
            assert!(through(&data) == data, "{size}");
        }
    }

    #[test]
    fn what_nobody_fetches_fills_the_socket() {
        let (a, _b) = pipe::pair(Kind::Message).unwrap();
        let data = vec![1; 1_000_000];
        let mut sent = 0;
        loop {
            match Outgoing::new(&data, true).unwrap().send(a.as_fd()) {
                Ok(()) => sent += 1,
                Err(errno) => {
                    assert_eq!(errno, Errno::EAGAIN);
                    break;
                }
            }
        }
        assert!((1..1000).contains(&sent));
    }

    #[test]
    fn what_is_larger_than_the_room_tells_its_full_length() {
        let (a, b) = pipe::pair(Kind::Message).unwrap();
        Outgoing::new(b"0123456789", false).unwrap().send(a.as_fd()).unwrap();
        let mut inbox = Inbox::with_room(4).unwrap();
        assert_eq!(inbox.receive(b.as_fd(), false, &Mark::random(), pipe::Wait::Never), Ok(10));
        assert_eq!(inbox.len(), 4);
    }
}
