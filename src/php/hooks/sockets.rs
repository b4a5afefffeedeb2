//! Hooks of ext-sockets. A hook waits until the original function need not wait, and then calls it: so results,
//! warnings and errors are those of the original.

use super::flags::{Flag, Hook, may_wait};
use crate::os::epoll::Interest;
use crate::os::socket::{self, AF_INET, AF_INET6, MSG_DONTWAIT, MSG_WAITALL};
use crate::os::{Errno, fd};
use crate::php::readiness::{self, Target, WaitResult};
use crate::php::{dns, waiting};
use crate::rt::core::clock::{self, now};
use crate::rt::core::wait::{WaitKind, Wake};
use crate::zend::arguments::Arguments;
use crate::zend::arrays::Array;
use crate::zend::errors::Outcome;
use crate::zend::function_hooks::{Call, handled, preceded};
use crate::zend::sockets::Socket;
use std::net::IpAddr;
use std::os::fd::RawFd;
use std::time::{Duration, Instant};

pub(super) const HOOK: Hook = Hook {
    functions: &[
        handled!("socket_accept", may_wait_here, accept),
        handled!("socket_connect", may_wait_here, connect),
        handled!("socket_read", may_wait_here, read),
        handled!("socket_recv", may_wait_here, |call| receive(call, Some(3))),
        handled!("socket_recvfrom", may_wait_here, |call| receive(call, Some(3))),
        handled!("socket_recvmsg", may_wait_here, |call| receive(call, Some(2))),
        handled!("socket_write", may_wait_here, |call| send(call, None)),
        handled!("socket_send", may_wait_here, |call| send(call, Some(3))),
        handled!("socket_sendto", may_wait_here, |call| send(call, Some(3))),
        handled!("socket_sendmsg", may_wait_here, |call| send(call, Some(2))),
        handled!("socket_select", may_wait_here, select),
        preceded!("socket_close", readiness::has_users, before_close),
    ],
    ..Hook::of(Flag::SOCKETS)
};

fn may_wait_here() -> bool {
    may_wait(Flag::SOCKETS)
}

/// `PHP_NORMAL_READ`.
const LINES: i64 = 1;

/// The pauses between checks where the kernel reports no event: for the rest of a line, or room in a queue.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(20);

/// The largest amount of data to wait for in the kernel's buffer, in bytes.
const MOST: usize = 64 * 1024;

/// A socket in a call that may wait.
struct BlockingCall {
    socket: Socket,
    fd: RawFd,
    deadline: Option<Instant>,
}

impl BlockingCall {
    /// `None` if the call does not wait, or if the original function will refuse it.
    fn of(call: &Call<'_>, receives: bool, flags: Option<usize>) -> Option<BlockingCall> {
        let socket = call.argument(0).and_then(Socket::of)?;
        let flags = flags.and_then(|index| call.argument(index)?.as_int()).unwrap_or(0);
        let fd = socket.fd();
        let wanted = if receives { Interest::READ } else { Interest::WRITE };
        if flags & MSG_DONTWAIT as i64 != 0 || !fd::may_wait(fd, wanted).unwrap_or(false) {
            return None;
        }
        let limit = fd::with_foreign(fd, |fd| socket::time_limit(fd, receives)).ok().flatten();
        Some(BlockingCall { socket, fd, deadline: clock::deadline(limit) })
    }

    /// For a call that waits for a line: PHP's own read repeats its calls, also after its time limit and on a
    /// non-blocking socket.
    fn for_a_line(call: &Call<'_>) -> Option<BlockingCall> {
        let socket = call.argument(0).and_then(Socket::of)?;
        Some(BlockingCall { socket, fd: socket.fd(), deadline: None })
    }

    fn wanted(&self, interest: Interest) -> Vec<Target> {
        vec![Target::new(self.socket.id(), self.fd, interest)]
    }

    fn until_ready(&self, interest: Interest) -> Outcome<WaitResult> {
        readiness::until_ready(self.wanted(interest), self.deadline)
    }

