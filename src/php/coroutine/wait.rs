//! How a coroutine waits: begin, tell those who will wake it, give way.

use super::{CANCELED, came_back};
use crate::php::outcome;
use crate::rt::coroutine::switch::{self, Stacks};
use crate::rt::coroutine::{On, Waiter, Wake};
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::fiber::{self, Fibers};
use std::time::Duration;

/// `SWOOLE_ERROR_CO_CANCELED`.
const CANCELED_CODE: i64 = 10017;

/// A time limit as scripts give it, in seconds: none for nought, negative ones and what is no number.
pub(in crate::php) fn limit(seconds: f64) -> Option<Duration> {
    // Beyond all clocks is for ever, too.
    if seconds > 0.0 { Duration::try_from_secs_f64(seconds).ok() } else { None }
}

/// Fails where nobody can give way: outside of coroutines, and where the engine forbids it.
pub(in crate::php) fn must_be_inside() -> Outcome<()> {
    if Fibers::runtime(|runtime| runtime.coroutines.running()).is_none() {
        return Err(outcome::error("API must be called in the coroutine"));
    }
    may_switch()
}

/// Fails where the engine forbids a switch to another coroutine.
pub(in crate::php) fn may_switch() -> Outcome<()> {
    if fiber::is_blocked() {
        return Err(outcome::error("cannot switch coroutines in the current execution context"));
    }
    Ok(())
}

/// The coroutine that runs begins to wait, for `limit` at most. Until [`give_way`] nothing of the script may run.
pub(in crate::php) fn begin(on: On, limit: Option<Duration>) -> Outcome<Waiter> {
    must_be_inside()?;
    switch::begin_wait::<Fibers>(on, limit).ok_or(Failure::False)
}

/// Gives way until the wait is over: whether it is ready, was cancelled, or has taken too long. A cancellation with
/// an exception, and the end of the request, are failures; so nothing that must be released may be on the stack.
pub(in crate::php) fn give_way() -> Outcome<Wake> {
    match switch::give_way::<Fibers>() {
        Wake::Interrupted => {
            outcome::set_last_error(CANCELED_CODE);
            Err(Failure::Throw { class: &CANCELED, message: "".into(), code: 0 })
        }
        Wake::Unwound => Err(errors::unwind()),
        Wake::Canceled => {
            outcome::set_last_error(CANCELED_CODE);
            Ok(Wake::Canceled)
        }
        wake => Ok(wake),
    }
}

/// As [`begin`] and [`give_way`], for those whom nobody needs to know.
pub(in crate::php) fn wait(on: On, limit: Option<Duration>) -> Outcome<Wake> {
    begin(on, limit)?;
    give_way()
}

/// Ends a wait and runs that coroutine until it gives way again; false when the wait was over already.
pub(in crate::php) fn wake(waiter: Waiter, wake: Wake) -> Outcome<bool> {
    match switch::wake::<Fibers>(waiter, wake) {
        Some(back) => came_back(back).map(|()| true),
        None => Ok(false),
    }
}
