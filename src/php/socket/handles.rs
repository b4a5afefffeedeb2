//! `sendHandle()` and `receiveHandle()`: open files that are sent to other processes.

use super::state::{Socket, fail};
use super::wait::{self, finish, halt, limit_of, own_limit, until};
use crate::os::Errno;
use crate::php::waiting::{Deadline, Halt};
use crate::php::{handles, outcome};
use crate::rt::core::handles::{SendingToken, SocketToken};
use crate::rt::core::registrations::Direction;
use crate::rt::fd_passing::Place;
use crate::rt::handle::ArrivalKind;
use crate::rt::runtime::Runtime;
use crate::rt::socket::Stop;
use crate::zend::arguments::Reference;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::object::{This, object_of};
use crate::zend::values::{Owned, Value};
use std::os::fd::RawFd;

pub(super) fn send_handle(
    this: This<'_, Socket>,
    handle: Value<'_>,
    data: Option<&[u8]>,
    timeout: f64,
) -> Outcome<bool> {
    let token = this.token()?;
    carries_handles(this, token)?;
    let number = number(handle)?;
    let result = send_until(token, number, data.unwrap_or_default(), Deadline::Limit(timeout));
    finish(this, result.map(|()| true))
}

/// Fails for a socket that is not a unix socket. A closed socket fails later.
fn carries_handles(this: This<'_, Socket>, token: SocketToken) -> Outcome<()> {
    let spec = globals::with(|runtime| runtime.sockets.get(token).map(|socket| socket.spec()));
    if spec.is_some_and(|spec| !spec.has_paths()) {
        fail(this, Errno::EOPNOTSUPP);
        return Err(outcome::warning("only unix sockets carry handles"));
    }
    Ok(())
}

/// Sends a descriptor, with data.
pub(super) fn send_until(
    token: SocketToken,
    number: RawFd,
    data: &[u8],
    deadline: Deadline,
) -> Result<(), Halt> {
    let name = globals::with(|runtime| runtime.fd_passing.begin(number, data))?;
    let sent = send_outgoing(token, name, deadline);
    globals::with(|runtime| runtime.fd_passing.end(name));
    sent
}

/// Sends a handle or a value, of which the sending was begun.
pub(super) fn send_outgoing(
    token: SocketToken,
    name: SendingToken,
    mut deadline: Deadline,
) -> Result<(), Halt> {
    let direction = Direction::Write;
    let own = own_limit(direction);
    loop {
        let sent = globals::with(|runtime| runtime.fd_passing.try_to_send(&mut runtime.sockets, token, name));
        match sent {
            Ok(()) => return Ok(()),
            Err(Stop::Again) => wait::pause(token, direction, deadline.get(|| limit_of(token, own)))?,
            Err(Stop::Failed(Errno::ETOOMANYREFS)) => {
                wait::pause_before_retry(token, deadline.get(|| limit_of(token, own)))?;
            }
            Err(stop) => return Err(halt(stop, direction)),
        }
    }
}

pub(super) fn receive_handle(
    this: This<'_, Socket>,
    timeout: f64,
    data: Option<Reference<'_>>,
) -> Outcome<Owned> {
    let token = this.token()?;
    carries_handles(this, token)?;
    let held = hold_until(token, ArrivalKind::Handle, Deadline::Limit(timeout));
    let handle = held.and_then(|()| Ok(handles::hand_over(Place::Socket(token), data)?));
    finish(this, handle)
}

/// Waits until a handle or a value has arrived. The socket holds it then.
pub(super) fn hold_until(token: SocketToken, what: ArrivalKind, deadline: Deadline) -> Result<(), Halt> {
    let direction = Direction::Read;
    until(token, direction, deadline, own_limit(direction), || {
        Ok(globals::with(|Runtime { fd_passing, pipes, sockets, .. }| {
            fd_passing.try_to_hold(pipes, sockets, token, what)
        }))
    })
}

/// As [`handles::number`], also of a socket of ours.
pub(super) fn number(handle: Value<'_>) -> Outcome<RawFd> {
    let Some(socket) = object_of::<Socket>(handle) else { return handles::number(handle) };
    let open = socket.token.get();
    let number = open.and_then(|token| globals::with(|runtime| Some(runtime.sockets.get(token)?.number())));
    number.ok_or_else(|| handles::unusable(Errno::EBADF))
}
