//! File descriptors: duplicates onto fixed numbers, the standard descriptors, /dev/null, files that grow.

use crate::os::epoll::Interest;
use crate::os::fault::{Call, check, shorten};
use crate::os::owned::{self, own};
use crate::os::socket::{self, Spec};
use crate::os::{Errno, Result, nowait, signal, uninterrupted};
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
        check(Call::Fcntl)?;
        // SAFETY: fcntl takes numbers; a bad one is an error it reports.
        Errno::result(unsafe { libc::fcntl(fd, libc::F_SETFD, 0) })?;
        return Ok(());
    }
    check(Call::Dup)?;
    // SAFETY: dup2 takes two numbers and touches no memory; a bad number is an error it reports.
    Errno::result(unsafe { libc::dup2(fd, target as RawFd) })?;
    Ok(())
}

/// dup3(2): the number of `target` refers to the description of `fd` from now on; its previous description is closed.
/// Close-on-exec is set. A failure changes nothing.
pub fn replace(target: &OwnedFd, fd: &OwnedFd) -> Result<()> {
    check(Call::Dup)?;
    // SAFETY: both numbers are open; `target` goes on owning its number.
    Errno::result(unsafe { libc::dup3(fd.as_raw_fd(), target.as_raw_fd(), libc::O_CLOEXEC) })?;
    Ok(())
}

/// As [`replace`], for a number that other code closes.
pub fn replace_foreign(target: RawFd, fd: &OwnedFd) -> Result<()> {
    check(Call::Dup)?;
    // SAFETY: dup3 takes numbers; a bad one is an error it reports. Whoever owns `target` goes on owning it.
    Errno::result(unsafe { libc::dup3(fd.as_raw_fd(), target, libc::O_CLOEXEC) })?;
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

/// fcntl(2), `F_SETFL`: whether calls wait on this description.
pub fn set_blocking(fd: RawFd, blocking: bool) -> Result<()> {
    check(Call::Fcntl)?;
    // SAFETY: fcntl takes numbers.
    let flags = Errno::result(unsafe { libc::fcntl(fd, libc::F_GETFL) })?;
    let flags = if blocking { flags & !libc::O_NONBLOCK } else { flags | libc::O_NONBLOCK };
    check(Call::Fcntl)?;
    // SAFETY: as above.
    Errno::result(unsafe { libc::fcntl(fd, libc::F_SETFL, flags) })?;
    Ok(())
}

/// fcntl(2), `F_GETFL`: whether a call that reads, or writes, may wait: the descriptor is open for that, and does not
/// have `O_NONBLOCK`.
pub fn may_wait(fd: RawFd, wanted: Interest) -> Result<bool> {
    check(Call::Fcntl)?;
    // SAFETY: fcntl takes numbers.
    let flags = Errno::result(unsafe { libc::fcntl(fd, libc::F_GETFL) })?;
    let other = if wanted.contains(Interest::READ) { libc::O_WRONLY } else { libc::O_RDONLY };
    Ok(flags & libc::O_NONBLOCK == 0 && flags & libc::O_ACCMODE != other)
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
    let failed = |error: std::io::Error| Errno::from_raw(error.raw_os_error().unwrap_or(0));
    check(Call::Stat)?;
    let theirs = std::fs::metadata(format!("/proc/{process}/fd/{fd}")).map_err(failed)?;
    check(Call::Stat)?;
    let ours = std::fs::metadata(format!("/proc/self/fd/{fd}")).map_err(failed)?;
    Ok((theirs.dev(), theirs.ino()) == (ours.dev(), ours.ino()))
}

/// The kind of a descriptor, for code that reads and writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
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
pub fn nature(fd: BorrowedFd<'_>) -> Result<Nature> {
    match socket::spec(fd) {
        Err(Errno::ENOTSOCK) => {}
        spec => return spec.map(Nature::Socket),
    }
    check(Call::Fcntl)?;
    // SAFETY: fcntl takes numbers.
    let flags = Errno::result(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_GETFL) })?;
    let access = match (flags & libc::O_ACCMODE, flags & libc::O_APPEND != 0) {
        (libc::O_RDWR, false) => Access::Both,
        (libc::O_RDWR, true) => Access::ReadAndAppend,
        (libc::O_WRONLY, false) => Access::Write,
        (libc::O_WRONLY, true) => Access::Append,
        _ => Access::Read,
    };
    Ok(Nature::File(access))
}

/// lseek(2): moves the position of the next read or write back by this many bytes. `ESPIPE` for a descriptor without a
/// position.
pub fn go_back(fd: RawFd, bytes: u64) -> Result<()> {
    let bytes = libc::off_t::try_from(bytes).map_err(|_| Errno::EINVAL)?;
    check(Call::Lseek)?;
    // SAFETY: lseek takes numbers; a bad one is an error it reports.
    Errno::result(unsafe { libc::lseek(fd, -bytes, libc::SEEK_CUR) })?;
    Ok(())
}

