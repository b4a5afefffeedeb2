//! File descriptors: duplicates onto fixed numbers, the standard descriptors, /dev/null, files that grow.

use crate::os::epoll::Interest;
use crate::os::fault::{Call, check, shorten};
use crate::os::{Errno, Result};
use std::ffi::CStr;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

/// One of the three descriptors that a program starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Standard {
    /// Descriptor 0.
    Input = 0,
    /// Descriptor 1.
    Output = 1,
    /// Descriptor 2.
    Error = 2,
}

impl Standard {
    /// All three, in the order of their numbers.
    pub const ALL: [Standard; 3] = [Standard::Input, Standard::Output, Standard::Error];
}

/// dup2(2): `target` becomes a duplicate of `fd` that stays open across exec.
pub fn duplicate_onto(fd: RawFd, target: Standard) -> Result<()> {
    check(Call::Dup)?;
    // SAFETY: dup2 takes two numbers and touches no memory; a bad number is an error it reports.
    Errno::result(unsafe { libc::dup2(fd, target as RawFd) })?;
    Ok(())
}

/// dup3(2): the number of `target` names the description of `fd` from now on; what it named before is closed.
/// Close-on-exec is set. On failure nothing has changed.
pub fn replace(target: &OwnedFd, fd: &OwnedFd) -> Result<()> {
    check(Call::Dup)?;
    // SAFETY: both numbers are open; `target` goes on owning its number.
    Errno::result(unsafe { libc::dup3(fd.as_raw_fd(), target.as_raw_fd(), libc::O_CLOEXEC) })?;
    Ok(())
}

/// fcntl(2), `F_DUPFD_CLOEXEC`: another number for the same description.
pub fn duplicate(fd: RawFd) -> Result<OwnedFd> {
    check(Call::Fcntl)?;
    // SAFETY: fcntl takes numbers; a bad one is an error it reports.
    let number = Errno::result(unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 3) })?;
    // SAFETY: the kernel has just returned this number; nobody else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(number) })
}

/// What is open under a number: two numbers with the same identity are the same file, socket or pipe.
pub type Identity = (u64, u64);

/// fstat(2): the identity of what is open under `fd`.
pub fn identity(fd: RawFd) -> Result<Identity> {
    check(Call::Fstat)?;
    let mut stat = std::mem::MaybeUninit::<libc::stat>::zeroed();
    // SAFETY: the kernel writes one stat.
    Errno::result(unsafe { libc::fstat(fd, stat.as_mut_ptr()) })?;
    // SAFETY: zeroed is a valid stat, and the kernel has filled it.
    let stat = unsafe { stat.assume_init() };
    Ok((stat.st_dev, stat.st_ino))
}

/// send(2), or write(2) for what is no socket: some of `data`, without waiting and without SIGPIPE for sockets.
pub fn send_some(fd: RawFd, data: &[u8]) -> Result<usize> {
    let flags = libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT;
    let len = shorten(Call::Send, data.len());
    let sent = check(Call::Send).and_then(|()| {
        // SAFETY: `len` is at most the length of `data`.
        Errno::result(unsafe { libc::send(fd, data.as_ptr().cast(), len, flags) })
    });
    match sent {
        Err(Errno::ENOTSOCK) => write_some(fd, data),
        result => result.map(isize::unsigned_abs),
    }
}

/// A pipe or terminal may be blocking: when poll(2) tells of room, this much fits (pipe(7)).
fn write_some(fd: RawFd, data: &[u8]) -> Result<usize> {
    check(Call::Poll)?;
    let mut poll = libc::pollfd { fd, events: libc::POLLOUT, revents: 0 };
    // SAFETY: the pointer and the count describe `poll`.
    if Errno::result(unsafe { libc::poll(&raw mut poll, 1, 0) })? == 0 {
        return Err(Errno::EAGAIN);
    }
    check(Call::Write)?;
    let len = shorten(Call::Write, data.len().min(libc::PIPE_BUF));
    // SAFETY: `len` is at most the length of `data`.
    Errno::result(unsafe { libc::write(fd, data.as_ptr().cast(), len) }).map(isize::unsigned_abs)
}

