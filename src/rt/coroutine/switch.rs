//! Switching between coroutines. The stacks belong to somebody else: the product has the engine's fibers, the tests
//! have stacks of their own.
//!
//! Nothing that has to be released may lie on a stack across a switch: one that is never resumed is not unwound.

use crate::rt::coroutine::{On, Slot, Waiter, Wake};
use crate::rt::runtime::{Runtime, now};
use crate::rt::timers::{Repeat, Target};
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

    /// Switches to the stack of a slot, and comes back when that leaves or ends.
    fn enter(slot: Slot) -> Back;

    /// Switches from the stack that runs to the one that entered it, and comes back when it is entered again.
    fn leave(slot: Slot);
}

/// Runs a coroutine, a new one or one whose wait has ended, until it gives way.
#[inline]
pub fn run<S: Stacks>(slot: Slot) -> Back {
    S::runtime(|runtime| runtime.coroutines.enter(slot));
    let back = S::enter(slot);
    match back {
        Back::Waits => S::runtime(|runtime| runtime.coroutines.leave(slot)),
        Back::Ended if S::runtime(|runtime| runtime.coroutines.end(slot)) => return wake_joiners::<S>(),
        Back::Ended => {}
        Back::Failed => {
            S::runtime(|runtime| runtime.coroutines.end(slot));
        }
    }
    back
}

/// Those who waited for a coroutine that has ended go on.
#[cold]
fn wake_joiners<S: Stacks>() -> Back {
    while let Some(waiter) = S::runtime(|runtime| runtime.coroutines.next_joiner()) {
        if wake::<S>(waiter, Wake::Ready) == Some(Back::Failed) {
            return Back::Failed;
        }
    }
    Back::Ended
}

/// Ends a wait and runs the coroutine until it gives way again. `None` when the wait was over already.
#[inline]
pub fn wake<S: Stacks>(waiter: Waiter, wake: Wake) -> Option<Back> {
    let slot = S::runtime(|runtime| runtime.end_wait(waiter, wake))?;
    Some(run::<S>(slot))
}

/// The coroutine that runs begins to wait, for `limit` at most. What will wake it is to be told before
/// [`give_way`]. `None` in the main program.
#[inline]
pub fn begin_wait<S: Stacks>(on: On, limit: Option<Duration>) -> Option<Waiter> {
    S::runtime(|runtime| runtime.begin_wait(on, limit))
}

/// The coroutine that has begun to wait gives way until it is woken.
#[inline]
pub fn give_way<S: Stacks>() -> Wake {
    let Some(slot) = S::runtime(|runtime| runtime.coroutines.running()) else { return Wake::Unwound };
    S::leave(slot);
    S::runtime(|runtime| runtime.coroutines.coroutines.get(slot).map_or(Wake::Unwound, |own| own.wake))
}

impl Runtime {
    /// As [`begin_wait`], for this runtime's coroutine.
    #[inline]
    pub(in crate::rt) fn begin_wait(&mut self, on: On, limit: Option<Duration>) -> Option<Waiter> {
        let waiter = self.coroutines.begin_wait(on)?;
        if let Some(limit) = limit {
            let timer = self.events.timers.add(Target::Wake(waiter), limit, Repeat::Once, now());
            self.coroutines.limit_wait(waiter, timer);
        }
        Some(waiter)
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
}
