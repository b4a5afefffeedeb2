//! Writes that never wait, to descriptors that are shared with other processes and are no sockets, which send(2) knows how
//! to treat.
//!
//! Standard error belongs to the shell and to siblings as well: `O_NONBLOCK` would be set for all of them. So the one
//! write is told not to wait, or a description of our own is written to. Where neither can be had, poll(2) tells whether
//! there is room. That is not quite the same: between the two calls somebody else may take the room.

use crate::os::fault::{Call, check, shorten};
use crate::os::owned::own;
use crate::os::{Errno, Result, signal};
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

/// What a descriptor leads to, as far as it matters to a write.
enum Kind {
    /// A pipe, with a name or without.
    Pipe,
    /// A terminal that opens as itself again: not the master's side of one, which opens as a new one.
    Terminal,
    /// What has a driver of its own.
    Device,
    /// A plain file: the write does not wait for anybody.
    Other,
}

/// The number of /dev/ptmx and of its like in other mounts.
const PTMX: (libc::c_uint, libc::c_uint) = (5, 2);

/// fstat(2), and isatty(3) for devices.
fn kind(fd: RawFd) -> Result<Kind> {
    check(Call::Fstat)?;
    let mut stat = std::mem::MaybeUninit::<libc::stat>::zeroed();
    // SAFETY: the kernel writes one stat.
    Errno::result(unsafe { libc::fstat(fd, stat.as_mut_ptr()) })?;
    // SAFETY: zeroed is a valid stat, and the kernel has filled it.
    let stat = unsafe { stat.assume_init() };
    Ok(match stat.st_mode & libc::S_IFMT {
        libc::S_IFIFO => Kind::Pipe,
        libc::S_IFCHR if (libc::major(stat.st_rdev), libc::minor(stat.st_rdev)) == PTMX => Kind::Device,
        libc::S_IFCHR if is_terminal(fd) => Kind::Terminal,
        libc::S_IFCHR | libc::S_IFSOCK => Kind::Device,
        _ => Kind::Other,
    })
}

/// isatty(3).
fn is_terminal(fd: RawFd) -> bool {
    // SAFETY: isatty takes a number.
    check(Call::Ioctl).is_ok() && unsafe { libc::isatty(fd) } == 1
}

/// Writes some of `data` without waiting, whatever the description says. `EAGAIN` when there is no room.
pub(super) fn write(fd: RawFd, data: &[u8]) -> Result<usize> {
    // What cannot be told is asked for room.
    match kind(fd).unwrap_or(Kind::Device) {
        Kind::Pipe => match write_at_once(fd, data) {
            Err(Errno::EOPNOTSUPP | Errno::ENOSYS | Errno::EINVAL | Errno::EPERM) => {
                write_to_own(fd, data, libc::PIPE_BUF)
            }
            result => result,
        },
        // It tells of room when there is room for one byte.
        Kind::Terminal => write_to_own(fd, data, 1),
        Kind::Device => write_if_room(fd, data, libc::PIPE_BUF),
        Kind::Other => signal::without_signals_of_writes(|| write_plainly(fd, data, data.len())),
    }
}

/// pwritev2(2), `RWF_NOWAIT`, which pipes know since Linux 6.4.
fn write_at_once(fd: RawFd, data: &[u8]) -> Result<usize> {
    check(Call::Pwritev2)?;
    let len = shorten(Call::Pwritev2, data.len());
    let part = libc::iovec { iov_base: data.as_ptr().cast_mut().cast(), iov_len: len };
    // SAFETY: the part describes at most the length of `data`, which is read.
    Errno::result(unsafe { libc::pwritev2(fd, &raw const part, 1, -1, libc::RWF_NOWAIT) })
        .map(isize::unsigned_abs)
}

/// write(2) to a description of our own. That needs /proc, a free number, and the right to open the file, which the owner
/// of a standard descriptor may have given up since; otherwise at most `most` bytes are written, if there is room.
fn write_to_own(fd: RawFd, data: &[u8], most: usize) -> Result<usize> {
    let Ok(own) = open_again(fd) else { return write_if_room(fd, data, most) };
    write_plainly(own.as_raw_fd(), data, data.len())
}

/// open(2), `O_NONBLOCK`, of what `fd` leads to.
fn open_again(fd: RawFd) -> Result<OwnedFd> {
    let path = std::ffi::CString::new(format!("/proc/self/fd/{fd}")).map_err(|_| Errno::EINVAL)?;
    check(Call::Open)?;
    let flags = libc::O_WRONLY | libc::O_NONBLOCK | libc::O_NOCTTY | libc::O_CLOEXEC;
    // SAFETY: the path ends with NUL.
    let number = Errno::result(unsafe { libc::open(path.as_ptr(), flags) })?;
    // SAFETY: open has just returned this number; nobody else owns it.
    unsafe { own(number) }
}

/// poll(2), and write(2) of at most `most` bytes when it tells of room. `PIPE_BUF` bytes fit then (pipe(7)).
fn write_if_room(fd: RawFd, data: &[u8], most: usize) -> Result<usize> {
    check(Call::Poll)?;
    let mut poll = libc::pollfd { fd, events: libc::POLLOUT, revents: 0 };
    // SAFETY: the pointer and the count describe `poll`.
    if Errno::result(unsafe { libc::poll(&raw mut poll, 1, 0) })? == 0 {
        return Err(Errno::EAGAIN);
    }
    write_plainly(fd, data, data.len().min(most))
}

/// write(2).
fn write_plainly(fd: RawFd, data: &[u8], most: usize) -> Result<usize> {
    check(Call::Write)?;
    let len = shorten(Call::Write, most);
    // SAFETY: `len` is at most the length of `data`.
    Errno::result(unsafe { libc::write(fd, data.as_ptr().cast(), len) }).map(isize::unsigned_abs)
}
