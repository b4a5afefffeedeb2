//! Lines and packets, which are received whole.

use super::io::wanted;
use super::state::{Socket, fail, fail_with};
use super::tls;
use super::wait::{finish, transfer};
use crate::os::Errno;
use crate::php::outcome;
use crate::rt::core::handles::SocketToken;
use crate::rt::core::registrations::Direction;
use crate::rt::socket::protocol::{Framing, LengthField, LengthFormat, MAX_LENGTH, Protocol};
use crate::rt::socket::{Attempt, Next};
use crate::zend::arrays::Array;
use crate::zend::callback::Callback;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::object::This;
use crate::zend::recv_buffer;
use crate::zend::values::{Text, Value};
use std::rc::Rc;

/// `SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE`.
const TOO_LONG: i64 = 1201;
/// `SWOOLE_ERROR_PACKAGE_MALFORMED_DATA`.
const MALFORMED: i64 = 1204;
/// The longest `package_eof`, in bytes.
const LONGEST_EOF: usize = 8;

/// The first `len` received bytes.
fn take(token: SocketToken, len: usize) -> Outcome<Text> {
    let taken = recv_buffer::receive(len, |runtime, buffer| {
        let socket = runtime.sockets.get(token).ok_or(Errno::EBADF)?;
        Ok::<_, Errno>(socket.take(buffer.text()))
    })?;
    taken.map_err(outcome::silent)
}

/// Takes the data of which `attempt` returns the length.
fn receive(
    this: This<'_, Socket>,
    timeout: f64,
    mut attempt: impl FnMut(SocketToken) -> Attempt<usize>,
) -> Outcome<Text> {
    let token = this.token()?;
    let len = finish(this, transfer(token, Direction::Read, timeout, || Ok(attempt(token))))?;
    take(token, len)
}

pub(super) fn recv_line(this: This<'_, Socket>, length: i64, timeout: f64) -> Outcome<Text> {
    let most = wanted(length);
    receive(this, timeout, |token| globals::with(|runtime| runtime.sockets.next_line(token, most)))
}

pub(super) fn recv_with_buffer(this: This<'_, Socket>, length: i64, timeout: f64) -> Outcome<Text> {
    let most = wanted(length);
    receive(this, timeout, |token| globals::with(|runtime| runtime.sockets.next_bytes(token, most)))
}

pub(super) fn recv_packet(this: This<'_, Socket>, timeout: f64) -> Outcome<Text> {
    let token = this.token()?;
    let next = transfer(token, Direction::Read, timeout, || {
        loop {
            match globals::with(|runtime| runtime.sockets.next_packet(&runtime.core, token)) {
                Ok(Next::Ask) => match ask(this, token)? {
                    Ok(()) => {}
                    Err(next) => return Ok(Ok(next)),
                },
                next => return Ok(next),
            }
        }
    });
    match finish(this, next)? {
        Next::Packet(len) => take(token, len),
        Next::TooLong => Err(fail_with(this, TOO_LONG)),
        Next::Malformed => {
            fail_with(this, MALFORMED);
            Ok(Text::new(b""))
        }
        Next::End | Next::Ask => Ok(Text::new(b"")),
    }
}

/// Calls the script's function for the length of the packet at the beginning of the received bytes.
fn ask(this: This<'_, Socket>, token: SocketToken) -> Outcome<Result<(), Next>> {
    let Some(function) = this.length_function() else { return Ok(Err(Next::Malformed)) };
    let len = globals::with(|runtime| runtime.sockets.get(token).map_or(0, |socket| socket.received().len()));
    let received = recv_buffer::receive(len, |runtime, buffer| {
        Ok::<_, Errno>(runtime.sockets.get(token).map_or(0, |socket| buffer.text().put(0, socket.received())))
    })?;
    let received = received.map_err(outcome::silent)?;
    let told = function.number(received)?;
    let Ok(told) = usize::try_from(told) else { return Ok(Err(Next::Malformed)) };
    globals::with(|runtime| {
        if let Some(socket) = runtime.sockets.get(token) {
            socket.tell_length(told);
        }
    });
    Ok(Ok(()))
}

