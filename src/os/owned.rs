//! The origin of every descriptor of this layer: close-on-exec, owned, and above the standard ones.
//!
//! The kernel gives the lowest free number. That is a standard one if the program was started without it or has closed
//! it. What is written to a standard descriptor, such as output or log lines, must not end in a pipe or socket of ours.
//! `tests/descriptors.rs` checks that no other file takes over a number.

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result};
use nix::fcntl::{AT_FDCWD, OFlag};
use nix::sys::stat::Mode;
use std::ffi::CStr;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd, RawFd};

/// The lowest number that is not a standard descriptor.
const LOWEST: RawFd = libc::STDERR_FILENO + 1;

/// Moves a descriptor that has just been made up, if its number is a standard one.
pub(super) fn above_standard(fd: OwnedFd) -> Result<OwnedFd> {
    if fd.as_raw_fd() < LOWEST { duplicate(fd.as_raw_fd()) } else { Ok(fd) }
}

/// open(2), with close-on-exec.
pub(super) fn open(path: &CStr, flags: i32, mode: u32) -> Result<OwnedFd> {
    open_at(AT_FDCWD, path, flags, mode)
}

/// openat(2), with close-on-exec.
pub(super) fn open_at(folder: impl AsFd, path: &CStr, flags: i32, mode: u32) -> Result<OwnedFd> {
    check(Call::Open)?;
    let flags = OFlag::from_bits_retain(flags | libc::O_CLOEXEC);
    above_standard(nix::fcntl::openat(folder, path, flags, Mode::from_bits_truncate(mode))?)
}

/// pipe2(2), with close-on-exec: the read end and the write end.
pub(super) fn pipe() -> Result<(OwnedFd, OwnedFd)> {
    check(Call::Pipe)?;
    let (from, to) = nix::unistd::pipe2(OFlag::O_CLOEXEC)?;
    Ok((above_standard(from)?, above_standard(to)?))
}

/// Takes over a number that the kernel has just made, and moves a standard one up.
///
/// # Safety
/// The number is open, has close-on-exec set, and has no other owner.
pub(super) unsafe fn own(number: RawFd) -> Result<OwnedFd> {
    // SAFETY: as the caller promises.
    above_standard(unsafe { OwnedFd::from_raw_fd(number) })
}

/// As [`own`], but a number that cannot be moved stays where it is: it came with a message that must not be lost. It is
/// closed when it is handed over.
///
/// # Safety
/// As of [`own`].
pub(super) unsafe fn own_even_low(number: RawFd) -> OwnedFd {
    // SAFETY: as the caller promises.
    let fd = unsafe { OwnedFd::from_raw_fd(number) };
    if number < LOWEST { duplicate(number).unwrap_or(fd) } else { fd }
}

/// As [`own`], for two numbers that were made together.
///
/// # Safety
/// As of [`own`], for both.
pub(super) unsafe fn own_pair([first, second]: [RawFd; 2]) -> Result<(OwnedFd, OwnedFd)> {
    // SAFETY: as the caller promises.
    let first = unsafe { own(first) };
    // SAFETY: as above. Both are owned before anything is returned.
    let second = unsafe { own(second) };
    Ok((first?, second?))
}

/// fcntl(2), `F_DUPFD_CLOEXEC`: another number for the same description.
pub(super) fn duplicate(fd: RawFd) -> Result<OwnedFd> {
    duplicate_above(fd, LOWEST)
}

/// As [`duplicate`], with a number that is at least `lowest`.
pub(super) fn duplicate_above(fd: RawFd, lowest: RawFd) -> Result<OwnedFd> {
    check(Call::Fcntl)?;
    // SAFETY: fcntl takes numbers; a bad one is an error it reports.
    let number = Errno::result(unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, lowest.max(LOWEST)) })?;
    // SAFETY: the kernel has just returned this number; it has no other owner.
    Ok(unsafe { OwnedFd::from_raw_fd(number) })
}
