//! The loop: how it runs, and the one place where it calls PHP.
//!
//! `rt::core::event_loop` says what is to be called and when; this calls it, one by one, and asks again after each:
//! a callback may have changed everything.

use crate::php::{coroutine_settings, deadlock, launch, log, outcome, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::event_loop::Cycle;
use crate::rt::core::reactor::Ready;
use crate::rt::core::registrations::Direction;
use crate::rt::core::timers::{Target, Token};
use crate::rt::core::wait::{Waiter, Wake};
use crate::rt::runtime::Runtime;
use crate::zend::callback::Callback;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::fiber::{self, Prefetch};
use crate::zend::jump::{self, Call};
use crate::zend::lifecycle::Part;
use crate::zend::uncaught;
use crate::zend::values::Owned;
use crate::zend::{callbacks, globals, interrupt};

pub(super) const PART: Part = Part {
    // Signals do again what they did before the request.
    request_stop: || {
        end();
        callbacks::release_each(globals::with(|runtime| runtime.core.events.end_signals()));
    },
    ..Part::NONE
};

/// How long [`run`] runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// There is nothing left to wait for.
    Empty,
    /// One turn is over.
    Turned,
    /// What is due is done. It waits for nothing.
    Polled,
}

/// What a call leaves the turn with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// The turn goes on.
    GoOn,
    /// The turn is over: the loop was asked to end, or the callback forked and this is the child, whose loop is
    /// another one.
    Over,
}

/// Calls a kept callable, as a coroutine unless that is switched off.
fn call(token: Token, number: i64) -> Outcome<After> {
    let before = globals::with(|runtime| runtime.core.events.serial());
    if let Some(native) = callbacks::native(token) {
        native()?;
    } else if coroutine_settings::are_callbacks_coroutines() && !fiber::is_blocked() {
        launch::call_kept(token, number)?;
    } else {
        match callbacks::invoke(token, number) {
            Call::Returned => {}
            Call::Threw => return Err(uncaught::uncaught()),
            Call::Bailed => return Err(Failure::Bailout),
        }
    }
    after(before)
}

/// A coroutine whose wait is over goes on.
fn wake(waiter: Waiter, wake: Wake) -> Outcome<After> {
    let before = globals::with(|runtime| runtime.core.events.serial());
    waiting::wake(waiter, wake)?;
    after(before)
}

fn after(before: u64) -> Outcome<After> {
    // What is released by a call may have a destructor that threw.
    if jump::is_thrown() {
        return Err(uncaught::uncaught());
    }
    Ok(globals::with(|runtime| {
        if runtime.core.events.is_leaving() || runtime.core.events.serial() != before {
            After::Over
        } else {
            After::GoOn
        }
    }))
}

/// Releases what was called, whose destructor may throw.
fn release(token: Token) -> Outcome<()> {
    callbacks::release(token);
    if jump::is_thrown() { Err(uncaught::uncaught()) } else { Ok(()) }
}

/// Runs the loop. A loop that runs already is not run again.
pub(super) fn run(until: Until) -> Outcome<()> {
    if until == Until::Empty && launch::is_inside() {
        return Err(Failure::Fatal(c"Unable to call Event::wait() in coroutine"));
    }
    if !globals::with(|runtime| runtime.core.events.enter()) {
        return Ok(());
    }
    let serial = globals::with(|runtime| runtime.core.events.serial());
    let result = turns(until);
    if result.is_err() && globals::with(|runtime| runtime.core.events.serial()) != serial {
        // The child of a fork in a callback: what it has asked of its own loop is for the end of its script.
        return result;
    }
    if result.is_ok() && until != Until::Empty && globals::with(|runtime| !runtime.core.events.is_leaving()) {
        globals::with(|runtime| runtime.core.events.pause());
        return result;
    }
    end();
    if result.is_err() {
        // The script ends by what a callback has done: no other one is called.
        globals::with(|runtime| runtime.core.events.forget_signals());
    }
    result.and_then(|()| deadlock::check())
}

