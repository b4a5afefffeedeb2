//! Messages with descriptors (unix(7), `SCM_RIGHTS`), and memory files that are sent in this way.

use crate::os::address::{Address, Raw};
use crate::os::fault::{Call, check, shorten};
use crate::os::owned::{above_standard, own_even_low};
use crate::os::pipe::{Kind, Wait};
use crate::os::shared_room::SharedRoom;
use crate::os::spare::Spare;
use crate::os::{Errno, Result, fd, file, memory, socket};
use nix::fcntl::FcntlArg;
use nix::sys::memfd::MFdFlags;
use std::mem::{MaybeUninit, offset_of};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

/// memfd_create(2): an empty memory file, close-on-exec.
pub fn memory_file() -> Result<OwnedFd> {
    check(Call::MemfdCreate)?;
    above_standard(nix::sys::memfd::memfd_create(c"swoole message", MFdFlags::MFD_CLOEXEC)?)
}

/// pipe2(2), and fcntl(2), `F_SETPIPE_SZ`: a pipe that contains all of `data` and has no writer, for use where the file
/// size limit is lower (setrlimit(2), `RLIMIT_FSIZE`). `EFBIG` when the system grants no pipe of that size
/// (/proc/sys/fs/pipe-max-size).
pub fn memory_pipe(data: &[u8]) -> Result<OwnedFd> {
    let room = libc::c_int::try_from(data.len()).map_err(|_| Errno::EFBIG)?;
    let (from, to) = file::pipe()?;
    check(Call::Fcntl)?;
    nix::fcntl::fcntl(&to, FcntlArg::F_SETPIPE_SZ(room)).map_err(|_| Errno::EFBIG)?;
    socket::set_nonblocking(to.as_fd())?;
    if fd::write(to.as_fd(), data)? == data.len() { Ok(from) } else { Err(Errno::EFBIG) }
}

/// pread(2), or read(2) for a pipe, whose bytes before `offset` must be read already. Returns the number of bytes
/// stored; 0 at EOF.
pub fn read_at<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>, offset: usize) -> Result<usize> {
    let mut buffer = buffer.into();
    let offset = libc::off_t::try_from(offset).map_err(|_| Errno::EINVAL)?;
    check(Call::Pread)?;
    let len = shorten(Call::Pread, buffer.len());
    // SAFETY: `len` is at most the length of `buffer`.
    let got = unsafe { libc::pread(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), len, offset) };
    match Errno::result(got) {
        Err(Errno::ESPIPE) => file::read(fd, buffer),
        got => got.map(isize::unsigned_abs),
    }
}

/// fstat(2): the size of a file in bytes; for a pipe the number of bytes in it.
pub fn size(fd: BorrowedFd<'_>) -> Result<usize> {
    check(Call::Fstat)?;
    let stat = nix::sys::stat::fstat(fd)?;
    if stat.st_mode & libc::S_IFMT == libc::S_IFIFO {
        return socket::pending(fd);
    }
    usize::try_from(stat.st_size).map_err(|_| Errno::EOVERFLOW)
}

/// The largest number of descriptors in a message of ours.
const MOST: usize = 2;

/// The control data of a message to send: cmsg(3) puts the data directly behind the header.
#[repr(C)]
struct Control {
    header: libc::cmsghdr,
    numbers: [RawFd; MOST],
}

const _: () = assert!(offset_of!(Control, numbers) == size_of::<libc::cmsghdr>());

/// Room for the control data of a received message, including what the socket's options add to the descriptors.
#[repr(C, align(8))]
struct ControlBuffer(MaybeUninit<[u8; 256]>);

/// A length in the type of this C library: musl's has 32 bits, and zeroes up to the 64 bits of the kernel.
fn header_len<T: TryFrom<usize> + Default>(len: usize) -> T {
    T::try_from(len).unwrap_or_default()
}

/// The number of bytes behind a header of this length.
fn data_len<T: TryInto<usize>>(len: T) -> usize {
    len.try_into().unwrap_or(0).saturating_sub(size_of::<libc::cmsghdr>())
}

