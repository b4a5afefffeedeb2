//! A socket that coroutines use: what it is, what is done with it at once, who waits for it, and for how long.
//!
//! Every call is tried first and waits in the loop when it cannot be done at once, so that the reactor need not be
//! told anything but once. A wait ends when the socket is ready, is closed or cancelled, or the time is over; the
//! one who waited looks again, for by then everything may have changed.

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
use crate::rt::handle::{Held, Mark};
use crate::rt::socket::protocol::Protocol;
use crate::rt::socket::proxy::{Conversation, Refused};
use crate::rt::socket::recv_buffer::RecvBuffer;
use crate::rt::socket::tls::{self, Tls};
use crate::rt::socket::tried::uninterrupted;
use crate::rt::socket::tried::{Stop, Tried};
use std::io::IoSlice;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::time::Duration;

/// How long a connection attempt may take when nobody says.
const CONNECT: Duration = Duration::from_secs(2);

/// How long each kind of call may take; `None` for as long as it needs.
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

/// Who waits in one direction.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Side {
    pub(super) holder: Option<(Cid, Waiter)>,
    /// The wait was ended by somebody, with this error.
    pub(super) stopped: Option<Errno>,
}

/// The path that a socket was bound to, and by whom.
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
    /// How long its calls may take when they do not say themselves.
    pub limits: Limits,
    pub(super) watch: Option<Watch>,
    pub(super) sides: [Side; 2],
    /// Which directions were shut down here: reading, writing.
    pub(super) shut: [bool; 2],
    pub(super) path: Option<BoundPath>,
    /// How its packets are told apart.
    pub(super) protocol: Protocol,
    /// Was received and not taken: the first that is received next.
    pub(super) received: RecvBuffer,
    /// A file that is being sent.
    pub(super) file: Option<FilePart>,
    /// What is said to a proxy, before anything else.
    pub(super) proxy: Option<Box<Conversation>>,
    /// What stands between the script and the other side.
    pub(super) tls: Option<Box<Tls>>,
    /// It is a copy of our end of this pipe; and the process at the other end, once somebody waits.
    pub(super) pipe: Option<PipeToken>,
    pub(super) peer: Option<(OwnedFd, Watch)>,
    /// The mark of the values that come through that pipe.
    pub(super) mark: Option<Mark>,
    /// Handles and values that calls have met.
    pub(super) held: Held,
}

impl Socket {
    /// The number of its descriptor.
    pub fn number(&self) -> RawFd {
        self.fd.as_raw_fd()
    }

    /// The descriptor, for what is done at once.
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

