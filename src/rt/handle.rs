//! Handles on their way between processes: a descriptor with data.
//!
//! A handle is one byte with the descriptor attached. Its data, if there are any, are in a memory file, whose
//! descriptor is attached as well. So the data may have any size, and on a stream a handle is one part that no other
//! sender can interrupt. The kernel ends a read of a stream behind a part with descriptors, so a read that meets a
//! handle knows where it is: its byte is the last one.

use crate::os::fd::{self, Nature};
use crate::os::fd_passing::{self, FdMessage};
use crate::os::pipe::{Kind, Wait};
use crate::os::{Errno, Result, memory, socket};
use std::collections::VecDeque;
use std::os::fd::{AsFd, BorrowedFd, IntoRawFd, OwnedFd, RawFd};

/// The byte of a handle without data, and of one with data. Valid UTF-8 contains neither.
const ALONE: u8 = 0xfd;
const WITH_DATA: u8 = 0xfe;

/// The largest message of another program that is taken as the data of its descriptor.
const MOST: usize = 64 * 1024;

/// A handle to be sent.
#[derive(Debug)]
pub struct Outgoing {
    /// The script's own number.
    number: RawFd,
    /// A duplicate, made when the handle has to wait: the script may close its own descriptor meanwhile.
    copy: Option<OwnedFd>,
    data: Option<OwnedFd>,
}

impl Outgoing {
    /// Prepares a handle. `EFBIG` when the data is larger than the limits for files and for pipes.
    pub fn new(number: RawFd, data: &[u8]) -> Result<Outgoing> {
        let data = if data.is_empty() { None } else { Some(in_memory(data)?) };
        Ok(Outgoing { number, copy: None, data })
    }

    /// Sends the handle without waiting. `EAGAIN` when there is no room. `ETOOMANYREFS` when the user has as many
    /// descriptors in flight as allowed: others have to arrive first.
    pub fn send(&self, socket: BorrowedFd<'_>) -> Result<()> {
        match &self.data {
            None => fd_passing::send(socket, &[ALONE], &[self.number]),
            Some(data) => fd_passing::send(socket, &[WITH_DATA], &[self.number, fd::number(data)]),
        }
        .map(drop)
    }

    /// Duplicates the descriptor, because the handle has to wait.
    pub fn keep(&mut self) -> Result<()> {
        if self.copy.is_none() {
            let copy = fd::duplicate(self.number)?;
            self.number = fd::number(&copy);
            self.copy = Some(copy);
        }
        Ok(())
    }
}

/// A memory file with this text, or a pipe where the file size limit is lower than its length.
pub(super) fn in_memory(text: &[u8]) -> Result<OwnedFd> {
    match in_file(text) {
        // The file size limit of the process holds for memory files as well.
        Err(Errno::EFBIG) => fd_passing::memory_pipe(text),
        result => result,
    }
}

fn in_file(mut text: &[u8]) -> Result<OwnedFd> {
    let file = fd_passing::memory_file()?;
    while !text.is_empty() {
        match fd::write(file.as_fd(), text) {
            Ok(count) => text = text.get(count..).unwrap_or_default(),
            Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno),
        }
    }
    Ok(file)
}

/// A received handle.
#[derive(Debug)]
pub struct Handle {
    fd: OwnedFd,
    data: Data,
}

#[derive(Debug)]
enum Data {
    Here(Vec<u8>),
    InFile(OwnedFd),
}

impl Handle {
    /// A handle without data.
    pub(super) fn new(fd: OwnedFd) -> Handle {
        Handle { fd, data: Data::Here(Vec::new()) }
    }

    /// The number of its descriptor.
    pub fn number(&self) -> RawFd {
        fd::number(&self.fd)
    }

    /// The kind of its descriptor.
    pub fn nature(&self) -> Result<Nature> {
        fd::nature(self.fd.as_fd())
    }

    /// Its data. `EIO` when data is missing, `ENOMEM` without memory for it; then nothing has changed.
    pub fn data(&mut self) -> Result<&[u8]> {
        if let Data::InFile(file) = &self.data {
            let mut text = memory::zeroed(fd_passing::size(file.as_fd())?)?;
            let mut done = 0;
            while done < text.len() {
                match fd_passing::read_at(file.as_fd(), text.get_mut(done..).unwrap_or_default(), done) {
                    Ok(0) => return Err(Errno::EIO),
                    Ok(count) => done += count,
                    Err(Errno::EINTR) => {}
                    Err(errno) => return Err(errno),
                }
            }
            self.data = Data::Here(text);
        }
        match &self.data {
            Data::Here(text) => Ok(text),
            Data::InFile(_) => Err(Errno::EIO),
        }
    }

