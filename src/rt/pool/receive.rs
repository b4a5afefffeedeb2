//! How a worker receives: one message after the other, until it is asked to stop.

use super::plan::Ipc;
use super::scoreboard::Phase;
use super::state::{Membership, Pools, Run};
use super::waits::{Alerts, RecvError, failed, sleep};
use super::worker::{Directive, Worker};
use crate::os::pipe::{Half, Wait};
use crate::os::{Errno, Result, signal, system};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::event_loop::Wants;
use crate::rt::core::handles::{PipeToken, PoolToken};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::timers::Token;
use crate::rt::process::pipe::{POLL_INTERVAL, Side};
use crate::rt::process::pipes::Pipes;
use crate::rt::process::queue::{Queue, TYPE};
use std::time::Duration;

impl Run {
    fn directive(&mut self, stops: signal::Set) -> Directive {
        let ending = self.board.is_ending();
        match &mut self.member {
            Membership::Worker(worker) => {
                let (board, began, number) = (&self.board, self.began, worker.number);
                let since = || began.checked_add(Duration::from_micros(board.asked(number)?));
                let wish = worker.directive(ending, stops, since);
                // What stays in a queue that others know is there the next time.
                let keeps = self.plan.queue.is_none_or(|(_, own)| own);
                if wish == Directive::Drain && !keeps { Directive::Exit } else { wish }
            }
            Membership::Master(_) | Membership::NonMember => Directive::Exit,
        }
    }
}

impl Pools {
    /// Waits for the next message of this worker and receives it into the inbox.
    pub fn next_message(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        token: PoolToken,
    ) -> std::result::Result<(), RecvError> {
        let Some(run) = self.run(token) else { return Err(RecvError::Exit) };
        if let Membership::Worker(worker) = &mut run.member
            && !worker.is_detached
        {
            run.board.note_phase(worker.number, Phase::Serving);
            worker.keep_bond_at_times()?;
        }
        let next = match run.plan.ipc {
            Ipc::Pairs => self.next_of_pair(core, pipes, token),
            Ipc::Queue => self.next_of_queue(core, token),
            Ipc::Server => self.next_request(core, token),
            Ipc::None => Err(RecvError::Exit),
        };
        self.note_work(token, next)
    }

    /// This worker is about to wait.
    pub(super) fn keep_bond(&mut self, token: PoolToken) -> std::result::Result<(), RecvError> {
        self.worker(token).map_or(Ok(()), Worker::keep_bond)
    }

    /// A worker that has received something has had work.
    pub(super) fn note_work(
        &mut self,
        token: PoolToken,
        next: std::result::Result<(), RecvError>,
    ) -> std::result::Result<(), RecvError> {
        if matches!(next, Ok(()) | Err(RecvError::Cut(_)))
            && let Some(Run { board, member: Membership::Worker(worker), .. }) = self.run(token)
        {
            board.note_work(worker.number);
        }
        next
    }

    /// What the worker is to do now, and whether it wants no more.
    pub(super) fn directive(&mut self, core: &mut Core, token: PoolToken) -> Directive {
        let stops = self.stops(core, token);
        self.run(token).map_or(Directive::Exit, |run| run.directive(stops))
    }

    /// The signals that ask this worker to stop, but for those that the loop has got, from the script or from us.
    fn stops(&mut self, core: &mut Core, token: PoolToken) -> signal::Set {
        let stops = self.worker(token).map_or(&[][..], |worker| worker.stops);
        stops.iter().copied().filter(|&stop| core.events.signal(stop).is_none()).collect()
    }

    /// What ends a wait of this worker between two messages.
    pub(super) fn alerts(&mut self, core: &mut Core, token: PoolToken) -> Alerts {
        let wants = core.events.wants(now);
        Alerts { wants, ..self.alerts_of_message(core, token) }
    }

    /// What ends a wait of this worker while a message is handled: the loop has no turn then.
    pub(super) fn alerts_of_message(&mut self, core: &mut Core, token: PoolToken) -> Alerts {
        Alerts { interrupted: core.interrupted(), stops: self.stops(core, token), wants: Wants::default() }
    }

