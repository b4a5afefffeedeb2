//! Waiting for sockets, and the effects on them of forks and of the end of the other process.

use super::Sockets;
use super::state::Side;
use crate::os::epoll::Interest;
use crate::os::fd;
use crate::os::poll::PollList;
use crate::os::prepared_wait::prepare_wait;
use crate::os::process;
use crate::os::socket;
use crate::os::{Errno, Result};
use crate::rt::core::Core;
use crate::rt::core::handles::{PipeToken, SocketToken};
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::source::{Source, time_left};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::wait::{Cid, Waiter, Wake};
use crate::rt::process::peer::{self, Peer};
use crate::rt::process::pipes::Pipes;
use std::os::fd::{AsFd, AsRawFd};
use std::time::{Duration, Instant};

/// The pause between checks whether a process without a pidfd has ended.
const ASK: Duration = Duration::from_millis(100);

/// The pause between attempts to connect to a unix socket whose queue is full, and to send a descriptor when too many
/// are in flight: the kernel does not report room.
const RETRY: Duration = Duration::from_millis(5);

/// The process to wait for, in addition to the socket.
enum PeerWait {
    Nothing,
    /// The end of the process at the other side of the pipe.
    Peer(Watch),
    /// It has ended.
    Ended,
    /// The process has no pidfd: it has to be checked.
    AskAgain,
}

impl Sockets {
    /// Makes a copy of our end of a pipe. Closing the copy leaves the pipe open.
    pub fn export(&mut self, pipes: &mut Pipes, pipe: PipeToken) -> Result<SocketToken> {
        let end = pipes.get(pipe).ok_or(Errno::EBADF)?;
        let mark = end.mark();
        let token = self.import(end.number().ok_or(Errno::EBADF)?)?;
        self.exports.insert(pipe, token);
        if let Some(socket) = self.get(token) {
            socket.pipe = Some(pipe);
            socket.mark = Some(mark);
            // As in Swoole, whose message pipes have this type.
            if !socket.spec.is_stream() {
                socket.spec = socket.spec.as_datagrams();
            }
        }
        Ok(token)
    }

    /// Closes a socket. Returns the coroutines that wait for it, which the caller wakes. `EBADF` if it was closed
    /// before.
    pub fn close(&mut self, core: &mut Core, token: SocketToken) -> Result<[Option<Waiter>; 2]> {
        let mut socket = self.all.remove(token).ok_or(Errno::EBADF)?;
        if let Some(tls) = &mut socket.tls {
            tls.close(socket.fd.as_fd());
        }
        let waiters = socket.sides.map(|side| side.holder.map(|(_, waiter)| waiter));
        for watch in socket.watch.into_iter().chain(socket.peer.as_ref().map(|(_, watch)| *watch)) {
            core.events.reactor.unwatch(watch);
        }
        core.events.reactor.forget(socket.number());
        if let Some(bound) = socket.path
            && bound.bound_by == process::pid()
            && socket::identity(&bound.path) == Ok(bound.identity)
        {
            // Another process may have removed it already.
            let _ = socket::remove(&bound.path);
        }
        Ok(waiters)
    }

    /// The running coroutine begins to wait for a direction of a socket, until `deadline` at most. `None` if it need
    /// not wait, but has to try again. `ETIMEDOUT` if the time is over already.
    pub fn begin_wait(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        token: SocketToken,
        direction: Direction,
        deadline: Option<Instant>,
    ) -> Result<Option<Waiter>> {
        let cid = core.scheduler.current().ok_or(Errno::EPERM)?;
        let mut left = time_left(deadline)?;
        let peer = match self.peer_wait(core, pipes, token, direction) {
            PeerWait::Nothing => None,
            PeerWait::Peer(watch) => Some(watch),
            PeerWait::AskAgain => {
                left = Some(left.map_or(ASK, |left| left.min(ASK)));
                None
            }
            PeerWait::Ended if direction == Direction::Write => return Err(Errno::EPIPE),
            PeerWait::Ended => {
                self.note_end_of_pipe(core, pipes, token);
                return Ok(None);
            }
        };
        let watch = self.watch(core, token, direction)?;
        let waiter = core.begin_event(left)?;
        for watch in [Some(watch), peer].into_iter().flatten() {
            core.events.reactor.registrations.wait(watch, direction, waiter);
        }
        self.hold_side(token, direction, cid, waiter);
        Ok(Some(waiter))
    }