    /// The caller has taken over its descriptor.
    pub(super) fn give_away(self) {
        let _ = self.fd.into_raw_fd();
    }
}

/// Whether a byte with this number of descriptors is a handle.
pub(super) fn is_mark(byte: u8, count: usize) -> bool {
    matches!((byte, count), (ALONE, 1) | (WITH_DATA, 2))
}

/// The result of a read.
#[derive(Debug)]
pub struct Came {
    /// The number of bytes before the handle; all bytes without one.
    pub plain: usize,
    /// The handle.
    pub handle: Option<Handle>,
}

/// Separates received bytes from the handle behind them. For other programs, which send descriptors as they like: the
/// bytes that come with one descriptor are its data; several descriptors are closed, and the message is an ordinary
/// one.
#[cold]
pub fn unpack(parcel: FdMessage, kind: Kind) -> Came {
    let FdMessage { len, count, attached: [first, second], last, packet } = parcel;
    let with = |fd, data, plain| Came { plain, handle: Some(Handle { fd, data }) };
    let before = len.saturating_sub(1);
    // Only on a stream can other bytes come before it.
    let mark = last.filter(|_| before == 0 || kind == Kind::Stream);
    match (mark, count, first, second) {
        (Some(WITH_DATA), 2, Some(fd), Some(data)) => with(fd, Data::InFile(data), before),
        (Some(ALONE), 1, Some(fd), None) => with(fd, Data::Here(Vec::new()), before),
        (_, 1, Some(fd), None) => with(fd, Data::Here(packet), 0),
        _ => Came { plain: len, handle: None },
    }
}

/// Handles that arrived before the script asked for them.
#[derive(Debug, Default)]
pub struct Held(VecDeque<Handle>);

impl Held {
    /// Whether none is held.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a handle at the end.
    pub fn push(&mut self, handle: Handle) {
        self.0.push_back(handle);
    }

    /// The first.
    pub fn first(&mut self) -> Option<&mut Handle> {
        self.0.front_mut()
    }

    /// The last.
    pub fn last(&mut self) -> Option<&mut Handle> {
        self.0.back_mut()
    }

    /// Takes the first.
    pub fn pop(&mut self) -> Option<Handle> {
        self.0.pop_front()
    }

    /// Closes all of them and returns their number.
    pub fn clear(&mut self) -> usize {
        let count = self.0.len();
        self.0 = VecDeque::new();
        count
    }
}

/// Why no handle was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Other data comes first. It was not consumed.
    Data,
    /// The message had this number of descriptors, which were closed.
    Several(usize),
    /// The other side sends nothing more.
    Ended,
    /// The call failed: `EAGAIN` when nothing is there; `EMFILE` when a handle is there, and stays there.
    Failed(Errno),
}

impl From<Errno> for Refused {
    fn from(errno: Errno) -> Refused {
        Refused::Failed(errno)
    }
}

/// Receives the next handle without waiting. `ends` says whether an empty read means EOF.
pub fn receive(socket: BorrowedFd<'_>, kind: Kind, ends: bool) -> std::result::Result<Handle, Refused> {
    let there_are = match kind {
        Kind::Message => socket::next_message(socket)?,
        Kind::Stream => socket::pending(socket)?,
    };
    // A handle may have arrived since.
    let mut packet = memory::zeroed(there_are.clamp(1, MOST) + 1)?;
    // The descriptors that the peek opens are closed before the receive, which needs as many.
    let seen = fd_passing::peek(socket, &mut packet)?;
    if seen.count == 0 {
        return Err(if seen.len == 0 && ends { Refused::Ended } else { Refused::Data });
    }
    if seen.attached.iter().flatten().any(is_low) {
        return Err(Refused::Failed(Errno::EMFILE));
    }
    // A peek that has filled its buffer also reports descriptors behind it.
    let is_full = kind == Kind::Stream && seen.len == packet.len();
    let came = unpack(seen, kind);
    if is_full || (came.handle.is_some() && came.plain > 0) {
        return Err(Refused::Data);
    }
    drop(came);
    let parcel = fd_passing::receive_as(kind, socket, &mut packet, Wait::Never)?;
    let count = parcel.count;
    match unpack(parcel, kind).handle {
        Some(handle) if is_low(&handle.fd) => Err(Refused::Failed(Errno::EMFILE)),
        Some(handle) => Ok(handle),
        // Another process has received the handle that the peek saw.
        None if count == 0 => Err(Refused::Failed(Errno::ENOMSG)),
        None => Err(Refused::Several(count)),
    }
}

/// A handle must not become a standard descriptor.
fn is_low(fd: &OwnedFd) -> bool {
    fd::number(fd) < 3
}
