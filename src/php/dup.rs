//! `Swoole\dup()`: another handle for the same open file.

use crate::php::handles::{self, HandOverError};
use crate::php::socket;
use crate::rt::fd_passing::Place;
use crate::zend::callback::call_with_value;
use crate::zend::errors::Outcome;
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
    if sockets::is_socket(handle) { call_with_value("socket_import_stream", stream) } else { Ok(stream) }
}