    /// Waits a moment. Returns whether to continue.
    fn pause(&self, pause: &mut Duration) -> Outcome<WaitResult> {
        if self.deadline.is_some_and(|deadline| deadline <= now()) {
            return Ok(WaitResult::TimedOut);
        }
        let wake = waiting::wait(WaitKind::Time, Some(*pause))?;
        *pause = (*pause * 2).min(LONGEST);
        Ok(if wake == Wake::Canceled { WaitResult::Canceled } else { WaitResult::Ready })
    }

    /// Calls the original function with a flag not to wait.
    fn original_at_once(&self, call: &Call<'_>) -> Outcome<()> {
        if fd::set_blocking(self.fd, false).is_err() {
            return call.original();
        }
        let result = call.original();
        // An error handler may have closed it.
        if call.argument(0).and_then(Socket::of).is_some() {
            let _ = fd::set_blocking(self.fd, true);
        }
        result
    }

    /// Calls the original function with a flag not to wait. Returns the error if it failed with one that means that it
    /// would have to wait; then the script sees no error. ext-sockets sets an error in a failed call only, and
    /// `socket_accept()` sets none in this socket: so an error of an earlier call must not be there.
    fn would_wait(&self, call: &Call<'_>) -> Outcome<Option<Errno>> {
        let before = self.socket.errors();
        self.socket.set_errors([0; 2]);
        let result = self.original_at_once(call);
        let errors = self.socket.errors();
        let has_failed = call.result().and_then(|value| value.as_bool()) == Some(false);
        let waits = [Errno::EAGAIN, Errno::EINPROGRESS]
            .into_iter()
            .find(|&errno| has_failed && result.is_ok() && errors.contains(&(errno as i32)));
        let [own, all] = if waits.is_some() { [0; 2] } else { errors };
        let or = |error, before| if error == 0 { before } else { error };
        self.socket.set_errors([or(own, before[0]), or(all, before[1])]);
        result.map(|()| waits)
    }

    fn fail(&self, call: &Call<'_>, errno: Errno) -> Outcome<()> {
        self.socket.set_errors([errno as i32; 2]);
        call.give(false);
        Ok(())
    }

    /// Ends a call whose wait has failed.
    fn give_up(&self, call: &Call<'_>, came: WaitResult) -> Outcome<()> {
        match came {
            // There is no data: the original function reports that, as after its own time limit.
            WaitResult::TimedOut => self.original_at_once(call),
            WaitResult::Canceled => self.fail(call, Errno::ECANCELED),
            // The socket is about to be closed.
            WaitResult::Closed => self.fail(call, Errno::EBADF),
            WaitResult::Ready => call.original(),
        }
    }
}

fn accept(call: &Call<'_>) -> Outcome<()> {
    let Some(waiting) = BlockingCall::of(call, true, None) else { return call.original() };
    loop {
        match waiting.until_ready(Interest::READ)? {
            WaitResult::Ready => {}
            came => return waiting.give_up(call, came),
        }
        // Another process may have taken the connection.
        if waiting.would_wait(call)?.is_none() {
            return Ok(());
        }
    }
}

fn receive(call: &Call<'_>, flags: Option<usize>) -> Outcome<()> {
    let Some(waiting) = BlockingCall::of(call, true, flags) else { return call.original() };
    match waiting.until_ready(Interest::READ)? {
        WaitResult::Ready => {}
        came => return waiting.give_up(call, came),
    }
    let all = flags
        .and_then(|index| call.argument(index)?.as_int())
        .is_some_and(|flags| flags & MSG_WAITALL as i64 != 0);
    let wanted = call.argument(2).and_then(|length| usize::try_from(length.as_int()?).ok()).filter(|_| all);
    let is_there = |data: &[u8]| wanted.is_none_or(|wanted| data.len() >= wanted.min(MOST));
    if let Some(came) = until_there(&waiting, wanted, is_there)? {
        return waiting.give_up(call, came);
    }
    call.original()
}

