//! A worker: one message after the other, until it is asked to stop.

use super::board::Phase;
use super::claims::{DETACHED, SIGTERM, STOP};
use super::serve::{Door, Service};
use super::{Hears, Ipc, Member, Plan, PoolToken, Pools, Run};
use crate::os::bond::{Bond, Terms};
use crate::os::pipe::{self, Half, Wait};
use crate::os::process::Pid;
use crate::os::signal::{self, SavedMask};
use crate::os::{Errno, Result, clock, system};
use crate::rt::core::clock::now;
use crate::rt::core::event_loop::Wants;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::pipe::{QUIET, Side};
use crate::rt::queue::{Queue, TYPE};
use crate::rt::runtime::{PipeToken, Runtime, pipe_of};
use crate::rt::supervisor::limits::max_requests;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

/// How long a sender waits for what nobody tells of: that fewer descriptors are on their way.
const RECHECK: Duration = Duration::from_millis(10);

/// How often a worker of a queue looks at the descriptors in its loop: nothing but a message ends its wait by itself.
const ASK_AGAIN: Duration = Duration::from_millis(10);

/// How often such a worker looks whether a signal for its loop has come in the moment before it waited.
const LISTEN_AGAIN: Duration = Duration::from_millis(100);

/// How long a sender waits for room before it asks whether there is still a pool.
pub const STILL_THERE: Duration = Duration::from_secs(1);

/// So many messages are received without a look at the bond.
const UNSEEN: u32 = 64;

/// Why a worker gets no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// It is to end.
    Leave,
    /// A signal handler of the script waits for its turn, or something in the loop does.
    Interrupted,
    /// What it got is longer than there is room for, and was cut: this many bytes.
    Cut(usize),
    /// The system call failed.
    Failed(SyscallError),
}

/// A worker of a pool, in its own process.
#[derive(Debug)]
pub struct Worker {
    number: usize,
    /// `None` once it has left the pool.
    bond: Option<Bond>,
    is_detached: bool,
    /// Its loop takes no more messages.
    is_retired: bool,
    /// The signals with which it is asked to stop, unless they end it.
    stops: &'static [i32],
    /// How long it handles what is there when the pool ends.
    drain_time: Option<Duration>,
    /// Messages until it has had enough.
    left: Option<u64>,
    /// Messages since it was last looked whether the bond is there.
    unseen: u32,
    /// It is to end after this message.
    leaving: bool,
    /// It has done everything that a worker does.
    has_ended: bool,
    /// It was asked to stop.
    asked: Option<Asked>,
    /// The client that it serves.
    pub(super) service: Service,
    /// Where it waits for clients.
    pub(super) door: Option<Door>,
}

#[derive(Clone, Copy, Debug)]
struct Asked {
    /// By a signal that the whole pool has got.
    all: bool,
    /// Until when it may handle what is there.
    until: Option<Instant>,
}

/// What a worker is to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    GoOn,
    /// Handle what is there: nobody will do so after us.
    Finish,
    Leave,
}

impl Worker {
    pub(super) fn new(
        number: usize,
        master: Pid,
        plan: &Plan,
        hears: Hears,
        random: u64,
    ) -> std::result::Result<Worker, SyscallError> {
        let grace = plan.spec.max_wait;
        let stops: &'static [i32] = if hears == Hears::Nothing { &[] } else { &STOP };
        let nag = !stops.is_empty() && plan.ipc == Ipc::Queue;
        let queue = plan.queue.and_then(|(queue, own)| own.then(|| queue.handle()));
        let bond =
            Bond::tie(Terms { master, grace, stops, nag, queue }).map_err(SyscallError::of("prctl()"))?;
        Ok(Worker {
            number,
            bond: Some(bond),
            is_detached: false,
            is_retired: false,
            stops,
            drain_time: plan.spec.drain_time(),
            left: plan.max_requests.map(|setting| max_requests(setting, random)),
            unseen: 0,
            leaving: false,
            has_ended: false,
            asked: None,
            service: Service::Idle,
            door: None,
        })
    }

    /// Its number.
    pub fn number(&self) -> usize {
        self.number
    }

    /// It ends after the message that it handles.
    pub fn leave(&mut self) {
        self.leaving = true;
    }

    /// Whether it takes no more messages.
    pub fn is_retired(&self) -> bool {
        self.is_retired
    }

