//! The state of this process: its pipes, its buffers, and what it is.
//!
//! Scripts' objects hold tokens; the resources live here, so that a fork finds all of them, and so that
//! nothing is lost when the engine leaves a function without returning from it.

use crate::os::msgq::Message;
use crate::os::process::{self, Fork, Patience, Pid, Reaped};
use crate::os::spare::Spare;
use crate::os::{Result, fd};
use crate::rt::core::Core;
use crate::rt::core::event_loop::EventLoop;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::wait::Waiter;
use crate::rt::flow::Flows;
use crate::rt::names::Remembered;
use crate::rt::pipe::{Kind, Pipe, Received, Stop};
use crate::rt::pool::Pools;
use crate::rt::queue::{LARGEST, Queue};
use crate::rt::shared::SharedPlaces;
use crate::rt::socket::Sockets;
use slab::Slab;

/// The send buffer to ask for on each end of a pipe, in bytes: Swoole's default.
pub const DEFAULT_BUFFER: i32 = 8 * 1024 * 1024;

/// Names a pipe of this runtime. A token is not used again for another pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PipeToken {
    pub(super) index: usize,
    pub(super) serial: u64,
}

/// As [`Runtime::pipe`], for who uses other parts of the runtime at the same time.
#[inline]
pub(super) fn pipe_of(pipes: &mut Slab<(u64, Pipe)>, token: PipeToken) -> Option<&mut Pipe> {
    pipes.get_mut(token.index).filter(|(serial, _)| *serial == token.serial).map(|(_, pipe)| pipe)
}

/// What this process is to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The process that the user started, or what `daemon()` left of it.
    Main,
    /// A child that we forked, to run one callback.
    Child,
    /// A child that somebody else forked.
    Foreign,
}

/// On which side of a fork we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forked {
    /// In the parent.
    Parent {
        /// The new process.
        child: Pid,
    },
    /// In the child; everything that was only the parent's business is let go of.
    Child,
}

/// The runtime of one process.
#[derive(Debug)]
pub struct Runtime {
    role: Role,
    pub(super) pipes: Slab<(u64, Pipe)>,
    /// The sockets.
    pub sockets: Sockets,
    /// The pools.
    pub pools: Pools,
    /// Descriptors that coroutines read or write to the end.
    pub flows: Flows,
    /// Memory for numbers and locks that processes share.
    pub shared: SharedPlaces,
    /// Names that were looked up.
    pub names: Remembered,
    last_serial: u64,
    /// What it waits with.
    pub core: Core,
    message: Option<Message>,
    last_number: i64,
    buffer_size: i32,
    buffer_size_is_chosen: bool,
}

impl Default for Runtime {
    fn default() -> Self {
        Runtime {
            role: Role::Main,
            pipes: Slab::new(),
            sockets: Sockets::default(),
            pools: Pools::default(),
            flows: Flows::default(),
            shared: SharedPlaces::default(),
            names: Remembered::default(),
            last_serial: 0,
            core: Core::default(),
            message: None,
            last_number: 0,
            buffer_size: DEFAULT_BUFFER,
            buffer_size_is_chosen: false,
        }
    }
}

impl Runtime {
    /// What this process is.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The next number for a process object, from 1.
    pub fn next_number(&mut self) -> i64 {
        self.last_number += 1;
        self.last_number
    }

    /// The send buffer to ask for on pipes made from now on, in bytes.
    pub fn set_buffer_size(&mut self, bytes: i32) {
        self.buffer_size = bytes;
        self.buffer_size_is_chosen = true;
    }

    /// As [`Runtime::set_buffer_size`], unless that was called before.
    pub fn set_default_buffer_size(&mut self, bytes: i32) {
        if !self.buffer_size_is_chosen {
            self.buffer_size = bytes;
        }
    }

    /// The send buffer that is asked for, in bytes.
    pub fn buffer_size(&self) -> usize {
        usize::try_from(self.buffer_size).unwrap_or(0)
    }

    /// Makes a pipe.
    pub fn open_pipe(&mut self, kind: Kind) -> std::result::Result<PipeToken, SyscallError> {
        let pipe = Pipe::new(kind, self.buffer_size)?;
        self.last_serial += 1;
        let serial = self.last_serial;
        Ok(PipeToken { index: self.pipes.insert((serial, pipe)), serial })
    }

