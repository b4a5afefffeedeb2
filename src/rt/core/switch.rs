//! Switching between coroutines. The stacks belong to somebody else: the product has the engine's fibers, the tests
//! have stacks of their own.
//!
//! Nothing that has to be released may lie on a stack across a switch: one that is never resumed is not unwound.

use crate::rt::core::Core;
use crate::rt::core::scheduler::Refused;
use crate::rt::core::wait::{Cid, Slot, WaitKind, Waiter, Wake};
use std::time::Duration;

/// What the one who entered a stack comes back with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchResult {
    /// The coroutine waits.
    Waits,
    /// It has ended.
    Ended,
    /// It has ended, and with it must everything: its failure was a fatal one.
    Failed,
}

/// The stacks of coroutines, by their slots, and the core that schedules them.
pub trait Stacks {
    /// Uses the core. No switch may be made inside `body`.
    fn core<R>(body: impl FnOnce(&mut Core) -> R) -> R;

    /// Switches to the stack of a slot, and comes back when that leaves or ends. One that waits has told the scheduler
    /// so ([`Scheduler::leave`](crate::rt::core::scheduler::Scheduler::leave)); [`suspend`] and [`wait`] do.
    fn enter(slot: Slot) -> SwitchResult;

    /// Switches from the stack that runs to the one that entered it, and comes back when it is entered again.
    fn leave(slot: Slot);

    /// Whether no switch may be made here. A coroutine that is to run is left to the loop then.
    fn is_blocked() -> bool {
        false
    }
}

/// Why a coroutine does not wait, or why its wait has come to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It is no coroutine, but the main program.
    Outside,
    /// No switch may be made here.
    Blocked,
    /// The wait has ended like this, which is not [`Wake::Ready`].
    Woken(Wake),
    /// Another coroutine, which was woken, has ended with a fatal error, and so must everything.
    Failed,
}

/// Runs a new coroutine until it yields.
#[inline]
pub fn run<S: Stacks>(slot: Slot) -> SwitchResult {
    S::core(|core| core.scheduler.enter(slot));
    enter::<S>(slot)
}

/// Switches to a coroutine that the scheduler takes for the running one already.
#[inline(always)]
fn enter<S: Stacks>(slot: Slot) -> SwitchResult {
    let (back, joiner) = enter_one::<S>(slot);
    match joiner {
        None => back,
        Some(joiner) => wake_joiners::<S>(joiner),
    }
}

/// As [`enter`]; and who waited for the end of that coroutine, if that has come.
#[inline(always)]
fn enter_one<S: Stacks>(slot: Slot) -> (SwitchResult, Option<Waiter>) {
    let back = S::enter(slot);
    let joiner = match back {
        // It has noted that itself.
        SwitchResult::Waits => None,
        SwitchResult::Ended | SwitchResult::Failed => S::core(|core| core.scheduler.end(slot)),
    };
    (back, joiner.filter(|_| back == SwitchResult::Ended))
}

/// The one who waited for a coroutine that has ended goes on. When that ends by it, the one who waited for that does: one
/// after the other, on this stack. A chain of them is as long as a script makes it.
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

/// Ends a wait and runs the coroutine until it yields again. `None` when the wait was over already.
#[inline]
pub fn wake<S: Stacks>(waiter: Waiter, wake: Wake) -> Option<SwitchResult> {
    let slot = S::core(|core| core.end_and_enter(waiter, wake))?;
    Some(enter::<S>(slot))
}

/// Runs a new coroutine until it yields: now, or from the loop where no switch may be made.
#[inline]
pub fn run_when_possible<S: Stacks>(slot: Slot) -> SwitchResult {
    if S::is_blocked() {
        run_later::<S>(slot);
        return SwitchResult::Waits;
    }
    run::<S>(slot)
}

/// Has the loop begin a new coroutine.
#[cold]
fn run_later<S: Stacks>(slot: Slot) {
    if let Some(waiter) = S::core(|core| core.scheduler.wait_to_begin(slot)) {
        wake_later::<S>(waiter);
    }
}

/// Unwinds the stack of an abandoned coroutine, which sees its wait end with [`Wake::Unwound`].
pub fn unwind<S: Stacks>(slot: Slot) -> SwitchResult {
    run::<S>(slot)
}

/// Resumes a coroutine that waits for just that, until it yields again: now, or from the loop where no switch may be
/// made.
#[inline]
pub fn resume<S: Stacks>(cid: Cid) -> Result<SwitchResult, Refused> {
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

/// The coroutine that runs begins to wait, for `limit` at most. What will wake it is to be told before
/// [`suspend`]. `None` in the main program.
#[inline]
pub fn begin_wait<S: Stacks>(on: WaitKind, limit: Option<Duration>) -> Option<Waiter> {
    S::core(|core| core.begin_wait(on, limit))
}

/// Refuses the main program.
#[inline]
pub fn must_be_inside<S: Stacks>() -> Result<(), Stop> {
    if S::core(|core| core.scheduler.running()).is_some() { Ok(()) } else { Err(Stop::Outside) }
}

/// As [`begin_wait`], where that is possible.
pub fn begin_wait_or_stop<S: Stacks>(on: WaitKind, limit: Option<Duration>) -> Result<Waiter, Stop> {
    if S::is_blocked() {
        must_be_inside::<S>()?;
        return Err(Stop::Blocked);
    }
    begin_wait::<S>(on, limit).ok_or(Stop::Outside)
}

/// As [`wake`], for those who have nothing to do with a wait that was over already.
#[inline]
pub fn wake_or_stop<S: Stacks>(waiter: Waiter, how: Wake) -> Result<(), Stop> {
    match wake::<S>(waiter, how) {
        Some(SwitchResult::Failed) => Err(Stop::Failed),
        Some(SwitchResult::Waits | SwitchResult::Ended) | None => Ok(()),
    }
}

/// Ends a wait: now, or from the loop where no switch may be made.
pub fn wake_when_possible<S: Stacks>(waiter: Waiter, how: Wake) -> Result<(), Stop> {
    if S::is_blocked() {
        S::core(|core| core.wake_later(waiter, how));
        return Ok(());
    }
    wake_or_stop::<S>(waiter, how)
}

/// Has the loop end a wait with [`Wake::Ready`].
pub fn wake_later<S: Stacks>(waiter: Waiter) {
    S::core(|core| core.wake_later(waiter, Wake::Ready));
}

/// The coroutine that has begun a wait yields until that is over.
#[inline]
pub fn suspend<S: Stacks>(waiter: Waiter) -> Wake {
    S::core(|core| core.scheduler.leave(waiter.slot));
    leave::<S>(waiter.slot)
}

/// As [`begin_wait`] and [`suspend`], where nobody needs to be told. `None` in the main program.
#[inline(always)]
pub fn wait<S: Stacks>(on: WaitKind, limit: Option<Duration>) -> Option<Wake> {
    let slot = S::core(|core| match limit {
        None if !core.scheduler.has_deadlines() => core.scheduler.wait(on),
        _ => core.wait_limited(on, limit),
    })?;
    Some(leave::<S>(slot))
}

/// Switches from a coroutine that the scheduler does not take for the running one any more.
#[inline(always)]
fn leave<S: Stacks>(slot: Slot) -> Wake {
    S::leave(slot);
    S::core(|core| core.scheduler.wake_of(slot))
}