    /// Binds it. A path is removed again when the socket is closed; one that could not be told from others by then
    /// is removed at once, and the error says why.
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
            // Somebody has removed it already.
            Err(Errno::ENOENT) => Ok(()),
            Err(errno) => {
                // It is ours: bind(2) has just made it. What cannot be removed either stays.
                let _ = socket::remove(path);
                Err(errno)
            }
        }
    }

    /// Receives what is there: one message, or for a stream any number of bytes.
    #[inline]
    pub fn receive<'b>(&mut self, buffer: impl Into<Spare<'b>>) -> Tried<Received> {
        let buffer = buffer.into();
        if !self.received.is_empty() {
            let len = self.received.take(buffer);
            return Ok(Received { len, message: len });
        }
        self.receive_new(buffer)
    }

    /// As [`Socket::receive`], what was not received before.
    #[inline]
    pub(super) fn receive_new(&mut self, mut buffer: Spare<'_>) -> Tried<Received> {
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
            match result {
                // Told once when the other process has ended with unread input; what it wrote comes after.
                Err(Errno::ECONNRESET) if self.pipe.is_some() => Err(Errno::EINTR),
                result => result,
            }
        })?;
        Ok(Received { len: message.min(buffer.len()), message })
    }

    /// Receives what is there, and from whom it is.
    pub fn receive_from(&mut self, mut buffer: Spare<'_>) -> Tried<(usize, Address)> {
        if !self.received.is_empty() {
            // A stream's data have no address.
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

    /// Shows what is there, and leaves it there.
    pub fn peek(&mut self, mut buffer: Spare<'_>) -> Tried<usize> {
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

    /// Room for what a call that may take `most` bytes can find: no more than is there for a stream, the whole next
    /// message otherwise.
    pub fn room_for(&self, most: usize) -> Tried<usize> {
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

    /// Sends what there is room for.
    #[inline]
    pub fn send(&mut self, data: &[u8]) -> Tried<usize> {
        if let Some(tls) = &mut self.tls {
            return tls.send(self.fd.as_fd(), data);
        }
        uninterrupted(|| match socket::send(self.fd.as_fd(), data) {
            Err(Errno::ECONNRESET) if self.pipe.is_some() => Err(Errno::EINTR),
            result => result,
        })
    }

    /// Sends what there is room for of several parts, one behind the other.
    pub fn send_parts(&mut self, parts: &[IoSlice<'_>]) -> Tried<usize> {
        if let (Some(tls), Some(first)) = (&mut self.tls, parts.first()) {
            return tls.send(self.fd.as_fd(), first);
        }
        uninterrupted(|| match socket::send_parts(self.fd.as_fd(), parts) {
            Err(Errno::ECONNRESET) if self.pipe.is_some() => Err(Errno::EINTR),
            result => result,
        })
    }

    /// Talks to a proxy first: [`Socket::talk_to_proxy`] does that.
    pub fn begin_proxy(&mut self, conversation: Conversation) {
        self.proxy = Some(Box::new(conversation));
    }

    /// Talks to the proxy until that has connected, or refuses to. `Again` when it has to be waited for.
    pub fn talk_to_proxy(&mut self) -> Tried<std::result::Result<(), Refused>> {
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
            // What follows the proxy's words is the server's, and stays where it is.
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

    /// The direction to wait for before the conversation with a proxy goes on.
    pub fn proxy_direction(&self) -> Direction {
        let waits_for_room = self.proxy.as_ref().is_some_and(|proxy| !proxy.to_send().is_empty());
        if waits_for_room { Direction::Write } else { Direction::Read }
    }

    /// Speaks TLS from now on: [`Socket::handshake`] begins it.
    pub fn begin_tls(&mut self, session: Session) {
        self.tls = Some(Box::new(Tls::new(session)));
    }

    /// Speaks no TLS: nothing has come of the connection.
    pub fn forget_tls(&mut self) {
        self.tls = None;
    }

    /// Goes on with the handshake of TLS. `Again` when the other side has to be waited for.
    pub fn handshake(&mut self) -> Tried<()> {
        match &mut self.tls {
            Some(tls) => tls.handshake(self.fd.as_fd()),
            None => Err(Stop::Failed(Errno::EINVAL)),
        }
    }

    /// The direction to wait for before a handshake goes on.
    pub fn handshake_direction(&self) -> Direction {
        let waits_for_room = self.tls().is_some_and(|session| !session.to_send().is_empty());
        if waits_for_room { Direction::Write } else { Direction::Read }
    }

    /// The session of TLS.
    pub fn tls(&self) -> Option<&Session> {
        self.tls.as_ref().map(|tls| tls.session())
    }

    /// Why the session of TLS has failed, told once.
    pub fn take_tls_failure(&mut self) -> Option<Failure> {
        self.tls.as_mut()?.take_failure()
    }

    /// A call to send has ended before all was sent: what was taken of its data is no part of the next call's.
    pub fn forget_unsent(&mut self) {
        if let Some(tls) = &mut self.tls {
            tls.forget_unsent();
        }
    }

    /// How its packets are told apart from now on.
    pub fn set_protocol(&mut self, protocol: Protocol) {
        self.protocol = protocol;
        self.received.forget();
    }

    /// What was received and not taken.
    pub fn received(&self) -> &[u8] {
        self.received.bytes()
    }

    /// The script has told the length of the packet that begins with [`Socket::received`]; nought when it needs more of it.
    pub fn tell_length(&mut self, len: usize) {
        self.received.tell(len);
    }

    /// Takes the first bytes that were received, as many as there is room for.
    pub fn take(&mut self, buffer: Spare<'_>) -> usize {
        self.received.take(buffer)
    }

    /// Whether nothing comes any more when nothing was received.
    pub(super) fn knows_an_end(&self) -> bool {
        self.spec.knows_an_end() || self.pipe.is_some()
    }

    /// Sends a message to an address. `EISCONN` on a connection that speaks TLS, where it would not be encrypted.
    pub fn send_to(&self, data: &[u8], address: &Address) -> Tried<usize> {
        if self.tls.is_some() {
            return Err(Stop::Failed(Errno::EISCONN));
        }
        uninterrupted(|| socket::send_to(self.fd.as_fd(), data, address))
    }

    /// Begins to connect. `Again` when that goes on: when the socket can be written, [`Socket::finish_connect`] tells
    /// how it ended. A unix socket whose peer has no room for it has to be asked again later.
    pub fn connect(&self, address: &Address) -> Tried<Connect> {
        socket::set_nonblocking(self.fd())?;
        match socket::connect(self.fd(), address) {
            Ok(()) => Ok(Connect::Done),
            // What a signal interrupts goes on by itself (connect(2)).
            Err(Errno::EINPROGRESS | Errno::EINTR) => Ok(Connect::Begun),
            Err(Errno::EAGAIN) if self.spec.has_paths() => Ok(Connect::Full),
            Err(errno) => Err(Stop::Failed(errno)),
        }
    }

    /// How an attempt to connect ended. `Again` when it has not.
    pub fn finish_connect(&self) -> Tried<()> {
        socket::take_error(self.fd()).map_err(Stop::Failed)?;
        match socket::peer(self.fd()) {
            Ok(_) => Ok(()),
            Err(Errno::ENOTCONN) => Err(Stop::Again),
            Err(errno) => Err(Stop::Failed(errno)),
        }
    }

    /// Ends a direction of the connection. `ENOTCONN` when nothing is left to be ended: the kernel says so only when
    /// the other side has ended its direction too.
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

    /// Whether the other side is there, as far as can be told without waiting.
    pub fn check_liveness(&mut self) -> Result<()> {
        match self.peek(Spare::from(&mut [0])) {
            Ok(0) if self.knows_an_end() => Err(Errno::ECONNRESET),
            Ok(_) | Err(Stop::Again | Stop::Busy { .. } | Stop::Meets(_) | Stop::Refused(_)) => Ok(()),
            Err(Stop::Failed(errno)) => Err(errno),
        }
    }
}

/// What was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// Bytes stored in the buffer; 0 at the end.
    pub len: usize,
    /// Length of the whole message; more than `len` when the buffer was too small and the rest is lost.
    pub message: usize,
}

/// What comes next on a socket whose packets are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A packet of so many bytes was received.
    Packet(usize),
    /// The script has to tell how long the packet is that begins with [`Socket::received`].
    Ask,
    /// Nothing: the other side sends no more.
    End,
    /// A packet that is larger than packets may be.
    TooLong,
    /// What is no packet.
    Malformed,
}

/// A part of a file.
#[derive(Debug)]
pub(super) struct FilePart {
    pub(super) file: OwnedFd,
    pub(super) offset: usize,
    pub(super) end: usize,
}

/// How far an attempt to connect has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connect {
    /// It is connected.
    Done,
    /// It goes on by itself.
    Begun,
    /// The peer has no room; nothing goes on.
    Full,
}
