//! The listening socket of a pool, and the requests of its clients.

use crate::os::address::Address;
use crate::os::epoll::Interest;
use crate::os::file::{self, Lock, OpenMode};
use crate::os::lookup::{Hints, LookupError};
use crate::os::pipe::Half;
use crate::os::private_fd::PrivateFd;
use crate::os::process::{self, Pid};
use crate::os::socket::{self, AF_INET, AF_INET6, AF_UNIX, PathIdentity, SOCK_STREAM, Spec};
use crate::os::{Errno, Result, clock, fd, memory};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::dns::Query;
use crate::rt::framing::{self, HEADER};
use std::ffi::CString;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::time::Duration;

/// The room for a request of which only the header has come.
const STEP: usize = 64 * 1024;

/// The address at which a pool listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A path in the file system.
    Path(Vec<u8>),
    /// A host, as an address or a name, and a port.
    Host(String, u16),
}

/// A listening socket. All workers accept from it.
#[derive(Debug)]
pub struct Server {
    socket: PrivateFd,
    path: Option<(Vec<u8>, PathIdentity)>,
    bound_by: Pid,
}

impl Server {
    /// Binds and listens. Replaces a stale socket, left at the path by a program that is gone. Anything else at the
    /// path is `EADDRINUSE`.
    pub fn listen(place: &Place, backlog: i32) -> std::result::Result<Server, SyscallError> {
        let (domain, address) = match place {
            Place::Path(path) => {
                (AF_UNIX, Address::parse(AF_UNIX, path, 0).map_err(SyscallError::of("bind()"))?)
            }
            Place::Host(host, port) => look_up(host, *port).map_err(SyscallError::of("getaddrinfo()"))?,
        };
        let spec = Spec { domain, kind: SOCK_STREAM, protocol: 0 };
        let socket = PrivateFd::new(socket::open(spec).map_err(SyscallError::of("socket()"))?);
        // Held until this socket listens: before that it would seem stale to others.
        let mut _lock = None;
        if let Place::Path(path) = place {
            // Another listener is detected with or without the lock.
            if state_of(spec, path, &address).map_err(SyscallError::of("stat()"))? != PathState::Taken {
                _lock = lock_folder(path);
                remove_stale(spec, path, &address).map_err(SyscallError::of("unlink()"))?;
            }
        } else {
            socket::reuse_address(socket.as_fd()).map_err(SyscallError::of("setsockopt()"))?;
        }
        socket::bind(socket.as_fd(), &address).map_err(SyscallError::of("bind()"))?;
        let path = match place {
            Place::Path(path) => {
                Some((path.clone(), socket::identity(path).map_err(SyscallError::of("stat()"))?))
            }
            Place::Host(..) => None,
        };
        let server = Server { socket, path, bound_by: process::pid() };
        socket::listen(server.socket.as_fd(), backlog).map_err(SyscallError::of("listen()"))?;
        Ok(server)
    }

    /// From now on this process removes the path.
    pub(in crate::rt::pool) fn adopt(&mut self) {
        self.bound_by = process::pid();
    }

    /// The number of its descriptor.
    pub fn number(&self) -> RawFd {
        fd::number(&self.socket)
    }

    /// The listening socket.
    pub fn socket(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }

    /// Whether a client waits. True if that cannot be determined.
    pub(super) fn has_clients(&self) -> bool {
        !fd::readiness(self.number(), Interest::READ).is_ok_and(|ready| ready.is_empty())
    }

    /// Whether it listens at a path.
    pub(super) fn has_path(&self) -> bool {
        self.path.is_some()
    }

    /// Removes the path at which it listens, if it is still there.
    pub fn remove_path(&self) {
        if let Some((path, identity)) = &self.path
            && socket::identity(path) == Ok(*identity)
        {
            // Another process may have removed it in this moment.
            let _ = socket::remove(path);
        }
    }

    /// Accepts the next client. `EAGAIN` when none waits.
    pub fn accept(&self) -> Result<Client> {
        socket::accept(self.socket.as_fd()).map(Client::new)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Workers and other children have copies. Only the process that bound the path removes it.
        if self.bound_by == process::pid() {
            self.remove_path();
        }
    }
}

/// The address of a host, and its domain. `ENOENT` for a name without one. It may block on name servers.
fn look_up(host: &str, port: u16) -> Result<(i32, Address)> {
    let name = CString::new(host).map_err(|_| Errno::EINVAL)?;
    for family in [AF_INET, AF_INET6] {
        let hints = Hints { family, kind: SOCK_STREAM, protocol: 0 };
        let ip = match (Query { name: name.clone(), service: None, hints, server: None }).ask() {
            Ok(found) => found.first().copied(),
            Err(LookupError::Unknown(_)) => None,
            Err(LookupError::Failed(errno)) => return Err(errno),
        };
        if let Some(ip) = ip {
            return Ok((family, Address::parse(family, ip.to_string().as_bytes(), port)?));
        }
    }
    Err(Errno::ENOENT)
}

