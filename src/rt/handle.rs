//! Handles and values on their way between processes.
//!
//! A handle is one byte with the descriptor attached. Its data, if there are any, are in a memory file, whose
//! descriptor is attached as well. So the data may have any size, and on a stream a handle is one part that no other
//! sender can interrupt. The kernel ends a read of a stream behind a part with descriptors, so a read that meets a
//! handle knows where it is: its byte is the last one.
//!
//! A short value is a packet: the mark of the pipe, the length of the text, the text. Both processes know the mark, as one
//! of them was forked by the other; nothing else that is sent begins with it. On a stream the packet is one part as well:
//! it has a descriptor attached, which nobody uses, so that the kernel ends a read behind it. The kernel queues a part
//! whole, also if the sender is killed. A long value is one byte with a memory file attached, which has the text.

use crate::os::fd::{self, Nature};
use crate::os::fd_passing::{self, FdMessage, MARK};
use crate::os::pipe::{self, Kind, Wait};
use crate::os::spare::Spare;
use crate::os::{Errno, Result, memory, socket};
use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::os::fd::{AsFd, BorrowedFd, IntoRawFd, OwnedFd, RawFd};
use std::rc::Rc;

/// The byte of a handle without data, and of one with data. Valid UTF-8 contains neither.
const ALONE: u8 = 0xfd;
const WITH_DATA: u8 = 0xfe;
/// The byte of a value whose text is in a file.
const IN_FILE: u8 = 0xfc;

/// The largest packet of a value. The kernel takes a packet of this size in one piece, also where memory is fragmented.
pub const PACKET: usize = 16 * 1024;

/// What is in front of the form and the text of a value in a packet: the mark, and the length of both.
const HEAD: usize = size_of::<Mark>() + size_of::<u32>();

/// Whether the kernel takes a packet of this length as one part of a stream with this send buffer.
pub fn is_one_part(len: usize, send_buffer: usize) -> bool {
    len <= (send_buffer / 2).saturating_sub(64)
}

/// A packet of this length is one part of every stream, because the send buffer has at least 4608 bytes.
pub const SURE_PART: usize = 2048;

/// The length of the packet of a value.
pub fn packet_len(text: &[u8]) -> usize {
    HEAD + 1 + text.len()
}

/// The bytes with which the packet of a value begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark([u8; MARK]);

impl Mark {
    /// A new mark, which no data begin with by chance.
    pub fn random() -> Mark {
        let [first, second] = [0, 1].map(|half| RandomState::new().hash_one(half).to_ne_bytes());
        let mut mark = [0; MARK];
        for (byte, random) in mark.iter_mut().zip(first.into_iter().chain(second)) {
            *byte = random;
        }
        Mark(mark)
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; MARK] {
        &self.0
    }

    /// Where it is in these bytes.
    pub fn find(&self, bytes: &[u8]) -> Option<usize> {
        memchr::memmem::find(bytes, &self.0)
    }

