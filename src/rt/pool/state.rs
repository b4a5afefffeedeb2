//! The pools of a process, and its membership in each.

use super::cleaner::Cleaner;
use super::in_flight::InFlight;
use super::inbox::Inbox;
use super::master::Master;
use super::master_handle::MasterHandle;
use super::master_signals::{LOOK_AT_BOARD, STOP};
use super::plan::Plan;
use super::scoreboard::Scoreboard;
use super::template::Template;
use super::transport::send_queue::SendQueue;
use super::transport::server::Server;
use super::transport::{Pairs, Transport};
use super::worker::Worker;
use crate::os::process::Pid;
use crate::os::signal::{self, SIGTERM};
use crate::os::{Errno, Result};
use crate::rt::core::child::{Child, Part};
use crate::rt::core::handles::{PipeToken, PoolToken};
use crate::rt::process::queue::{Queue, Users};
use slotmap::SlotMap;
use std::time::Instant;

/// What this process is to a pool.
#[derive(Debug)]
pub(super) enum Membership {
    Master(Box<Master>),
    Worker(Box<Worker>),
    /// Workers are forked from it.
    Template(Box<Template>),
    /// The child of a member, outside of the pool.
    NonMember,
}

/// A started pool.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) plan: Plan,
    pub(super) board: Scoreboard,
    pub(super) transport: Transport,
    /// Where messages are kept while they are handled.
    pub(super) in_flight: Option<InFlight>,
    pub(super) master: MasterHandle,
    /// The origin of the times that master and workers exchange.
    pub(super) began: Instant,
    pub(super) member: Membership,
}

/// A pool: its listening socket, and its run.
#[derive(Debug, Default)]
pub(super) struct Pool {
    pub(super) server: Option<Server>,
    pub(super) cleaner: Option<Cleaner>,
    pub(super) run: Option<Run>,
}

impl Run {
    /// The number of the worker that this process is. A worker that has left the pool has none.
    pub(super) fn worker(&self) -> Option<usize> {
        match &self.member {
            Membership::Worker(worker) => (!worker.is_detached()).then(|| worker.number()),
            Membership::Master(_) | Membership::Template(_) | Membership::NonMember => None,
        }
    }
}

impl Pool {
    /// This process is no longer a member: releases what would keep clients waiting, and what tells the cleaner that a
    /// member is left.
    pub(super) fn leave(&mut self) {
        self.server = None;
        self.cleaner = None;
    }
}

/// The pools of a process.
#[derive(Debug, Default)]
pub struct Pools {
    pub(super) all: SlotMap<PoolToken, Pool>,
    pub(super) inbox: Inbox,
    /// This process is about to exit.
    pub(super) exits: bool,
}

impl Pools {
    /// This process is about to exit: what a worker has is left to the kernel, which releases it with less work.
    pub fn note_exit(&mut self) {
        self.exits = true;
    }

    /// Makes a pool.
    pub fn open(&mut self) -> PoolToken {
        self.all.insert(Pool::default())
    }

    pub(super) fn get(&mut self, token: PoolToken) -> Option<&mut Pool> {
        self.all.get_mut(token)
    }

    pub(super) fn run(&mut self, token: PoolToken) -> Option<&mut Run> {
        self.get(token)?.run.as_mut()
    }

    /// Whether this process is the master or a worker of a running pool.
    pub fn is_any_running(&self) -> bool {
        let members = self.all.values().filter_map(|pool| pool.run.as_ref());
        members.into_iter().any(|run| !matches!(run.member, Membership::NonMember))
    }

    /// The master of a pool, in the master's process while the pool runs.
    pub fn master(&mut self, token: PoolToken) -> Option<&mut Master> {
        match &mut self.run(token)?.member {
            Membership::Master(master) => Some(master),
            Membership::Worker(_) | Membership::Template(_) | Membership::NonMember => None,
        }
    }

