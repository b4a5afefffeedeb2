//! The methods that create, defer, yield, resume, sleep, cancel and join.

use crate::php::launch::{create, current};
use crate::php::{coroutine_data, outcome, waiting};
use crate::rt::core::scheduler::ResumeError;
use crate::rt::core::switch;
use crate::rt::core::wait::{Cid, WaitKind, Waiter, Wake};
use crate::zend::arguments::{Callable, Rest};
use crate::zend::arrays::Array;
use crate::zend::callback::Callback;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::fiber::Fibers;
use crate::zend::globals;
use crate::zend::jump;
use crate::zend::values::Owned;
use std::time::Duration;

/// `SWOOLE_ERROR_INVALID_PARAMS`.
const INVALID_PARAMS: i64 = 505;
/// `SWOOLE_ERROR_WRONG_OPERATION`.
const WRONG_OPERATION: i64 = 509;
/// `SWOOLE_ERROR_CO_CANNOT_CANCEL`.
const CANNOT_CANCEL: i64 = 10015;
/// `SWOOLE_ERROR_CO_NOT_EXISTS`.
const NOT_EXISTS: i64 = 10016;
/// `SWOOLE_ERROR_CO_TIMEDOUT`.
const TIMED_OUT: i64 = 10018;

/// The shortest sleep in seconds.
const SHORTEST: f64 = 0.001;

pub(super) fn create_from_script(callback: Callable<'_>, arguments: Rest<'_>) -> Outcome<Cid> {
    create(callback.keep(), arguments.iter().map(Owned::of))
}

/// Calls `callback` at the end of the running coroutine.
pub(super) fn defer(callback: Callback) -> Outcome<()> {
    let own = current().ok_or_else(|| outcome::error("API must be called in the coroutine"))?;
    coroutine_data::defer(own, callback);
    Ok(())
}

pub(super) fn defer_from_script(callback: Callable<'_>) -> Outcome<()> {
    defer(callback.keep())
}

#[inline(always)]
pub(super) fn give_way() -> Outcome<bool> {
    Ok(waiting::wait(WaitKind::Resume, None)? == Wake::Ready)
}

/// The alias of `yield()`. It is a function of its own, so that each of the two is inlined into its handler: every call
/// that a switch leaves open is a return that the processor predicts wrongly.
pub(super) fn suspend() -> Outcome<bool> {
    give_way()
}

pub(super) fn resume(cid: Cid) -> Outcome<bool> {
    match switch::resume::<Fibers>(cid) {
        Ok(back) => waiting::came_back(back).map(|()| true),
        Err(ResumeError::Unknown | ResumeError::Runs | ResumeError::Waits) => {
            Err(outcome::warning("can not resume the coroutine which is in IO operation or non-existent"))
        }
    }
}

pub(super) fn sleep(seconds: f64) -> Outcome<bool> {
    // NaN is not long enough either.
    if !matches!(seconds.partial_cmp(&SHORTEST), Some(order) if order.is_ge()) {
        return Err(outcome::warning("Timer must be greater than or equal to 0.001"));
    }
    Ok(waiting::wait(WaitKind::Time, waiting::limit(seconds))? == Wake::TimedOut)
}

pub(super) fn cancel(cid: Cid, throw: bool) -> Outcome<bool> {
    match globals::with(|runtime| runtime.core.scheduler.wait_to_cancel(cid)) {
        Ok(waiter) => {
            let how = if throw { Wake::Interrupted } else { Wake::Canceled };
            waiting::wake_when_possible(waiter, how).map(|()| true)
        }
        Err(ResumeError::Unknown) => Err(refused(NOT_EXISTS)),
        Err(ResumeError::Runs | ResumeError::Waits) => Err(refused(CANNOT_CANCEL)),
    }
}

pub(super) fn join(cids: Array<'_>, timeout: f64) -> Outcome<bool> {
    waiting::must_be_inside()?;
    let waiter = begin_join(cids, waiting::limit(timeout))?;
    match waiting::suspend(waiter)? {
        Wake::Ready => Ok(true),
        Wake::TimedOut => Err(refused(TIMED_OUT)),
        _ => Ok(false),
    }
}

/// Begins to wait until all of these have ended. As in Swoole, a coroutine has only one joiner.
fn begin_join(cids: Array<'_>, limit: Option<Duration>) -> Outcome<Waiter> {
    // A conversion may run code of the script, which must not run once the wait has begun.
    let cids = cids.convert(|value| Some(value.to_int()).filter(|_| !jump::is_thrown()));
    let cids = cids.ok_or(Failure::Thrown)?;
    let cids = || cids.as_array().iter().map(|(_, value)| value.to_int());
    let own = current();
    let mut is_any = false;
    for cid in cids() {
        if Some(cid) == own {
            outcome::set_last_error(WRONG_OPERATION);
            return Err(outcome::warning("can not join self"));
        }
        match globals::with(|runtime| runtime.core.scheduler.is_joined(cid)) {
            Some(true) => return Err(refused(WRONG_OPERATION)),
            Some(false) => is_any = true,
            None => {}
        }
    }
    if !is_any {
        return Err(refused(INVALID_PARAMS));
    }
    let waiter = waiting::begin(WaitKind::Event, limit)?;
    globals::with(|runtime| runtime.core.scheduler.join(cids(), waiter));
    Ok(waiter)
}

/// Returns false, and sets the code.
fn refused(code: i64) -> Failure {
    outcome::set_last_error(code);
    Failure::False
}