/// The number of tries to lock a folder, and the interval between them.
const TRIES: u32 = 5000;
const PAUSE: Duration = Duration::from_micros(200);

/// Locks the folder of a path against other pools that want to listen in it. Otherwise two that find a stale path at
/// the same time would both remove it, and one would remove what the other has just made. The lock ends with the
/// descriptor. `None` where no lock can be had: the folder may not be read, the file system has no locks, or another
/// process keeps the lock for a second.
fn lock_folder(path: &[u8]) -> Option<OwnedFd> {
    let folder = match path.iter().rposition(|&byte| byte == b'/') {
        None => &b"."[..],
        Some(0) => b"/",
        Some(end) => path.get(..end)?,
    };
    let folder = file::open(&CString::new(folder).ok()?, OpenMode::Read).ok()?;
    for _ in 0..TRIES {
        match file::lock(folder.as_raw_fd(), Lock::Exclusive) {
            Ok(()) => return Some(folder),
            Err(Errno::EAGAIN | Errno::EINTR) => clock::pause(PAUSE),
            Err(_) => return None,
        }
    }
    None
}

/// The state of a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PathState {
    /// Nothing.
    Free,
    /// A socket without a listener.
    Stale,
    /// A socket with a listener, or another file.
    Taken,
}

fn state_of(spec: Spec, path: &[u8], address: &Address) -> Result<PathState> {
    match socket::identity(path) {
        Err(Errno::ENOENT) => return Ok(PathState::Free),
        Err(errno) => return Err(errno),
        Ok(_) => {}
    }
    let probe = socket::open(spec)?;
    // A connection is refused by a socket without a listener, and by a file that is not a socket.
    let is_stale =
        socket::connect(probe.as_fd(), address) == Err(Errno::ECONNREFUSED) && socket::is_socket(path)?;
    Ok(if is_stale { PathState::Stale } else { PathState::Taken })
}

/// Removes the path of a socket without a listener.
fn remove_stale(spec: Spec, path: &[u8], address: &Address) -> Result<()> {
    if state_of(spec, path, address)? == PathState::Stale {
        socket::remove(path)?;
    }
    Ok(())
}

/// A client with the received part of its request, and the answer to it.
#[derive(Debug)]
pub struct Client {
    /// A child that held it would delay the client's EOF behind the answer.
    socket: PrivateFd,
    header: [u8; HEADER],
    /// The number of received bytes, header included.
    received: usize,
    /// The answer, behind room for its header.
    answer: Vec<u8>,
    sent: usize,
}

/// The progress of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Wait for it.
    Waits(Half),
    /// It is done: the request is complete, or the answer is sent.
    Done,
    /// The client has closed its end, or sent something that is not a request.
    Gone,
}

impl Client {
    fn new(socket: OwnedFd) -> Client {
        Client {
            socket: PrivateFd::new(socket),
            header: [0; HEADER],
            received: 0,
            answer: Vec::new(),
            sent: 0,
        }
    }

    /// Its socket.
    pub fn socket(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }

    /// The length of the request, once its header is there.
    pub fn request_len(&self) -> usize {
        framing::length(self.header)
    }

    /// Receives available bytes of the request into `body`. A request that is empty, or larger than `largest`, is
    /// invalid.
    pub fn receive(&mut self, body: &mut Vec<u8>, largest: usize) -> Result<Progress> {
        loop {
            let has_header = self.received >= HEADER;
            let wanted = self.request_len();
            if has_header && !(1..=largest).contains(&wanted) {
                return Ok(Progress::Gone);
            }
            let room = if has_header {
                let have = self.received - HEADER;
                // Sending a header costs little, so room is made only for twice what has come.
                if body.len() <= have {
                    memory::grow(body, wanted.min(have.saturating_mul(2).max(STEP)))?;
                }
                let end = wanted.min(body.len());
                body.get_mut(have..end)
            } else {
                self.header.get_mut(self.received..)
            };
            let room = room.unwrap_or_default();
            if room.is_empty() {
                return Ok(Progress::Done);
            }
            match socket::receive(self.socket.as_fd(), room) {
                Ok(0) | Err(Errno::ECONNRESET) => return Ok(Progress::Gone),
                Ok(count) => self.received += count,
                Err(Errno::EAGAIN) => return Ok(Progress::Waits(Half::Read)),
                Err(errno) => return Err(errno),
            }
        }
    }

