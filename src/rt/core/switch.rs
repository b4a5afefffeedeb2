//! Switching between coroutines. The stacks are behind a trait: the extension uses the engine's fibers, the tests use
//! stacks of their own.
//!
//! Nothing that has to be released may lie on a stack across a switch: a stack that is never resumed is not unwound.

use crate::rt::core::Core;
use crate::rt::core::scheduler::ResumeError;
use crate::rt::core::wait::{Cid, Slot, WaitKind, Waiter, Wake};
use std::time::Duration;

/// How control came back to the caller that entered a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchResult {
    /// The coroutine waits.
    Waits,
    /// The coroutine has ended.
    Ended,
    /// The coroutine has ended with a fatal error, so the request ends.
    Failed,
}

/// The stacks of coroutines, by their slots, and the core that schedules them.
pub trait Stacks {
    /// Calls `body` with the core. No switch may be made inside.
    fn core<R>(body: impl FnOnce(&mut Core) -> R) -> R;

    /// Switches to the stack of a slot, and returns when that stack is left or ends. A coroutine that waits has told
    /// the scheduler so ([`Scheduler::leave`](crate::rt::core::scheduler::Scheduler::leave)); [`suspend`] and [`wait`]
    /// do this.
    fn enter(slot: Slot) -> SwitchResult;

    /// Switches from the running stack to the one that entered it, and returns when it is entered again.
    fn leave(slot: Slot);

    /// Whether switches are forbidden at this point. A coroutine that is to run is then left to the loop.
    fn is_blocked() -> bool {
        false
    }
}

/// Why a coroutine does not wait, or why its wait gave no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The caller is the main program, not a coroutine.
    Outside,
    /// Switches are forbidden at this point.
    Blocked,
    /// The wait has ended in this way, which is not [`Wake::Ready`].
    Woken(Wake),
    /// Another coroutine, which was woken, has ended with a fatal error, so the request ends.
    Failed,
}

/// Runs a new coroutine until it yields.
#[inline]
pub fn run<S: Stacks>(slot: Slot) -> SwitchResult {
    S::core(|core| core.scheduler.enter(slot));
    enter::<S>(slot)
}

/// Switches to a coroutine that the scheduler already has as the running one.
#[inline(always)]
fn enter<S: Stacks>(slot: Slot) -> SwitchResult {
    let (back, joiner) = enter_one::<S>(slot);
    match joiner {
        None => back,
        Some(joiner) => wake_joiners::<S>(joiner),
    }
}

/// As [`enter`]. Returns also the joiner of that coroutine, if it has ended.
#[inline(always)]
fn enter_one<S: Stacks>(slot: Slot) -> (SwitchResult, Option<Waiter>) {
    let back = S::enter(slot);
    let joiner = match back {
        // The coroutine has told the scheduler itself.
        SwitchResult::Waits => None,
        SwitchResult::Ended | SwitchResult::Failed => S::core(|core| core.scheduler.end(slot)),
    };
    (back, joiner.filter(|_| back == SwitchResult::Ended))
}

/// Continues the joiner of an ended coroutine. When the joiner ends in turn, its own joiner continues, and so on: in a
/// loop on this stack, because the script decides how long the chain is.
#[cold]
fn wake_joiners<S: Stacks>(mut joiner: Waiter) -> SwitchResult {
    loop {
        let entered = S::core(|core| core.end_and_enter(joiner, Wake::Ready));
        let next = match entered.map(enter_one::<S>) {
            Some((SwitchResult::Failed, _)) => return SwitchResult::Failed,
            Some((_, next)) => next,
            None => None,
        };
        match next.or_else(|| S::core(|core| core.scheduler.next_told())) {
            Some(next) => joiner = next,
            None => return SwitchResult::Ended,
        }
    }
}

/// Ends a wait and runs the coroutine until it yields again. `None` when the wait had already ended.
#[inline]
pub fn wake<S: Stacks>(waiter: Waiter, wake: Wake) -> Option<SwitchResult> {
    let slot = S::core(|core| core.end_and_enter(waiter, wake))?;
    Some(enter::<S>(slot))
}

