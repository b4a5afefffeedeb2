//! The state of an object: its process, with the pipe and the queue.

use super::options::Options;
use crate::os::process::Pid;
use crate::php::constructed::Constructed;
use crate::rt::core::handles::{ChildToken, PipeToken};
use crate::rt::process::queue::Queue;
use crate::zend::callback::Callback;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::values::Owned;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The Rust value of an object; nothing until the constructor has run.
#[derive(Default)]
pub(super) struct Process {
    pub(super) state: Constructed<State>,
}

/// A constructed process.
pub(super) struct State {
    /// The serial number, `$id`.
    pub(super) number: i64,
    /// `None` for the worker of a pool, and for a program.
    pub(super) callback: Option<Callback>,
    /// Whether the pipe replaces the child's standard descriptors.
    pub(super) redirect: bool,
    pub(super) coroutine: Cell<bool>,
    /// Whether it is the worker of a pool.
    pub(super) of_pool: bool,
    /// How the child starts.
    pub(super) options: RefCell<Option<Rc<Options>>>,
    /// The streams of the child's standard descriptors.
    pub(super) streams: RefCell<[Option<Owned>; 3]>,
    /// The last child, and the process that started it.
    pub(super) child: Cell<Option<Child>>,
    pub(super) pipe: Cell<Option<PipeToken>>,
    /// The pair through which handles go, if nothing else may use it: to a worker of a pool with a message bus.
    pub(super) channel: Option<PipeToken>,
    pub(super) exported: RefCell<Option<Exported>>,
    pub(super) queue: Cell<Option<Queue>>,
}

impl State {
    /// That of an object without a callback and a pipe.
    pub(super) fn new(number: i64) -> State {
        State {
            number,
            callback: None,
            redirect: false,
            coroutine: Cell::new(false),
            of_pool: false,
            options: RefCell::default(),
            streams: RefCell::default(),
            child: Cell::new(None),
            pipe: Cell::new(None),
            channel: None,
            exported: RefCell::new(None),
            queue: Cell::new(None),
        }
    }
}

/// The pipe as a coroutine socket.
pub(super) struct Exported {
    pub(super) socket: Owned,
    /// The process that asked for it.
    pub(super) by: Pid,
}

/// The process of an object.
#[derive(Clone, Copy)]
pub(super) struct Child {
    pub(super) pid: Pid,
    pub(super) started_by: Pid,
    /// Its name in the runtime of that process, unless it is the worker of a pool.
    pub(super) token: Option<ChildToken>,
}

impl Drop for State {
    fn drop(&mut self) {
        self.forget_child();
        // The pipe of a pool's worker belongs to the pool.
        if !self.of_pool
            && let Some(token) = self.pipe.take()
        {
            globals::with(|runtime| runtime.pipes.close(&mut runtime.core, token));
        }
    }
}

impl State {
    /// The object needs to know of its last child no more.
    pub(super) fn forget_child(&self) {
        if let Some(token) = self.child.take().and_then(|child| child.token) {
            globals::with(|runtime| runtime.pipes.started.forget(token));
        }
    }
}

impl Process {
    pub(super) fn state(&self) -> Outcome<&State> {
        self.state.get()
    }
}