    /// It takes no more messages.
    pub fn retire(&mut self) {
        self.is_retired = true;
    }

    /// Whether it has lost its master.
    pub fn is_orphaned(&self) -> bool {
        self.bond.as_ref().is_some_and(Bond::is_orphaned)
    }

    /// Until when it may handle what is there, when it was asked to stop and there is a limit.
    pub(super) fn has_until(&self) -> Option<Instant> {
        self.asked.and_then(|asked| asked.until)
    }

    /// The signals that must come to it, whatever was blocked when the program started.
    pub(super) fn signals(&self) -> Vec<i32> {
        self.bond.iter().flat_map(Bond::signals).collect()
    }

    pub(super) fn before_exec(&self) -> Result<()> {
        self.bond.as_ref().map_or(Ok(()), Bond::before_exec)
    }

    pub(super) fn after_exec(&self) -> Result<()> {
        self.bond.as_ref().map_or(Ok(()), Bond::after_exec)
    }

    /// It ends after the message that it handles, and is tied to nobody.
    pub(super) fn become_daemon(&mut self) {
        self.is_detached = true;
        self.leaving = true;
        self.bond = None;
        self.door = None;
    }

    /// The script may have changed the process's user, with which the kernel forgets the tie to the master.
    pub fn renew_bond(&self) -> Result<()> {
        self.bond.as_ref().map_or(Ok(()), Bond::renew)
    }

    /// As [`Worker::renew_bond`], before it waits: the script had its turn.
    fn keep_bond(&mut self) -> std::result::Result<(), Pause> {
        self.unseen = 0;
        self.bond.as_ref().map_or(Ok(()), Bond::renew_if_lost).map_err(failed("prctl()"))
    }

    /// One that need never wait, as messages come all the time, looks now and then: a system call for each message would
    /// be too many.
    fn keep_bond_at_times(&mut self) -> std::result::Result<(), Pause> {
        self.unseen += 1;
        if self.unseen >= UNSEEN { self.keep_bond() } else { Ok(()) }
    }

    /// Whether it has left the pool.
    pub fn is_detached(&self) -> bool {
        self.is_detached
    }

    /// Notes a stop signal of `stops` that has come; whether it was asked to stop. `since` tells when the master asked, if it
    /// did: the time runs from then on, and not from the end of a long message.
    fn note_stop(&mut self, stops: signal::Set, since: impl FnOnce() -> Option<Instant>) -> bool {
        if stops.has_come() {
            let came = self.stops.iter().copied().filter(|&stop| stops.contains(stop) && signal::take(stop));
            // A terminal sends its signals to all processes of a pool.
            let came: Vec<i32> = came.collect();
            if let Some(bond) = self.bond.as_ref().filter(|_| !came.is_empty()) {
                bond.is_heard();
            }
            if self.asked.is_none() && !came.is_empty() {
                let since = since().unwrap_or_else(now);
                let until = self.drain_time.and_then(|time| since.checked_add(time));
                self.asked = Some(Asked { all: !came.contains(&SIGTERM), until });
            }
        }
        self.asked.is_some()
    }

    fn wish(&mut self, ending: bool, stops: signal::Set, since: impl FnOnce() -> Option<Instant>) -> Wish {
        if self.leaving {
            return Wish::Leave;
        }
        if !self.note_stop(stops, since) {
            return Wish::GoOn;
        }
        let all = ending || self.is_orphaned();
        match self.asked {
            Some(asked) if (all || asked.all) && asked.until.is_none_or(|until| now() < until) => {
                Wish::Finish
            }
            _ => Wish::Leave,
        }
    }
}

impl Pools {
    /// Nothing of the script runs in this process any more. A worker that has ended is deaf to the signals that would ask
    /// it to: they would end it before its memory is freed, and the master would take that for a crash.
    pub fn be_deaf(&self) {
        if self.bonds().any(|worker| worker.has_ended && !worker.is_detached) {
            for stop in STOP {
                // What is not ignored ends a process that is about to end.
                let _ = signal::ignore_ours(stop);
            }
        }
    }
}

impl Run {
    fn wish(&mut self, stops: signal::Set) -> Wish {
        let ending = self.board.is_ending();
        match &mut self.member {
            Member::Worker(worker) => {
                let (board, began, number) = (&self.board, self.began, worker.number);
                let since = || began.checked_add(Duration::from_micros(board.asked(number)?));
                let wish = worker.wish(ending, stops, since);
                // What stays in a queue that others know is there the next time.
                let keeps = self.plan.queue.is_none_or(|(_, own)| own);
                if wish == Wish::Finish && !keeps { Wish::Leave } else { wish }
            }
            Member::Master(_) | Member::Stranger => Wish::Leave,
        }
    }
}

