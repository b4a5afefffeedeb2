//! Handles and values on their way between processes.
//!
//! A handle is one byte with the descriptor attached. Its data, if there are any, are in a memory file, whose
//! descriptor is attached as well. So the data may have any size, and on a stream a handle is one part that no other
//! sender can interrupt. The kernel ends a read of a stream behind a part with descriptors, so a read that meets a
//! handle knows where it is: its byte is the last one.
//!
//! A short value is a packet: the mark of the pipe, the length of the text, the text. Both processes know the mark, as one
//! of them was forked by the other; nothing else that is sent begins with it. On a stream the packet is one part as well:
//! it has a descriptor attached, which is not used, so that the kernel ends a read behind it. The kernel queues a part
//! whole, also if the sender is killed. A long value is one byte with a memory file attached, which has the text.

mod arrivals;
mod packet;

use crate::os::fd;
use crate::os::fd_passing::{self, FdMessage};
use crate::os::pipe::{self, Kind, Wait};
use crate::os::{Errno, Result, memory, socket};
use arrivals::Data;
use packet::{HEAD, find_packet, len_of};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd, RawFd};
use std::rc::Rc;

pub use arrivals::{Arrival, ArrivalKind, ArrivalQueue, Handle, Value};
pub use packet::{Mark, PACKET, SURE_PART, is_one_part, packet_len};

/// The byte of a handle without data, and of one with data. Valid UTF-8 contains neither.
const ALONE: u8 = 0xfd;
const WITH_DATA: u8 = 0xfe;
/// The byte of a value whose text is in a file.
const IN_FILE: u8 = 0xfc;

/// The largest message of another program that is taken as the data of its descriptor.
const MOST: usize = 64 * 1024;

/// A handle or a value to be sent.
#[derive(Debug)]
pub enum Outgoing {
    /// A handle.
    Handle {
        /// The script's own number.
        number: RawFd,
        /// A duplicate, made when the handle has to wait: the script may close its own descriptor meanwhile.
        copy: Option<OwnedFd>,
        /// The file with its data.
        data: Option<OwnedFd>,
    },
    /// A value in a packet.
    Packet(Vec<u8>),
    /// A value in a part of a stream, and the descriptor that ends the part.
    Part(Vec<u8>, Rc<OwnedFd>),
    /// A value in a memory file.
    File(OwnedFd),
}

impl Outgoing {
    /// Prepares a handle. `EFBIG` when the data is larger than the limits for files and for pipes.
    pub fn new(number: RawFd, data: &[u8]) -> Result<Outgoing> {
        let data = if data.is_empty() { None } else { Some(in_memory(&[data])?) };
        Ok(Outgoing::Handle { number, copy: None, data })
    }

    /// Prepares a short value as a packet. On a stream it is a part that ends with this descriptor. The text has a byte for
    /// its form in front, which the receiver gets back.
    pub fn short(mark: &Mark, form: u8, text: &[u8], end: Option<Rc<OwnedFd>>) -> Result<Outgoing> {
        let packet = packet::make(mark, form, text)?;
        Ok(match end {
            Some(end) => Outgoing::Part(packet, end),
            None => Outgoing::Packet(packet),
        })
    }

    /// Prepares a long value. Errors as those of a handle.
    pub fn long(form: u8, text: &[u8]) -> Result<Outgoing> {
        in_memory(&[&[form], text]).map(Outgoing::File)
    }

    /// Sends it without waiting. `EAGAIN` when there is no room. `ETOOMANYREFS` when the user has as many descriptors
    /// in flight as allowed: others have to arrive first.
    pub fn send(&self, socket: BorrowedFd<'_>) -> Result<()> {
        match self {
            Outgoing::Handle { number, data: None, .. } => fd_passing::send(socket, &[ALONE], &[*number]),
            Outgoing::Handle { number, data: Some(data), .. } => {
                fd_passing::send(socket, &[WITH_DATA], &[*number, fd::number(data)])
            }
            Outgoing::Packet(packet) => pipe::send(socket, packet, Wait::Never),
            Outgoing::Part(packet, end) => fd_passing::send(socket, packet, &[fd::number(end)]),
            Outgoing::File(file) => fd_passing::send(socket, &[IN_FILE], &[fd::number(file)]),
        }
        .map(drop)
    }

    /// Duplicates the descriptor of a handle, because the handle has to wait.
    pub fn keep(&mut self) -> Result<()> {
        if let Outgoing::Handle { number, copy, .. } = self
            && copy.is_none()
        {
            let fd = copy.insert(fd::duplicate(*number)?);
            *number = fd::number(fd);
        }
        Ok(())
    }
}

/// A memory file with these parts of a text, or a pipe where the file size limit is lower than its length.
pub(super) fn in_memory(parts: &[&[u8]]) -> Result<OwnedFd> {
    match in_file(parts) {
        // The file size limit of the process holds for memory files as well.
        Err(Errno::EFBIG) => match parts {
            [text] => fd_passing::memory_pipe(text),
            parts => fd_passing::memory_pipe(&parts.concat()),
        },
        result => result,
    }
}

