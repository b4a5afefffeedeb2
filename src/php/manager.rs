//! `Swoole\Process\Manager`: a pool in which each worker has a function of its own.
//!
//! In Swoole it is written in PHP. As there, its state is in its properties, and subclasses may change them.

use crate::php::exceptions;
use crate::php::outcome;
use crate::php::pool::{self, ManagerEvents, ManagerSettings, ManagerWorker};
use crate::zend::arguments::Callable;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::callback::Callback;
use crate::zend::class::Initial::{EmptyArray, Int};
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{Part, once};
use crate::zend::method;
use crate::zend::object::{PhpClass, This};
use crate::zend::values::{Owned, Value};

pub(super) const PART: Part = Part {
    start: once!(|_| {
        CLASS.register();
        CLASS.alias("Swoole\\Process\\ProcessManager");
    }),
    ..Part::NONE
};

static CLASS: Class = Class::new("Swoole\\Process\\Manager")
    .objects::<Manager>()
    .cloneable()
    .properties(&[
        Property::protected("pool"),
        Property::protected("ipcType").default(Int(0)),
        Property::protected("msgQueueKey").default(Int(0)),
        Property::protected("startFuncMap").default(EmptyArray),
    ])
    .methods(table![
        method!(
            "userland public function __construct(int $ipcType = SWOOLE_IPC_NONE, int $msgQueueKey = 0)",
            construct
        ),
        method!("userland public function add(callable $func, bool $enableCoroutine = false): self", add),
        method!(
            "userland public function addBatch(int $workerNum, callable $func, bool $enableCoroutine = false): self",
            add_batch
        ),
        method!("userland public function start(): void", start),
        method!("userland public function setIPCType(int $ipcType): self", set_ipc_type),
        method!("userland public function getIPCType(): int", ipc_type),
        method!("userland public function setMsgQueueKey(int $msgQueueKey): self", set_queue_key),
        method!("userland public function getMsgQueueKey(): int", queue_key),
    ])
    .additions(table![
        method!("userland public function set(array $settings): self", set),
        method!("public function on(string $event, callable $callback): self", on),
        method!("public function stats(): array", stats),
        method!("public function addWorker(callable $func, array $options = []): self", add_worker),
    ]);

/// The message of the exception of a manager that has given up.
const GAVE_UP: &str =
    "the manager has given up: its workers have failed more than max_restarts times within restart_window";

/// The Rust value of an object: settings and events of the pool, which Swoole's class does not have.
#[derive(Default)]
pub(super) struct Manager {
    settings: ManagerSettings,
    events: ManagerEvents,
}

impl PhpClass for Manager {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, visitor: &mut Visitor) {
        self.events.visit(visitor);
    }

    fn copy(&self) -> Manager {
        Manager { settings: self.settings.clone(), events: self.events.share() }
    }
}

/// The functions of the workers: a function, whether it runs as a coroutine, and options, where there are any.
const FUNCTIONS: &str = "startFuncMap";
const IPC: &str = "ipcType";
const KEY: &str = "msgQueueKey";

fn construct(this: This<'_, Manager>, ipc: Option<i64>, key: i64) -> Outcome<()> {
    set_ipc_type(this, ipc.unwrap_or(0))?;
    set_queue_key(this, key).map(drop)
}

fn add(this: This<'_, Manager>, callback: Callable<'_>, coroutine: bool) -> Outcome<Owned> {
    add_batch(this, 1, callback, coroutine)
}

fn add_batch(this: This<'_, Manager>, count: i64, callback: Callable<'_>, coroutine: bool) -> Outcome<Owned> {
    add_with(this, count, callback, coroutine, None)
}

/// Adds a worker with a name and a restart policy of its own.
fn add_worker(this: This<'_, Manager>, callback: Callable<'_>, options: Array<'_>) -> Outcome<Owned> {
    let mut worker = ManagerWorker::new(Callback::unchecked(callback.value()), false);
    for (key, value) in options.iter() {
        if !worker.set(key.unwrap_or_default(), value)? {
            let key = String::from_utf8_lossy(key.unwrap_or_default());
            return Err(outcome::invalid(format!(
                "a worker has no option '{key}': it has coroutine, name, restart and restart_pause"
            )));
        }
    }
    add_with(this, 1, callback, false, Some(&options))
}

