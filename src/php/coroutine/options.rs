//! `Coroutine::set` and `getOptions`.

use super::wait;
use crate::php::log;
use crate::rt::socket::Limits;
use crate::zend::errors::Outcome;
use crate::zend::fiber;
use crate::zend::globals::{self, PerThread, per_thread};
use crate::zend::values::{Array, NewArray, Owned, Value};
use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::time::Duration;

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
}

const DEFAULT: Options = Options {
    most: DEFAULT_MOST,
    callbacks: true,
    deadlock_check: true,
    deadlock_traces: true,
    deadlock_limit: TRACES,
    deadlock_depth: DEPTH,
};

per_thread! {
    static OPTIONS: Cell<Options> = Cell::new(DEFAULT);
}

per_thread! {
    /// What was set, as it was set.
    static GIVEN: ManuallyDrop<RefCell<Option<Owned>>> = ManuallyDrop::new(RefCell::new(None));
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
pub(in crate::php) fn are_callbacks_coroutines() -> bool {
    get_all().callbacks
}

/// Sets whether callbacks of the loop run as coroutines.
pub(in crate::php) fn set_callbacks(enabled: bool) {
    change(|options| options.callbacks = enabled);
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

/// Sets options. Those that belong to parts of Swoole which do not exist here are remembered, and mean nothing.
pub(in crate::php) fn set(settings: Array<'_>) -> Outcome<()> {
    let mut merged = GIVEN.with(|given| {
        let given = given.borrow();
        let mut merged = NewArray::with_capacity(8);
        let known = given.as_ref().and_then(|given| Array::of(given.as_value()));
        for (key, value) in known.unwrap_or(Array::EMPTY).iter() {
            merged = put(merged, key, value);
        }
        merged
    });
    for (key, value) in settings.iter() {
        set_one(key.unwrap_or_default(), value);
        merged = put(merged, key, value);
    }
    let old = GIVEN.with(|given| given.borrow_mut().replace(Owned::new(merged)));
    drop(old);
    Ok(())
}

fn put(mut array: NewArray, key: Option<&[u8]>, value: Value<'_>) -> NewArray {
    match key.and_then(|key| std::str::from_utf8(key).ok()) {
        Some(key) => array.with(key, Owned::of(value)),
        None => {
            array.push(Owned::of(value));
            array
        }
    }
}

fn set_one(key: &[u8], value: Value<'_>) {
    let limit_sockets = |set: fn(&mut Limits, Option<Duration>)| {
        let limit = wait::limit(value.to_float());
        globals::with(|runtime| set(&mut runtime.sockets.defaults, limit));
    };
    let count = || usize::try_from(value.to_int()).ok().filter(|&count| count > 0);
    match key {
        b"max_coroutine" | b"max_coro_num" => change(|options| options.most = count().unwrap_or(DEFAULT_MOST)),
        b"stack_size" | b"c_stack_size" => {
            let bytes = count().unwrap_or(fiber::DEFAULT_SIZE);
            fiber::set_size(bytes.clamp(SMALLEST_STACK, LARGEST_STACK));
        }
        b"enable_deadlock_check" => change(|options| options.deadlock_check = value.to_bool()),
        b"deadlock_check_disable_trace" => change(|options| options.deadlock_traces = !value.to_bool()),
        b"deadlock_check_limit" => change(|options| options.deadlock_limit = count().unwrap_or(usize::MAX)),
        b"deadlock_check_depth" => change(|options| options.deadlock_depth = value.to_int().max(0)),
        b"socket_timeout" => limit_sockets(|limits, limit| (limits.read, limits.write) = (limit, limit)),
        b"socket_read_timeout" | b"socket_recv_timeout" => limit_sockets(|limits, limit| limits.read = limit),
        b"socket_write_timeout" | b"socket_send_timeout" => limit_sockets(|limits, limit| limits.write = limit),
        b"socket_connect_timeout" => limit_sockets(|limits, limit| limits.connect = limit),
        b"log_level" => log::set_level(value.to_int()),
        _ => {}
    }
}

pub(super) fn get() -> Outcome<Option<Owned>> {
    Ok(GIVEN.with(|given| given.borrow().as_ref().map(|given| Owned::of(given.as_value()))))
}

/// When the request's memory is gone.
pub(super) fn end() {
    GIVEN.with(|given| given.borrow_mut().take().map(std::mem::forget));
    OPTIONS.with(|options| options.set(DEFAULT));
}