fn failed(call: &'static str) -> impl Fn(Errno) -> Pause {
    move |errno| Pause::Failed(SyscallError { call, errno })
}

/// What ends a wait of a worker, beside what it waits for.
#[derive(Clone, Copy)]
pub(super) struct Alerts {
    interrupted: fn() -> bool,
    /// The signals that ask it to stop.
    stops: signal::Set,
    /// What its loop wants a turn for. Between two messages it gets that.
    pub(super) wants: Wants,
}

impl Alerts {
    /// Whether something of the script waits for its turn.
    fn are_for_script(&self) -> bool {
        (self.interrupted)() || self.wants.is_due(now)
    }

    /// The signals of ours that a wait lets through, blocked or not.
    fn heard(&self) -> impl Iterator<Item = i32> {
        let heard = self.stops.numbers().chain(self.wants.signals.numbers());
        heard.filter(|&number| signal::is_ours(number))
    }

    /// Whether nothing but a signal can be there for the loop until some time has passed.
    fn is_quiet_for(&self, time: Duration) -> bool {
        !self.wants.asks && self.wants.at.is_none_or(|at| at.saturating_duration_since(now()) > time)
    }

    /// When a wait is to end that only signals can end: the time until then, and from each of these moments to the next.
    /// `None` when nothing but a message and a stop signal need end it.
    fn ticks(&self) -> Option<Duration> {
        let Wants { at, signals, asks } = self.wants;
        let again = asks.then_some(ASK_AGAIN);
        let listen = (signals != signal::Set::default()).then_some(LISTEN_AGAIN);
        let due = at.map(|at| at.saturating_duration_since(now()));
        due.into_iter().chain(again).chain(listen).min()
    }
}

/// Waits until a socket is ready for `half`, or `until` (then `ETIMEDOUT`). A stop signal ends the wait as well, and so
/// does what the loop wants a turn for; `events` is readable when the kernel has something for that.
pub(super) fn sleep(
    socket: BorrowedFd<'_>,
    half: Half,
    until: Option<Instant>,
    events: Option<BorrowedFd<'_>>,
    alerts: &Alerts,
) -> std::result::Result<(), Pause> {
    let mut is_for_loop = false;
    sleep_in("ppoll()", alerts, |mask| {
        let first = until.into_iter().chain(alerts.wants.at).min();
        let limit = first.map(|first| first.saturating_duration_since(now()));
        let ready = pipe::wait(socket, half, events, limit, mask)?;
        is_for_loop = !ready.pipe && (ready.watched || first != until);
        if ready.pipe || is_for_loop { Ok(()) } else { Err(Errno::ETIMEDOUT) }
    })?;
    if is_for_loop { Err(Pause::Interrupted) } else { Ok(()) }
}

/// Has `wait` wait with a mask that lets signals through. A stop signal ends the wait.
pub(super) fn sleep_in(
    call: &'static str,
    alerts: &Alerts,
    wait: impl FnOnce(&SavedMask) -> Result<()>,
) -> std::result::Result<(), Pause> {
    // From here on signals are held back: one that comes now ends the wait.
    let held = signal::hold_for_wait(alerts.heard()).map_err(failed("sigprocmask()"))?;
    let waited = if alerts.are_for_script() || alerts.stops.has_come() {
        Err(Errno::EINTR)
    } else {
        wait(held.mask())
    };
    held.release();
    match waited {
        Err(Errno::EINTR) if alerts.are_for_script() => Err(Pause::Interrupted),
        Ok(()) | Err(Errno::EINTR) => Ok(()),
        Err(errno) => Err(failed(call)(errno)),
    }
}

impl Runtime {
    /// Waits for the next message of this worker and receives it into the inbox.
    pub fn next_message(&mut self, token: PoolToken) -> std::result::Result<(), Pause> {
        let Some(run) = self.pools.run(token) else { return Err(Pause::Leave) };
        if let Member::Worker(worker) = &mut run.member
            && !worker.is_detached
        {
            run.board.note_phase(worker.number, Phase::Serving);
            worker.keep_bond_at_times()?;
        }
        let next = match run.plan.ipc {
            Ipc::Pairs => self.next_of_pair(token),
            Ipc::Queue => self.next_of_queue(token),
            Ipc::Server => self.next_request(token),
            Ipc::None => Err(Pause::Leave),
        };
        self.note_work(token, next)
    }

