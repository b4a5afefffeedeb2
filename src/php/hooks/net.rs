//! Hooks of functions that ask name servers, and of mail(). A helper process calls PHP's function and sends back the
//! result. So the answers, warnings and time limits are those of PHP and of the system.

use super::flags::{self, Flag, Hook, may_wait};
use crate::os::{Errno, helper};
use crate::php::{dns, transfer};
use crate::rt::core::handles::TransferToken;
use crate::rt::core::registrations::Direction;
use crate::rt::helper_process;
use crate::rt::helper_process::start::{self, tell};
use crate::zend::captured_errors;
use crate::zend::encoded::{decode, encode, put_number, take_bytes, take_number};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::function_hooks::{Call, handled};
use crate::zend::globals;
use crate::zend::recv_buffer::StringBuffer;
use crate::zend::values::{Owned, Text};
use std::os::fd::AsRawFd;

pub(super) const HOOK: Hook = Hook {
    functions: &[
        handled!("gethostbyname", may_ask, |call| ask(call, Kind::OfName)),
        handled!("gethostbynamel", may_ask, |call| ask(call, Kind::Other)),
        handled!("gethostbyaddr", may_ask, |call| ask(call, Kind::OfName)),
        handled!("dns_check_record", may_ask, |call| ask(call, Kind::Other)),
        handled!("checkdnsrr", may_ask, |call| ask(call, Kind::Other)),
        handled!("dns_get_mx", may_ask, |call| ask(call, Kind::Other)),
        handled!("getmxrr", may_ask, |call| ask(call, Kind::Other)),
        handled!("dns_get_record", may_ask, |call| ask(call, Kind::Other)),
        handled!("mail", may_ask, |call| ask(call, Kind::Mail)),
    ],
    ..Hook::of(Flag::NET_FUNCTION)
};

fn may_ask() -> bool {
    may_wait(Flag::NET_FUNCTION)
}

/// The functions have fewer parameters.
const PARAMETERS: usize = 8;

/// The kinds of functions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It returns its argument if there is no answer.
    OfName,
    /// It returns false if there is no answer.
    Other,
    /// It starts a program, so it must not be called twice.
    Mail,
}

/// A helper's answer if the function has thrown. The function throws before it sends a request.
const THROWN: &[u8] = b"!";

/// Lets a helper make the call. A cancelled call has no answer.
fn ask(call: &Call<'_>, kind: Kind) -> Outcome<()> {
    match dns::wait_for_turn(None) {
        Ok(()) => {}
        Err(dns::ResolveError::Failure(failure)) => return Err(failure),
        Err(_) => return give_nothing(call, kind),
    }
    let started = start::start(|to, mask| {
        helper::close_others(&[to.as_raw_fd()]);
        match kind {
            // The program that mail() starts has the standard descriptors and the signal mask of the script.
            Kind::Mail => mask.restore(),
            _ => helper_process::detach(),
        }
        tell(to, &answer(call));
    });
    let Ok(started) = started else {
        dns::call_next();
        return call.original();
    };
    let token = globals::with(|runtime| runtime.transfers.insert_lookup(started));
    let read = read_answer(token);
    transfer::close(token);
    dns::call_next();
    match read? {
        Ok(text) if text.bytes() == THROWN => call.original(),
        Ok(text) if text.bytes().last() == Some(&END) => settle(call, &text),
        Err(Errno::ECANCELED) => give_nothing(call, kind),
        // The helper was killed, perhaps after it had sent the mail.
        _ if kind == Kind::Mail => give_nothing(call, kind),
        _ => call.original(),
    }
}

fn read_answer(token: TransferToken) -> Outcome<Result<Text, Errno>> {
    // Other coroutines have their turn, even if the answer comes at once.
    if let Err(errno) = transfer::wait(token, Direction::Read, None)? {
        return Ok(Err(errno));
    }
    let mut answer = StringBuffer::new();
    Ok(transfer::read_to_end(token, &mut answer)?.map(|()| answer.into_text()))
}

fn give_nothing(call: &Call<'_>, kind: Kind) -> Outcome<()> {
    match call.argument(0).filter(|_| kind == Kind::OfName) {
        Some(question) => call.give(Owned::of(question)),
        None => call.give(false),
    }
    Ok(())
}

/// The last byte of an answer shows that nothing is missing.
const END: u8 = b'.';

/// In the helper: makes the call.
fn answer(call: &Call<'_>) -> Vec<u8> {
    flags::reset();
    captured_errors::capture();
    let mut text = Vec::new();
    match call.original() {
        Ok(()) => {}
        Err(Failure::Thrown) => return THROWN.to_vec(),
        Err(_) => return text,
    }
    let told = captured_errors::take();
    put_number(told.len(), &mut text);
    for (kind, message) in told {
        text.extend(kind.to_ne_bytes());
        put_number(message.len(), &mut text);
        text.extend(message);
    }
    if let Some(result) = call.result() {
        encode(result, &mut text);
    }
    for variable in
        (0..PARAMETERS).filter(|&index| call.is_variable(index)).filter_map(|index| call.argument(index))
    {
        encode(variable, &mut text);
    }
    text.push(END);
    text
}

/// Returns to the script what the helper has sent.
fn settle(call: &Call<'_>, text: &Text) -> Outcome<()> {
    let mut rest = text.bytes();
    let count = take_number(&mut rest).unwrap_or(0);
    for _ in 0..count {
        let kind = take_bytes(&mut rest, size_of::<i32>()).and_then(|kind| kind.try_into().ok());
        let message = take_number(&mut rest).and_then(|length| take_bytes(&mut rest, length));
        if let (Some(kind), Some(message)) = (kind, message) {
            captured_errors::raise(i32::from_ne_bytes(kind), message);
        }
    }
    let result = decode(&mut rest);
    for index in (0..PARAMETERS).filter(|&index| call.is_variable(index)) {
        if let Some(value) = decode(&mut rest) {
            call.assign(index, value)?;
        }
    }
    if let Some(result) = result {
        call.give(result);
    }
    Ok(())
}
