//! The loop: how it runs, and the only place where it calls PHP.
//!
//! `rt::core::event_loop` says what to call and when. This file makes the calls one by one, and asks again after each:
//! a callback may have changed everything.

use crate::php::{coroutine_settings, deadlock, launch, log, outcome, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::event_loop::Cycle;
use crate::rt::core::reactor::Ready;
use crate::rt::core::registrations::Direction;
use crate::rt::core::signals::Round;
use crate::rt::core::timers::{Target, Token};
use crate::rt::core::wait::{Waiter, Wake};
use crate::rt::runtime::Runtime;
use crate::zend::callback::Callback;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::fiber::{self, Prefetch};
use crate::zend::jump::{self, Call};
use crate::zend::lifecycle::{Part, once};
use crate::zend::uncaught;
use crate::zend::values::Owned;
use crate::zend::{callbacks, globals, interrupt};

pub(super) const PART: Part = Part {
    // Signals do again what they did before the request.
    request_stop: once!(|| {
        if globals::is_used() {
            end();
            callbacks::release_each(globals::with(|runtime| runtime.core.events.end_signals()));
        }
    }),
    ..Part::NONE
};

/// When [`run`] returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// When nothing is left to wait for.
    Empty,
    /// After one turn.
    Turned,
    /// After everything due was done, without a wait.
    Polled,
}

/// What follows a call in a turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// The turn continues.
    GoOn,
    /// The turn is over: the loop was asked to end, or the callback forked and this is the child, which has another
    /// loop.
    Over,
}

/// Calls a stored callback, in a coroutine unless that is switched off.
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

/// Continues a coroutine whose wait is over.
fn wake(waiter: Waiter, wake: Wake) -> Outcome<After> {
    let before = globals::with(|runtime| runtime.core.events.serial());
    waiting::wake(waiter, wake)?;
    after(before)
}

fn after(before: u64) -> Outcome<After> {
    // What a call released may have a destructor that threw.
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

/// Releases a callback, whose destructor may throw.
fn release(token: Token) -> Outcome<()> {
    callbacks::release(token);
    if jump::is_thrown() { Err(uncaught::uncaught()) } else { Ok(()) }
}

/// Runs the loop, unless it runs already.
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
        // In the child of a fork in a callback: its own loop runs at the end of its script.
        return result;
    }
    if result.is_ok() && until != Until::Empty && globals::with(|runtime| !runtime.core.events.is_leaving()) {
        globals::with(|runtime| runtime.core.events.pause());
        return result;
    }
    end();
    if result.is_err() {
        // A callback has ended the script: no further callback is called.
        globals::with(|runtime| runtime.core.events.forget_signals());
    }
    result.and_then(|()| deadlock::check())
}

