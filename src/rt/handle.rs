//! Handles on their way between processes: a descriptor, and data that go with it.
//!
//! A handle is one byte with the descriptor attached. Its data, if there are any, are in memory of their own, whose
//! descriptor is attached as well. So the size of the data does not matter, on a stream a handle is one part that no other
//! sender can come between, and a read that meets it in the middle of a stream knows where it begins: the kernel ends a
//! read of a stream behind a part with descriptors, so its byte is the last one.

use crate::os::fd::{self, Nature};
use crate::os::fd_passing::{self, FdMessage};
use crate::os::pipe::{Kind, Wait};
use crate::os::{Errno, Result, memory, socket};
use std::collections::VecDeque;
use std::os::fd::{AsFd, BorrowedFd, IntoRawFd, OwnedFd, RawFd};

/// The byte of a handle without data, and of one with data. No text in UTF-8 has them.
const ALONE: u8 = 0xfd;
const WITH_DATA: u8 = 0xfe;

/// The most bytes of another program's message that are taken for the data of its descriptor.
const MOST: usize = 64 * 1024;

/// A handle to be sent.
#[derive(Debug)]
pub struct Outgoing {
    /// As the script knows it.
    number: RawFd,
    /// A copy, once it has to wait: the script may close its own meanwhile.
    copy: Option<OwnedFd>,
    data: Option<OwnedFd>,
}

impl Outgoing {
    /// Makes a handle ready. `EFBIG` when the limit for files is lower than the size of the data, and so is the one for
    /// pipes.
    pub fn new(number: RawFd, data: &[u8]) -> Result<Outgoing> {
        let data = if data.is_empty() { None } else { Some(in_memory(data)?) };
        Ok(Outgoing { number, copy: None, data })
    }

    /// Sends it, without waiting. `EAGAIN` when there is no room, `ETOOMANYREFS` when as many descriptors are on their way
    /// as the user may have: others have to arrive first.
    pub fn send(&self, socket: BorrowedFd<'_>) -> Result<()> {
        match &self.data {
            None => fd_passing::send(socket, &[ALONE], &[self.number]),
            Some(data) => fd_passing::send(socket, &[WITH_DATA], &[self.number, fd::number(data)]),
        }
        .map(drop)
    }

    /// It has to wait.
    pub fn keep(&mut self) -> Result<()> {
        if self.copy.is_none() {
            let copy = fd::duplicate(self.number)?;
            self.number = fd::number(&copy);
            self.copy = Some(copy);
        }
        Ok(())
    }
}

/// A file in memory with this text, or a pipe, where the limit for files is lower.
pub(super) fn in_memory(text: &[u8]) -> Result<OwnedFd> {
    match in_file(text) {
        // A limit of the process, which concerns memory files as well.
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

/// A handle that was received.
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
    /// One without data.
    pub(super) fn new(fd: OwnedFd) -> Handle {
        Handle { fd, data: Data::Here(Vec::new()) }
    }

    /// The number of its descriptor.
    pub fn number(&self) -> RawFd {
        fd::number(&self.fd)
    }

    /// What it is.
    pub fn nature(&self) -> Result<Nature> {
        fd::nature(self.fd.as_fd())
    }

    /// Its data. `EIO` when there are fewer than there were, `ENOMEM` without memory for them; nothing has changed then.
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

    /// Its descriptor is somebody else's.
    pub(super) fn give_away(self) {
        let _ = self.fd.into_raw_fd();
    }
}

/// Whether a byte with so many descriptors is a handle.
pub(super) fn is_mark(byte: u8, count: usize) -> bool {
    matches!((byte, count), (ALONE, 1) | (WITH_DATA, 2))
}

/// What a read has got.
#[derive(Debug)]
pub struct Came {
    /// The bytes before the handle; all of them without one.
    pub plain: usize,
    /// The handle.
    pub handle: Option<Handle>,
}

/// Tells the bytes that were received from the handle behind them. Other programs send descriptors as they like: what came
/// with a single one are its data; several are closed, and their message is one as all others.
#[cold]
pub fn unpack(parcel: FdMessage, kind: Kind) -> Came {
    let FdMessage { len, count, attached: [first, second], last, packet } = parcel;
    let with = |fd, data, plain| Came { plain, handle: Some(Handle { fd, data }) };
    let before = len.saturating_sub(1);
    // Only on a stream there is something before it.
    let mark = last.filter(|_| before == 0 || kind == Kind::Stream);
    match (mark, count, first, second) {
        (Some(WITH_DATA), 2, Some(fd), Some(data)) => with(fd, Data::InFile(data), before),
        (Some(ALONE), 1, Some(fd), None) => with(fd, Data::Here(Vec::new()), before),
        (_, 1, Some(fd), None) => with(fd, Data::Here(packet), 0),
        _ => Came { plain: len, handle: None },
    }
}

/// Handles that came before they were asked for.
#[derive(Debug, Default)]
pub struct Held(VecDeque<Handle>);

impl Held {
    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Behind all others.
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

    /// Closes all of them; how many.
    pub fn clear(&mut self) -> usize {
        let count = self.0.len();
        self.0 = VecDeque::new();
        count
    }
}

/// Why no handle was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Other data come first; they are still there.
    Data,
    /// The message had so many descriptors, which are closed.
    Several(usize),
    /// The other side sends no more.
    Ended,
    /// It failed: `EAGAIN` when nothing is there, `EMFILE` when a handle is, and stays there.
    Failed(Errno),
}

impl From<Errno> for Refused {
    fn from(errno: Errno) -> Refused {
        Refused::Failed(errno)
    }
}

/// Receives the handle that comes next, without waiting. `ends` tells whether nothing means the end.
pub fn receive(socket: BorrowedFd<'_>, kind: Kind, ends: bool) -> std::result::Result<Handle, Refused> {
    let there_are = match kind {
        Kind::Message => socket::next_message(socket)?,
        Kind::Stream => socket::pending(socket)?,
    };
    // A handle may have come since.
    let mut packet = memory::zeroed(there_are.clamp(1, MOST) + 1)?;
    // The descriptors that are seen are free again when it is received.
    let seen = fd_passing::peek(socket, &mut packet)?;
    if seen.count == 0 {
        return Err(if seen.len == 0 && ends { Refused::Ended } else { Refused::Data });
    }
    if seen.attached.iter().flatten().any(is_low) {
        return Err(Refused::Failed(Errno::EMFILE));
    }
    // A peek that has filled its buffer tells of descriptors that come behind that.
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
        // Another process has received the one that was seen.
        None if count == 0 => Err(Refused::Failed(Errno::ENOMSG)),
        None => Err(Refused::Several(count)),
    }
}

/// A handle must not become a standard descriptor.
fn is_low(fd: &OwnedFd) -> bool {
    fd::number(fd) < 3
}
