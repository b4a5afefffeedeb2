//! The state of an object: its settings, its callbacks, and the objects of its workers.

use super::settings::Settings;
use crate::os::process;
use crate::php::constructed::Constructed;
use crate::php::process::Worker;
use crate::rt::core::handles::PoolToken;
use crate::rt::pool::Ipc;
use crate::rt::process::queue::Queue;
use crate::rt::supervisor::{Restart, Rule};
use crate::zend::callback::Callback;
use crate::zend::errors::Outcome;
use crate::zend::gc::Visitor;
use crate::zend::globals;
use crate::zend::jump::Call;
use crate::zend::object::This;
use crate::zend::values::Owned;
use std::cell::{Cell, RefCell};
use std::time::Duration;

/// The events of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    Start,
    Shutdown,
    WorkerStart,
    WorkerStop,
    WorkerExit,
    WorkerError,
    Message,
    TemplateStart,
    TemplateReady,
    TemplateError,
}

impl Event {
    /// Whether it is an event of the templates of a pool.
    pub(super) fn is_of_template(self) -> bool {
        matches!(self, Event::TemplateStart | Event::TemplateReady | Event::TemplateError)
    }
}

/// Their names in scripts, in small letters.
pub(super) const EVENTS: [(&[u8], Event); 10] = [
    (b"start", Event::Start),
    (b"shutdown", Event::Shutdown),
    (b"workerstart", Event::WorkerStart),
    (b"workerstop", Event::WorkerStop),
    (b"workerexit", Event::WorkerExit),
    (b"workererror", Event::WorkerError),
    (b"message", Event::Message),
    (b"templatestart", Event::TemplateStart),
    (b"templateready", Event::TemplateReady),
    (b"templateerror", Event::TemplateError),
];

/// What a worker of a manager is.
pub(super) struct Start {
    pub(super) function: Callback,
    /// Whether it runs as a coroutine.
    pub(super) coroutine: bool,
    pub(super) name: Option<String>,
    /// Where they differ from those of all workers.
    pub(super) restart: Option<Restart>,
    pub(super) pause: Option<Duration>,
}

/// A queue outside of the pool, from which its workers take messages.
pub(super) struct Source {
    /// Its method that takes a message and handles it.
    pub(super) serve: Callback,
    /// Its method that gives back what was taken in advance.
    pub(super) close: Callback,
    /// The handler of messages.
    pub(super) handler: Owned,
}

impl Source {
    fn share(&self) -> Source {
        let Source { serve, close, handler } = self;
        Source { serve: serve.share(), close: close.share(), handler: handler.share() }
    }

    pub(super) fn visit(&self, visitor: &mut Visitor) {
        self.serve.visit(visitor);
        self.close.visit(visitor);
        self.handler.visit(visitor);
    }
}

/// The Rust value of an object; nothing until the constructor has run.
#[derive(Default)]
pub(super) struct Pool {
    pub(super) state: Constructed<State>,
}

/// A constructed pool.
pub(super) struct State {
    pub(super) token: PoolToken,
    pub(super) workers: usize,
    pub(super) ipc: Ipc,
    /// The key that the script gave for the queue.
    pub(super) key: i32,
    pub(super) settings: RefCell<Settings>,
    pub(super) callbacks: RefCell<[Option<Callback>; EVENTS.len()]>,
    /// The function of each worker of a manager, which runs after `WorkerStart`.
    pub(super) starts: RefCell<Vec<Start>>,
    pub(super) source: RefCell<Option<Source>>,
    /// Objects of workers that the script has asked for.
    pub(super) objects: RefCell<Vec<Option<Owned>>>,
    /// Whether it runs, in this process or in its master.
    pub(super) running: Cell<bool>,
}

impl Drop for State {
    fn drop(&mut self) {
        globals::with(|runtime| runtime.pools.close(&mut runtime.core, &mut runtime.pipes, self.token));
    }
}

impl Pool {
    pub(super) fn state(&self) -> Outcome<&State> {
        self.state.get()
    }
}

impl State {
    pub(super) fn callback(&self, event: Event) -> Option<Callback> {
        self.callbacks.borrow().get(event as usize)?.as_ref().map(Callback::share)
    }

    pub(super) fn has(&self, event: Event) -> bool {
        self.callbacks.borrow().get(event as usize).is_some_and(Option::is_some)
    }

    /// The queue outside of the pool.
    pub(super) fn source(&self) -> Option<Source> {
        self.source.borrow().as_ref().map(Source::share)
    }

    /// Whether workers run a loop and handle messages in coroutines.
    pub(super) fn is_coroutine(&self) -> bool {
        self.settings.borrow().coroutine
    }

    /// The largest message in bytes.
    pub(super) fn largest(&self) -> usize {
        let settings = self.settings.borrow();
        if settings.bus { usize::MAX } else { settings.largest }
    }

    /// Keeps the callback of an event.
    pub(super) fn keep(&self, event: Event, callback: Callback) {
        let old = match self.callbacks.borrow_mut().get_mut(event as usize) {
            Some(slot) => slot.replace(callback),
            None => None,
        };
        drop(old);
    }

    /// The number of workers now.
    pub(super) fn size(&self) -> usize {
        let size = globals::with(|runtime| Some(runtime.pools.board(self.token)?.size()));
        size.unwrap_or(self.workers)
    }

    /// The name of a worker.
    pub(super) fn name(&self, worker: usize) -> Option<String> {
        let own = self.starts.borrow().get(worker).and_then(|start| start.name.clone());
        own.or_else(|| self.settings.borrow().names.of(worker))
    }

    /// A worker as lines of the log have it.
    pub(super) fn label(&self, worker: usize) -> String {
        match self.name(worker) {
            Some(name) => format!("worker {worker} [{name}]"),
            None => format!("worker {worker}"),
        }
    }

    /// The rules of workers that differ from those of all.
    pub(super) fn rules(&self) -> Vec<Rule> {
        let all = self.settings.borrow().rule;
        let rule_of = |start: &Start| Rule {
            restart: start.restart.unwrap_or(all.restart),
            pause: start.pause.unwrap_or(all.pause),
        };
        self.starts.borrow().iter().map(rule_of).collect()
    }

    /// The state of a worker; `None` when there is none of this number.
    pub(super) fn worker(&self, number: usize) -> Option<Worker> {
        let key = i64::from(self.key);
        globals::with(|runtime| {
            let pools = &mut runtime.pools;
            let row = pools.board(self.token)?.row(number)?;
            let master = pools.master_pid(self.token)?;
            let own = pools.worker(self.token).is_some_and(|worker| worker.number() == number);
            let (channel, is_bus) = (pools.channel(self.token, number), pools.has_bus(self.token));
            let queue = pools.queue(self.token).map(|queue: Queue| (queue, key));
            // The master publishes the pid only after the worker runs.
            let pid = if own { Some(process::pid()) } else { row.pid };
            Some(Worker::new(number, pid, master).reached_by(channel, is_bus, queue))
        })
    }
}

/// Calls the script's callback for an event, with the pool and one more argument.
pub(super) fn call(this: This<'_, Pool>, callback: Option<Callback>, argument: Option<Owned>) -> Call {
    let Some(callback) = callback else { return Call::Returned };
    match argument {
        Some(argument) => callback.call_each(&mut [this.share(), argument]),
        None => callback.call_each(&mut [this.share()]),
    }
}
