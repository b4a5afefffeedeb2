//! How a worker receives messages, one after the other, until it is asked to stop.

use super::in_flight::InFlight;
use super::scoreboard::{Phase, Scoreboard};
use super::state::{Membership, Pool, Pools, Run};
use super::station::{Receiver, Station};
use super::transport::Transport;
use super::transport::server::Server;
use super::waits::RecvError;
use super::worker::{Directive, Worker};
use crate::os::spare::Spare;
use crate::os::{Errno, signal};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::timers::Token;
use crate::rt::handle::ArrivalKind;
use crate::rt::process::pipes::Pipes;
use std::time::Duration;

/// The message loop of a worker: it receives one message after the other.
#[derive(Debug)]
pub struct MessageLoop {
    token: PoolToken,
    /// Whether messages are kept while they are handled.
    keeps: bool,
    /// Whether clients wait for answers.
    answers: bool,
    /// Whether the event loop has just had a turn. With watched descriptors it wants a turn each time.
    had_turn: bool,
    /// Whether a message is being handled.
    handles: bool,
}

/// What the message loop of a worker does before it handles the next message.
#[derive(Debug)]
pub enum Detour {
    /// First the last message is to be finished: whether the worker continues, and what was dropped.
    Finish(bool, Option<ArrivalKind>),
    /// The event loop wants a turn first.
    Turn,
    /// The next message has this length, and a crashed process was handling it.
    Retry(usize),
    /// There is no message, or one that was cut to the length of what is in the inbox.
    Error(RecvError, usize),
}

impl MessageLoop {
    /// The message loop of the worker that this process is.
    pub fn new(pools: &mut Pools, token: PoolToken) -> MessageLoop {
        let run = pools.run(token);
        let (keeps, answers) = run.map_or((false, false), |run| {
            (run.in_flight.is_some(), matches!(run.transport, Transport::Clients(_)))
        });
        MessageLoop { token, keeps, answers, had_turn: false, handles: false }
    }

    /// Whether messages are kept while they are handled.
    pub fn keeps(&self) -> bool {
        self.keeps
    }

    /// Whether clients wait for answers.
    pub fn answers(&self) -> bool {
        self.answers
    }

    /// The worker begins to handle the message that it has got.
    #[inline]
    pub fn note_begun(&mut self) {
        self.handles = true;
    }

    /// Notes that the last message was handled, and waits for the next one. Returns its length; it is in the inbox.
    #[inline(always)]
    pub fn next(&mut self, pools: &mut Pools, core: &mut Core, pipes: &mut Pipes) -> Result<usize, Detour> {
        let Pools { all, inbox, .. } = pools;
        let Some(Pool { run: Some(run), server, .. }) = all.get_mut(self.token) else {
            return Err(Detour::Error(RecvError::Exit, 0));
        };
        let Run { transport, member: Membership::Worker(worker), board, in_flight, began, .. } = run else {
            return Err(Detour::Error(RecvError::Exit, 0));
        };
        if std::mem::take(&mut self.handles) {
            let goes_on = note_message(worker, board);
            let dropped = inbox.brings().and_then(|brought| drop_brought(transport, worker, pipes, brought));
            if !goes_on || dropped.is_some() || self.keeps || self.answers {
                return Err(Detour::Finish(goes_on, dropped));
            }
        }
        let mut station = Station::new(worker, board, *began, transport.keeps_rest(), core);
        let may_turn = !std::mem::take(&mut self.had_turn);
        if may_turn && !station.is_idle && station.core.events.wants_turn(now) {
            self.had_turn = true;
            return Err(Detour::Turn);
        }
        if self.keeps
            && let Some(len) = next_retry(&mut station, in_flight.as_ref())
        {
            return Err(Detour::Retry(len));
        }
        let mut receiver = Receiver { station, inbox, in_flight: in_flight.as_ref() };
        match receive(transport, &mut receiver, pipes, server.as_ref()) {
            Ok(()) => Ok(inbox.len()),
            Err(error) => Err(Detour::Error(error, inbox.len())),
        }
    }

    /// The loop has ended while a message was handled, if it was: notes that this is done. Returns what was dropped.
    pub fn end(&mut self, pools: &mut Pools, pipes: &mut Pipes) -> Option<ArrivalKind> {
        if !std::mem::take(&mut self.handles) {
            return None;
        }
        pools.note_message(self.token);
        pools.drop_unreceived(pipes, self.token)
    }
}

