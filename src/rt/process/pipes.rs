//! The pipes of a process.

use crate::os::Result;
use crate::os::process::{self, Patience, Pid, Reaped};
use crate::rt::core::Core;
use crate::rt::core::child::{Child, Part};
use crate::rt::core::clock::WaitEnv;
use crate::rt::core::handles::PipeToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::process::pipe::{Kind, Pipe, Stop};
use crate::rt::process::queue::unless_ours;
use slotmap::SlotMap;

/// The send buffer to ask for on each end of a pipe, in bytes: Swoole's default.
pub const DEFAULT_BUFFER: i32 = 8 * 1024 * 1024;

/// The pipes of a process.
#[derive(Debug)]
pub struct Pipes {
    all: SlotMap<PipeToken, Pipe>,
    buffer_size: i32,
    buffer_size_is_chosen: bool,
}

impl Default for Pipes {
    fn default() -> Self {
        Pipes { all: SlotMap::default(), buffer_size: DEFAULT_BUFFER, buffer_size_is_chosen: false }
    }
}

impl Pipes {
    /// The send buffer to ask for on pipes made from now on, in bytes.
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

    /// The send buffer that is asked for, in bytes.
    pub fn buffer_size(&self) -> usize {
        usize::try_from(self.buffer_size).unwrap_or(0)
    }

    /// Makes a pipe.
    pub fn open(&mut self, kind: Kind) -> std::result::Result<PipeToken, SyscallError> {
        let pipe = Pipe::new(kind, self.buffer_size)?;
        Ok(self.all.insert(pipe))
    }

    /// The pipe of a token, unless it was closed.
    #[inline]
    pub fn get(&mut self, token: PipeToken) -> Option<&mut Pipe> {
        self.all.get_mut(token)
    }

    /// Closes a pipe: both ends, in this process. What the loop has still to send is sent all the same.
    pub fn close(&mut self, core: &mut Core, token: PipeToken) {
        if let Some(number) = self.get(token).and_then(|pipe| pipe.number()) {
            core.events.reactor.forget(number);
        }
        self.all.remove(token);
    }

    /// The next read or write of a pipe goes on with one that was interrupted.
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

    /// Writes to a pipe that does not block, through the loop: what does not fit now is sent while the loop runs.
    /// `ENOBUFS` when more would wait than the pipe's buffer is to hold. `None` when the pipe blocks, or nothing
    /// was asked of the loop.
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

    /// Reaps a child, any child.
    pub fn reap(&mut self, patience: Patience) -> Result<Option<Reaped>> {
        let reaped = process::reap(patience)?;
        if let Some(Reaped { pid, .. }) = reaped {
            self.note_end_of(pid);
        }
        Ok(reaped)
    }

    /// As [`Pipes::reap`], and waits until one has ended. `EINTR` when a handler of the script is to run.
    pub fn wait(&mut self, core: &mut Core) -> Result<Option<Reaped>> {
        match self.reap(Patience::Poll) {
            Ok(None) => unless_ours(|| core.wait_in_kernel(|| self.reap(Patience::Wait))),
            result => result,
        }
    }

    /// A child was reaped: its pipe must not wait for it any more.
    pub(in crate::rt) fn note_end_of(&mut self, pid: Pid) {
        for pipe in self.all.values_mut() {
            pipe.note_end_of(pid);
        }
    }

    /// Our parent has ended: we let go of the pipes of its other children, as they do of ours. Which these were.
    pub(in crate::rt) fn let_go_of_siblings(&mut self) -> Vec<PipeToken> {
        let gone = self.all.iter_mut().filter_map(|(token, pipe)| pipe.let_go_of_sibling().then_some(token));
        gone.collect()
    }
}

impl Part for Pipes {
    fn in_child(&mut self, child: Child) {
        // The loop has no part in which child it is: valgrind reports it when the compiler looks there, before the loop,
        // at what only some children have.
        let own = match child {
            Child::Daemon => return,
            Child::Process { pipe, .. } => pipe,
            Child::Worker { channel, .. } => channel,
            Child::Foreign => None,
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
