//! How coroutines are run, as the script has set it (`Coroutine::set`).

use crate::php::settings;
use crate::zend::callback::Callback;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals::per_thread;
use crate::zend::jump::Call;
use crate::zend::lifecycle::Part;
use crate::zend::uncaught;
use crate::zend::values::Owned;
use std::cell::{Cell, RefCell};

pub(super) const PART: Part = Part { request_end: end, ..Part::NONE };

/// `SWOOLE_DEFAULT_MAX_CORO_NUM`.
const DEFAULT_MOST: usize = 100_000;

/// How many coroutines the report about a deadlock shows by default, and how deep.
const TRACES: usize = 32;
const DEPTH: i64 = 32;

#[derive(Clone, Copy)]
struct Settings {
    most: usize,
    callbacks: bool,
    deadlock_check: bool,
    deadlock_traces: bool,
    deadlock_limit: usize,
    deadlock_depth: i64,
    /// `None` until the first use: then php.ini decides.
    preemptive: Option<bool>,
}

const DEFAULT: Settings = Settings {
    most: DEFAULT_MOST,
    callbacks: true,
    deadlock_check: true,
    deadlock_traces: true,
    deadlock_limit: TRACES,
    deadlock_depth: DEPTH,
    preemptive: None,
};

per_thread! {
    static SETTINGS: Cell<Settings> = Cell::new(DEFAULT);
}

per_thread! {
    /// What a script has set, as it was set.
    static GIVEN: RefCell<Option<Owned>> = RefCell::new(None);
}

per_thread! {
    /// The callable to ask before the loop ends because no work is left.
    static EXIT_CONDITION: RefCell<Option<Callback>> = RefCell::new(None);
}

fn change(body: impl FnOnce(&mut Settings)) {
    SETTINGS.with(|cell| {
        let mut settings = cell.get();
        body(&mut settings);
        cell.set(settings);
    });
}

fn get_all() -> Settings {
    SETTINGS.with(Cell::get)
}

/// How many coroutines a script may have.
pub(super) fn max() -> usize {
    get_all().most
}

/// Whether callbacks of the loop run as coroutines.
pub(super) fn are_callbacks_coroutines() -> bool {
    get_all().callbacks
}

/// Sets whether callbacks of the loop run as coroutines.
pub(super) fn set_callbacks(enabled: bool) {
    change(|settings| settings.callbacks = enabled);
}

/// Sets whether a deadlock is reported.
pub(super) fn set_deadlock_check(enabled: bool) {
    change(|settings| settings.deadlock_check = enabled);
}

/// Whether a deadlock is reported.
pub(super) fn deadlock_check() -> bool {
    get_all().deadlock_check
}

/// How deep the traces in that report are, and how many; `None` when there are to be none.
pub(super) fn deadlock_traces() -> Option<(i64, usize)> {
    let settings = get_all();
    settings.deadlock_traces.then_some((settings.deadlock_depth, settings.deadlock_limit))
}

/// Whether coroutines that do not give way are made to.
#[inline]
pub(super) fn is_preemptive() -> bool {
    get_all().preemptive.unwrap_or_else(|| {
        let preemptive = settings::is_preemptive();
        change(|settings| settings.preemptive = Some(preemptive));
        preemptive
    })
}

/// Sets how many coroutines a script may have; `None` for the default.
pub(super) fn set_max(count: Option<usize>) {
    change(|settings| settings.most = count.unwrap_or(DEFAULT_MOST));
}

/// Sets whether the report of a deadlock has traces.
pub(super) fn set_deadlock_traces(enabled: bool) {
    change(|settings| settings.deadlock_traces = enabled);
}

/// Sets how many traces that report has at most; `None` for all.
pub(super) fn set_deadlock_limit(count: Option<usize>) {
    change(|settings| settings.deadlock_limit = count.unwrap_or(usize::MAX));
}

/// Sets how deep these traces are.
pub(super) fn set_deadlock_depth(depth: i64) {
    change(|settings| settings.deadlock_depth = depth.max(0));
}

/// Sets whether coroutines that do not give way are made to.
pub(super) fn set_preemptive(enabled: bool) {
    change(|settings| settings.preemptive = Some(enabled));
}

/// What a script has set, with a reference of its own.
pub(super) fn given() -> Option<Owned> {
    GIVEN.with(|given| given.borrow().as_ref().map(Owned::share))
}

/// Remembers what a script has set.
pub(super) fn set_given(given: Owned) {
    let old = GIVEN.with(|slot| slot.borrow_mut().replace(given));
    drop(old);
}

/// Sets the callable to ask before the loop ends.
pub(super) fn set_exit_condition(condition: Option<Callback>) {
    let old = EXIT_CONDITION.with(|slot| std::mem::replace(&mut *slot.borrow_mut(), condition));
    drop(old);
}

/// Whether the loop may end when nothing is left to do: the script may want it to stay.
pub(super) fn may_loop_end() -> Outcome<bool> {
    let condition = EXIT_CONDITION.with(|condition| condition.borrow().as_ref().map(Callback::share));
    let Some(condition) = condition else { return Ok(true) };
    let stays = condition.returns_false();
    drop(condition);
    match stays {
        Ok(stays) => Ok(!stays),
        Err(Call::Bailed) => Err(Failure::Bailout),
        Err(_) => Err(uncaught::uncaught()),
    }
}

/// At the end of the request, while PHP can still run: what is kept is released.
#[cold]
pub(super) fn release() {
    let given = GIVEN.with(|given| given.borrow_mut().take());
    let condition = EXIT_CONDITION.with(|condition| condition.borrow_mut().take());
    drop((given, condition));
}

/// When the request's memory is gone.
#[cold]
fn end() {
    GIVEN.with(|given| given.borrow_mut().take().map(std::mem::forget));
    EXIT_CONDITION.with(|condition| condition.borrow_mut().take().map(std::mem::forget));
    SETTINGS.with(|settings| settings.set(DEFAULT));
}