fn in_file(parts: &[&[u8]]) -> Result<OwnedFd> {
    let file = fd_passing::memory_file()?;
    for part in parts {
        fd::write_all(file.as_fd(), part)?;
    }
    Ok(file)
}

/// Whether a byte with this number of descriptors is a handle or a value.
pub(super) fn is_mark(byte: u8, count: usize) -> bool {
    matches!((byte, count), (ALONE | IN_FILE, 1) | (WITH_DATA, 2))
}

/// The result of a read.
#[derive(Debug)]
pub struct Unpacked {
    /// The number of bytes before the arrival; all bytes without one.
    pub plain: usize,
    /// The handle or value.
    pub arrival: Option<Arrival>,
}

/// As [`unpack`], for what a read from `socket` has met: of a value in a stream the read may have received the beginning
/// only. `EBADMSG` when another process has received the rest. Bytes before the value are not lost with it: then the
/// value is a damaged one.
#[cold]
pub fn unpack_from(
    socket: BorrowedFd<'_>,
    parcel: FdMessage,
    kind: Kind,
    mark: Option<&Mark>,
) -> Result<Unpacked> {
    let (Kind::Stream, 1, Some(mark)) = (kind, parcel.count, mark) else {
        return unpack(parcel, kind);
    };
    let before = parcel.before;
    if before + parcel.packet.len() < parcel.len && !parcel.last.is_some_and(|byte| is_mark(byte, 1)) {
        return Err(Errno::ENOMEM);
    }
    let Some(start) = find_packet(socket, &parcel.packet, mark)? else {
        return unpack(parcel, kind);
    };
    let plain = before + start;
    let value = match complete(socket, parcel.packet, start) {
        Err(_) if plain > 0 => Value::damaged(),
        value => value?,
    };
    Ok(Unpacked { plain, arrival: Some(Arrival::Value(value)) })
}

/// The value in a stream whose packet begins at `start`. Receives what is missing at the end.
fn complete(socket: BorrowedFd<'_>, mut bytes: Vec<u8>, start: usize) -> Result<Value> {
    // The head first, which tells the length.
    for head in [Some(HEAD), None] {
        let len = head.or_else(|| len_of(bytes.get(start..)?)).filter(|len| *len <= PACKET);
        let (done, len) = (bytes.len(), start + len.ok_or(Errno::EBADMSG)?);
        if done < len {
            memory::reserve(&mut bytes, len - done)?;
            bytes.resize(len, 0);
            let rest = bytes.get_mut(done..).unwrap_or_default();
            if pipe::receive_part(Kind::Stream, socket, rest, Wait::Never)? != len - done {
                return Err(Errno::EBADMSG);
            }
        }
    }
    Value::of_packet(bytes, start)
}

/// Separates received bytes from the handle or value behind them. For other programs, which send descriptors as they
/// like: the bytes that come with one descriptor are its data; several descriptors are closed, and the message is an
/// ordinary one. `ENOMEM` when a value could not be copied.
#[cold]
pub fn unpack(parcel: FdMessage, kind: Kind) -> Result<Unpacked> {
    let FdMessage { len, count, attached: [first, second], last, packet, is_marked, .. } = parcel;
    if is_marked {
        if packet.len() < len {
            return Err(Errno::ENOMEM);
        }
        return Ok(Unpacked { plain: 0, arrival: Some(Arrival::Value(Value::of_packet(packet, 0)?)) });
    }
    let with = |fd, data, plain| Ok(Unpacked { plain, arrival: Some(Arrival::Handle(Handle { fd, data })) });
    let before = len.saturating_sub(1);
    // Only on a stream can other bytes come before it.
    let byte = last.filter(|_| before == 0 || kind == Kind::Stream);
    match (byte, count, first, second) {
        (Some(WITH_DATA), 2, Some(fd), Some(data)) => with(fd, Data::InFile(data), before),
        (Some(ALONE), 1, Some(fd), None) => with(fd, Data::Here(Vec::new()), before),
        (Some(IN_FILE), 1, Some(fd), None) => {
            Ok(Unpacked { plain: before, arrival: Some(Arrival::Value(Value::of_file(fd))) })
        }
        (_, 1, Some(fd), None) => with(fd, Data::Here(packet), 0),
        _ => Ok(Unpacked { plain: len, arrival: None }),
    }
}

/// Why no handle, or no value, was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiveError {
    /// Other data comes before it. It was not consumed.
    Data(ArrivalKind),
    /// The other of both comes first. It was not consumed.
    Other(ArrivalKind),
    /// The message had this number of descriptors, which were closed.
    Several(usize),
    /// The other side sends nothing more.
    Ended,
    /// The call failed: `EAGAIN` when nothing is there; `EMFILE` when a handle is there, and stays there.
    Failed(Errno),
}

