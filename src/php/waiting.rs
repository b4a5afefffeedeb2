//! How a coroutine waits: begin the wait, register what will wake it, yield.

use crate::os::{self, Errno};
use crate::php::exceptions::{CANCELED, TIMED_OUT};
use crate::php::outcome;
use crate::rt::core::clock::{self, WaitEnv, now};
use crate::rt::core::source::Source;
use crate::rt::core::switch::{self, Stop, SwitchResult};
use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use crate::rt::runtime::Runtime;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::fiber::{self, Fibers};
use crate::zend::{globals, interrupt_flag};
use std::borrow::Cow;
use std::time::{Duration, Instant};

/// `SWOOLE_ERROR_CO_CANCELED`.
const CANCELED_CODE: i64 = 10017;
/// `SWOOLE_ERROR_CO_TIMEDOUT`.
const TIMED_OUT_CODE: i64 = 10018;

/// Called after a coroutine has run and yielded: the request may have to end.
pub(super) fn came_back(back: SwitchResult) -> Outcome<()> {
    if back == SwitchResult::Failed { Err(Failure::Bailout) } else { Ok(()) }
}

/// A time limit in seconds, as scripts give it: no limit for zero, negative numbers and NaN.
pub(super) fn limit(seconds: f64) -> Option<Duration> {
    // A limit beyond the clock's range is no limit either.
    if seconds > 0.0 { Duration::try_from_secs_f64(seconds).ok() } else { None }
}

/// Fails outside of coroutines.
pub(super) fn must_be_coroutine() -> Outcome<()> {
    wakened(switch::must_be_inside::<Fibers>())
}

/// Fails where nothing can yield: outside of coroutines, and where the engine forbids switches.
pub(super) fn must_be_inside() -> Outcome<()> {
    must_be_coroutine()?;
    may_switch()
}

/// Fails where the engine forbids switches.
#[inline]
fn may_switch() -> Outcome<()> {
    if fiber::is_blocked() { Err(refusal(Stop::Blocked)) } else { Ok(()) }
}

/// The running coroutine begins to wait, for `limit` at most. No code of the script may run until [`suspend`].
#[inline]
pub(super) fn begin(on: WaitKind, limit: Option<Duration>) -> Outcome<Waiter> {
    may_switch()?;
    switch::begin_wait::<Fibers>(on, limit).ok_or_else(|| refusal(Stop::Outside))
}

/// Yields until the wait is over. Returns whether it is ready, was cancelled, or has timed out. A cancellation with an
/// exception, and the end of the request, are failures; so nothing that must be released may be on the stack.
#[inline]
pub(super) fn suspend(waiter: Waiter) -> Outcome<Wake> {
    woken(switch::suspend::<Fibers>(waiter))
}

/// How a wait for a source ended, and its result. `None` when there was no need to wait; an error when the wait could
/// not begin.
pub(super) type WaitEnd<T> = os::Result<Option<(Wake, T)>>;

/// Waits for a source, until `deadline` at most. Returns how the wait ended, and its result; `None` when there was no
/// need to wait; an error when the wait could not begin, `ETIMEDOUT` when the deadline has passed already.
pub(super) fn on<S: Source>(mut source: S, deadline: Option<Instant>) -> Outcome<WaitEnd<S::Output>>
where
    for<'a> S::Parts<'a>: From<&'a mut Runtime>,
{
    must_be_inside()?;
    let waiter = match globals::with(|runtime| source.arm(runtime.into(), deadline)) {
        Ok(Some(waiter)) => waiter,
        Ok(None) => return Ok(Ok(None)),
        Err(errno) => return Ok(Err(errno)),
    };
    let woken = suspend(waiter);
    let wake = *woken.as_ref().unwrap_or(&Wake::Interrupted);
    let output = globals::with(|runtime| source.disarm(runtime.into(), waiter, wake));
    Ok(Ok(Some((woken?, output))))
}

/// The moment at which a time limit in seconds expires.
pub(super) fn deadline(seconds: f64) -> Option<Instant> {
    clock::deadline(limit(seconds))
}

/// As [`deadline`], but a limit of zero expires now.
pub(super) fn until(seconds: f64) -> Option<Instant> {
    if seconds == 0.0 { Some(now()) } else { deadline(seconds) }
}

/// For a wait outside of coroutines, which a signal handler of the script ends.
pub(super) fn env() -> WaitEnv {
    WaitEnv { now, interrupted: interrupt_flag::is_pending }
}

