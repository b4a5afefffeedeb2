//! Switching between coroutines. The stacks belong to somebody else: the product has the engine's fibers, the tests
//! have stacks of their own.
//!
//! Nothing that has to be released may lie on a stack across a switch: one that is never resumed is not unwound.

use crate::rt::core::clock::now;
use crate::rt::core::timers::{Repeat, Target};
use crate::rt::core::wait::{Cid, Slot, WaitKind, Waiter, Wake};
use crate::rt::coroutine::Refused;
use crate::rt::runtime::Runtime;
use std::time::Duration;

/// What the one who entered a stack comes back with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// The coroutine waits.
    Waits,
    /// It has ended.
    Ended,
    /// It has ended, and with it must everything: its failure was a fatal one.
    Failed,
}

/// The stacks of coroutines, by their slots, and the runtime that they belong to.
pub trait Stacks {
    /// Uses the runtime. No switch may be made inside `body`.
    fn runtime<R>(body: impl FnOnce(&mut Runtime) -> R) -> R;

    /// Switches to the stack of a slot, and comes back when that leaves or ends. One that waits has told the scheduler
    /// so ([`Scheduler::leave`](crate::rt::coroutine::Scheduler::leave)); [`give_way`] and [`wait`] do.
    fn enter(slot: Slot) -> Back;

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

/// Runs a new coroutine until it gives way.
#[inline]
pub fn run<S: Stacks>(slot: Slot) -> Back {
    S::runtime(|runtime| runtime.coroutines.enter(slot));
    enter::<S>(slot)
}

/// Switches to a coroutine that the scheduler takes for the running one already.
#[inline(always)]
fn enter<S: Stacks>(slot: Slot) -> Back {
    let (back, joiner) = enter_one::<S>(slot);
    match joiner {
        None => back,
        Some(joiner) => wake_joiners::<S>(joiner),
    }
}

/// As [`enter`]; and who waited for the end of that coroutine, if that has come.
#[inline(always)]
fn enter_one<S: Stacks>(slot: Slot) -> (Back, Option<Waiter>) {
    let back = S::enter(slot);
    let joiner = match back {
        // It has noted that itself.
        Back::Waits => None,
        Back::Ended | Back::Failed => S::runtime(|runtime| runtime.coroutines.end(slot)),
    };
    (back, joiner.filter(|_| back == Back::Ended))
}

/// The one who waited for a coroutine that has ended goes on. When that ends by it, the one who waited for that does: one
/// after the other, on this stack. A chain of them is as long as a script makes it.
#[cold]
fn wake_joiners<S: Stacks>(mut joiner: Waiter) -> Back {
    loop {
        let entered = S::runtime(|runtime| runtime.end_and_enter(joiner, Wake::Ready));
        let next = match entered.map(enter_one::<S>) {
            Some((Back::Failed, _)) => return Back::Failed,
            Some((_, next)) => next,
            None => None,
        };
        match next.or_else(|| S::runtime(|runtime| runtime.coroutines.next_told())) {
            Some(next) => joiner = next,
            None => return Back::Ended,
        }
    }
}

/// Ends a wait and runs the coroutine until it gives way again. `None` when the wait was over already.
#[inline]
pub fn wake<S: Stacks>(waiter: Waiter, wake: Wake) -> Option<Back> {
    let slot = S::runtime(|runtime| runtime.end_and_enter(waiter, wake))?;
    Some(enter::<S>(slot))
}

/// Runs a new coroutine until it gives way: now, or from the loop where no switch may be made.
#[inline]
pub fn run_when_possible<S: Stacks>(slot: Slot) -> Back {
    if S::is_blocked() {
        run_later::<S>(slot);
        return Back::Waits;
    }
    run::<S>(slot)
}

/// Has the loop begin a new coroutine.
#[cold]
fn run_later<S: Stacks>(slot: Slot) {
    if let Some(waiter) = S::runtime(|runtime| runtime.coroutines.wait_to_begin(slot)) {
        wake_later::<S>(waiter);
    }
}

/// Unwinds the stack of an abandoned coroutine, which sees its wait end with [`Wake::Unwound`].
pub fn unwind<S: Stacks>(slot: Slot) -> Back {
    run::<S>(slot)
}

/// Resumes a coroutine that waits for just that, until it gives way again: now, or from the loop where no switch may be
/// made.
#[inline]
pub fn resume<S: Stacks>(cid: Cid) -> Result<Back, Refused> {
    if S::is_blocked() {
        wake_later::<S>(S::runtime(|runtime| runtime.coroutines.wait_to_resume(cid))?);
        return Ok(Back::Waits);
    }
    let slot = S::runtime(|runtime| {
        let timers = &mut runtime.events.timers;
        runtime.coroutines.resume(cid, |timer| timers.drop_limit(timer))
    })?;
    Ok(enter::<S>(slot))
}

/// The coroutine that runs begins to wait, for `limit` at most. What will wake it is to be told before
/// [`give_way`]. `None` in the main program.
#[inline]
pub fn begin_wait<S: Stacks>(on: WaitKind, limit: Option<Duration>) -> Option<Waiter> {
    S::runtime(|runtime| runtime.begin_wait(on, limit))
}

/// Refuses the main program.
#[inline]
pub fn must_be_inside<S: Stacks>() -> Result<(), Stop> {
    if S::runtime(|runtime| runtime.coroutines.running()).is_some() { Ok(()) } else { Err(Stop::Outside) }
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
        Some(Back::Failed) => Err(Stop::Failed),
        Some(Back::Waits | Back::Ended) | None => Ok(()),
    }
}

