//! Descriptors of processes (pidfd_open(2)).

use crate::os::fault::{Call, check};
use crate::os::owned::own;
use crate::os::process::Pid;
use crate::os::{Errno, Result};
use std::os::fd::OwnedFd;

/// pidfd_open(2): a descriptor that becomes readable when the process ends. `ESRCH` when there is none,
/// `ENOSYS` before Linux 5.3.
pub fn open(pid: Pid) -> Result<OwnedFd> {
    check(Call::PidfdOpen)?;
    // SAFETY: pidfd_open takes two numbers.
    let fd = Errno::result(unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) })?;
    let fd = i32::try_from(fd).map_err(|_| Errno::EBADF)?;
    // SAFETY: the kernel has just returned this number, with close-on-exec set; nobody else owns it.
    unsafe { own(fd) }
}
