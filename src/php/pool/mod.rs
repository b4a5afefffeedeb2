//! `Swoole\Process\Pool`: workers that are restarted when they exit.

mod master;
mod message_loop;
mod messages;
mod plan;
mod received;
mod requests;
mod settings;
mod state;
mod stats;
mod template;
mod templates;
mod users;
mod worker;

use crate::php::{exceptions, outcome};
use crate::rt::pool::Ipc;
use crate::rt::process::queue;
use crate::zend::arguments::Callable;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::callback::Callback;
use crate::zend::class::Initial::{Bool, Int};
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{Part, is_command_line, once};
use crate::zend::object::{Instance, PhpClass, This, object_of};
use crate::zend::values::{Owned, Value};
use crate::zend::{globals, method};
use settings::Settings;
use state::{EVENTS, Event, Pool, Source, Start, State};
use std::cell::{Cell, RefCell};

pub(super) const PART: Part = Part {
    start: once!(|_| CLASS.register()),
    request_stop: worker::forget,
    parts: &[users::PART],
    ..Part::NONE
};

static CLASS: Class = Class::new("Swoole\\Process\\Pool")
    .idle_destructor()
    .objects::<Pool>()
    .not_serializable()
    .properties(&[
        Property::public("master_pid").default(Int(-1)),
        Property::public("workerPid").default(Int(-1)),
        Property::public("workerId").default(Int(-1)),
        Property::public("workers"),
        Property::public("workerRunning").default(Bool(true)),
        Property::public("running").default(Bool(true)),
    ])
    .methods(table![
        method!(
            "public function __construct(int $worker_num, int $ipc_type = SWOOLE_IPC_NONE, int $msgqueue_key = 0, bool $enable_coroutine = false)",
            construct
        ),
        method!("public function __destruct()", destruct),
        method!("public function set(array $settings): void", set),
        method!("public function on(string $name, ~callable $callback): bool", on),
        method!("lenient public function getProcess(int $work_id = -1): Swoole\\Process|false", messages::get_process),
        method!(
            "public function listen(string $host, int $port = 0, int $backlog = 2048): bool",
            messages::listen
        ),
        method!("public function write(string $data): bool", messages::write),
        method!("lenient public function sendMessage(string $data, int $dst_worker_id): bool", messages::send),
        method!("lenient public function detach(): bool", worker::detach),
        method!("public function start(): ?false", master::start),
        method!("public function stop(): void", worker::stop),
        method!("lenient public function shutdown(): bool", requests::shutdown),
    ])
    .additions(table![
        method!("public function stats(): array", stats::get),
        method!("public function resize(int $worker_num): bool", requests::resize),
        method!("public function restart(int $worker_id): bool", requests::restart),
        method!("public function renewTemplate(): bool", requests::renew_template),
        method!("public function consume(object $queue, callable $handler): bool", consume),
    ]);

/// The largest number of workers.
pub(super) const MOST_WORKERS: usize = settings::MOST_WORKERS;

impl PhpClass for Pool {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, visitor: &mut Visitor) {
        let Some(state) = self.state.peek() else { return };
        state.callbacks.borrow().iter().flatten().for_each(|callback| callback.visit(visitor));
        state.starts.borrow().iter().for_each(|start| start.function.visit(visitor));
        state.objects.borrow().iter().flatten().for_each(|object| object.visit(visitor));
        state.source.borrow().iter().for_each(|source| source.visit(visitor));
    }
}

fn construct(this: This<'_, Pool>, workers: i64, ipc: Option<i64>, key: i64, coroutine: bool) -> Outcome<()> {
    this.state.must_be_new(this)?;
    if !is_command_line() {
        return Err(outcome::error(format!("{} can only be used in PHP CLI mode", this.class_name())));
    }
    fill(this, workers, ipc.unwrap_or(0), key, Settings { coroutine, ..Settings::default() })
}