    /// The pipe of a token, unless it was closed.
    #[inline]
    pub fn pipe(&mut self, token: PipeToken) -> Option<&mut Pipe> {
        pipe_of(&mut self.pipes, token)
    }

    /// In a child: what its parent waits with is none of its business.
    fn leave_loop(&mut self) {
        self.core.reset_for_child();
        self.flows.inherit();
        self.names.turns.clear();
    }

    /// Closes a pipe: both ends, in this process. What the loop has still to send is sent all the same.
    pub fn close_pipe(&mut self, token: PipeToken) {
        if let Some(number) = self.pipe(token).and_then(|pipe| pipe.number()) {
            self.core.events.reactor.forget(number);
        }
        if self.pipe(token).is_some() {
            self.pipes.try_remove(token.index);
        }
    }

    /// Reads from a pipe into `buffer`.
    #[inline]
    pub fn read<'b>(
        &mut self,
        token: PipeToken,
        buffer: impl Into<Spare<'b>>,
    ) -> std::result::Result<Received, Stop> {
        let mut buffer = buffer.into();
        let env = self.core.env();
        let pipe = self.pipe(token).ok_or(Stop::Closed)?;
        match pipe.read(buffer.lend(), env) {
            Err(Stop::Orphaned) => self.read_as_orphan(token, buffer),
            result => result,
        }
    }

    /// Our parent has ended: we let go of the pipes of its other children, as they do of ours.
    #[cold]
    fn read_as_orphan(&mut self, token: PipeToken, buffer: Spare<'_>) -> std::result::Result<Received, Stop> {
        let env = self.core.env();
        self.let_go_of_siblings();
        let pipe = self.pipe(token).ok_or(Stop::Closed)?;
        pipe.go_on();
        pipe.read(buffer, env)
    }

    /// The next read or write of a pipe goes on with one that was interrupted.
    pub fn go_on(&mut self, token: PipeToken) {
        if let Some(pipe) = self.pipe(token) {
            pipe.go_on();
        }
    }

    /// As [`Pipe::largest_message`].
    pub fn largest_message(&mut self, token: PipeToken) -> Result<Option<usize>> {
        self.pipe(token).map_or(Ok(None), |pipe| pipe.largest_message())
    }

    /// Writes to a pipe.
    pub fn write(&mut self, token: PipeToken, data: &[u8]) -> std::result::Result<usize, Stop> {
        let env = self.core.env();
        self.pipe(token).ok_or(Stop::Closed)?.write(data, env)
    }

    /// Writes to a pipe that does not block, through the loop: what does not fit now is sent while the loop runs.
    /// `ENOBUFS` when more would wait than the pipe's buffer is to hold. `None` when the pipe blocks, or nothing
    /// was asked of the loop.
    #[inline]
    pub fn write_in_loop(&mut self, token: PipeToken, data: &[u8]) -> Option<Result<()>> {
        if !self.core.events.is_in_use() {
            return None;
        }
        let number = self.pipe(token).filter(|pipe| !pipe.is_blocking()).and_then(|pipe| pipe.number())?;
        let limit = self.buffer_size();
        Some(self.core.events.reactor.send(number, data, limit))
    }

    /// Pushes a message of process object `process`. `EDEADLK` when it would have to wait for this process itself.
    #[inline]
    pub fn push(&mut self, queue: Queue, process: i64, data: &[u8]) -> Result<()> {
        if let Some(pool) = self.pool_of_queue(queue) {
            return self.push_as_member(pool, queue, process, data);
        }
        let buffer = self.message.get_or_insert_with(|| Message::with_capacity(LARGEST));
        queue.push(process, data, buffer)
    }

    /// As [`Queue::push_once`].
    pub(super) fn push_once(&mut self, queue: Queue, process: i64, data: &[u8]) -> Result<()> {
        let buffer = self.message.get_or_insert_with(|| Message::with_capacity(LARGEST));
        queue.push_once(process, data, buffer)
    }

    /// Forks, and makes the child a process of its own, which is at the worker's end of `pipe` and keeps only what it may
    /// use of all the others.
    pub fn fork(&mut self, pipe: Option<PipeToken>) -> std::result::Result<Forked, SyscallError> {
        self.fork_with(pipe, |_| {}, |_| Vec::new())
    }

    /// The one place where processes are made that go on with the script (those that serve this one are made in
    /// `rt::helper`). What `first` and `last` do in the child comes before any signal: the one before, the other after
    /// the child has let go of what is its parent's. The signals that `last` returns come to the child even if they are
    /// blocked in its parent.
    pub(super) fn fork_with(
        &mut self,
        pipe: Option<PipeToken>,
        first: impl FnOnce(&mut Runtime),
        last: impl FnOnce(&mut Runtime) -> Vec<i32>,
    ) -> std::result::Result<Forked, SyscallError> {
        let parent = process::pid();
        let size = self.buffer_size;
        if let Some(token) = pipe
            && let Some(own) = self.pipe(token)
            && own.renew(size)?
        {
            self.renew_export(token)?;
        }
        match process::fork().map_err(SyscallError::of("fork()"))? {
            Fork::Parent { child } => {
                if let Some(token) = pipe
                    && let Some(own) = self.pipe(token)
                {
                    own.started(child);
                    self.note_start(token);
                }
                Ok(Forked::Parent { child })
            }
            Fork::Child { mask } => {
                self.role = Role::Child;
                // Without /dev/null they stay closed, as the script has left them.
                let _ = fd::fill_standard();
                first(self);
                self.leave_loop();
                self.sockets.inherit(pipe);
                self.pools.inherited();
                for (index, (serial, other)) in &mut self.pipes {
                    if Some(PipeToken { index, serial: *serial }) == pipe {
                        other.become_worker(parent);
                    } else {
                        other.inherited();
                    }
                }
                let heard = last(self);
                mask.for_child().without(heard).restore();
                Ok(Forked::Child)
            }
        }
    }

    /// Forks for `daemon()`: the child goes on as the same program, with everything it has, and owes nothing
    /// to the process it came from.
    pub fn fork_daemon(&mut self) -> Result<Forked> {
        match process::fork()? {
            Fork::Parent { child } => Ok(Forked::Parent { child }),
            Fork::Child { mask } => {
                self.role = Role::Main;
                self.pools.become_daemon();
                mask.restore();
                Ok(Forked::Child)
            }
        }
    }

    /// When this process was forked by somebody else since the last call: the same rule as for our own forks.
    #[inline(always)]
    pub fn notice_foreign_fork(&mut self) {
        if process::take_foreign_fork() {
            self.become_foreign();
        }
    }

    #[cold]
    #[inline(never)]
    fn become_foreign(&mut self) {
        self.role = Role::Foreign;
        self.leave_loop();
        self.sockets.inherit(None);
        self.pools.inherited();
        for (_, (_, pipe)) in &mut self.pipes {
            pipe.inherited();
        }
    }

    /// Reaps a child, any child.
    pub fn reap(&mut self, patience: Patience) -> Result<Option<Reaped>> {
        let reaped = process::reap(patience)?;
        if let Some(Reaped { pid, .. }) = reaped {
            self.note_end_of(pid);
        }
        Ok(reaped)
    }

    /// Reaps a child that has ended, this one or any, at once. `Ok(None)` when one is to be waited for, `ECHILD` when
    /// there is no such child.
    pub fn take_child(&mut self, pid: Option<Pid>) -> Result<Option<Reaped>> {
        let result = self.core.events.children.take(pid);
        self.note_ends();
        result
    }

    /// The next one whose child has ended, to be woken.
    pub fn next_child_waiter(&mut self) -> Option<Waiter> {
        let waiter = self.core.events.children.next_waiter();
        self.note_ends();
        waiter
    }

    /// A wait is over: what has come of it. `None` when the child still runs; `ECHILD` when somebody else has reaped it.
    pub fn end_child_wait(&mut self, waiter: Waiter) -> Option<Result<Reaped>> {
        let EventLoop { reactor, children, .. } = &mut self.core.events;
        let result = children.end_wait(reactor, waiter);
        self.note_ends();
        result
    }

    fn note_ends(&mut self) {
        for pid in self.core.events.children.take_ended() {
            self.note_end_of(pid);
        }
    }

    /// A child was reaped: its pipe must not wait for it any more.
    pub(super) fn note_end_of(&mut self, pid: Pid) {
        for (_, (_, pipe)) in &mut self.pipes {
            pipe.note_end_of(pid);
        }
    }
}
