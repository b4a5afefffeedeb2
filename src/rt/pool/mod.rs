//! Pools: one master, which `supervisor` advises, and its workers.
//!
//! A pool keeps one pair of sockets for each worker all its life, and master and workers hold both ends of all of them:
//! messages outlive the worker that they were sent to, and are for the next one.

pub mod board;
pub mod claims;
mod cleaner;
pub mod inbox;
pub mod line;
mod master;
mod master_handle;
mod room;
mod serve;
pub mod server;
mod worker;

pub use master::Master;
pub use worker::{Pause, STILL_THERE, Worker};

use crate::os::epoll::Interest;
use crate::os::pipe::{self, Wait};
use crate::os::process::{self, Pid};
use crate::os::{Errno, Result, fd};
use crate::rt::core::clock::now;
use crate::rt::core::registrations::Watch;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::pipe::{Kind, Pipe, Side};
use crate::rt::queue::{Queue, Users};
use crate::rt::runtime::{Forked, PipeToken, Runtime};
use crate::rt::supervisor::Spec;
use board::Board;
use cleaner::Cleaner;
use inbox::{INLINE, Inbox, Outgoing};
use line::Line;
use master_handle::MasterHandle;
use server::Server;
use std::time::{Duration, Instant};

/// The largest message for which a worker has room without a look at what its socket can carry: more is a matter of
/// addresses only, but these are limited too (`ulimit -v`, `vm.overcommit_memory`).
const LARGEST_UNASKED: usize = 16 * 1024 * 1024;

/// Names a pool of this runtime. A token is not used again for another pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolToken {
    index: usize,
    serial: u64,
}

/// How messages come to the workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ipc {
    /// Not at all.
    None,
    /// By a pair of sockets for each worker.
    Pairs,
    /// By one queue for all.
    Queue,
    /// By connections to a listening socket.
    Server,
}

/// What a pool is to be.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Workers, limits and restarts.
    pub spec: Spec,
    /// How messages come.
    pub ipc: Ipc,
    /// Whether workers handle messages.
    pub handles: bool,
    /// Messages between workers may have any size.
    pub bus: bool,
    /// The largest message in bytes, where there is a limit.
    pub largest: usize,
    /// The messages after which a worker is replaced.
    pub max_requests: Option<u64>,
    /// The queue, and whether it is the pool's own, to be removed with it.
    pub queue: Option<(Queue, bool)>,
    /// How long a client may take to send its request, or to fetch the answer.
    pub patience: Duration,
}

/// What this process is to a pool.
#[derive(Debug)]
enum Member {
    Master(Box<Master>),
    Worker(Box<Worker>),
    /// The child of a member, which has nothing to do with the pool.
    Stranger,
}

/// A pool that was started.
#[derive(Debug)]
struct Run {
    plan: Plan,
    board: Board,
    channels: Vec<PipeToken>,
    /// Coroutines of this process that send, one line for each channel.
    lines: Vec<Line>,
    master: MasterHandle,
    /// From when on times are counted that master and workers tell each other.
    began: Instant,
    member: Member,
}

/// A pool: what is listened to, and what runs.
#[derive(Debug, Default)]
pub struct Pool {
    server: Option<Server>,
    cleaner: Option<Cleaner>,
    run: Option<Run>,
}

impl Run {
    /// The number of the worker that this process is. One that has left the pool is none.
    fn worker(&self) -> Option<usize> {
        match &self.member {
            Member::Worker(worker) => (!worker.is_detached()).then(|| worker.number()),
            Member::Master(_) | Member::Stranger => None,
        }
    }
}

impl Pool {
    /// This process is none of its members any more: it would keep clients waiting, and what is to be removed with the
    /// last member.
    fn leave(&mut self) {
        self.server = None;
        self.cleaner = None;
    }
}

/// The pools of a process.
#[derive(Debug, Default)]
pub struct Pools {
    all: slab::Slab<(u64, Pool)>,
    last_serial: u64,
    inbox: Inbox,
}

