//! How streams wait: php provides it.

use crate::os::lookup::Unanswered;
use crate::rt::core::handles::{SelectionToken, StreamToken};
use crate::rt::streams::Directions;
use crate::zend::errors::Outcome;
use std::net::IpAddr;
use std::os::fd::RawFd;
use std::sync::OnceLock;
use std::time::Instant;

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// What was waited for may be there.
    Ready,
    /// The time is over.
    TimedOut,
    /// Somebody has ended it; or it could not begin, which the script has been told; or there is an exception on its way, and
    /// nothing may wait.
    Canceled,
    /// Another coroutine closes the stream.
    Closed,
}

/// The addresses of a name, in the order in which they are to be tried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addresses {
    pub(super) list: [Option<IpAddr>; Addresses::MOST],
}

impl Addresses {
    /// More are not tried.
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

/// What a look-up comes back with.
pub(crate) type Answer = Result<Addresses, Unanswered>;

/// What waits, and whether it may.
pub(crate) struct Hooks {
    /// Whether operations of streams with this flag wait by letting others run, here and now.
    pub(crate) may_wait: fn(i64) -> bool,
    /// Waits for a change of a stream, until a deadline. Fails when another coroutine is in an operation that needs the
    /// same.
    pub(crate) wait: fn(StreamToken, RawFd, Directions, bool, Option<Instant>) -> Outcome<Ended>,
    /// Fails when another coroutine waits in an operation that needs the same.
    pub(crate) claim: fn(StreamToken, RawFd, Directions) -> Outcome<()>,
    /// Waits until one of several streams is ready, until a deadline.
    pub(crate) select: fn(SelectionToken, Option<Instant>) -> Outcome<Ended>,
    /// Waits a little, until a deadline at most. [`Ended::Ready`] when something is to be tried again.
    pub(crate) pause: fn(Option<Instant>) -> Outcome<Ended>,
    /// Looks a name up.
    pub(crate) resolve: fn(&[u8]) -> Outcome<Answer>,
    /// A stream is about to be closed: those who wait in it go on first.
    pub(crate) close: fn(StreamToken) -> Outcome<()>,
}

pub(super) static HOOKS: OnceLock<Hooks> = OnceLock::new();

/// At module start-up only.
pub(crate) fn set_hooks(hooks: Hooks) {
    let _ = HOOKS.set(hooks);
}
