//! The pipes of a process.

use crate::os::Result;
use crate::os::process::{self, ExitReport, Reaped, WaitMode};
use crate::rt::core::Core;
use crate::rt::core::child::{Child, Part};
use crate::rt::core::clock::WaitEnv;
use crate::rt::core::handles::PipeToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::process::pipe::{Kind, Pipe, Stop};
use crate::rt::process::queue::unless_ours;
use crate::rt::process::started::StartedChildren;
use slotmap::SlotMap;

/// The default send buffer of each end of a pipe, in bytes, as in Swoole.
pub const DEFAULT_BUFFER: i32 = 8 * 1024 * 1024;

/// The pipes of a process, and the children at their other ends.
#[derive(Debug)]
pub struct Pipes {
    /// The children that process objects have started.
    pub started: StartedChildren,
    all: SlotMap<PipeToken, Pipe>,
    buffer_size: i32,
    buffer_size_is_chosen: bool,
}

impl Default for Pipes {
    fn default() -> Self {
        Pipes {
            started: StartedChildren::default(),
            all: SlotMap::default(),
            buffer_size: DEFAULT_BUFFER,
            buffer_size_is_chosen: false,
        }
    }
}

impl Pipes {
    /// Sets the send buffer of future pipes, in bytes.
    pub fn set_buffer_size(&mut self, bytes: i32) {
        self.buffer_size = bytes;
        self.buffer_size_is_chosen = true;
    }

    /// As [`Pipes::set_buffer_size`], unless that was called before.
    pub fn set_default_buffer_size(&mut self, bytes: i32) {
        if !self.buffer_size_is_chosen {
            self.buffer_size = bytes;
        }
    }

    /// The requested send buffer, in bytes.
    pub fn buffer_size(&self) -> usize {
        usize::try_from(self.buffer_size).unwrap_or(0)
    }

    /// Creates a pipe.
    pub fn open(&mut self, kind: Kind) -> std::result::Result<PipeToken, SyscallError> {
        let pipe = Pipe::new(kind, self.buffer_size)?;
        Ok(self.all.insert(pipe))
    }

    /// The pipe of a token, unless it was closed.
    #[inline]
    pub fn get(&mut self, token: PipeToken) -> Option<&mut Pipe> {
        self.all.get_mut(token)
    }

    /// Closes both ends of a pipe in this process. Data in the loop's write queues is still sent.
    pub fn close(&mut self, core: &mut Core, token: PipeToken) {
        if let Some(number) = self.get(token).and_then(|pipe| pipe.number()) {
            core.events.reactor.forget(number);
        }
        self.all.remove(token);
    }

    /// The next read or write of a pipe continues an interrupted one.
    pub fn go_on(&mut self, token: PipeToken) {
        if let Some(pipe) = self.get(token) {
            pipe.go_on();
        }
    }

    /// As [`Pipe::largest_message`].
    pub fn largest_message(&mut self, token: PipeToken) -> Result<Option<usize>> {
        self.get(token).map_or(Ok(None), |pipe| pipe.largest_message())
    }

    /// Writes to a pipe.
    pub fn write(&mut self, token: PipeToken, data: &[u8], env: WaitEnv) -> std::result::Result<usize, Stop> {
        self.get(token).ok_or(Stop::Closed)?.write(data, env)
    }

    /// Writes to a nonblocking pipe through the loop: what finds no room is sent while the loop runs. `ENOBUFS` when
    /// more would wait than the pipe's buffer may hold. `None` when the pipe blocks, or the loop is not in use.
    #[inline]
    pub fn write_in_loop(&mut self, core: &mut Core, token: PipeToken, data: &[u8]) -> Option<Result<()>> {
        if !core.events.is_in_use() {
            return None;
        }
        let number = self.get(token).filter(|pipe| !pipe.is_blocking()).and_then(|pipe| pipe.number())?;
        Some(core.events.reactor.send(number, data, self.buffer_size()))
    }

    /// Before a start: as [`Pipe::renew`].
    pub(in crate::rt) fn renew(&mut self, token: PipeToken) -> std::result::Result<bool, SyscallError> {
        let size = self.buffer_size;
        self.get(token).map_or(Ok(false), |pipe| pipe.renew(size))
    }

    /// Reaps any child.
    pub fn reap(&mut self, mode: WaitMode) -> Result<Option<Reaped>> {
        let report = process::reap(mode)?;
        if let Some(report) = report {
            self.note_end_of(report);
        }
        Ok(report.map(|report| report.reaped))
    }

    /// As [`Pipes::reap`], and waits until a child has exited. `EINTR` when a handler of the script is pending.
    pub fn wait(&mut self, core: &mut Core) -> Result<Option<Reaped>> {
        match self.reap(WaitMode::Poll) {
            Ok(None) => unless_ours(|| core.wait_in_kernel(|| self.reap(WaitMode::Wait))),
            result => result,
        }
    }

    /// A child was reaped: its pipe must stop waiting for it.
    pub(in crate::rt) fn note_end_of(&mut self, report: ExitReport) {
        for pipe in self.all.values_mut() {
            pipe.note_end_of(report.reaped.pid);
        }
        self.started.note_end(report);
    }

    /// Our parent has exited: closes our copies of the pipes of its other children, which close theirs of ours. Returns
    /// these pipes.
    pub(in crate::rt) fn let_go_of_siblings(&mut self) -> Vec<PipeToken> {
        let gone = self.all.iter_mut().filter_map(|(token, pipe)| pipe.let_go_of_sibling().then_some(token));
        gone.collect()
    }
}

impl Part for Pipes {
    #[cold]
    fn in_child(&mut self, child: Child) {
        self.started.clear();
        // The kind of child is examined outside of the loop. When the compiler moved the test of a field that only some
        // kinds have in front of the loop, valgrind reported it.
        let own = match child {
            Child::Daemon => return,
            Child::Process { pipe, .. } => pipe,
            Child::Worker { channel, .. } => channel,
            Child::Template { .. } | Child::Foreign => None,
        };
        for (token, pipe) in &mut self.all {
            if Some(token) != own {
                pipe.inherited();
            }
        }
        let Some(pipe) = own.and_then(|own| self.all.get_mut(own)) else { return };
        match child {
            Child::Process { parent, .. } => pipe.become_worker(parent),
            _ => pipe.become_pool_worker(),
        }
    }
}