impl Pools {
    /// A new pool.
    pub fn open(&mut self) -> PoolToken {
        self.last_serial += 1;
        let serial = self.last_serial;
        PoolToken { index: self.all.insert((serial, Pool::default())), serial }
    }

    fn get(&mut self, token: PoolToken) -> Option<&mut Pool> {
        self.all.get_mut(token.index).filter(|(serial, _)| *serial == token.serial).map(|(_, pool)| pool)
    }

    fn run(&mut self, token: PoolToken) -> Option<&mut Run> {
        self.get(token)?.run.as_mut()
    }

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

    /// Whether a pool runs of which this process is the master or a worker.
    pub fn is_any_running(&self) -> bool {
        let members = self.all.iter().filter_map(|(_, (_, pool))| pool.run.as_ref());
        members.into_iter().any(|run| !matches!(run.member, Member::Stranger))
    }

    /// The master of a pool, in that process, while it runs.
    pub fn master(&mut self, token: PoolToken) -> Option<&mut Master> {
        match &mut self.run(token)?.member {
            Member::Master(master) => Some(master),
            Member::Worker(_) | Member::Stranger => None,
        }
    }

    /// The worker of a pool that this process is.
    pub fn worker(&mut self, token: PoolToken) -> Option<&mut Worker> {
        match &mut self.run(token)?.member {
            Member::Worker(worker) => Some(worker),
            Member::Master(_) | Member::Stranger => None,
        }
    }

    /// The run of which this process is a worker, and its number.
    fn as_worker(&mut self, token: PoolToken) -> Option<(&mut Run, usize)> {
        let run = self.run(token)?;
        let number = run.worker()?;
        Some((run, number))
    }

    /// The pool whose run is like this.
    fn token_where(&self, is_meant: impl Fn(&Run) -> bool) -> Option<PoolToken> {
        let mut found = self.all.iter().filter(|(_, (_, pool))| pool.run.as_ref().is_some_and(&is_meant));
        found.next().map(|(index, (serial, _))| PoolToken { index, serial: *serial })
    }

    /// What master and workers know of each other, while the pool runs.
    pub fn board(&mut self, token: PoolToken) -> Option<&Board> {
        self.run(token).map(|run| &run.board)
    }

    /// The master's process, while the pool runs.
    pub fn master_pid(&mut self, token: PoolToken) -> Option<Pid> {
        self.run(token).map(|run| run.master.pid())
    }

    /// Asks a pool's master to end the pool. `ESRCH` when it has ended, or when that cannot be known.
    pub fn ask_to_stop(&mut self, token: PoolToken) -> Result<()> {
        self.run(token).ok_or(Errno::ESRCH)?.master.signal(claims::SIGTERM)
    }

    /// The pair of a worker, where there are pairs.
    pub fn channel(&mut self, token: PoolToken, worker: usize) -> Option<PipeToken> {
        self.run(token)?.channels.get(worker).copied()
    }

    /// The coroutines of this process that send to a worker.
    pub fn line(&mut self, token: PoolToken, worker: usize) -> Option<&mut Line> {
        self.run(token)?.lines.get_mut(worker)
    }

    /// The queue, where there is one.
    pub fn queue(&mut self, token: PoolToken) -> Option<Queue> {
        self.run(token)?.plan.queue.map(|(queue, _)| queue)
    }

    /// Whether messages between workers may have any size.
    pub fn has_bus(&mut self, token: PoolToken) -> bool {
        self.run(token).is_some_and(|run| run.plan.bus)
    }

    /// The message that was received last.
    pub fn inbox(&mut self) -> &mut Inbox {
        &mut self.inbox
    }

    /// In a child that is none of the pool's workers: listening sockets are closed, and the ties to masters are not
    /// its own.
    pub(super) fn inherited(&mut self) {
        for (_, (_, pool)) in &mut self.all {
            pool.leave();
            if let Some(run) = &mut pool.run {
                run.member = Member::Stranger;
                run.lines.fill_with(Line::default);
            }
        }
    }

