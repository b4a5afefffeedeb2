//! The life of a pool: its start, the forks of its workers, and its end.

use super::cleaner::Cleaner;
use super::inbox::{INLINE, Inbox};
use super::master::Master;
use super::master_handle::MasterHandle;
use super::master_signals::DETACHED;
use super::plan::{Ipc, NewWorker, Plan};
use super::scoreboard::{Phase, Scoreboard};
use super::send_queue::SendQueue;
use super::server::Server;
use super::state::{Membership, Pool, Pools, Run};
use super::worker::Worker;
use crate::os::pipe::{self, Wait};
use crate::os::process::{self, Pid};
use crate::os::{Errno, Result};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::process::pipe::{Kind, Pipe, Side};
use crate::rt::process::pipes::Pipes;
use crate::rt::process::queue::{LARGEST, TYPE};

/// The largest message for which a worker has room without a look at what its socket can carry: more is a matter of
/// addresses only, but these are limited too (`ulimit -v`, `vm.overcommit_memory`).
const LARGEST_UNASKED: usize = 16 * 1024 * 1024;

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
        let mut channels = Vec::new();
        if plan.ipc == Ipc::Pairs {
            for _ in 0..workers {
                match pipes.open(Kind::Message) {
                    Ok(channel) => channels.push(channel),
                    Err(failed) => {
                        channels.into_iter().for_each(|channel| pipes.close(core, channel));
                        return Err(failed);
                    }
                }
                if let Some(pipe) = channels.last().and_then(|&channel| pipes.get(channel)) {
                    pipe.share_in_pool();
                }
            }
        }
        let master = match Master::new(plan.spec.clone(), seed) {
            Ok(master) => master,
            Err(failed) => {
                channels.into_iter().for_each(|channel| pipes.close(core, channel));
                return Err(failed);
            }
        };
        core.events.note_claimed(master.claimed());
        let member = Membership::Master(Box::new(master));
        if let Some(pool) = self.get(token) {
            let own = plan.queue.and_then(|(queue, own)| own.then_some(queue));
            let server = pool.server.as_ref().filter(|server| server.has_path());
            if pool.cleaner.is_none() && (own.is_some() || server.is_some()) {
                // Without one they stay when all processes are killed.
                pool.cleaner = Cleaner::start(|| {
                    // Somebody else may have removed it.
                    let _ = own.map(|queue| queue.remove());
                    let _ = server.map(Server::remove_path);
                })
                .ok();
            }
            let send_queues = channels.iter().map(|_| SendQueue::default()).collect();
            let (master, began) = (MasterHandle::of_this_process(), now());
            pool.run = Some(Run { plan, board, channels, send_queues, master, began, member });
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
        let NewWorker { number, stop_delivery, random, at } = new;
        // As the master does in its own time.
        run.board.note_start(number, process::pid(), at, restarts);
        let worker = Worker::new(number, run.master.pid(), &run.plan, stop_delivery, random)?;
        run.member = Membership::Worker(Box::new(worker));
        let (ipc, bus, largest) = (run.plan.ipc, run.plan.bus, run.plan.largest);
        let channel = run.channels.get(number).copied().and_then(|channel| pipes.get(channel));
        let room = match ipc {
            Ipc::Pairs if bus => INLINE,
            Ipc::Pairs => {
                largest.min(channel.as_deref().map_or(usize::MAX, |pipe| largest_packet(pipe, largest)))
            }
            Ipc::Queue => TYPE + LARGEST,
            Ipc::None | Ipc::Server => 0,
        };
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
        worker.become_daemon();
        run.board.detach(worker.number, pid);
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
        if let Some((queue, true)) = self.run(token).and_then(|run| run.plan.queue) {
            // Another worker may have done it.
            let _ = queue.remove();
        }
        if let Some(server) = self.get(token).and_then(|pool| pool.server.as_ref()) {
            server.remove_path();
        }
    }

    /// The pool has ended, or this process has done with it: everything that it had for its run is let go of. In the
    /// master: how many messages nobody has handled.
    pub fn end(&mut self, core: &mut Core, pipes: &mut Pipes, token: PoolToken) -> u64 {
        let Some(run) = self.get(token).and_then(|pool| pool.run.take()) else { return 0 };
        // For all others the pool goes on.
        if !matches!(run.member, Membership::Master(_)) {
            run.channels.into_iter().for_each(|channel| pipes.close(core, channel));
            return 0;
        }
        core.events.note_released();
        let mut lost = 0;
        if let Some((queue, true)) = run.plan.queue {
            lost += queue.status().map_or(0, |status| status.messages);
            // Somebody else may have removed it.
            let _ = queue.remove();
        }
        let mut inbox = Inbox::default();
        for channel in run.channels {
            // While the other end is open an empty message is no end-of-file.
            let pipe = pipes.get(channel).filter(|pipe| pipe.descriptor(Side::Master).is_some());
            if let Some(worker) = pipe.and_then(|pipe| pipe.descriptor(Side::Worker)) {
                while inbox.receive(worker, true, Wait::Never).is_ok() {
                    lost += 1;
                }
            }
            pipes.close(core, channel);
        }
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

/// No packet that comes through a pair is larger than this, where messages may have `largest` bytes.
fn largest_packet(pair: &Pipe, largest: usize) -> usize {
    if largest <= LARGEST_UNASKED {
        return largest;
    }
    let buffer = pair.descriptor(Side::Master).and_then(|socket| pipe::send_buffer(socket).ok());
    // A script may make the buffer of the socket larger, within the system's limit.
    buffer.map_or(largest, |buffer| buffer.max(LARGEST_UNASKED))
}