fn fill(this: This<'_, Pool>, workers: i64, ipc: i64, key: i64, settings: Settings) -> Outcome<()> {
    if globals::with(|runtime| runtime.pools.is_any_running()) {
        return Err(outcome::error("a process pool is running in this process, cannot create another one"));
    }
    let unfit = |message| Failure::Throw { class: &exceptions::EXCEPTION, message, code: 0 };
    let count = usize::try_from(workers).ok().filter(|&count| count > 0);
    let count = count.ok_or_else(|| unfit("the parameter $worker_num must be greater than 0".into()))?;
    if count > MOST_WORKERS {
        return Err(unfit(format!("the parameter $worker_num must be at most {MOST_WORKERS}").into()));
    }
    let ipc = match ipc {
        0 => Ipc::None,
        1 => Ipc::Pairs,
        2 => Ipc::Queue,
        3 => Ipc::Server,
        _ => {
            return Err(outcome::invalid(format!(
                "the parameter $ipc_type must be one of SWOOLE_IPC_*, {ipc} given"
            )));
        }
    };
    if settings.coroutine && !matches!(ipc, Ipc::None | Ipc::Pairs) {
        return Err(Failure::Error(
            "the parameter $ipc_type must be SWOOLE_IPC_UNIXSOCK when enable coroutine".into(),
        ));
    }
    let key = queue::key(key)
        .ok_or_else(|| outcome::invalid("the parameter $msgqueue_key must fit into 32 bits"))?;
    let token = globals::with(|runtime| runtime.pools.open());
    let state = State {
        token,
        workers: count,
        ipc,
        key,
        settings: RefCell::new(settings),
        callbacks: RefCell::default(),
        starts: RefCell::default(),
        source: RefCell::default(),
        objects: RefCell::default(),
        running: Cell::new(false),
    };
    this.state.set(this, state)?;
    Ok(())
}

/// Subclasses call it as their parent's.
fn destruct(_this: This<'_, Pool>) -> Outcome<()> {
    Ok(())
}

fn set(this: This<'_, Pool>, given: Array<'_>) -> Outcome<()> {
    let state = this.state()?;
    if state.running.get() {
        // Raised here, because a failure would return false, and this method returns nothing.
        errors::warn("the process pool is running, cannot change its settings");
        return Ok(());
    }
    settings::change(&state.settings, "Pool", given, |new| new.check(state.ipc))
}

fn on(this: This<'_, Pool>, name: &[u8], callback: Value<'_>) -> Outcome<bool> {
    let state = this.state()?;
    if state.running.get() {
        return Err(outcome::warning("process pool is started. unable to register event callback function"));
    }
    let Some((_, event)) = EVENTS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)) else {
        let name = String::from_utf8_lossy(name);
        return Err(outcome::warning(format!("unknown event type[{name}]")));
    };
    if *event == Event::Message && state.ipc == Ipc::None {
        return Err(outcome::invalid("cannot set `onMessage` event with ipc_type=0"));
    }
    let Some(found) = Callback::find(callback) else {
        // As in Swoole, the return value stays the same.
        errors::warn_owned(outcome::not_callable(callback));
        return Ok(true);
    };
    state.keep(*event, found);
    Ok(true)
}

/// The workers take messages from a queue outside of the pool, such as `Swoole\Process\RedisQueue`.
fn consume(this: This<'_, Pool>, queue: Value<'_>, handler: Callable<'_>) -> Outcome<bool> {
    let state = this.state()?;
    if state.running.get() {
        return Err(outcome::warning("the process pool is running, cannot change its queue"));
    }
    if state.ipc != Ipc::None || state.is_coroutine() {
        return Err(outcome::invalid(
            "a pool with a queue must have the ipc_type SWOOLE_IPC_NONE, and no coroutines",
        ));
    }
    let method = |name: &str| {
        let mut pair = NewArray::with_capacity(2);
        pair.push(Owned::of(queue));
        pair.push(name);
        let pair = Owned::new(pair);
        let found = Callback::find(pair.as_value());
        drop(pair);
        found.ok_or(Failure::BadValue(1, c"must be a queue, such as Swoole\\Process\\RedisQueue"))
    };
    let source =
        Source { serve: method("serve")?, close: method("close")?, handler: Owned::of(handler.value()) };
    // It may have the last reference to an object, whose destructor may use this pool.
    let old = state.source.replace(Some(source));
    drop(old);
    Ok(true)
}

