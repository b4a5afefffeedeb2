//! File descriptors: duplicates onto fixed numbers, the standard descriptors, /dev/null, files that grow.

use crate::os::epoll::Interest;
use crate::os::fault::{Call, check, shorten};
use crate::os::owned::{self, own};
use crate::os::socket::{self, Spec};
use crate::os::{Errno, Result, errno_of, nowait, poll, signal, uninterrupted};
use nix::fcntl::{FcntlArg, FdFlag, OFlag};
use nix::unistd::Whence;
use std::ffi::{CStr, CString};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::fs::MetadataExt;

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
    if fd == target as RawFd {
        // dup2 would do nothing, and leave close-on-exec set.
        return with_foreign(fd, keep_across_exec);
    }
    check(Call::Dup)?;
    // SAFETY: dup2 takes two numbers and touches no memory; a bad number is an error it reports.
    Errno::result(unsafe { libc::dup2(fd, target as RawFd) })?;
    Ok(())
}

/// dup3(2): the number of `target` refers to the description of `fd` from now on; its previous description is closed.
/// Close-on-exec is set. A failure changes nothing.
pub fn replace(target: &OwnedFd, fd: &OwnedFd) -> Result<()> {
    replace_foreign(target.as_raw_fd(), fd)
}

/// As [`replace`], for a number that other code closes.
pub fn replace_foreign(target: RawFd, fd: &OwnedFd) -> Result<()> {
    check(Call::Dup)?;
    // SAFETY: dup3 takes numbers; a bad one is an error it reports. Whoever owns `target` goes on owning it.
    Errno::result(unsafe { libc::dup3(fd.as_raw_fd(), target, libc::O_CLOEXEC) })?;
    Ok(())
}

/// fcntl(2), `F_SETFD`, without close-on-exec.
fn keep_across_exec(fd: BorrowedFd<'_>) -> Result<()> {
    check(Call::Fcntl)?;
    nix::fcntl::fcntl(fd, FcntlArg::F_SETFD(FdFlag::empty()))?;
    Ok(())
}

/// Uses a descriptor of another owner, which keeps it open meanwhile.
pub fn with_foreign<R>(fd: RawFd, body: impl FnOnce(BorrowedFd<'_>) -> Result<R>) -> Result<R> {
    if fd < 0 {
        return Err(Errno::EBADF);
    }
    // SAFETY: it is no negative number; it is used by system calls only, which report one that is not open.
    body(unsafe { BorrowedFd::borrow_raw(fd) })
}

/// As [`socket::set_blocking`], for a number that other code owns.
pub fn set_blocking(fd: RawFd, blocking: bool) -> Result<()> {
    with_foreign(fd, |fd| socket::set_blocking(fd, blocking))
}

/// fcntl(2), `O_NONBLOCK`, unless other programs share the open file description: a terminal, a standard descriptor, or
/// a duplicate of one, such as the stream of `php://stdin`.
pub fn end_waits(fd: RawFd) -> Result<()> {
    with_foreign(fd, |borrowed| {
        let flags = socket::status_flags(borrowed)?;
        if flags.contains(OFlag::O_NONBLOCK) || is_standard(fd) || nowait::is_terminal(fd) {
            return Ok(());
        }
        check(Call::Fcntl)?;
        nix::fcntl::fcntl(borrowed, FcntlArg::F_SETFL(flags | OFlag::O_NONBLOCK))?;
        Ok(())
    })
}

fn is_standard(fd: RawFd) -> bool {
    let own = identity(fd);
    Standard::ALL
        .into_iter()
        .map(|standard| standard as RawFd)
        .any(|standard| standard == fd || (own.is_ok() && identity(standard) == own))
}

/// fcntl(2), `F_GETFL`: whether a call that reads, or writes, may wait: the descriptor is open for that, and does not
/// have `O_NONBLOCK`.
pub fn may_wait(fd: RawFd, wanted: Interest) -> Result<bool> {
    let flags = with_foreign(fd, socket::status_flags)?;
    let other = if wanted.contains(Interest::READ) { OFlag::O_WRONLY } else { OFlag::O_RDONLY };
    Ok(!flags.contains(OFlag::O_NONBLOCK) && flags & OFlag::O_ACCMODE != other)
}

/// fcntl(2), `F_DUPFD_CLOEXEC`: another number for the same description.
pub fn duplicate(fd: RawFd) -> Result<OwnedFd> {
    owned::duplicate(fd)
}

/// close(2) of a descriptor that other code has opened for us.
///
/// # Safety
/// It is open, and has no other owner.
pub unsafe fn close(fd: RawFd) {
    // SAFETY: as the caller promises.
    drop(unsafe { own(fd) });
}

/// stat(2) and proc(5): whether this number is the same open socket or file in another process. An error when that process
/// has exited, does not have the number, or belongs to another user.
pub fn is_same_in(process: i32, fd: RawFd) -> Result<bool> {
    check(Call::Stat)?;
    let theirs = std::fs::metadata(format!("/proc/{process}/fd/{fd}")).map_err(errno_of)?;
    check(Call::Stat)?;
    let ours = std::fs::metadata(format!("/proc/self/fd/{fd}")).map_err(errno_of)?;
    Ok((theirs.dev(), theirs.ino()) == (ours.dev(), ours.ino()))
}

/// The kind of a descriptor, for code that reads and writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FdKind {
    /// A socket.
    Socket(Spec),
    /// Anything else, with its access mode.
    File(Access),
}