/// Runs a function as a coroutine, then the loop.
pub(super) fn run_coroutine(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<()> {
    launch::create_always(callback, arguments)?;
    run(Until::Empty)
}

/// Drops everything in the loop, unless the loop calls this.
pub(super) fn discard() {
    if !globals::with(|runtime| runtime.core.events.is_running()) {
        end();
    }
}

/// As [`discard`]; also drops signals that have come, because no code of the script may run any more.
pub(super) fn silence() {
    discard();
    globals::with(|runtime| runtime.core.events.forget_signals());
}

/// Drops everything in the loop.
#[cold]
fn end() {
    let (tokens, lost) = globals::with(|runtime| runtime.core.events.end());
    globals::with(Runtime::end_transfers);
    if lost > 0 {
        log::warning(&format!("the event loop ended before {lost} bytes were written"));
    }
    callbacks::release_each(tokens);
}

fn turns(until: Until) -> Outcome<()> {
    // Reused in each turn. Every call into PHP comes back, so it is dropped.
    let mut ready = Vec::new();
    // There may be nothing but signals.
    while until == Until::Polled || goes_on(until)? {
        turn(&mut ready, until)?;
        // In the child of a foreign fork the loop has been replaced.
        globals::with(|runtime| runtime.core.events.enter());
        if until != Until::Empty {
            break;
        }
    }
    Ok(())
}

/// Gives the loop a turn if something in it is due, while the caller waits for something else.
pub(super) fn turn_if_wanted() -> Outcome<()> {
    if globals::with(|runtime| runtime.core.events.wants_turn(now)) { take_turn() } else { Ok(()) }
}

/// Gives the loop one turn, which does not wait.
pub(super) fn take_turn() -> Outcome<()> {
    run(Until::Polled)
}

/// Handles signals that came while the script was busy: the loop may get no other turn.
pub(super) fn handle_signals() -> Outcome<()> {
    if globals::with(|runtime| runtime.core.events.has_signals()) { run(Until::Polled) } else { Ok(()) }
}

/// Whether there is a next turn: something to do, or something that the script still expects.
fn goes_on(until: Until) -> Outcome<bool> {
    let (alive, leaving) =
        globals::with(|runtime| (runtime.core.events.is_alive(), runtime.core.events.is_leaving()));
    if alive || leaving || until != Until::Empty {
        return Ok(alive && !leaving);
    }
    Ok(!coroutine_settings::may_loop_end()? && globals::with(|runtime| !runtime.core.events.is_leaving()))
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
    // Handlers of pcntl whose signals came during the wait.
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
        outcome::log_failure(what, loss.errno);
    }
    for (at, &one) in ready.iter().enumerate() {
        prefetch(ready.get(at + 1), Prefetch::Next);
        prefetch(ready.get(at + 3), Prefetch::Later);
        if one.is_for_coroutines() {
            globals::with(|runtime| runtime.core.events.reactor.note_call());
            for direction in [Direction::Read, Direction::Write] {
                if let Some(waiter) =
                    globals::with(|runtime| runtime.core.events.reactor.take_waiter(one, direction))
                    && wake(waiter, Wake::Ready)? == After::Over
                {
                    return Ok(After::Over);
                }
            }
            continue;
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

/// Prefetches the coroutine that continues after the current one.
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
    let mut round = Round::default();
    // One by one, because a woken coroutine may wait for the next signal immediately.
    while let Some(number) = globals::with(|runtime| runtime.core.events.take_signal(&mut round)) {
        for waiter in globals::with(|runtime| runtime.core.events.signal_waiters(number)) {
            if wake(waiter, Wake::Ready)? == After::Over {
                return Ok(After::Over);
            }
        }
        // A handler may have removed the handler of another signal.
        if let Some(token) = globals::with(|runtime| runtime.core.events.signal(number))
            && (call(token, i64::from(number))? == After::Over)
        {
            return Ok(After::Over);
        }
    }
    Ok(After::GoOn)
}

fn timers(_ready: &[Ready]) -> Outcome<After> {
    let round = globals::with(|runtime| runtime.core.events.timers.begin(now));
    while let Some(due) = globals::with(|runtime| runtime.core.events.timers.due(round)) {
        let after = match due.target {
            Target::Call(token) => call(token, due.id),
            Target::Wake(waiter, how) => wake(waiter, how),
        };
        // A child has no timer of this number.
        if let Some(token) = globals::with(|runtime| runtime.core.events.timers.returned(due)) {
            release(token)?;
        }
        if after? == After::Over {
            return Ok(After::Over);
        }
    }
    Ok(After::GoOn)
}

fn deferred(_ready: &[Ready]) -> Outcome<After> {
    // Calls deferred by these calls wait for the next turn.
    for _ in 0..globals::with(|runtime| runtime.core.events.deferred()) {
        let Some(token) = globals::with(|runtime| runtime.core.events.take_deferred()) else { break };
        let after = call(token, 0);
        // Released whatever the result of the call is; that result comes first.
        let released = release(token);
        if after? == After::Over {
            return Ok(After::Over);
        }
        released?;
    }
    Ok(After::GoOn)
}

/// Continues coroutines that were preempted.
fn yield_queue(_ready: &[Ready]) -> Outcome<After> {
    // Coroutines that are preempted in this turn continue in the next one.
    for _ in 0..globals::with(|runtime| runtime.core.events.yielded()) {
        let Some(waiter) = globals::with(|runtime| runtime.core.events.take_yielded()) else { break };
        if wake(waiter, Wake::Ready)? == After::Over {
            return Ok(After::Over);
        }
    }
    Ok(After::GoOn)
}

/// Whether the loop still has something to do.
fn is_wanted() -> Outcome<bool> {
    // A coroutine that continues after the end of the loop, or after a fork, may wait for the loop again.
    Ok(globals::with(|runtime| runtime.core.events.is_in_use() || runtime.core.events.has_work())
        && goes_on(Until::Empty)?)
}

/// Runs the loop until nothing is left to do.
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
    // Handlers may have added something to the loop.
    if is_wanted()? {
        if !has_run {
            begin()?;
        }
        run(Until::Empty)?;
    }
    Ok(())
}

/// The shutdown function of a script that has used the loop: runs the loop until nothing is left to do.
pub(super) fn run_at_shutdown() -> Outcome<()> {
    globals::with(|runtime| runtime.core.events.note_shutdown());
    if uncaught::is_fatal() {
        return Ok(());
    }
    finish_after(begin_late)?;
    // The loop reports coroutines that still wait, even if it has nothing else to do.
    if globals::with(|runtime| runtime.core.events.is_in_use()) && deadlock::is_due() {
        begin_late()?;
        run(Until::Empty)?;
    }
    Ok(())
}

/// The loop is about to run, which the script should have requested.
fn begin_late() -> Outcome<()> {
    errors::deprecate(c"Event::wait() in shutdown function is deprecated");
    if jump::is_thrown() {
        end();
        return Err(uncaught::uncaught());
    }
    Ok(())
}
