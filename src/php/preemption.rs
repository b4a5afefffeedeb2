//! The preemptive scheduler, and time limits of coroutines.
//!
//! A timer ticks while code runs, if either of the two is in use and there are coroutines. It interrupts no waiting
//! call, because it counts processor time.

use crate::php::{coroutine_settings, outcome, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::scheduler::preemption::Tick;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::wait::{WaitKind, Wake};
use crate::zend::cpu_timer;
use crate::zend::errors::Outcome;
use crate::zend::fiber;
use crate::zend::globals::{self, per_thread};
use crate::zend::lifecycle::{Part, once};
use std::cell::Cell;
use std::time::Duration;

/// The processor time between two ticks. A coroutine that has run for two whole ticks yields.
const TICK: Duration = Duration::from_millis(5);

pub(super) const PART: Part = Part {
    start: once!(|_| cpu_timer::install(tick)),
    stop: once!(|_| cpu_timer::uninstall()),
    request_end: stop,
    ..Part::NONE
};

per_thread! {
    /// The process in which the timer runs, by the serial number of its loop.
    static TICKS_IN: Cell<Option<u64>> = Cell::new(None);
}

#[cold]
fn stop() {
    if TICKS_IN.with(Cell::take).is_some() {
        cpu_timer::stop();
    }
}

/// A coroutine begins: starts the timer, if the scheduler is preemptive.
#[inline]
pub(super) fn begin() {
    if coroutine_settings::is_preemptive() {
        start();
    }
}

/// Starts the timer.
fn start() {
    let here = globals::with(|runtime| runtime.core.events.serial());
    if TICKS_IN.with(Cell::get) == Some(here) {
        return;
    }
    match cpu_timer::start(TICK) {
        Ok(()) => TICKS_IN.with(|cell| cell.set(Some(here))),
        Err(SyscallError { call, errno }) => {
            outcome::log_failure(format!("Coroutine: {call}"), errno);
        }
    }
}

/// Called between two instructions of the script.
fn tick() -> Outcome<()> {
    let (is_idle, tick) = globals::with(|runtime| {
        let coroutines = &mut runtime.core.scheduler;
        let is_wanted = coroutines.has_deadlines() || coroutine_settings::is_preemptive();
        (coroutines.is_empty() || !is_wanted, coroutines.tick(now()))
    });
    if is_idle {
        stop();
    }
    match tick {
        Tick::End => Err(waiting::time_is_over()),
        Tick::Yield if coroutine_settings::is_preemptive() && !fiber::is_blocked() => suspend(),
        Tick::Yield | Tick::GoOn => Ok(()),
    }
}

/// Makes the running coroutine yield until the next turn of the loop.
fn suspend() -> Outcome<()> {
    let waiter = waiting::begin(WaitKind::Turn, None)?;
    globals::with(|runtime| runtime.core.events.push_yielded(waiter));
    waiting::suspend(waiter).map(|_: Wake| ())
}

/// Sets the time limit of the running coroutine. False for zero and less, which remove the limit.
pub(super) fn set_time_limit(seconds: f64) -> Outcome<bool> {
    waiting::must_be_coroutine()?;
    let deadline = waiting::deadline(seconds);
    globals::with(|runtime| runtime.core.scheduler.set_deadline(deadline));
    if deadline.is_some() {
        start();
    }
    Ok(deadline.is_some())
}

pub(super) fn enable() -> Outcome<bool> {
    Ok(globals::with(|runtime| runtime.core.scheduler.set_preempt_disabled(false)))
}

pub(super) fn disable() -> Outcome<bool> {
    Ok(globals::with(|runtime| runtime.core.scheduler.set_preempt_disabled(true)))
}