    /// The running coroutine begins a pause before the next attempt of a call for which the kernel reports no event.
    /// `ETIMEDOUT` if `deadline` has passed. [`Sockets::end_wait`] returns how the pause ended.
    pub fn begin_retry_pause(
        &mut self,
        core: &mut Core,
        token: SocketToken,
        deadline: Option<Instant>,
    ) -> Result<Waiter> {
        let cid = core.scheduler.current().ok_or(Errno::EPERM)?;
        let left = time_left(deadline)?.map_or(RETRY, |left| left.min(RETRY));
        let waiter = core.begin_event(Some(left))?;
        self.hold_side(token, Direction::Write, cid, waiter);
        Ok(waiter)
    }

    /// Whether calls of this socket block the process now.
    pub fn is_blocking(&mut self, core: &Core, token: SocketToken) -> bool {
        core.scheduler.current().is_none() && self.get(token).is_some_and(|socket| socket.is_blocking)
    }

    /// Blocks the process until a direction of a socket may be ready, or `deadline`. Without a direction it is the pause
    /// of [`Sockets::begin_retry_pause`]. `ETIMEDOUT` if `deadline` has passed, `EINTR` when a signal was handled, `EPIPE` if
    /// nobody can read any more what is written to an exported pipe.
    pub fn block(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        token: SocketToken,
        direction: Option<Direction>,
        deadline: Option<Instant>,
    ) -> Result<()> {
        let mut left = time_left(deadline)?;
        let mut list = PollList::default();
        let mut watch = peer::Watch::Nothing;
        match direction {
            Some(direction) => {
                let interest = match direction {
                    Direction::Read => Interest::READ,
                    Direction::Write => Interest::WRITE,
                };
                list.add(self.get(token).ok_or(Errno::EBADF)?.number(), interest);
                watch = self.peer(pipes, token, direction).map_or(watch, Peer::watch);
            }
            None => left = Some(left.map_or(RETRY, |left| left.min(RETRY))),
        }
        match &watch {
            peer::Watch::Nothing => {}
            peer::Watch::Until(pidfd) => list.add(pidfd.as_raw_fd(), Interest::READ),
            peer::Watch::AskAgain => left = Some(left.map_or(ASK, |left| left.min(ASK))),
            peer::Watch::Ended if direction == Some(Direction::Write) => return Err(Errno::EPIPE),
            peer::Watch::Ended => {
                self.note_end_of_pipe(core, pipes, token);
                return Ok(());
            }
        }
        // From here on a signal ends the wait.
        let prepared = prepare_wait([])?;
        let waited = if (core.interrupted())() { Err(Errno::EINTR) } else { list.wait(left, &prepared) };
        prepared.release();
        // The next call checks the time, unless this wait was for all of it.
        let is_part = direction.is_none() || matches!(watch, peer::Watch::AskAgain);
        if waited? == 0 && !is_part { Err(Errno::ETIMEDOUT) } else { Ok(()) }
    }

    fn hold_side(&mut self, token: SocketToken, direction: Direction, cid: Cid, waiter: Waiter) {
        if let Some(socket) = self.get(token) {
            *socket.side(direction) = Side { holder: Some((cid, waiter)), stopped: None };
        }
    }

