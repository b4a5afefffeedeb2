//! `Coroutine::set` and `getOptions`.

use crate::php::hooks;
use crate::php::options as common;
use crate::php::{coroutine_settings, outcome, preemption};
use crate::zend::arrays::{Array, NewArray};
use crate::zend::callback::Callback;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::fiber;
use crate::zend::values::{Owned, Value};

/// The smallest stack in bytes: PHP's own functions need some room.
const SMALLEST_STACK: usize = 256 * 1024;
/// The largest stack in bytes.
const LARGEST_STACK: usize = 16 * 1024 * 1024;

/// Hooks all supported functions for `run()`, unless the script has chosen hooks.
pub(super) fn set_default_hooks() -> Outcome<()> {
    let given = coroutine_settings::given();
    let known = given.as_ref().and_then(|given| Array::of(given.as_value()));
    let is_given = known.is_some_and(|known| known.get("hook_flags").is_some());
    drop(given);
    if is_given { Ok(()) } else { set(NewArray::with_capacity(1).with("hook_flags", hooks::ALL).as_array()) }
}

/// Sets options. Options of parts of Swoole that are missing here are stored without effect.
pub(super) fn set(settings: Array<'_>) -> Outcome<()> {
    // A reference of our own, because the engine allocates below, and may leave with a long jump.
    let given = coroutine_settings::given();
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
    coroutine_settings::set_given(Owned::new(merged));
    Ok(())
}

/// An element without a name is not an option, and is not stored.
fn put(array: NewArray, key: Option<&[u8]>, value: Value<'_>) -> NewArray {
    match key.and_then(|key| std::str::from_utf8(key).ok()) {
        Some(key) => array.with(key, Owned::of(value)),
        None => array,
    }
}

/// The names of the options that [`set_one`] knows, besides those of `php::options`.
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

/// Refuses values that [`set_one`] would refuse, except a file that cannot be opened.
pub(super) fn check(key: &[u8], value: Value<'_>) -> Outcome<()> {
    match key {
        b"exit_condition" => exit_condition(value).map(drop),
        _ => common::check_common(key, value),
    }
}

pub(super) fn set_one(key: &[u8], value: Value<'_>) -> Outcome<()> {
    let count = || usize::try_from(value.to_int()).ok().filter(|&count| count > 0);
    match key {
        b"max_coroutine" | b"max_coro_num" => coroutine_settings::set_max(count()),
        b"stack_size" | b"c_stack_size" => {
            // As in Swoole, a negative size is a large one.
            let bytes = usize::try_from(value.to_int()).unwrap_or(LARGEST_STACK);
            fiber::set_size(bytes.clamp(SMALLEST_STACK, LARGEST_STACK));
        }
        b"enable_deadlock_check" => coroutine_settings::set_deadlock_check(value.to_bool()),
        b"deadlock_check_disable_trace" => coroutine_settings::set_deadlock_traces(!value.to_bool()),
        b"deadlock_check_limit" => coroutine_settings::set_deadlock_limit(count()),
        b"deadlock_check_depth" => coroutine_settings::set_deadlock_depth(value.to_int()),
        b"hook_flags" => hooks::set(value.to_int()),
        b"enable_preemptive_scheduler" => {
            coroutine_settings::set_preemptive(value.to_bool());
            preemption::begin();
        }
        b"exit_condition" => coroutine_settings::set_exit_condition(exit_condition(value)?),
        _ => return common::set_common(key, value).map(drop),
    }
    Ok(())
}

fn exit_condition(value: Value<'_>) -> Outcome<Option<Callback>> {
    if value.is_null() {
        return Ok(None);
    }
    Callback::find(value).map(Some).ok_or_else(|| outcome::warning(outcome::not_callable(value)))
}

pub(super) fn get() -> Outcome<Option<Owned>> {
    Ok(coroutine_settings::given())
}