impl From<Errno> for ReceiveError {
    fn from(errno: Errno) -> ReceiveError {
        ReceiveError::Failed(errno)
    }
}

/// Receives the next handle without waiting. `ends` says whether an empty read means EOF.
pub fn receive(
    socket: BorrowedFd<'_>,
    kind: Kind,
    mark: Option<&Mark>,
    ends: bool,
) -> std::result::Result<Handle, ReceiveError> {
    let there_are = match kind {
        Kind::Message => socket::next_message(socket)?,
        Kind::Stream => socket::pending(socket)?,
    };
    // A handle may have arrived since.
    let mut packet = memory::zeroed(there_are.clamp(1, MOST) + 1)?;
    // The descriptors that the peek opens are closed before the receive, which needs as many.
    let seen = fd_passing::peek(socket, &mut packet)?;
    if seen.count == 0 {
        return Err(match mark {
            _ if seen.len == 0 && ends => ReceiveError::Ended,
            Some(mark) if mark.begins(&packet) => ReceiveError::Other(ArrivalKind::Value),
            _ => ReceiveError::Data(ArrivalKind::Handle),
        });
    }
    // The peek saw all of a short value.
    match mark.and_then(|mark| mark.find(&packet)) {
        Some(0) => return Err(ReceiveError::Other(ArrivalKind::Value)),
        Some(_) => return Err(ReceiveError::Data(ArrivalKind::Handle)),
        None => {}
    }
    if seen.attached.iter().flatten().any(is_low) {
        return Err(ReceiveError::Failed(Errno::EMFILE));
    }
    // A peek that has filled its buffer also reports descriptors behind it.
    let is_full = kind == Kind::Stream && seen.len == packet.len();
    let came = unpack(seen, kind)?;
    match came.arrival {
        _ if is_full => return Err(ReceiveError::Data(ArrivalKind::Handle)),
        Some(_) if came.plain > 0 => return Err(ReceiveError::Data(ArrivalKind::Handle)),
        Some(Arrival::Value(_)) => return Err(ReceiveError::Other(ArrivalKind::Value)),
        Some(Arrival::Handle(_)) | None => {}
    }
    let parcel = fd_passing::receive_as(kind, socket, &mut packet, Wait::Never)?;
    let count = parcel.count;
    match unpack(parcel, kind)?.arrival {
        Some(Arrival::Handle(handle)) if is_low(&handle.fd) => Err(ReceiveError::Failed(Errno::EMFILE)),
        Some(Arrival::Handle(handle)) => Ok(handle),
        // Another process has received the handle that the peek saw.
        None if count == 0 => Err(ReceiveError::Failed(Errno::ENOMSG)),
        Some(Arrival::Value(_)) => Err(ReceiveError::Failed(Errno::ENOMSG)),
        None => Err(ReceiveError::Several(count)),
    }
}

/// Receives the next value. `ends` says whether an empty read means EOF, `wait` whether the call waits for data. Several
/// processes may receive from one socket: `EAGAIN` when another one has taken the value.
pub fn receive_value(
    socket: BorrowedFd<'_>,
    kind: Kind,
    mark: &Mark,
    ends: bool,
    wait: Wait,
) -> std::result::Result<Value, ReceiveError> {
    let mut head = [0; size_of::<Mark>()];
    let len = pipe::peek(kind, socket, &mut head, wait)?;
    if len == 0 {
        return Err(if ends { ReceiveError::Ended } else { ReceiveError::Data(ArrivalKind::Value) });
    }
    if mark.begins(&head) {
        // The next packet may be another one by now, and must not be cut. Without room for it the descriptor that ends
        // a part of a stream is closed.
        let mut packet = memory::zeroed(PACKET)?;
        let len = pipe::receive_part(kind, socket, &mut packet, Wait::Never)?;
        packet.truncate(len);
        return if mark.begins(&packet) {
            Ok(Value::of_packet(packet, 0)?)
        } else {
            Err(ReceiveError::Failed(Errno::ENOMSG))
        };
    }
    // On a stream, a second byte would be that of other data.
    let mut packet = [0; 2];
    let seen = fd_passing::peek(socket, &mut packet)?;
    match (seen.count, packet, seen.len) {
        (0, ..) => return Err(ReceiveError::Data(ArrivalKind::Value)),
        (_, _, len) if kind == Kind::Stream && len > 1 => return Err(ReceiveError::Data(ArrivalKind::Value)),
        (1, [IN_FILE, _], 1) => {}
        _ => return Err(ReceiveError::Other(ArrivalKind::Handle)),
    }
    drop(seen);
    let parcel = fd_passing::receive_as(kind, socket, &mut packet, Wait::Never)?;
    match unpack(parcel, kind)?.arrival {
        Some(Arrival::Value(value)) => Ok(value),
        _ => Err(ReceiveError::Failed(Errno::ENOMSG)),
    }
}

/// A handle must not become a standard descriptor.
fn is_low(fd: &OwnedFd) -> bool {
    fd::number(fd) < 3
}