    /// Whether a message begins with it.
    fn begins(&self, message: &[u8]) -> bool {
        message.starts_with(&self.0)
    }
}

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
        let mut packet = Vec::new();
        memory::reserve(&mut packet, packet_len(text))?;
        packet.extend_from_slice(mark.bytes());
        let len = u32::try_from(1 + text.len()).map_err(|_| Errno::EMSGSIZE)?;
        packet.extend_from_slice(&len.to_ne_bytes());
        packet.push(form);
        packet.extend_from_slice(text);
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
        let mut text = *part;
        while !text.is_empty() {
            match fd::write(file.as_fd(), text) {
                Ok(count) => text = text.get(count..).unwrap_or_default(),
                Err(Errno::EINTR) => {}
                Err(errno) => return Err(errno),
            }
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

/// The length of the packet that begins with this head.
fn len_of(head: &[u8]) -> Option<usize> {
    let len = head.get(size_of::<Mark>()..HEAD)?;
    usize::try_from(u32::from_ne_bytes(len.try_into().ok()?)).ok()?.checked_add(HEAD)
}

/// The form and the text in a packet.
fn text_of(packet: &[u8]) -> Option<&[u8]> {
    packet.get(HEAD..).filter(|_| len_of(packet) == Some(packet.len()))
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
    fn of_packet(bytes: Vec<u8>, start: usize) -> Result<Value> {
        let text = bytes.get(start..).and_then(text_of).ok_or(Errno::EBADMSG)?;
        let (&form, text) = text.split_first().ok_or(Errno::EBADMSG)?;
        let known = Some((form, text.len()));
        Ok(Value { data: Data::Here(bytes), start: start + HEAD, known })
    }

    /// From a memory file.
    fn of_file(file: OwnedFd) -> Value {
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
            read_file(file.as_fd(), Spare::from(&mut text), 0, Errno::EIO)?;
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
/// only. `EBADMSG` when another process has received the rest.
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
    if parcel.packet.len() < parcel.len && !parcel.last.is_some_and(|byte| is_mark(byte, 1)) {
        return Err(Errno::ENOMEM);
    }
    let Some(start) = find_packet(socket, &parcel.packet, mark)? else {
        return unpack(parcel, kind);
    };
    let mut bytes = parcel.packet;
    // The head first, which tells the length.
    for head in [Some(HEAD), None] {
        let len = head.or_else(|| len_of(bytes.get(start..)?)).filter(|len| *len <= PACKET);
        let missing = (start + len.ok_or(Errno::EBADMSG)?).saturating_sub(bytes.len());
        let mut rest = memory::zeroed(missing)?;
        if missing > 0 && pipe::receive_part(kind, socket, &mut rest, Wait::Never)? != missing {
            return Err(Errno::EBADMSG);
        }
        memory::reserve(&mut bytes, missing)?;
        bytes.extend_from_slice(&rest);
    }
    Ok(Unpacked { plain: start, arrival: Some(Arrival::Value(Value::of_packet(bytes, start)?)) })
}

/// Where the packet of a value begins in the bytes of a stream with which a descriptor came. The mark may continue in the
/// socket.
fn find_packet(socket: BorrowedFd<'_>, bytes: &[u8], mark: &Mark) -> Result<Option<usize>> {
    if let Some(start) = mark.find(bytes) {
        return Ok(Some(start));
    }
    let mut next = [0; size_of::<Mark>()];
    let first = (bytes.len() + 1).saturating_sub(next.len());
    for start in first..bytes.len() {
        let (begun, missing) = mark.bytes().split_at(bytes.len() - start);
        if bytes.ends_with(begun) {
            let len = match pipe::peek(Kind::Stream, socket, &mut next, Wait::Never) {
                Err(Errno::EAGAIN) => 0,
                len => len?,
            };
            if next.get(..len).unwrap_or_default().starts_with(missing) {
                return Ok(Some(start));
            }
        }
    }
    Ok(None)
}

/// Separates received bytes from the handle or value behind them. For other programs, which send descriptors as they
/// like: the bytes that come with one descriptor are its data; several descriptors are closed, and the message is an
/// ordinary one. `ENOMEM` when a value could not be copied.
#[cold]
pub fn unpack(parcel: FdMessage, kind: Kind) -> Result<Unpacked> {
    let FdMessage { len, count, attached: [first, second], last, packet, is_marked } = parcel;
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

/// What is held comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrivalKind {
    /// A handle.
    Handle,
    /// A value.
    Value,
}

/// Handles and values that arrived before the script asked for them.
#[derive(Debug, Default)]
pub struct ArrivalQueue(VecDeque<Arrival>);

impl ArrivalQueue {
    /// Whether none is held.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What comes first.
    #[inline]
    pub fn next(&self) -> Option<ArrivalKind> {
        self.0.front().map(|arrival| match arrival {
            Arrival::Handle(_) => ArrivalKind::Handle,
            Arrival::Value(_) => ArrivalKind::Value,
        })
    }

    /// Adds an arrival at the end.
    pub fn push(&mut self, arrival: Arrival) {
        self.0.push_back(arrival);
    }

    /// The first, if it is a handle.
    pub fn first_handle(&mut self) -> Option<&mut Handle> {
        match self.0.front_mut() {
            Some(Arrival::Handle(handle)) => Some(handle),
            _ => None,
        }
    }

    /// The first, if it is a value.
    pub fn first_value(&mut self) -> Option<&mut Value> {
        match self.0.front_mut() {
            Some(Arrival::Value(value)) => Some(value),
            _ => None,
        }
    }

    /// Takes the first.
    pub fn pop(&mut self) -> Option<Arrival> {
        self.0.pop_front()
    }

    /// Closes all of them and returns their number.
    pub fn clear(&mut self) -> usize {
        let count = self.0.len();
        self.0 = VecDeque::new();
        count
    }
}

/// Why no handle, or no value, was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
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

impl From<Errno> for Refused {
    fn from(errno: Errno) -> Refused {
        Refused::Failed(errno)
    }
}

/// Receives the next handle without waiting. `ends` says whether an empty read means EOF.
pub fn receive(
    socket: BorrowedFd<'_>,
    kind: Kind,
    mark: Option<&Mark>,
    ends: bool,
) -> std::result::Result<Handle, Refused> {
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
            _ if seen.len == 0 && ends => Refused::Ended,
            Some(mark) if mark.begins(&packet) => Refused::Other(ArrivalKind::Value),
            _ => Refused::Data(ArrivalKind::Handle),
        });
    }
    // The peek saw all of a short value.
    match mark.and_then(|mark| mark.find(&packet)) {
        Some(0) => return Err(Refused::Other(ArrivalKind::Value)),
        Some(_) => return Err(Refused::Data(ArrivalKind::Handle)),
        None => {}
    }
    if seen.attached.iter().flatten().any(is_low) {
        return Err(Refused::Failed(Errno::EMFILE));
    }
    // A peek that has filled its buffer also reports descriptors behind it.
    let is_full = kind == Kind::Stream && seen.len == packet.len();
    let came = unpack(seen, kind)?;
    match came.arrival {
        _ if is_full => return Err(Refused::Data(ArrivalKind::Handle)),
        Some(_) if came.plain > 0 => return Err(Refused::Data(ArrivalKind::Handle)),
        Some(Arrival::Value(_)) => return Err(Refused::Other(ArrivalKind::Value)),
        Some(Arrival::Handle(_)) | None => {}
    }
    let parcel = fd_passing::receive_as(kind, socket, &mut packet, Wait::Never)?;
    let count = parcel.count;
    match unpack(parcel, kind)?.arrival {
        Some(Arrival::Handle(handle)) if is_low(&handle.fd) => Err(Refused::Failed(Errno::EMFILE)),
        Some(Arrival::Handle(handle)) => Ok(handle),
        // Another process has received the handle that the peek saw.
        None if count == 0 => Err(Refused::Failed(Errno::ENOMSG)),
        Some(Arrival::Value(_)) => Err(Refused::Failed(Errno::ENOMSG)),
        None => Err(Refused::Several(count)),
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
) -> std::result::Result<Value, Refused> {
    let mut head = [0; size_of::<Mark>()];
    let len = pipe::peek(kind, socket, &mut head, wait)?;
    if len == 0 {
        return Err(if ends { Refused::Ended } else { Refused::Data(ArrivalKind::Value) });
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
            Err(Refused::Failed(Errno::ENOMSG))
        };
    }
    // On a stream, a second byte would be that of other data.
    let mut packet = [0; 2];
    let seen = fd_passing::peek(socket, &mut packet)?;
    match (seen.count, packet, seen.len) {
        (0, ..) => return Err(Refused::Data(ArrivalKind::Value)),
        (_, _, len) if kind == Kind::Stream && len > 1 => return Err(Refused::Data(ArrivalKind::Value)),
        (1, [IN_FILE, _], 1) => {}
        _ => return Err(Refused::Other(ArrivalKind::Handle)),
    }
    drop(seen);
    let parcel = fd_passing::receive_as(kind, socket, &mut packet, Wait::Never)?;
    match unpack(parcel, kind)?.arrival {
        Some(Arrival::Value(value)) => Ok(value),
        _ => Err(Refused::Failed(Errno::ENOMSG)),
    }
}

/// A handle must not become a standard descriptor.
fn is_low(fd: &OwnedFd) -> bool {
    fd::number(fd) < 3
}
