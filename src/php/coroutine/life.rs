//! From creation to end: create, defer, yield, resume, sleep, cancel, join, and `exit` in a coroutine.

use super::{EXIT, body, came_back, info, local, options, share, wait};
use crate::php::{event_loop, outcome};
use crate::rt::core::clock::now;
use crate::rt::core::scheduler::Refused;
use crate::rt::core::switch::{self, Stacks};
use crate::rt::core::timers::Token;
use crate::rt::core::wait::{Cid, Slot, WaitKind, Waiter, Wake};
use crate::zend::arguments::{Callable, Rest};
use crate::zend::arrays::Array;
use crate::zend::callback::Callback;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::fiber::{self, Fibers};
use crate::zend::jump;
use crate::zend::object::This;
use crate::zend::task::Task;
use crate::zend::values::{Owned, Value};
use std::time::Duration;

/// `SWOOLE_EXIT_IN_COROUTINE`.
const IN_COROUTINE: i64 = 2;
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

/// The coroutine that runs.
pub(super) fn current() -> Option<Cid> {
    Fibers::core(|core| core.scheduler.current())
}

/// Whether a coroutine runs.
pub(super) fn is_inside() -> bool {
    Fibers::core(|core| core.scheduler.running()).is_some()
}

/// Makes a coroutine of a task, which is made in its place, and runs it until it gives way.
fn launch(task: impl FnOnce() -> Task, (slot, cid): (Slot, Cid)) -> Outcome<Cid> {
    share::begin();
    if let Err(failure) = fiber::prepare(slot, body::run, task) {
        Fibers::core(|core| core.scheduler.discard(slot));
        return Err(failure);
    }
    came_back(switch::run_when_possible::<Fibers>(slot))?;
    Ok(cid)
}

/// Makes a coroutine and runs it until it gives way; its number. A warning and false when there are too many.
pub(super) fn create(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<Cid> {
    create_task(|| Task::call(callback, arguments))
}

/// As [`create`], for a task that is made when there is room for its coroutine.
pub(super) fn create_task(task: impl FnOnce() -> Task) -> Outcome<Cid> {
    let most = options::max();
    // What it leaves to the loop is done when the script ends, unless somebody runs the loop before.
    event_loop::announce()?;
    let place = Fibers::core(|core| {
        let few = core.scheduler.len() < most;
        few.then(|| core.scheduler.create(now()))
    });
    match place {
        Some(place) => launch(task, place),
        None => Err(outcome::warning(format!("exceed max number of coroutine {most}"))),
    }
}

/// Makes a coroutine of the function of a process, or of a message. It is not refused for being one too many.
pub(super) fn create_always(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<()> {
    event_loop::announce()?;
    let place = Fibers::core(|core| core.scheduler.create(now()));
    launch(|| Task::call(callback, arguments), place).map(|_| ())
}

/// Runs the loop until nothing is left to do.
pub(super) fn start() -> Outcome<()> {
    event_loop::run(event_loop::Until::Empty)
}

/// Runs a callback of the loop as a coroutine. These do not count for the limit: an event must not be lost.
pub(super) fn call_kept(token: Token, number: i64) -> Outcome<()> {
    let place = Fibers::core(|core| core.scheduler.create(now()));
    launch(|| Task::kept(token, number), place).map(|_| ())
}

pub(super) fn create_from_script(callback: Callable<'_>, arguments: Rest<'_>) -> Outcome<Cid> {
    create(callback.keep(), arguments.iter().map(Owned::of))
}

/// Calls `callback` at the end of the coroutine that runs.
pub(super) fn defer(callback: Callback) -> Outcome<()> {
    let own = current().ok_or_else(|| outcome::error("API must be called in the coroutine"))?;
    local::defer(own, callback);
    Ok(())
}

pub(super) fn defer_from_script(callback: Callable<'_>) -> Outcome<()> {
    defer(callback.keep())
}

#[inline(always)]
pub(super) fn give_way() -> Outcome<bool> {
    Ok(wait::wait(WaitKind::Resume, None)? == Wake::Ready)
}

/// The other name of `yield()`: a function of its own, so that each is compiled into the one that the engine calls. Every
/// call that a switch leaves open is a return that the processor does not foresee.
pub(super) fn suspend() -> Outcome<bool> {
    give_way()
}

pub(super) fn resume(cid: Cid) -> Outcome<bool> {
    match switch::resume::<Fibers>(cid) {
        Ok(back) => came_back(back).map(|()| true),
        Err(Refused::Unknown | Refused::Runs | Refused::Waits) => {
            Err(outcome::warning("can not resume the coroutine which is in IO operation or non-existent"))
        }
    }
}

pub(super) fn sleep(seconds: f64) -> Outcome<bool> {
    // What is no number is not long enough either.
    if !matches!(seconds.partial_cmp(&SHORTEST), Some(order) if order.is_ge()) {
        return Err(outcome::warning("Timer must be greater than or equal to 0.001"));
    }
    Ok(wait::wait(WaitKind::Time, wait::limit(seconds))? == Wake::TimedOut)
}

pub(super) fn cancel(cid: Cid, throw: bool) -> Outcome<bool> {
    match Fibers::core(|core| core.scheduler.wait_to_cancel(cid)) {
        Ok(waiter) => {
            let how = if throw { Wake::Interrupted } else { Wake::Canceled };
            wait::wake_when_possible(waiter, how).map(|()| true)
        }
        Err(Refused::Unknown) => Err(refused(NOT_EXISTS)),
        Err(Refused::Runs | Refused::Waits) => Err(refused(CANNOT_CANCEL)),
    }
}

pub(super) fn join(cids: Array<'_>, timeout: f64) -> Outcome<bool> {
    wait::must_be_inside()?;
    let waiter = begin_join(cids, wait::limit(timeout))?;
    match wait::give_way(waiter)? {
        Wake::Ready => Ok(true),
        Wake::TimedOut => Err(refused(TIMED_OUT)),
        _ => Ok(false),
    }
}

/// Begins to wait until all of these have ended. As in Swoole only one coroutine can do that for another one.
fn begin_join(cids: Array<'_>, limit: Option<Duration>) -> Outcome<Waiter> {
    // A conversion may run code of the script, which may not while a wait has begun.
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
        match Fibers::core(|core| core.scheduler.is_joined(cid)) {
            Some(true) => return Err(refused(WRONG_OPERATION)),
            Some(false) => is_any = true,
            None => {}
        }
    }
    if !is_any {
        return Err(refused(INVALID_PARAMS));
    }
    let waiter = wait::begin(WaitKind::Event, limit)?;
    Fibers::core(|core| core.scheduler.join(cids(), waiter));
    Ok(waiter)
}

/// False, and why.
fn refused(code: i64) -> Failure {
    outcome::set_last_error(code);
    Failure::False
}

/// An exit in a coroutine is an exception there: the other coroutines and the loop go on, if it is caught.
pub(super) fn intercept_exit(status: Option<Value<'_>>) -> bool {
    if !is_inside() {
        return false;
    }
    let status = status.map(Owned::of);
    EXIT.throw(c"swoole exit", |exception: This<'_, info::Exit>| {
        exception.set("flags", IN_COROUTINE);
        match &status {
            Some(status) => exception.set_value("status", status.as_value()),
            None => exception.set("status", ()),
        }
    });
    true
}

pub(super) fn exit_flags(this: This<'_, info::Exit>) -> Outcome<i64> {
    // A script may have put something else there.
    Ok(this.get("flags").as_value().to_int())
}

pub(super) fn exit_status(this: This<'_, info::Exit>) -> Outcome<Owned> {
    Ok(this.get("status"))
}
