//! Messages with a file: what is too large for one message travels in memory of its own, whose descriptor goes with
//! the message (unix(7), `SCM_RIGHTS`).

use crate::os::fault::{Call, check, shorten};
use crate::os::owned::{own, own_even_low};
use crate::os::pipe::Wait;
use crate::os::spare::Spare;
use crate::os::{Errno, Result, fd, file, socket};
use std::mem::{MaybeUninit, offset_of};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

/// memfd_create(2): an empty file in memory, close-on-exec.
pub fn memory_file() -> Result<OwnedFd> {
    check(Call::MemfdCreate)?;
    // SAFETY: the name ends with NUL.
    let fd = Errno::result(unsafe { libc::memfd_create(c"swoole message".as_ptr(), libc::MFD_CLOEXEC) })?;
    // SAFETY: the kernel has just returned this number; nobody else owns it.
    unsafe { own(fd) }
}

/// pipe2(2), and fcntl(2), `F_SETPIPE_SZ`: a pipe with all of `data` in it and no writer, where files may not get as large
/// (setrlimit(2), `RLIMIT_FSIZE`). `EFBIG` when the system grants no pipe such room (/proc/sys/fs/pipe-max-size).
pub fn memory_pipe(data: &[u8]) -> Result<OwnedFd> {
    let room = libc::c_int::try_from(data.len()).map_err(|_| Errno::EFBIG)?;
    let (from, to) = file::pipe()?;
    check(Call::Fcntl)?;
    // SAFETY: fcntl takes numbers.
    Errno::result(unsafe { libc::fcntl(to.as_raw_fd(), libc::F_SETPIPE_SZ, room) })
        .map_err(|_| Errno::EFBIG)?;
    socket::never_wait(to.as_fd())?;
    if fd::write(to.as_fd(), data)? == data.len() { Ok(from) } else { Err(Errno::EFBIG) }
}

/// pread(2), or read(2) for a pipe, from which everything before `offset` is read already: how many bytes were stored; 0
/// at the end.
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

/// fstat(2): the size of a file in bytes; for a pipe how many are in it.
pub fn size(fd: BorrowedFd<'_>) -> Result<usize> {
    check(Call::Fstat)?;
    let mut stat = MaybeUninit::<libc::stat>::zeroed();
    // SAFETY: the kernel writes one stat.
    Errno::result(unsafe { libc::fstat(fd.as_raw_fd(), stat.as_mut_ptr()) })?;
    // SAFETY: zeroed is a valid stat, and the kernel has filled it.
    let stat = unsafe { stat.assume_init() };
    if stat.st_mode & libc::S_IFMT == libc::S_IFIFO {
        return socket::pending(fd);
    }
    usize::try_from(stat.st_size).map_err(|_| Errno::EOVERFLOW)
}

/// The control data of a message with one descriptor: cmsg(3) puts the data right behind the header.
#[repr(C)]
struct Control {
    header: libc::cmsghdr,
    number: RawFd,
    padding: RawFd,
}

/// The header and the number, without what aligns the next header.
const USED: usize = offset_of!(Control, padding);
const _: () = assert!(offset_of!(Control, number) == size_of::<libc::cmsghdr>());

impl Control {
    fn empty() -> Control {
        // SAFETY: zeroed is a valid header: nothing.
        Control { header: unsafe { std::mem::zeroed() }, number: -1, padding: 0 }
    }
}

fn message(part: &mut libc::iovec, control: &mut Control) -> libc::msghdr {
    // SAFETY: zeroed is a valid msghdr: no address, no parts, no control data.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = part;
    message.msg_iovlen = 1;
    message.msg_control = std::ptr::from_mut(control).cast();
    // With the padding there would be room for a second descriptor, which the kernel would open here.
    message.msg_controllen = USED;
    message
}

/// sendmsg(2) of one message with a descriptor, without waiting and without SIGPIPE.
pub fn send(fd: BorrowedFd<'_>, data: &[u8], attached: BorrowedFd<'_>) -> Result<()> {
    let mut control = Control::empty();
    control.header.cmsg_level = libc::SOL_SOCKET;
    control.header.cmsg_type = libc::SCM_RIGHTS;
    control.header.cmsg_len = USED;
    control.number = attached.as_raw_fd();
    let mut part = libc::iovec { iov_base: data.as_ptr().cast_mut().cast(), iov_len: data.len() };
    let message = message(&mut part, &mut control);
    check(Call::Send)?;
    let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
    // SAFETY: the message describes `data` and the control data, which both live until the call has returned.
    Errno::result(unsafe { libc::sendmsg(fd.as_raw_fd(), &raw const message, flags) })?;
    Ok(())
}

/// What [`receive`] got.
#[derive(Debug)]
pub struct Parcel {
    /// The length of the message, of which at most the length of the buffer was stored.
    pub len: usize,
    /// The descriptor that came with it, close-on-exec.
    pub attached: Option<OwnedFd>,
}

/// recvmsg(2) of one message. Of several descriptors the kernel opens the first. `EMFILE` when no number is free for it:
/// the message is lost.
pub fn receive<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>, wait: Wait) -> Result<Parcel> {
    let mut buffer = buffer.into();
    check(Call::Recv)?;
    let mut control = Control::empty();
    let mut part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    let mut message = message(&mut part, &mut control);
    let flags = wait.flags() | libc::MSG_CMSG_CLOEXEC | libc::MSG_TRUNC;
    // SAFETY: the message describes `buffer` and the control data, which both live until the call has returned.
    let len = Errno::result(unsafe { libc::recvmsg(fd.as_raw_fd(), &raw mut message, flags) })?;
    let header = control.header;
    let is_rights = (header.cmsg_level, header.cmsg_type) == (libc::SOL_SOCKET, libc::SCM_RIGHTS);
    let has_file = message.msg_controllen >= USED && is_rights;
    let attached = (has_file && control.number >= 0).then(|| {
        // SAFETY: the kernel has just made this number; nobody else owns it.
        unsafe { own_even_low(control.number) }
    });
    if attached.is_none() && message.msg_flags & libc::MSG_CTRUNC != 0 {
        return Err(Errno::EMFILE);
    }
    Ok(Parcel { len: len.unsigned_abs(), attached })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::pipe::{Kind, pair, send as send_plain};

    #[test]
    fn a_file_travels_with_its_message_and_only_with_that() {
        let (a, b) = pair(Kind::Message).unwrap();
        let file = memory_file().unwrap();
        assert_eq!(fd::write(file.as_fd(), b"in the file"), Ok(11));
        send(a.as_fd(), b"head", file.as_fd()).unwrap();
        drop(file);
        send_plain(a.as_fd(), b"plain", Wait::Never).unwrap();
        let mut buffer = [0; 8];
        let first = receive(b.as_fd(), &mut buffer, Wait::Never).unwrap();
        let came = first.attached.unwrap();
        assert_eq!((first.len, &buffer[..4], size(came.as_fd())), (4, b"head".as_slice(), Ok(11)));
        assert_eq!(read_at(came.as_fd(), &mut buffer, 3), Ok(8));
        assert_eq!(&buffer, b"the file");
        let second = receive(b.as_fd(), &mut buffer[..2], Wait::Never).unwrap();
        assert!(second.attached.is_none() && second.len == 5);
        assert_eq!(receive(b.as_fd(), &mut buffer, Wait::Never).unwrap_err(), Errno::EAGAIN);
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