fn read(call: &Call<'_>) -> Outcome<()> {
    if call.argument(2).and_then(|kind| kind.as_int()) != Some(LINES) {
        return receive(call, None);
    }
    let Some(waiting) = BlockingCall::for_a_line(call) else { return call.original() };
    match waiting.until_ready(Interest::READ)? {
        WaitResult::Ready => {}
        came => return waiting.give_up(call, came),
    }
    let wanted = call.argument(1).and_then(|length| usize::try_from(length.as_int()?).ok());
    let is_there = |data: &[u8]| {
        data.len() >= wanted.unwrap_or(0).min(MOST) || data.iter().any(|byte| matches!(byte, b'\n' | b'\r'))
    };
    match until_there(&waiting, wanted, is_there)? {
        Some(came) => waiting.give_up(call, came),
        None => call.original(),
    }
}

/// Waits until enough data is in the kernel's buffer, or no more will come. `None` if the original function can
/// continue.
fn until_there(
    waiting: &BlockingCall,
    wanted: Option<usize>,
    is_enough: impl Fn(&[u8]) -> bool,
) -> Outcome<Option<WaitResult>> {
    let Some(wanted) = wanted.filter(|&wanted| wanted > 1) else { return Ok(None) };
    let mut pause = SHORTEST;
    loop {
        if !has_less(waiting, wanted, &is_enough) {
            return Ok(None);
        }
        match waiting.pause(&mut pause)? {
            WaitResult::Ready => {}
            came => return Ok(Some(came)),
        }
    }
}

/// Whether there is data, but not enough, and more may come.
fn has_less(waiting: &BlockingCall, wanted: usize, is_enough: &impl Fn(&[u8]) -> bool) -> bool {
    let mut buffer = vec![0; wanted.min(MOST)];
    let peeked = fd::with_foreign(waiting.fd, |fd| socket::peek(fd, &mut buffer[..]));
    let Ok(count) = peeked else { return false };
    let over = fd::with_foreign(waiting.fd, socket::is_over).unwrap_or(true);
    !over && buffer.get(..count).is_some_and(|data| !is_enough(data))
}

fn send(call: &Call<'_>, flags: Option<usize>) -> Outcome<()> {
    let Some(waiting) = BlockingCall::of(call, false, flags) else { return call.original() };
    let mut pause = SHORTEST;
    loop {
        match waiting.until_ready(Interest::WRITE)? {
            WaitResult::Ready => {}
            came => return waiting.give_up(call, came),
        }
        if waiting.would_wait(call)?.is_none() {
            return send_rest(call, &waiting);
        }
        // There is room, but not for this message.
        match waiting.pause(&mut pause)? {
            WaitResult::Ready => {}
            came => return waiting.give_up(call, came),
        }
    }
}

/// The original function has sent as much as there was room for. This sends the rest. If that fails, the result is the
/// number of bytes sent, as from the kernel.
fn send_rest(call: &Call<'_>, waiting: &BlockingCall) -> Outcome<()> {
    let Some(mut sent) = call.result().and_then(|sent| usize::try_from(sent.as_int()?).ok()) else {
        return Ok(());
    };
    let is_stream = fd::with_foreign(waiting.fd, socket::spec).is_ok_and(socket::Spec::is_stream);
    let Some(data) = call.argument(1).filter(|_| is_stream).and_then(|data| data.as_bytes()) else {
        return Ok(());
    };
    let length = call.argument(2).and_then(|length| usize::try_from(length.as_int()?).ok());
    let length = length.map_or(data.len(), |length| length.min(data.len()));
    while sent > 0 && sent < length {
        let Some(rest) = data.get(sent..length) else { break };
        match fd::send_some(waiting.fd, rest) {
            Ok(count) => sent += count,
            Err(Errno::EINTR) => {}
            Err(Errno::EAGAIN) => match waiting.until_ready(Interest::WRITE)? {
                WaitResult::Ready => {}
                _ => break,
            },
            Err(_) => break,
        }
    }
    call.give(i64::try_from(sent).unwrap_or(i64::MAX));
    Ok(())
}

