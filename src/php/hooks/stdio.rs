//! Hooks of streams of descriptors (standard input and output, pipes, terminals), and of file locks.

use super::file_lock;
use super::flags::{Flag, Hook, is_on};
use crate::os::epoll::Interest;
use crate::os::process::{self, Pid};
use crate::os::{Errno, fd, signal};
use crate::php::readiness::{self, Target, WaitResult};
use crate::php::{launch, outcome, waiting};
use crate::rt::core::wait::Wake;
use crate::rt::process::children::ChildEndWait;
use crate::zend::arguments::Arguments;
use crate::zend::errors::Outcome;
use crate::zend::fiber;
use crate::zend::function_hooks::{Replacement, preceded};
use crate::zend::jump;
use crate::zend::lifecycle::{Part, once};
use crate::zend::stdio::{self, Hooks, Next, Stdio};
use crate::zend::streams;
use std::os::fd::RawFd;

pub(super) const PART: Part =
    Part { start: once!(|_| stdio::install(&STREAMS)), stop: once!(|_| stdio::uninstall()), ..Part::NONE };

/// The functions that wait for the exit of processes are in `process.rs`.
pub(super) const HOOKS: &[Hook] = &[
    Hook { is_there: stdio::is_installed, functions: CLOSING, ..Hook::of(Flag::STDIO) },
    Hook { is_there: stdio::is_installed, ..Hook::of(Flag::FILE) },
];

/// These functions free the stream. Coroutines that wait in the stream must have left it before.
const CLOSING: &[Replacement] = &[
    preceded!("fclose", readiness::has_users, before_free),
    preceded!("pclose", readiness::has_users, before_free),
];

static STREAMS: Hooks = Hooks {
    // With an exception in flight, a second wait could not throw another one.
    when: || launch::is_inside() && !fiber::is_blocked() && !jump::is_thrown(),
    read: before_read,
    write,
    close: before_close,
    lock: |stream, operation| match stream.fd() {
        Some(fd) if is_on(Flag::FILE) || is_on(Flag::STDIO) => file_lock::wait(stream.id(), fd, operation),
        _ => Ok(Next::Original),
    },
};

/// The descriptor of a stream whose operations may wait for another process, and yield then.
fn descriptor(stream: Stdio, wanted: Interest) -> Option<RawFd> {
    let is_hooked = is_on(Flag::STDIO) || is_on(Flag::PROC) && stream.is_pipe();
    let fd = stream.fd().filter(|_| is_hooked && stream.is_endless())?;
    fd::may_wait(fd, wanted).unwrap_or(false).then_some(fd)
}

fn wanted(stream: Stdio, fd: RawFd, interest: Interest) -> Vec<Target> {
    vec![Target::new(stream.id(), fd, interest)]
}

fn before_read(stream: Stdio) -> Outcome<Next> {
    refuse_second(stream, Interest::READ, "reading")?;
    let Some(fd) = descriptor(stream, Interest::READ) else { return Ok(Next::Original) };
    let came = readiness::until_ready(wanted(stream, fd, Interest::READ), None);
    if !matches!(came, Ok(WaitResult::Ready)) {
        // The script cannot ask for the exit of a command that no variable refers to.
        if let Some(pid) = stream.hidden_command() {
            let _ = process::kill(pid, signal::KILL);
        }
    }
    Ok(next(came?))
}

/// Writes as much as there is room for: the engine calls again for the rest.
fn write(stream: Stdio, data: &[u8]) -> Outcome<Next> {
    refuse_second(stream, Interest::WRITE, "writing")?;
    let Some(fd) = descriptor(stream, Interest::WRITE) else { return Ok(Next::Original) };
    loop {
        match fd::send_some(fd, data) {
            Ok(count) => return Ok(Next::Done(isize::try_from(count).unwrap_or(isize::MAX))),
            Err(Errno::EAGAIN) => {}
            // The engine's own call reports the error.
            Err(_) => return Ok(Next::Original),
        }
        match readiness::wait(wanted(stream, fd, Interest::WRITE), None)? {
            WaitResult::Ready => {}
            came => return Ok(next(came)),
        }
    }
}

fn next(came: WaitResult) -> Next {
    match came {
        WaitResult::Canceled => Next::Nothing,
        WaitResult::Closed => Next::Closed,
        WaitResult::Ready | WaitResult::TimedOut => Next::Original,
    }
}

fn refuse_second(stream: Stdio, wanted: Interest, what: &str) -> Outcome<()> {
    let Some(cid) = readiness::user(stream.id(), wanted) else { return Ok(()) };
    let own = launch::current().unwrap_or(-1);
    Err(outcome::error(format!(
        "the stream has already been bound to another coroutine#{cid}, \
         {what} of the same stream in coroutine#{own} at the same time is not allowed"
    )))
}

/// Before a stream is freed: tells the coroutines that wait for it that it is closed.
fn before_free(arguments: Arguments<'_>) -> Outcome<Option<bool>> {
    let Some(stream) = arguments.value(0).and_then(streams::id) else { return Ok(None) };
    if fiber::is_blocked() && readiness::user(stream, Interest::all()).is_some() {
        return Err(outcome::error(
            "cannot close a stream for which a coroutine waits in the current execution context",
        ));
    }
    readiness::release(stream).map(|()| None)
}

/// Before pclose(3): closes the pipe, and waits for the command. If the wait is cancelled, the command is killed.
fn before_close(fd: RawFd, pid: Pid) -> Outcome<()> {
    if !is_on(Flag::STDIO) && !is_on(Flag::PROC) {
        return Ok(());
    }
    // The descriptor number stays in use until the C library closes it.
    if fd::dev_null().and_then(|null| fd::replace_foreign(fd, &null)).is_err() {
        return Ok(());
    }
    let came = until_ended(pid);
    if !matches!(came, Ok(true)) {
        let _ = process::kill(pid, signal::KILL);
    }
    came.map(drop)
}

/// Waits until a child has exited, but does not reap it. False if the wait was cancelled.
pub(super) fn until_ended(pid: Pid) -> Outcome<bool> {
    // Other code may have reaped it.
    if matches!(process::wait_nowait(process::Child::Of(pid)), Ok(Some(_)) | Err(Errno::ECHILD)) {
        return Ok(true);
    }
    Ok(!matches!(waiting::on(ChildEndWait(pid), None)?, Ok(Some((Wake::Canceled, ())))))
}
