//! Hooks of PHP's socket streams, of stream_select() and of stream_socket_pair().

use super::flags::{self, Flag, Hook};
use crate::os::address::Address;
use crate::os::lookup::{self, LookupError};
use crate::os::process::Pid;
use crate::os::{Errno, process};
use crate::php::dns::{self, ResolveError};
use crate::php::{launch, log, outcome, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::handles::{SelectionToken, StreamToken};
use crate::rt::core::registrations::Direction;
use crate::rt::core::source::{Source, time_left};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::wait::{WaitKind, Wake};
use crate::rt::runtime::Runtime;
use crate::rt::selections::SelectionWait;
use crate::rt::streams::{Directions, Holder, StreamWait};
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::frame::{Frame, Slot};
use crate::zend::function_hooks::{Original, intercepted};
use crate::zend::transports::{self, Addresses, Answer, Hooks, Transport, WaitOutcome};
use crate::zend::{fiber, globals, jump};
use std::os::fd::RawFd;
use std::time::{Duration, Instant};

pub(super) const HOOK: Hook = Hook {
    functions: &[
        intercepted!("stream_select", || flags::may_wait(Flag::STREAM_FUNCTION), transports::select::call),
        intercepted!("stream_copy_to_stream", may_copy, transports::copy::call),
        intercepted!("stream_socket_pair", || flags::on() & Flag::STREAM_FUNCTION.0 != 0, make_pair),
    ],
    ..Hook::of(Flag::STREAM_FUNCTION)
};

const TRANSPORTS: &[Transport] = &[
    (c"tcp", Flag::TCP.0),
    (c"udp", Flag::UDP.0),
    (c"unix", Flag::UNIX.0),
    (c"udg", Flag::UDG.0),
    (c"ssl", Flag::SSL.0),
    (c"tls", Flag::TLS.0),
    (c"tlsv1.0", Flag::TLS.0),
    (c"tlsv1.1", Flag::TLS.0),
    (c"tlsv1.2", Flag::TLS.0),
    (c"tlsv1.3", Flag::TLS.0),
];

pub(super) fn start() {
    transports::set_hooks(Hooks { may_wait, wait, claim, select, pause, resolve, inherited, close });
}

/// The flags of the existing transports.
pub(super) fn existing() -> i64 {
    let exists = |transport: &&Transport| transports::exists(**transport);
    TRANSPORTS.iter().filter(exists).fold(0, |flags, (_, flag)| flags | flag)
}

/// Hooks have been switched on or off: streams that are created from now on can wait. Each call of an existing stream
/// checks the flags itself.
pub(super) fn note_flags() {
    if TRANSPORTS.iter().any(|(_, flag)| flags::on() & flag != 0) {
        transports::install(TRANSPORTS);
    }
}

/// Whether a stream that is copied may wait.
fn may_copy() -> bool {
    flags::on() != 0 && launch::is_inside()
}

fn may_wait(flag: i64) -> bool {
    flags::may_wait(Flag(flag))
}

fn make_pair(original: &Original, frame: &Frame, slot: &Slot) {
    original.call(frame, slot);
    transports::hook_returned(slot, Flag::STREAM_FUNCTION.0);
}

/// Whether no call may wait any more: a function with an exception in flight returns soon, and the unwinding of a stack
/// must end.
fn is_over() -> bool {
    jump::is_thrown() || is_unwound()
}

fn is_unwound() -> bool {
    globals::with(|runtime| runtime.core.scheduler.is_unwound())
}

fn claim(token: StreamToken, fd: RawFd, needs: Directions) -> Outcome<()> {
    match globals::with(|runtime| runtime.streams.holder(token, needs)) {
        None => Ok(()),
        Some(holder) => Err(busy(fd, holder)),
    }
}

#[cold]
fn busy(fd: RawFd, holder: Holder) -> Failure {
    let what = match holder.direction {
        Direction::Read => "reading",
        Direction::Write => "writing",
    };
    let own = launch::current().unwrap_or(-1);
    let cid = holder.cid;
    outcome::error(format!(
        "Socket#{fd} has already been bound to another coroutine#{cid}, \
         {what} of the same socket in coroutine#{own} at the same time is not allowed"
    ))
}

fn wait(
    token: StreamToken,
    fd: RawFd,
    needs: Directions,
    or_other: bool,
    deadline: Option<Instant>,
) -> Outcome<WaitOutcome> {
    claim(token, fd, needs)?;
    let (ended, is_open) = wait_on(StreamWait { token, needs, or_other }, deadline)?;
    Ok(if is_open == Some(false) { WaitOutcome::Closed } else { ended })
}

fn select(token: SelectionToken, deadline: Option<Instant>) -> Outcome<WaitOutcome> {
    wait_on(SelectionWait(token), deadline).map(|(ended, _)| ended)
}

/// How a wait ended, and its result.
fn wait_on<S: Source>(source: S, deadline: Option<Instant>) -> Outcome<(WaitOutcome, Option<S::Output>)>
where
    for<'a> S::Parts<'a>: From<&'a mut Runtime>,
{
    if is_over() {
        return Ok((WaitOutcome::Canceled, None));
    }
    let came = waiting::on(source, deadline);
    if came.is_err() && is_unwound() {
        // A call that fails for this reason raises no warnings.
        errors::silence();
    }
    Ok(match came? {
        Ok(Some((wake, output))) => {
            let ended = match wake {
                Wake::Ready => WaitOutcome::Ready,
                Wake::TimedOut => WaitOutcome::TimedOut,
                Wake::Canceled | Wake::Interrupted | Wake::Unwound => WaitOutcome::Canceled,
            };
            (ended, Some(output))
        }
        Ok(None) => (WaitOutcome::Ready, None),
        Err(Errno::ETIMEDOUT) => (WaitOutcome::TimedOut, None),
        Err(errno) => {
            outcome::note(errno);
            errors::warn_owned(outcome::describe("epoll_ctl()", errno));
            (WaitOutcome::Canceled, None)
        }
    })
}

/// The pause between attempts to connect to a unix socket whose queue is full: the kernel does not report room.
const RETRY: Duration = Duration::from_millis(5);

fn pause(deadline: Option<Instant>) -> Outcome<WaitOutcome> {
    if is_over() {
        return Ok(WaitOutcome::Canceled);
    }
    let Ok(left) = time_left(deadline) else { return Ok(WaitOutcome::TimedOut) };
    let wake = waiting::wait(WaitKind::Time, Some(left.map_or(RETRY, |left| left.min(RETRY))))?;
    Ok(if wake == Wake::Canceled { WaitOutcome::Canceled } else { WaitOutcome::Ready })
}

/// Looks up addresses of all families, as PHP does.
fn resolve(name: &[u8]) -> Outcome<Answer> {
    if is_over() {
        return Ok(Err(LookupError::Failed(Errno::ECANCELED)));
    }
    let family = lookup::ANY;
    let remembered = || globals::with(|runtime| runtime.dns.all(family, name, now()).map(Addresses::of));
    let take = |found: &[std::net::IpAddr]| Some(Addresses::of(found));
    let found = dns::remembered_or_asked(name, family, dns::deadline(0.0), remembered, take);
    Ok(match found {
        Ok(addresses) => Ok(addresses),
        Err(ResolveError::Unknown(status)) => Err(LookupError::Unknown(status)),
        Err(ResolveError::Code(_)) => Err(LookupError::Failed(Errno::ETIMEDOUT)),
        Err(ResolveError::Errno(errno) | ResolveError::Failed(SyscallError { errno, .. })) => {
            Err(LookupError::Failed(errno))
        }
        Err(ResolveError::Failure(failure)) => return Err(failure),
    })
}

/// The connection belongs to another process. The caller asks once for each stream.
fn inherited(fd: RawFd, opener: Pid, peer: &Address) {
    let (host, port) = (peer.host(), peer.port());
    let host = String::from_utf8_lossy(&host);
    let port = if port == 0 { String::new() } else { format!(":{port}") };
    log::notice(&format!(
        "descriptor {fd}, a connection to {host}{port}, is used by process {} and open in process {opener}, which has \
         connected it: connect in each process, or data of one goes to the other",
        process::pid()
    ));
}

/// The pause between checks whether another coroutine has left a function.
const LOOK: Duration = Duration::from_millis(1);

/// Resumes the coroutines that wait in the stream. They leave the function that uses it; the engine frees the stream
/// afterwards.
fn close(token: StreamToken) -> Outcome<()> {
    let holders = globals::with(|runtime| runtime.streams.close(&mut runtime.core, token));
    // After a fatal error no coroutine is resumed.
    if jump::is_unclean() {
        return Ok(());
    }
    for holder in holders.into_iter().flatten() {
        let Some(slot) = slot_of(holder) else { continue };
        let place = fiber::place_of(slot);
        if fiber::is_blocked() {
            return Err(Failure::Fatal(c"a stream in which another coroutine waits cannot be closed here"));
        }
        waiting::wake(holder.waiter, Wake::Ready)?;
        // A filter or an error handler may wait in that function.
        while slot_of(holder).is_some_and(|slot| fiber::is_below(slot, place)) {
            if !launch::is_inside() || is_over() {
                return Err(Failure::Fatal(c"a stream that another coroutine uses cannot be closed here"));
            }
            waiting::wait(WaitKind::Time, Some(LOOK))?;
        }
    }
    Ok(())
}

fn slot_of(holder: Holder) -> Option<usize> {
    globals::with(|runtime| runtime.core.scheduler.slot(holder.cid))
}