fn message(part: &mut libc::iovec, control: *mut libc::c_void, len: usize) -> libc::msghdr {
    // SAFETY: zeroed is a valid msghdr: no address, no parts, no control data.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = header_len(len);
    message
}

/// sendmsg(2) of one message with one or two descriptors, without waiting and without SIGPIPE. `ETOOMANYREFS` when the
/// user has as many descriptors in flight as allowed. A stream needs at least one byte.
pub fn send(fd: BorrowedFd<'_>, data: &[u8], attached: &[RawFd]) -> Result<usize> {
    let count = attached.len().min(MOST);
    // SAFETY: zeroed is a valid header.
    let mut control = Control { header: unsafe { std::mem::zeroed() }, numbers: [-1; MOST] };
    for (place, number) in control.numbers.iter_mut().zip(attached) {
        *place = *number;
    }
    let used = offset_of!(Control, numbers) + count * size_of::<RawFd>();
    control.header.cmsg_level = libc::SOL_SOCKET;
    control.header.cmsg_type = libc::SCM_RIGHTS;
    control.header.cmsg_len = header_len(used);
    let mut part = libc::iovec { iov_base: data.as_ptr().cast_mut().cast(), iov_len: data.len() };
    let message = message(&mut part, (&raw mut control).cast(), used);
    check(Call::Send)?;
    let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
    // SAFETY: the message describes `data` and the control data, which both live until the call has returned.
    let sent = Errno::result(unsafe { libc::sendmsg(fd.as_raw_fd(), &raw const message, flags) })?;
    Ok(sent.unsigned_abs())
}

/// A received message.
#[derive(Debug, Default)]
pub struct FdMessage {
    /// The length of the message, of which at most the length of the buffer was stored; for a stream the number of
    /// bytes stored.
    pub len: usize,
    /// The number of descriptors that came with it.
    pub count: usize,
    /// The first of them, close-on-exec. The others were closed.
    pub attached: [Option<OwnedFd>; MOST],
    /// The last stored byte, if descriptors came and the call makes a copy.
    pub last: Option<u8>,
    /// The number of stored bytes before the mark, if the call looks for one and one descriptor came.
    pub before: usize,
    /// A copy of the stored bytes behind these, if descriptors came, or the mark, and the call makes a copy. Empty when
    /// there is no memory for it, because the message must not be lost.
    pub packet: Vec<u8>,
    /// Whether it begins with the mark that the caller looks for.
    pub is_marked: bool,
}

/// The result of [`receive_any`] and [`receive_marked`].
#[derive(Debug)]
pub enum Incoming {
    /// Bytes only: their number, as [`FdMessage::len`].
    Plain(usize),
    /// Bytes with descriptors, or with the mark in front.
    Special(FdMessage),
}

impl Incoming {
    fn into_message(self) -> FdMessage {
        match self {
            Incoming::Plain(len) => FdMessage { len, ..FdMessage::default() },
            Incoming::Special(message) => message,
        }
    }
}

/// The length of a mark: bytes in front of a message.
pub const MARK: usize = 16;

/// How bytes are received.
#[derive(Default)]
struct Form<'f> {
    flags: i32,
    /// Whether bytes that come with descriptors are copied.
    copies: bool,
    /// Bytes that begin with these are copied, too.
    mark: Option<&'f [u8; MARK]>,
    /// Memory for the copy.
    room: Option<&'f mut Vec<u8>>,
    from: Option<&'f mut Raw>,
}

/// recvmsg(2) of one message, without a copy. `EMFILE` when no number is free for its descriptor; the message is lost.
#[inline]
pub fn receive<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>, wait: Wait) -> Result<FdMessage> {
    receive_any(fd, buffer, wait).map(Incoming::into_message)
}

/// As [`receive`], and tells messages with descriptors from those without.
#[inline(always)]
pub fn receive_any<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>, wait: Wait) -> Result<Incoming> {
    let mut buffer = buffer.into();
    let len = buffer.len();
    let flags = wait.flags() | libc::MSG_TRUNC;
    receive_with(fd, &mut buffer, len, Form { flags, ..Form::default() })
}

