//! What runs on a coroutine's stack, from its first call to its end.

use super::{batch, hooks, life, local, options, share};
use crate::rt::core::switch::{self, Stacks, SwitchResult};
use crate::rt::core::wait::{Cid, Slot};
use crate::rt::runtime::Runtime;
use crate::zend::callback::Callback;
use crate::zend::errors::Failure;
use crate::zend::fiber::{self, Fibers};
use crate::zend::globals;
use crate::zend::jump::{self, Call};
use crate::zend::uncaught::{self, Dealt};

/// How far the request can go on after a call in a coroutine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    GoOn,
    /// There was an exception that nobody caught, which ends the request.
    Thrown,
    /// The stack is being unwound, or the engine has left it with a long jump: nothing more may run on it.
    Over(SwitchResult),
}

/// The life of a coroutine: its function, then what it has deferred, the last first.
pub(super) fn run(slot: Slot) -> SwitchResult {
    let Some(cid) = life::current() else { return SwitchResult::Ended };
    let mut after = After::GoOn;
    // Where the request has ended before the loop came to begin it, its function is released only.
    if !Fibers::core(|core| core.scheduler.is_unwound()) {
        let Some(called) = fiber::run_task(slot) else { return SwitchResult::Ended };
        after = settle(called);
    }
    if after == After::GoOn {
        let told = fiber::with_task(slot, |task| match task.share() {
            Some(share) => batch::part_is_done(share, task.result()),
            None => Ok(()),
        });
        if let Some(Err(Failure::Bailout)) = told {
            after = After::Over(SwitchResult::Failed);
        }
    }
    after = call_deferred(cid, slot, after);
    if after != After::Over(SwitchResult::Failed) {
        // On this stack, and while the coroutine still is one: destructors may wake others, wait, and defer calls.
        drop(fiber::take_task(slot));
        after = call_deferred(cid, slot, settle_release(after));
    }
    local::end(cid);
    after = settle_release(after);
    match after {
        After::GoOn => SwitchResult::Ended,
        After::Thrown => SwitchResult::Failed,
        After::Over(back) => back,
    }
}

/// Calls what a coroutine has deferred, the last first.
fn call_deferred(cid: Cid, slot: Slot, mut after: After) -> After {
    while !matches!(after, After::Over(_)) {
        let Some(deferred) = local::take_deferred(cid) else { break };
        after = match (after, settle(call_with_result(slot, &deferred))) {
            (After::Thrown, After::GoOn) => After::Thrown,
            (_, next) => next,
        };
    }
    after
}

/// What was released may have had destructors that threw.
fn settle_release(after: After) -> After {
    if jump::is_thrown() && !matches!(after, After::Over(_)) { settle(Call::Threw) } else { after }
}

/// Calls what was deferred with what the coroutine has returned, as long as that is there.
fn call_with_result(slot: Slot, deferred: &Callback) -> Call {
    let called = fiber::with_task(slot, |task| deferred.call_with(task.result()));
    called.unwrap_or_else(|| deferred.call_with(None))
}

/// An exception cannot leave a coroutine: it is dealt with here, and ends the request.
fn settle(call: Call) -> After {
    match call {
        Call::Returned => After::GoOn,
        Call::Bailed => After::Over(SwitchResult::Failed),
        Call::Threw => match uncaught::deal_with_exception() {
            Dealt::Seen => After::Thrown,
            Dealt::Exit => After::Over(SwitchResult::Ended),
            Dealt::Fatal => After::Over(SwitchResult::Failed),
        },
    }
}

/// At the end of the request, while PHP can still run: what waits in a coroutine is released. All destructors have run:
/// no code of the script does, so nobody is woken by that. After a fatal error nothing may run any more, and the engine
/// releases all memory itself.
pub(super) fn unwind_all() {
    // One that runs here has forked.
    if jump::is_unclean() || life::is_inside() {
        return;
    }
    let parents = Fibers::core(|core| core.scheduler.abandoned());
    // A callback of a buffer of output may make new ones.
    while let waiting @ [_, ..] = &*Fibers::core(|core| core.scheduler.abandon_waiting()) {
        for &slot in waiting {
            if switch::unwind::<Fibers>(slot) == SwitchResult::Failed {
                return;
            }
        }
    }
    unwind_abandoned(&parents);
    local::end_all();
    options::release();
    fiber::release();
}

/// In a forked child: what waits in coroutines of the parent is released too, for the report of a debug build of PHP.
/// Others free all memory of the request at once, and by far quicker: each page that is unwound must be copied first.
/// No code of the script may run by that: all objects have been destroyed before, and what is in buffers of output is
/// the parent's to send.
fn unwind_abandoned(parents: &[Slot]) {
    if !cfg!(php_debug) {
        return;
    }
    for &slot in parents {
        fiber::drop_output(slot);
        if switch::unwind::<Fibers>(slot) != SwitchResult::Ended {
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
