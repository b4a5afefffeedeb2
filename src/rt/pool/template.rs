//! Templates: processes that fork workers for the master of a pool.
//!
//! Each start has a socket pair of its own. The master sends one end with its request. The new worker sends its pid and its
//! pidfd through this end, and begins when the master has answered. Each process that dies closes its copy. So the master
//! learns that a start has failed, and no worker begins that the master does not know.

use super::plan::NewWorker;
use crate::os::fd_passing;
use crate::os::pipe::{self, Half, Kind, Wait};
use crate::os::process::{self, Child, ChildState, Pid};
use crate::os::signal::KILL;
use crate::os::{Errno, Result, death_signal, fd, pidfd, subreaper, uninterrupted};
use crate::rt::core::clock::now;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::supervisor::Ending;
use std::collections::VecDeque;
use std::os::fd::{AsFd, AsRawFd, OwnedFd, RawFd};
use std::time::{Duration, Instant};

/// How long a template may take to boot.
const BOOT_LIMIT: Duration = Duration::from_secs(300);

/// How long a template may take to start a worker.
const START_LIMIT: Duration = Duration::from_secs(60);

/// How long the rest may take of a template that has closed its socket, and of a start whose template has died.
const END_LIMIT: Duration = Duration::from_secs(2);

/// A template that lived for so long is replaced at once, and not only when the next worker needs it.
const LONG: Duration = Duration::from_secs(1);

/// A worker that a template is to fork, after `restarts` others.
#[derive(Clone, Copy, Debug)]
pub(in crate::rt) struct Request {
    pub(in crate::rt) number: usize,
    pub(in crate::rt) random: u64,
    pub(in crate::rt) at: u64,
    pub(in crate::rt) restarts: u64,
}

type Encoded = [u8; 32];

impl Request {
    fn of(new: NewWorker, restarts: u64) -> Request {
        Request { number: new.number, random: new.random, at: new.at, restarts }
    }

    fn encode(self) -> Vec<u8> {
        let number = u64::try_from(self.number).unwrap_or(u64::MAX);
        [number, self.random, self.at, self.restarts].into_iter().flat_map(u64::to_ne_bytes).collect()
    }

    fn decode(text: Encoded) -> Option<Request> {
        let mut words = text.chunks_exact(8).filter_map(|word| word.try_into().ok().map(u64::from_ne_bytes));
        let number = usize::try_from(words.next()?).ok()?;
        Some(Request { number, random: words.next()?, at: words.next()?, restarts: words.next()? })
    }
}

/// The connection of a template to its master.
#[derive(Debug)]
pub(super) struct Template {
    socket: OwnedFd,
    master: Pid,
    /// What was requested, and the worker's end of the pair for it.
    requested: Option<(Request, OwnedFd)>,
}

impl Template {
    /// In a template that was just forked by `master`, with which it dies.
    pub(super) fn new(socket: OwnedFd, master: Pid) -> Result<Template> {
        death_signal::set_for(master, KILL)?;
        Ok(Template { socket, master, requested: None })
    }

    /// It has booted. `ESRCH` or `EPIPE` when the master has exited.
    pub(super) fn ready(&self) -> Result<()> {
        // The kernel forgets this when a process changes its user.
        death_signal::set_for(self.master, KILL)?;
        pipe::send(self.socket.as_fd(), b"!", Wait::Allowed).map(drop)
    }

    /// Waits for a request. False when there will be none any more.
    pub(super) fn next(&mut self) -> Result<bool> {
        let mut text = Encoded::default();
        loop {
            match fd_passing::receive(self.socket.as_fd(), &mut text, Wait::Allowed) {
                // Of a request without its descriptor the master sees the end.
                Err(Errno::EINTR | Errno::EMFILE) => {}
                Err(errno) => return Err(errno),
                Ok(message) => {
                    let [channel, _] = message.attached;
                    self.requested = Request::decode(text).zip(channel);
                    return Ok(self.requested.is_some());
                }
            }
        }
    }

    /// What was requested, once.
    pub(super) fn take(&mut self) -> Option<(Request, OwnedFd)> {
        self.requested.take()
    }
}

/// In a new worker: tells the master of it. False when it must not begin: the master does not know it.
pub(super) fn introduce(channel: &OwnedFd) -> bool {
    let pid = process::pid();
    // Without a pidfd, as on old kernels, the master checks the pid.
    let own = pidfd::open(pid).ok();
    let sent = match &own {
        Some(own) => fd_passing::send(channel.as_fd(), &pid.to_ne_bytes(), &[fd::number(own)]),
        None => pipe::send(channel.as_fd(), &pid.to_ne_bytes(), Wait::Never),
    };
    let mut answer = [0; 1];
    sent.is_ok() && pipe::receive(channel.as_fd(), &mut answer, Wait::Allowed) == Ok(1)
}

