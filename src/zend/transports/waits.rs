//! The functions by which streams wait. The layer php provides them.

use crate::os::address::Address;
use crate::os::lookup::LookupError;
use crate::os::process::Pid;
use crate::rt::core::handles::{SelectionToken, StreamToken};
use crate::rt::streams::Directions;
use crate::zend::errors::Outcome;
use std::net::IpAddr;
use std::os::fd::RawFd;
use std::sync::OnceLock;
use std::time::Instant;

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitOutcome {
    /// The stream may be ready.
    Ready,
    /// The time is over.
    TimedOut,
    /// The wait was cancelled; or it could not begin, which a warning has reported; or an exception is in flight,
    /// and no call may wait.
    Canceled,
    /// Another coroutine closes the stream.
    Closed,
}

/// The addresses of a name, in the order in which to try them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addresses {
    pub(super) list: [Option<IpAddr>; Addresses::MOST],
}

impl Addresses {
    /// The largest number of addresses to try.
    const MOST: usize = 16;

    /// The first of these.
    pub(crate) fn of(found: &[IpAddr]) -> Addresses {
        let mut list = [None; Addresses::MOST];
        for (place, ip) in list.iter_mut().zip(found) {
            *place = Some(*ip);
        }
        Addresses { list }
    }
}

/// The result of a lookup.
pub(crate) type Answer = Result<Addresses, LookupError>;

/// The functions that wait, and the check whether a stream may wait.
pub(crate) struct Hooks {
    /// Whether operations of streams with this flag may yield to other coroutines now.
    pub(crate) may_wait: fn(i64) -> bool,
    /// Waits until a stream may be ready, until a deadline. Fails if another coroutine is in an operation that
    /// needs the same direction.
    pub(crate) wait: fn(StreamToken, RawFd, Directions, bool, Option<Instant>) -> Outcome<WaitOutcome>,
    /// Fails if another coroutine waits in an operation that needs the same direction.
    pub(crate) claim: fn(StreamToken, RawFd, Directions) -> Outcome<()>,
    /// Waits until one of several streams is ready, until a deadline.
    pub(crate) select: fn(SelectionToken, Option<Instant>) -> Outcome<WaitOutcome>,
    /// Waits a little, until a deadline at most. [`WaitOutcome::Ready`] means: try again.
    pub(crate) pause: fn(Option<Instant>) -> Outcome<WaitOutcome>,
    /// Looks a name up.
    pub(crate) resolve: fn(&[u8]) -> Outcome<Answer>,
    /// This process uses a connection that it has inherited from the process with this pid, which still has it.
    pub(crate) inherited: fn(RawFd, Pid, &Address),
    /// Before a stream is closed: resumes the coroutines that wait in it.
    pub(crate) close: fn(StreamToken) -> Outcome<()>,
}

pub(super) static HOOKS: OnceLock<Hooks> = OnceLock::new();

/// At module start-up only.
pub(crate) fn set_hooks(hooks: Hooks) {
    let _ = HOOKS.set(hooks);
}