    /// The worker of a pool that this process is.
    pub fn worker(&mut self, token: PoolToken) -> Option<&mut Worker> {
        match &mut self.run(token)?.member {
            Membership::Worker(worker) => Some(worker),
            Membership::Master(_) | Membership::Template(_) | Membership::NonMember => None,
        }
    }

    /// The run of which this process is a worker, and the worker's number.
    pub(super) fn as_worker(&mut self, token: PoolToken) -> Option<(&mut Run, usize)> {
        let run = self.run(token)?;
        let number = run.worker()?;
        Some((run, number))
    }

    /// The pool whose run satisfies `is_meant`.
    pub(super) fn token_where(&self, is_meant: impl Fn(&Run) -> bool) -> Option<PoolToken> {
        let mut found = self.all.iter().filter(|(_, pool)| pool.run.as_ref().is_some_and(&is_meant));
        found.next().map(|(token, _)| token)
    }

    /// The scoreboard, while the pool runs.
    pub fn board(&mut self, token: PoolToken) -> Option<&Scoreboard> {
        self.run(token).map(|run| &run.board)
    }

    /// The pid of the master, while the pool runs.
    pub fn master_pid(&mut self, token: PoolToken) -> Option<Pid> {
        self.run(token).map(|run| run.master.pid())
    }

    /// Asks a pool's master to stop the pool. `ESRCH` when the master has exited, or when that cannot be known.
    pub fn ask_to_stop(&mut self, token: PoolToken) -> Result<()> {
        self.run(token).ok_or(Errno::ESRCH)?.master.signal(SIGTERM)
    }

    /// The pair of a worker, if the pool has pairs.
    pub fn channel(&mut self, token: PoolToken, worker: usize) -> Option<PipeToken> {
        self.run(token)?.transport.pairs()?.channel(worker)
    }

    /// The coroutines of this process that send to a worker.
    pub fn send_queue(&mut self, token: PoolToken, worker: usize) -> Option<&mut SendQueue> {
        self.run(token)?.transport.pairs_mut()?.send_queue(worker)
    }

    /// The queue, if the pool has one.
    pub fn queue(&mut self, token: PoolToken) -> Option<Queue> {
        self.run(token)?.transport.queue()
    }

    /// Whether messages between workers may have any size.
    pub fn has_bus(&mut self, token: PoolToken) -> bool {
        self.run(token).and_then(|run| run.transport.pairs()).is_some_and(Pairs::is_bus)
    }

    /// The message that was received last.
    pub fn inbox(&mut self) -> &mut Inbox {
        &mut self.inbox
    }

    /// Whether this process is a master with workers: a program that replaced it could not reap them.
    pub fn is_any_master_busy(&self) -> bool {
        self.all.values().any(|pool| match pool.run.as_ref().map(|run| &run.member) {
            Some(Membership::Master(master)) => master.has_workers(),
            Some(Membership::Worker(_) | Membership::Template(_) | Membership::NonMember) | None => false,
        })
    }

    /// Called before an exec.
    pub fn before_exec(&self) -> Result<()> {
        self.bonds().try_for_each(|worker| worker.before_exec())
    }

    /// Called when the exec has failed.
    pub fn after_exec(&self) -> Result<()> {
        self.bonds().try_for_each(|worker| worker.after_exec())
    }

    /// This process may have changed its user: arms its parent-death guards again.
    pub fn renew_bonds(&self) -> Result<()> {
        self.bonds().try_for_each(Worker::renew_bond)
    }

    /// This process is about to change to another user, and uses queues that belong to its pools.
    pub fn admit(&self, user: u32) {
        let runs = self.all.values().filter_map(|pool| pool.run.as_ref());
        for run in runs.filter(|run| !matches!(run.member, Membership::NonMember)) {
            if let Some(queue) = run.transport.own_queue()
                && queue.origin().is_ok_and(|origin| origin.maker != user)
            {
                run.board.note_user(user);
                admit(&run.transport, user, &run.board);
            }
        }
    }

