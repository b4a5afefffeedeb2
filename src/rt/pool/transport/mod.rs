//! Transports: how messages come to the workers of a pool. Each transport is one file and one arm of [`Transport`].

pub(super) mod clients;
mod pairs;
mod queue;
pub mod send_queue;
pub mod server;

use super::plan::{Ipc, Plan};
use super::station::Receiver;
use super::waits::RecvError;
use crate::os::parent_death_guard::DeathAction;
use crate::rt::core::Core;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::process::pipes::Pipes;
use crate::rt::process::queue::{Queue, Users};
use clients::Clients;
pub(super) use pairs::Pairs;
use queue::SharedQueue;
use server::Server;

/// The transport of a pool.
#[derive(Debug)]
pub(super) enum Transport {
    /// No messages.
    None,
    /// A socket pair for each worker.
    Pairs(Pairs),
    /// One queue for all workers.
    Queue(SharedQueue),
    /// Connections to a listening socket.
    Clients(Clients),
}

impl Transport {
    /// Opens the transport of this plan. When that fails, a queue of the pool's own still exists.
    pub(super) fn open(core: &mut Core, pipes: &mut Pipes, plan: &Plan) -> Result<Transport, SyscallError> {
        Ok(match plan.ipc {
            Ipc::None => Transport::None,
            Ipc::Pairs => Transport::Pairs(Pairs::open(core, pipes, plan)?),
            Ipc::Queue => plan
                .queue
                .map_or(Transport::None, |(queue, own)| Transport::Queue(SharedQueue::new(queue, own))),
            Ipc::Server => Transport::Clients(Clients::new(plan.client_timeout, plan.largest)),
        })
    }

    /// The initial room for a message, in bytes.
    pub(super) fn room(&self, pipes: &mut Pipes, worker: usize) -> usize {
        match self {
            Transport::Pairs(pairs) => pairs.room(pipes, worker),
            Transport::Queue(_) => SharedQueue::ROOM,
            Transport::None | Transport::Clients(_) => 0,
        }
    }

    /// Waits for the next message of a worker and receives it.
    pub(super) fn next(
        &mut self,
        receiver: &mut Receiver<'_>,
        pipes: &mut Pipes,
        server: Option<&Server>,
    ) -> Result<(), RecvError> {
        match self {
            Transport::None => Err(RecvError::Exit),
            Transport::Pairs(pairs) => pairs.next(receiver, pipes),
            Transport::Queue(queue) => queue.next(receiver),
            Transport::Clients(clients) => clients.next(receiver, server),
        }
    }

    /// Whether messages wait for a worker without a process that none of the `processes` running ones will handle.
    pub(super) fn waiting(
        &self,
        pipes: &mut Pipes,
        server: Option<&Server>,
        worker: usize,
        processes: usize,
    ) -> bool {
        match self {
            Transport::None => false,
            Transport::Pairs(pairs) => pairs.waiting(pipes, worker),
            Transport::Queue(queue) => queue.waiting() > processes,
            Transport::Clients(_) => processes == 0 && server.is_some_and(Server::has_clients),
        }
    }

    /// In the master, when the pool has ended: releases the transport. Returns the number of unhandled messages.
    pub(super) fn drain(self, core: &mut Core, pipes: &mut Pipes) -> u64 {
        match self {
            Transport::Pairs(pairs) => pairs.drain(core, pipes),
            Transport::Queue(queue) => queue.drain(),
            Transport::None | Transport::Clients(_) => 0,
        }
    }

    /// In another process that no longer takes part in the pool.
    pub(super) fn close(self, core: &mut Core, pipes: &mut Pipes) {
        if let Transport::Pairs(pairs) = self {
            pairs.close(core, pipes);
        }
    }

    /// Removes what belongs to the pool and outlives its processes.
    pub(super) fn remove(&self, server: Option<&Server>) {
        if let Transport::Queue(queue) = self {
            queue.remove();
        }
        if let Some(server) = server {
            server.remove_path();
        }
    }

    /// Lets other users use a queue of the pool's own.
    pub(super) fn admit(&self, users: Users) {
        if let Transport::Queue(queue) = self {
            queue.admit(users);
        }
    }

    /// What removes a queue of the pool's own when its processes are killed.
    pub(super) fn death_action(&self) -> Option<DeathAction> {
        self.own_queue().map(|queue| queue.death_action())
    }

    /// Whether [`Transport::remove`] has anything to remove.
    pub(super) fn outlives(&self, server: Option<&Server>) -> bool {
        self.own_queue().is_some() || server.is_some_and(Server::has_path)
    }

    /// In a child: forgets the waits of the parent's coroutines and clients.
    pub(super) fn reset(&mut self) {
        match self {
            Transport::None | Transport::Queue(_) => {}
            Transport::Pairs(pairs) => pairs.reset(),
            Transport::Clients(clients) => clients.reset(),
        }
    }

    /// The process leaves the pool, and receives no more.
    pub(super) fn leave(&mut self) {
        if let Transport::Clients(clients) = self {
            clients.leave();
        }
    }

    /// Whether messages that no worker has received wait for the next run.
    pub(super) fn keeps_rest(&self) -> bool {
        matches!(self, Transport::Queue(queue) if !queue.is_own())
    }

    /// Whether workers wait in calls that cannot have a signal mask of their own.
    pub(super) fn waits_without_mask(&self) -> bool {
        matches!(self, Transport::Queue(_))
    }

    /// The pairs, if this is the transport.
    pub(super) fn pairs(&self) -> Option<&Pairs> {
        if let Transport::Pairs(pairs) = self { Some(pairs) } else { None }
    }

    /// As [`Transport::pairs`].
    pub(super) fn pairs_mut(&mut self) -> Option<&mut Pairs> {
        if let Transport::Pairs(pairs) = self { Some(pairs) } else { None }
    }

    /// The clients, if this is the transport.
    pub(super) fn clients_mut(&mut self) -> Option<&mut Clients> {
        if let Transport::Clients(clients) = self { Some(clients) } else { None }
    }

    /// The queue, if this is the transport.
    pub(super) fn queue(&self) -> Option<Queue> {
        if let Transport::Queue(queue) = self { Some(queue.queue()) } else { None }
    }

    /// The queue, if it is the pool's own.
    pub(super) fn own_queue(&self) -> Option<Queue> {
        if let Transport::Queue(queue) = self { queue.own() } else { None }
    }
}