    /// Whether this process is the master of workers: whoever takes its place could not reap them.
    pub fn is_any_master_busy(&self) -> bool {
        self.all.iter().any(|(_, (_, pool))| match pool.run.as_ref().map(|run| &run.member) {
            Some(Member::Master(master)) => master.has_workers(),
            Some(Member::Worker(_) | Member::Stranger) | None => false,
        })
    }

    /// This process has taken the place of the one that forked it, and is nobody's child: a master goes on as such, and a
    /// worker leaves its pool, which sees the process end that it has started.
    pub(super) fn become_daemon(&mut self) {
        for (_, (_, pool)) in &mut self.all {
            match pool.run.as_mut().map(|run| (&mut run.member, &mut run.master)) {
                Some((Member::Master(_), master)) => *master = MasterHandle::of_this_process(),
                Some((Member::Worker(worker), _)) => {
                    worker.become_daemon();
                    pool.leave();
                }
                Some((Member::Stranger, _)) | None => {}
            }
            if let Some(server) = &mut pool.server {
                server.adopt();
            }
        }
    }

    /// Before this process becomes another program.
    pub fn before_exec(&self) -> Result<()> {
        self.bonds().try_for_each(|worker| worker.before_exec())
    }

    /// When nothing has come of that.
    pub fn after_exec(&self) -> Result<()> {
        self.bonds().try_for_each(|worker| worker.after_exec())
    }

    /// This process may have changed its user: ties it to its masters again.
    pub fn renew_bonds(&self) -> Result<()> {
        self.bonds().try_for_each(Worker::renew_bond)
    }

    /// This process is about to become one of another user, and uses queues of its pools' own.
    pub fn admit(&self, user: u32) {
        let runs = self.all.iter().filter_map(|(_, (_, pool))| pool.run.as_ref());
        for run in runs.filter(|run| !matches!(run.member, Member::Stranger)) {
            if let Some((queue, true)) = run.plan.queue
                && queue.maker().is_ok_and(|maker| maker != user)
            {
                run.board.note_user(user);
                admit(queue, user, &run.board);
            }
        }
    }

    fn bonds(&self) -> impl Iterator<Item = &Worker> {
        self.all.iter().filter_map(|(_, (_, pool))| match &pool.run.as_ref()?.member {
            Member::Worker(worker) => Some(&**worker),
            Member::Master(_) | Member::Stranger => None,
        })
    }
}

/// How a worker gets to know that it is asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hears {
    /// The signals do what they did before the pool: end it, unless the script handles them.
    Nothing,
    /// It looks for them between two messages.
    BetweenMessages,
    /// Its loop handles them, once there is one. What comes before waits for that.
    InItsLoop,
}

/// Lets a user use a queue, or all when there are several: a queue has one owner. Others may do so at this moment, and
/// what the kernel is told last is what counts.
fn admit(queue: Queue, user: u32, board: &Board) {
    loop {
        let several = board.has_users();
        // Where that is not ours to decide, or the queue is gone, the next use of it tells.
        let _ = queue.admit(if several { Users::All } else { Users::One(user) });
        if board.has_users() == several {
            return;
        }
    }
}

/// What became of the fork for a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hired {
    /// In the master.
    Master {
        /// The worker's process.
        child: Pid,
    },
    /// In the worker.
    Worker,
    /// In a worker that cannot be one: it has to end.
    Unable(SyscallError),
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

impl Runtime {
    /// Starts a pool: this process is its master. When that fails, a queue of its own is removed.
    pub fn start_pool(
        &mut self,
        token: PoolToken,
        plan: Plan,
        seed: u64,
    ) -> std::result::Result<(), SyscallError> {
        let own = plan.queue.and_then(|(queue, own)| own.then_some(queue));
        let result = self.try_start_pool(token, plan, seed);
        if let (Err(_), Some(queue)) = (&result, own) {
            // Somebody else may have removed it.
            let _ = queue.remove();
        }
        result
    }

