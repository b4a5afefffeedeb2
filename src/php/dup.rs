//! `Swoole\dup()`: another handle for the same open file.

use crate::php::handles::{self, NotDone};
use crate::php::socket;
use crate::rt::fd_passing::Place;
use crate::zend::callback::call_with_value;
use crate::zend::errors::Outcome;
use crate::zend::values::{Owned, Value};
use crate::zend::{globals, streams};

/// What is given, once more: a stream for a stream or a number, a socket for a socket.
pub(super) fn dup(handle: Value<'_>) -> Outcome<Owned> {
    if socket::is_socket(handle) {
        return socket::duplicate(handle);
    }
    let number = handles::number(handle)?;
    globals::with(|runtime| runtime.fd_passing.duplicate(number)).map_err(handles::unusable)?;
    let stream = handles::stream(Place::Duplicate);
    // What the engine has made no stream for.
    globals::with(|runtime| runtime.fd_passing.forget_duplicate());
    let stream = stream.map_err(NotDone::settle)?;
    if streams::is_socket(handle) { call_with_value("socket_import_stream", stream) } else { Ok(stream) }
}
