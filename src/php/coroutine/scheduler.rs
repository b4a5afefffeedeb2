//! `Swoole\Coroutine\Scheduler`: coroutines that are added first, and then started together.

use super::options;
use crate::php::event_loop::{self, Until};
use crate::php::{launch, outcome};
use crate::zend::arguments::{Callable, Rest};
use crate::zend::arrays::Array;
use crate::zend::callback::Callback;
use crate::zend::class::{Class, table};
use crate::zend::errors::Outcome;
use crate::zend::gc::Visitor;
use crate::zend::method;
use crate::zend::object::{PhpClass, This};
use crate::zend::task::Task;
use crate::zend::values::Owned;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

pub(super) static CLASS: Class = Class::new("Swoole\\Coroutine\\Scheduler")
    .not_extensible()
    .not_serializable()
    .objects::<Scheduler>()
    .methods(table![
        method!("public function add(callable $func, mixed ...$param): ~void", add),
        method!("public function parallel(int $n, callable $func, mixed ...$param): ~void", parallel),
        method!("public function set(array $settings): void", set),
        method!("lenient public function getOptions(): ?array", get_options),
        method!("lenient public function start(): bool", start),
    ]);

/// What to call, how often, and with which arguments.
struct Entry {
    callback: Callback,
    arguments: Vec<Owned>,
    count: i64,
}

/// The tasks of a scheduler.
#[derive(Default)]
pub(super) struct Scheduler {
    entries: RefCell<VecDeque<Entry>>,
    /// It runs, or it was started without tasks after it had run.
    started: Cell<bool>,
    has_run: Cell<bool>,
}

impl PhpClass for Scheduler {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, visitor: &mut Visitor) {
        for entry in self.entries.borrow().iter() {
            entry.callback.visit(visitor);
            for argument in &entry.arguments {
                argument.visit(visitor);
            }
        }
    }
}

fn add(this: This<'_, Scheduler>, callback: Callable<'_>, arguments: Rest<'_>) -> Outcome<()> {
    put(this, "add", callback, arguments, 1)
}

fn parallel(
    this: This<'_, Scheduler>,
    count: i64,
    callback: Callable<'_>,
    arguments: Rest<'_>,
) -> Outcome<()> {
    put(this, "parallel", callback, arguments, count)
}

fn put(
    this: This<'_, Scheduler>,
    method: &str,
    callback: Callable<'_>,
    arguments: Rest<'_>,
    count: i64,
) -> Outcome<()> {
    if this.started.get() {
        let class = this.class_name();
        let text = format!("scheduler is running, unable to execute {class}->{method}");
        return Err(outcome::warning(text));
    }
    let callback = callback.keep();
    let arguments = arguments.iter().map(Owned::of).collect();
    this.entries.borrow_mut().push_back(Entry { callback, arguments, count });
    Ok(())
}

fn set(_this: This<'_, Scheduler>, settings: Array<'_>) -> Outcome<()> {
    options::set(settings)
}

fn get_options(_this: This<'_, Scheduler>) -> Outcome<Option<Owned>> {
    options::get()
}

fn start(this: This<'_, Scheduler>) -> Outcome<bool> {
    if this.started.get() {
        let text = format!("scheduler is started, unable to execute {}->start", this.class_name());
        return Err(outcome::warning(text));
    }
    if this.entries.borrow().is_empty() {
        // As in Swoole, a scheduler that has run is used up by this. In Swoole, so is one that has not run.
        this.started.set(this.has_run.get());
        return Err(outcome::warning("no coroutine task"));
    }
    this.started.set(true);
    let result = launch_all(this).and_then(|()| event_loop::run(Until::Empty));
    this.started.set(false);
    this.has_run.set(true);
    result.map(|()| true)
}

fn launch_all(this: This<'_, Scheduler>) -> Outcome<()> {
    loop {
        let next = {
            let mut entries = this.entries.borrow_mut();
            match entries.front_mut() {
                None => return Ok(()),
                Some(entry) if entry.count > 0 => {
                    entry.count -= 1;
                    let arguments: Vec<Owned> = entry.arguments.iter().map(Owned::share).collect();
                    Some((entry.callback.share(), arguments))
                }
                Some(_) => {
                    let done = entries.pop_front();
                    drop(entries);
                    drop(done);
                    None
                }
            }
        };
        if let Some((callback, arguments)) = next {
            launch::create_or_warn(|| Task::call(callback, arguments.into_iter()))?;
        }
    }
}

/// `run()`: a scheduler with one task.
pub(super) fn run(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<bool> {
    launch::create(callback, arguments)?;
    event_loop::run(Until::Empty)?;
    Ok(true)
}
