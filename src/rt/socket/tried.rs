//! What comes of a call that is tried once, and never waits.

use crate::os::{Errno, Result};
use crate::rt::core::wait::Cid;
use crate::rt::handle::{Comes, Refused};
use std::os::fd::RawFd;

/// Why a call did not do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Nothing there, or no room: it may be tried again after a wait.
    Again,
    /// Another coroutine waits for the same.
    Busy {
        /// The socket's descriptor.
        fd: RawFd,
        /// Who waits.
        cid: Cid,
    },
    /// A handle or a value comes next. It stays there.
    Meets(Comes),
    /// A handle or a value was asked for, and there is none.
    Refused(Refused),
    /// It failed: `EBADF` when the socket is closed.
    Failed(Errno),
}

impl From<Errno> for Stop {
    fn from(errno: Errno) -> Stop {
        if errno == Errno::EAGAIN { Stop::Again } else { Stop::Failed(errno) }
    }
}

/// What the socket's calls return.
pub type Tried<T> = std::result::Result<T, Stop>;

/// A signal in between means nothing to calls that do not wait.
#[inline]
pub(super) fn uninterrupted<T>(mut call: impl FnMut() -> Result<T>) -> Tried<T> {
    loop {
        match call() {
            Err(Errno::EINTR) => {}
            result => return Ok(result?),
        }
    }
}
