//! A coroutine from its launch to its end: what runs on its stack, and how stacks are unwound at the end of the
//! request.

use crate::php::{coroutine_data, coroutine_settings, loop_access, outcome, preemption, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::switch::{self, SwitchResult};
use crate::rt::core::timers::Token;
use crate::rt::core::wait::{Cid, Slot};
use crate::zend::backtrace::{self, Subject};
use crate::zend::callback::Callback;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::fiber::{self, Fibers};
use crate::zend::globals;
use crate::zend::jump::{self, Call};
use crate::zend::lifecycle::{Part, once};
use crate::zend::task::Task;
use crate::zend::uncaught::{self, ExceptionFate};
use crate::zend::values::Owned;

pub(super) const PART: Part = Part {
    start: once!(|_| fiber::install()),
    stop: once!(|_| fiber::uninstall()),
    request_stop: unwind_all,
    request_end: fiber::end,
    ..Part::NONE
};

/// The running coroutine.
pub(super) fn current() -> Option<Cid> {
    globals::with(|runtime| runtime.core.scheduler.current())
}

/// Whether a coroutine runs.
pub(super) fn is_inside() -> bool {
    globals::with(|runtime| runtime.core.scheduler.running()).is_some()
}

/// Makes a coroutine of a task, which `task` creates in its final place, and runs it until it yields.
fn launch(task: impl FnOnce() -> Task, (slot, cid): (Slot, Cid)) -> Outcome<Cid> {
    preemption::begin();
    if let Err(failure) = fiber::prepare(slot, run, task) {
        globals::with(|runtime| runtime.core.scheduler.discard(slot));
        return Err(failure);
    }
    waiting::came_back(switch::run_when_possible::<Fibers>(slot))?;
    Ok(cid)
}

/// Makes a coroutine, runs it until it yields, and returns its number. A warning and false when there are too many.
pub(super) fn create(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<Cid> {
    create_task(|| Task::call(callback, arguments))
}

/// As [`create_task`], for callers that go on after the warning.
pub(super) fn create_or_warn(task: impl FnOnce() -> Task) -> Outcome<()> {
    match create_task(task) {
        Ok(_) | Err(Failure::False) => Ok(()),
        Err(failure @ Failure::Warning(_)) => match failure.raise() {
            Call::Returned => Ok(()),
            _ => Err(Failure::Thrown),
        },
        Err(failure) => Err(failure),
    }
}

/// As [`create`], for a task that is created once there is room for its coroutine.
pub(super) fn create_task(task: impl FnOnce() -> Task) -> Outcome<Cid> {
    let most = coroutine_settings::max();
    // What it leaves to the loop is done at the end of the script, unless the loop runs before.
    loop_access::announce()?;
    let place = globals::with(|runtime| {
        let few = runtime.core.scheduler.len() < most;
        few.then(|| runtime.core.scheduler.create(now()))
    });
    match place {
        Some(place) => launch(task, place),
        None => Err(outcome::warning(format!("exceed max number of coroutine {most}"))),
    }
}

/// Makes a coroutine of the function of a process, or of a message. The limit of coroutines does not apply.
pub(super) fn create_always(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<()> {
    loop_access::announce()?;
    let place = globals::with(|runtime| runtime.core.scheduler.create(now()));
    launch(|| Task::call(callback, arguments), place).map(|_| ())
}

/// Runs a callback of the loop as a coroutine. The limit does not apply, because an event must not be lost.
pub(super) fn call_kept(token: Token, number: i64) -> Outcome<()> {
    let place = globals::with(|runtime| runtime.core.scheduler.create(now()));
    launch(|| Task::stored(token, number), place).map(|_| ())
}

/// The backtrace of the coroutine in this slot.
pub(super) fn trace(slot: Slot, options: i64, limit: i64) -> Owned {
    let runs = globals::with(|runtime| runtime.core.scheduler.running()) == Some(slot);
    backtrace::fetch(if runs { Subject::Caller } else { Subject::Waiting(slot) }, options, limit)
}

/// Whether the request can continue after a call in a coroutine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    GoOn,
    /// An uncaught exception ends the request.
    Thrown,
    /// The stack is being unwound, or the engine has left it with a long jump: no more code may run on it.
    Over(SwitchResult),
}

/// The life of a coroutine: its function, then its deferred calls, the last first.
fn run(slot: Slot) -> SwitchResult {
    let Some(cid) = current() else { return SwitchResult::Ended };
    let mut after = After::GoOn;
    // If the request ended before the coroutine began, its function is only released.
    if !globals::with(|runtime| runtime.core.scheduler.is_unwound()) {
        let Some(called) = fiber::run_task(slot) else { return SwitchResult::Ended };
        after = settle(called);
    }
    if after == After::GoOn {
        let told = fiber::with_task(slot, Task::report);
        if let Some(Err(Failure::Bailout)) = told {
            after = After::Over(SwitchResult::Failed);
        }
    }
    after = call_deferred(cid, slot, after);
    if after != After::Over(SwitchResult::Failed) {
        // On this stack, and before the coroutine ends: destructors may wake others, wait, and defer calls.
        drop(fiber::take_task(slot));
        after = call_deferred(cid, slot, settle_release(after));
    }
    coroutine_data::end(cid);
    after = settle_release(after);
    match after {
        After::GoOn => SwitchResult::Ended,
        After::Thrown => SwitchResult::Failed,
        After::Over(back) => back,
    }
}

/// Makes the deferred calls of a coroutine, the last first.
fn call_deferred(cid: Cid, slot: Slot, mut after: After) -> After {
    while !matches!(after, After::Over(_)) {
        let Some(deferred) = coroutine_data::take_deferred(cid) else { break };
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

/// Makes a deferred call, with the result of the coroutine as long as that exists.
fn call_with_result(slot: Slot, deferred: &Callback) -> Call {
    let called = fiber::with_task(slot, |task| deferred.call_with(task.result()));
    called.unwrap_or_else(|| deferred.call_with(None))
}

/// An exception cannot leave a coroutine: it is handled here, and ends the request.
fn settle(call: Call) -> After {
    match call {
        Call::Returned => After::GoOn,
        Call::Bailed => After::Over(SwitchResult::Failed),
        Call::Threw => match uncaught::deal_with_exception() {
            ExceptionFate::Seen => After::Thrown,
            ExceptionFate::Exit => After::Over(SwitchResult::Ended),
            ExceptionFate::Fatal => After::Over(SwitchResult::Failed),
        },
    }
}

/// At the end of the request, while PHP can still run: unwinds waiting coroutines. All destructors have run, so no code
/// of the script runs, and no other coroutine is woken. After a fatal error no code may run any more, and the engine
/// releases all memory itself.
#[cold]
fn unwind_all() {
    if jump::is_unclean() || (globals::is_used() && !unwind_waiting()) {
        return;
    }
    coroutine_data::end_all();
    coroutine_settings::release();
    fiber::release();
}

/// Returns false if the engine has left a stack with a long jump, and in a coroutine.
fn unwind_waiting() -> bool {
    // A coroutine that runs here has forked.
    if is_inside() {
        return false;
    }
    let parents = globals::with(|runtime| runtime.core.scheduler.abandoned());
    // A callback of an output buffer may create new coroutines.
    while let waiting @ [_, ..] = &*globals::with(|runtime| runtime.core.scheduler.abandon_waiting()) {
        for &slot in waiting {
            if switch::unwind::<Fibers>(slot) == SwitchResult::Failed {
                return false;
            }
        }
    }
    unwind_abandoned(&parents);
    true
}

/// In a forked child: unwinds the waiting coroutines of the parent, for the leak report of a debug build of PHP. Other
/// builds free all memory of the request at once, which is much quicker, because each unwound page must be copied
/// first. No code of the script may run: all objects have been destroyed before, and the content of output buffers is
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
