//! The life of a pool: its start, the forks of its workers, and its end.

use super::cleaner::Cleaner;
use super::inbox::Inbox;
use super::master::Master;
use super::master_handle::MasterHandle;
use super::master_signals::DETACHED;
use super::plan::{NewWorker, Plan};
use super::scoreboard::{Phase, Scoreboard};
use super::state::{Membership, Pool, Pools, Run};
use super::transport::Transport;
use super::transport::server::Server;
use super::worker::Worker;
use crate::os::process::{self, Pid};
use crate::os::{Errno, Result};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::process::pipes::Pipes;

impl Pools {
    /// The pool listens from now on. `EALREADY` when it does so already.
    pub fn set_server(&mut self, token: PoolToken, server: Server) -> Result<()> {
        let pool = self.get(token).ok_or(Errno::EBADF)?;
        if pool.server.is_some() {
            return Err(Errno::EALREADY);
        }
        pool.server = Some(server);
        Ok(())
    }

    /// Whether the pool listens.
    pub fn has_server(&mut self, token: PoolToken) -> bool {
        self.get(token).is_some_and(|pool| pool.server.is_some())
    }

    /// Starts a pool: this process is its master. When that fails, a queue of its own is removed.
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
            // Somebody else may have removed it.
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
        let workers = plan.spec.workers;
        let board = Scoreboard::new(workers).map_err(SyscallError::of("mmap()"))?;
        let transport = Transport::open(core, pipes, &plan)?;
        let master = match Master::new(plan.spec.clone(), seed) {
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
            // In its place before there is a cleaner, whose process leaves by _exit(2) all that this function holds.
            let run = run.insert(Run { plan, board, transport, master: handle, began, member });
            let server = server.as_ref();
            if cleaner.is_none() && run.transport.outlives(server) {
                // Without one they stay when all processes are killed.
                *cleaner = Cleaner::start(|| run.transport.remove(server)).ok();
            }
        }
        Ok(())
    }

    /// In the master of a pool that is about to fork a worker. How many processes that has had.
    pub(in crate::rt) fn note_fork(&mut self, token: PoolToken, worker: usize) -> u64 {
        if let Some(run) = self.run(token) {
            let at = now().saturating_duration_since(run.began).as_micros();
            run.board.note_fork(worker, u64::try_from(at).unwrap_or(u64::MAX));
        }
        self.master(token).map_or(0, |master| master.starts(worker))
    }

    /// In the master: the worker runs as `child`, after so many others.
    pub(in crate::rt) fn note_forked(&mut self, token: PoolToken, new: NewWorker, child: Pid, restarts: u64) {
        if let Some(run) = self.run(token) {
            run.board.note_start(new.number, child, new.at, restarts);
        }
    }

    /// In a worker that was just forked: the pool's signals are not its own.
    pub(in crate::rt) fn release_master_signals(&mut self, token: PoolToken) {
        if let Some(master) = self.master(token) {
            master.let_go();
        }
    }

    /// In a worker that was just forked: ties it to its master, and makes room for its messages.
    pub(in crate::rt) fn become_worker(
        &mut self,
        pipes: &mut Pipes,
        token: PoolToken,
        new: NewWorker,
        restarts: u64,
    ) -> std::result::Result<(), SyscallError> {
        let Some(run) = self.run(token) else { return Ok(()) };
        let NewWorker { number, at, .. } = new;
        // As the master does in its own time.
        run.board.note_start(number, process::pid(), at, restarts);
        let (transport, master) = (&run.transport, run.master.pid());
        let worker =
            Worker::new(new, master, &run.plan, transport.waits_without_mask(), transport.last_act())?;
        let room = transport.room(pipes, number);
        run.member = Membership::Worker(Box::new(worker));
        self.inbox = Inbox::with_room(room).map_err(SyscallError::of("malloc()"))?;
        Ok(())
    }

    /// The worker `pid` leaves the pool: it ends after this message and goes on by itself. False when this process is no
    /// worker.
    pub fn detach_worker(&mut self, token: PoolToken, pid: Pid) -> bool {
        let Some(run) = self.run(token) else { return false };
        let Membership::Worker(worker) = &mut run.member else { return false };
        if worker.is_detached {
            return false;
        }
        let number = worker.number;
        worker.become_daemon();
        run.transport.leave();
        run.board.detach(number, pid);
        // The master may have ended in this moment.
        let _ = run.master.signal(DETACHED);
        if let Some(pool) = self.get(token) {
            pool.leave();
        }
        true
    }

    /// The worker is about to end. What is the pool's own outside of its processes, a queue or the path of a socket,
    /// goes with it when the master, who would have removed it, is gone.
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

    /// The pool has ended, or this process has done with it: everything that it had for its run is let go of. In the
    /// master: how many messages nobody has handled.
    pub fn end(&mut self, core: &mut Core, pipes: &mut Pipes, token: PoolToken) -> u64 {
        let Some(run) = self.get(token).and_then(|pool| pool.run.take()) else { return 0 };
        // For all others the pool goes on.
        if !matches!(run.member, Membership::Master(_)) {
            run.transport.close(core, pipes);
            return 0;
        }
        core.events.note_released();
        let lost = run.transport.drain(core, pipes);
        // Only now, for this process may be killed at any moment. A socket is there for the next run.
        let clean = self.get(token).filter(|pool| pool.server.is_none());
        if let Some(cleaner) = clean.and_then(|pool| pool.cleaner.take()) {
            cleaner.end();
        }
        lost
    }

    /// Closes a pool whose object is gone.
    pub fn close(&mut self, core: &mut Core, pipes: &mut Pipes, token: PoolToken) {
        self.end(core, pipes, token);
        if let Some(Pool { server, cleaner, .. }) = self.all.remove(token) {
            drop(server);
            if let Some(cleaner) = cleaner {
                cleaner.end();
            }
        }
    }
}
