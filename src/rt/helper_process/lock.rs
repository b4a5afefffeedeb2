//! Locks of files (flock(2)): for each lock, a helper process waits. The lock belongs to the open file, which the helper
//! shares with this process, so it stays locked when the helper exits. The kernel serves all helpers in order.

use crate::os::{Errno, Result, file, helper, uninterrupted};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::helper_process::start::{self, Started, tell};
use std::os::fd::{AsRawFd, RawFd};

/// Waits for the lock of a file: [`end_of_lock`] reads what has come of it.
pub fn start(fd: RawFd, lock: file::Lock) -> std::result::Result<Started, SyscallError> {
    start::start(|to, _mask| {
        helper::close_others(&[to.as_raw_fd(), fd]);
        let errno = uninterrupted(|| file::lock_waiting(fd, lock)).map_or_else(|errno| errno as i32, |()| 0);
        tell(to, &errno.to_ne_bytes());
    })
}

/// The answer of a helper. A helper that was killed has no answer.
pub fn end_of_lock(told: &[u8]) -> Result<()> {
    match told.try_into().map(i32::from_ne_bytes) {
        Ok(0) => Ok(()),
        Ok(errno) => Err(Errno::from_raw(errno)),
        Err(_) => Err(Errno::EINTR),
    }
}