    fn own_channel(&mut self, token: PoolToken) -> Option<PipeToken> {
        let number = self.worker(token)?.number;
        self.channel(token, number)
    }

    fn next_of_pair(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        token: PoolToken,
    ) -> std::result::Result<(), RecvError> {
        loop {
            let wish = self.directive(core, token);
            if wish == Directive::Exit {
                return Err(RecvError::Exit);
            }
            let alerts = self.alerts(core, token);
            // While messages come, the kernel waits for them: for a while only, as a signal may have come just before.
            let may_wait = wish == Directive::Continue && alerts.is_quiet_for(POLL_INTERVAL);
            let wait = if may_wait { Wait::Allowed } else { Wait::Never };
            match self.receive_of_pair(pipes, token, wait) {
                Err(RecvError::Failed(SyscallError { errno: Errno::EAGAIN, .. })) => {
                    self.keep_bond(token)?;
                    let channel = self.own_channel(token).filter(|_| wish == Directive::Continue);
                    let pipe = channel.and_then(|channel| pipes.get(channel));
                    let socket =
                        pipe.and_then(|pipe| pipe.descriptor(Side::Worker)).ok_or(RecvError::Exit)?;
                    sleep(socket, Half::Read, None, core.events.descriptor(), &alerts)?;
                }
                Err(RecvError::Failed(SyscallError { errno: Errno::EINTR, .. }))
                    if alerts.are_for_script() =>
                {
                    return Err(RecvError::Interrupted);
                }
                Err(RecvError::Failed(SyscallError { errno: Errno::EINTR, .. })) => {}
                result => return result,
            }
        }
    }

    /// Receives the next message of this worker's pair, without waiting: `EAGAIN` when there is none.
    pub fn try_next_of_pair(
        &mut self,
        pipes: &mut Pipes,
        token: PoolToken,
    ) -> std::result::Result<(), RecvError> {
        loop {
            let result = self.receive_of_pair(pipes, token, Wait::Never);
            match result {
                Err(RecvError::Failed(SyscallError { errno: Errno::EINTR, .. })) => {}
                Err(RecvError::Failed(SyscallError { errno: Errno::EAGAIN, .. })) => {
                    self.keep_bond(token)?;
                    return result;
                }
                _ => return self.note_work(token, result),
            }
        }
    }

    fn receive_of_pair(
        &mut self,
        pipes: &mut Pipes,
        token: PoolToken,
        wait: Wait,
    ) -> std::result::Result<(), RecvError> {
        let run = self.run(token).ok_or(RecvError::Exit)?;
        let Membership::Worker(worker) = &run.member else { return Err(RecvError::Exit) };
        let (channel, bus) = (run.channels.get(worker.number).copied(), run.plan.bus);
        let pipe = channel.and_then(|channel| pipes.get(channel)).ok_or(RecvError::Exit)?;
        let end = match wait {
            Wait::Allowed => pipe.for_receive(),
            Wait::Never => pipe.descriptor(Side::Worker).map(|socket| (socket, wait)),
        };
        let (socket, wait) = end.ok_or(RecvError::Exit)?;
        let inbox = &mut self.inbox;
        match inbox.receive(socket, bus, wait) {
            Ok(full) if full > inbox.len() => Err(RecvError::Cut(full)),
            Ok(_) => Ok(()),
            Err(errno) => Err(failed("recvmsg()")(errno)),
        }
    }

