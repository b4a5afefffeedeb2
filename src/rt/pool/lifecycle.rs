//! The life of a pool: its start, the forks of its workers, and its end.

use super::cleaner::Cleaner;
use super::in_flight::InFlight;
use super::inbox::Inbox;
use super::master::Master;
use super::master_handle::MasterHandle;
use super::master_signals::LOOK_AT_BOARD;
use super::plan::{NewWorker, Plan};
use super::scoreboard::{Phase, Scoreboard};
use super::state::{Membership, Pool, Pools, Run};
use super::transport::Transport;
use super::transport::server::Server;
use super::worker::Worker;
use crate::os::process::{self, Pid, WaitMode};
use crate::os::{Errno, Result};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::process::pipes::Pipes;

impl Pools {
    /// Gives the pool a listening socket. `EALREADY` when it has one.
    pub fn set_server(&mut self, token: PoolToken, server: Server) -> Result<()> {
        let pool = self.get(token).ok_or(Errno::EBADF)?;
        if pool.server.is_some() {
            return Err(Errno::EALREADY);
        }
        pool.server = Some(server);
        Ok(())
    }

    /// Whether the pool has a listening socket.
    pub fn has_server(&mut self, token: PoolToken) -> bool {
        self.get(token).is_some_and(|pool| pool.server.is_some())
    }

    /// Starts a pool, with this process as its master. When the start fails, a queue of the pool's own is removed.
    pub fn start(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        token: PoolToken,
        plan: Plan,
        seed: u64,
    ) -> std::result::Result<(), SyscallError> {
        let own = plan.queue.and_then(|(queue, own)| own.then_some(queue));
        let result = self.try_start(core, pipes, token, plan, seed);
        if let (Err(_), Some(queue)) = (&result, own) {
            // Another process may have removed it.
            let _ = queue.remove();
        }
        result
    }

    fn try_start(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        token: PoolToken,
        plan: Plan,
        seed: u64,
    ) -> std::result::Result<(), SyscallError> {
        let board =
            Scoreboard::new(plan.spec.workers, plan.spec.max_workers).map_err(SyscallError::of("mmap()"))?;
        let in_flight = match plan.keep {
            0 => None,
            room => Some(
                InFlight::new(board.capacity(), room, plan.retries).map_err(SyscallError::of("mmap()"))?,
            ),
        };
        let transport = Transport::open(core, pipes, &plan)?;
        let master = match Master::new(plan.spec.clone(), plan.reload_signals, seed) {
            Ok(master) => master,
            Err(failed) => {
                transport.close(core, pipes);
                return Err(failed);
            }
        };
        core.events.note_claimed(master.claimed());
        if let Some(Pool { server, cleaner, run }) = self.get(token) {
            let (handle, began) = (MasterHandle::of_this_process(), now());
            let member = Membership::Master(Box::new(master));
            // Stored before the cleaner is forked: the cleaner exits by _exit(2), and does not release what this
            // function holds.
            let run = run.insert(Run { plan, board, transport, in_flight, master: handle, began, member });
            let server = server.as_ref();
            if cleaner.is_none() && run.transport.outlives(server) {
                // Without a cleaner they stay when all processes are killed.
                *cleaner = Cleaner::start(|| run.transport.remove(server)).ok();
            }
        }
        Ok(())
    }

    /// In the master, before it forks a worker. Returns how many processes that worker has had.
    pub(in crate::rt) fn note_fork(&mut self, token: PoolToken, worker: usize) -> u64 {
        if let Some(run) = self.run(token) {
            let at = now().saturating_duration_since(run.began).as_micros();
            run.board.note_fork(worker, u64::try_from(at).unwrap_or(u64::MAX));
        }
        self.master(token).map_or(0, |master| master.starts(worker))
    }

    /// In the master: the worker runs as `child`, after `restarts` others.
    pub(in crate::rt) fn note_forked(&mut self, token: PoolToken, new: NewWorker, child: Pid, restarts: u64) {
        if let Some(run) = self.run(token) {
            run.board.note_start(new.number, child, new.at, restarts);
        }
    }