    /// This worker is about to wait.
    pub(super) fn keep_bond(&mut self, token: PoolToken) -> std::result::Result<(), Pause> {
        self.pools.worker(token).map_or(Ok(()), Worker::keep_bond)
    }

    /// A worker that has received something has had work.
    fn note_work(
        &mut self,
        token: PoolToken,
        next: std::result::Result<(), Pause>,
    ) -> std::result::Result<(), Pause> {
        if matches!(next, Ok(()) | Err(Pause::Cut(_)))
            && let Some(Run { board, member: Member::Worker(worker), .. }) = self.pools.run(token)
        {
            board.note_work(worker.number);
        }
        next
    }

    /// What the worker is to do now, and whether it wants no more.
    pub(super) fn wish(&mut self, token: PoolToken) -> Wish {
        let stops = self.stops(token);
        self.pools.run(token).map_or(Wish::Leave, |run| run.wish(stops))
    }

    /// The signals that ask this worker to stop, but for those that the loop has got, from the script or from us.
    fn stops(&mut self, token: PoolToken) -> signal::Set {
        let stops = self.pools.worker(token).map_or(&[][..], |worker| worker.stops);
        stops.iter().copied().filter(|&stop| self.core.events.signal(stop).is_none()).collect()
    }

    /// What ends a wait of this worker between two messages.
    pub(super) fn alerts(&mut self, token: PoolToken) -> Alerts {
        let wants = self.core.events.wants(now);
        Alerts { wants, ..self.alerts_of_message(token) }
    }

    /// What ends a wait of this worker while a message is handled: the loop has no turn then.
    fn alerts_of_message(&mut self, token: PoolToken) -> Alerts {
        Alerts { interrupted: self.core.interrupted(), stops: self.stops(token), wants: Wants::default() }
    }

    fn own_channel(&mut self, token: PoolToken) -> Option<PipeToken> {
        let number = self.pools.worker(token)?.number;
        self.pools.channel(token, number)
    }

    fn next_of_pair(&mut self, token: PoolToken) -> std::result::Result<(), Pause> {
        loop {
            let wish = self.wish(token);
            if wish == Wish::Leave {
                return Err(Pause::Leave);
            }
            let alerts = self.alerts(token);
            // While messages come, the kernel waits for them: for a while only, as a signal may have come just before.
            let may_wait = wish == Wish::GoOn && alerts.is_quiet_for(QUIET);
            let wait = if may_wait { Wait::Allowed } else { Wait::Never };
            match self.receive_of_pair(token, wait) {
                Err(Pause::Failed(SyscallError { errno: Errno::EAGAIN, .. })) => {
                    self.keep_bond(token)?;
                    let channel = self.own_channel(token).filter(|_| wish == Wish::GoOn);
                    let pipe = channel.and_then(|channel| pipe_of(&mut self.pipes, channel));
                    let socket = pipe.and_then(|pipe| pipe.descriptor(Side::Worker)).ok_or(Pause::Leave)?;
                    sleep(socket, Half::Read, None, self.core.events.descriptor(), &alerts)?;
                }
                Err(Pause::Failed(SyscallError { errno: Errno::EINTR, .. })) if alerts.are_for_script() => {
                    return Err(Pause::Interrupted);
                }
                Err(Pause::Failed(SyscallError { errno: Errno::EINTR, .. })) => {}
                result => return result,
            }
        }
    }

    /// Receives the next message of this worker's pair, without waiting: `EAGAIN` when there is none.
    pub fn try_next_of_pair(&mut self, token: PoolToken) -> std::result::Result<(), Pause> {
        loop {
            let result = self.receive_of_pair(token, Wait::Never);
            match result {
                Err(Pause::Failed(SyscallError { errno: Errno::EINTR, .. })) => {}
                Err(Pause::Failed(SyscallError { errno: Errno::EAGAIN, .. })) => {
                    self.keep_bond(token)?;
                    return result;
                }
                _ => return self.note_work(token, result),
            }
        }
    }

