//! `Swoole\Process\Manager`: a pool in which each worker has a function of its own.
//!
//! In Swoole it is written in PHP. As there, its state is in its properties, and subclasses may change them.

use crate::php::exceptions;
use crate::php::outcome;
use crate::php::pool::{self, ManagerSettings};
use crate::zend::arguments::Callable;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::callback::Callback;
use crate::zend::class::Initial::{EmptyArray, Int};
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::Part;
use crate::zend::method;
use crate::zend::object::{PhpClass, This};
use crate::zend::values::{Owned, Value};
use std::cell::RefCell;

pub(super) const PART: Part = Part {
    start: |_| {
        CLASS.register();
        CLASS.alias("Swoole\\Process\\ProcessManager");
    },
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
        method!("userland public function set(array $settings): self", set),
        method!("userland public function setIPCType(int $ipcType): self", set_ipc_type),
        method!("userland public function getIPCType(): int", ipc_type),
        method!("userland public function setMsgQueueKey(int $msgQueueKey): self", set_queue_key),
        method!("userland public function getMsgQueueKey(): int", queue_key),
    ]);

/// The message of the exception of a manager that has given up.
const GAVE_UP: &str = "the manager has given up: its workers have failed more than max_restarts times";

/// The Rust value of an object: settings of the pool, which Swoole's class does not have.
#[derive(Default)]
pub(super) struct Manager {
    settings: RefCell<ManagerSettings>,
}

impl PhpClass for Manager {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, _visitor: &mut Visitor) {}

    fn copy(&self) -> Manager {
        Manager { settings: self.settings.clone() }
    }
}

/// The functions of the workers: pairs of a function and whether it runs as a coroutine.
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
    let shown = this.get(FUNCTIONS);
    let present = Array::of(shown.as_value()).unwrap_or(Array::EMPTY);
    let most = usize::try_from(pool::MOST_WORKERS).unwrap_or(usize::MAX);
    let more = usize::try_from(count).unwrap_or(0);
    if present.len().saturating_add(more) > most {
        return Err(outcome::invalid(format!("a manager can have at most {most} workers")));
    }
    let mut map = NewArray::with_capacity(0);
    for (_, value) in present.iter() {
        map.push(Owned::of(value));
    }
    for _ in 0..count {
        let mut entry = NewArray::with_capacity(2);
        entry.push(Owned::of(callback.value()));
        entry.push(coroutine);
        map.push(entry);
    }
    this.set(FUNCTIONS, map);
    Ok(this.share())
}

/// The functions of the workers. They are looked up when they are called: one that is not callable is an error of the
/// worker.
fn functions(this: This<'_, Manager>) -> Vec<(Callback, bool)> {
    let shown = this.get(FUNCTIONS);
    let entries = Array::of(shown.as_value()).unwrap_or(Array::EMPTY);
    let pair = |(_, entry)| {
        let mut parts = Array::of(entry).unwrap_or(Array::EMPTY).iter().map(|(_, value)| value);
        let first = parts.next().unwrap_or(entry);
        (Callback::unchecked(first), parts.next().is_some_and(Value::to_bool))
    };
    entries.iter().map(pair).collect()
}

fn start(this: This<'_, Manager>) -> Outcome<()> {
    let (ipc, key) = (ipc_type(this)?, queue_key(this)?);
    let (starts, settings) = (functions(this), this.settings.borrow().clone());
    let pool = pool::of_manager(ipc, key, starts, settings)?;
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
    let known = this.settings.borrow().clone();
    let new = known.with(settings)?;
    this.settings.replace(new);
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
