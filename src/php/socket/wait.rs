//! How the calls of a socket wait, until they are done or their time is over.

use super::state::{Socket, fail, fail_with, succeed};
use crate::os::Errno;
use crate::php::{outcome, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::handles::SocketToken;
use crate::rt::core::registrations::Direction;
use crate::rt::core::wait::Waiter;
use crate::rt::socket::{Limits, Stop, Tried};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::object::This;
use std::time::{Duration, Instant};

/// Why something was not done.
pub(super) enum Halt {
    /// It failed: false, and the properties tell why.
    Errno(Errno),
    /// As `Errno`, with one of Swoole's own codes.
    Code(i64),
    /// The script is to hear of it by an exception.
    Failure(Failure),
}

impl Halt {
    pub(super) fn settle(self, this: This<'_, Socket>) -> Failure {
        match self {
            Halt::Errno(errno) => fail(this, errno),
            Halt::Code(code) => fail_with(this, code),
            Halt::Failure(failure) => failure,
        }
    }
}

impl From<Errno> for Halt {
    fn from(errno: Errno) -> Halt {
        Halt::Errno(errno)
    }
}

/// When a call has to end. The clock is read when something has to be waited for, and not before.
pub(super) enum Deadline {
    /// As the script said, in seconds; nought for the socket's own limit, less for none.
    Told(f64),
    At(Option<Instant>),
}

impl Deadline {
    pub(super) fn get(
        &mut self,
        token: SocketToken,
        own: fn(&Limits) -> Option<Duration>,
    ) -> Option<Instant> {
        if let Deadline::Told(seconds) = *self {
            let limit = if seconds == 0.0 {
                globals::with(|runtime| runtime.sockets.get(token).and_then(|socket| own(&socket.limits)))
            } else {
                waiting::limit(seconds)
            };
            *self = Deadline::At(limit.and_then(|limit| now().checked_add(limit)));
        }
        if let Deadline::At(deadline) = *self { deadline } else { None }
    }
}

/// The limit of a socket for a direction.
fn own_limit(direction: Direction) -> fn(&Limits) -> Option<Duration> {
    match direction {
        Direction::Read => |limits| limits.read,
        Direction::Write => |limits| limits.write,
    }
}

/// Tries until it is done or fails, and waits in between. `attempt` must hold nothing that needs to be released.
pub(super) fn until<T>(
    token: SocketToken,
    direction: Direction,
    mut deadline: Deadline,
    own: fn(&Limits) -> Option<Duration>,
    mut attempt: impl FnMut() -> Outcome<Tried<T>>,
) -> Result<T, Halt> {
    loop {
        match attempt().map_err(Halt::Failure)? {
            Ok(done) => return Ok(done),
            Err(Stop::Again) => wait(token, direction, deadline.get(token, own))?,
            Err(stop) => return Err(halt(stop, direction)),
        }
    }
}

pub(super) fn halt(stop: Stop, direction: Direction) -> Halt {
    match stop {
        Stop::Again => Halt::Errno(Errno::EAGAIN),
        Stop::Failed(errno) => Halt::Errno(errno),
        Stop::Busy { fd, cid } => {
            let what = match direction {
                Direction::Read => "reading",
                Direction::Write => "writing",
            };
            let own = globals::with(|runtime| runtime.core.scheduler.current()).unwrap_or(-1);
            Halt::Failure(outcome::error(format!(
                "Socket#{fd} has already been bound to another coroutine#{cid}, \
                 {what} of the same socket in coroutine#{own} at the same time is not allowed"
            )))
        }
    }
}

fn wait(token: SocketToken, direction: Direction, deadline: Option<Instant>) -> Result<(), Halt> {
    waiting::must_be_inside().map_err(Halt::Failure)?;
    let begun = globals::with(|runtime| {
        runtime.sockets.begin_wait(&mut runtime.core, &mut runtime.pipes, token, direction, deadline)
    });
    match begun.map_err(Halt::Errno)? {
        Some(waiter) => give_way(token, direction, waiter),
        None => Ok(()),
    }
}

/// Gives way until a wait for a socket is over.
pub(super) fn give_way(token: SocketToken, direction: Direction, waiter: Waiter) -> Result<(), Halt> {
    let (woken, ended) = waiting::until_woken(waiter, |runtime, wake| {
        runtime.sockets.end_wait(&mut runtime.core, token, direction, waiter, wake)
    });
    woken.map_err(Halt::Failure)?;
    ended.map_err(Halt::Errno)
}

/// As [`until`], for one of the usual directions of a method.
pub(super) fn transfer<T>(
    token: SocketToken,
    direction: Direction,
    timeout: f64,
    attempt: impl FnMut() -> Outcome<Tried<T>>,
) -> Result<T, Halt> {
    until(token, direction, Deadline::Told(timeout), own_limit(direction), attempt)
}

pub(super) fn finish<T>(this: This<'_, Socket>, result: Result<T, Halt>) -> Outcome<T> {
    match result {
        Ok(done) => {
            succeed(this);
            Ok(done)
        }
        Err(halt) => Err(halt.settle(this)),
    }
}
