//! Sockets that coroutines use: what they are, who waits for them, and for how long.
//!
//! Every call is tried first and waits in the loop when it cannot be done at once, so that the reactor need not be
//! told anything but once. A wait ends when the socket is ready, is closed or cancelled, or the time is over; the
//! one who waited looks again, for by then everything may have changed.

mod handles;
pub mod protocol;
mod recv_buffer;
mod tls;
mod tried;
pub mod wait;

use crate::os::address::Address;
use crate::os::fd;
use crate::os::fd_passing;
use crate::os::file::{self, Kind};
use crate::os::memory;
use crate::os::process::{self, Pid};
use crate::os::socket::{self, PathIdentity, Shut, Spec};
use crate::os::spare::Spare;
use crate::os::tls::Session;
use crate::os::tls::settings::Failure;
use crate::os::{Errno, Result};
use crate::rt::core::child::{Child, Part};
use crate::rt::core::handles::{PipeToken, SocketToken};
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::wait::{Cid, Waiter};
use crate::rt::handle::Held;
use protocol::{Found, Protocol};
use recv_buffer::RecvBuffer;
use slotmap::SlotMap;
use std::io::IoSlice;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::time::Duration;
use tls::Tls;
use tried::uninterrupted;
pub use tried::{Stop, Tried};

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
struct Side {
    holder: Option<(Cid, Waiter)>,
    /// The wait was ended by somebody, with this error.
    stopped: Option<Errno>,
}

/// The path that a socket was bound to, and by whom.
#[derive(Debug)]
struct BoundPath {
    path: Vec<u8>,
    identity: PathIdentity,
    bound_by: Pid,
}

/// One socket.
#[derive(Debug)]
pub struct Socket {
    fd: OwnedFd,
    spec: Spec,
    /// How long its calls may take when they do not say themselves.
    pub limits: Limits,
    watch: Option<Watch>,
    sides: [Side; 2],
    /// Which directions were shut down here: reading, writing.
    shut: [bool; 2],
    path: Option<BoundPath>,
    /// How its packets are told apart.
    protocol: Protocol,
    /// Was received and not taken: the first that is received next.
    received: RecvBuffer,
    /// A file that is being sent.
    file: Option<FilePart>,
    /// What stands between the script and the other side.
    tls: Option<Box<Tls>>,
    /// It is a copy of our end of this pipe; and the process at the other end, once somebody waits.
    pipe: Option<PipeToken>,
    peer: Option<(OwnedFd, Watch)>,
    /// Handles that calls have met.
    held: Held,
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

