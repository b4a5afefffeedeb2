//! Whole messages of any value: `send`, `receive`.

use super::handles::{as_pipe, carrier, copy_of, hold, own_timeout, send_alone};
use super::state::Process;
use crate::os::Errno;
use crate::php::serialized::{self, Encoded};
use crate::php::{outcome, socket, waiting};
use crate::rt::core::clock;
use crate::rt::fd_passing::Place;
use crate::rt::handle::{ArrivalKind, Value as Message};
use crate::rt::runtime::Runtime;
use crate::zend::arguments::Reference;
use crate::zend::arrays::Array;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::object::This;
use crate::zend::recv_buffer::StringBuffer;
use crate::zend::values::{Owned, Text, Value};
use std::time::Duration;

pub(super) fn send(this: This<'_, Process>, value: Value<'_>) -> Outcome<bool> {
    let state = this.state()?;
    let token = carrier(state, "no pipe, cannot send a value")?;
    // The script's methods may run here; nothing has been begun yet.
    let encoded = Encoded::new(value)?;
    let is_inside = waiting::must_be_inside().is_ok();
    let copy = if is_inside { Some(copy_of(state, token)?) } else { None };
    let begun = globals::with(|Runtime { fd_passing, pipes, .. }| {
        fd_passing.begin_value(pipes, token, encoded.form(), encoded.text())
    });
    drop(encoded);
    let name = begun.map_err(|errno| outcome::system("sendmsg()", errno))?;
    let sent = match copy {
        Some(copy) => socket::send_outgoing(copy, name, clock::deadline(own_timeout(token)))
            .map(|()| true)
            .map_err(|halt| as_pipe(halt, "sendmsg()", outcome::write)),
        None => send_alone(token, name),
    };
    globals::with(|runtime| runtime.fd_passing.end(name));
    sent
}

pub(super) fn receive(
    this: This<'_, Process>,
    timeout: f64,
    received: Option<Reference<'_>>,
    options: Array<'_>,
) -> Outcome<Owned> {
    serialized::received(received, || receive_value(this, timeout, options))
}

fn receive_value(this: This<'_, Process>, timeout: f64, options: Array<'_>) -> Outcome<Owned> {
    let state = this.state()?;
    let token = carrier(state, "no pipe, cannot receive a value")?;
    // Before a value is received, which would be lost.
    serialized::check_options(options)?;
    let limit = if timeout < 0.0 {
        own_timeout(token)
    } else {
        // NaN, and what is beyond the clock's range, are no limit.
        Duration::try_from_secs_f64(timeout).ok()
    };
    let deadline = clock::deadline(limit);
    hold(state, token, ArrivalKind::Value, deadline)?;
    let (form, text) = take(Place::Pipe(token))?;
    serialized::decode(form, text, options)
}

/// Takes the first held value: its form and its text. It stays held when there is no memory for it, or a system call
/// fails.
fn take(place: Place) -> Outcome<(u8, Text)> {
    let failed = |errno| {
        if errno == Errno::EBADMSG {
            drop_first(place);
        }
        outcome::system("pread()", errno)
    };
    let head = globals::with(|runtime| first(runtime, place).map_or(Err(Errno::EBADF), Message::head));
    let (form, len) = head.map_err(failed)?;
    let mut text = StringBuffer::new();
    text.reserve(len)?;
    let filled = text
        .fill(len, |runtime, room| first(runtime, place).map_or(Err(Errno::EBADF), |value| value.take(room)));
    filled.map_err(failed)?;
    drop_first(place);
    Ok((form, text.into_text()))
}

/// Drops the first held value: the script has received it, or it is damaged.
fn drop_first(place: Place) {
    globals::with(|Runtime { fd_passing, pipes, sockets, .. }| fd_passing.drop_value(pipes, sockets, place));
}

/// The first held value.
fn first(runtime: &mut Runtime, place: Place) -> Option<&mut Message> {
    runtime.fd_passing.first_value(&mut runtime.pipes, &mut runtime.sockets, place)
}