/// poll(2) without waiting: which of `wanted` a descriptor is ready for. An error or a hang-up makes it ready for all:
/// the next call on it will tell. `EBADF` when it is not open.
pub fn readiness(fd: RawFd, wanted: Interest) -> Result<Interest> {
    check(Call::Poll)?;
    let mut events = 0;
    for (interest, event) in [(Interest::READ, libc::POLLIN), (Interest::WRITE, libc::POLLOUT)] {
        events |= if wanted.contains(interest) { event } else { 0 };
    }
    let mut poll = libc::pollfd { fd, events, revents: 0 };
    // SAFETY: the pointer and the count describe `poll`.
    Errno::result(unsafe { libc::poll(&raw mut poll, 1, 0) })?;
    if poll.revents & libc::POLLNVAL != 0 {
        return Err(Errno::EBADF);
    }
    let over = poll.revents & (libc::POLLERR | libc::POLLHUP) != 0;
    let mut ready = Interest::empty();
    ready.set(Interest::READ, over || poll.revents & libc::POLLIN != 0);
    ready.set(Interest::WRITE, over || poll.revents & libc::POLLOUT != 0);
    Ok(ready & wanted)
}

/// open(2) of /dev/null for reading and writing.
pub fn dev_null() -> Result<OwnedFd> {
    check(Call::Open)?;
    // SAFETY: the path is a NUL-terminated constant.
    let fd = Errno::result(unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDWR | libc::O_CLOEXEC) })?;
    // SAFETY: open has just returned this number; nobody else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// open(2) of a plain file whose end is written to, made with mode 0666 when it is not there.
pub fn append(path: &CStr) -> Result<OwnedFd> {
    check(Call::Open)?;
    let flags = libc::O_WRONLY | libc::O_APPEND | libc::O_CREAT | libc::O_CLOEXEC;
    // SAFETY: the path ends with NUL.
    let fd = Errno::result(unsafe { libc::open(path.as_ptr(), flags, 0o666) })?;
    // SAFETY: open has just returned this number; nobody else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// write(2) to `file`, or to descriptor 2: the number of bytes taken.
pub fn write(file: Option<BorrowedFd<'_>>, data: &[u8]) -> Result<usize> {
    check(Call::Write)?;
    let fd = file.map_or(libc::STDERR_FILENO, |file| file.as_raw_fd());
    let len = shorten(Call::Write, data.len());
    // SAFETY: `len` is at most the length of `data`.
    Errno::result(unsafe { libc::write(fd, data.as_ptr().cast(), len) }).map(isize::unsigned_abs)
}

/// fcntl(2), `F_GETFD`: whether `fd` names an open description of this process.
pub fn is_open(fd: RawFd) -> bool {
    // SAFETY: fcntl with F_GETFD takes a number and touches no memory.
    check(Call::Fcntl).is_ok() && unsafe { libc::fcntl(fd, libc::F_GETFD) >= 0 }
}

/// The number of an owned descriptor, as scripts see it.
pub fn number(fd: &impl AsFd) -> RawFd {
    fd.as_fd().as_raw_fd()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replace_keeps_the_number_and_swaps_the_description() {
        let old = dev_null().unwrap();
        let (a, b) = crate::os::pipe::pair(crate::os::pipe::Kind::Stream).unwrap();
        replace(&old, &a).unwrap();
        crate::os::pipe::send(old.as_fd(), b"x", crate::os::pipe::Wait::Never).unwrap();
        let mut buffer = [0; 4];
        let got = crate::os::pipe::receive(b.as_fd(), &mut buffer, crate::os::pipe::Wait::Never).unwrap();
        assert_eq!(got, 1);
    }
}