fn connect(call: &Call<'_>) -> Outcome<()> {
    let Some(waiting) = BlockingCall::of(call, false, None) else { return call.original() };
    resolve(call, waiting.socket)?;
    let mut pause = SHORTEST;
    loop {
        let Some(errno) = waiting.would_wait(call)? else { return Ok(()) };
        let goes_on = errno == Errno::EINPROGRESS;
        let came = if goes_on {
            // A socket that begins to connect is not ready.
            readiness::wait(waiting.wanted(Interest::WRITE), waiting.deadline)?
        } else {
            // The queue of a listening unix socket is full.
            waiting.pause(&mut pause)?
        };
        match came {
            WaitResult::Ready => {}
            WaitResult::TimedOut if goes_on => {
                waiting.socket.set_errors([Errno::EINPROGRESS as i32; 2]);
                return Ok(());
            }
            came => return waiting.give_up(call, came),
        }
    }
}

/// Passes the address in place of a name: the original function would block in the lookup.
fn resolve(call: &Call<'_>, socket: Socket) -> Outcome<()> {
    let family = [AF_INET, AF_INET6].into_iter().find(|&family| family == socket.family());
    let Some(name) = call.argument(1).and_then(|name| name.as_bytes()) else { return Ok(()) };
    let is_address = std::str::from_utf8(name).is_ok_and(|name| name.parse::<IpAddr>().is_ok());
    let Some(family) = family.filter(|_| !is_address && !name.is_empty() && call.argument(2).is_some())
    else {
        return Ok(());
    };
    match dns::address(name, family, dns::deadline(0.0)) {
        Ok(address) => call.set_argument(1, address.to_string()),
        Err(dns::ResolveError::Failure(failure)) => return Err(failure),
        // The original function reports the error.
        Err(_) => {}
    }
    Ok(())
}

/// Waits, and then calls the original function without a time limit to wait: it fills the arrays.
fn select(call: &Call<'_>) -> Outcome<()> {
    let Some(all) = selected(call) else { return call.original() };
    let number = |index: usize| call.argument(index).and_then(|value| value.as_int());
    let seconds = number(3);
    let limit = match (seconds, call.argument(3).is_some_and(|value| value.is_null())) {
        (_, true) => None,
        (Some(seconds), _) => {
            let (Ok(seconds), Ok(micros)) = (u64::try_from(seconds), u64::try_from(number(4).unwrap_or(0)))
            else {
                return call.original();
            };
            Some(Duration::from_secs(seconds).saturating_add(Duration::from_micros(micros)))
        }
        _ => return call.original(),
    };
    let deadline = clock::deadline(limit);
    if limit != Some(Duration::ZERO) && readiness::until_ready(all, deadline)? == WaitResult::Canceled {
        call.give(false);
        return Ok(());
    }
    call.set_argument(3, 0);
    call.set_argument(4, 0);
    call.original()
}

/// The sockets of the arrays. `None` if the original function refuses them, or if only the original can wait for them.
fn selected(call: &Call<'_>) -> Option<Vec<Target>> {
    let mut all = Vec::new();
    for (index, interest) in [Interest::READ, Interest::WRITE].into_iter().enumerate() {
        let Some(sockets) = Array::of(call.argument(index)?) else { continue };
        for (_, value) in sockets.iter() {
            let socket = Socket::of(value)?;
            all.push(Target::new(socket.id(), socket.fd(), interest));
        }
    }
    (!all.is_empty()).then_some(all)
}

/// Tells the coroutines that wait for the socket that it is closed.
fn before_close(arguments: Arguments<'_>) -> Outcome<Option<bool>> {
    match arguments.value(0).and_then(Socket::of) {
        Some(socket) => readiness::release(socket.id()).map(|()| None),
        None => Ok(None),
    }
}