/// Ends a wait: now, or from the loop where no switch may be made.
pub fn wake_when_possible<S: Stacks>(waiter: Waiter, how: Wake) -> Result<(), Stop> {
    if S::is_blocked() {
        end_later::<S>(waiter, how);
        return Ok(());
    }
    wake_or_stop::<S>(waiter, how)
}

/// Has the loop end a wait with [`Wake::Ready`].
pub fn wake_later<S: Stacks>(waiter: Waiter) {
    end_later::<S>(waiter, Wake::Ready);
}

#[cold]
fn end_later<S: Stacks>(waiter: Waiter, how: Wake) {
    S::runtime(|runtime| {
        runtime.events.timers.add(Target::Wake(waiter, how), Duration::ZERO, Repeat::Once, now())
    });
}

/// The coroutine that has begun a wait gives way until that is over.
#[inline]
pub fn give_way<S: Stacks>(waiter: Waiter) -> Wake {
    S::runtime(|runtime| runtime.coroutines.leave(waiter.slot));
    leave::<S>(waiter.slot)
}

/// As [`begin_wait`] and [`give_way`], where nobody needs to be told. `None` in the main program.
#[inline(always)]
pub fn wait<S: Stacks>(on: WaitKind, limit: Option<Duration>) -> Option<Wake> {
    let slot = S::runtime(|runtime| match limit {
        None if !runtime.coroutines.has_deadlines() => runtime.coroutines.wait(on),
        _ => runtime.wait_limited(on, limit),
    })?;
    Some(leave::<S>(slot))
}

/// Switches from a coroutine that the scheduler does not take for the running one any more.
#[inline(always)]
fn leave<S: Stacks>(slot: Slot) -> Wake {
    S::leave(slot);
    S::runtime(|runtime| runtime.coroutines.coroutines.get(slot).map_or(Wake::Unwound, |own| own.wake))
}

impl Runtime {
    /// As [`begin_wait`], for this runtime's coroutine.
    #[inline]
    pub(in crate::rt) fn begin_wait(&mut self, on: WaitKind, limit: Option<Duration>) -> Option<Waiter> {
        let waiter = self.coroutines.begin_wait(on)?;
        if limit.is_some() || self.coroutines.has_deadlines() {
            self.limit_wait(waiter, on, limit);
        }
        Some(waiter)
    }

    /// The coroutine that runs waits, and is not the running one any more: its place.
    #[inline(never)]
    fn wait_limited(&mut self, on: WaitKind, limit: Option<Duration>) -> Option<Slot> {
        let waiter = self.begin_wait(on, limit)?;
        self.coroutines.leave(waiter.slot);
        Some(waiter.slot)
    }

    /// A wait has begun that is to take `limit` at most, and no longer than its coroutine may live.
    #[inline(never)]
    fn limit_wait(&mut self, waiter: Waiter, on: WaitKind, limit: Option<Duration>) {
        let limit = match self.coroutines.deadline() {
            Some(deadline) if on != WaitKind::Turn => {
                let left = deadline.saturating_duration_since(now());
                Some(limit.map_or(left, |limit| limit.min(left)))
            }
            _ => limit,
        };
        if let Some(limit) = limit {
            let timer =
                self.events.timers.add(Target::Wake(waiter, Wake::TimedOut), limit, Repeat::Once, now());
            self.coroutines.limit_wait(waiter, timer);
        }
    }

    /// Ends a wait, and its time limit; who is to be run. `None` when it is over already.
    #[inline]
    pub fn end_wait(&mut self, waiter: Waiter, wake: Wake) -> Option<Slot> {
        let (slot, limit) = self.coroutines.end_wait(waiter, wake)?;
        if let Some(timer) = limit {
            self.events.timers.drop_limit(timer);
        }
        Some(slot)
    }

    /// As [`Runtime::end_wait`], for one who runs now.
    #[inline(always)]
    fn end_and_enter(&mut self, waiter: Waiter, wake: Wake) -> Option<Slot> {
        let slot = self.end_wait(waiter, wake)?;
        self.coroutines.enter(slot);
        Some(slot)
    }
}