    /// This process continues as a daemon in place of the process that forked it. A master stays master. A worker
    /// leaves its pool, because the process that the pool started exits.
    fn become_daemon(&mut self) {
        for pool in self.all.values_mut() {
            if let Some(run) = &mut pool.run {
                match &mut run.member {
                    Membership::Master(_) => run.master = MasterHandle::of_this_process(),
                    Membership::Worker(worker) => {
                        worker.become_daemon();
                        run.transport.leave();
                        pool.leave();
                    }
                    // The process that its master knows exits.
                    Membership::Template(_) => run.member = Membership::NonMember,
                    Membership::NonMember => {}
                }
            }
            if let Some(server) = &mut pool.server {
                server.adopt();
            }
        }
    }

    pub(super) fn bonds(&self) -> impl Iterator<Item = &Worker> {
        self.all.values().filter_map(|pool| match &pool.run.as_ref()?.member {
            Membership::Worker(worker) => Some(&**worker),
            Membership::Master(_) | Membership::Template(_) | Membership::NonMember => None,
        })
    }

    /// No code of the script runs in this process any more. A finished worker ignores stop signals. Otherwise one could
    /// kill the process before its memory is freed, and the master would take that for a crash.
    pub fn ignore_stop_signals(&self) {
        if self.bonds().any(|worker| worker.has_ended && !worker.is_detached) {
            for stop in STOP {
                // A signal that cannot be ignored only kills a process that is about to exit.
                let _ = signal::ignore_ours(stop);
            }
        }
    }

    /// Asks a pool's master to change the number of workers. `EINVAL` for more than the pool has room for, `ESRCH` as
    /// for [`Pools::ask_to_stop`].
    pub fn ask_to_resize(&mut self, token: PoolToken, workers: usize) -> Result<()> {
        let run = self.run(token).ok_or(Errno::ESRCH)?;
        if workers > run.board.capacity() {
            return Err(Errno::EINVAL);
        }
        run.board.want_size(workers);
        run.master.signal(LOOK_AT_BOARD)
    }

    /// Asks a pool's master to replace a worker. `ENOENT` when the pool has no such worker, `ESRCH` as for
    /// [`Pools::ask_to_stop`].
    pub fn ask_to_replace(&mut self, token: PoolToken, worker: usize) -> Result<()> {
        let run = self.run(token).ok_or(Errno::ESRCH)?;
        if worker >= run.board.size() {
            return Err(Errno::ENOENT);
        }
        run.board.want_replaced(worker);
        run.master.signal(LOOK_AT_BOARD)
    }

    /// Whether the whole pool stops, or has lost its master, or the worker that this process is.
    pub fn is_ending(&mut self, token: PoolToken) -> bool {
        let worker = self.worker(token).map(|worker| (worker.is_orphaned(), worker.number()));
        let is_orphaned = worker.is_some_and(|(is_orphaned, _)| is_orphaned);
        let is_ending = |board: &Scoreboard| {
            worker.map_or_else(|| board.is_ending(), |(_, number)| board.is_ending_for(number))
        };
        is_orphaned || self.board(token).is_some_and(is_ending)
    }
}

impl Part for Pools {
    /// Drops memberships and parent-death guards. Closes listening sockets, except that of the pool whose worker or
    /// template this child is.
    #[cold]
    fn in_child(&mut self, child: Child) {
        if child.is_program() {
            self.become_daemon();
            return;
        }
        for (token, pool) in &mut self.all {
            if child.pool() != Some(token) {
                pool.leave();
            }
            if let Some(run) = &mut pool.run {
                run.member = Membership::NonMember;
                run.transport.reset();
            }
        }
    }
}

/// Lets a user use a queue, or all users when members have several: a queue has one owner. Other processes may do this
/// at the same moment; the last call counts.
fn admit(transport: &Transport, user: u32, board: &Scoreboard) {
    loop {
        let several = board.has_users();
        transport.admit(if several { Users::All } else { Users::One(user) });
        if board.has_users() == several {
            return;
        }
    }
}