    fn try_start_pool(
        &mut self,
        token: PoolToken,
        plan: Plan,
        seed: u64,
    ) -> std::result::Result<(), SyscallError> {
        let workers = plan.spec.workers;
        let board = Board::new(workers).map_err(SyscallError::of("mmap()"))?;
        let mut channels = Vec::new();
        if plan.ipc == Ipc::Pairs {
            for _ in 0..workers {
                match self.open_pipe(Kind::Message) {
                    Ok(channel) => channels.push(channel),
                    Err(failed) => {
                        channels.into_iter().for_each(|channel| self.close_pipe(channel));
                        return Err(failed);
                    }
                }
                if let Some(pipe) = channels.last().and_then(|&channel| self.pipe(channel)) {
                    pipe.share_in_pool();
                }
            }
        }
        let master = match Master::new(plan.spec.clone(), seed) {
            Ok(master) => master,
            Err(failed) => {
                channels.into_iter().for_each(|channel| self.close_pipe(channel));
                return Err(failed);
            }
        };
        self.core.events.note_claimed(master.claimed());
        let member = Member::Master(Box::new(master));
        if let Some(pool) = self.pools.get(token) {
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
            let lines = channels.iter().map(|_| Line::default()).collect();
            let (master, began) = (MasterHandle::of_this_process(), now());
            pool.run = Some(Run { plan, board, channels, lines, master, began, member });
        }
        Ok(())
    }

    /// Forks a worker, which is tied to its master and has the pool's settings before a signal can come to it. The
    /// pool's signals do what they did before its start, but for those that ask the worker to stop, as `hears` says.
    /// `at` is the time, in microseconds since 1970.
    pub fn fork_worker(
        &mut self,
        token: PoolToken,
        worker: usize,
        hears: Hears,
        random: u64,
        at: u64,
    ) -> std::result::Result<Hired, SyscallError> {
        let restarts = self.pools.master(token).map_or(0, |master| master.starts(worker));
        if let Some(run) = self.pools.run(token) {
            let at = now().saturating_duration_since(run.began).as_micros();
            run.board.note_fork(worker, u64::try_from(at).unwrap_or(u64::MAX));
        }
        // Other children lose the listening socket.
        let kept = self.pools.get(token).map(|pool| (pool.server.take(), pool.cleaner.take()));
        let mut begun = Ok(());
        let let_go = |runtime: &mut Runtime| {
            if let Some(master) = runtime.pools.master(token) {
                master.let_go();
            }
        };
        let forked = self.fork_with(None, let_go, |runtime| {
            begun = runtime.become_worker(token, worker, hears, random, (at, restarts));
            runtime.pools.worker(token).map_or_else(Vec::new, |worker| worker.signals())
        });
        if let (Some(pool), Some(kept)) = (self.pools.get(token), kept) {
            (pool.server, pool.cleaner) = kept;
        }
        match forked? {
            Forked::Parent { child } => {
                if let Some(run) = self.pools.run(token) {
                    run.board.note_start(worker, child, at, restarts);
                }
                Ok(Hired::Master { child })
            }
            Forked::Child => Ok(begun.map_or_else(Hired::Unable, |()| Hired::Worker)),
        }
    }

    fn become_worker(
        &mut self,
        token: PoolToken,
        number: usize,
        hears: Hears,
        random: u64,
        (at, restarts): (u64, u64),
    ) -> std::result::Result<(), SyscallError> {
        let Some(run) = self.pools.run(token) else { return Ok(()) };
        // As the master does in its own time.
        run.board.note_start(number, process::pid(), at, restarts);
        let worker = Worker::new(number, run.master.pid(), &run.plan, hears, random)?;
        run.member = Member::Worker(Box::new(worker));
        let (ipc, bus, largest) = (run.plan.ipc, run.plan.bus, run.plan.largest);
        let channel = run.channels.get(number).copied().and_then(|channel| self.pipe(channel));
        let room = match ipc {
            Ipc::Pairs if bus => INLINE,
            Ipc::Pairs => {
                largest.min(channel.as_deref().map_or(usize::MAX, |pipe| largest_packet(pipe, largest)))
            }
            Ipc::Queue => crate::rt::queue::TYPE + crate::rt::queue::LARGEST,
            Ipc::None | Ipc::Server => 0,
        };
        if let Some(pipe) = channel {
            pipe.become_pool_worker();
        }
        self.pools.inbox = Inbox::with_room(room).map_err(SyscallError::of("malloc()"))?;
        Ok(())
    }