/// Parses the settings of packets. Returns the protocol, and the script's function for the length.
fn protocol(settings: Array<'_>) -> Outcome<(Protocol, Option<Callback>)> {
    let on = |name: &str| settings.get(name).is_some_and(Value::to_bool);
    // Conversions, and the search for a callable, may run PHP code: nothing of ours may be on the heap before.
    let eof = if on("open_eof_check") || on("open_eof_split") { Some(eof(settings)?) } else { None };
    let (by_length, function) = if on("open_length_check") { length(settings)? } else { (None, None) };
    let max_length = match settings.get("package_max_length") {
        Some(most) => size(most.to_int(), "package_max_length")?,
        None => MAX_LENGTH,
    };
    let framing = match (by_length, eof) {
        (Some(by_length), _) => by_length,
        _ if on("open_fastcgi_protocol") => Framing::FastCgi,
        _ if on("open_mqtt_protocol") => Framing::Mqtt,
        (_, Some(eof)) => Framing::Eof(eof.bytes().to_vec()),
        _ => Framing::None,
    };
    Ok((Protocol { framing, max_length }, function))
}

/// The bytes at the end of each packet.
fn eof(settings: Array<'_>) -> Outcome<Text> {
    let eof = match settings.get("package_eof") {
        Some(eof) => eof.to_text().ok_or(Failure::Thrown)?,
        None => Text::new(b"\r\n"),
    };
    match eof.bytes().len() {
        0 => Err(outcome::warning("package_eof cannot be an empty string")),
        1..=LONGEST_EOF => Ok(eof),
        _ => Err(outcome::warning(format!("package_eof max length is {LONGEST_EOF}"))),
    }
}

/// How the length of a packet is found: a field of it, or a function of the script.
fn length(settings: Array<'_>) -> Outcome<(Option<Framing>, Option<Callback>)> {
    match settings.get("package_length_func").filter(|function| function.to_bool()) {
        Some(value) => match Callback::find(value) {
            Some(function) => Ok((Some(Framing::Callback), Some(function))),
            None => Err(outcome::warning(outcome::not_callable(value))),
        },
        None => Ok((Some(Framing::Length(length_field(settings)?)), None)),
    }
}

fn length_field(settings: Array<'_>) -> Outcome<LengthField> {
    let letter = match settings.get("package_length_type") {
        Some(letter) => letter.to_text().ok_or(Failure::Thrown)?.bytes().first().copied().unwrap_or(0),
        None => b'N',
    };
    let format = LengthFormat::of(letter).ok_or_else(|| {
        let letter = char::from(letter);
        outcome::warning(format!("Unknown package_length_type name '{letter}', see pack()"))
    })?;
    let number = |name: &str| size(settings.get(name).map_or(0, Value::to_int), name);
    Ok(LengthField {
        format,
        offset: number("package_length_offset")?,
        body_offset: number("package_body_offset")?,
    })
}

fn size(number: i64, name: &str) -> Outcome<usize> {
    usize::try_from(number).map_err(|_| outcome::warning(format!("{name} must not be negative")))
}

/// As [`set_protocol`], for an accepted connection, which has the TLS settings of its listening socket.
pub(super) fn inherit(this: This<'_, Socket>, settings: Array<'_>) -> Outcome<bool> {
    let tls = this.tls.borrow().clone();
    set_protocol(this, settings)?;
    this.tls.replace(tls);
    Ok(true)
}

pub(super) fn set_protocol(this: This<'_, Socket>, settings: Array<'_>) -> Outcome<bool> {
    let token = this.token()?;
    let converted = if tls::is_asked(settings) { Some(tls::convert(settings)?) } else { None };
    let (protocol, function) = protocol(settings)?;
    let tls = converted.as_ref().map(tls::settings).transpose()?;
    drop(converted);
    let known = globals::with(|runtime| {
        runtime.sockets.get(token).map(|socket| socket.set_protocol(protocol)).ok_or(Errno::EBADF)
    });
    known.map_err(|errno| fail(this, errno))?;
    // The previous function is released when nothing is borrowed, because that may run code of the script.
    drop(this.length_function.replace(function));
    this.tls.replace(tls.map(Rc::new));
    Ok(true)
}