/// A template as its master knows it.
#[derive(Debug)]
struct TemplateProcess {
    pid: Pid,
    /// `None` once the template has closed its end.
    socket: Option<OwnedFd>,
    since: Instant,
    /// When it is killed, if it has neither booted nor ended.
    until: Instant,
    /// It was killed because it took too long.
    is_late: bool,
}

impl TemplateProcess {
    /// Asks it to end, after the request that it is working on.
    fn retire(&self) {
        if let Some(socket) = &self.socket {
            // Where another process has a copy of the socket, closing it is not enough.
            let _ = pipe::send(socket.as_fd(), b"!", Wait::Never);
        }
    }

    fn kill(&self) {
        kill(self.pid);
    }
}

/// The start that a template works on.
#[derive(Debug)]
struct PendingStart {
    new: NewWorker,
    restarts: u64,
    /// The template.
    by: Pid,
    channel: OwnedFd,
    until: Instant,
    /// The pool stops: the worker is not to begin.
    is_given_up: bool,
}

/// What the master of a pool is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateEvent {
    /// Fork a template.
    Boot,
    /// A template has booted.
    Ready {
        /// Its pid.
        pid: Pid,
        /// How long that took.
        took: Duration,
    },
    /// A template has failed.
    Failed(TemplateFailure),
}

/// The end of a template that was not asked to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateFailure {
    /// Its pid.
    pub pid: Pid,
    /// How it ended.
    pub ending: Ending,
    /// How long it ran.
    pub uptime: Duration,
    /// Whether it had booted.
    pub has_booted: bool,
    /// Whether it was killed because it did not boot in time.
    pub is_late: bool,
}

/// What happened to a start.
#[derive(Debug)]
pub(super) enum StartReport {
    Started { new: NewWorker, restarts: u64, pid: Pid },
    NotStarted { worker: usize },
    Reload,
}

/// In a master: the templates of its pool, and the workers that they are to start, one after the other.
#[derive(Debug, Default)]
pub(super) struct Templates {
    ready: Option<TemplateProcess>,
    booting: Option<TemplateProcess>,
    /// They are to end, and were not reaped yet. Also a worker that is not to begin.
    retired: Vec<Pid>,
    waiting: VecDeque<(NewWorker, u64)>,
    starting: Option<PendingStart>,
    /// Another template is wanted, whether one is ready or not.
    is_wanted: bool,
    /// Once it is ready, all workers are replaced.
    reloads: bool,
    events: VecDeque<TemplateEvent>,
    /// Whether this process was a child subreaper before.
    was_subreaper: Option<bool>,
}

impl Templates {
    /// Before a template is forked. Returns the ends of the socket pair for master and template.
    pub(super) fn prepare(&mut self) -> std::result::Result<(OwnedFd, OwnedFd), SyscallError> {
        let failed = SyscallError::of("prctl()");
        if self.was_subreaper.is_none() {
            self.was_subreaper = Some(subreaper::is_one().map_err(failed)?);
        }
        // After daemon() the process is another one.
        subreaper::become_one(true).map_err(SyscallError::of("prctl()"))?;
        pipe::pair(Kind::Message).map_err(SyscallError::of("socketpair()"))
    }

    /// A template was forked.
    pub(super) fn forked(&mut self, pid: Pid, socket: OwnedFd, now: Instant) {
        self.is_wanted = false;
        let until = now.checked_add(BOOT_LIMIT).unwrap_or(now);
        self.booting = Some(TemplateProcess { pid, socket: Some(socket), since: now, until, is_late: false });
    }

    /// No template could be forked. Returns what happened to starts.
    pub(super) fn not_forked(&mut self) -> Vec<StartReport> {
        self.is_wanted = false;
        self.reloads = false;
        self.give_up_without_template()
    }

    /// Requests a worker.
    pub(super) fn start(&mut self, new: NewWorker, restarts: u64) {
        self.waiting.push_back((new, restarts));
    }

    /// Requests another template, and then perhaps the replacement of all workers.
    pub(super) fn renew(&mut self, reloads: bool) {
        self.is_wanted = true;
        self.reloads |= reloads;
        // What it has read may be older than this request.
        self.give_up_booting();
    }

