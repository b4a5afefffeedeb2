//! What runs on a coroutine's stack, from its first call to its end.

use super::{batch, hooks, life, local, options, share};
use crate::rt::coroutine::switch::{self, Back, Stacks};
use crate::rt::coroutine::{Refused, Slot, Wake};
use crate::rt::runtime::Runtime;
use crate::zend::callback::{Call, Callback};
use crate::zend::errors::{self, Dealt, Failure};
use crate::zend::fiber::{self, Fibers};
use crate::zend::globals;

/// How far the request can go on after a call in a coroutine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    GoOn,
    /// An exception that nobody caught was reported.
    Reported,
    /// The stack is being unwound, or the engine has left it with a long jump: nothing more may run on it.
    Over(Back),
}

/// The life of a coroutine: its function, then what it has deferred, the last first.
pub(super) fn run(slot: Slot) -> Back {
    let Some(cid) = life::current() else { return Back::Ended };
    let Some(called) = fiber::run_task(slot) else { return Back::Ended };
    let mut after = settle(called);
    if after == After::GoOn {
        let told = fiber::with_task(slot, |task| match task.share() {
            Some(share) => batch::part_is_done(share, task.result()),
            None => Ok(()),
        });
        if let Some(Err(Failure::Bailout)) = told {
            after = After::Over(Back::Failed);
        }
    }
    while !matches!(after, After::Over(_)) {
        let Some(deferred) = local::take_deferred(cid) else { break };
        after = match (after, settle(call_deferred(slot, &deferred))) {
            (After::Reported, After::GoOn) => After::Reported,
            (_, next) => next,
        };
    }
    local::end(cid);
    // What was released may have had destructors that threw.
    if errors::is_thrown() && !matches!(after, After::Over(_)) {
        after = settle(Call::Threw);
    }
    match after {
        After::GoOn => Back::Ended,
        After::Reported => Back::Failed,
        After::Over(back) => back,
    }
}

/// Calls what was deferred with what the coroutine has returned.
fn call_deferred(slot: Slot, deferred: &Callback) -> Call {
    fiber::with_task(slot, |task| deferred.call_with(task.result())).unwrap_or(Call::Returned)
}

/// An exception cannot leave a coroutine: it is reported here, and ends the request.
fn settle(call: Call) -> After {
    match call {
        Call::Returned => After::GoOn,
        Call::Bailed => After::Over(Back::Failed),
        Call::Threw => match errors::deal_with_exception() {
            Dealt::Handled => After::GoOn,
            Dealt::Reported => After::Reported,
            Dealt::Exit => After::Over(Back::Ended),
            Dealt::Fatal => After::Over(Back::Failed),
        },
    }
}

/// At the end of the request, while PHP can still run: what waits in a coroutine is released. After a fatal error
/// nothing may run any more, and the engine releases all memory itself.
pub(super) fn unwind_all() {
    if errors::is_unclean() {
        return;
    }
    // Destructors may make new ones.
    while let ids @ [_, ..] = &*Fibers::runtime(|runtime| runtime.coroutines.ids()) {
        for &cid in ids {
            let waiter = Fibers::runtime(|runtime| runtime.coroutines.wait_to_unwind(cid));
            let back = waiter.map(|waiter| switch::wake::<Fibers>(waiter, Wake::Unwound));
            // One that does not wait has forked, and is the one that runs.
            if !matches!(back, Ok(Some(Back::Waits | Back::Ended) | None) | Err(Refused::Unknown)) {
                return;
            }
        }
    }
    unwind_abandoned();
    local::end_all();
    options::release();
}

/// In a forked child: what waits in coroutines of the parent is released too, for the report of a debug build of PHP.
/// Others free all memory of the request at once, and by far quicker: each page that is unwound must be copied first.
/// No code of the script may run by that: all objects have been destroyed before, and what is in buffers of output is
/// the parent's to send.
fn unwind_abandoned() {
    if !cfg!(php_debug) {
        return;
    }
    for slot in Fibers::runtime(|runtime| runtime.coroutines.abandoned()) {
        fiber::drop_output(slot);
        if switch::unwind::<Fibers>(slot) != Back::Ended {
            return;
        }
    }
}

/// When the request's memory is gone.
pub(super) fn end() {
    local::forget_all();
    batch::forget_all();
    fiber::end();
    // Files and processes of coroutines that never came to the end of their calls.
    globals::with(Runtime::end_flows);
    share::end();
    hooks::end();
    options::end();
}
