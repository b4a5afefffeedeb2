//! Host name lookups, by a helper process while other coroutines run.

use crate::os::Errno;
use crate::os::lookup::{Hints, LookupError};
use crate::php::{outcome, transfer, waiting};
use crate::rt::core::clock::{self, now};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::wait::Wake;
use crate::rt::dns::{self, Answer, LookupTurn, Query, Server};
use crate::zend::errors::Failure;
use crate::zend::globals;
use std::ffi::CString;
use std::net::IpAddr;
use std::time::Instant;

/// `SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED`.
pub(super) const NOT_RESOLVED: i64 = 711;
/// `SWOOLE_ERROR_DNSLOOKUP_RESOLVE_TIMEOUT`.
const TIMED_OUT: i64 = 712;

/// The longest answer, in bytes.
const MOST: usize = 1 << 20;

/// Why there is no address.
pub(super) enum ResolveError {
    /// The reason is one of Swoole's codes.
    Code(i64),
    /// The name has no such address, or no server could answer: `EAI_*`.
    Unknown(i32),
    /// A system call failed.
    Errno(Errno),
    /// The helper process could not be started.
    Failed(SyscallError),
    /// The script gets an exception.
    Failure(Failure),
}

impl ResolveError {
    /// Returns false, and sets the code.
    pub(super) fn settle(self) -> Failure {
        match self {
            ResolveError::Code(code) => {
                outcome::set_last_error(code);
                Failure::False
            }
            ResolveError::Unknown(_) => ResolveError::Code(NOT_RESOLVED).settle(),
            ResolveError::Errno(errno) => transfer::refusal(errno),
            ResolveError::Failed(SyscallError { call, errno }) => outcome::system(call, errno),
            ResolveError::Failure(failure) => failure,
        }
    }
}

impl From<Failure> for ResolveError {
    fn from(failure: Failure) -> ResolveError {
        ResolveError::Failure(failure)
    }
}

impl From<LookupError> for ResolveError {
    fn from(unanswered: LookupError) -> ResolveError {
        match unanswered {
            LookupError::Unknown(status) => ResolveError::Unknown(status),
            LookupError::Failed(Errno::ETIMEDOUT) => ResolveError::Code(TIMED_OUT),
            LookupError::Failed(errno) => ResolveError::Errno(errno),
        }
    }
}

/// When a lookup has to end: after the given number of seconds, or after `socket_dns_timeout`.
pub(super) fn deadline(seconds: f64) -> Option<Instant> {
    if seconds > 0.0 {
        return waiting::deadline(seconds);
    }
    clock::deadline(globals::with(|runtime| runtime.dns.limit))
}

/// The addresses of a name, at least one, in the order in which to try them. Yields during the lookup.
pub(super) fn addresses(
    name: &[u8],
    service: Option<&[u8]>,
    hints: Hints,
    server: Option<Server>,
    deadline: Option<Instant>,
) -> Result<Vec<IpAddr>, ResolveError> {
    let found = match literal(name, hints).filter(|_| service.is_none()) {
        Some(answer) => answer?,
        None => {
            wait_for_turn(deadline)?;
            let asked = ask(name, service, hints, server, deadline);
            call_next();
            asked?
        }
    };
    if found.is_empty() { Err(ResolveError::Code(NOT_RESOLVED)) } else { Ok(found) }
}

fn literal(name: &[u8], hints: Hints) -> Option<Answer> {
    dns::literal(std::str::from_utf8(name).ok()?, hints)
}

/// Waits until one more lookup may start. A caller that then starts none has to call [`call_next`].
pub(super) fn wait_for_turn(deadline: Option<Instant>) -> Result<(), ResolveError> {
    waiting::must_be_inside()?;
    while !globals::with(|runtime| runtime.transfers.may_look_up()) {
        match waiting::on(LookupTurn, deadline)? {
            Ok(Some((Wake::Canceled, ()))) => return Err(ResolveError::Errno(Errno::ECANCELED)),
            Ok(_) => {}
            Err(Errno::ETIMEDOUT) => return Err(ResolveError::Code(TIMED_OUT)),
            Err(errno) => return Err(ResolveError::Errno(errno)),
        }
    }
    Ok(())
}

/// A lookup has ended, or is not needed: wakes the next waiter.
pub(super) fn call_next() {
    globals::with(|runtime| runtime.dns.call_next(&mut runtime.core));
}

fn ask(
    name: &[u8],
    service: Option<&[u8]>,
    hints: Hints,
    server: Option<Server>,
    deadline: Option<Instant>,
) -> Result<Vec<IpAddr>, ResolveError> {
    // A name with a NUL cannot exist.
    let c_text = |text: &[u8]| CString::new(text).map_err(|_| ResolveError::Code(NOT_RESOLVED));
    let query = Query { name: c_text(name)?, service: service.map(c_text).transpose()?, hints, server };
    let started = globals::with(|runtime| runtime.transfers.start_lookup(&query));
    drop(query);
    let token = started.map_err(ResolveError::Failed)?;
    let ended = transfer::listen(token, MOST, deadline);
    let answer = globals::with(|runtime| {
        let answer = dns::decode(runtime.transfers.collected(token));
        runtime.transfers.close(&mut runtime.core, token);
        answer
    });
    match ended? {
        Ok(_) => Ok(answer?),
        Err(Errno::ETIMEDOUT) => Err(ResolveError::Code(TIMED_OUT)),
        Err(errno) => Err(ResolveError::Errno(errno)),
    }
}

/// An address of a name in a family (`AF_*`): from the cache, or as [`addresses`].
pub(super) fn address(name: &[u8], family: i32, deadline: Option<Instant>) -> Result<IpAddr, ResolveError> {
    let remembered = || {
        globals::with(|runtime| runtime.dns.choose(runtime.dns.all(family, name, now()).unwrap_or_default()))
    };
    remembered_or_asked(name, family, deadline, remembered, |found| {
        globals::with(|runtime| runtime.dns.choose(found))
    })
}

/// What `remembered` finds, or what `take` takes of the addresses that are asked for, and remembered.
pub(super) fn remembered_or_asked<T>(
    name: &[u8],
    family: i32,
    deadline: Option<Instant>,
    remembered: impl Fn() -> Option<T>,
    take: impl FnOnce(&[IpAddr]) -> Option<T>,
) -> Result<T, ResolveError> {
    if let Some(known) = remembered() {
        return Ok(known);
    }
    waiting::must_be_inside()?;
    let hints = Hints { family, kind: STREAM, protocol: 0 };
    if let Some(answer) = literal(name, hints) {
        return take(&answer?).ok_or(ResolveError::Code(NOT_RESOLVED));
    }
    wait_for_turn(deadline)?;
    // Another coroutine may have looked it up meanwhile.
    if let Some(known) = remembered() {
        call_next();
        return Ok(known);
    }
    let server = globals::with(|runtime| runtime.dns.server());
    let found = addresses(name, None, hints, server, deadline)?;
    let taken = take(&found).ok_or(ResolveError::Code(NOT_RESOLVED))?;
    globals::with(|runtime| {
        // Another server may be asked by now.
        if runtime.dns.server() == server {
            runtime.dns.put(family, name, &found, now());
        }
    });
    Ok(taken)
}

/// `SOCK_STREAM`: any type would do; with one, each address comes once.
const STREAM: i32 = 1;
