//! One child, beyond Swoole: `isAlive`, `join`, `terminate`, `exitStream`, `lastUsage`.

use super::pipe;
use super::state::{Child, Process};
use crate::os::fd::{Access, FdKind};
use crate::os::identity::{self, Identity};
use crate::os::process::{self, ChildState, ExitReport};
use crate::os::{Errno, signal};
use crate::php::{loop_access, outcome, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::handles::ChildToken;
use crate::rt::core::wait::Wake;
use crate::rt::process::children::{ChildEndWait, ChildWait};
use crate::rt::process::started::ChildStatus;
use crate::zend::arrays::NewArray;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::This;
use crate::zend::values::Owned;
use crate::zend::{globals, interrupt, streams};
use std::time::{Duration, Instant};

/// The default signal of `terminate()`.
const SIGTERM: i64 = signal::SIGTERM as i64;

/// Whether the last child of an object still exists: running, or a zombie.
pub(super) fn is_started(child: Child) -> bool {
    let here = process::pid();
    // Where that cannot be checked, it is not started again.
    if child.pid == here || process::kinship(child.pid) != Ok(ChildState::NonMember) {
        return true;
    }
    // If our own child no longer exists, it has been reaped, even if its pid is in use again. Of another process's
    // child only the pid is known.
    child.started_by != here && process::kill(child.pid, 0) != Err(Errno::ESRCH)
}

/// The child of an object, if this process has started it.
pub(super) fn own_child(this: This<'_, Process>) -> Outcome<ChildToken> {
    let state = this.state()?;
    if state.of_pool {
        return Err(outcome::warning(
            "a pool waits for its workers itself: use restart() or stats() of the pool",
        ));
    }
    match state.child.get() {
        None => Err(outcome::warning("the process has not been started")),
        Some(Child { token: Some(token), started_by, .. }) if started_by == process::pid() => Ok(token),
        Some(_) => Err(outcome::warning("the process is not a child of this process")),
    }
}

pub(super) fn is_alive(this: This<'_, Process>) -> Outcome<bool> {
    let state = this.state()?;
    let Some(child) = state.child.get() else { return Ok(false) };
    let here = process::pid();
    if let Some(token) = child.token.filter(|_| child.started_by == here) {
        let status = globals::with(|runtime| runtime.pipes.started.status(token));
        // Where the kernel does not tell, it counts as running.
        return Ok(matches!(status, Ok(ChildStatus::Running) | Err(_)));
    }
    // Of another process's child only the pid is known.
    Ok(child.pid == here || identity::is_alive(Identity { pid: child.pid, started: 0 }))
}

pub(super) fn join(this: This<'_, Process>, timeout: f64) -> Outcome<NewArray> {
    let token = own_child(this)?;
    match reap(token, waiting::until(timeout))? {
        Some(report) => Ok(shown(report)),
        None => Err(outcome::silent(Errno::ETIMEDOUT)),
    }
}

/// How a child ended, if that is known or it has exited: then it is reaped now.
fn try_reap(token: ChildToken) -> Outcome<Option<ExitReport>> {
    let result = globals::with(|runtime| {
        let status = runtime.pipes.started.status(token)?;
        match (status, runtime.pipes.started.pid(token)) {
            (ChildStatus::Reaped(report), _) => Ok(Some(report)),
            (ChildStatus::Running, _) => Ok(None),
            // It is still a child of ours, so the pid is its own.
            (ChildStatus::Zombie, Some(pid)) => runtime.pipes.take_child(&mut runtime.core, Some(pid)),
            (ChildStatus::Zombie | ChildStatus::Unknown, _) => Err(Errno::ECHILD),
        }
    });
    result.map_err(outcome::silent)
}

/// Waits for a child until `deadline`, and reaps it. `None` when the time is up.
fn reap(token: ChildToken, deadline: Option<Instant>) -> Outcome<Option<ExitReport>> {
    loop_access::tell_of_signals();
    loop {
        if let Some(report) = try_reap(token)? {
            return Ok(Some(report));
        }
        if deadline.is_some_and(|deadline| deadline <= now()) {
            return Ok(None);
        }
        if waiting::must_be_inside().is_err() {
            wait_alone(token, deadline)?;
            continue;
        }
        let pid = globals::with(|runtime| runtime.pipes.started.pid(token));
        match waiting::on(ChildWait(pid), deadline)? {
            Ok(Some((_, Some(Ok(report))))) => return Ok(Some(report)),
            Ok(Some((Wake::Canceled, _))) => return Err(Failure::False),
            // Other code may have reaped it: what is known is asked for again.
            Ok(_) | Err(Errno::ETIMEDOUT) => {}
            Err(errno) => return Err(outcome::silent(errno)),
        }
    }
}

/// Waits for a child until `deadline`, and does not reap it. Returns whether it still runs.
fn wait_for_exit(token: ChildToken, deadline: Option<Instant>) -> Outcome<bool> {
    loop_access::tell_of_signals();
    loop {
        let status = globals::with(|runtime| runtime.pipes.started.status(token)).map_err(outcome::silent)?;
        if status != ChildStatus::Running {
            return Ok(false);
        }
        if deadline.is_some_and(|deadline| deadline <= now()) {
            return Ok(true);
        }
        let pid = globals::with(|runtime| runtime.pipes.started.pid(token));
        match pid.filter(|_| waiting::must_be_inside().is_ok()) {
            None => wait_alone(token, deadline)?,
            Some(pid) => match waiting::on(ChildEndWait(pid), deadline)? {
                Ok(Some((Wake::Canceled, ()))) => return Err(Failure::False),
                Ok(_) | Err(Errno::ETIMEDOUT) => {}
                Err(errno) => return Err(outcome::silent(errno)),
            },
        }
    }
}

/// A wait that blocks the process. Signal handlers of the script run; one that was installed without a restart ends the
/// wait.
fn wait_alone(token: ChildToken, deadline: Option<Instant>) -> Outcome<()> {
    let waited = globals::with(|runtime| runtime.pipes.started.wait(token, deadline, runtime.core.env()));
    match waited {
        Ok(()) => Ok(()),
        Err(Errno::EINTR) => {
            interrupt::dispatch()?;
            if pipe::is_interruption_wanted()? { Err(outcome::silent(Errno::EINTR)) } else { Ok(()) }
        }
        Err(errno) => Err(outcome::silent(errno)),
    }
}

pub(super) fn terminate(
    this: This<'_, Process>,
    grace: f64,
    number: Option<i64>,
    group: bool,
) -> Outcome<NewArray> {
    let token = own_child(this)?;
    let number = number.unwrap_or(SIGTERM);
    let signo = i32::try_from(number).ok().filter(|signo| (1..=signal::HIGHEST).contains(signo));
    let Some(signo) = signo else {
        return Err(outcome::warning(format!("invalid signal number [{number}]")));
    };
    if !is_reaped(token)? {
        send(token, signo, group)?;
        let deadline = waiting::until(grace);
        let runs = if group {
            wait_for_exit(token, deadline)?
        } else if let Some(report) = reap(token, deadline)? {
            return Ok(shown(report));
        } else {
            true
        };
        // Of a group also the processes that have outlived the child. Its number is theirs until the child is reaped.
        if (runs || group) && !is_reaped(token)? {
            send(token, signal::KILL, group)?;
        }
    }
    match reap(token, None)? {
        Some(report) => Ok(shown(report)),
        None => Err(Failure::False),
    }
}

fn is_reaped(token: ChildToken) -> Outcome<bool> {
    let status = globals::with(|runtime| runtime.pipes.started.status(token)).map_err(outcome::silent)?;
    Ok(matches!(status, ChildStatus::Reaped(_) | ChildStatus::Unknown))
}

/// Signals a child, or the group that it leads. A child that has exited needs no signal any more.
fn send(token: ChildToken, signo: i32, group: bool) -> Outcome<()> {
    let (sent, pid) = globals::with(|runtime| {
        let started = &mut runtime.pipes.started;
        let sent = match group {
            true => started.signal_group(token, signo),
            false => started.signal(token, signo).map(|()| true),
        };
        (sent, started.pid(token).unwrap_or(0))
    });
    match sent {
        Ok(true) | Err(Errno::ESRCH) => Ok(()),
        Ok(false) => Err(outcome::warning(
            "the process leads no process group: start it with the option process_group",
        )),
        Err(errno) => {
            Err(outcome::system(format!("kill({}, {signo})", if group { -pid } else { pid }), errno))
        }
    }
}

/// A stream that is readable from the exit of the child on, for any event loop.
pub(super) fn exit_stream(this: This<'_, Process>) -> Outcome<Owned> {
    let token = own_child(this)?;
    let opened = globals::with(|runtime| runtime.pipes.started.open_exit(token));
    let number = opened.map_err(|errno| outcome::system("pidfd_open()", errno))?;
    let stream = streams::open(number, FdKind::File(Access::Read)).ok_or(Failure::False)?;
    globals::with(|runtime| runtime.pipes.started.give_away());
    Ok(stream)
}

pub(super) fn last_usage() -> Outcome<NewArray> {
    globals::with(|runtime| runtime.pipes.started.last()).map(shown).ok_or(Failure::False)
}

/// The array of `wait()`, with whether the child has left a core dump, and what it has used: with the keys of getrusage().
fn shown(report: ExitReport) -> NewArray {
    let usage = report.usage;
    let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let micros = |time: Duration| i64::from(time.subsec_micros());
    let used = NewArray::with_capacity(16)
        .with("ru_oublock", usage.blocks.1)
        .with("ru_inblock", usage.blocks.0)
        .with("ru_maxrss", usage.largest_resident)
        .with("ru_minflt", usage.faults.0)
        .with("ru_majflt", usage.faults.1)
        .with("ru_nvcsw", usage.switches.0)
        .with("ru_nivcsw", usage.switches.1)
        .with("ru_utime.tv_usec", micros(usage.user))
        .with("ru_utime.tv_sec", seconds(usage.user))
        .with("ru_stime.tv_usec", micros(usage.system))
        .with("ru_stime.tv_sec", seconds(usage.system));
    outcome::end_of(report.reaped).with("core", report.has_dumped).with("usage", used)
}