    fn side(&mut self, direction: Direction) -> &mut Side {
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
    fn receive_new(&mut self, mut buffer: Spare<'_>) -> Tried<Received> {
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
        if !self.held.is_empty() {
            return Err(Stop::Handle);
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
    fn knows_an_end(&self) -> bool {
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
            Ok(_) | Err(Stop::Again | Stop::Busy { .. } | Stop::Handle | Stop::Refused(_)) => Ok(()),
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
struct FilePart {
    file: OwnedFd,
    offset: usize,
    end: usize,
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

/// The kernel cannot send a file that has to be encrypted.
fn send_encrypted(tls: &mut Tls, fd: BorrowedFd<'_>, part: &FilePart) -> Tried<usize> {
    let mut buffer = [0; 8192];
    let most = (part.end - part.offset).min(buffer.len());
    let mut room = Spare::from(buffer.get_mut(..most).unwrap_or_default());
    match uninterrupted(|| fd_passing::read_at(part.file.as_fd(), room.lend(), part.offset))? {
        0 => Err(Stop::Failed(Errno::ENODATA)),
        len => tls.send(fd, buffer.get(..len).unwrap_or_default()),
    }
}

/// The sockets of a process.
#[derive(Debug, Default)]
pub struct Sockets {
    all: SlotMap<SocketToken, Socket>,
    /// What comes is received here first when nobody knows how much of it will be taken.
    chunk: Vec<u8>,
    /// The limits that new sockets begin with.
    pub defaults: Limits,
}

impl Sockets {
    fn insert(&mut self, fd: OwnedFd, spec: Spec) -> SocketToken {
        self.all.insert(Socket {
            fd,
            spec,
            limits: self.defaults,
            watch: None,
            sides: [Side::default(); 2],
            shut: [false; 2],
            path: None,
            protocol: Protocol::default(),
            received: RecvBuffer::default(),
            file: None,
            tls: None,
            pipe: None,
            peer: None,
            held: Held::default(),
        })
    }

    /// The socket of a token, unless it was closed.
    #[inline]
    pub fn get(&mut self, token: SocketToken) -> Option<&mut Socket> {
        self.all.get_mut(token)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Makes a socket.
    pub fn open(&mut self, spec: Spec) -> Result<SocketToken> {
        socket::open(spec).map(|fd| self.insert(fd, spec))
    }

    /// Makes two that are connected.
    pub fn open_pair(&mut self, spec: Spec) -> Result<[SocketToken; 2]> {
        Ok(socket::pair(spec)?.map(|fd| self.insert(fd, spec)))
    }

    /// Takes a copy of somebody's socket. `ENOTSOCK` for what is none.
    pub fn import(&mut self, fd: RawFd) -> Result<SocketToken> {
        let copy = fd::duplicate(fd)?;
        let spec = socket::spec(copy.as_fd())?;
        Ok(self.insert(copy, spec))
    }

    /// The socket of a token, for a coroutine that may have to wait for this direction.
    #[inline]
    pub fn claim(&mut self, token: SocketToken, direction: Direction) -> Tried<&mut Socket> {
        let socket = self.get(token).ok_or(Stop::Failed(Errno::EBADF))?;
        match socket.side(direction).holder {
            None => Ok(socket),
            Some((cid, _)) => Err(Stop::Busy { fd: socket.number(), cid }),
        }
    }

    /// Takes a connection.
    pub fn accept(&mut self, token: SocketToken) -> Tried<SocketToken> {
        let socket = self.claim(token, Direction::Read)?;
        socket::set_nonblocking(socket.fd())?;
        let spec = socket.spec;
        // A connection that has ended before it was taken is nobody's.
        let fd = uninterrupted(|| match socket::accept(socket.fd.as_fd()) {
            Err(Errno::ECONNABORTED) => Err(Errno::EINTR),
            result => result,
        })?;
        Ok(self.insert(fd, spec))
    }

    /// Room for the next part of at most `most` bytes that are collected.
    pub fn room_for_part(&mut self, token: SocketToken, most: usize) -> Tried<usize> {
        /// What one call may take.
        const STEP: usize = 256 * 1024;
        // No more than there can be: what is wanted is the script's wish.
        self.claim(token, Direction::Read)?.room_for(most.min(STEP))
    }

    /// Receives a part of what is collected: its length, and whether it is the last, as the other side sends no more, or
    /// as a message comes whole.
    pub fn receive_part<'b>(
        &mut self,
        token: SocketToken,
        buffer: impl Into<Spare<'b>>,
    ) -> Tried<(usize, bool)> {
        let socket = self.claim(token, Direction::Read)?;
        let Received { len, .. } = socket.receive(buffer)?;
        Ok((len, len == 0 || !socket.spec.is_stream()))
    }

    /// Sends what is left of `data` after `sent` bytes, and counts what is sent. A message is sent as one.
    pub fn send_rest(&mut self, token: SocketToken, data: &[u8], sent: &mut usize) -> Tried<()> {
        let socket = self.claim(token, Direction::Write)?;
        loop {
            *sent += socket.send(data.get(*sent..).unwrap_or_default())?;
            if *sent >= data.len() || !socket.spec.is_stream() {
                return Ok(());
            }
        }
    }

    /// Receives until there is a packet, which [`Socket::take`] takes.
    pub fn next_packet(&mut self, token: SocketToken) -> Tried<Next> {
        loop {
            let socket = self.claim(token, Direction::Read)?;
            match socket.received.packet(&socket.protocol) {
                Found::Packet(len) => return Ok(Next::Packet(len)),
                Found::Ask => return Ok(Next::Ask),
                Found::TooLong => return Ok(Next::TooLong),
                Found::Malformed => return Ok(Next::Malformed),
                Found::Part if self.receive_more(token)? => {}
                Found::Part => return Ok(Next::End),
            }
        }
    }

    /// Receives until there is a line, or what is left at the end: its length, at most `most`. [`Socket::take`] takes it.
    pub fn next_line(&mut self, token: SocketToken, most: usize) -> Tried<usize> {
        loop {
            let socket = self.claim(token, Direction::Read)?;
            if let Some(len) = socket.received.line(most) {
                return Ok(len);
            }
            if !self.receive_more(token)? {
                return Ok(self.claim(token, Direction::Read)?.received().len().min(most));
            }
        }
    }

    /// Receives when nothing is left of what was received before: how much there is, at most `most`. [`Socket::take`]
    /// takes it.
    pub fn next_bytes(&mut self, token: SocketToken, most: usize) -> Tried<usize> {
        if self.claim(token, Direction::Read)?.received.is_empty() {
            self.receive_more(token)?;
        }
        Ok(self.claim(token, Direction::Read)?.received().len().min(most))
    }

    /// Receives what comes next, behind what was received before; false at the end.
    fn receive_more(&mut self, token: SocketToken) -> Tried<bool> {
        /// What one call may take of a stream.
        const CHUNK: usize = 64 * 1024;
        let Sockets { all, chunk, .. } = self;
        let socket = all.get_mut(token).ok_or(Stop::Failed(Errno::EBADF))?;
        let room = if socket.spec.is_stream() {
            CHUNK
        } else {
            // A message that does not find room is cut.
            uninterrupted(|| socket::next_message(socket.fd.as_fd()))?.max(CHUNK)
        };
        memory::grow(chunk, room)?;
        // What has come has to find room: nobody could give it back.
        socket.received.make_room(room)?;
        let received = socket.receive_new(Spare::from(&mut *chunk));
        let len = received.as_ref().map_or(0, |received| received.len);
        socket.received.add(chunk.get(..len).unwrap_or_default());
        received?;
        Ok(len > 0 || !socket.knows_an_end())
    }

    /// Begins to send a part of a file: `length` bytes, or all, behind `offset`.
    pub fn begin_file(
        &mut self,
        token: SocketToken,
        file: OwnedFd,
        offset: usize,
        length: Option<usize>,
    ) -> Tried<()> {
        let socket = self.claim(token, Direction::Write)?;
        let Kind::Plain { size } = file::kind(file.as_fd())? else { return Err(Stop::Failed(Errno::EINVAL)) };
        socket::set_nonblocking(socket.fd())?;
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let end = length.map_or(size, |length| offset.saturating_add(length));
        socket.file = Some(FilePart { file, offset, end });
        Ok(())
    }

    /// Sends what is left of the file. `ENODATA` when the file is shorter than was said.
    pub fn send_file(&mut self, token: SocketToken) -> Tried<()> {
        let socket = self.claim(token, Direction::Write)?;
        let Socket { fd, file, tls, .. } = socket;
        let (fd, Some(part)) = (fd.as_fd(), file) else { return Ok(()) };
        while part.offset < part.end {
            if let Some(tls) = tls {
                part.offset += send_encrypted(tls, fd, part)?;
                continue;
            }
            let sent = uninterrupted(|| {
                socket::send_file(fd, part.file.as_fd(), part.offset, part.end - part.offset)
            })?;
            if sent == 0 {
                return Err(Stop::Failed(Errno::ENODATA));
            }
            part.offset += sent;
        }
        Ok(())
    }

    /// No file is sent any more.
    pub fn end_file(&mut self, token: SocketToken) {
        if let Some(socket) = self.get(token) {
            socket.file = None;
        }
    }

    /// What was collected for a coroutine that cannot take it any more is the first that others receive.
    pub fn give_back(&mut self, token: SocketToken, collected: &[u8]) {
        // While somebody reads, it is theirs.
        if let Ok(socket) = self.claim(token, Direction::Read) {
            // What there is no memory for is lost, as the error of the call that failed tells.
            let _ = socket.received.give_back(collected);
        }
    }

    pub(in crate::rt) fn of_pipe(&mut self, pipe: PipeToken) -> Option<SocketToken> {
        self.all.iter().find(|(_, socket)| socket.pipe == Some(pipe)).map(|(token, _)| token)
    }
}

impl Part for Sockets {
    /// Nobody waits here any more, and nothing is known to the loop. The copy of the end that is not this child's is let go
    /// of.
    fn in_child(&mut self, child: Child) {
        if child.is_program() {
            return;
        }
        if let Child::Process { pipe: own @ Some(_), .. } = child {
            self.all.retain(|_, socket| socket.pipe != own);
        }
        for socket in self.all.values_mut() {
            socket.watch = None;
            socket.peer = None;
            socket.sides = [Side::default(); 2];
            // They are the parent's, who goes on reading.
            socket.received = RecvBuffer::default();
            socket.file = None;
            socket.held.clear();
        }
    }
}
