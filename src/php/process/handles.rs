//! Handles: `sendHandle`, `receiveHandle`.

use super::pipe::{after_signal, export};
use super::state::{Process, State};
use crate::os::Errno;
use crate::php::handles::{self, HandOverError};
use crate::php::waiting::Halt;
use crate::php::{outcome, socket, waiting};
use crate::rt::core::clock;
use crate::rt::core::handles::{PipeToken, SendingToken, SocketToken};
use crate::rt::fd_passing::Place;
use crate::rt::handle::ArrivalKind;
use crate::rt::process::pipe::Stop;
use crate::rt::runtime::Runtime;
use crate::zend::arguments::Reference;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::object::This;
use crate::zend::values::{Owned, Value};
use std::time::{Duration, Instant};

/// The pipe through which handles and values go.
pub(super) fn carrier(state: &State, cannot: &'static str) -> Outcome<PipeToken> {
    state.channel.or(state.pipe.get()).ok_or_else(|| outcome::warning(cannot))
}

pub(super) fn send_handle(this: This<'_, Process>, handle: Value<'_>, data: Option<&[u8]>) -> Outcome<bool> {
    let state = this.state()?;
    let token = carrier(state, "no pipe, cannot send a handle")?;
    let number = socket::handle_number(handle)?;
    let data = data.unwrap_or_default();
    if waiting::must_be_inside().is_ok() {
        let deadline = clock::deadline(own_timeout(token));
        let sent = socket::send_number(copy_of(state, token)?, number, data, deadline);
        return sent.map(|()| true).map_err(|halt| as_pipe(halt, "sendmsg()", outcome::write));
    }
    let begun = globals::with(|runtime| runtime.fd_passing.begin(number, data));
    let name = begun.map_err(|errno| outcome::system("sendmsg()", errno))?;
    let sent = send_alone(token, name);
    globals::with(|runtime| runtime.fd_passing.end(name));
    sent
}

/// Sends a handle or a value outside of coroutines.
pub(super) fn send_alone(token: PipeToken, name: SendingToken) -> Outcome<bool> {
    loop {
        match globals::with(|runtime| runtime.fd_passing.send(&runtime.core, &mut runtime.pipes, token, name))
        {
            Ok(()) => return Ok(true),
            Err(Stop::Interrupted { .. }) if after_signal(token)? => {}
            Err(Stop::Failed(errno)) => return Err(outcome::system("sendmsg()", errno)),
            Err(stop) => return Err(outcome::write(stop)),
        }
    }
}

pub(super) fn receive_handle(
    this: This<'_, Process>,
    timeout: f64,
    data: Option<Reference<'_>>,
) -> Outcome<Owned> {
    let state = this.state()?;
    let token = carrier(state, "no pipe, cannot receive a handle")?;
    let deadline = clock::deadline(if timeout == 0.0 { own_timeout(token) } else { waiting::limit(timeout) });
    hold(state, token, ArrivalKind::Handle, deadline)?;
    handles::hand_over(Place::Pipe(token), data).map_err(HandOverError::settle)
}

/// Waits until a handle or a value has arrived, which the runtime holds then.
pub(super) fn hold(
    state: &State,
    token: PipeToken,
    what: ArrivalKind,
    deadline: Option<Instant>,
) -> Outcome<()> {
    if waiting::must_be_inside().is_ok() {
        return socket::hold(copy_of(state, token)?, what, deadline)
            .map_err(|halt| as_pipe(halt, "recvmsg()", outcome::read));
    }
    loop {
        match globals::with(|Runtime { fd_passing, core, pipes, sockets, .. }| {
            fd_passing.hold(core, pipes, sockets, token, what, deadline)
        }) {
            Ok(()) => return Ok(()),
            Err(Stop::Interrupted { .. }) if after_signal(token)? => {}
            Err(Stop::Failed(errno)) => return Err(outcome::system("recvmsg()", errno)),
            Err(stop) => return Err(outcome::read(stop)),
        }
    }
}

/// The timeout that the script has set for the pipe.
pub(super) fn own_timeout(token: PipeToken) -> Option<Duration> {
    globals::with(|runtime| runtime.pipes.get(token)?.timeout())
}

/// The copy of the pipe's end for which coroutines can wait.
pub(super) fn copy_of(state: &State, token: PipeToken) -> Outcome<SocketToken> {
    socket::token(export(state, token)?.as_value()).ok_or(Failure::False)
}

/// The failure of that copy, in the form of the pipe's.
pub(super) fn as_pipe(halt: Halt, call: &'static str, tell: fn(Stop) -> Failure) -> Failure {
    match halt {
        Halt::Errno(Errno::ETIMEDOUT) => tell(Stop::TimedOut),
        Halt::Errno(errno @ (Errno::ECANCELED | Errno::ECONNRESET)) => outcome::silent(errno),
        Halt::Errno(errno) => outcome::system(call, errno),
        Halt::Warning(text, errno) => {
            outcome::note(errno);
            outcome::warning(text)
        }
        Halt::Code(_) => Failure::False,
        Halt::Failure(failure) => failure,
    }
}
