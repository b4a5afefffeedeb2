//! The runtime of one process: its parts, and the few methods that span several of them.
//!
//! Objects of scripts hold tokens; the resources are here. So a fork finds all of them, and nothing is lost when the
//! engine leaves a function by a long jump.

use crate::os::Result;
use crate::os::poll::PollList;
use crate::os::spare::Spare;
use crate::rt::core::Core;
use crate::rt::core::child::Role;
use crate::rt::core::handles::PipeToken;
use crate::rt::dns::DnsCache;
use crate::rt::fd_passing::FdPassing;
use crate::rt::pool::Pools;
use crate::rt::process::pipe::{Received, Stop};
use crate::rt::process::pipes::Pipes;
use crate::rt::process::queue::{Outbox, Queue};
use crate::rt::selections::Selections;
use crate::rt::shared::SharedPlaces;
use crate::rt::socket::Sockets;
use crate::rt::streams::Streams;
use crate::rt::transfer::Transfers;

/// The runtime of one process.
#[derive(Debug, Default)]
pub struct Runtime {
    pub(super) role: Role,
    /// The event loop and the scheduler.
    pub core: Core,
    /// The pipes.
    pub pipes: Pipes,
    /// The sockets.
    pub sockets: Sockets,
    /// Streams of PHP that coroutines wait for.
    pub streams: Streams,
    /// What coroutines select from.
    pub selections: Selections,
    /// The pools.
    pub pools: Pools,
    /// Descriptors that coroutines read or write to the end.
    pub transfers: Transfers,
    /// The results of host name lookups.
    pub dns: DnsCache,
    /// Handles that go to other processes.
    pub fd_passing: FdPassing,
    /// Descriptors that a script waits for.
    pub poll_list: PollList,
    /// Memory for numbers and locks, shared by processes.
    pub shared: SharedPlaces,
    outbox: Outbox,
    last_number: i64,
}

impl Runtime {
    /// The role of this process.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The next number for a process object, from 1.
    pub fn next_number(&mut self) -> i64 {
        self.last_number += 1;
        self.last_number
    }

    /// Reads from a pipe into `buffer`.
    pub fn read<'b>(
        &mut self,
        token: PipeToken,
        buffer: impl Into<Spare<'b>>,
    ) -> std::result::Result<Received, Stop> {
        let buffer = buffer.into();
        let most = buffer.len();
        self.read_up_to(token, buffer, most)
    }

    /// Reads up to `most` bytes from a pipe into `buffer`, which has the room that the pipe asks for.
    #[inline]
    pub fn read_up_to<'b>(
        &mut self,
        token: PipeToken,
        buffer: impl Into<Spare<'b>>,
        most: usize,
    ) -> std::result::Result<Received, Stop> {
        let mut buffer = buffer.into();
        let pipe = self.pipes.get(token).ok_or(Stop::Closed)?;
        let reactor = &self.core.events.reactor;
        let mut watched = pipe.number().filter(|number| reactor.has_watcher(*number));
        loop {
            pipe.note_watched(watched.is_some());
            match pipe.read(buffer.lend(), most, self.core.env()) {
                // The watcher is of a descriptor that was closed.
                Err(Stop::WouldBlock) if watched.take_if(|number| !reactor.is_watched(*number)).is_some() => {
                }
                Err(Stop::Orphaned) => return self.read_as_orphan(token, buffer, most),
                result => return result,
            }
        }
    }

    /// Our parent has exited: closes our copies of the pipes of its other children, which close theirs of ours.
    #[cold]
    fn read_as_orphan(
        &mut self,
        token: PipeToken,
        buffer: Spare<'_>,
        most: usize,
    ) -> std::result::Result<Received, Stop> {
        self.sockets.let_go_of_siblings(&mut self.core, &mut self.pipes);
        let pipe = self.pipes.get(token).ok_or(Stop::Closed)?;
        pipe.go_on();
        pipe.read(buffer, most, self.core.env())
    }

    /// Pushes a message for process object `process`. `EDEADLK` when the push would wait for this process itself.
    #[inline]
    pub fn push(&mut self, queue: Queue, process: i64, data: &[u8]) -> Result<()> {
        if let Some(pool) = self.pools.of_queue(queue) {
            return self.pools.push(&mut self.core, &mut self.outbox, pool, queue, process, data);
        }
        queue.push(&mut self.core, process, data, &mut self.outbox)
    }

    /// Pops a message of process object `process`: as [`Queue::pop`].
    #[inline]
    pub fn pop<'b>(&mut self, queue: Queue, process: i64, buffer: impl Into<Spare<'b>>) -> Result<usize> {
        queue.pop(&mut self.core, process, buffer)
    }

    /// Closes all transfers: the loop that would wake their coroutines has ended.
    pub fn end_transfers(&mut self) {
        self.transfers.close_all(&mut self.core);
        self.dns.turns.clear();
    }
}

/// Borrows the parts of a runtime that a source of waits needs.
macro_rules! parts {
    ($($part:ident: $type:ty),*) => {
        impl<'a> From<&'a mut Runtime> for (&'a mut Core, $(&'a mut $type),*) {
            fn from(runtime: &'a mut Runtime) -> Self {
                (&mut runtime.core, $(&mut runtime.$part),*)
            }
        }
    };
}

parts!(dns: DnsCache);
parts!(pipes: Pipes);
parts!(pipes: Pipes, pools: Pools);
parts!(pipes: Pipes, sockets: Sockets);
parts!(pools: Pools);
parts!(selections: Selections);
parts!(streams: Streams);
parts!(transfers: Transfers);

impl<'a> From<&'a mut Runtime> for &'a mut Core {
    fn from(runtime: &'a mut Runtime) -> Self {
        &mut runtime.core
    }
}
