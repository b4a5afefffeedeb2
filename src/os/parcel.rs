//! Messages with a file: what is too large for one message travels in memory of its own, whose descriptor goes with
//! the message (unix(7), `SCM_RIGHTS`).

use crate::os::fault::{Call, check, shorten};
use crate::os::{Errno, Result};
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

/// memfd_create(2): an empty file in memory, close-on-exec.
pub fn memory_file() -> Result<OwnedFd> {
    check(Call::MemfdCreate)?;
    // SAFETY: the name ends with NUL.
    let fd = Errno::result(unsafe { libc::memfd_create(c"swoole message".as_ptr(), libc::MFD_CLOEXEC) })?;
    // SAFETY: the kernel has just returned this number; nobody else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// pread(2): how many bytes were stored, from `offset` on; 0 at the end of the file.
pub fn read_at(fd: BorrowedFd<'_>, buffer: &mut [u8], offset: usize) -> Result<usize> {
    let offset = libc::off_t::try_from(offset).map_err(|_| Errno::EINVAL)?;
    check(Call::Pread)?;
    let len = shorten(Call::Pread, buffer.len());
    // SAFETY: `len` is at most the length of `buffer`.
    let got = unsafe { libc::pread(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), len, offset) };
    Errno::result(got).map(isize::unsigned_abs)
}

/// fstat(2): the size of a file in bytes.
pub fn size(fd: BorrowedFd<'_>) -> Result<usize> {
    check(Call::Fstat)?;
    let mut stat = MaybeUninit::<libc::stat>::zeroed();
    // SAFETY: the kernel writes one stat.
    Errno::result(unsafe { libc::fstat(fd.as_raw_fd(), stat.as_mut_ptr()) })?;
    // SAFETY: zeroed is a valid stat, and the kernel has filled it.
    usize::try_from(unsafe { stat.assume_init() }.st_size).map_err(|_| Errno::EOVERFLOW)
}

/// Room for the header of one descriptor, aligned as the kernel wants it.
#[repr(align(8))]
struct Control([u8; 32]);

const _: () = assert!(size_of::<Control>() >= FULL);
/// What the one descriptor takes with its header.
const FULL: usize = size_of::<libc::cmsghdr>() + size_of::<RawFd>().next_multiple_of(8);

fn header(part: &mut libc::iovec, control: &mut Control) -> libc::msghdr {
    // SAFETY: zeroed is a valid msghdr: no address, no parts, no control data.
    let mut header: libc::msghdr = unsafe { std::mem::zeroed() };
    header.msg_iov = part;
    header.msg_iovlen = 1;
    header.msg_control = control.0.as_mut_ptr().cast();
    header.msg_controllen = FULL;
    header
}

/// sendmsg(2) of one message with a descriptor, without waiting and without SIGPIPE.
pub fn send(fd: BorrowedFd<'_>, data: &[u8], attached: BorrowedFd<'_>) -> Result<()> {
    let mut control = Control([0; 32]);
    let mut part = libc::iovec { iov_base: data.as_ptr().cast_mut().cast(), iov_len: data.len() };
    let header = header(&mut part, &mut control);
    // SAFETY: the control data has room for one header, and is aligned for it.
    let first = unsafe { libc::CMSG_FIRSTHDR(&raw const header) };
    // SAFETY: as above.
    unsafe {
        (*first).cmsg_level = libc::SOL_SOCKET;
        (*first).cmsg_type = libc::SCM_RIGHTS;
        (*first).cmsg_len = size_of::<libc::cmsghdr>() + size_of::<RawFd>();
    }
    // SAFETY: as above; there is room for one number behind the header.
    unsafe { libc::CMSG_DATA(first).cast::<RawFd>().write_unaligned(attached.as_raw_fd()) };
    check(Call::Send)?;
    let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
    // SAFETY: the header describes `data` and the control data, which both live until the call has returned.
    Errno::result(unsafe { libc::sendmsg(fd.as_raw_fd(), &raw const header, flags) })?;
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

/// recvmsg(2) of one message, without waiting.
pub fn receive(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<Parcel> {
    check(Call::Recv)?;
    let mut control = Control([0; 32]);
    let mut part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    let mut header = header(&mut part, &mut control);
    let flags = libc::MSG_DONTWAIT | libc::MSG_CMSG_CLOEXEC | libc::MSG_TRUNC;
    // SAFETY: the header describes `buffer` and the control data, which both live until the call has returned.
    let len = Errno::result(unsafe { libc::recvmsg(fd.as_raw_fd(), &raw mut header, flags) })?;
    // SAFETY: the kernel has filled the control data up to the length in the header.
    let first = unsafe { libc::CMSG_FIRSTHDR(&raw const header) };
    // SAFETY: the header is complete when it is there.
    let has_file = !first.is_null() && unsafe { (*first).cmsg_type } == libc::SCM_RIGHTS;
    let attached = has_file.then(|| {
        // SAFETY: one number follows the header; there is no room for more.
        let number = unsafe { libc::CMSG_DATA(first).cast::<RawFd>().read_unaligned() };
        // SAFETY: the kernel has just made this number; nobody else owns it.
        unsafe { OwnedFd::from_raw_fd(number) }
    });
    Ok(Parcel { len: len.unsigned_abs(), attached })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::fd;
    use crate::os::pipe::{Kind, Wait, pair, send as send_plain};
    use std::os::fd::AsFd;

    #[test]
    fn a_file_travels_with_its_message_and_only_with_that() {
        let (a, b) = pair(Kind::Message).unwrap();
        let file = memory_file().unwrap();
        assert_eq!(fd::write(Some(file.as_fd()), b"in the file"), Ok(11));
        send(a.as_fd(), b"head", file.as_fd()).unwrap();
        drop(file);
        send_plain(a.as_fd(), b"plain", Wait::Never).unwrap();
        let mut buffer = [0; 8];
        let first = receive(b.as_fd(), &mut buffer).unwrap();
        let came = first.attached.unwrap();
        assert_eq!((first.len, &buffer[..4], size(came.as_fd())), (4, b"head".as_slice(), Ok(11)));
        assert_eq!(read_at(came.as_fd(), &mut buffer, 3), Ok(8));
        assert_eq!(&buffer, b"the file");
        let second = receive(b.as_fd(), &mut buffer[..2]).unwrap();
        assert!(second.attached.is_none() && second.len == 5);
        assert_eq!(receive(b.as_fd(), &mut buffer).unwrap_err(), Errno::EAGAIN);
    }
}
