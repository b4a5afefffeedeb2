//! How a worker receives messages, one after the other, until it is asked to stop.

use super::scoreboard::Phase;
use super::state::{Membership, Pool, Pools, Run};
use super::station::{Receiver, Station};
use super::waits::RecvError;
use super::worker::Directive;
use crate::os::spare::Spare;
use crate::os::{Errno, signal};
use crate::rt::core::Core;
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::timers::Token;
use crate::rt::handle::ArrivalKind;
use crate::rt::process::pipes::Pipes;
use std::time::Duration;

impl Pools {
    /// The station of the worker that this process is.
    pub(super) fn station<'a>(&'a mut self, core: &'a mut Core, token: PoolToken) -> Option<Station<'a>> {
        let Run { transport, member: Membership::Worker(worker), board, began, .. } = self.run(token)? else {
            return None;
        };
        let keeps_rest = transport.keeps_rest();
        Some(Station { worker, board, began: *began, keeps_rest, idle: false, core })
    }

    /// What this worker is to do now. A process that is not a worker is to exit.
    pub(super) fn directive(&mut self, core: &mut Core, token: PoolToken) -> Directive {
        self.station(core, token).map_or(Directive::Exit, |mut station| station.directive())
    }

    /// Waits for the next message of this worker and receives it into the inbox.
    pub fn next_message(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        token: PoolToken,
    ) -> Result<(), RecvError> {
        let idle = core.events.wants_nothing();
        self.next_message_beside(core, idle, pipes, token)
    }

    /// As [`Pools::next_message`], beside a loop that is `idle` if it wants nothing.
    #[inline]
    pub fn next_message_beside(
        &mut self,
        core: &mut Core,
        idle: bool,
        pipes: &mut Pipes,
        token: PoolToken,
    ) -> Result<(), RecvError> {
        let Pools { all, inbox, .. } = self;
        let Some(Pool { run: Some(run), server, .. }) = all.get_mut(token) else {
            return Err(RecvError::Exit);
        };
        let Run { transport, member: Membership::Worker(worker), board, began, in_flight, .. } = run else {
            return Err(RecvError::Exit);
        };
        if !worker.is_detached() {
            if !std::mem::replace(&mut worker.shows_phase, true) {
                board.note_phase(worker.number(), Phase::Serving);
            }
            worker.keep_bond_at_times()?;
        }
        let keeps_rest = transport.keeps_rest();
        let station = Station { worker, board, began: *began, keeps_rest, idle, core };
        let mut receiver = Receiver { station, inbox, in_flight: in_flight.as_ref() };
        let next = transport.next(&mut receiver, pipes, server.as_ref());
        if has_come(&next) {
            receiver.station.note_work();
        }
        next
    }

    /// A worker that takes messages from outside of the pool: how long it may wait for the next one until the loop may need
    /// a turn.
    pub fn time_for_message(&mut self, core: &mut Core, token: PoolToken) -> Result<Duration, RecvError> {
        let mut station = self.station(core, token).ok_or(RecvError::Exit)?;
        station.board.note_phase(station.worker.number(), Phase::Serving);
        station.worker.keep_bond_at_times()?;
        // What waits there is not lost with the pool.
        if station.directive() != Directive::Continue {
            return Err(RecvError::Exit);
        }
        Ok(station.alerts().tick())
    }

    /// Receives the next message of this worker's pair, without waiting: `EAGAIN` when there is none.
    pub fn try_next_of_pair(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        token: PoolToken,
    ) -> Result<(), RecvError> {
        let Pools { all, inbox, .. } = self;
        let Some(Pool { run: Some(run), .. }) = all.get_mut(token) else { return Err(RecvError::Exit) };
        let Run { transport, member: Membership::Worker(worker), board, began, .. } = run else {
            return Err(RecvError::Exit);
        };
        let Some(pairs) = transport.pairs() else { return Err(RecvError::Exit) };
        let station = Station { worker, board, began: *began, keeps_rest: false, idle: false, core };
        let mut receiver = Receiver { station, inbox, in_flight: None };
        let next = pairs.try_next(&mut receiver, pipes);
        if has_come(&next) {
            receiver.station.note_work();
        }
        next
    }

    /// The message was handled, or a coroutine has begun with it: drops the handle or value that came with it, if it was
    /// not received. Returns which it was.
    #[inline]
    pub fn drop_unreceived(&mut self, pipes: &mut Pipes, token: PoolToken) -> Option<ArrivalKind> {
        let brought = self.inbox.brings()?;
        self.drop_brought(pipes, token, brought)
    }

    #[cold]
    fn drop_brought(
        &mut self,
        pipes: &mut Pipes,
        token: PoolToken,
        brought: ArrivalKind,
    ) -> Option<ArrivalKind> {
        let number = self.worker(token).map(|worker| worker.number());
        let channel = number.and_then(|number| self.channel(token, number));
        let count = channel.and_then(|channel| pipes.get(channel)).map_or(0, |pipe| pipe.held().clear());
        (count > 0).then_some(brought)
    }

