//! `batch()`, `parallel()` and `map()`: tasks that run concurrently, and a wait for all of them.
//!
//! The results are in a table until the waiting coroutine takes them. A task that ends later finds no entry there.

use crate::php::{launch, settings, waiting};
use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use crate::zend::arguments::Callable;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::callback::Callback;
use crate::zend::class::table;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::function;
use crate::zend::globals::per_thread;
use crate::zend::jump;
use crate::zend::lifecycle::{self, Part};
use crate::zend::task::{Completion, Task};
use crate::zend::values::{Owned, Value};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Duration;

/// Tasks that a coroutine waits for.
struct Batch {
    /// The number of open tasks.
    left: usize,
    waiter: Option<Waiter>,
    /// By the numbers of the tasks; empty when the results are not needed.
    results: Vec<Owned>,
}

pub(super) const PART: Part = Part { request_end: forget_all, ..Part::NONE };

per_thread! {
    static BATCHES: RefCell<BTreeMap<u64, Batch>> = RefCell::new(BTreeMap::new());
}

per_thread! {
    static LAST: Cell<u64> = Cell::new(0);
}

/// Defines the functions; the short names only if the settings allow them.
pub(super) fn register() {
    lifecycle::register_functions(&table![
        function!("userland function Swoole\\Coroutine\\batch(array $tasks, float $timeout = -1.0): array", batch),
        function!("userland function Swoole\\Coroutine\\parallel(int $n, callable $fn): void", parallel),
        function!("userland function Swoole\\Coroutine\\map(array $list, callable $fn, float $timeout = -1.0): array", map),
    ].0);
    if settings::use_shortname() {
        lifecycle::register_functions(
            &table![
                function!("userland function Co\\batch(array $tasks, float $timeout = -1.0): array", batch),
                function!("userland function Co\\parallel(int $n, callable $fn): void", parallel),
                function!(
                    "userland function Co\\map(array $list, callable $fn, float $timeout = -1.0): array",
                    map
                ),
            ]
            .0,
        );
    }
}

fn batch(tasks: Array<'_>, timeout: Option<f64>) -> Outcome<NewArray> {
    // The array is an argument, so it does not change while the tasks run.
    run_all(tasks, timeout, |task, _key| Task::call(Callback::unchecked(task), std::iter::empty()))
}

fn map(list: Array<'_>, function: Callable<'_>, timeout: Option<f64>) -> Outcome<NewArray> {
    run_all(list, timeout, |value, key| {
        let arguments = std::iter::once(Owned::of(value)).chain(key);
        Task::call(Callback::unchecked(function.value()), arguments)
    })
}

fn run_all(
    list: Array<'_>,
    timeout: Option<f64>,
    task: impl Fn(Value<'_>, Option<Owned>) -> Task,
) -> Outcome<NewArray> {
    let batch = begin(list.len(), list.len());
    let mut elements = list.iter();
    let task = &task;
    let tasks = std::iter::from_fn(|| {
        let here = elements;
        elements.next().map(|(_, value)| move || task(value, here.key()))
    });
    let made = start_all(batch, tasks);
    let results = end(batch, made, timeout.and_then(waiting::limit))?;
    Ok(NewArray::with_keys_of(list, results.into_iter()))
}

fn parallel(count: i64, function: Callable<'_>) -> Outcome<()> {
    let count = usize::try_from(count).unwrap_or(0);
    let batch = begin(count, 0);
    let task = || Task::call(Callback::unchecked(function.value()), std::iter::empty());
    let made = start_all(batch, std::iter::repeat_n(task, count));
    end(batch, made, None).map(drop)
}

fn with<R>(batch: u64, body: impl FnOnce(&mut Batch) -> R) -> Option<R> {
    BATCHES.with(|batches| batches.borrow_mut().get_mut(&batch).map(body))
}

fn begin(left: usize, wanted: usize) -> u64 {
    let name = LAST.with(|last| last.replace(last.get() + 1));
    let results = std::iter::repeat_with(|| Owned::new(())).take(wanted).collect();
    BATCHES.with(|batches| batches.borrow_mut().insert(name, Batch { left, waiter: None, results }));
    name
}

/// Starts the tasks. A task that cannot be started counts as done.
fn start_all(batch: u64, tasks: impl Iterator<Item = impl FnOnce() -> Task>) -> Outcome<()> {
    for (index, task) in tasks.enumerate() {
        let completion = Completion { batch, index, report: task_is_done };
        match launch::create_task(|| task().reporting(completion)) {
            Ok(_) => {}
            Err(Failure::False) => task_is_done(completion, None)?,
            Err(Failure::Warning(text)) => {
                task_is_done(completion, None)?;
                errors::warn_owned(text.into_owned());
                if jump::is_thrown() {
                    return Err(Failure::Thrown);
                }
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

/// Waits until all tasks are done, for `limit` at most, and takes their results.
fn end(batch: u64, made: Outcome<()>, limit: Option<Duration>) -> Outcome<Vec<Owned>> {
    let waited = made.and_then(|()| wait_for_all(batch, limit));
    let done = BATCHES.with(|batches| batches.borrow_mut().remove(&batch));
    waited?;
    Ok(done.map(|batch| batch.results).unwrap_or_default())
}

fn wait_for_all(batch: u64, limit: Option<Duration>) -> Outcome<()> {
    if with(batch, |batch| batch.left).unwrap_or(0) == 0 {
        return Ok(());
    }
    let waiter = waiting::begin(WaitKind::Event, limit)?;
    with(batch, |batch| batch.waiter = Some(waiter));
    waiting::suspend(waiter).map(|_| ())
}

/// A task has returned: with a value, unless it has thrown.
fn task_is_done(completion: Completion, result: Option<Value<'_>>) -> Outcome<()> {
    let result = result.map(Owned::of);
    let waiter = with(completion.batch, |batch| {
        // The replaced value is null.
        if let (Some(place), Some(result)) = (batch.results.get_mut(completion.index), result) {
            *place = result;
        }
        batch.left = batch.left.saturating_sub(1);
        if batch.left == 0 { batch.waiter.take() } else { None }
    });
    match waiter.flatten() {
        Some(waiter) => waiting::wake(waiter, Wake::Ready).map(drop),
        None => Ok(()),
    }
}

/// When the request's memory is gone, and this data with it.
#[cold]
fn forget_all() {
    BATCHES.with(|batches| {
        for (_, batch) in std::mem::take(&mut *batches.borrow_mut()) {
            batch.results.into_iter().for_each(std::mem::forget);
        }
    });
}