    /// Returns how the wait of a coroutine ended: the coroutine may try again, or must fail with an error. `ECANCELED`
    /// if other code ended the wait or closed the socket.
    pub fn end_wait(
        &mut self,
        core: &mut Core,
        token: SocketToken,
        direction: Direction,
        waiter: Waiter,
        wake: Wake,
    ) -> Result<()> {
        let Some(socket) = self.get(token) else { return Err(Errno::ECANCELED) };
        let watches = [socket.watch, socket.peer.as_ref().map(|(_, watch)| *watch)];
        let stopped = socket.side(direction).stopped;
        *socket.side(direction) = Side::default();
        for watch in watches.into_iter().flatten() {
            core.events.reactor.registrations.forget(watch, direction, waiter);
        }
        match (stopped, wake) {
            (Some(errno), _) => Err(errno),
            // The beginning of the next wait checks the time: this wait may be one of several.
            (None, Wake::Ready | Wake::TimedOut) => Ok(()),
            (None, Wake::Canceled | Wake::Interrupted | Wake::Unwound) => Err(Errno::ECANCELED),
        }
    }

    /// Ends the wait for a direction of a socket. Returns the coroutine to wake.
    pub fn cancel_wait(&mut self, token: SocketToken, direction: Direction) -> Option<Waiter> {
        let side = self.get(token)?.side(direction);
        let (_, waiter) = side.holder?;
        side.stopped = Some(Errno::ECANCELED);
        Some(waiter)
    }

    fn watch(&mut self, core: &mut Core, token: SocketToken, direction: Direction) -> Result<Watch> {
        let socket = self.get(token).ok_or(Errno::EBADF)?;
        let watch = core.events.reactor.watch_again(socket.watch, socket.number(), direction)?;
        socket.watch = Some(watch);
        Ok(watch)
    }

    /// The process to wait for, in addition to the socket: while this process holds the far end of its own pipe, the
    /// kernel does not report the end of the other process.
    fn peer(&mut self, pipes: &mut Pipes, token: SocketToken, direction: Direction) -> Option<Peer> {
        let pipe = pipes.get(self.get(token)?.pipe?)?;
        let is_reported = direction == Direction::Read && pipe.has_let_go();
        (!is_reported).then(|| pipe.peer())
    }

    /// How a coroutine waits for that process.
    fn peer_wait(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        token: SocketToken,
        direction: Direction,
    ) -> PeerWait {
        let Some(peer) = self.peer(pipes, token, direction) else { return PeerWait::Nothing };
        let known = self.get(token).and_then(|socket| socket.peer.as_ref()).map(|(_, watch)| *watch);
        if peer == Peer::Gone {
            return PeerWait::Ended;
        }
        if let Some(watch) = known.filter(|&watch| core.events.reactor.registrations.is_known(watch)) {
            let ended = core.events.reactor.registrations.has_ended(watch);
            return if ended { PeerWait::Ended } else { PeerWait::Peer(watch) };
        }
        match peer.watch() {
            peer::Watch::Nothing => PeerWait::Nothing,
            peer::Watch::Ended => PeerWait::Ended,
            peer::Watch::AskAgain => PeerWait::AskAgain,
            peer::Watch::Until(pidfd) => {
                let watched = core.events.reactor.watch_end(pidfd.as_raw_fd());
                let (Ok(watch), Some(socket)) = (watched, self.get(token)) else {
                    return PeerWait::AskAgain;
                };
                socket.peer = Some((pidfd, watch));
                PeerWait::Peer(watch)
            }
        }
    }

    /// The other process has ended, and no data is left to read: closes the far end, so that the kernel reports EOF.
    fn note_end_of_pipe(&mut self, core: &mut Core, pipes: &mut Pipes, token: SocketToken) {
        let pipe = self.get(token).and_then(|socket| socket.pipe);
        if pipe.and_then(|pipe| pipes.get(pipe)).is_some_and(|pipe| pipe.note_end()) {
            self.let_go_of_siblings(core, pipes);
        }
    }

    /// The parent has ended: closes the pipes of its other children, which also close ours.
    pub(in crate::rt) fn let_go_of_siblings(&mut self, core: &mut Core, pipes: &mut Pipes) {
        for pipe in pipes.let_go_of_siblings() {
            if let Some(copy) = self.of_pipe(pipe) {
                // A coroutine that waits there gets EOF when its own pipe reports it.
                let _ = self.close(core, copy);
            }
        }
    }