/// The access mode of a descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// `O_RDONLY`.
    Read,
    /// `O_WRONLY`.
    Write,
    /// `O_RDWR`.
    Both,
    /// `O_WRONLY` with `O_APPEND`.
    Append,
    /// `O_RDWR` with `O_APPEND`.
    ReadAndAppend,
}

/// fcntl(2), `F_GETFL`, and the calls of [`socket::spec`]: the kind of a descriptor. `EBADF` when it is not open.
pub fn kind(fd: BorrowedFd<'_>) -> Result<FdKind> {
    match socket::spec(fd) {
        Err(Errno::ENOTSOCK) => {}
        spec => return spec.map(FdKind::Socket),
    }
    let flags = socket::status_flags(fd)?;
    let access = match (flags & OFlag::O_ACCMODE, flags.contains(OFlag::O_APPEND)) {
        (OFlag::O_RDWR, false) => Access::Both,
        (OFlag::O_RDWR, true) => Access::ReadAndAppend,
        (OFlag::O_WRONLY, false) => Access::Write,
        (OFlag::O_WRONLY, true) => Access::Append,
        _ => Access::Read,
    };
    Ok(FdKind::File(access))
}

/// lseek(2): moves the position of the next read or write back by this many bytes. `ESPIPE` for a descriptor without a
/// position.
pub fn go_back(fd: RawFd, bytes: u64) -> Result<()> {
    let bytes = libc::off_t::try_from(bytes).map_err(|_| Errno::EINVAL)?;
    with_foreign(fd, |fd| {
        check(Call::Lseek)?;
        nix::unistd::lseek(fd, -bytes, Whence::SeekCur)?;
        Ok(())
    })
}

/// open(2), lseek(2), dup3(2): opens the same file again under this number, at this position, so that other processes no
/// longer share the offset.
pub fn separate(fd: RawFd, position: u64) -> Result<()> {
    let position = libc::off_t::try_from(position).map_err(|_| Errno::EINVAL)?;
    let (flags, own) = with_foreign(fd, |fd| {
        let flags = socket::status_flags(fd)?;
        check(Call::Fcntl)?;
        Ok((flags, nix::fcntl::fcntl(fd, FcntlArg::F_GETFD).map(FdFlag::from_bits_retain)?))
    })?;
    let path = CString::new(format!("/proc/self/fd/{fd}")).map_err(|_| Errno::EINVAL)?;
    let new = owned::open(&path, (flags & (OFlag::O_ACCMODE | OFlag::O_APPEND)).bits(), 0)?;
    check(Call::Lseek)?;
    nix::unistd::lseek(&new, position, Whence::SeekSet)?;
    let close = if own.contains(FdFlag::FD_CLOEXEC) { libc::O_CLOEXEC } else { 0 };
    check(Call::Dup)?;
    // SAFETY: both numbers are open; the owner of `fd` goes on owning it.
    Errno::result(unsafe { libc::dup3(new.as_raw_fd(), fd, close) })?;
    Ok(())
}

/// The identity of an open descriptor. Two numbers with the same identity are the same file, socket or pipe.
pub type Identity = (u64, u64);

/// fstat(2): the identity of `fd`.
pub fn identity(fd: RawFd) -> Result<Identity> {
    let stat = with_foreign(fd, |fd| {
        check(Call::Fstat)?;
        nix::sys::stat::fstat(fd)
    })?;
    Ok((stat.st_dev, stat.st_ino))
}

/// send(2), or write(2) for other descriptors than sockets: sends a part of `data`, without waiting, and for sockets
/// without SIGPIPE.
pub fn send_some(fd: RawFd, data: &[u8]) -> Result<usize> {
    let flags = libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT;
    let len = shorten(Call::Send, data.len());
    let sent = check(Call::Send).and_then(|()| {
        // SAFETY: `len` is at most the length of `data`.
        Errno::result(unsafe { libc::send(fd, data.as_ptr().cast(), len, flags) })
    });
    match sent {
        Err(Errno::ENOTSOCK) => nowait::write(fd, data),
        result => result.map(isize::unsigned_abs),
    }
}