    /// In a worker that was just forked: releases the master's signals.
    pub(in crate::rt) fn release_master_signals(&mut self, token: PoolToken) {
        if let Some(master) = self.master(token) {
            master.let_go();
        }
    }

    /// In a worker that was just forked: arms the parent-death guard, and makes room for messages.
    pub(in crate::rt) fn become_worker(
        &mut self,
        pipes: &mut Pipes,
        token: PoolToken,
        new: NewWorker,
        restarts: u64,
    ) -> std::result::Result<(), SyscallError> {
        let Some(run) = self.run(token) else { return Ok(()) };
        let NewWorker { number, at, .. } = new;
        // The master does the same, at a time of its own.
        run.board.note_start(number, process::pid(), at, restarts);
        let (transport, master) = (&run.transport, run.master.pid());
        let worker =
            Worker::new(new, master, &run.plan, transport.waits_without_mask(), transport.death_action())?;
        let room = transport.room(pipes, number);
        run.member = Membership::Worker(Box::new(worker));
        self.inbox = Inbox::with_room(room).map_err(SyscallError::of("malloc()"))?;
        Ok(())
    }

    /// The worker `pid` leaves the pool: it leaves its message loop after this message, and runs on by itself. False
    /// when this process is not a worker.
    pub fn detach_worker(&mut self, token: PoolToken, pid: Pid) -> bool {
        let Some(run) = self.run(token) else { return false };
        let Membership::Worker(worker) = &mut run.member else { return false };
        if worker.is_detached {
            return false;
        }
        let number = worker.number;
        worker.become_daemon();
        run.transport.leave();
        // The process finishes its message itself.
        if let Some(slots) = &run.in_flight {
            slots.end(number);
        }
        run.board.detach(number, pid);
        // The master may have exited in this moment.
        let _ = run.master.signal(LOOK_AT_BOARD);
        if let Some(pool) = self.get(token) {
            pool.leave();
        }
        true
    }

    /// The worker is about to exit. If the master is gone, the worker removes the pool's own queue or socket path in
    /// its place.
    pub fn end_worker(&mut self, token: PoolToken) {
        if let Some(Run { board, member: Membership::Worker(worker), .. }) = self.run(token) {
            worker.has_ended = true;
            if !worker.is_detached {
                board.note_phase(worker.number, Phase::Ending);
            }
        }
        if !self.worker(token).is_some_and(|worker| worker.is_orphaned()) {
            return;
        }
        if let Some(Pool { run: Some(run), server, .. }) = self.get(token) {
            run.transport.remove(server.as_ref());
        }
    }

    /// The pool has ended, or this process no longer takes part: releases everything of the run. In the master: returns
    /// the number of unhandled messages.
    pub fn end(&mut self, core: &mut Core, pipes: &mut Pipes, token: PoolToken) -> u64 {
        let Some(run) = self.get(token).and_then(|pool| pool.run.take()) else { return 0 };
        // For all other processes the pool continues.
        let Membership::Master(mut master) = run.member else {
            run.transport.close(core, pipes);
            return 0;
        };
        if master.templates.end() {
            // Any other child is the script's, which may wait for it when the pool has ended.
            while let Ok(Some(_)) = pipes.reap(WaitMode::Poll) {}
        }
        core.events.note_released();
        let kept = run.in_flight.as_ref().map_or(0, |slots| slots.all_waiting(run.board.reach()));
        let lost = run.transport.drain(core, pipes).saturating_add(kept);
        // Only now, because this process may be killed at any moment. A listening socket is kept for the next run.
        let clean = self.get(token).filter(|pool| pool.server.is_none());
        if let Some(cleaner) = clean.and_then(|pool| pool.cleaner.take()) {
            cleaner.end();
        }
        lost
    }

    /// Closes a pool whose object is gone.
    pub fn close(&mut self, core: &mut Core, pipes: &mut Pipes, token: PoolToken) {
        if self.exits && self.worker(token).is_some() {
            return;
        }
        self.end(core, pipes, token);
        if let Some(Pool { server, cleaner, .. }) = self.all.remove(token) {
            drop(server);
            if let Some(cleaner) = cleaner {
                cleaner.end();
            }
        }
    }
}
