//! What an object has: its settings, its callbacks, and the objects of its workers.

use super::settings::Settings;
use crate::os::process;
use crate::php::constructed::Constructed;
use crate::php::process::Worker;
use crate::rt::core::handles::PoolToken;
use crate::rt::pool::Ipc;
use crate::rt::process::queue::Queue;
use crate::zend::callback::Callback;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::jump::Call;
use crate::zend::object::This;
use crate::zend::values::Owned;
use std::cell::{Cell, RefCell};

/// What a pool calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    Start,
    Shutdown,
    WorkerStart,
    WorkerStop,
    WorkerExit,
    WorkerError,
    Message,
}

/// As scripts name them, in small letters.
pub(super) const EVENTS: [(&[u8], Event); 7] = [
    (b"start", Event::Start),
    (b"shutdown", Event::Shutdown),
    (b"workerstart", Event::WorkerStart),
    (b"workerstop", Event::WorkerStop),
    (b"workerexit", Event::WorkerExit),
    (b"workererror", Event::WorkerError),
    (b"message", Event::Message),
];

/// What is in front of each object: nothing until the constructor has run.
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
    /// What each worker of a manager runs instead of `WorkerStart`, and whether as a coroutine.
    pub(super) starts: RefCell<Vec<(Callback, bool)>>,
    /// Objects for workers that the script has asked for.
    pub(super) objects: RefCell<Vec<Option<Owned>>>,
    /// It runs, in this process or in its master.
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

    /// Whether workers run a loop and handle messages in coroutines.
    pub(super) fn is_coroutine(&self) -> bool {
        self.settings.borrow().coroutine
    }

    /// The largest message in bytes.
    pub(super) fn largest(&self) -> usize {
        let settings = self.settings.borrow();
        if settings.bus { usize::MAX } else { settings.largest }
    }

    /// What is known of a worker; `None` when there is none of this number.
    pub(super) fn worker(&self, number: usize) -> Option<Worker> {
        let key = i64::from(self.key);
        globals::with(|runtime| {
            let pools = &mut runtime.pools;
            let row = pools.board(self.token)?.row(number)?;
            let master = pools.master_pid(self.token)?;
            let own = pools.worker(self.token).is_some_and(|worker| worker.number() == number);
            let (channel, is_bus) = (pools.channel(self.token, number), pools.has_bus(self.token));
            let queue = pools.queue(self.token).map(|queue: Queue| (queue, key));
            // The master writes it down when the worker runs already.
            let pid = if own { Some(process::pid()) } else { row.pid };
            Some(Worker::new(number, pid, master).reached_by(channel, is_bus, queue))
        })
    }
}

/// Calls what the script has for an event, with the pool and one more argument.
pub(super) fn call(this: This<'_, Pool>, callback: Option<Callback>, argument: Option<Owned>) -> Call {
    let Some(callback) = callback else { return Call::Returned };
    match argument {
        Some(argument) => callback.call_each(&mut [this.share(), argument]),
        None => callback.call_each(&mut [this.share()]),
    }
}
