//! Sending and receiving several strings with one call.

use super::exception::EXCEPTION;
use super::io::{count, receive_all, with_room};
use super::state::{Socket, fail};
use super::wait::{finish, transfer};
use crate::php::waiting::Halt;
use crate::rt::core::handles::SocketToken;
use crate::rt::core::registrations::Direction;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::object::This;
use crate::zend::values::{Text, Value};
use std::io::IoSlice;

/// The largest number of parts of one system call: `IOV_MAX`.
const MOST: usize = 1024;

fn refuse(at: usize, what: &str) -> Failure {
    Failure::Throw { class: &EXCEPTION, message: format!("Item #[{at}] {what}").into(), code: 0 }
}

fn refuse_type(at: usize, expected: &str, given: Value<'_>) -> Failure {
    refuse(at, &format!("must be of type {expected}, {} given", given.type_name()))
}

/// Checks the lengths of the parts to read. Returns their sum.
fn lengths(parts: Array<'_>) -> Outcome<usize> {
    let mut whole: usize = 0;
    for (at, (_, part)) in parts.iter().enumerate() {
        let length = part.as_int().ok_or_else(|| refuse_type(at, "int", part))?;
        let length = usize::try_from(length).map_err(|_| refuse(at, "must be greater than 0"))?;
        whole = whole.saturating_add(length);
    }
    Ok(whole)
}

/// Splits the received data into parts of these lengths. The last part may be shorter, and the parts after it are
/// missing.
fn spread(parts: Array<'_>, mut received: &[u8]) -> NewArray {
    let mut spread = NewArray::with_capacity(u32::try_from(parts.len()).unwrap_or(0));
    for (_, length) in parts.iter() {
        let length = usize::try_from(length.as_int().unwrap_or(0)).unwrap_or(0).min(received.len());
        if received.is_empty() {
            break;
        }
        let (part, rest) = received.split_at(length);
        spread.push(Text::new(part));
        received = rest;
    }
    spread
}

pub(super) fn read(this: This<'_, Socket>, parts: Array<'_>, timeout: f64) -> Outcome<NewArray> {
    let token = this.token()?;
    // Other coroutines run while this one waits.
    let held = parts.values();
    let parts = held.as_array();
    let whole = lengths(parts)?;
    if whole == 0 {
        return Ok(NewArray::with_capacity(0));
    }
    let result = transfer(token, Direction::Read, timeout, || {
        with_room(token, whole, |runtime, buffer| {
            Ok(runtime.sockets.claim(token, Direction::Read)?.receive(buffer.text())?.len)
        })
    });
    let text: Text = finish(this, result)?;
    Ok(spread(parts, text.bytes()))
}

pub(super) fn read_all(this: This<'_, Socket>, parts: Array<'_>, timeout: f64) -> Outcome<NewArray> {
    let token = this.token()?;
    let held = parts.values();
    let parts = held.as_array();
    let text = receive_all(this, token, lengths(parts)?, timeout)?;
    Ok(spread(parts, text.bytes()))
}

/// Checks the parts to write. Returns their total length.
fn texts(parts: Array<'_>) -> Outcome<usize> {
    let mut whole = 0;
    for (at, (_, part)) in parts.iter().enumerate() {
        let bytes = part.as_bytes().ok_or_else(|| refuse_type(at, "string", part))?;
        if bytes.is_empty() {
            return Err(refuse(at, "cannot be empty string"));
        }
        whole += bytes.len();
    }
    Ok(whole)
}

/// The rest of the parts after `sent` bytes, as many as one system call takes.
fn rest(parts: Array<'_>, mut sent: usize) -> Vec<IoSlice<'_>> {
    let mut rest = Vec::new();
    for (_, part) in parts.iter() {
        let bytes = part.as_bytes().unwrap_or_default();
        match bytes.get(sent..) {
            None | Some([]) => {}
            Some(left) if rest.len() < MOST => rest.push(IoSlice::new(left)),
            Some(_) => break,
        }
        sent = sent.saturating_sub(bytes.len());
    }
    rest
}

fn send(token: SocketToken, parts: Array<'_>, sent: usize) -> crate::rt::socket::Attempt<usize> {
    let rest = rest(parts, sent);
    globals::with(|runtime| runtime.sockets.claim(token, Direction::Write)?.send_parts(&rest))
}

pub(super) fn write(this: This<'_, Socket>, parts: Array<'_>, timeout: f64) -> Outcome<i64> {
    let token = this.token()?;
    let held = parts.values();
    let parts = held.as_array();
    if texts(parts)? == 0 {
        return Ok(0);
    }
    let result = transfer(token, Direction::Write, timeout, || Ok(send(token, parts, 0)));
    finish(this, result.map(count))
}

pub(super) fn write_all(this: This<'_, Socket>, parts: Array<'_>, timeout: f64) -> Outcome<i64> {
    let token = this.token()?;
    let held = parts.values();
    let parts = held.as_array();
    let whole = texts(parts)?;
    let mut sent = 0;
    let result = transfer(token, Direction::Write, timeout, || {
        while sent < whole {
            match send(token, parts, sent) {
                Ok(more) => sent += more,
                Err(stop) => return Ok(Err(stop)),
            }
        }
        Ok(Ok(()))
    });
    match result {
        // The properties have the reason why it is not all.
        Err(Halt::Errno(errno)) if sent > 0 => {
            fail(this, errno);
            Ok(count(sent))
        }
        result => finish(this, result.map(|()| count(sent))),
    }
}