/// open(2), lseek(2), dup3(2): opens the same file again under this number, at this position, so that other processes no
/// longer share the offset.
pub fn separate(fd: RawFd, position: u64) -> Result<()> {
    let position = libc::off_t::try_from(position).map_err(|_| Errno::EINVAL)?;
    check(Call::Fcntl)?;
    // SAFETY: fcntl takes numbers; a bad one is an error it reports.
    let flags = Errno::result(unsafe { libc::fcntl(fd, libc::F_GETFL) })?;
    check(Call::Fcntl)?;
    // SAFETY: as above.
    let own = Errno::result(unsafe { libc::fcntl(fd, libc::F_GETFD) })?;
    let path = CString::new(format!("/proc/self/fd/{fd}")).map_err(|_| Errno::EINVAL)?;
    let how = flags & (libc::O_ACCMODE | libc::O_APPEND) | libc::O_CLOEXEC;
    check(Call::Open)?;
    // SAFETY: the path ends with NUL.
    let number = Errno::result(unsafe { libc::open(path.as_ptr(), how) })?;
    // SAFETY: open has just returned this number; it has no other owner.
    let new = unsafe { owned::own(number) }?;
    check(Call::Lseek)?;
    // SAFETY: lseek takes numbers.
    Errno::result(unsafe { libc::lseek(new.as_raw_fd(), position, libc::SEEK_SET) })?;
    let close = if own & libc::FD_CLOEXEC == 0 { 0 } else { libc::O_CLOEXEC };
    check(Call::Dup)?;
    // SAFETY: both numbers are open; the owner of `fd` goes on owning it.
    Errno::result(unsafe { libc::dup3(new.as_raw_fd(), fd, close) })?;
    Ok(())
}

/// The identity of an open descriptor. Two numbers with the same identity are the same file, socket or pipe.
pub type Identity = (u64, u64);

/// fstat(2): the identity of `fd`.
pub fn identity(fd: RawFd) -> Result<Identity> {
    check(Call::Fstat)?;
    let mut stat = std::mem::MaybeUninit::<libc::stat>::zeroed();
    // SAFETY: the kernel writes one stat.
    Errno::result(unsafe { libc::fstat(fd, stat.as_mut_ptr()) })?;
    // SAFETY: zeroed is a valid stat, and the kernel has filled it.
    let stat = unsafe { stat.assume_init() };
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
    let mut poll = libc::pollfd { fd, events, revents: 0 };
    // A signal interrupts this call, too, if there is nothing to report.
    uninterrupted(|| {
        check(Call::Poll)?;
        // SAFETY: the pointer and the count describe `poll`.
        Errno::result(unsafe { libc::poll(&raw mut poll, 1, 0) })
    })?;
    if poll.revents & libc::POLLNVAL != 0 {
        return Err(Errno::EBADF);
    }
    let over = poll.revents & (libc::POLLERR | libc::POLLHUP) != 0;
    let mut ready = Interest::empty();
    for (interest, event) in EVENTS {
        ready.set(interest, poll.revents & event != 0 || over && interest != Interest::URGENT);
    }
    Ok(ready & wanted)
}

/// open(2) of /dev/null for reading and writing.
pub fn dev_null() -> Result<OwnedFd> {
    check(Call::Open)?;
    // SAFETY: the path is a NUL-terminated constant.
    let fd = Errno::result(unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDWR | libc::O_CLOEXEC) })?;
    // SAFETY: open has just returned this number; it has no other owner.
    unsafe { own(fd) }
}

/// open(2) of /dev/null for each closed standard descriptor: otherwise output would go to the next file that is opened.
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
    let flags = libc::O_APPEND | libc::O_CREAT | libc::O_CLOEXEC | libc::O_NONBLOCK | libc::O_NOCTTY;
    let open = |how: libc::c_int| {
        check(Call::Open)?;
        // SAFETY: the path ends with NUL.
        Errno::result(unsafe { libc::open(path.as_ptr(), how | flags, 0o666) })
    };
    let fd = match open(libc::O_WRONLY) {
        Err(Errno::ENXIO) => open(libc::O_RDWR)?,
        result => result?,
    };
    // SAFETY: open has just returned this number; it has no other owner.
    unsafe { own(fd) }
}

/// write(2): returns the number of bytes taken. Raises no signal: a pipe without a reader is `EPIPE`, a file at its
/// size limit is `EFBIG`.
pub fn write(file: BorrowedFd<'_>, data: &[u8]) -> Result<usize> {
    signal::without_signals_of_writes(|| {
        check(Call::Write)?;
        let len = shorten(Call::Write, data.len());
        // SAFETY: `len` is at most the length of `data`.
        Errno::result(unsafe { libc::write(file.as_raw_fd(), data.as_ptr().cast(), len) })
            .map(isize::unsigned_abs)
    })
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
