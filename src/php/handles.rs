//! Handles: values of a script that stand for open descriptors.

use crate::os::Errno;
use crate::php::outcome;
use crate::php::waiting::Halt;
use crate::rt::fd_passing::Place;
use crate::rt::handle::Handle;
use crate::rt::runtime::Runtime;
use crate::zend::arguments::Reference;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::recv_buffer::StringBuffer;
use crate::zend::running::running_function;
use crate::zend::values::{Owned, Text, Value};
use crate::zend::{globals, sockets, streams};
use std::os::fd::RawFd;

/// Why a handle was not handed over.
pub(super) enum HandOverError {
    /// A system call failed.
    Call(&'static str, Errno),
    /// The script gets an exception.
    Failure(Failure),
}

impl HandOverError {
    /// The failure of the function that was called.
    pub(super) fn settle(self) -> Failure {
        match self {
            HandOverError::Call(call, errno) => outcome::system(call, errno),
            HandOverError::Failure(failure) => failure,
        }
    }
}

impl From<HandOverError> for Halt {
    fn from(reason: HandOverError) -> Halt {
        match reason {
            HandOverError::Call(_, errno) => Halt::Errno(errno),
            HandOverError::Failure(failure) => Halt::Failure(failure),
        }
    }
}

impl From<Failure> for HandOverError {
    fn from(failure: Failure) -> HandOverError {
        HandOverError::Failure(failure)
    }
}

/// The descriptor of a stream or of a socket of ext-sockets, or the number itself. Other code may use it from now on.
pub(super) fn number(handle: Value<'_>) -> Outcome<RawFd> {
    if let Some(number) = handle.as_int() {
        return RawFd::try_from(number)
            .ok()
            .filter(|number| *number >= 0)
            .ok_or_else(|| unusable(Errno::EBADF));
    }
    let is_resource = handle.is_resource();
    if is_resource && !streams::is_open(handle) {
        let text = format!("{}(): supplied resource is not a valid stream resource", running_function());
        return Err(Failure::TypeError(text.into()));
    }
    if !is_resource && !sockets::is_socket(handle) {
        let text = format!(
            "{}(): Argument #1 ($handle) must be of type resource|Socket|Swoole\\Coroutine\\Socket|int, {} given",
            running_function(),
            handle.type_name()
        );
        return Err(Failure::TypeError(text.into()));
    }
    match streams::share(handle) {
        Ok(Some(number)) => Ok(number),
        Ok(None) if is_resource => Err(outcome::warning("the stream has no descriptor")),
        Ok(None) => {
            let text = format!("{}(): Argument #1 ($handle) has already been closed", running_function());
            Err(Failure::Error(text.into()))
        }
        Err(errno) => Err(outcome::system("lseek()", errno)),
    }
}

/// The failure for a handle that cannot be used.
pub(super) fn unusable(errno: Errno) -> Failure {
    outcome::system("fcntl()", errno)
}

/// Hands the first held handle over to the script: as a stream, with its data in `data`.
pub(super) fn hand_over(place: Place, data: Option<Reference<'_>>) -> Result<Owned, HandOverError> {
    let text = data.is_some().then(|| self::data(place)).transpose()?;
    let stream = stream(place)?;
    if let (Some(data), Some(text)) = (data, text) {
        data.assign(text)?;
    }
    Ok(stream)
}

/// The data of the first held handle.
fn data(place: Place) -> Result<Text, HandOverError> {
    let failed = |errno| HandOverError::Call("pread()", errno);
    let len = globals::with(|runtime| match first(runtime, place) {
        Some(handle) => handle.data().map(<[u8]>::len),
        None => Err(Errno::EBADF),
    });
    let len = len.map_err(failed)?;
    let mut text = StringBuffer::new();
    text.reserve(len)?;
    let filled = text.fill(len, |runtime, mut room| match first(runtime, place) {
        Some(handle) => handle.data().map(|data| room.put(0, data)),
        None => Err(Errno::EBADF),
    });
    filled.map_err(failed)?;
    Ok(text.into_text())
}

/// Makes a stream of the first held handle. The stream then owns the descriptor. Until the stream exists the runtime
/// owns it, because the engine may leave with a long jump.
pub(super) fn stream(place: Place) -> Result<Owned, HandOverError> {
    let first = globals::with(|runtime| {
        let handle = first(runtime, place).ok_or(Errno::EBADF)?;
        handle.nature().map(|nature| (handle.number(), nature))
    });
    let (number, nature) = first.map_err(|errno| HandOverError::Call("fcntl()", errno))?;
    let stream = streams::open(number, nature).ok_or(Failure::False)?;
    globals::with(|Runtime { fd_passing, pipes, sockets, .. }| fd_passing.give_away(pipes, sockets, place));
    Ok(stream)
}

/// The first held handle.
fn first(runtime: &mut Runtime, place: Place) -> Option<&mut Handle> {
    runtime.fd_passing.first(&mut runtime.pipes, &mut runtime.sockets, place)
}