    /// The pipe has a new pair, so its copy gets the new end, also for coroutines that wait there.
    pub(in crate::rt) fn renew_export(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        pipe: PipeToken,
    ) -> std::result::Result<(), SyscallError> {
        let Some(token) = self.of_pipe(pipe) else { return Ok(()) };
        let Some(number) = pipes.get(pipe).and_then(|pipe| pipe.number()) else { return Ok(()) };
        let fresh = fd::duplicate(number).map_err(SyscallError::of("fcntl()"))?;
        let Some(socket) = self.get(token) else { return Ok(()) };
        let (old, peer) = (socket.watch.take(), socket.peer.take());
        let waiters = old.map_or([None, None], |old| core.events.reactor.unwatch(old));
        if let Some((_pidfd, watch)) = peer {
            core.events.reactor.unwatch(watch);
        }
        let Some(socket) = self.get(token) else { return Ok(()) };
        fd::replace(&socket.fd, &fresh).map_err(SyscallError::of("dup3()"))?;
        socket.shut = [false; 2];
        for (direction, waiter) in [Direction::Read, Direction::Write].into_iter().zip(waiters) {
            if let Some(waiter) = waiter {
                let watch = self.watch(core, token, direction).map_err(SyscallError::of("epoll_ctl()"))?;
                core.events.reactor.registrations.wait(watch, direction, waiter);
            }
        }
        Ok(())
    }

    /// The pipe leads to a new process: coroutines that wait for its copy also wait for that process.
    pub(in crate::rt) fn note_start(&mut self, core: &mut Core, pipes: &mut Pipes, pipe: PipeToken) {
        let Some(token) = self.of_pipe(pipe) else { return };
        let Some(socket) = self.get(token) else { return };
        let holders = socket.sides.map(|side| side.holder);
        if let Some((_pidfd, watch)) = socket.peer.take() {
            core.events.reactor.unwatch(watch);
        }
        for (direction, holder) in [Direction::Read, Direction::Write].into_iter().zip(holders) {
            let Some((_, waiter)) = holder else { continue };
            if let PeerWait::Peer(watch) = self.peer_wait(core, pipes, token, direction) {
                core.events.reactor.registrations.wait(watch, direction, waiter);
            }
        }
    }
}

/// A wait for a direction of a socket: [`Sockets::begin_wait`] and [`Sockets::end_wait`].
#[derive(Clone, Copy, Debug)]
pub struct SocketWait {
    /// The socket.
    pub token: SocketToken,
    /// The direction.
    pub direction: Direction,
}

impl Source for SocketWait {
    type Parts<'a> = (&'a mut Core, &'a mut Pipes, &'a mut Sockets);
    type Output = Result<()>;

    fn arm(&mut self, parts: Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let (core, pipes, sockets) = parts;
        sockets.begin_wait(core, pipes, self.token, self.direction, deadline)
    }

    fn disarm(self, (core, _, sockets): Self::Parts<'_>, waiter: Waiter, wake: Wake) -> Result<()> {
        sockets.end_wait(core, self.token, self.direction, waiter, wake)
    }
}

/// A pause: [`Sockets::begin_retry_pause`] and [`Sockets::end_wait`].
#[derive(Clone, Copy, Debug)]
pub struct RetryPause(pub SocketToken);

impl Source for RetryPause {
    type Parts<'a> = (&'a mut Core, &'a mut Pipes, &'a mut Sockets);
    type Output = Result<()>;

    fn arm(&mut self, parts: Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let (core, _, sockets) = parts;
        sockets.begin_retry_pause(core, self.0, deadline).map(Some)
    }

    fn disarm(self, (core, _, sockets): Self::Parts<'_>, waiter: Waiter, wake: Wake) -> Result<()> {
        sockets.end_wait(core, self.0, Direction::Write, waiter, wake)
    }
}
