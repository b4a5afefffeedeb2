//! How messages are sent to workers, and what senders wait for.

use super::state::{Membership, Pools, Run};
use super::transport::{Pairs, Transport};
use super::waits::{Alerts, RecvError, sleep};
use super::worker::Directive;
use crate::os::pipe::Half;
use crate::os::{Errno, Result, clock, fd};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::handles::PoolToken;
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::source::Source;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::wait::{Waiter, Wake};
use crate::rt::process::pipes::Pipes;
use std::time::{Duration, Instant};

/// The interval of retries for what the kernel does not report: that fewer descriptors are in flight.
const RECHECK: Duration = Duration::from_millis(10);

/// How long a sender waits for room before it checks whether the pool still exists.
pub const STILL_THERE: Duration = Duration::from_secs(1);

impl Pools {
    /// As [`Pools::send_to_worker`]. `None` when the pool does not have this worker now.
    #[inline]
    pub fn send_to_present_worker(
        &mut self,
        pipes: &mut Pipes,
        token: PoolToken,
        worker: usize,
        data: &[u8],
    ) -> Option<Result<()>> {
        let Run { transport: Transport::Pairs(pairs), board, .. } = self.run(token)? else { return None };
        (worker < board.size()).then(|| pairs.send(pipes, worker, data))
    }

    /// Sends a message to a worker without waiting. `EMSGSIZE` for more than the pool takes, `EAGAIN` when there is no
    /// room, `ETOOMANYREFS` when there will be room soon, `ENOENT` when there was never such a worker. What is sent to
    /// one that a resize has removed is handled, too.
    pub fn send_to_worker(
        &mut self,
        pipes: &mut Pipes,
        token: PoolToken,
        worker: usize,
        data: &[u8],
    ) -> Result<()> {
        self.pairs(token).ok_or(Errno::ENOENT)?.send(pipes, worker, data)
    }

    fn pairs(&mut self, token: PoolToken) -> Option<&Pairs> {
        self.run(token)?.transport.pairs()
    }

    /// Whether it makes sense to wait for room for a message to a worker. It does not when no process will read what is
    /// queued: because the target is this worker itself, which waits (`alone`) or takes no more messages, or because
    /// the pool stops. The master must not wait.
    pub fn may_wait_for_room(
        &mut self,
        core: &mut Core,
        token: PoolToken,
        target: usize,
        alone: bool,
    ) -> bool {
        // Takes a stop signal, which would otherwise end each wait again.
        let directive = self.directive(core, token);
        let ends = self.is_ending(token);
        match self.run(token).map(|run| &run.member) {
            Some(Membership::Worker(worker)) => {
                let reads = worker.number != target || !(alone || worker.is_retired);
                reads && !(ends && (directive != Directive::Continue || worker.is_retired))
            }
            Some(Membership::NonMember) => {
                !ends && self.run(token).is_some_and(|run| run.master.is_running())
            }
            Some(Membership::Master(_) | Membership::Template(_)) | None => false,
        }
    }

    /// Waits for room for a message to another worker, which failed with `lack`. `EAGAIN` when there will be no room.
    /// `EDEADLK` when that worker waits for this one, directly or through others.
    pub fn wait_for_room(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        token: PoolToken,
        target: usize,
        lack: Errno,
    ) -> std::result::Result<(), RecvError> {
        let alerts = match self.station(core, token) {
            Some(station) => station.alerts_of_message(),
            None => Alerts::of_nobody(core),
        };
        let never = RecvError::Failed(SyscallError { call: "sendmsg()", errno: Errno::EAGAIN });
        if !self.may_wait_for_room(core, token, target, true) {
            return Err(never);
        }
        if lack == Errno::ETOOMANYREFS {
            if alerts.are_for_script() {
                return Err(RecvError::Interrupted);
            }
            clock::pause(RECHECK);
            return Ok(());
        }
        if !self.note_wait_for(token, Some(target)) {
            return Err(RecvError::Failed(SyscallError { call: "sendmsg()", errno: Errno::EDEADLK }));
        }
        let slept = self.sleep_for_room(pipes, token, target, &alerts);
        self.note_wait_for(token, None);
        match slept {
            Err(RecvError::Failed(SyscallError { errno: Errno::ETIMEDOUT, .. })) => Ok(()),
            result => result,
        }
    }

