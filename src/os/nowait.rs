//! Writes that never wait, to descriptors that are shared with other processes and are not sockets. Sockets have
//! send(2).
//!
//! Standard error is shared with the shell and with siblings, so `O_NONBLOCK` would affect all of them. Instead the
//! single write is made without waiting, or it goes to an open file description of our own. Where neither is possible,
//! poll(2) checks for room first. That is not quite the same: another writer may take the room between the two calls.

use crate::os::fault::{Call, check, shorten};
use crate::os::{Errno, Result, owned, poll, signal};
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

/// The kind of a descriptor, as far as it matters to a write.
enum Kind {
    /// A pipe, named or not.
    Pipe,
    /// A terminal that can be opened again by its name. That excludes the master's side, which opens as a new terminal.
    Terminal,
    /// A device with a driver of its own.
    Device,
    /// A plain file: writes do not wait for other processes.
    Other,
}

/// The device number of /dev/ptmx, also in other mounts.
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
pub(super) fn is_terminal(fd: RawFd) -> bool {
    // SAFETY: isatty takes a number.
    check(Call::Ioctl).is_ok() && unsafe { libc::isatty(fd) } == 1
}

/// Writes a part of `data` without waiting, whatever the flags of the description are. `EAGAIN` when there is no room.
pub(super) fn write(fd: RawFd, data: &[u8]) -> Result<usize> {
    // A descriptor of unknown kind is polled for room first.
    match kind(fd).unwrap_or(Kind::Device) {
        Kind::Pipe => match write_at_once(fd, data) {
            Err(Errno::EOPNOTSUPP | Errno::ENOSYS | Errno::EINVAL | Errno::EPERM) => {
                write_to_own(fd, data, libc::PIPE_BUF)
            }
            result => result,
        },
        // A terminal reports room when there is room for one byte.
        Kind::Terminal => write_to_own(fd, data, 1),
        Kind::Device => write_if_room(fd, data, libc::PIPE_BUF),
        Kind::Other => signal::without_signals_of_writes(|| write_plainly(fd, data, data.len())),
    }
}

/// pwritev2(2), `RWF_NOWAIT`, which pipes support since Linux 6.4.
fn write_at_once(fd: RawFd, data: &[u8]) -> Result<usize> {
    check(Call::Pwritev2)?;
    let len = shorten(Call::Pwritev2, data.len());
    let part = libc::iovec { iov_base: data.as_ptr().cast_mut().cast(), iov_len: len };
    // The position -1, in two halves, is that of the description.
    let (part, at) = (&raw const part, -1_i64);
    // A whole word: syscall(2) reads its seventh argument from the stack.
    let flags = libc::c_long::from(libc::RWF_NOWAIT);
    // Not by the C library: musl has had the function only since 1.2.5.
    // SAFETY: the part describes at most the length of `data`, which is read.
    let result = unsafe { libc::syscall(libc::SYS_pwritev2, fd, part, 1_usize, at, at, flags) };
    Errno::result(result).map(|written| usize::try_from(written).unwrap_or(0))
}

/// write(2) to an open file description of our own. This needs /proc, a free number, and permission to open the file,
/// which may have been dropped since. Otherwise at most `most` bytes are written, if there is room.
fn write_to_own(fd: RawFd, data: &[u8], most: usize) -> Result<usize> {
    let Ok(own) = open_again(fd) else { return write_if_room(fd, data, most) };
    write_plainly(own.as_raw_fd(), data, data.len())
}

/// open(2), `O_NONBLOCK`, of the file behind `fd`.
fn open_again(fd: RawFd) -> Result<OwnedFd> {
    let path = std::ffi::CString::new(format!("/proc/self/fd/{fd}")).map_err(|_| Errno::EINVAL)?;
    owned::open(&path, libc::O_WRONLY | libc::O_NONBLOCK | libc::O_NOCTTY, 0)
}

/// poll(2), then write(2) of at most `most` bytes if there is room. `PIPE_BUF` bytes fit then (pipe(7)).
fn write_if_room(fd: RawFd, data: &[u8], most: usize) -> Result<usize> {
    if poll::check_now(fd, libc::POLLOUT)? == 0 {
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