/// Waits for the next message of a worker and receives it into the inbox.
#[inline(always)]
fn receive(
    transport: &mut Transport,
    receiver: &mut Receiver<'_>,
    pipes: &mut Pipes,
    server: Option<&Server>,
) -> Result<(), RecvError> {
    let Station { worker, board, .. } = &mut receiver.station;
    if !worker.is_detached() {
        if !std::mem::replace(&mut worker.shows_phase, true) {
            board.note_phase(worker.number(), Phase::Serving);
        }
        worker.keep_bond_at_times()?;
    }
    let next = transport.next(receiver, pipes, server);
    if has_come(&next) {
        receiver.station.note_work();
    }
    next
}

/// The length of a message that the last process of this worker was handling when it crashed, and that this one is to
/// handle. None when the worker is to exit, or has left the pool.
#[inline(never)]
fn next_retry(station: &mut Station<'_>, in_flight: Option<&InFlight>) -> Option<usize> {
    let number = station.worker.number();
    let len = in_flight.filter(|_| !station.worker.is_detached())?.waiting(number)?;
    (station.directive() != Directive::Exit).then_some(len)
}

/// A message was handled. Returns whether the worker continues.
#[inline]
fn note_message(worker: &mut Worker, board: &Scoreboard) -> bool {
    if worker.is_detached {
        board.note_message_of_former(worker.number);
        return !worker.leaving;
    }
    board.note_message(worker.number);
    // When the worker stops for good, no other process comes after it.
    if let Some(left) = worker.left.as_mut().filter(|_| !board.is_ending_for(worker.number)) {
        *left = left.saturating_sub(1);
        if *left == 0 {
            worker.leaving = true;
            board.note_recycled(worker.number);
        }
    }
    !worker.leaving
}

/// Drops the handle or value that came with a message. Returns which it was, if it was not received.
#[cold]
fn drop_brought(
    transport: &Transport,
    worker: &Worker,
    pipes: &mut Pipes,
    brought: ArrivalKind,
) -> Option<ArrivalKind> {
    let channel = transport.pairs().and_then(|pairs| pairs.channel(worker.number()));
    let count = channel.and_then(|channel| pipes.get(channel)).map_or(0, |pipe| pipe.held().clear());
    (count > 0).then_some(brought)
}

impl Pools {
    /// The station of the worker that this process is.
    pub(super) fn station<'a>(&'a mut self, core: &'a mut Core, token: PoolToken) -> Option<Station<'a>> {
        let Run { transport, member: Membership::Worker(worker), board, began, .. } = self.run(token)? else {
            return None;
        };
        Some(Station::new(worker, board, *began, transport.keeps_rest(), core))
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
        let Pools { all, inbox, .. } = self;
        let Some(Pool { run: Some(run), server, .. }) = all.get_mut(token) else {
            return Err(RecvError::Exit);
        };
        let Run { transport, member: Membership::Worker(worker), board, began, in_flight, .. } = run else {
            return Err(RecvError::Exit);
        };
        let station = Station::new(worker, board, *began, transport.keeps_rest(), core);
        let mut receiver = Receiver { station, inbox, in_flight: in_flight.as_ref() };
        receive(transport, &mut receiver, pipes, server.as_ref())
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
        let station = Station::new(worker, board, *began, false, core);
        let mut receiver = Receiver { station, inbox, in_flight: None };
        let next = pairs.try_next(&mut receiver, pipes);
        if has_come(&next) {
            receiver.station.note_work();
        }
        next
    }

    /// The message was handled, or a coroutine has begun with it: drops the handle or value that came with it, if it was
    /// not received. Returns which it was.
    pub fn drop_unreceived(&mut self, pipes: &mut Pipes, token: PoolToken) -> Option<ArrivalKind> {
        let brought = self.inbox.brings()?;
        let Run { transport, member: Membership::Worker(worker), .. } = self.run(token)? else {
            return None;
        };
        drop_brought(transport, worker, pipes, brought)
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
        clients.finish_request(&mut Station::new(worker, board, *began, false, core))
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

    /// Takes the message of [`Detour::Retry`]. Returns its length.
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
    pub fn note_message(&mut self, token: PoolToken) -> bool {
        let Some(Run { member: Membership::Worker(worker), board, .. }) = self.run(token) else {
            return false;
        };
        note_message(worker, board)
    }
}

/// Whether a worker has received something, and therefore had work.
fn has_come(next: &Result<(), RecvError>) -> bool {
    matches!(next, Ok(()) | Err(RecvError::Cut(_)))
}