    fn receive_of_pair(&mut self, token: PoolToken, wait: Wait) -> std::result::Result<(), Pause> {
        let run = self.pools.run(token).ok_or(Pause::Leave)?;
        let Member::Worker(worker) = &run.member else { return Err(Pause::Leave) };
        let (channel, bus) = (run.channels.get(worker.number).copied(), run.plan.bus);
        let pipe = channel.and_then(|channel| pipe_of(&mut self.pipes, channel)).ok_or(Pause::Leave)?;
        let end = match wait {
            Wait::Allowed => pipe.for_receive(),
            Wait::Never => pipe.descriptor(Side::Worker).map(|socket| (socket, wait)),
        };
        let (socket, wait) = end.ok_or(Pause::Leave)?;
        let inbox = &mut self.pools.inbox;
        match inbox.receive(socket, bus, wait) {
            Ok(full) if full > inbox.len() => Err(Pause::Cut(full)),
            Ok(_) => Ok(()),
            Err(errno) => Err(failed("recvmsg()")(errno)),
        }
    }

    fn next_of_queue(&mut self, token: PoolToken) -> std::result::Result<(), Pause> {
        // The kernel is asked without waiting first: before a wait there is more to do.
        let mut may_wait = false;
        loop {
            let wish = self.wish(token);
            let queue = self.pools.queue(token).filter(|_| wish != Wish::Leave).ok_or(Pause::Leave)?;
            let alerts = self.alerts(token);
            let ticks = alerts.ticks().filter(|_| wish == Wish::GoOn);
            let waits = wish == Wish::GoOn && may_wait;
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
                Err(Errno::ENOMSG) if wish == Wish::GoOn => {
                    self.keep_bond(token)?;
                    may_wait = true;
                }
                Err(Errno::ENOMSG) => return Err(Pause::Leave),
                // It would stay there, and end each worker that meets it.
                Err(Errno::E2BIG) if self.make_more_room() => {}
                // Without a master the first worker that finds it empty removes it.
                Err(Errno::EIDRM | Errno::EINVAL) if self.is_pool_ending(token) => return Err(Pause::Leave),
                Err(Errno::EINTR) if alerts.wants.asks || alerts.are_for_script() => {
                    return Err(Pause::Interrupted);
                }
                Err(Errno::EINTR) => {}
                Err(errno) => return Err(Pause::Failed(SyscallError { call: "msgrcv()", errno })),
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
        let popped = self.pools.inbox().fill(|buffer| queue.pop_once(buffer).map(|len| (TYPE, len)));
        if ticks.is_some() {
            self.tick(token, None);
        }
        popped
    }

    fn tick(&mut self, token: PoolToken, ticks: Option<Duration>) {
        if let Some(bond) = self.pools.worker(token).and_then(|worker| worker.bond.as_ref()) {
            bond.tick(ticks);
        }
    }

    /// Messages in a queue may be as large as the system allows, which is seldom more than there is room for: makes more.
    /// False when there is enough for all.
    #[cold]
    fn make_more_room(&mut self) -> bool {
        let largest = system::limit("kernel/msgmax").and_then(|bytes| usize::try_from(bytes).ok());
        largest.is_some_and(|largest| self.pools.inbox().grow(largest.saturating_add(TYPE)))
    }

    /// The signals that ask this worker to stop come to its loop from now on, which calls what `make` makes for each.
    pub fn hand_stops_to_loop(
        &mut self,
        token: PoolToken,
        mut make: impl FnMut() -> crate::rt::core::timers::Token,
    ) -> std::result::Result<(), SyscallError> {
        let Some(bond) = self.pools.worker(token).and_then(|worker| worker.bond.as_mut()) else {
            return Ok(());
        };
        // None may come while nobody has it.
        let mask = signal::block_all().map_err(SyscallError::of("sigprocmask()"))?;
        let stops = bond.release_stops();
        let handed = stops.into_iter().try_for_each(|stop| {
            self.core
                .events
                .handle_own_signal(stop, make())
                .map(drop)
                .map_err(SyscallError::of("sigaction()"))
        });
        mask.restore();
        handed
    }

    /// A message is handled. Whether the worker goes on.
    pub fn note_message(&mut self, token: PoolToken) -> bool {
        let Some(run) = self.pools.run(token) else { return false };
        let Member::Worker(worker) = &mut run.member else { return false };
        run.board.note_message(worker.number);
        // When the whole pool ends nobody comes after it.
        if let Some(left) = worker.left.as_mut().filter(|_| !run.board.is_ending()) {
            *left = left.saturating_sub(1);
            worker.leaving |= *left == 0;
        }
        !worker.leaving
    }

    /// Whether there may be room for a message to a worker while this process waits for that. Not when nobody will read
    /// what there is: because it is for this worker itself, which waits (`alone`) or takes no more messages, or because
    /// the pool ends. The master must not wait.
    pub fn may_wait_for_room(&mut self, token: PoolToken, target: usize, alone: bool) -> bool {
        // Takes a stop signal, which would end each wait again.
        let wish = self.wish(token);
        let ends = self.is_pool_ending(token);
        match self.pools.run(token).map(|run| &run.member) {
            Some(Member::Worker(worker)) => {
                let reads = worker.number != target || !(alone || worker.is_retired);
                reads && !(ends && (wish != Wish::GoOn || worker.is_retired))
            }
            Some(Member::Stranger) => {
                !ends && self.pools.run(token).is_some_and(|run| run.master.is_running())
            }
            Some(Member::Master(_)) | None => false,
        }
    }

    /// Waits for room for a message to another worker, for which there was none because of `lack`. `EAGAIN` when there
    /// will be none, `EDEADLK` when that waits for this one, by way of others perhaps.
    pub fn wait_for_room(
        &mut self,
        token: PoolToken,
        target: usize,
        lack: Errno,
    ) -> std::result::Result<(), Pause> {
        let alerts = self.alerts_of_message(token);
        let never = Pause::Failed(SyscallError { call: "sendmsg()", errno: Errno::EAGAIN });
        if !self.may_wait_for_room(token, target, true) {
            return Err(never);
        }
        if lack == Errno::ETOOMANYREFS {
            if alerts.are_for_script() {
                return Err(Pause::Interrupted);
            }
            clock::pause(RECHECK);
            return Ok(());
        }
        if !self.note_wait_for(token, Some(target)) {
            return Err(Pause::Failed(SyscallError { call: "sendmsg()", errno: Errno::EDEADLK }));
        }
        let slept = self.sleep_for_room(token, target, &alerts);
        self.note_wait_for(token, None);
        match slept {
            Err(Pause::Failed(SyscallError { errno: Errno::ETIMEDOUT, .. })) => Ok(()),
            result => result,
        }
    }

    fn sleep_for_room(
        &mut self,
        token: PoolToken,
        target: usize,
        alerts: &Alerts,
    ) -> std::result::Result<(), Pause> {
        let never = Pause::Failed(SyscallError { call: "sendmsg()", errno: Errno::EAGAIN });
        let channel = self.pools.channel(token, target).ok_or(never)?;
        let socket = self.pipe(channel).and_then(|pipe| pipe.descriptor(Side::Master)).ok_or(never)?;
        sleep(socket, Half::Write, now().checked_add(STILL_THERE), None, alerts)
    }

    /// The worker `pid` leaves the pool: it ends after this message and goes on by itself. False when this process is no
    /// worker.
    pub fn detach_worker(&mut self, token: PoolToken, pid: Pid) -> bool {
        let Some(run) = self.pools.run(token) else { return false };
        let Member::Worker(worker) = &mut run.member else { return false };
        if worker.is_detached {
            return false;
        }
        worker.become_daemon();
        run.board.detach(worker.number, pid);
        // The master may have ended in this moment.
        let _ = run.master.signal(DETACHED);
        if let Some(pool) = self.pools.get(token) {
            pool.leave();
        }
        true
    }

    /// The worker is about to end. What is the pool's own outside of its processes, a queue or the path of a socket,
    /// goes with it when the master, who would have removed it, is gone.
    pub fn end_worker(&mut self, token: PoolToken) {
        if let Some(Run { board, member: Member::Worker(worker), .. }) = self.pools.run(token) {
            worker.has_ended = true;
            if !worker.is_detached {
                board.note_phase(worker.number, Phase::Ending);
            }
        }
        if !self.pools.worker(token).is_some_and(|worker| worker.is_orphaned()) {
            return;
        }
        if let Some((queue, true)) = self.pools.run(token).and_then(|run| run.plan.queue) {
            // Another worker may have done it.
            let _ = queue.remove();
        }
        if let Some(server) = self.pools.get(token).and_then(|pool| pool.server.as_ref()) {
            server.remove_path();
        }
    }
}