/// As [`receive_any`], through shared memory: recvmmsg(2) of one message. The kernel stores the message, as far as there
/// is room, and its length in `shared` before the call returns. So another process has the message if this one is
/// killed at any moment.
#[cold]
pub fn receive_noted<'b>(
    fd: BorrowedFd<'_>,
    shared: SharedRoom<'_>,
    buffer: impl Into<Spare<'b>>,
    wait: Wait,
) -> Result<Incoming> {
    check(Call::Recv)?;
    let mut buffer = buffer.into();
    let len = buffer.len();
    let room = len.min(size_of_val(shared.text));
    let first = shared.text.as_ptr().cast_mut().cast();
    let mut parts = [
        libc::iovec { iov_base: first, iov_len: room },
        libc::iovec { iov_base: buffer.after(room).as_mut_ptr().cast(), iov_len: len - room },
    ];
    let mut control = ControlBuffer(MaybeUninit::uninit());
    let [part, _] = &mut parts;
    let mut header = message(part, (&raw mut control).cast(), size_of::<ControlBuffer>());
    (header.msg_iov, header.msg_iovlen) = (parts.as_mut_ptr(), header_len(parts.len()));
    let note: *mut libc::mmsghdr = shared.words.as_ptr().cast_mut().cast();
    // SAFETY: the note has the size and alignment of the header, which is in front, and atomics may be written through a
    // shared reference.
    unsafe { note.cast::<libc::msghdr>().write(header) };
    let flags = wait.flags() | libc::MSG_TRUNC | libc::MSG_CMSG_CLOEXEC;
    // SAFETY: the header describes `room` bytes of the shared text, the rest of `buffer` and the room for control data,
    // which live until the call has returned.
    Errno::result(unsafe { libc::recvmmsg(fd.as_raw_fd(), note, 1, flags as _, std::ptr::null_mut()) })?;
    // SAFETY: as above; the kernel has filled the header.
    let libc::mmsghdr { msg_hdr: header, msg_len: got } = unsafe { note.read() };
    let got = usize::try_from(got).map_err(|_| Errno::EMSGSIZE)?;
    shared.copy(buffer.first(got.min(room)));
    if header.msg_controllen == 0 && header.msg_flags & libc::MSG_CTRUNC == 0 {
        return Ok(Incoming::Plain(got));
    }
    special(FdMessage { len: got, ..FdMessage::default() }, &[], &header, false, None).map(Incoming::Special)
}

/// As [`receive`], with a copy. For a stream: the bytes up to a descriptor, and that descriptor.
#[inline]
pub fn receive_as<'b>(
    kind: Kind,
    fd: BorrowedFd<'_>,
    buffer: impl Into<Spare<'b>>,
    wait: Wait,
) -> Result<FdMessage> {
    receive_marked(kind, fd, buffer, None, None, wait).map(Incoming::into_message)
}

/// As [`receive_as`]. A message that begins with `mark` is copied as well. The copy is made in `room`, which it takes:
/// with as much memory as a packet has, it cannot fail.
#[inline]
pub fn receive_marked<'b>(
    kind: Kind,
    fd: BorrowedFd<'_>,
    buffer: impl Into<Spare<'b>>,
    mark: Option<&[u8; MARK]>,
    room: Option<&mut Vec<u8>>,
    wait: Wait,
) -> Result<Incoming> {
    let mut buffer = buffer.into();
    let len = match kind {
        Kind::Message => buffer.len(),
        Kind::Stream => shorten(Call::Recv, buffer.len()),
    };
    let flags = kind.whole() | wait.flags();
    receive_with(fd, &mut buffer, len, Form { flags, copies: true, mark, room, from: None })
}

/// As [`receive_as`], without waiting and without the full length of the message. Returns the sender, too.
pub fn receive_from<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>) -> Result<(FdMessage, Address)> {
    let mut buffer = buffer.into();
    let len = buffer.len();
    let mut from = Raw::empty();
    let form = Form { flags: libc::MSG_DONTWAIT, copies: true, from: Some(&mut from), ..Form::default() };
    let received = receive_with(fd, &mut buffer, len, form)?.into_message();
    Ok((received, from.address()))
}

