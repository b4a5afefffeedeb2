//! A socket that coroutines use: its state, its calls that do not wait, and the coroutines that wait for it.
//!
//! Every call is tried first, and the coroutine waits in the loop only if the call cannot be done at once. So a
//! descriptor is registered with epoll only once. A wait ends when the socket is ready or closed, when the wait is
//! cancelled, or when the time is over. The coroutine then tries again, because the state of the socket may have changed
//! meanwhile.

use crate::os::address::Address;
use crate::os::process::{self, Pid};
use crate::os::socket::{self, PathIdentity, Shut, Spec};
use crate::os::spare::Spare;
use crate::os::tls::Session;
use crate::os::tls::settings::Failure;
use crate::os::{Errno, Result};
use crate::rt::core::handles::PipeToken;
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::wait::{Cid, Waiter};
use crate::rt::handle::{ArrivalQueue, Mark};
use crate::rt::socket::attempt::uninterrupted;
use crate::rt::socket::attempt::{Attempt, Stop};
use crate::rt::socket::protocol::Protocol;
use crate::rt::socket::proxy::{Conversation, ProxyError};
use crate::rt::socket::recv_buffer::RecvBuffer;
use crate::rt::socket::tls::{self, Tls};
use std::io::IoSlice;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::time::Duration;

/// The default time limit of a connection attempt.
const CONNECT: Duration = Duration::from_secs(2);

/// The time limit of each kind of call; `None` for no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Receiving, and accepting.
    pub read: Option<Duration>,
    /// Sending.
    pub write: Option<Duration>,
    /// Connecting.
    pub connect: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { read: None, write: None, connect: Some(CONNECT) }
    }
}

/// The coroutine that waits in one direction.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Side {
    pub(super) holder: Option<(Cid, Waiter)>,
    /// The error with which other code has ended the wait.
    pub(super) stopped: Option<Errno>,
}

/// The path that a socket was bound to, and the process that has bound it.
#[derive(Debug)]
pub(super) struct BoundPath {
    pub(super) path: Vec<u8>,
    pub(super) identity: PathIdentity,
    pub(super) bound_by: Pid,
}

/// One socket.
#[derive(Debug)]
pub struct Socket {
    pub(super) fd: OwnedFd,
    pub(super) spec: Spec,
    /// The time limits of calls without a limit of their own.
    pub limits: Limits,
    /// Outside of coroutines its calls block the process.
    pub is_blocking: bool,
    pub(super) watch: Option<Watch>,
    pub(super) sides: [Side; 2],
    /// Whether reading and writing were shut down on this side.
    pub(super) shut: [bool; 2],
    pub(super) path: Option<BoundPath>,
    /// How the end of a packet is found.
    pub(super) protocol: Protocol,
    /// Bytes that were received and not taken. The next receive gets them first.
    pub(super) received: RecvBuffer,
    /// A file that is being sent.
    pub(super) file: Option<FilePart>,
    /// The conversation with a proxy, before any other data.
    pub(super) proxy: Option<Box<Conversation>>,
    /// The TLS session of the connection.
    pub(super) tls: Option<Box<Tls>>,
    /// The pipe of which the socket is a copy; below, the process at the other end, after the first wait.
    pub(super) pipe: Option<PipeToken>,
    pub(super) peer: Option<(OwnedFd, Watch)>,
    /// The mark of values that arrive through this pipe.
    pub(super) mark: Option<Mark>,
    /// Handles and values that calls have received and not returned.
    pub(super) held: ArrivalQueue,
}

impl Socket {
    /// The number of the descriptor.
    pub fn number(&self) -> RawFd {
        self.fd.as_raw_fd()
    }

    /// The descriptor, for calls that do not wait.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// What it is.
    pub fn spec(&self) -> Spec {
        self.spec
    }

    pub(super) fn side(&mut self, direction: Direction) -> &mut Side {
        let [read, write] = &mut self.sides;
        match direction {
            Direction::Read => read,
            Direction::Write => write,
        }
    }

    /// The coroutine that waits for a direction.
    pub fn holder(&mut self, direction: Direction) -> Option<Cid> {
        self.side(direction).holder.map(|(cid, _)| cid)
    }