    /// Adds to the answer. `EMSGSIZE` when it becomes longer than its header can state, `ENOMEM` when there is no
    /// memory.
    pub fn answer(&mut self, data: &[u8]) -> Result<()> {
        let len = self.answer.len().saturating_sub(HEADER) + data.len();
        let header = framing::header(len).ok_or(Errno::EMSGSIZE)?;
        memory::reserve(&mut self.answer, HEADER + data.len())?;
        if self.answer.is_empty() {
            self.answer.extend_from_slice(&[0; HEADER]);
        }
        self.answer.extend_from_slice(data);
        for (byte, new) in self.answer.iter_mut().zip(header) {
            *byte = new;
        }
        Ok(())
    }

    /// Sends as much of the answer as there is room for.
    pub fn send_answer(&mut self) -> Result<Progress> {
        while let Some(rest) = self.answer.get(self.sent..).filter(|rest| !rest.is_empty()) {
            match socket::send(self.socket.as_fd(), rest) {
                Ok(count) => self.sent += count,
                Err(Errno::EAGAIN) => return Ok(Progress::Waits(Half::Write)),
                Err(Errno::EPIPE | Errno::ECONNRESET) => return Ok(Progress::Gone),
                Err(errno) => return Err(errno),
            }
        }
        Ok(Progress::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: Spec = Spec { domain: AF_UNIX, kind: SOCK_STREAM, protocol: 0 };

    #[test]
    fn a_request_may_come_in_pieces_and_the_answer_has_its_length() {
        let [here, there] = socket::pair(SPEC).unwrap();
        let (mut client, mut body) = (Client::new(here), Vec::new());
        for piece in [&b"\0\0"[..], b"\0\x05he", b"ll"] {
            socket::send(there.as_fd(), piece).unwrap();
            assert_eq!(client.receive(&mut body, 100), Ok(Progress::Waits(Half::Read)));
        }
        socket::send(there.as_fd(), b"o").unwrap();
        assert_eq!(client.receive(&mut body, 100), Ok(Progress::Done));
        assert_eq!(&body, b"hello");
        assert_eq!((client.answer(b"you "), client.answer(b"said")), (Ok(()), Ok(())));
        assert_eq!(client.send_answer(), Ok(Progress::Done));
        let mut buffer = [0; 20];
        let len = socket::receive(there.as_fd(), &mut buffer).unwrap();
        assert_eq!(&buffer[..len], b"\0\0\0\x08you said");
    }

    #[test]
    fn a_header_alone_costs_little_and_what_follows_it_arrives_whole() {
        let [here, there] = socket::pair(SPEC).unwrap();
        let (mut client, mut body) = (Client::new(here), Vec::new());
        let request: Vec<u8> = (0..3_000_000u32).map(|i| u8::try_from(i % 251).unwrap()).collect();
        socket::send(there.as_fd(), &framing::header(request.len()).unwrap()).unwrap();
        assert_eq!(client.receive(&mut body, usize::MAX), Ok(Progress::Waits(Half::Read)));
        assert!(body.len() <= STEP);
        let mut rest = request.as_slice();
        while !rest.is_empty() {
            let sent = socket::send(there.as_fd(), rest).unwrap();
            rest = &rest[sent..];
            let progress = if rest.is_empty() { Progress::Done } else { Progress::Waits(Half::Read) };
            assert_eq!(client.receive(&mut body, usize::MAX), Ok(progress));
        }
        assert!(body[..request.len()] == request);
    }

    #[test]
    fn what_is_no_request_ends_the_client() {
        for bytes in [&b"\0\0\0\0"[..], b"\0\0\0\x65"] {
            let [here, there] = socket::pair(SPEC).unwrap();
            socket::send(there.as_fd(), bytes).unwrap();
            assert_eq!(Client::new(here).receive(&mut Vec::new(), 100), Ok(Progress::Gone));
        }
    }

    #[test]
    fn a_path_is_taken_over_from_the_dead_and_from_nobody_else() {
        let path = std::env::temp_dir().join(format!("pool-server-{}", process::pid()));
        let path = path.to_str().unwrap().as_bytes().to_vec();
        let place = Place::Path(path.clone());
        let first = Server::listen(&place, 5).unwrap();
        assert_eq!(Server::listen(&place, 5).unwrap_err().errno, Errno::EADDRINUSE);
        // The state that a killed program leaves.
        let mut dead = first;
        dead.path = None;
        drop(dead);
        drop(Server::listen(&place, 5).unwrap());
        assert_eq!(socket::identity(&path), Err(Errno::ENOENT));
        std::fs::write(std::str::from_utf8(&path).unwrap(), "a file").unwrap();
        assert_eq!(Server::listen(&place, 5).unwrap_err().errno, Errno::EADDRINUSE);
        socket::remove(&path).unwrap();
    }
}
