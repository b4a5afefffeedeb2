//! The result of a call that is tried once and never waits.

use crate::os::{self, Errno, Result};
use crate::rt::core::wait::Cid;
use crate::rt::handle::{ArrivalKind, ReceiveError};
use std::os::fd::RawFd;

/// Why a call did not do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// There is no data, or no room: the caller may try again after a wait.
    Again,
    /// Another coroutine waits for the same direction.
    Busy {
        /// The socket's descriptor.
        fd: RawFd,
        /// The coroutine that waits.
        cid: Cid,
    },
    /// A handle or a value comes next. It was not taken.
    Meets(ArrivalKind),
    /// The call wants a handle or a value, but something else comes next.
    Refused(ReceiveError),
    /// It failed: `EBADF` when the socket is closed.
    Failed(Errno),
}

impl From<Errno> for Stop {
    fn from(errno: Errno) -> Stop {
        if errno == Errno::EAGAIN { Stop::Again } else { Stop::Failed(errno) }
    }
}

/// What the socket's calls return.
pub type Attempt<T> = std::result::Result<T, Stop>;

/// As [`os::uninterrupted`]: a call that does not wait has no reason to end for a signal.
#[inline]
pub(super) fn uninterrupted<T>(call: impl FnMut() -> Result<T>) -> Attempt<T> {
    Ok(os::uninterrupted(call)?)
}
