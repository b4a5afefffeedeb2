//! The loop of a call that waits until it is done or its time is over.

use super::state::{Socket, fail, fail_with, succeed};
use crate::os::Errno;
use crate::php::waiting::{Deadline, Halt};
use crate::php::{outcome, waiting};
use crate::rt::core::handles::SocketToken;
use crate::rt::core::registrations::Direction;
use crate::rt::runtime::Runtime;
use crate::rt::socket::wait::{RetryPause, SocketWait};
use crate::rt::socket::{Attempt, Limits, Stop};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::This;
use crate::zend::{globals, interrupt};
use std::time::{Duration, Instant};

/// The result of an ended call for the script: false, with the reason in the properties, or an exception.
pub(super) fn halted(this: This<'_, Socket>, halt: Halt) -> Failure {
    match halt {
        Halt::Errno(errno) => fail(this, errno),
        Halt::Code(code) => fail_with(this, code),
        Halt::Warning(text, errno) => {
            fail(this, errno);
            outcome::warning(text)
        }
        Halt::Failure(failure) => failure,
    }
}

/// The limit of a socket for a direction.
pub(super) fn own_limit(direction: Direction) -> fn(&Limits) -> Option<Duration> {
    match direction {
        Direction::Read => |limits| limits.read,
        Direction::Write => |limits| limits.write,
    }
}

/// Calls `attempt` until it is done or fails, and waits in between. `attempt` must hold nothing that needs to be
/// released.
pub(super) fn until<T>(
    token: SocketToken,
    direction: Direction,
    mut deadline: Deadline,
    own: fn(&Limits) -> Option<Duration>,
    mut attempt: impl FnMut() -> Outcome<Attempt<T>>,
) -> Result<T, Halt> {
    loop {
        match attempt().map_err(Halt::Failure)? {
            Ok(done) => return Ok(done),
            Err(Stop::Again) => {
                pause(token, direction, deadline.get(|| limit_of(token, own)))?;
            }
            Err(stop) => return Err(halt(stop, direction)),
        }
    }
}

/// Waits until a direction of a socket may be ready: yields, or blocks the process if the socket blocks.
pub(super) fn pause(token: SocketToken, direction: Direction, deadline: Option<Instant>) -> Result<(), Halt> {
    block(token, Some(direction), deadline)
        .unwrap_or_else(|| waiting::until_over(SocketWait { token, direction }, deadline))
}

/// Waits before the next attempt of a call for which the kernel reports no event.
pub(super) fn pause_before_retry(token: SocketToken, deadline: Option<Instant>) -> Result<(), Halt> {
    block(token, None, deadline).unwrap_or_else(|| waiting::until_over(RetryPause(token), deadline))
}

/// Blocks the process, if the socket blocks. After a signal, its handlers of the script run. A wait for data then ends with
/// `EINTR`; other waits continue, because a part of the data may be sent already.
fn block(
    token: SocketToken,
    direction: Option<Direction>,
    deadline: Option<Instant>,
) -> Option<Result<(), Halt>> {
    loop {
        let waited = globals::with(|runtime| {
            let Runtime { core, pipes, sockets, .. } = runtime;
            sockets.is_blocking(core, token).then(|| sockets.block(core, pipes, token, direction, deadline))
        })?;
        match waited {
            Err(Errno::EINTR) => match interrupt::dispatch() {
                Err(failure) => return Some(Err(Halt::Failure(failure))),
                Ok(_) if direction == Some(Direction::Read) => return Some(Err(Halt::Errno(Errno::EINTR))),
                Ok(_) => {}
            },
            waited => return Some(waited.map_err(Halt::Errno)),
        }
    }
}

pub(super) fn halt(stop: Stop, direction: Direction) -> Halt {
    match stop {
        Stop::Again => Halt::Errno(Errno::EAGAIN),
        Stop::Failed(errno) => Halt::Errno(errno),
        Stop::Meets(comes) => Halt::Warning(outcome::what_comes(comes).into(), Errno::ENOMSG),
        Stop::Refused(refused) => {
            let (text, errno) = outcome::why_refused(refused);
            text.map_or(Halt::Errno(errno), |text| Halt::Warning(text, errno))
        }
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

/// The limit that the script has set for a socket.
pub(super) fn limit_of(token: SocketToken, own: fn(&Limits) -> Option<Duration>) -> Option<Duration> {
    globals::with(|runtime| runtime.sockets.get(token).and_then(|socket| own(&socket.limits)))
}

/// As [`until`], for a method that receives or sends.
pub(super) fn transfer<T>(
    token: SocketToken,
    direction: Direction,
    timeout: f64,
    attempt: impl FnMut() -> Outcome<Attempt<T>>,
) -> Result<T, Halt> {
    let result = until(token, direction, Deadline::Limit(timeout), own_limit(direction), attempt);
    if result.is_err() && direction == Direction::Write {
        globals::with(|runtime| {
            if let Some(socket) = runtime.sockets.get(token) {
                socket.forget_unsent();
            }
        });
    }
    result
}

pub(super) fn finish<T>(this: This<'_, Socket>, result: Result<T, Halt>) -> Outcome<T> {
    match result {
        Ok(done) => {
            succeed(this);
            Ok(done)
        }
        Err(halt) => Err(halted(this, halt)),
    }
}