/// recvmsg(2), `MSG_PEEK`, without waiting: consumes nothing, even if the call fails. The returned descriptors are
/// duplicates of those in the message. On a stream, a full buffer may come with the descriptors of the part behind it.
pub fn peek<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>) -> Result<FdMessage> {
    let mut buffer = buffer.into();
    let len = buffer.len();
    let flags = libc::MSG_PEEK | libc::MSG_DONTWAIT;
    receive_with(fd, &mut buffer, len, Form { flags, copies: true, ..Form::default() })
        .map(Incoming::into_message)
}

#[inline(always)]
fn receive_with(fd: BorrowedFd<'_>, buffer: &mut Spare<'_>, len: usize, form: Form<'_>) -> Result<Incoming> {
    check(Call::Recv)?;
    let mut control = ControlBuffer(MaybeUninit::uninit());
    let mut part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: len };
    let mut message = message(&mut part, (&raw mut control).cast(), size_of::<ControlBuffer>());
    let Form { flags, copies, mark, room, mut from } = form;
    if let Some(from) = &mut from {
        message.msg_name = from.as_mut_ptr().cast();
        message.msg_namelen = from.len();
    }
    let flags = flags | libc::MSG_CMSG_CLOEXEC;
    // SAFETY: the message describes the first `len` bytes of `buffer` at most, the room for control data and the room for
    // an address, which live until the call has returned.
    let got = Errno::result(unsafe { libc::recvmsg(fd.as_raw_fd(), &raw mut message, flags) })?;
    if let Some(from) = from {
        from.set_len(message.msg_namelen);
    }
    let got = got.unsigned_abs();
    // SAFETY: the kernel has stored as many bytes.
    let stored = unsafe { std::slice::from_raw_parts(buffer.as_mut_ptr(), got.min(len)) };
    let is_marked = mark.is_some_and(|mark| stored.first_chunk() == Some(mark));
    if !is_marked && message.msg_controllen == 0 && message.msg_flags & libc::MSG_CTRUNC == 0 {
        return Ok(Incoming::Plain(got));
    }
    let received = FdMessage { len: got, is_marked, ..FdMessage::default() };
    special(received, stored, &message, copies, mark.zip(room)).map(Incoming::Special)
}

/// A message with control data, or with the mark.
#[cold]
fn special(
    received: FdMessage,
    stored: &[u8],
    message: &libc::msghdr,
    copies: bool,
    marked: Option<(&[u8; MARK], &mut Vec<u8>)>,
) -> Result<FdMessage> {
    let mut received = unpack(received, message)?;
    if let Some((mark, room)) = marked {
        // Only a stream has other bytes before it.
        let at = stored.windows(MARK).position(|bytes| bytes == mark).filter(|_| received.count == 1);
        received.before = at.unwrap_or_default();
        received.packet = std::mem::take(room);
    }
    if received.is_marked || copies && received.count > 0 {
        copy(&mut received, stored);
    }
    if copies && received.count > 0 && !received.is_marked {
        received.last = stored.last().copied();
    }
    Ok(received)
}

/// Copies what was stored, if there is memory for it.
fn copy(received: &mut FdMessage, stored: &[u8]) {
    let copied = stored.get(received.before..).unwrap_or_default();
    if memory::reserve(&mut received.packet, copied.len()).is_ok() {
        received.packet.extend_from_slice(copied);
    }
}

