//! What has arrived, besides plain data: handles and values, until the script asks for them.

use super::packet::{HEAD, PACKET, text_of};
use crate::os::fd::{self, FdKind};
use crate::os::spare::Spare;
use crate::os::{Errno, Result, fd_passing, memory};
use std::collections::VecDeque;
use std::os::fd::{AsFd, BorrowedFd, IntoRawFd, OwnedFd, RawFd};

/// A received handle.
#[derive(Debug)]
pub struct Handle {
    pub(super) fd: OwnedFd,
    pub(super) data: Data,
}

#[derive(Debug)]
pub(super) enum Data {
    Here(Vec<u8>),
    InFile(OwnedFd),
}

/// A received value.
#[derive(Debug)]
pub struct Value {
    /// The text; in a packet what is in front of it, too.
    data: Data,
    /// Where the form is, and behind it the text.
    start: usize,
    /// The form and the length of the text, once they were asked for.
    known: Option<(u8, usize)>,
}

impl Value {
    /// From bytes of which the last are a packet, which begins at `start`. `EBADMSG` when the packet is not complete.
    pub(super) fn of_packet(bytes: Vec<u8>, start: usize) -> Result<Value> {
        let text = bytes.get(start..).and_then(text_of).ok_or(Errno::EBADMSG)?;
        let (&form, text) = text.split_first().ok_or(Errno::EBADMSG)?;
        let known = Some((form, text.len()));
        Ok(Value { data: Data::Here(bytes), start: start + HEAD, known })
    }

    /// A value of which a part is missing. Each call of its methods fails with `EBADMSG`.
    pub(super) fn damaged() -> Value {
        Value { data: Data::Here(Vec::new()), start: 0, known: None }
    }

    /// From a memory file.
    pub(super) fn of_file(file: OwnedFd) -> Value {
        Value { data: Data::InFile(file), start: 0, known: None }
    }

    /// The form of its text, as the sender has given it, and the length of the text in bytes. `EBADMSG` when there is no form.
    pub fn head(&mut self) -> Result<(u8, usize)> {
        if let (Data::InFile(file), None) = (&self.data, self.known) {
            let len = fd_passing::size(file.as_fd())?.checked_sub(1).ok_or(Errno::EBADMSG)?;
            let mut form = [0];
            read_file(file.as_fd(), Spare::from(&mut form), 0, Errno::EBADMSG)?;
            let [form] = form;
            self.known = Some((form, len));
        }
        self.known.ok_or(Errno::EBADMSG)
    }

    /// Copies its text into `target`, which has the same length. `EBADMSG` when the text is not complete.
    pub fn take<'t>(&mut self, target: impl Into<Spare<'t>>) -> Result<usize> {
        let (_, len) = self.head()?;
        let (mut target, start) = (target.into(), self.start + 1);
        match &self.data {
            Data::Here(packet) => Ok(target.put(0, packet.get(start..).unwrap_or_default())),
            Data::InFile(file) => read_file(file.as_fd(), target.lend(), start, Errno::EBADMSG).map(|()| len),
        }
    }
}

/// What has arrived, besides plain data.
#[derive(Debug)]
pub enum Arrival {
    /// A handle.
    Handle(Handle),
    /// A value.
    Value(Value),
}

impl Handle {
    /// A handle without data.
    pub(in crate::rt) fn new(fd: OwnedFd) -> Handle {
        Handle { fd, data: Data::Here(Vec::new()) }
    }

    /// The number of its descriptor.
    pub fn number(&self) -> RawFd {
        fd::number(&self.fd)
    }

    /// The kind of its descriptor.
    pub fn nature(&self) -> Result<FdKind> {
        fd::kind(self.fd.as_fd())
    }

    /// Its data. `EIO` when data is missing, `ENOMEM` without memory for it; then nothing has changed.
    pub fn data(&mut self) -> Result<&[u8]> {
        if let Data::InFile(file) = &self.data {
            let mut text = memory::zeroed(fd_passing::size(file.as_fd())?)?;
            read_file(file.as_fd(), Spare::from(&mut text), 0, Errno::EIO)?;
            self.data = Data::Here(text);
        }
        match &self.data {
            Data::Here(text) => Ok(text),
            Data::InFile(_) => Err(Errno::EIO),
        }
    }

    /// The caller has taken over its descriptor.
    pub(in crate::rt) fn give_away(self) {
        let _ = self.fd.into_raw_fd();
    }
}

/// Reads a memory file from `offset` until the buffer is full. `missing` is the error when the file is shorter.
fn read_file(file: BorrowedFd<'_>, mut buffer: Spare<'_>, offset: usize, missing: Errno) -> Result<()> {
    let mut done = 0;
    while done < buffer.len() {
        match fd_passing::read_at(file, buffer.after(done), offset + done) {
            Ok(0) => return Err(missing),
            Ok(count) => done += count,
            Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno),
        }
    }
    Ok(())
}

/// The kind of an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrivalKind {
    /// A handle.
    Handle,
    /// A value.
    Value,
}

/// Handles and values that arrived before the script asked for them.
#[derive(Debug, Default)]
pub struct ArrivalQueue {
    held: VecDeque<Arrival>,
    /// Memory for the next short value.
    room: Vec<u8>,
}

impl ArrivalQueue {
    /// Before a receive: the memory for a short value that it meets. `ENOMEM` without memory. An arrival can then be
    /// added without more memory.
    #[inline]
    pub fn room(&mut self) -> Result<&mut Vec<u8>> {
        if self.room.capacity() < PACKET || self.held.len() == self.held.capacity() {
            self.make_room()?;
        }
        Ok(&mut self.room)
    }

    #[cold]
    fn make_room(&mut self) -> Result<()> {
        self.held.try_reserve(1).map_err(|_| Errno::ENOMEM)?;
        memory::reserve(&mut self.room, PACKET)
    }

    /// Whether none is held.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// What comes first.
    #[inline]
    pub fn next(&self) -> Option<ArrivalKind> {
        self.held.front().map(|arrival| match arrival {
            Arrival::Handle(_) => ArrivalKind::Handle,
            Arrival::Value(_) => ArrivalKind::Value,
        })
    }

    /// Adds an arrival at the end.
    pub fn push(&mut self, arrival: Arrival) {
        self.held.push_back(arrival);
    }

    /// The first, if it is a handle.
    pub fn first_handle(&mut self) -> Option<&mut Handle> {
        match self.held.front_mut() {
            Some(Arrival::Handle(handle)) => Some(handle),
            _ => None,
        }
    }

    /// The first, if it is a value.
    pub fn first_value(&mut self) -> Option<&mut Value> {
        match self.held.front_mut() {
            Some(Arrival::Value(value)) => Some(value),
            _ => None,
        }
    }

    /// Takes the first.
    pub fn pop(&mut self) -> Option<Arrival> {
        self.held.pop_front()
    }

    /// Closes all of them and returns their number.
    pub fn clear(&mut self) -> usize {
        let count = self.held.len();
        *self = ArrivalQueue::default();
        count
    }
}
