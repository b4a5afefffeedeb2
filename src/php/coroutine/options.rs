//! `Coroutine::set` and `getOptions`.

use super::{hooks, share};
use crate::php::options as common;
use crate::php::{event, outcome, settings};
use crate::zend::arrays::{Array, NewArray};
use crate::zend::callback::Callback;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::fiber;
use crate::zend::globals::per_thread;
use crate::zend::jump::Call;
use crate::zend::uncaught;
use crate::zend::values::{Owned, Value};
use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;

/// `SWOOLE_DEFAULT_MAX_CORO_NUM`.
const DEFAULT_MOST: usize = 100_000;

/// The smallest stack in bytes: PHP's own functions need some room.
const SMALLEST_STACK: usize = 256 * 1024;
/// The largest stack in bytes.
const LARGEST_STACK: usize = 16 * 1024 * 1024;

/// How many coroutines the report about a deadlock shows by default, and how deep.
const TRACES: usize = 32;
const DEPTH: i64 = 32;

#[derive(Clone, Copy)]
struct Options {
    most: usize,
    callbacks: bool,
    deadlock_check: bool,
    deadlock_traces: bool,
    deadlock_limit: usize,
    deadlock_depth: i64,
    /// `None` until somebody asks: then php.ini decides.
    preemptive: Option<bool>,
}

const DEFAULT: Options = Options {
    most: DEFAULT_MOST,
    callbacks: true,
    deadlock_check: true,
    deadlock_traces: true,
    deadlock_limit: TRACES,
    deadlock_depth: DEPTH,
    preemptive: None,
};

per_thread! {
    static OPTIONS: Cell<Options> = Cell::new(DEFAULT);
}

per_thread! {
    /// What was set, as it was set.
    static GIVEN: ManuallyDrop<RefCell<Option<Owned>>> = ManuallyDrop::new(RefCell::new(None));
}

per_thread! {
    /// What is asked before the loop ends because nothing is left to do.
    static EXIT_CONDITION: ManuallyDrop<RefCell<Option<Callback>>> = ManuallyDrop::new(RefCell::new(None));
}

fn change(body: impl FnOnce(&mut Options)) {
    OPTIONS.with(|cell| {
        let mut options = cell.get();
        body(&mut options);
        cell.set(options);
    });
}

fn get_all() -> Options {
    OPTIONS.with(Cell::get)
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
    change(|options| options.callbacks = enabled);
}

/// Sets whether a deadlock is reported.
pub(super) fn set_deadlock_check(enabled: bool) {
    change(|options| options.deadlock_check = enabled);
}

/// Whether a deadlock is reported.
pub(super) fn deadlock_check() -> bool {
    get_all().deadlock_check
}

/// How deep the traces in that report are, and how many; `None` when there are to be none.
pub(super) fn deadlock_traces() -> Option<(i64, usize)> {
    let options = get_all();
    options.deadlock_traces.then_some((options.deadlock_depth, options.deadlock_limit))
}