/// The events of poll(2) for those of epoll(7).
const EVENTS: [(Interest, i16); 3] =
    [(Interest::READ, libc::POLLIN), (Interest::WRITE, libc::POLLOUT), (Interest::URGENT, libc::POLLPRI)];

/// poll(2) without waiting: which of `wanted` a descriptor is ready for. An error or a hang-up makes it ready for reads
/// and writes, as the next call on it reports the error. `EBADF` when it is not open.
pub fn readiness(fd: RawFd, wanted: Interest) -> Result<Interest> {
    let mut events = 0;
    for (interest, event) in EVENTS {
        events |= if wanted.contains(interest) { event } else { 0 };
    }
    let occurred = poll::check_now(fd, events)?;
    if occurred & libc::POLLNVAL != 0 {
        return Err(Errno::EBADF);
    }
    let over = occurred & (libc::POLLERR | libc::POLLHUP) != 0;
    let mut ready = Interest::empty();
    for (interest, event) in EVENTS {
        ready.set(interest, occurred & event != 0 || over && interest != Interest::URGENT);
    }
    Ok(ready & wanted)
}

/// open(2) of /dev/null for reading and writing.
pub fn dev_null() -> Result<OwnedFd> {
    owned::open(c"/dev/null", libc::O_RDWR, 0)
}

/// open(2) of /dev/null for each closed standard descriptor: otherwise output would go to the next file that is opened.
#[cold]
pub fn fill_standard() -> Result<()> {
    for target in Standard::ALL {
        // SAFETY: fcntl with F_GETFD takes a number and touches no memory.
        if unsafe { libc::fcntl(target as RawFd, libc::F_GETFD) } < 0 {
            duplicate_onto(number(&dev_null()?), target)?;
        }
    }
    Ok(())
}

/// open(2), `O_NONBLOCK`, of a file to append to, created with mode 0666 if it does not exist.
///
/// A FIFO without a reader is opened for reading as well (fifo(7)): the kernel keeps what is written for a later
/// reader.
pub fn append(path: &CStr) -> Result<OwnedFd> {
    let flags = libc::O_APPEND | libc::O_CREAT | libc::O_NONBLOCK | libc::O_NOCTTY;
    match owned::open(path, libc::O_WRONLY | flags, 0o666) {
        Err(Errno::ENXIO) => owned::open(path, libc::O_RDWR | flags, 0o666),
        result => result,
    }
}

/// write(2): returns the number of bytes taken. Raises no signal: a pipe without a reader is `EPIPE`, a file at its
/// size limit is `EFBIG`.
pub fn write(file: BorrowedFd<'_>, data: &[u8]) -> Result<usize> {
    signal::without_signals_of_writes(|| {
        check(Call::Write)?;
        let len = shorten(Call::Write, data.len());
        nix::unistd::write(file, data.get(..len).unwrap_or(data))
    })
}

/// As [`write()`], until all of `data` is taken. An interrupted call is repeated.
pub fn write_all(file: BorrowedFd<'_>, mut data: &[u8]) -> Result<()> {
    while !data.is_empty() {
        let count = uninterrupted(|| write(file, data))?;
        data = data.get(count..).unwrap_or_default();
    }
    Ok(())
}

/// As [`write()`], to descriptor 2, which is shared with other processes. Never waits.
pub fn write_to_stderr(data: &[u8]) -> Result<usize> {
    signal::without_signals_of_writes(|| send_some(libc::STDERR_FILENO, data))
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
    use crate::os::helper;
    use crate::os::process::{self, End, Fork};

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

    #[test]
    fn a_number_is_the_same_in_two_processes_until_one_opens_something_else_there() {
        let (first, second) = (dev_null().unwrap(), crate::os::file::pipe().unwrap());
        let parent = process::pid();
        let Fork::Parent { child } = helper::fork().unwrap() else {
            let shares = |fd| is_same_in(parent, number(fd)) == Ok(true);
            let both = shares(&first) && shares(&second.0);
            let replaced =
                replace(&first, &second.1) == Ok(()) && is_same_in(parent, number(&first)) == Ok(false);
            process::exit_now(i32::from(!both || !replaced || !shares(&second.0)));
        };
        assert_eq!(helper::reap(child), Ok(End::Exited(0)));
        assert_eq!(is_same_in(child, number(&first)), Err(Errno::ENOENT));
    }
}
