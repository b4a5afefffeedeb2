//! Descriptors of processes (pidfd_open(2)).

use crate::os::fault::{Call, check};
use crate::os::owned::own;
use crate::os::prepared_wait::PreparedWait;
use crate::os::process::Pid;
use crate::os::{Errno, Result};
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd};
use std::time::Duration;

/// pidfd_open(2): a descriptor that becomes readable when the process exits. `ESRCH` when there is no such process,
/// `ENOSYS` before Linux 5.3.
pub fn open(pid: Pid) -> Result<OwnedFd> {
    check(Call::PidfdOpen)?;
    // SAFETY: pidfd_open takes two numbers.
    let fd = Errno::result(unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) })?;
    let fd = i32::try_from(fd).map_err(|_| Errno::EBADF)?;
    // SAFETY: the kernel has just returned this number, with close-on-exec set; it has no other owner.
    unsafe { own(fd) }
}

/// pidfd_send_signal(2): to the process behind a pidfd, even if its pid was reused. `ESRCH` when it has exited,
/// `ENOSYS` before Linux 5.1.
pub fn signal_behind(pidfd: &OwnedFd, signal: i32) -> Result<()> {
    check(Call::PidfdSendSignal)?;
    let (pidfd, info) = (pidfd.as_raw_fd(), std::ptr::null::<libc::siginfo_t>());
    // SAFETY: without information about the signal the kernel makes it up, as for kill(2).
    Errno::result(unsafe { libc::syscall(libc::SYS_pidfd_send_signal, pidfd, signal, info, 0) })?;
    Ok(())
}

/// ppoll(2): waits until the process behind a pidfd has exited, or `limit` has passed. `EINTR` when a signal was handled.
pub fn wait(pidfd: BorrowedFd<'_>, limit: Option<Duration>, prepared: &PreparedWait) -> Result<()> {
    prepared.poll(&mut [libc::pollfd { fd: pidfd.as_raw_fd(), events: libc::POLLIN, revents: 0 }], limit)
}