    /// Adds to the answer for the client whose request is being handled. `ENOTCONN` without one, `EMSGSIZE` when the
    /// answer becomes too large for its header, `ENOMEM` when there is no memory for it.
    pub fn add_to_answer(&mut self, token: PoolToken, data: &[u8]) -> crate::os::Result<()> {
        let clients = self.run(token).and_then(|run| run.transport.clients_mut());
        clients.ok_or(Errno::ENOTCONN)?.add_to_answer(data)
    }

    /// The request was handled: sends the answer, if there is one, and closes the connection. A client that does not
    /// fetch it in time gets only a part.
    pub fn finish_request(&mut self, core: &mut Core, token: PoolToken) -> Result<(), RecvError> {
        let Some(Run { transport, member: Membership::Worker(worker), board, began, .. }) = self.run(token)
        else {
            return Ok(());
        };
        let Some(clients) = transport.clients_mut() else { return Ok(()) };
        clients.finish_request(&mut Station {
            worker,
            board,
            began: *began,
            keeps_rest: false,
            idle: false,
            core,
        })
    }

    /// Whether a request of this worker is being handled.
    pub fn has_client(&mut self, token: PoolToken) -> bool {
        let clients = self.run(token).and_then(|run| run.transport.clients_mut());
        clients.is_some_and(|clients| clients.is_handling())
    }

    /// From now on the loop of this worker handles the stop signals. It calls what `make` makes for each.
    pub fn hand_stops_to_loop(
        &mut self,
        core: &mut Core,
        token: PoolToken,
        mut make: impl FnMut() -> Token,
    ) -> Result<(), SyscallError> {
        let Some(bond) = self.worker(token).and_then(|worker| worker.bond.as_mut()) else {
            return Ok(());
        };
        // None may arrive while it has no handler.
        let mask = signal::block_all().map_err(SyscallError::of("sigprocmask()"))?;
        let stops = bond.release_stops();
        let handed = stops.into_iter().try_for_each(|stop| {
            core.events.handle_own_signal(stop, make()).map(drop).map_err(SyscallError::of("sigaction()"))
        });
        mask.restore();
        handed
    }

    /// Whether this pool keeps messages while they are handled.
    pub fn keeps_messages(&mut self, token: PoolToken) -> bool {
        self.run(token).is_some_and(|run| run.in_flight.is_some())
    }

    /// The worker begins to handle a message: it is kept, if the pool keeps messages.
    #[inline]
    pub fn keep_message(&mut self, token: PoolToken, text: &[u8]) {
        if let Some((Run { in_flight: Some(slots), .. }, number)) = self.as_worker(token) {
            slots.begin(number, text);
        }
    }

    /// The worker has handled its message: it is not kept any more.
    #[inline]
    pub fn release_message(&mut self, token: PoolToken) {
        if let Some((Run { in_flight: Some(slots), .. }, number)) = self.as_worker(token) {
            slots.end(number);
        }
    }

    /// The length of a message that the last process of this worker was handling when it crashed, and that this one is
    /// to handle. None when the worker is to exit.
    pub fn next_retry(&mut self, core: &mut Core, token: PoolToken) -> Option<usize> {
        let (run, number) = self.as_worker(token)?;
        let len = run.in_flight.as_ref()?.waiting(number)?;
        (self.directive(core, token) != Directive::Exit).then_some(len)
    }

    /// Takes the message of [`Pools::next_retry`]. Returns its length.
    pub fn take_retry(&mut self, token: PoolToken, target: Spare<'_>) -> usize {
        let Some((Run { in_flight: Some(slots), board, .. }, number)) = self.as_worker(token) else {
            return 0;
        };
        board.note_phase(number, Phase::Serving);
        board.note_work(number);
        slots.begin_again(number, target)
    }

    /// A message was handled that came from outside of the pool. Returns whether the worker continues.
    pub fn note_message_from_outside(&mut self, token: PoolToken) -> bool {
        if let Some((run, number)) = self.as_worker(token) {
            run.board.note_work(number);
        }
        self.note_message(token)
    }

    /// A message was handled. Returns whether the worker continues.
    #[inline]
    pub fn note_message(&mut self, token: PoolToken) -> bool {
        let Some(run) = self.run(token) else { return false };
        let Membership::Worker(worker) = &mut run.member else { return false };
        run.board.note_message(worker.number);
        // When the worker stops for good, no other process comes after it.
        if let Some(left) = worker.left.as_mut().filter(|_| !run.board.is_ending_for(worker.number)) {
            *left = left.saturating_sub(1);
            if *left == 0 && !worker.is_detached {
                worker.leaving = true;
                run.board.note_recycled(worker.number);
            }
        }
        !worker.leaving
    }
}

/// Whether a worker has received something, and therefore had work.
fn has_come(next: &Result<(), RecvError>) -> bool {
    matches!(next, Ok(()) | Err(RecvError::Cut(_)))
}