    fn next_of_queue(&mut self, core: &mut Core, token: PoolToken) -> std::result::Result<(), RecvError> {
        // The kernel is asked without waiting first: before a wait there is more to do.
        let mut may_wait = false;
        loop {
            let wish = self.directive(core, token);
            let queue = self.queue(token).filter(|_| wish != Directive::Exit).ok_or(RecvError::Exit)?;
            let alerts = self.alerts(core, token);
            let ticks = alerts.ticks().filter(|_| wish == Directive::Continue);
            let waits = wish == Directive::Continue && may_wait;
            let queue = if waits { queue } else { queue.at_once() };
            // This wait has no mask of its own. A signal that comes just before it winds the clock up, or is told by it.
            let heard: Vec<i32> = alerts.heard().filter(|_| waits).collect();
            let mask = if waits { signal::unblock(&heard).map_err(failed("sigprocmask()"))? } else { None };
            let popped = self.pop_message(token, queue, ticks.filter(|_| waits), &alerts);
            if let Some(mask) = mask {
                mask.restore();
            }
            match popped {
                Ok(()) => return Ok(()),
                Err(Errno::ENOMSG) if wish == Directive::Continue => {
                    self.keep_bond(token)?;
                    may_wait = true;
                }
                Err(Errno::ENOMSG) => return Err(RecvError::Exit),
                // It would stay there, and end each worker that meets it.
                Err(Errno::E2BIG) if self.make_more_room() => {}
                // Without a master the first worker that finds it empty removes it.
                Err(Errno::EIDRM | Errno::EINVAL) if self.is_ending(token) => return Err(RecvError::Exit),
                Err(Errno::EINTR) if alerts.wants.asks || alerts.are_for_script() => {
                    return Err(RecvError::Interrupted);
                }
                Err(Errno::EINTR) => {}
                Err(errno) => return Err(RecvError::Failed(SyscallError { call: "msgrcv()", errno })),
            }
        }
    }

    /// Receives a message of the queue into the inbox. With `ticks` the wait ends (`EINTR`) after this time, and whenever it
    /// has passed again.
    fn pop_message(
        &mut self,
        token: PoolToken,
        queue: Queue,
        ticks: Option<Duration>,
        alerts: &Alerts,
    ) -> Result<()> {
        if let Some(ticks) = ticks {
            self.tick(token, Some(ticks));
            // What comes from here on winds the clock up, or is told by it.
            if alerts.stops.has_come() || alerts.are_for_script() {
                self.tick(token, None);
                return Err(Errno::EINTR);
            }
        }
        let popped = self.inbox.fill(|buffer| queue.pop_once(buffer).map(|len| (TYPE, len)));
        if ticks.is_some() {
            self.tick(token, None);
        }
        popped
    }

    fn tick(&mut self, token: PoolToken, ticks: Option<Duration>) {
        if let Some(bond) = self.worker(token).and_then(|worker| worker.bond.as_ref()) {
            bond.tick(ticks);
        }
    }

    /// Messages in a queue may be as large as the system allows, which is seldom more than there is room for: makes more.
    /// False when there is enough for all.
    #[cold]
    fn make_more_room(&mut self) -> bool {
        let largest = system::limit("kernel/msgmax").and_then(|bytes| usize::try_from(bytes).ok());
        largest.is_some_and(|largest| self.inbox.grow(largest.saturating_add(TYPE)))
    }

    /// The signals that ask this worker to stop come to its loop from now on, which calls what `make` makes for each.
    pub fn hand_stops_to_loop(
        &mut self,
        core: &mut Core,
        token: PoolToken,
        mut make: impl FnMut() -> Token,
    ) -> std::result::Result<(), SyscallError> {
        let Some(bond) = self.worker(token).and_then(|worker| worker.bond.as_mut()) else {
            return Ok(());
        };
        // None may come while nobody has it.
        let mask = signal::block_all().map_err(SyscallError::of("sigprocmask()"))?;
        let stops = bond.release_stops();
        let handed = stops.into_iter().try_for_each(|stop| {
            core.events.handle_own_signal(stop, make()).map(drop).map_err(SyscallError::of("sigaction()"))
        });
        mask.restore();
        handed
    }

    /// A message is handled. Whether the worker goes on.
    pub fn note_message(&mut self, token: PoolToken) -> bool {
        let Some(run) = self.run(token) else { return false };
        let Membership::Worker(worker) = &mut run.member else { return false };
        run.board.note_message(worker.number);
        // When the whole pool ends nobody comes after it.
        if let Some(left) = worker.left.as_mut().filter(|_| !run.board.is_ending()) {
            *left = left.saturating_sub(1);
            worker.leaving |= *left == 0;
        }
        !worker.leaving
    }
}