    /// The pool has ended, or this process has done with it: everything that it had for its run is let go of. In the
    /// master: how many messages nobody has handled.
    pub fn end_pool(&mut self, token: PoolToken) -> u64 {
        let Some(run) = self.pools.get(token).and_then(|pool| pool.run.take()) else { return 0 };
        // For all others the pool goes on.
        if !matches!(run.member, Member::Master(_)) {
            run.channels.into_iter().for_each(|channel| self.close_pipe(channel));
            return 0;
        }
        self.core.events.note_released();
        let mut lost = 0;
        if let Some((queue, true)) = run.plan.queue {
            lost += queue.status().map_or(0, |status| status.messages);
            // Somebody else may have removed it.
            let _ = queue.remove();
        }
        let mut inbox = Inbox::default();
        for channel in run.channels {
            // While the other end is open an empty message is no end-of-file.
            let pipe = self.pipe(channel).filter(|pipe| pipe.descriptor(Side::Master).is_some());
            if let Some(worker) = pipe.and_then(|pipe| pipe.descriptor(Side::Worker)) {
                while inbox.receive(worker, true, Wait::Never).is_ok() {
                    lost += 1;
                }
            }
            self.close_pipe(channel);
        }
        // Only now, for this process may be killed at any moment. A socket is there for the next run.
        let clean = self.pools.get(token).filter(|pool| pool.server.is_none());
        if let Some(cleaner) = clean.and_then(|pool| pool.cleaner.take()) {
            cleaner.end();
        }
        lost
    }

    /// Closes a pool whose object is gone.
    pub fn close_pool(&mut self, token: PoolToken) {
        self.end_pool(token);
        if self.pools.get(token).is_some()
            && let Some((_, Pool { server, cleaner, .. })) = self.pools.all.try_remove(token.index)
        {
            drop(server);
            if let Some(cleaner) = cleaner {
                cleaner.end();
            }
        }
    }

    /// Whether the whole pool is to end, or has lost its master.
    pub fn is_pool_ending(&mut self, token: PoolToken) -> bool {
        let is_orphaned = self.pools.worker(token).is_some_and(|worker| worker.is_orphaned());
        is_orphaned || self.pools.board(token).is_some_and(Board::is_ending)
    }

    /// Makes the socket of a worker known to the loop, to wait for room once.
    pub fn watch_for_room(&mut self, token: PoolToken, worker: usize) -> Result<Watch> {
        let channel = self.pools.channel(token, worker).ok_or(Errno::ENOENT)?;
        let socket =
            self.pipe(channel).and_then(|pipe| pipe.descriptor(Side::Master)).map(|fd| fd::number(&fd));
        self.core.events.reactor.watch_once(socket.ok_or(Errno::EBADF)?)
    }

    /// Sends a message to a worker, without waiting. `EMSGSIZE` for more than the pool takes, `EAGAIN` when there is no
    /// room, `ETOOMANYREFS` when there will be soon, `ENOENT` when there is no such worker.
    pub fn send_to_worker(&mut self, token: PoolToken, worker: usize, data: &[u8]) -> Result<()> {
        let run = self.pools.run(token).ok_or(Errno::ENOENT)?;
        let (bus, largest) = (run.plan.bus, run.plan.largest);
        if !bus && data.len() > largest {
            return Err(Errno::EMSGSIZE);
        }
        let channel = run.channels.get(worker).copied().ok_or(Errno::ENOENT)?;
        let pipe = self.pipe(channel).ok_or(Errno::EBADF)?;
        let socket = pipe.descriptor(Side::Master).ok_or(Errno::EBADF)?;
        // What would be written into a file in vain.
        if bus && data.len() > INLINE && fd::readiness(fd::number(&socket), Interest::WRITE)?.is_empty() {
            return Err(Errno::EAGAIN);
        }
        loop {
            match Outgoing::new(data, bus)?.send(socket) {
                Err(Errno::EINTR) => {}
                result => return result,
            }
        }
    }
}
