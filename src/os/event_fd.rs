//! Descriptors that processes signal to each other (eventfd(2)).

use crate::os::fault::{Call, check};
use crate::os::owned::own;
use crate::os::spare::Spare;
use crate::os::{Errno, Result, file, uninterrupted};
use std::os::fd::{BorrowedFd, OwnedFd};

/// eventfd(2): a descriptor that is not readable yet. Close-on-exec, nonblocking.
pub fn new() -> Result<OwnedFd> {
    check(Call::Eventfd)?;
    // SAFETY: eventfd takes numbers.
    let fd = Errno::result(unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) })?;
    // SAFETY: the kernel has just returned this number; it has no other owner.
    unsafe { own(fd) }
}

/// Makes it readable.
pub fn signal(event: BorrowedFd<'_>) -> Result<()> {
    let add = || {
        check(Call::Write)?;
        nix::unistd::write(event, &1_u64.to_ne_bytes())
    };
    match uninterrupted(add) {
        // It is readable, and was signalled more often than it can count.
        Err(Errno::EAGAIN) => Ok(()),
        result => result.map(drop),
    }
}

/// Makes it not readable.
pub fn drain(event: BorrowedFd<'_>) -> Result<()> {
    let mut count = [0; 8];
    match uninterrupted(|| file::read(event, Spare::from(&mut count))) {
        Err(Errno::EAGAIN) => Ok(()),
        result => result.map(drop),
    }
}
