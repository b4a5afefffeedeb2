//! Sending and receiving.

use super::address;
use super::state::{Socket, fail};
use super::wait::{finish, halt, halted, transfer};
use crate::os::address::Address;
use crate::php::log;
use crate::php::waiting::Halt;
use crate::rt::core::handles::SocketToken;
use crate::rt::core::registrations::Direction;
use crate::rt::runtime::Runtime;
use crate::rt::socket::{Attempt, Received, Stop};
use crate::zend::arguments::Reference;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::object::This;
use crate::zend::recv_buffer::{self, Buffer, StringBuffer};
use crate::zend::values::Text;

/// The default length of a receive, in bytes. For a larger length, the buffer has only the size of the data that is
/// there.
const USUAL: usize = 65536;

/// The length to receive. Zero and negative numbers mean the default.
pub(super) fn wanted(length: i64) -> usize {
    usize::try_from(length).ok().filter(|&length| length > 0).unwrap_or(USUAL)
}

/// The size of a buffer for a call that takes at most `wanted` bytes.
fn room(token: SocketToken, wanted: usize) -> Attempt<usize> {
    if wanted <= USUAL {
        return Ok(wanted);
    }
    let found = globals::with(|runtime| {
        runtime.sockets.claim(token, Direction::Read).and_then(|socket| socket.room_for(wanted))
    })?;
    Ok(wanted.min(found.max(USUAL)))
}

/// A string with the data that `fill` receives.
pub(super) fn with_room(
    token: SocketToken,
    wanted: usize,
    fill: impl FnOnce(&mut Runtime, &mut Buffer<'_>) -> Attempt<usize>,
) -> Outcome<Attempt<Text>> {
    match room(token, wanted) {
        Ok(room) => recv_buffer::receive(room, fill),
        Err(stop) => Ok(Err(stop)),
    }
}

pub(super) fn recv(this: This<'_, Socket>, length: i64, timeout: f64) -> Outcome<Text> {
    let token = this.token()?;
    let wanted = wanted(length);
    let result = transfer(token, Direction::Read, timeout, || {
        let mut cut = None;
        let text = with_room(token, wanted, |runtime, buffer| {
            let received = runtime.sockets.claim(token, Direction::Read)?.receive(buffer.text())?;
            cut = Some(received).filter(|received| received.message > received.len);
            Ok(received.len)
        });
        if let Some(received) = cut {
            note_cut("recv", received);
        }
        text
    });
    finish(this, result)
}

#[cold]
fn note_cut(method: &str, Received { len, message }: Received) {
    log::warning(&format!(
        "Coroutine\\Socket::{method}(): a message of {message} bytes was cut to {len} bytes, the size that was read"
    ));
}

pub(super) fn peek(this: This<'_, Socket>, length: i64) -> Outcome<Text> {
    let token = this.token()?;
    let wanted = wanted(length);
    let text = with_room(token, wanted, |runtime, buffer| {
        runtime.sockets.claim(token, Direction::Read)?.peek(buffer.text())
    })?;
    finish(this, text.map_err(|stop| halt(stop, Direction::Read)))
}

pub(super) fn recv_all(this: This<'_, Socket>, length: i64, timeout: f64) -> Outcome<Text> {
    receive_all(this, this.token()?, wanted(length), timeout)
}

/// Receives `wanted` bytes, fewer at the end.
pub(super) fn receive_all(
    this: This<'_, Socket>,
    token: SocketToken,
    wanted: usize,
    timeout: f64,
) -> Outcome<Text> {
    let mut text = StringBuffer::new();
    let result = transfer(token, Direction::Read, timeout, || collect(token, wanted, &mut text));
    match result {
        Ok(()) => finish(this, Ok(text.into_text())),
        // The script gets the data that has arrived. The properties have the reason why it is not all.
        Err(Halt::Errno(errno) | Halt::Warning(_, errno)) if text.len() > 0 => {
            fail(this, errno);
            Ok(text.into_text())
        }
        Err(Halt::Failure(failure)) => {
            // The exception replaces the result. The next call that receives gets the data.
            globals::with(|runtime| runtime.sockets.give_back(token, text.bytes()));
            Err(failure)
        }
        Err(halt) => Err(halted(this, halt)),
    }
}

/// Receives until there are `wanted` bytes, one message, or EOF.
fn collect(token: SocketToken, wanted: usize, text: &mut StringBuffer) -> Outcome<Attempt<()>> {
    while text.len() < wanted {
        let most = wanted - text.len();
        let room = match globals::with(|runtime| runtime.sockets.room_for_part(token, most)) {
            Ok(room) => room,
            Err(stop) => return Ok(Err(stop)),
        };
        text.reserve(room)?;
        let mut is_last = false;
        let received = text.fill(room, |runtime, buffer| {
            let (len, last) = runtime.sockets.receive_part(token, buffer)?;
            is_last = last;
            Ok::<_, Stop>(len)
        });
        if received.is_err() || is_last {
            return Ok(received.map(drop));
        }
    }
    Ok(Ok(()))
}

pub(super) fn count(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

pub(super) fn send(this: This<'_, Socket>, data: &[u8], timeout: f64) -> Outcome<i64> {
    let token = this.token()?;
    let result = transfer(token, Direction::Write, timeout, || {
        Ok(globals::with(|runtime| runtime.sockets.claim(token, Direction::Write)?.send(data)))
    });
    finish(this, result.map(count))
}

pub(super) fn send_all(this: This<'_, Socket>, data: &[u8], timeout: f64) -> Outcome<i64> {
    let token = this.token()?;
    let mut sent = 0;
    let result = transfer(token, Direction::Write, timeout, || {
        Ok(globals::with(|runtime| runtime.sockets.send_rest(token, data, &mut sent)))
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

pub(super) fn recv_from(this: This<'_, Socket>, peer: Reference<'_>, timeout: f64) -> Outcome<Text> {
    let (text, from) = recv_with_address(this, usize::MAX, timeout)?;
    peer.assign(address::show(&from))?;
    Ok(text)
}

/// The received data and its sender.
pub(super) fn recv_with_address(
    this: This<'_, Socket>,
    most: usize,
    timeout: f64,
) -> Outcome<(Text, Address)> {
    let token = this.token()?;
    let result = transfer(token, Direction::Read, timeout, || {
        let mut from = Address::Other;
        let text = with_room(token, most, |runtime, buffer| {
            let (len, address) =
                runtime.sockets.claim(token, Direction::Read)?.receive_from(buffer.text())?;
            from = address;
            Ok(len)
        })?;
        Ok(text.map(|text| (text, from)))
    });
    finish(this, result)
}

pub(super) fn send_to(this: This<'_, Socket>, host: &[u8], port: i64, data: &[u8]) -> Outcome<i64> {
    let token = this.token()?;
    let result = address::find(token, host).and_then(|host| {
        transfer(token, Direction::Write, 0.0, || {
            Ok(address::parse(token, host, port).map_err(Stop::Failed).and_then(|to| {
                globals::with(|runtime| runtime.sockets.claim(token, Direction::Write)?.send_to(data, &to))
            }))
        })
    });
    finish(this, result.map(count))
}