/// The settings of a manager's pool, before the pool exists.
#[derive(Clone, Default)]
pub(super) struct ManagerSettings(RefCell<Settings>);

impl ManagerSettings {
    /// Replaces those that a script gives. If one is refused, nothing changes.
    pub(super) fn set(&self, given: Array<'_>) -> Outcome<()> {
        settings::change(&self.0, "Manager", given, |_| Ok(()))
    }
}

/// A worker of a manager, before its pool exists.
pub(super) struct ManagerWorker(Start);

impl ManagerWorker {
    /// A worker that runs this function, perhaps as a coroutine.
    pub(super) fn new(function: Callback, coroutine: bool) -> ManagerWorker {
        ManagerWorker(Start { function, coroutine, name: None, restart: None, pause: None })
    }

    /// Sets an option that a script gives. False when there is none of this name.
    pub(super) fn set(&mut self, key: &[u8], value: Value<'_>) -> Outcome<bool> {
        match key {
            b"coroutine" => self.0.coroutine = value.to_bool(),
            b"name" => self.0.name = Some(settings::name(value)?),
            b"restart" => self.0.restart = Some(settings::restart(value)?),
            b"restart_pause" => self.0.pause = Some(settings::pause(value)?),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// The handlers of a manager's events, before its pool exists.
#[derive(Default)]
pub(super) struct ManagerEvents(RefCell<Vec<(Event, Callback)>>);

impl ManagerEvents {
    /// Sets the handler of an event. False when a manager has no such event: it has no messages, and its coroutines no
    /// `WorkerExit`; and no template.
    pub(super) fn set(&self, name: &[u8], callback: Callback) -> bool {
        let lower = name.to_ascii_lowercase();
        let event = EVENTS.iter().find(|(known, _)| *known == lower).map(|(_, event)| *event);
        let event = event
            .filter(|event| !matches!(event, Event::Message | Event::WorkerExit) && !event.is_of_template());
        let Some(event) = event else { return false };
        let mut events = self.0.borrow_mut();
        let old = events.iter().position(|(known, _)| *known == event).map(|at| events.swap_remove(at));
        events.push((event, callback));
        // It may have the last reference to an object, whose destructor may use this manager.
        drop(events);
        drop(old);
        true
    }

    pub(super) fn share(&self) -> ManagerEvents {
        let events = self.0.borrow();
        ManagerEvents(RefCell::new(
            events.iter().map(|(event, callback)| (*event, callback.share())).collect(),
        ))
    }

    pub(super) fn visit(&self, visitor: &mut Visitor) {
        self.0.borrow().iter().for_each(|(_, callback)| callback.visit(visitor));
    }
}

/// A pool for a manager: each of its workers runs a function of its own.
pub(super) fn of_manager(
    ipc: i64,
    key: i64,
    workers: Vec<ManagerWorker>,
    settings: ManagerSettings,
    events: &ManagerEvents,
) -> Outcome<Owned> {
    let count = i64::try_from(workers.len()).unwrap_or(i64::MAX);
    let pool = Owned::new(Instance::made::<Pool>(|_| {})?);
    let this = object_of::<Pool>(pool.as_value()).ok_or(Failure::False)?;
    fill(this, count, ipc, key, settings.0.into_inner())?;
    let state = this.state()?;
    state.starts.replace(workers.into_iter().map(|ManagerWorker(start)| start).collect());
    for (event, callback) in events.share().0.into_inner() {
        state.keep(event, callback);
    }
    Ok(pool)
}

/// The state of a pool that runs or has run.
pub(super) fn stats_of(pool: Value<'_>) -> Outcome<NewArray> {
    object_of::<Pool>(pool).map_or_else(|| Ok(stats::of_none()), stats::get)
}

/// Runs the pool of a manager.
pub(super) fn run(pool: Value<'_>) -> Outcome<Option<bool>> {
    object_of::<Pool>(pool).map_or(Ok(None), master::start)
}
