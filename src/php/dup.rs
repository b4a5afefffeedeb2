//! `Swoole\dup()` and `Swoole\dup2()`: another handle, or a standard descriptor, for the same open file.

use crate::os::fd::{self, Standard};
use crate::php::handles::{self, HandOverError};
use crate::php::{outcome, socket};
use crate::rt::fd_passing::Place;
use crate::zend::callback::call_by_name;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::values::{Owned, Value};
use crate::zend::{globals, sockets};

/// Duplicates a handle: a stream or a number gives a stream, a socket gives a socket.
pub(super) fn dup(handle: Value<'_>) -> Outcome<Owned> {
    if socket::is_socket(handle) {
        return socket::duplicate(handle);
    }
    let number = handles::number(handle)?;
    globals::with(|runtime| runtime.fd_passing.duplicate(number)).map_err(handles::unusable)?;
    let stream = handles::stream(Place::Duplicate);
    // The duplicate for which the engine has made no stream.
    globals::with(|runtime| runtime.fd_passing.forget_duplicate());
    let stream = stream.map_err(HandOverError::settle)?;
    if !sockets::is_socket(handle) {
        return Ok(stream);
    }
    call_by_name("socket_import_stream", [stream])?.ok_or(Failure::False)
}

/// Makes a standard descriptor a duplicate of a handle. Streams of the descriptor, such as STDOUT, stay open.
pub(super) fn dup2(handle: Value<'_>, standard: i64) -> Outcome<bool> {
    let target = Standard::ALL.into_iter().find(|target| *target as i64 == standard);
    let target = target.ok_or(Failure::BadValue(2, c"must be 0, 1 or 2"))?;
    let number = socket::handle_number(handle)?;
    fd::duplicate_onto(number, target).map_err(|errno| outcome::system("dup2()", errno))?;
    Ok(true)
}
