//! The sockets of a process, and the calls that coroutines wait for.

use crate::os::fd;
use crate::os::fd_passing;
use crate::os::file::{self, Kind};
use crate::os::memory;
use crate::os::socket::{self, Spec};
use crate::os::spare::Spare;
use crate::os::{Errno, Result};
use crate::rt::core::Core;
use crate::rt::core::child::{Child, Part};
use crate::rt::core::handles::{PipeToken, SocketToken};
use crate::rt::core::registrations::Direction;
use crate::rt::handle::ArrivalQueue;
use crate::rt::socket::attempt::{Attempt, Stop, uninterrupted};
use crate::rt::socket::protocol::{Found, Protocol};
use crate::rt::socket::recv_buffer::RecvBuffer;
use crate::rt::socket::state::{FilePart, Limits, Next, Received, Side, Socket};
use crate::rt::socket::tls::Tls;
use slotmap::{SecondaryMap, SlotMap};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd, RawFd};

/// Sends a part of a file with TLS, where the kernel cannot send the file itself.
fn send_encrypted(tls: &mut Tls, fd: BorrowedFd<'_>, part: &FilePart) -> Attempt<usize> {
    let mut buffer = [0; 8192];
    let most = (part.end - part.offset).min(buffer.len());
    let mut room = Spare::from(buffer.get_mut(..most).unwrap_or_default());
    match uninterrupted(|| fd_passing::read_at(part.file.as_fd(), room.lend(), part.offset))? {
        0 => Err(Stop::Failed(Errno::ENODATA)),
        len => tls.send(fd, buffer.get(..len).unwrap_or_default()),
    }
}

/// The largest part of a stream for one call.
const CHUNK: usize = 64 * 1024;

/// The sockets of a process.
#[derive(Debug, Default)]
pub struct Sockets {
    pub(super) all: SlotMap<SocketToken, Socket>,
    /// The copies of the ends of pipes.
    pub(super) exports: SecondaryMap<PipeToken, SocketToken>,
    /// The buffer for a receive when it is unknown how much of the data the call will take.
    chunk: Vec<u8>,
    /// The time limits of new sockets.
    pub defaults: Limits,
}

impl Sockets {
    fn insert(&mut self, fd: OwnedFd, spec: Spec) -> SocketToken {
        self.all.insert(Socket {
            fd,
            spec,
            limits: self.defaults,
            is_blocking: false,
            watch: None,
            sides: [Side::default(); 2],
            shut: [false; 2],
            path: None,
            protocol: Protocol::default(),
            received: RecvBuffer::default(),
            file: None,
            proxy: None,
            tls: None,
            pipe: None,
            peer: None,
            mark: None,
            held: ArrivalQueue::default(),
        })
    }

    /// The socket of a token, unless it was closed.
    #[inline]
    pub fn get(&mut self, token: SocketToken) -> Option<&mut Socket> {
        self.all.get_mut(token)
    }

    /// The number of sockets.
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

    /// Makes two connected sockets.
    pub fn open_pair(&mut self, spec: Spec) -> Result<[SocketToken; 2]> {
        Ok(socket::pair(spec)?.map(|fd| self.insert(fd, spec)))
    }

    /// Duplicates the socket of other code. `ENOTSOCK` if the descriptor is not a socket.
    pub fn import(&mut self, fd: RawFd) -> Result<SocketToken> {
        let copy = fd::duplicate(fd)?;
        let spec = socket::spec(copy.as_fd())?;
        Ok(self.insert(copy, spec))
    }

    /// The socket of a token, for a coroutine that may have to wait for this direction.
    #[inline]
    pub fn claim(&mut self, token: SocketToken, direction: Direction) -> Attempt<&mut Socket> {
        let socket = self.get(token).ok_or(Stop::Failed(Errno::EBADF))?;
        match socket.side(direction).holder {
            None => Ok(socket),
            Some((cid, _)) => Err(Stop::Busy { fd: socket.number(), cid }),
        }
    }

    /// Accepts a connection.
    pub fn accept(&mut self, token: SocketToken) -> Attempt<SocketToken> {
        let socket = self.claim(token, Direction::Read)?;
        socket::set_nonblocking(socket.fd())?;
        let spec = socket.spec;
        // A connection that has ended before it was accepted is skipped.
        let fd = uninterrupted(|| match socket::accept(socket.fd.as_fd()) {
            Err(Errno::ECONNABORTED) => Err(Errno::EINTR),
            result => result,
        })?;
        Ok(self.insert(fd, spec))
    }

    /// The size of a buffer for the next part of `most` bytes to collect.
    pub fn room_for_part(&mut self, token: SocketToken, most: usize) -> Attempt<usize> {
        /// The largest part of one call.
        const STEP: usize = 256 * 1024;
        // The script chooses `most`, so the buffer must not simply have that size.
        self.claim(token, Direction::Read)?.room_for(most.min(STEP))
    }