    /// Sees what has come, and requests the next worker. Returns what happened to starts.
    pub(super) fn look(&mut self, is_stopping: bool, now: Instant) -> Vec<StartReport> {
        let mut reports = Vec::new();
        self.look_at_booting(&mut reports, now);
        reports.extend(self.look_at_start(now, Wait::Never));
        if is_stopping {
            self.is_wanted = false;
            self.give_up_booting();
            let starting = self.starting.as_mut().filter(|starting| !starting.is_given_up);
            let starting = starting.map(|starting| {
                starting.is_given_up = true;
                starting.new
            });
            let given_up = starting.into_iter().chain(self.waiting.drain(..).map(|(new, _)| new));
            reports.extend(given_up.map(|new| StartReport::NotStarted { worker: new.number }));
        }
        reports.extend(self.request_next(now));
        reports
    }

    fn look_at_booting(&mut self, reports: &mut Vec<StartReport>, now: Instant) {
        let Some(booting) = &mut self.booting else { return };
        let result = match &booting.socket {
            Some(socket) => pipe::receive(socket.as_fd(), &mut [0; 1], Wait::Never),
            None if booting.is_late => return,
            None => Err(Errno::EAGAIN),
        };
        match result {
            Ok(1) => {
                let booted = self.booting.take();
                self.events.extend(booted.as_ref().map(|&TemplateProcess { pid, since, .. }| {
                    let took = now.saturating_duration_since(since);
                    TemplateEvent::Ready { pid, took }
                }));
                if let Some(old) = std::mem::replace(&mut self.ready, booted) {
                    old.retire();
                    self.retired.push(old.pid);
                }
                reports.extend(std::mem::take(&mut self.reloads).then_some(StartReport::Reload));
            }
            Err(Errno::EAGAIN | Errno::EINTR) if now < booting.until => {}
            // Its status tells why, once it is reaped. Another program in its place would run on.
            Ok(0) => {
                booting.socket = None;
                booting.until = now.checked_add(END_LIMIT).unwrap_or(now);
            }
            _ => {
                booting.socket = None;
                booting.is_late = true;
                booting.kill();
            }
        }
    }

    fn look_at_start(&mut self, now: Instant, wait: Wait) -> Option<StartReport> {
        let PendingStart { new, restarts, by, channel, until, is_given_up } = self.starting.as_ref()?;
        let (new, restarts, is_given_up) = (*new, *restarts, *is_given_up);
        let mut text = [0; size_of::<Pid>()];
        let report = match fd_passing::receive(channel.as_fd(), &mut text, wait) {
            Err(Errno::EAGAIN | Errno::EINTR) if now < *until => return None,
            Err(Errno::EAGAIN | Errno::EINTR) => {
                if self.pids().contains(by) {
                    kill(*by);
                }
                None
            }
            Ok(message) if message.len == text.len() => {
                let [pidfd, _] = message.attached;
                let pid = Pid::from_ne_bytes(text);
                is_child(pid, pidfd).then(|| {
                    if is_given_up {
                        // Without an answer it exits.
                        self.retired.push(pid);
                    } else {
                        // If it has exited already, it is reaped like every other.
                        let _ = pipe::send(channel.as_fd(), b"!", Wait::Never);
                    }
                    StartReport::Started { new, restarts, pid }
                })
            }
            Ok(_) | Err(_) => None,
        };
        self.starting = None;
        (!is_given_up).then(|| report.unwrap_or(StartReport::NotStarted { worker: new.number }))
    }

    fn request_next(&mut self, now: Instant) -> Option<StartReport> {
        let Some(TemplateProcess { pid: by, socket: Some(socket), .. }) = &self.ready else { return None };
        let by = *by;
        // One worker after the other, and none before the script knows the template.
        if self.starting.is_some() || !self.events.is_empty() {
            return None;
        }
        let (new, restarts) = self.waiting.pop_front()?;
        let request = || {
            let (own, channel) = pipe::pair(Kind::Message)?;
            // So that no worker waits for ever, if another process has a copy of the master's end.
            pipe::limit_wait(channel.as_fd(), Half::Read, START_LIMIT)?;
            fd_passing::send(socket.as_fd(), &Request::of(new, restarts).encode(), &[channel.as_raw_fd()])?;
            Ok(own)
        };
        match request() {
            Ok(channel) => {
                let until = now.checked_add(START_LIMIT).unwrap_or(now);
                self.starting = Some(PendingStart { new, restarts, by, channel, until, is_given_up: false });
                None
            }
            // The template exits. Another one boots when this one was reaped.
            Err(Errno::EPIPE | Errno::ECONNRESET) => {
                self.waiting.push_front((new, restarts));
                if let Some(ready) = &mut self.ready {
                    ready.socket = None;
                    ready.kill();
                }
                None
            }
            Err(_) => Some(StartReport::NotStarted { worker: new.number }),
        }
    }

