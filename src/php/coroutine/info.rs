//! Information about coroutines.

use crate::php::{coroutine_data, launch, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::wait::{Cid, Slot};
use crate::zend::arrays::NewArray;
use crate::zend::backtrace::{self, Subject};
use crate::zend::class::{Class, Parent};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::fiber;
use crate::zend::globals;
use crate::zend::object::Instance;
use crate::zend::output;
use crate::zend::values::Owned;

/// The class of lists of coroutines.
pub(super) static ITERATOR: Class = Class::new("Swoole\\Coroutine\\Iterator").extends(Parent::ArrayIterator);

/// The coroutine of a number; zero is the running one.
fn named(cid: Cid) -> Option<Cid> {
    if cid == 0 { globals::with(|runtime| runtime.core.scheduler.current()) } else { Some(cid) }
}

fn slot_of(cid: Cid) -> Option<Slot> {
    globals::with(
        |runtime| if cid == 0 { runtime.core.scheduler.running() } else { runtime.core.scheduler.slot(cid) },
    )
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn exists(cid: Cid) -> Outcome<bool> {
    Ok(globals::with(|runtime| runtime.core.scheduler.slot(cid)).is_some())
}

pub(super) fn is_canceled() -> Outcome<bool> {
    waiting::must_be_coroutine()?;
    Ok(globals::with(|runtime| runtime.core.scheduler.is_canceled()))
}

pub(super) fn current() -> Outcome<Cid> {
    Ok(globals::with(|runtime| runtime.core.scheduler.current()).unwrap_or(-1))
}

pub(super) fn parent(cid: Cid) -> Outcome<Cid> {
    let parent = named(cid).and_then(|cid| globals::with(|runtime| runtime.core.scheduler.parent(cid)));
    parent.map(|parent| parent.unwrap_or(-1)).ok_or(Failure::False)
}

pub(super) fn context(cid: Cid) -> Outcome<Option<Owned>> {
    let known = named(cid).filter(|&cid| globals::with(|runtime| runtime.core.scheduler.slot(cid)).is_some());
    known.map(coroutine_data::context).transpose()
}

pub(super) fn elapsed(cid: Cid) -> Outcome<i64> {
    let started = named(cid).and_then(|cid| globals::with(|runtime| runtime.core.scheduler.started(cid)));
    let elapsed = started.map(|started| now().saturating_duration_since(started));
    Ok(elapsed.map_or(-1, |elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)))
}

pub(super) fn stack_usage(cid: Cid) -> Outcome<i64> {
    let running = globals::with(|runtime| runtime.core.scheduler.running());
    let slot = slot_of(cid).ok_or(Failure::False)?;
    fiber::usage(slot, running == Some(slot)).map(number).ok_or(Failure::False)
}

pub(super) fn list() -> Outcome<Instance> {
    let mut ids = NewArray::with_capacity(
        u32::try_from(globals::with(|runtime| runtime.core.scheduler.len())).unwrap_or(0),
    );
    for id in globals::with(|runtime| runtime.core.scheduler.ids()) {
        ids.push(id);
    }
    Instance::of(&ITERATOR, ids)
}

pub(super) fn stats() -> Outcome<NewArray> {
    let (events, signals) =
        globals::with(|runtime| (runtime.core.events.reactor.len(), runtime.core.events.signals()));
    let (count, peak, last) = globals::with(|runtime| {
        (runtime.core.scheduler.len(), runtime.core.scheduler.peak(), runtime.core.scheduler.last())
    });
    Ok(NewArray::with_capacity(9)
        .with("event_num", number(events))
        .with("signal_listener_num", number(signals))
        // This extension has no threads.
        .with("aio_task_num", 0)
        .with("aio_worker_num", 0)
        .with("aio_queue_size", 0)
        .with("c_stack_size", number(fiber::size()))
        .with("coroutine_num", number(count))
        .with("coroutine_peak_num", number(peak))
        .with("coroutine_last_cid", last))
}

/// The backtrace of a coroutine that exists, or for 0 that of the running code, also outside of coroutines.
fn trace(cid: Cid, options: i64, limit: i64) -> Option<Owned> {
    match slot_of(cid) {
        Some(slot) => Some(launch::trace(slot, options, limit)),
        None if cid == 0 => Some(backtrace::fetch(Subject::Caller, options, limit)),
        None => None,
    }
}

pub(super) fn backtrace(cid: Cid, options: Option<i64>, limit: i64) -> Outcome<Owned> {
    /// `DEBUG_BACKTRACE_PROVIDE_OBJECT`.
    const WITH_OBJECTS: i64 = 1;
    trace(cid, options.unwrap_or(WITH_OBJECTS), limit).ok_or(Failure::False)
}

pub(super) fn print_backtrace(cid: Cid, options: i64, limit: i64) -> Outcome<()> {
    match trace(cid, options, limit) {
        Some(trace) => output::write(&backtrace::describe(trace.as_value())),
        None => Ok(()),
    }
}