/// Whether coroutines that do not give way are made to.
#[inline]
pub(super) fn is_preemptive() -> bool {
    get_all().preemptive.unwrap_or_else(|| {
        let preemptive = settings::is_preemptive();
        change(|options| options.preemptive = Some(preemptive));
        preemptive
    })
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

/// `run()` lets the functions of PHP that wait give way, unless the script has said which.
pub(super) fn set_default_hooks() -> Outcome<()> {
    let given = GIVEN.with(|given| {
        let given = given.borrow();
        let known = given.as_ref().and_then(|given| Array::of(given.as_value()));
        known.is_some_and(|known| known.get("hook_flags").is_some())
    });
    if given { Ok(()) } else { set(NewArray::with_capacity(1).with("hook_flags", hooks::ALL).as_array()) }
}

/// Sets options. Those that belong to parts of Swoole which do not exist here are remembered, and mean nothing.
pub(super) fn set(settings: Array<'_>) -> Outcome<()> {
    // A reference of our own: the engine allocates below, and may leave with a long jump then.
    let given = GIVEN.with(|given| given.borrow().as_ref().map(Owned::share));
    let mut merged = NewArray::with_capacity(8);
    let known = given.as_ref().and_then(|given| Array::of(given.as_value()));
    for (key, value) in known.unwrap_or(Array::EMPTY).iter() {
        merged = put(merged, key, value);
    }
    for (key, value) in settings.iter() {
        match set_one(key.unwrap_or_default(), value) {
            Ok(()) | Err(Failure::False) => {}
            // The other options are set all the same, and there is no value to return.
            Err(Failure::Warning(text)) => errors::warn_owned(text.into_owned()),
            Err(failure) => return Err(failure),
        }
        merged = put(merged, key, value);
    }
    let old = GIVEN.with(|given| given.borrow_mut().replace(Owned::new(merged)));
    drop(old);
    Ok(())
}

/// What has no name is no option, and not remembered.
fn put(array: NewArray, key: Option<&[u8]>, value: Value<'_>) -> NewArray {
    match key.and_then(|key| std::str::from_utf8(key).ok()) {
        Some(key) => array.with(key, Owned::of(value)),
        None => array,
    }
}

/// The names of the options that [`set_one`] knows, beside those of `php::options`.
pub(super) const NAMES: &[&str] = &[
    "c_stack_size",
    "deadlock_check_depth",
    "deadlock_check_disable_trace",
    "deadlock_check_limit",
    "enable_deadlock_check",
    "enable_preemptive_scheduler",
    "exit_condition",
    "hook_flags",
    "max_coro_num",
    "max_coroutine",
    "stack_size",
];

/// Refuses a value that [`set_one`] would refuse, but for a file that cannot be opened.
pub(super) fn check(key: &[u8], value: Value<'_>) -> Outcome<()> {
    match key {
        b"exit_condition" => exit_condition(value).map(drop),
        _ => common::check_common(key, value),
    }
}

pub(super) fn set_one(key: &[u8], value: Value<'_>) -> Outcome<()> {
    let count = || usize::try_from(value.to_int()).ok().filter(|&count| count > 0);
    match key {
        b"max_coroutine" | b"max_coro_num" => {
            change(|options| options.most = count().unwrap_or(DEFAULT_MOST))
        }
        b"stack_size" | b"c_stack_size" => {
            let bytes = count().unwrap_or(fiber::DEFAULT_SIZE);
            fiber::set_size(bytes.clamp(SMALLEST_STACK, LARGEST_STACK));
        }
        b"enable_deadlock_check" => change(|options| options.deadlock_check = value.to_bool()),
        b"deadlock_check_disable_trace" => change(|options| options.deadlock_traces = !value.to_bool()),
        b"deadlock_check_limit" => change(|options| options.deadlock_limit = count().unwrap_or(usize::MAX)),
        b"deadlock_check_depth" => change(|options| options.deadlock_depth = value.to_int().max(0)),
        b"hook_flags" => hooks::set(value.to_int()),
        b"enable_preemptive_scheduler" => {
            change(|options| options.preemptive = Some(value.to_bool()));
            share::begin();
        }
        b"exit_condition" => return set_exit_condition(value),
        _ => return common::set_common(key, value).map(drop),
    }
    Ok(())
}

fn exit_condition(value: Value<'_>) -> Outcome<Option<Callback>> {
    if value.is_null() {
        return Ok(None);
    }
    Callback::find(value).map(Some).ok_or_else(|| outcome::warning(event::not_callable(value)))
}

fn set_exit_condition(value: Value<'_>) -> Outcome<()> {
    let condition = exit_condition(value)?;
    let old = EXIT_CONDITION.with(|slot| std::mem::replace(&mut *slot.borrow_mut(), condition));
    drop(old);
    Ok(())
}

pub(super) fn get() -> Outcome<Option<Owned>> {
    Ok(GIVEN.with(|given| given.borrow().as_ref().map(|given| Owned::of(given.as_value()))))
}

/// At the end of the request, while PHP can still run: what is kept is released.
pub(super) fn release() {
    let given = GIVEN.with(|given| given.borrow_mut().take());
    let condition = EXIT_CONDITION.with(|condition| condition.borrow_mut().take());
    drop((given, condition));
}

/// When the request's memory is gone.
pub(super) fn end() {
    GIVEN.with(|given| given.borrow_mut().take().map(std::mem::forget));
    EXIT_CONDITION.with(|condition| condition.borrow_mut().take().map(std::mem::forget));
    OPTIONS.with(|options| options.set(DEFAULT));
}