    /// A child has ended. Returns what happened to starts, if it was a template.
    pub(super) fn note_end(&mut self, pid: Pid, ending: Ending, now: Instant) -> Option<Vec<StartReport>> {
        if let Some(at) = self.retired.iter().position(|&retired| retired == pid) {
            self.retired.swap_remove(at);
            return Some(Vec::new());
        }
        // Another process may have a copy of its end of the pair.
        if let Some(starting) = self.starting.as_mut().filter(|starting| starting.by == pid) {
            starting.until = starting.until.min(now.checked_add(END_LIMIT).unwrap_or(now));
        }
        let has_booted = self.ready.as_ref().is_some_and(|ready| ready.pid == pid);
        let known = match &mut self.booting {
            Some(booting) if booting.pid == pid => self.booting.take(),
            _ if has_booted => self.ready.take(),
            _ => None,
        };
        let TemplateProcess { since, is_late, .. } = known?;
        let uptime = now.saturating_duration_since(since);
        let failure = TemplateFailure { pid, ending, uptime, has_booted, is_late };
        self.events.push_back(TemplateEvent::Failed(failure));
        if has_booted {
            self.is_wanted |= uptime >= LONG && self.booting.is_none();
            return Some(Vec::new());
        }
        self.reloads = false;
        Some(self.give_up_without_template())
    }

    /// The workers that wait are tried again later.
    fn give_up_without_template(&mut self) -> Vec<StartReport> {
        if self.ready.is_some() {
            return Vec::new();
        }
        self.waiting.drain(..).map(|(new, _)| StartReport::NotStarted { worker: new.number }).collect()
    }

    fn give_up_booting(&mut self) {
        if let Some(booting) = self.booting.take() {
            booting.kill();
            self.retired.push(booting.pid);
        }
    }

    /// What the master is to do next.
    pub(super) fn next_event(&mut self, is_stopping: bool) -> Option<TemplateEvent> {
        let event = self.events.pop_front();
        let lacks = self.is_wanted || (self.ready.is_none() && !self.waiting.is_empty());
        event.or_else(|| (lacks && self.booting.is_none() && !is_stopping).then_some(TemplateEvent::Boot))
    }

    /// The templates that were not reaped.
    pub(super) fn pids(&self) -> Vec<Pid> {
        let known = self.ready.iter().chain(&self.booting).map(|known| known.pid);
        known.chain(self.retired.iter().copied()).collect()
    }

    /// Descriptors that become readable when [`Templates::look`] has something to see.
    pub(super) fn descriptors(&self) -> impl Iterator<Item = RawFd> {
        let booting = self.booting.iter().filter_map(|booting| booting.socket.as_ref());
        booting.chain(self.starting.iter().map(|starting| &starting.channel)).map(fd::number)
    }

    /// When time alone changes something.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let booting = self.booting.iter().filter(|booting| !booting.is_late).map(|booting| booting.until);
        booting.chain(self.starting.iter().map(|starting| starting.until)).min()
    }

    /// The pool has ended: kills the templates, and a worker that was not to begin, and reaps them. Returns whether a
    /// template still worked on a start: then this process may have adopted what the template was about to reap.
    pub(super) fn end(&mut self) -> bool {
        let was_starting = self.starting.is_some();
        self.end_start();
        let Templates { was_subreaper, .. } = *self;
        let pids = self.pids();
        *self = Templates::default();
        for pid in pids {
            if kill(pid) {
                let _ = uninterrupted(|| process::wait_for_exit(pid));
            }
            // One that other code has reaped is not there.
            let _ = process::take(Child::Of(pid));
        }
        if was_subreaper == Some(false) {
            // It was allowed before.
            let _ = subreaper::become_one(false);
        }
        was_starting
    }

    /// Waits for the start that a template works on. Its worker would outlive the template, and nothing would reap it.
    fn end_start(&mut self) {
        let until = now().checked_add(END_LIMIT);
        let Some(starting) = &mut self.starting else { return };
        starting.is_given_up = true;
        if pipe::limit_wait(starting.channel.as_fd(), Half::Read, END_LIMIT).is_err() {
            return;
        }
        while self.starting.is_some() && until.is_some_and(|until| now() < until) {
            self.look_at_start(now(), Wait::Allowed);
        }
    }
}

/// Kills a child. The script may have reaped it: then any process may have its pid. Returns whether the signal was sent.
fn kill(pid: Pid) -> bool {
    process::kinship(pid) != Ok(ChildState::NonMember) && process::kill(pid, KILL).is_ok()
}

/// Whether a process is a child of this one.
fn is_child(pid: Pid, pidfd: Option<OwnedFd>) -> bool {
    let state = match pidfd.map(|pidfd| process::kinship_behind(pidfd.as_fd())) {
        Some(Err(Errno::EINVAL)) | None => process::kinship(pid),
        Some(state) => state,
    };
    matches!(state, Ok(ChildState::Running | ChildState::Ended))
}
