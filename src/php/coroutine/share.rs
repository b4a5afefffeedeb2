//! The preemptive scheduler, and time limits for whole coroutines.
//!
//! A clock ticks while code runs, if one of the two is wanted and there are coroutines. It interrupts no call that
//! waits, for then it stands still.

use super::{options, wait};
use crate::php::exceptions::TIMED_OUT;
use crate::php::{event_loop, log, outcome};
use crate::rt::core::clock::now;
use crate::rt::core::scheduler::preemption::Tick;
use crate::rt::core::switch::Stacks;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::wait::{WaitKind, Wake};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::fiber::{self, Fibers};
use crate::zend::globals::per_thread;
use crate::zend::ticker;
use std::cell::Cell;
use std::time::Duration;

/// `SWOOLE_ERROR_CO_TIMEDOUT`.
const TIMED_OUT_CODE: i64 = 10018;

/// Processor time between two ticks. A coroutine that has run for two whole ones gives way.
const TICK: Duration = Duration::from_millis(5);

per_thread! {
    /// The process in which the clock ticks, by the serial number of its loop.
    static TICKS_IN: Cell<Option<u64>> = Cell::new(None);
}

pub(super) fn install() {
    ticker::install(tick);
}

pub(super) fn uninstall() {
    ticker::uninstall();
}

/// When the request's memory is gone.
pub(super) fn end() {
    stop();
}

fn stop() {
    if TICKS_IN.with(Cell::take).is_some() {
        ticker::stop();
    }
}

/// A coroutine begins: if the scheduler is preemptive, the clock ticks from now on.
#[inline]
pub(super) fn begin() {
    if options::is_preemptive() {
        start();
    }
}

/// The clock ticks from now on.
fn start() {
    let here = event_loop::look(|events| events.serial());
    if TICKS_IN.with(Cell::get) == Some(here) {
        return;
    }
    match ticker::start(TICK) {
        Ok(()) => TICKS_IN.with(|cell| cell.set(Some(here))),
        Err(SyscallError { call, errno }) => {
            log::warning(&outcome::describe(format!("Coroutine: {call}"), errno));
        }
    }
}

/// Between two instructions of the script.
fn tick() -> Outcome<()> {
    let (is_idle, tick) = Fibers::core(|core| {
        let coroutines = &mut core.scheduler;
        let is_wanted = coroutines.has_deadlines() || options::is_preemptive();
        (coroutines.is_empty() || !is_wanted, coroutines.tick(now()))
    });
    if is_idle {
        stop();
    }
    match tick {
        Tick::End => Err(time_is_over()),
        Tick::Yield if options::is_preemptive() && !fiber::is_blocked() => give_way(),
        Tick::Yield | Tick::GoOn => Ok(()),
    }
}

/// The coroutine that runs gives way, until the loop comes to it in its next turn.
fn give_way() -> Outcome<()> {
    let waiter = wait::begin(WaitKind::Turn, None)?;
    event_loop::look(|events| events.push_yielded(waiter));
    wait::give_way(waiter).map(|_: Wake| ())
}

/// What is thrown in a coroutine whose time is over.
pub(super) fn time_is_over() -> Failure {
    outcome::set_last_error(TIMED_OUT_CODE);
    Failure::Throw {
        class: &TIMED_OUT,
        message: "the time limit of the coroutine is over".into(),
        code: TIMED_OUT_CODE,
    }
}

/// False for nought, and less: the coroutine has no limit any more.
pub(super) fn set_time_limit(seconds: f64) -> Outcome<bool> {
    wait::must_be_coroutine()?;
    let deadline = wait::limit(seconds).and_then(|limit| now().checked_add(limit));
    Fibers::core(|core| core.scheduler.set_deadline(deadline));
    if deadline.is_some() {
        start();
    }
    Ok(deadline.is_some())
}

pub(super) fn enable() -> Outcome<bool> {
    Ok(Fibers::core(|core| core.scheduler.set_preempt_disabled(false)))
}

pub(super) fn disable() -> Outcome<bool> {
    Ok(Fibers::core(|core| core.scheduler.set_preempt_disabled(true)))
}
