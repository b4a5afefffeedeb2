//! Deadlock detection for workers that wait for room in a queue or socket which they themselves would have to empty.
//!
//! Without it, workers of a pool that push into its full queue would wait for each other for ever, and so would two
//! workers that send to each other. The scoreboard says what each worker waits for; a worker that would close such a
//! circle does not wait.

use super::scoreboard::{Phase, Waits};
use super::state::{Membership, Pools, Run};
use super::worker::Directive;
use crate::os::{Errno, Result, clock};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::handles::PoolToken;
use crate::rt::process::queue::{Outbox, Queue};
use std::time::Duration;

/// A worker that has not reached its first message for this long does not count as a receiver of messages.
const STARTING: Duration = Duration::from_secs(10);

/// The interval of checks while only workers before their first message may make room.
const PAUSE: Duration = Duration::from_millis(10);

/// The workers that may make room in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takers {
    /// A worker that handles messages and does not wait for room itself.
    Some,
    /// Only workers that are about to receive.
    Soon,
    /// None.
    None,
}

impl Run {
    /// The other workers that take messages out of the queue.
    fn takers(&self, own: usize) -> Takers {
        let at = u64::try_from(now().saturating_duration_since(self.began).as_micros()).unwrap_or(u64::MAX);
        let limit = u64::try_from(STARTING.as_micros()).unwrap_or(u64::MAX);
        let mut takers = Takers::None;
        for worker in (0..self.board.reach()).filter(|&worker| worker != own) {
            if self.board.waits(worker) != Waits::ForNothing {
                continue;
            }
            match self.board.phase(worker) {
                Phase::Serving => return Takers::Some,
                Phase::Starting if at.saturating_sub(self.board.forked(worker)) < limit => {
                    takers = Takers::Soon;
                }
                Phase::Starting | Phase::Ending => {}
            }
        }
        takers
    }

    /// Whether a worker that waits for another one waits for itself, through further workers.
    fn is_in_circle(&self, own: usize) -> bool {
        let mut worker = own;
        for _ in 0..self.board.reach() {
            match self.board.waits(worker) {
                Waits::ForWorker(next) if next == own => return true,
                Waits::ForWorker(next) => worker = next,
                Waits::ForQueue | Waits::ForNothing => return false,
            }
        }
        false
    }
}

impl Pools {
    /// The pool whose workers receive from this queue, when this process is its master or a worker of it.
    #[inline]
    pub(in crate::rt) fn of_queue(&mut self, queue: Queue) -> Option<PoolToken> {
        if self.all.is_empty() {
            return None;
        }
        self.token_where(|run| {
            let own = run.transport.queue().map(|queue| queue.handle());
            own == Some(queue.handle())
                && (run.worker().is_some() || matches!(run.member, Membership::Master(_)))
        })
    }

    /// Pushes into the queue from which this process's pool receives, with a number for the process. `EDEADLK` when the
    /// queue is full and no other worker would make room, or when this is the master, which must not wait. `EAGAIN`
    /// when the worker was asked to stop and its time is over.
    pub(in crate::rt) fn push(
        &mut self,
        core: &mut Core,
        outbox: &mut Outbox,
        token: PoolToken,
        queue: Queue,
        process: i64,
        data: &[u8],
    ) -> Result<()> {
        let interrupted = core.interrupted();
        loop {
            match queue.at_once().push_once(process, data, outbox) {
                Err(Errno::EAGAIN) if queue.waits() => {}
                result => return result,
            }
            // A worker that was asked to stop may wait here as long as it may handle messages.
            let is_asked = self.directive(core, token) != Directive::Continue;
            let until = self.worker(token).and_then(|worker| worker.has_until());
            let Some((run, own)) = self.as_worker(token) else { return Err(Errno::EDEADLK) };
            run.board.note_waits(own, Waits::ForQueue);
            let pushed = match run.takers(own) {
                Takers::None => Err(Errno::EDEADLK),
                _ if until.is_some_and(|until| until <= now()) => Err(Errno::EAGAIN),
                // The takers may all end during the wait, and no signal reports that.
                Takers::Some if !is_asked => {
                    core.wait_with_wakeups(|| queue.push_once(process, data, outbox))
                }
                Takers::Some | Takers::Soon => {
                    clock::pause(PAUSE);
                    Err(Errno::EINTR)
                }
            };
            if let Some((run, own)) = self.as_worker(token) {
                run.board.note_waits(own, Waits::ForNothing);
            }
            match pushed {
                // The other workers may have changed.
                Err(Errno::EINTR) if !interrupted() => {}
                result => return result,
            }
        }
    }

    /// This worker is about to wait for another one, or has stopped waiting. Returns false when it may not wait,
    /// because the other one waits for this one, directly or through others.
    pub(super) fn note_wait_for(&mut self, token: PoolToken, target: Option<usize>) -> bool {
        let Some((run, own)) = self.as_worker(token) else { return true };
        run.board.note_waits(own, target.map_or(Waits::ForNothing, Waits::ForWorker));
        if !run.is_in_circle(own) {
            return true;
        }
        run.board.note_waits(own, Waits::ForNothing);
        false
    }
}
