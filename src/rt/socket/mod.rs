//! Sockets that coroutines use: what they are, who waits for them, and for how long.
//!
//! Every call is tried first and waits in the loop when it cannot be done at once, so that the reactor need not be
//! told anything but once. A wait ends when the socket is ready, is closed or cancelled, or the time is over; the
//! one who waited looks again, for by then everything may have changed.

mod handles;
pub mod wait;

use crate::os::address::Address;
use crate::os::fd;
use crate::os::memory;
use crate::os::process::{self, Pid};
use crate::os::socket::{self, PathIdentity, Shut, Spec};
use crate::os::spare::Spare;
use crate::os::{Errno, Result};
use crate::rt::core::child::{Child, Part};
use crate::rt::core::handles::{PipeToken, SocketToken};
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::wait::{Cid, Waiter};
use crate::rt::handle::{Held, Refused};
use slotmap::SlotMap;
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

/// Why a call did not do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Nothing there, or no room: it may be tried again after a wait.
    Again,
    /// Another coroutine waits for the same.
    Busy {
        /// The socket's descriptor.
        fd: RawFd,
        /// Who waits.
        cid: Cid,
    },
    /// A handle comes next. It stays there.
    Handle,
    /// A handle was asked for, and there is none.
    Refused(Refused),
    /// It failed: `EBADF` when the socket is closed.
    Failed(Errno),
}

impl From<Errno> for Stop {
    fn from(errno: Errno) -> Stop {
        if errno == Errno::EAGAIN { Stop::Again } else { Stop::Failed(errno) }
    }
}

/// What the socket's calls return.
pub type Tried<T> = std::result::Result<T, Stop>;

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
    /// Was received for a coroutine that was made to end its call: the first that others receive. Of streams only.
    kept: Vec<u8>,
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

    /// Gives what was kept.
    #[cold]
    fn receive_kept(&mut self, buffer: Spare<'_>) -> usize {
        let len = self.show_kept(buffer);
        self.kept.drain(..len);
        if self.kept.is_empty() {
            self.kept = Vec::new();
        }
        len
    }

    fn show_kept(&self, mut buffer: Spare<'_>) -> usize {
        buffer.put(0, &self.kept)
    }

    /// Receives what is there: one message, or for a stream any number of bytes.
    #[inline]
    pub fn receive<'b>(&mut self, buffer: impl Into<Spare<'b>>) -> Tried<Received> {
        let mut buffer = buffer.into();
        if !self.kept.is_empty() {
            let len = self.receive_kept(buffer);
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
        if !self.kept.is_empty() {
            // A stream's data have no address.
            return Ok((self.receive_kept(buffer), Address::Other));
        }
        if self.spec.has_paths() {
            return self.receive_from_unless_handle(buffer);
        }
        uninterrupted(|| socket::receive_from(self.fd.as_fd(), buffer.lend()))
    }

    /// Shows what is there, and leaves it there.
    pub fn peek(&self, mut buffer: Spare<'_>) -> Tried<usize> {
        if !self.kept.is_empty() {
            return Ok(self.show_kept(buffer));
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
        let found = if !self.kept.is_empty() {
            self.kept.len()
        } else if self.spec.is_stream() {
            uninterrupted(|| socket::pending(self.fd.as_fd()))?
        } else {
            uninterrupted(|| socket::next_message(self.fd.as_fd()))?
        };
        Ok(most.min(found.max(1)))
    }

    /// Sends what there is room for.
    #[inline]
    pub fn send(&self, data: &[u8]) -> Tried<usize> {
        uninterrupted(|| match socket::send(self.fd.as_fd(), data) {
            Err(Errno::ECONNRESET) if self.pipe.is_some() => Err(Errno::EINTR),
            result => result,
        })
    }

    /// Sends a message to an address.
    pub fn send_to(&self, data: &[u8], address: &Address) -> Tried<usize> {
        uninterrupted(|| socket::send_to(self.fd.as_fd(), data, address))
    }

    /// Begins to connect. `Again` when that goes on: when the socket can be written, [`Socket::finish_connect`] tells
    /// how it ended. A unix socket whose peer has no room for it has to be asked again later.
    pub fn connect(&self, address: &Address) -> Tried<Connect> {
        socket::never_wait(self.fd())?;
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
    pub fn check_liveness(&self) -> Result<()> {
        match self.peek(Spare::from(&mut [0])) {
            Ok(0) if self.spec.knows_an_end() || self.pipe.is_some() => Err(Errno::ECONNRESET),
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

/// A signal in between means nothing to calls that do not wait.
#[inline]
fn uninterrupted<T>(mut call: impl FnMut() -> Result<T>) -> Tried<T> {
    loop {
        match call() {
            Err(Errno::EINTR) => {}
            result => return Ok(result?),
        }
    }
}

/// The sockets of a process.
#[derive(Debug, Default)]
pub struct Sockets {
    all: SlotMap<SocketToken, Socket>,
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
            kept: Vec::new(),
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
        socket::never_wait(socket.fd())?;
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

    /// What was collected for a coroutine that cannot take it any more is the first that others receive.
    pub fn give_back(&mut self, token: SocketToken, collected: &[u8]) {
        // While somebody reads, it is theirs.
        if let Ok(socket) = self.claim(token, Direction::Read)
            && memory::reserve(&mut socket.kept, collected.len()).is_ok()
        {
            socket.kept.splice(..0, collected.iter().copied());
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
            socket.kept = Vec::new();
            socket.held.clear();
        }
    }
}