    fn sleep_for_room(
        &mut self,
        pipes: &mut Pipes,
        token: PoolToken,
        target: usize,
        alerts: &Alerts,
    ) -> std::result::Result<(), RecvError> {
        let never = RecvError::Failed(SyscallError { call: "sendmsg()", errno: Errno::EAGAIN });
        let socket = self.pairs(token).and_then(|pairs| pairs.to_worker(pipes, target).ok()).ok_or(never)?;
        sleep(socket, Half::Write, now().checked_add(STILL_THERE), None, alerts)
    }
}

/// A wait for the turn to send to a worker, while other coroutines of this process send to it. If the wait fails when it
/// is this coroutine's turn, the next coroutine gets the turn.
#[derive(Clone, Copy, Debug)]
pub struct SendTurn {
    /// The pool.
    pub pool: PoolToken,
    /// The worker.
    pub worker: usize,
}

impl Source for SendTurn {
    type Parts<'a> = (&'a mut Core, &'a mut Pools);
    type Output = ();

    fn arm(&mut self, parts: Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let (core, pools) = parts;
        let waiter = core.begin_until(deadline)?;
        if let Some(queue) = pools.send_queue(self.pool, self.worker) {
            queue.join(waiter);
        }
        Ok(Some(waiter))
    }

    fn disarm(self, (core, pools): Self::Parts<'_>, waiter: Waiter, wake: Wake) {
        // A waiter whose turn has come is no longer in the queue.
        if wake == Wake::Ready {
            return;
        }
        // The wait may fail at the moment when it is this coroutine's turn.
        if let Some(queue) = pools.send_queue(self.pool, self.worker)
            && queue.leave(waiter)
            && let Some(next) = queue.pass_on()
        {
            core.wake_later(next, Wake::Ready);
        }
    }
}

/// A wait for room for a message to a worker, by the coroutine whose turn it is.
#[derive(Clone, Copy, Debug)]
pub struct RoomWait {
    turn: SendTurn,
    watch: Option<Watch>,
}

impl RoomWait {
    /// A wait for room in the socket of this worker.
    pub fn new(pool: PoolToken, worker: usize) -> RoomWait {
        RoomWait { turn: SendTurn { pool, worker }, watch: None }
    }
}

impl Source for RoomWait {
    type Parts<'a> = (&'a mut Core, &'a mut Pipes, &'a mut Pools);
    type Output = ();

    fn arm(&mut self, parts: Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let ((core, pipes, pools), SendTurn { pool, worker }) = (parts, self.turn);
        let socket = pools.pairs(pool).ok_or(Errno::ENOENT)?.to_worker(pipes, worker)?;
        let watch = core.events.reactor.watch_once(fd::number(&socket))?;
        let waiter = match core.begin_until(deadline) {
            Ok(waiter) => waiter,
            Err(errno) => {
                core.events.reactor.unwatch(watch);
                return Err(errno);
            }
        };
        self.watch = Some(watch);
        core.events.reactor.registrations.wait(watch, Direction::Write, waiter);
        if let Some(queue) = pools.send_queue(pool, worker) {
            queue.wait(waiter);
        }
        Ok(Some(waiter))
    }

    fn disarm(self, (core, _, pools): Self::Parts<'_>, _waiter: Waiter, _wake: Wake) {
        if let Some(watch) = self.watch {
            core.events.reactor.unwatch(watch);
        }
        if let Some(queue) = pools.send_queue(self.turn.pool, self.turn.worker) {
            queue.take_first();
        }
    }
}