/// Takes over the descriptors that came with a message.
fn unpack(mut received: FdMessage, message: &libc::msghdr) -> Result<FdMessage> {
    /// A pidfd of the sender, which a socket with `SO_PASSPIDFD` receives.
    const SCM_PIDFD: i32 = 4;
    // SAFETY: the kernel has filled the control data, and told their length.
    let mut next = unsafe { libc::CMSG_FIRSTHDR(message) };
    while !next.is_null() {
        // SAFETY: a header that the kernel has written.
        let header = unsafe { next.read_unaligned() };
        // SAFETY: its data are behind it.
        let first = unsafe { libc::CMSG_DATA(next) }.cast::<RawFd>();
        let is_rights = (header.cmsg_level, header.cmsg_type) == (libc::SOL_SOCKET, libc::SCM_RIGHTS);
        let is_pidfd = (header.cmsg_level, header.cmsg_type) == (libc::SOL_SOCKET, SCM_PIDFD);
        let bytes = data_len(header.cmsg_len);
        let count = if is_rights || is_pidfd { bytes / size_of::<RawFd>() } else { 0 };
        for index in 0..count {
            // SAFETY: there are `count` of them.
            let number = unsafe { first.wrapping_add(index).read_unaligned() };
            // Negative when the kernel could not open it.
            if number < 0 {
                continue;
            }
            // SAFETY: the kernel has just made this number; it has no other owner.
            let fd = unsafe { own_even_low(number) };
            if is_rights {
                if let Some(place) = received.attached.get_mut(received.count) {
                    *place = Some(fd);
                }
                received.count += 1;
            }
        }
        // SAFETY: as above.
        next = unsafe { libc::CMSG_NXTHDR(message, next) };
    }
    if received.count < MOST && message.msg_flags & libc::MSG_CTRUNC != 0 {
        return Err(Errno::EMFILE);
    }
    Ok(received)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::pipe::{pair, send as send_plain};

    #[test]
    fn a_file_travels_with_its_message_and_only_with_that() {
        let (a, b) = pair(Kind::Message).unwrap();
        let file = memory_file().unwrap();
        assert_eq!(fd::write(file.as_fd(), b"in the file"), Ok(11));
        send(a.as_fd(), b"head", &[fd::number(&file)]).unwrap();
        drop(file);
        send_plain(a.as_fd(), b"plain", Wait::Never).unwrap();
        let mut buffer = [0; 8];
        let first = receive(b.as_fd(), &mut buffer, Wait::Never).unwrap();
        let [Some(came), None] = first.attached else { panic!("one descriptor") };
        assert_eq!((first.len, &buffer[..4], size(came.as_fd())), (4, b"head".as_slice(), Ok(11)));
        assert_eq!(read_at(came.as_fd(), &mut buffer, 3), Ok(8));
        assert_eq!(&buffer, b"the file");
        let second = receive(b.as_fd(), &mut buffer[..2], Wait::Never).unwrap();
        assert!(second.count == 0 && second.len == 5);
        assert_eq!(receive(b.as_fd(), &mut buffer, Wait::Never).unwrap_err(), Errno::EAGAIN);
    }

    #[test]
    fn what_is_peeked_at_stays_there_and_a_stream_ends_behind_a_descriptor() {
        let (a, b) = pair(Kind::Stream).unwrap();
        send_plain(a.as_fd(), b"before", Wait::Never).unwrap();
        send(a.as_fd(), b"!", &[fd::number(&a), fd::number(&b)]).unwrap();
        send_plain(a.as_fd(), b"after", Wait::Never).unwrap();
        let mut buffer = [0; 100];
        for _ in 0..2 {
            let seen = peek(b.as_fd(), &mut buffer).unwrap();
            assert_eq!((seen.len, seen.count), (7, 2));
        }
        let came = receive_as(Kind::Stream, b.as_fd(), &mut buffer, Wait::Never).unwrap();
        assert_eq!((came.len, came.count, came.attached.iter().flatten().count()), (7, 2, 2));
        assert_eq!(receive_as(Kind::Stream, b.as_fd(), &mut buffer, Wait::Never).unwrap().len, 5);
    }

    #[test]
    fn a_pipe_with_a_message_is_read_like_a_file() {
        let data: Vec<u8> = (0..300_000_u32).map(|i| u8::try_from(i % 251).unwrap()).collect();
        let pipe = memory_pipe(&data).unwrap();
        assert_eq!(size(pipe.as_fd()), Ok(data.len()));
        let (mut got, mut buffer) = (Vec::new(), [0; 70_000]);
        loop {
            match read_at(pipe.as_fd(), &mut buffer, got.len()).unwrap() {
                0 => break,
                count => got.extend_from_slice(&buffer[..count]),
            }
        }
        assert!(got == data);
    }
}