    /// Receives a part of the data to collect. Returns its length, and whether it is the last part: at EOF, or because
    /// it is a whole message.
    pub fn receive_part<'b>(
        &mut self,
        token: SocketToken,
        buffer: impl Into<Spare<'b>>,
    ) -> Attempt<(usize, bool)> {
        let socket = self.claim(token, Direction::Read)?;
        let Received { len, .. } = socket.receive(buffer)?;
        Ok((len, len == 0 || !socket.spec.is_stream()))
    }

    /// Sends the rest of `data` after `sent` bytes, and adds the bytes sent to `sent`. A message is sent whole.
    pub fn send_rest(&mut self, token: SocketToken, data: &[u8], sent: &mut usize) -> Attempt<()> {
        let socket = self.claim(token, Direction::Write)?;
        loop {
            *sent += socket.send(data.get(*sent..).unwrap_or_default())?;
            if *sent >= data.len() || !socket.spec.is_stream() {
                return Ok(());
            }
        }
    }

    /// Receives until there is a packet. The caller takes it by [`Socket::take`].
    pub fn next_packet(&mut self, core: &Core, token: SocketToken) -> Attempt<Next> {
        loop {
            let socket = self.claim(token, Direction::Read)?;
            // What was received ahead is hidden from a callback of the loop, and from reads of the pipe itself.
            let is_shared = socket.pipe.is_some() || core.events.reactor.get(socket.number()).is_some();
            let needs = is_shared.then(|| socket.protocol.needs(socket.received.bytes())).flatten();
            match socket.received.packet(&socket.protocol) {
                Found::Packet(len) => return Ok(Next::Packet(len)),
                Found::Ask => return Ok(Next::Ask),
                Found::TooLong => return Ok(Next::TooLong),
                Found::Malformed => return Ok(Next::Malformed),
                Found::Part if self.receive_more(token, needs.unwrap_or(CHUNK))? => {}
                Found::Part => return Ok(Next::End),
            }
        }
    }

    /// Receives until there is a line, or the rest at EOF. Returns its length, at most `most`. The caller takes it by
    /// [`Socket::take`].
    pub fn next_line(&mut self, token: SocketToken, most: usize) -> Attempt<usize> {
        loop {
            let socket = self.claim(token, Direction::Read)?;
            if let Some(len) = socket.received.line(most) {
                return Ok(len);
            }
            if !self.receive_more(token, CHUNK)? {
                return Ok(self.claim(token, Direction::Read)?.received().len().min(most));
            }
        }
    }

    /// Receives if no earlier data is left. Returns the length of the data, at most `most`. The caller takes it by
    /// [`Socket::take`].
    pub fn next_bytes(&mut self, token: SocketToken, most: usize) -> Attempt<usize> {
        if self.claim(token, Direction::Read)?.received.is_empty() {
            self.receive_more(token, CHUNK)?;
        }
        Ok(self.claim(token, Direction::Read)?.received().len().min(most))
    }

    /// Receives more data after the earlier data, of a stream at most `most` bytes; false at EOF.
    fn receive_more(&mut self, token: SocketToken, most: usize) -> Attempt<bool> {
        let Sockets { all, chunk, .. } = self;
        let socket = all.get_mut(token).ok_or(Stop::Failed(Errno::EBADF))?;
        let room = if socket.spec.is_stream() {
            most.clamp(1, CHUNK)
        } else {
            // A message that is larger than the buffer would be cut.
            uninterrupted(|| socket::next_message(socket.fd.as_fd()))?.max(CHUNK)
        };
        memory::grow(chunk, room)?;
        // Received data needs room, because it cannot be given back to the kernel.
        socket.received.make_room(room)?;
        let received = socket.receive_new(Spare::from(chunk.get_mut(..room).unwrap_or_default()));
        let len = received.as_ref().map_or(0, |received| received.len);
        socket.received.add(chunk.get(..len).unwrap_or_default());
        received?;
        Ok(len > 0 || !socket.knows_an_end())
    }

    /// Begins to send a part of a file: `length` bytes, or all, from `offset` on.
    pub fn begin_file(
        &mut self,
        token: SocketToken,
        file: OwnedFd,
        offset: usize,
        length: Option<usize>,
    ) -> Attempt<()> {
        let socket = self.claim(token, Direction::Write)?;
        let Kind::Plain { size } = file::kind(file.as_fd())? else { return Err(Stop::Failed(Errno::EINVAL)) };
        socket::set_nonblocking(socket.fd())?;
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let end = length.map_or(size, |length| offset.saturating_add(length));
        socket.file = Some(FilePart { file, offset, end });
        Ok(())
    }

    /// Sends the rest of the file. `ENODATA` if the file is too short.
    pub fn send_file(&mut self, token: SocketToken) -> Attempt<()> {
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

    /// Closes the file.
    pub fn end_file(&mut self, token: SocketToken) {
        if let Some(socket) = self.get(token) {
            socket.file = None;
        }
    }

    /// Gives data back that was collected for a coroutine which has ended its call. The next receive gets it first.
    pub fn give_back(&mut self, token: SocketToken, collected: &[u8]) {
        // If another coroutine reads already, the order is lost, and so is the data.
        if let Ok(socket) = self.claim(token, Direction::Read) {
            // Without memory the data is lost. The failed call reports that.
            let _ = socket.received.give_back(collected);
        }
    }

    /// The open copy of the end of a pipe.
    pub(in crate::rt) fn of_pipe(&self, pipe: PipeToken) -> Option<SocketToken> {
        self.exports.get(pipe).copied().filter(|&token| self.all.contains_key(token))
    }
}

impl Part for Sockets {
    /// No coroutine waits in the child, and no socket is registered with its loop. The child closes the exported copy
    /// of its own pipe.
    #[cold]
    fn in_child(&mut self, child: Child) {
        if child.is_program() {
            return;
        }
        if let Child::Process { pipe: Some(own), .. } = child
            && let Some(copy) = self.of_pipe(own)
        {
            self.all.remove(copy);
        }
        for socket in self.all.values_mut() {
            socket.watch = None;
            socket.peer = None;
            socket.sides = [Side::default(); 2];
            // The received data belongs to the parent, which continues to read.
            socket.received = RecvBuffer::default();
            socket.file = None;
            socket.held.clear();
        }
    }
}