    /// Binds the socket. Its path is removed when the socket is closed. If the new file cannot be identified, the path
    /// is removed at once, and the call fails with the reason.
    pub fn bind(&mut self, address: &Address) -> Result<()> {
        if self.spec.has_ports() && self.spec.is_stream() {
            socket::reuse_address(self.fd())?;
        }
        socket::bind(self.fd(), address)?;
        let Some(path) = address.path() else { return Ok(()) };
        match socket::identity(path) {
            Ok(identity) => {
                self.path = Some(BoundPath { path: path.to_vec(), identity, bound_by: process::pid() });
                Ok(())
            }
            // Another process has removed it already.
            Err(Errno::ENOENT) => Ok(()),
            Err(errno) => {
                // bind(2) has just created the file. If the file cannot be removed, it stays.
                let _ = socket::remove(path);
                Err(errno)
            }
        }
    }

    /// Receives the data that is there: one message, or any number of bytes of a stream.
    #[inline]
    pub fn receive<'b>(&mut self, buffer: impl Into<Spare<'b>>) -> Attempt<Received> {
        let buffer = buffer.into();
        if !self.received.is_empty() {
            let len = self.received.take(buffer);
            return Ok(Received { len, message: len });
        }
        self.receive_new(buffer)
    }

    /// As [`Socket::receive`], but from the kernel only.
    #[inline]
    pub(super) fn receive_new(&mut self, mut buffer: Spare<'_>) -> Attempt<Received> {
        if let Some(tls) = &mut self.tls {
            let len = tls.receive(self.fd.as_fd(), buffer)?;
            return Ok(Received { len, message: len });
        }
        if self.spec.has_paths() {
            return self.receive_unless_handle(buffer);
        }
        let is_stream = self.spec.is_stream();
        let message = uninterrupted(|| {
            let (fd, buffer) = (self.fd.as_fd(), buffer.lend());
            let result =
                if is_stream { socket::receive(fd, buffer) } else { socket::receive_message(fd, buffer) };
            self.unless_reset(result)
        })?;
        Ok(Received { len: message.min(buffer.len()), message })
    }

    /// Receives the data that is there, with the address of the sender.
    pub fn receive_from(&mut self, mut buffer: Spare<'_>) -> Attempt<(usize, Address)> {
        if !self.received.is_empty() {
            // The data of a stream has no address.
            return Ok((self.received.take(buffer), Address::Other));
        }
        if let Some(tls) = &mut self.tls {
            return Ok((tls.receive(self.fd.as_fd(), buffer)?, Address::Other));
        }
        if self.spec.has_paths() {
            return self.receive_from_unless_handle(buffer);
        }
        uninterrupted(|| socket::receive_from(self.fd.as_fd(), buffer.lend()))
    }

    /// Copies the data that is there without taking it.
    pub fn peek(&mut self, mut buffer: Spare<'_>) -> Attempt<usize> {
        if !self.received.is_empty() {
            return Ok(self.received.show(buffer));
        }
        if let Some(tls) = &mut self.tls {
            return tls.peek(self.fd.as_fd(), buffer);
        }
        if self.spec.has_paths() {
            return self.peek_unless_handle(buffer);
        }
        uninterrupted(|| socket::peek(self.fd.as_fd(), buffer.lend()))
    }

    /// The size of a buffer for a call that takes at most `most` bytes: for a stream no more than is there, otherwise
    /// the whole next message.
    pub fn room_for(&self, most: usize) -> Attempt<usize> {
        if let Some(comes) = self.held.next() {
            return Err(Stop::Meets(comes));
        }
        let found = if !self.received.is_empty() {
            self.received.bytes().len()
        } else if self.tls.is_some() {
            tls::RECORD
        } else if self.spec.is_stream() {
            uninterrupted(|| socket::pending(self.fd.as_fd()))?
        } else {
            uninterrupted(|| socket::next_message(self.fd.as_fd()))?
        };
        Ok(most.min(found.max(1)))
    }

    /// Sends as much as there is room for.
    #[inline]
    pub fn send(&mut self, data: &[u8]) -> Attempt<usize> {
        if let Some(tls) = &mut self.tls {
            return tls.send(self.fd.as_fd(), data);
        }
        uninterrupted(|| self.unless_reset(socket::send(self.fd.as_fd(), data)))
    }

    /// Sends several parts, one after the other, as much as there is room for.
    pub fn send_parts(&mut self, parts: &[IoSlice<'_>]) -> Attempt<usize> {
        if let (Some(tls), Some(first)) = (&mut self.tls, parts.first()) {
            return tls.send(self.fd.as_fd(), first);
        }
        uninterrupted(|| self.unless_reset(socket::send_parts(self.fd.as_fd(), parts)))
    }

    /// Sets a conversation with a proxy, which [`Socket::talk_to_proxy`] carries out.
    pub fn begin_proxy(&mut self, conversation: Conversation) {
        self.proxy = Some(Box::new(conversation));
    }

    /// Talks to the proxy until the proxy has connected, or refuses to. `Again` if the call has to wait for the proxy.
    pub fn talk_to_proxy(&mut self) -> Attempt<std::result::Result<(), ProxyError>> {
        let fd = self.fd.as_fd();
        let Some(proxy) = &mut self.proxy else { return Ok(Ok(())) };
        loop {
            while !proxy.to_send().is_empty() {
                let sent = uninterrupted(|| socket::send(fd, proxy.to_send()))?;
                proxy.note_sent(sent);
            }
            if proxy.is_over() {
                self.proxy = None;
                return Ok(Ok(()));
            }
            // Bytes after the proxy's answer come from the server, and stay in the socket.
            let mut seen = [0; 512];
            let len = uninterrupted(|| socket::peek(fd, &mut seen))?;
            if len == 0 {
                return Err(Stop::Failed(Errno::ECONNRESET));
            }
            match proxy.hear(seen.get(..len).unwrap_or_default()) {
                Ok(taken) => {
                    uninterrupted(|| socket::receive(fd, seen.get_mut(..taken).unwrap_or_default()))?;
                }
                Err(refused) => return Ok(Err(refused)),
            }
        }
    }

    /// The direction to wait for before the conversation with a proxy continues.
    pub fn proxy_direction(&self) -> Direction {
        let waits_for_room = self.proxy.as_ref().is_some_and(|proxy| !proxy.to_send().is_empty());
        if waits_for_room { Direction::Write } else { Direction::Read }
    }

    /// Sets a TLS session, whose handshake [`Socket::handshake`] begins.
    pub fn begin_tls(&mut self, session: Session) {
        self.tls = Some(Box::new(Tls::new(session)));
    }

    /// Removes the TLS session, because the connection has failed.
    pub fn forget_tls(&mut self) {
        self.tls = None;
    }

    /// Continues the TLS handshake. `Again` if the call has to wait for the other side.
    pub fn handshake(&mut self) -> Attempt<()> {
        match &mut self.tls {
            Some(tls) => tls.handshake(self.fd.as_fd()),
            None => Err(Stop::Failed(Errno::EINVAL)),
        }
    }

    /// The direction to wait for before a handshake continues.
    pub fn handshake_direction(&self) -> Direction {
        let waits_for_room = self.tls().is_some_and(|session| !session.to_send().is_empty());
        if waits_for_room { Direction::Write } else { Direction::Read }
    }

    /// The TLS session.
    pub fn tls(&self) -> Option<&Session> {
        self.tls.as_ref().map(|tls| tls.session())
    }

    /// The reason why the TLS session has failed. It is returned once.
    pub fn take_tls_failure(&mut self) -> Option<Failure> {
        self.tls.as_mut()?.take_failure()
    }

    /// Notes that a call to send has ended early: the data that the session has taken does not belong to the next call.
    pub fn forget_unsent(&mut self) {
        if let Some(tls) = &mut self.tls {
            tls.forget_unsent();
        }
    }

    /// Sets how the end of a packet is found.
    pub fn set_protocol(&mut self, protocol: Protocol) {
        self.protocol = protocol;
        self.received.forget();
    }

    /// The bytes that were received and not taken.
    pub fn received(&self) -> &[u8] {
        self.received.bytes()
    }

    /// Notes the length from the script of the packet that begins with [`Socket::received`]; zero if the script needs
    /// more bytes.
    pub fn tell_length(&mut self, len: usize) {
        self.received.tell(len);
    }

    /// Takes the first received bytes, as many as there is room for.
    pub fn take(&mut self, buffer: Spare<'_>) -> usize {
        self.received.take(buffer)
    }

    /// The kernel reports a reset once, when the other process of a pipe has ended with unread input. Its data comes
    /// after.
    #[inline]
    pub(super) fn unless_reset<T>(&self, result: Result<T>) -> Result<T> {
        match result {
            Err(Errno::ECONNRESET) if self.pipe.is_some() => Err(Errno::EINTR),
            result => result,
        }
    }

    /// Whether a receive of zero bytes means EOF.
    pub(super) fn knows_an_end(&self) -> bool {
        self.spec.knows_an_end() || self.pipe.is_some()
    }

    /// Sends a message to an address. `EISCONN` on a TLS connection, where the message would not be encrypted.
    pub fn send_to(&self, data: &[u8], address: &Address) -> Attempt<usize> {
        if self.tls.is_some() {
            return Err(Stop::Failed(Errno::EISCONN));
        }
        uninterrupted(|| socket::send_to(self.fd.as_fd(), data, address))
    }

    /// Begins to connect. `Again` if the attempt continues: when the socket is writable, [`Socket::finish_connect`]
    /// returns the result. If the queue of the peer of a unix socket is full, the caller has to try again later.
    pub fn connect(&self, address: &Address) -> Attempt<Connect> {
        socket::set_nonblocking(self.fd())?;
        match socket::connect(self.fd(), address) {
            Ok(()) => Ok(Connect::Done),
            // An interrupted connect(2) continues in the kernel.
            Err(Errno::EINPROGRESS | Errno::EINTR) => Ok(Connect::Begun),
            Err(Errno::EAGAIN) if self.spec.has_paths() => Ok(Connect::Full),
            Err(errno) => Err(Stop::Failed(errno)),
        }
    }

    /// The result of an attempt to connect. `Again` if it has not ended.
    pub fn finish_connect(&self) -> Attempt<()> {
        socket::take_error(self.fd()).map_err(Stop::Failed)?;
        match socket::peer(self.fd()) {
            Ok(_) => Ok(()),
            Err(Errno::ENOTCONN) => Err(Stop::Again),
            Err(errno) => Err(Stop::Failed(errno)),
        }
    }

    /// Ends a direction of the connection. `ENOTCONN` if both directions have ended already: the kernel reports this
    /// only if the other side has ended its direction, too.
    pub fn shut(&mut self, what: Shut) -> Result<()> {
        if self.shut == [true; 2] {
            return Err(Errno::ENOTCONN);
        }
        socket::shut(self.fd(), what)?;
        let [read, write] = &mut self.shut;
        *read |= what != Shut::Write;
        *write |= what != Shut::Read;
        Ok(())
    }

    /// Whether the other side is there, as far as this can be known without waiting.
    pub fn check_liveness(&mut self) -> Result<()> {
        match self.peek(Spare::from(&mut [0])) {
            Ok(0) if self.knows_an_end() => Err(Errno::ECONNRESET),
            Ok(_) | Err(Stop::Again | Stop::Busy { .. } | Stop::Meets(_) | Stop::Refused(_)) => Ok(()),
            Err(Stop::Failed(errno)) => Err(errno),
        }
    }
}

/// The result of a receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// Bytes stored in the buffer; 0 at the end.
    pub len: usize,
    /// Length of the whole message. It is more than `len` if the buffer was too small; then the rest is lost.
    pub message: usize,
}

/// The next item of a socket with packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A packet of this length.
    Packet(usize),
    /// The script has to return the length of the packet that begins with [`Socket::received`].
    Ask,
    /// EOF: the other side sends no more.
    End,
    /// A packet that is too large.
    TooLong,
    /// Data that is not a packet.
    Malformed,
}

/// A part of a file.
#[derive(Debug)]
pub(super) struct FilePart {
    pub(super) file: OwnedFd,
    pub(super) offset: usize,
    pub(super) end: usize,
}

/// The state of an attempt to connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connect {
    /// It is connected.
    Done,
    /// The attempt continues in the kernel.
    Begun,
    /// The queue of the peer is full; the attempt has ended.
    Full,
}