/// Runs a new coroutine until it yields: now, or from the loop where switches are forbidden.
#[inline]
pub fn run_when_possible<S: Stacks>(slot: Slot) -> SwitchResult {
    if S::is_blocked() {
        run_later::<S>(slot);
        return SwitchResult::Waits;
    }
    run::<S>(slot)
}

/// Makes the loop begin a new coroutine.
#[cold]
fn run_later<S: Stacks>(slot: Slot) {
    if let Some(waiter) = S::core(|core| core.scheduler.wait_to_begin(slot)) {
        wake_later::<S>(waiter);
    }
}

/// Unwinds the stack of an abandoned coroutine, whose wait ends with [`Wake::Unwound`].
pub fn unwind<S: Stacks>(slot: Slot) -> SwitchResult {
    run::<S>(slot)
}

/// Resumes a coroutine that waits for a resume, until it yields again: now, or from the loop where switches are
/// forbidden.
#[inline]
pub fn resume<S: Stacks>(cid: Cid) -> Result<SwitchResult, ResumeError> {
    if S::is_blocked() {
        wake_later::<S>(S::core(|core| core.scheduler.wait_to_resume(cid))?);
        return Ok(SwitchResult::Waits);
    }
    let slot = S::core(|core| {
        let timers = &mut core.events.timers;
        core.scheduler.resume(cid, |timer| timers.drop_limit(timer))
    })?;
    Ok(enter::<S>(slot))
}

/// The running coroutine begins to wait, for `limit` at most. The caller registers what will wake it, then calls
/// [`suspend`]. `None` in the main program.
#[inline]
pub fn begin_wait<S: Stacks>(on: WaitKind, limit: Option<Duration>) -> Option<Waiter> {
    S::core(|core| core.begin_wait(on, limit))
}

/// Fails in the main program.
#[inline]
pub fn must_be_inside<S: Stacks>() -> Result<(), Stop> {
    if S::core(|core| core.scheduler.running()).is_some() { Ok(()) } else { Err(Stop::Outside) }
}

/// As [`begin_wait`], or why no wait is possible here.
pub fn begin_wait_or_stop<S: Stacks>(on: WaitKind, limit: Option<Duration>) -> Result<Waiter, Stop> {
    if S::is_blocked() {
        must_be_inside::<S>()?;
        return Err(Stop::Blocked);
    }
    begin_wait::<S>(on, limit).ok_or(Stop::Outside)
}

/// As [`wake`], for callers that need not know whether the wait had already ended.
#[inline]
pub fn wake_or_stop<S: Stacks>(waiter: Waiter, how: Wake) -> Result<(), Stop> {
    match wake::<S>(waiter, how) {
        Some(SwitchResult::Failed) => Err(Stop::Failed),
        Some(SwitchResult::Waits | SwitchResult::Ended) | None => Ok(()),
    }
}

/// Ends a wait: now, or from the loop where switches are forbidden.
pub fn wake_when_possible<S: Stacks>(waiter: Waiter, how: Wake) -> Result<(), Stop> {
    if S::is_blocked() {
        S::core(|core| core.wake_later(waiter, how));
        return Ok(());
    }
    wake_or_stop::<S>(waiter, how)
}

/// Makes the loop end a wait with [`Wake::Ready`].
pub fn wake_later<S: Stacks>(waiter: Waiter) {
    S::core(|core| core.wake_later(waiter, Wake::Ready));
}

/// The coroutine that has begun a wait yields until the wait ends.
#[inline]
pub fn suspend<S: Stacks>(waiter: Waiter) -> Wake {
    S::core(|core| core.scheduler.leave(waiter.slot));
    leave::<S>(waiter.slot)
}

/// [`begin_wait`] and [`suspend`] in one, where nothing has to be registered. `None` in the main program.
#[inline(always)]
pub fn wait<S: Stacks>(on: WaitKind, limit: Option<Duration>) -> Option<Wake> {
    let slot = S::core(|core| match limit {
        None if !core.scheduler.has_deadlines() => core.scheduler.wait(on),
        _ => core.wait_limited(on, limit),
    })?;
    Some(leave::<S>(slot))
}

/// Switches away from a coroutine that is no longer the scheduler's running one.
#[inline(always)]
fn leave<S: Stacks>(slot: Slot) -> Wake {
    S::leave(slot);
    S::core(|core| core.scheduler.wake_of(slot))
}