fn add_with(
    this: This<'_, Manager>,
    count: i64,
    callback: Callable<'_>,
    coroutine: bool,
    options: Option<&Array<'_>>,
) -> Outcome<Owned> {
    let shown = this.get(FUNCTIONS);
    let present = Array::of(shown.as_value()).unwrap_or(Array::EMPTY);
    let most = pool::MOST_WORKERS;
    let more = usize::try_from(count).unwrap_or(0);
    if present.len().saturating_add(more) > most {
        return Err(outcome::invalid(format!("a manager can have at most {most} workers")));
    }
    let mut map = NewArray::with_capacity(0);
    for (_, value) in present.iter() {
        map.push(Owned::of(value));
    }
    for _ in 0..count {
        let mut entry = NewArray::with_capacity(3);
        entry.push(Owned::of(callback.value()));
        entry.push(coroutine);
        if let Some(options) = options {
            entry.push(*options);
        }
        map.push(entry);
    }
    this.set(FUNCTIONS, map);
    Ok(this.share())
}

/// The workers. Their functions are looked up when they are called: one that is not callable is an error of the worker.
fn workers(this: This<'_, Manager>) -> Outcome<Vec<ManagerWorker>> {
    let shown = this.get(FUNCTIONS);
    let entries = Array::of(shown.as_value()).unwrap_or(Array::EMPTY);
    let worker = |(_, entry)| {
        let mut parts = Array::of(entry).unwrap_or(Array::EMPTY).iter().map(|(_, value)| value);
        let function = Callback::unchecked(parts.next().unwrap_or(entry));
        let mut worker = ManagerWorker::new(function, parts.next().is_some_and(Value::to_bool));
        for (key, value) in parts.next().and_then(Array::of).unwrap_or(Array::EMPTY).iter() {
            worker.set(key.unwrap_or_default(), value)?;
        }
        Ok(worker)
    };
    entries.iter().map(worker).collect()
}

/// Sets the handler of an event of the pool.
fn on(this: This<'_, Manager>, name: &[u8], callback: Callable<'_>) -> Outcome<Owned> {
    if !this.events.set(name, Callback::unchecked(callback.value())) {
        let name = String::from_utf8_lossy(name);
        return Err(outcome::invalid(format!(
            "a manager has no event {name}: it has Start, Shutdown, WorkerStart, WorkerStop and WorkerError"
        )));
    }
    Ok(this.share())
}

/// The state of the pool and of each worker.
fn stats(this: This<'_, Manager>) -> Outcome<NewArray> {
    pool::stats_of(this.get("pool").as_value())
}

fn start(this: This<'_, Manager>) -> Outcome<()> {
    let (ipc, key) = (ipc_type(this)?, queue_key(this)?);
    let (starts, settings) = (workers(this)?, this.settings.clone());
    let pool = pool::of_manager(ipc, key, starts, settings, &this.events)?;
    this.set("pool", pool.share());
    match pool::run(pool.as_value()) {
        // This method returns nothing, so it cannot report it.
        Ok(Some(false)) => {
            Err(Failure::Throw { class: &exceptions::EXCEPTION, message: GAVE_UP.into(), code: 0 })
        }
        Ok(_) | Err(Failure::False) => Ok(()),
        Err(failure @ Failure::Warning(_)) => {
            // This method returns nothing, not even false.
            let _ = failure.raise();
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}

/// Sets settings of the pool. Later ones replace earlier ones.
fn set(this: This<'_, Manager>, settings: Array<'_>) -> Outcome<Owned> {
    this.settings.set(settings)?;
    Ok(this.share())
}

fn set_ipc_type(this: This<'_, Manager>, ipc: i64) -> Outcome<Owned> {
    this.set(IPC, ipc);
    Ok(this.share())
}

fn ipc_type(this: This<'_, Manager>) -> Outcome<i64> {
    Ok(this.get(IPC).as_value().to_int())
}

fn set_queue_key(this: This<'_, Manager>, key: i64) -> Outcome<Owned> {
    this.set(KEY, key);
    Ok(this.share())
}

fn queue_key(this: This<'_, Manager>) -> Outcome<i64> {
    Ok(this.get(KEY).as_value().to_int())
}