/// Runs a function as a coroutine, and then the loop.
pub(super) fn run_coroutine(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<()> {
    launch::create_always(callback, arguments)?;
    run(Until::Empty)
}

/// Drops what is in the loop, unless that is what calls this.
pub(super) fn discard() {
    if !globals::with(|runtime| runtime.core.events.is_running()) {
        end();
    }
}

/// As [`discard`], and signals that have come are for nobody: nothing of the script may run any more.
pub(super) fn silence() {
    discard();
    globals::with(|runtime| runtime.core.events.forget_signals());
}

/// Drops what is in the loop.
fn end() {
    let (tokens, lost) = globals::with(|runtime| runtime.core.events.end());
    globals::with(Runtime::end_transfers);
    if lost > 0 {
        log::warning(&format!("the event loop ended before {lost} bytes were written"));
    }
    callbacks::release_each(tokens);
}

fn turns(until: Until) -> Outcome<()> {
    // Kept from turn to turn. Every call into PHP comes back, so that it is dropped.
    let mut ready = Vec::new();
    // There may be nothing but signals.
    while until == Until::Polled || goes_on(until)? {
        turn(&mut ready, until)?;
        // In the child of a fork that was not ours, the loop has changed under us.
        globals::with(|runtime| runtime.core.events.enter());
        if until != Until::Empty {
            break;
        }
    }
    Ok(())
}

/// Gives the loop a turn if something in it is due, for somebody who waits for something else.
pub(super) fn turn_if_wanted() -> Outcome<()> {
    let wanted = globals::with(|runtime| {
        let wants = runtime.core.events.wants(now);
        wants.asks || wants.is_due(now)
    });
    if wanted { run(Until::Polled) } else { Ok(()) }
}

/// Signals that came while the script was busy, and that the loop has not seen, are handled now: there may be no other turn.
pub(super) fn handle_signals() -> Outcome<()> {
    if globals::with(|runtime| runtime.core.events.has_signals()) { run(Until::Polled) } else { Ok(()) }
}

/// Whether there is a next turn: something to do, or something that the script still expects.
fn goes_on(until: Until) -> Outcome<bool> {
    let (alive, leaving) =
        globals::with(|runtime| (runtime.core.events.is_alive(), runtime.core.events.is_leaving()));
    let goes_on = alive || (until == Until::Empty && !leaving && !coroutine_settings::may_loop_end()?);
    Ok(goes_on && globals::with(|runtime| !runtime.core.events.is_leaving()))
}

fn turn(ready: &mut Vec<Ready>, until: Until) -> Outcome<After> {
    if let Some(token) = globals::with(|runtime| runtime.core.events.cycle(Cycle::Before))
        && (call(token, 0)? == After::Over
            || (until != Until::Polled && globals::with(|runtime| !runtime.core.events.is_alive())))
    {
        return Ok(After::Over);
    }
    ready.clear();
    let waited = match until {
        Until::Polled => globals::with(|runtime| runtime.core.events.poll(ready)),
        Until::Empty | Until::Turned => globals::with(|runtime| runtime.core.wait_for_events(ready)),
    };
    waited.map_err(|failed| outcome::exception(failed.call, failed.errno))?;
    // Handlers of pcntl that came while we waited.
    let before = globals::with(|runtime| runtime.core.events.serial());
    let has_run = interrupt::dispatch()
        .map_err(|failure| if jump::is_thrown() { uncaught::uncaught() } else { failure })?;
    if has_run {
        globals::with(|runtime| runtime.core.events.reactor.note_call());
    }
    if globals::with(|runtime| runtime.core.events.serial()) != before {
        return Ok(After::Over);
    }
    for step in [descriptors, children, signals, timers, deferred, yield_queue] {
        if step(ready)? == After::Over {
            return Ok(After::Over);
        }
    }
    for when in [Cycle::After, Cycle::Last] {
        if let Some(token) = globals::with(|runtime| runtime.core.events.cycle(when))
            && call(token, 0)? == After::Over
        {
            return Ok(After::Over);
        }
    }
    Ok(After::GoOn)
}

fn descriptors(ready: &[Ready]) -> Outcome<After> {
    for loss in globals::with(|runtime| runtime.core.events.reactor.take_losses()) {
        let what =
            format!("Event::write(): {} bytes for descriptor {} are lost: send()", loss.bytes, loss.fd);
        log::warning(&outcome::describe(what, loss.errno));
    }
    for (at, &one) in ready.iter().enumerate() {
        prefetch(ready.get(at + 1), Prefetch::Next);
        prefetch(ready.get(at + 3), Prefetch::Later);
        for direction in [Direction::Read, Direction::Write] {
            if let Some(waiter) =
                globals::with(|runtime| runtime.core.events.reactor.take_waiter(one, direction))
                && wake(waiter, Wake::Ready)? == After::Over
            {
                return Ok(After::Over);
            }
        }
        if let Some(token) = globals::with(|runtime| runtime.core.events.reactor.take(one))
            && (call(token, 0)? == After::Over)
        {
            return Ok(After::Over);
        }
        if let Some(token) = globals::with(|runtime| runtime.core.events.reactor.take_write(one))
            && (call(token, 0)? == After::Over)
        {
            return Ok(After::Over);
        }
    }
    Ok(After::GoOn)
}

/// Who goes on after the one that goes on now.
#[inline]
fn prefetch(one: Option<&Ready>, soon: Prefetch) {
    if let Some(&one) = one
        && let Some(slot) = globals::with(|runtime| runtime.core.expected(one))
    {
        fiber::prefetch(slot, soon);
    }
}

fn children(_ready: &[Ready]) -> Outcome<After> {
    while let Some(waiter) = globals::with(|runtime| runtime.pipes.next_child_waiter(&mut runtime.core)) {
        if wake(waiter, Wake::Ready)? == After::Over {
            return Ok(After::Over);
        }
    }
    Ok(After::GoOn)
}

fn signals(_ready: &[Ready]) -> Outcome<After> {
    let mut last = 0;
    // One by one: who is woken by one may ask for the next at once.
    while let Some(number) = globals::with(|runtime| runtime.core.events.take_signal(last)) {
        last = number;
        for waiter in globals::with(|runtime| runtime.core.events.signal_waiters(number)) {
            if wake(waiter, Wake::Ready)? == After::Over {
                return Ok(After::Over);
            }
        }
        // A handler may have removed another one's.
        if let Some(token) = globals::with(|runtime| runtime.core.events.signal(number))
            && (call(token, i64::from(number))? == After::Over)
        {
            return Ok(After::Over);
        }
    }
    Ok(After::GoOn)
}

fn timers(_ready: &[Ready]) -> Outcome<After> {
    let round = globals::with(|runtime| runtime.core.events.timers.begin(now()));
    while let Some(due) = globals::with(|runtime| runtime.core.events.timers.due(round)) {
        let after = match due.target {
            Target::Call(token) => call(token, due.id)?,
            Target::Wake(waiter, how) => wake(waiter, how)?,
        };
        // In a child there is no timer of this number.
        if let Some(token) = globals::with(|runtime| runtime.core.events.timers.returned(due)) {
            release(token)?;
        }
        if after == After::Over {
            return Ok(After::Over);
        }
    }
    Ok(After::GoOn)
}

fn deferred(_ready: &[Ready]) -> Outcome<After> {
    // What these defer is for the next turn.
    for _ in 0..globals::with(|runtime| runtime.core.events.deferred()) {
        let Some(token) = globals::with(|runtime| runtime.core.events.take_deferred()) else { break };
        let after = call(token, 0);
        // Released whatever the call has done; what it has done goes first.
        let released = release(token);
        if after? == After::Over {
            return Ok(After::Over);
        }
        released?;
    }
    Ok(After::GoOn)
}

/// Those who were made to give way go on.
fn yield_queue(_ready: &[Ready]) -> Outcome<After> {
    // Those of this turn are for the next one.
    for _ in 0..globals::with(|runtime| runtime.core.events.yielded()) {
        let Some(waiter) = globals::with(|runtime| runtime.core.events.take_yielded()) else { break };
        if wake(waiter, Wake::Ready)? == After::Over {
            return Ok(After::Over);
        }
    }
    Ok(After::GoOn)
}

/// Whether something was asked of the loop that is still to be done.
fn is_wanted() -> Outcome<bool> {
    // A coroutine that goes on after the loop has ended, or after a fork, may wait for it again.
    Ok(globals::with(|runtime| runtime.core.events.is_in_use() || runtime.core.events.has_work())
        && goes_on(Until::Empty)?)
}

/// What was asked of the loop is done now.
pub(super) fn finish() -> Outcome<()> {
    finish_after(|| Ok(()))
}

/// As [`finish`]; `begin` is called before the loop runs, if it does.
fn finish_after(begin: fn() -> Outcome<()>) -> Outcome<()> {
    let has_run = is_wanted()?;
    if has_run {
        begin()?;
        run(Until::Empty)?;
    }
    handle_signals()?;
    // Handlers may have asked for something.
    if is_wanted()? {
        if !has_run {
            begin()?;
        }
        run(Until::Empty)?;
    }
    Ok(())
}

/// The shutdown function of a script that has used the loop: what is still to be done is done now.
pub(super) fn run_at_shutdown() -> Outcome<()> {
    globals::with(|runtime| runtime.core.events.note_shutdown());
    if uncaught::is_fatal() {
        return Ok(());
    }
    finish_after(begin_late)?;
    // The loop reports coroutines that are left, although it has nothing to do for them.
    if globals::with(|runtime| runtime.core.events.is_in_use()) && deadlock::is_due() {
        begin_late()?;
        run(Until::Empty)?;
    }
    Ok(())
}

/// The loop is about to run, which the script should have asked for.
fn begin_late() -> Outcome<()> {
    errors::deprecate(c"Event::wait() in shutdown function is deprecated");
    if jump::is_thrown() {
        end();
        return Err(uncaught::uncaught());
    }
    Ok(())
}
