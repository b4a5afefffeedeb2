//! stream_select(): waits until the original function need not wait, and then calls it with a time limit of zero.

use super::hooked::deadline_of;
use super::waits::{HOOKS, WaitOutcome};
use crate::os::epoll::Interest;
use crate::rt::core::handles::SelectionToken;
use crate::zend::arguments::Arguments;
use crate::zend::arrays::Array;
use crate::zend::bindings::*;
use crate::zend::errors::{self, Outcome};
use crate::zend::frame::{Frame, Slot};
use crate::zend::function_hooks::Original;
use crate::zend::values::{Owned, Value};
use crate::zend::{globals, streams};
use std::time::Instant;

/// Calls the function when one of the streams is ready, or the time is over.
pub(crate) fn call(original: &Original, frame: &Frame, slot: &Slot) {
    match errors::net(|| wait(frame)) {
        Ok(()) => original.call(frame, slot),
        // SAFETY: the engine passes a valid slot that holds nothing to be released.
        Err(failure) => failure.settle(unsafe { &mut *slot.as_ptr() }),
    }
}

/// The arguments with the time limit.
const SECONDS: usize = 3;
const MICROSECONDS: usize = 4;

fn wait(frame: &Frame) -> Outcome<()> {
    let arguments = Arguments::passed(frame);
    // The function itself reports wrong arguments, before it waits.
    let Some(limit) = limit(arguments) else { return Ok(()) };
    let token = globals::with(|runtime| runtime.selections.open());
    let ended = select(arguments, token, limit);
    globals::with(|runtime| runtime.selections.close(token));
    ended?;
    // The function itself must not wait any more.
    for index in [SECONDS, MICROSECONDS] {
        arguments.replace_int(index, 0);
    }
    Ok(())
}

/// The time until which the function may wait; `None` if it does not wait.
fn limit(arguments: Arguments<'_>) -> Option<Option<Instant>> {
    let seconds = arguments.value(SECONDS)?;
    let micros = arguments.value(MICROSECONDS).filter(|value| !value.is_null());
    if seconds.is_null() {
        return micros.is_none_or(|micros| micros.as_int() == Some(0)).then_some(None);
    }
    let is_exact = |value: Value<'_>| value.as_int().is_some();
    if arguments.are_strict() && !(is_exact(seconds) && micros.is_none_or(is_exact)) {
        return None;
    }
    let (seconds, micros) = (number(seconds)?, micros.map_or(Some(0), number)?);
    if seconds < 0 || micros < 0 {
        return None;
    }
    let (more, tv_usec) = (micros / MICROS, micros % MICROS);
    Some(deadline_of(timeval { tv_sec: seconds.checked_add(more)?, tv_usec }))
}

const MICROS: i64 = 1_000_000;

/// A number, or a value that the engine converts to a number without a warning.
fn number(value: Value<'_>) -> Option<i64> {
    let is_whole = |number: &f64| number.fract() == 0.0;
    let text = || std::str::from_utf8(value.as_bytes()?).ok()?.parse().ok();
    value
        .as_int()
        .or_else(|| value.as_float().filter(is_whole).map(|_| value.to_int()))
        .or_else(|| value.as_bool().map(i64::from))
        .or_else(text)
}

fn select(arguments: Arguments<'_>, token: SelectionToken, deadline: Option<Instant>) -> Outcome<()> {
    for (index, interest) in [Interest::READ, Interest::WRITE, Interest::URGENT].into_iter().enumerate() {
        // A stream of a class of the script may change the variable when it is asked for its descriptor.
        let held = arguments.value(index).map(Owned::of);
        let Some(array) = held.as_ref().and_then(|held| Array::of(held.as_value())) else { continue };
        for (_, value) in array.iter() {
            let held = streams::hold(value);
            let Some(stream) = streams::open_stream(held.as_value()) else { continue };
            // SAFETY: the stream is open.
            let has_read_ahead = unsafe { stream.as_ref().writepos > stream.as_ref().readpos };
            if interest == Interest::READ && has_read_ahead {
                return Ok(());
            }
            let Some(fd) = streams::cast(stream, PHP_STREAM_AS_FD_FOR_SELECT) else { continue };
            // The cast of a TLS stream may have moved data of its session into the read buffer.
            // SAFETY: as above.
            if interest == Interest::READ && unsafe { stream.as_ref().writepos > stream.as_ref().readpos } {
                return Ok(());
            }
            globals::with(|runtime| runtime.selections.add(token, fd, interest));
        }
    }
    let Some(hooks) = HOOKS.get() else { return Ok(()) };
    if globals::with(|runtime| runtime.selections.is_empty(token)) {
        return Ok(());
    }
    loop {
        if globals::with(|runtime| runtime.selections.is_ready(token)) {
            return Ok(());
        }
        if (hooks.select)(token, deadline)? != WaitOutcome::Ready {
            return Ok(());
        }
    }
}