/// When a call has to end. The clock is read only when the call has to wait.
pub(super) enum Deadline {
    /// As given by the script, in seconds: 0 for the limit that it has set before, negative for none.
    Limit(f64),
    At(Option<Instant>),
}

impl Deadline {
    /// The moment. `own` is the limit that the script has set before.
    pub(super) fn get(&mut self, own: impl FnOnce() -> Option<Duration>) -> Option<Instant> {
        if let Deadline::Limit(seconds) = *self {
            let limit = if seconds == 0.0 { own() } else { limit(seconds) };
            *self = Deadline::At(clock::deadline(limit));
        }
        if let Deadline::At(deadline) = *self { deadline } else { None }
    }
}

/// Why a waiting operation was not done.
pub(super) enum Halt {
    /// It failed.
    Errno(Errno),
    /// As `Errno`, with one of Swoole's own codes.
    Code(i64),
    /// As `Errno`, with a warning.
    Warning(Cow<'static, str>, Errno),
    /// The script gets an exception.
    Failure(Failure),
}

impl From<Errno> for Halt {
    fn from(errno: Errno) -> Halt {
        Halt::Errno(errno)
    }
}

/// As [`on`], for a source whose result says how the wait ended.
pub(super) fn until_over<S: Source<Output = os::Result<()>>>(
    source: S,
    deadline: Option<Instant>,
) -> Result<(), Halt>
where
    for<'a> S::Parts<'a>: From<&'a mut Runtime>,
{
    match on(source, deadline).map_err(Halt::Failure)?? {
        Some((_, ended)) => Ok(ended?),
        None => Ok(()),
    }
}

/// Why a wait gave no result, in the form of [`suspend`].
pub(super) fn stopped(stop: Stop) -> Outcome<Wake> {
    match stop {
        Stop::Woken(wake) => woken(wake),
        Stop::Outside | Stop::Blocked | Stop::Failed => Err(refusal(stop)),
    }
}

#[cold]
fn refusal(stop: Stop) -> Failure {
    match stop {
        Stop::Outside => outcome::error("API must be called in the coroutine"),
        Stop::Blocked => outcome::error("cannot switch coroutines in the current execution context"),
        Stop::Woken(_) => Failure::False,
        Stop::Failed => Failure::Bailout,
    }
}

/// As [`stopped`], for callers that wake others and do not wait themselves.
pub(super) fn wakened(result: Result<(), Stop>) -> Outcome<()> {
    result.or_else(|stop| stopped(stop).map(|_| ()))
}

#[inline(always)]
fn woken(wake: Wake) -> Outcome<Wake> {
    if wake == Wake::Ready { Ok(wake) } else { woken_otherwise(wake) }
}

#[cold]
#[inline(never)]
fn woken_otherwise(wake: Wake) -> Outcome<Wake> {
    match wake {
        Wake::Interrupted => {
            outcome::set_last_error(CANCELED_CODE);
            Err(Failure::Throw { class: &CANCELED, message: "".into(), code: 0 })
        }
        Wake::Unwound => Err(errors::unwind()),
        Wake::Canceled => {
            outcome::set_last_error(CANCELED_CODE);
            Ok(Wake::Canceled)
        }
        Wake::TimedOut if globals::with(|runtime| runtime.core.scheduler.take_overrun(now())) => {
            Err(time_is_over())
        }
        wake => Ok(wake),
    }
}

/// The exception that is thrown in a coroutine whose deadline has passed.
pub(super) fn time_is_over() -> Failure {
    outcome::set_last_error(TIMED_OUT_CODE);
    Failure::Throw {
        class: &TIMED_OUT,
        message: "the time limit of the coroutine has expired".into(),
        code: TIMED_OUT_CODE,
    }
}

/// [`begin`] and [`suspend`] in one, where nothing has to be registered.
#[inline(always)]
pub(super) fn wait(on: WaitKind, limit: Option<Duration>) -> Outcome<Wake> {
    may_switch()?;
    woken(switch::wait::<Fibers>(on, limit).ok_or_else(|| refusal(Stop::Outside))?)
}

/// Ends a wait and runs that coroutine until it yields again: now, or from the loop where switches are forbidden.
pub(super) fn wake_when_possible(waiter: Waiter, how: Wake) -> Outcome<()> {
    wakened(switch::wake_when_possible::<Fibers>(waiter, how))
}

/// Ends a wait and runs that coroutine until it yields again. False when the wait had already ended.
pub(super) fn wake(waiter: Waiter, wake: Wake) -> Outcome<bool> {
    match switch::wake::<Fibers>(waiter, wake) {
        Some(back) => came_back(back).map(|()| true),
        None => Ok(false),
    }
}
