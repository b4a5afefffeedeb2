//! Watched descriptors and the loop around them, with real sockets, signals and forks: a random program against a
//! model, what a fork leaves of a loop, and what a refusal of the kernel leaves of it.
#![cfg(test)]

mod alone;

use alone::random::for_all;
use alone::{Gate, descriptors, leaks_nothing, live, reap, start};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, raise, sigaction};
use nix::sys::socket::{MsgFlags, recv};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::os::fd::{AsFd, AsRawFd, OwnedFd, RawFd};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use swoole_process::os::epoll::Interest;
use swoole_process::os::fault::{Call, clear, plan};
use swoole_process::os::pipe::{self, Kind, Wait};
use swoole_process::os::{Errno, prepared_wait, process, signal};
use swoole_process::rt::core::child::Role;
use swoole_process::rt::core::clock::now;
use swoole_process::rt::core::event_loop::{Cycle, EventLoop};
use swoole_process::rt::core::reactor::{Callbacks, Reactor, Ready};
use swoole_process::rt::core::signals::Round;
use swoole_process::rt::core::syscall_error::SyscallError;
use swoole_process::rt::core::timers::{Repeat, Target, Token};
use swoole_process::rt::runtime::Runtime;

/// The largest limit for what may wait.
const ROOM: usize = 1 << 20;

/// For tests that do not wait.
const DONTWAIT: Option<Duration> = Some(Duration::ZERO);

/// Both ends of a connection, with the smallest send buffer that the kernel gives.
fn pair(kind: Kind) -> (OwnedFd, OwnedFd) {
    let (a, b) = pipe::pair(kind).unwrap();
    pipe::set_send_buffer(a.as_fd(), 1).unwrap();
    (a, b)
}

/// Callbacks of these tokens.
fn tokens(read: Token, write: Token) -> Callbacks {
    Callbacks { read: Some(read), write: Some(write) }
}

/// One wait, and what it is to call, without anything being called in between.
fn turn(reactor: &mut Reactor) -> Vec<Token> {
    let mut ready = Vec::new();
    assert_eq!(reactor.wait(DONTWAIT, None, &mut ready), Ok(()));
    let mut called = Vec::new();
    for one in ready {
        called.extend(reactor.take(one));
        called.extend(reactor.take_write(one));
    }
    called
}

/// Everything that has come, until there is nothing or the end.
fn receive(peer: &OwnedFd) -> Vec<u8> {
    let mut all = Vec::new();
    let mut buffer = [0; SOCKET];
    while let Ok(count @ 1..) = recv(peer.as_raw_fd(), &mut buffer, MsgFlags::MSG_DONTWAIT) {
        all.extend_from_slice(&buffer[..count]);
    }
    all
}

/// Writes until something has to wait; how much was written.
fn fill(reactor: &mut Reactor, fd: RawFd) -> usize {
    let data = [b'x'; 50_000];
    reactor.write(fd, &data, ROOM).unwrap();
    reactor.write(fd, &data, ROOM).unwrap();
    2 * data.len()
}

/// Lets the loop send while the peer reads, until `count` bytes have come.
fn deliver(reactor: &mut Reactor, peer: &OwnedFd, count: usize) {
    let mut got = 0;
    for _ in 0..1000 {
        got += receive(peer).len();
        if got >= count {
            break;
        }
        turn(reactor);
    }
    assert_eq!(got, count, "bytes that have come");
}

// ---- A random program ----

#[derive(Clone, Debug)]
enum Op {
    Open(usize),
    Add(usize, Interest),
    Set(usize, Interest),
    Remove(usize),
    /// The script closes its descriptor; the reactor is told, or not.
    Close {
        slot: usize,
        told: bool,
    },
    Write {
        slot: usize,
        len: usize,
        limit: usize,
    },
    Send {
        slot: usize,
        len: usize,
        limit: usize,
    },
    PeerReads(usize, usize),
    PeerWrites(usize),
    /// It closes its end, with or without what it has not read.
    PeerCloses {
        slot: usize,
        reads: bool,
    },
    /// The script reads everything.
    Read(usize),
}

#[derive(Clone, Debug)]
enum Step {
    Do(Op),
    /// A turn of the loop. Each callback does one of these.
    Turn(Vec<Op>),
}

const SLOTS: usize = 4;

/// More than the socket of a connection holds.
const SOCKET: usize = 1 << 15;

fn interest() -> impl Strategy<Value = Interest> {
    prop_oneof![Just(Interest::READ), Just(Interest::WRITE), Just(Interest::READ | Interest::WRITE),]
}

fn op() -> impl Strategy<Value = Op> {
    let slot = || 0..SLOTS;
    let len = || prop_oneof![1..100_usize, 1..30_000_usize];
    let limit = || prop_oneof![Just(20_000_usize), Just(ROOM)];
    prop_oneof![
        3 => slot().prop_map(Op::Open),
        4 => (slot(), interest()).prop_map(|(slot, wanted)| Op::Add(slot, wanted)),
        2 => (slot(), interest()).prop_map(|(slot, wanted)| Op::Set(slot, wanted)),
        2 => slot().prop_map(Op::Remove),
        2 => (slot(), any::<bool>()).prop_map(|(slot, told)| Op::Close { slot, told }),
        4 => (slot(), len(), limit()).prop_map(|(slot, len, limit)| Op::Write { slot, len, limit }),
        3 => (slot(), len(), limit()).prop_map(|(slot, len, limit)| Op::Send { slot, len, limit }),
        4 => (slot(), 1..20_000_usize).prop_map(|(slot, len)| Op::PeerReads(slot, len)),
        3 => slot().prop_map(Op::PeerWrites),
        1 => (slot(), any::<bool>()).prop_map(|(slot, reads)| Op::PeerCloses { slot, reads }),
        2 => slot().prop_map(Op::Read),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => op().prop_map(Step::Do),
        1 => prop::collection::vec(op(), 0..6).prop_map(Step::Turn),
    ]
}

#[derive(Clone, Copy, Debug)]
struct Watched {
    callbacks: Callbacks,
    wanted: Interest,
    /// The turn in which it was made: what is ready in that turn is not its business.
    since: u32,
}

/// A connection, from its making to the end of the program.
struct Connection {
    number: RawFd,
    ours: Option<OwnedFd>,
    peer: Option<OwnedFd>,
    /// Stays when `ours` is closed: then it is stale.
    watched: Option<Watched>,
    /// Bytes that the reactor took.
    taken: usize,
    /// Bytes that the peer has read.
    came: usize,
    /// Bytes that the reactor held when the peer closed its end, and took later: it has to report them.
    to_report: usize,
    /// Was removed while the reactor held something.
    drains: bool,
    /// Closed without notice while the reactor held something.
    cut: bool,
    /// The peer has written, and the script has not read.
    unread: bool,
}

impl Connection {
    fn may_hold(&self) -> bool {
        self.taken > self.came
    }

    fn is_readable(&self) -> bool {
        self.unread || self.peer.is_none()
    }
}

struct World {
    reactor: Reactor,
    connections: Vec<Connection>,
    slots: [Option<usize>; SLOTS],
    last_token: Token,
    turn: u32,
    lost: usize,
}

impl World {
    fn new() -> World {
        World {
            reactor: Reactor::default(),
            connections: Vec::new(),
            slots: [None; SLOTS],
            last_token: 0,
            turn: 0,
            lost: 0,
        }
    }

    /// The bytes of a connection are numbered through; the same number gives different ones elsewhere.
    fn byte(connection: usize, index: usize) -> u8 {
        (connection * 37 + index * 7 + index / 256).to_le_bytes()[0]
    }

    fn new_callbacks(&mut self) -> Callbacks {
        self.last_token += 2;
        tokens(self.last_token - 1, self.last_token)
    }

    /// The connection of a slot, while it is open.
    fn open(&self, slot: usize) -> Option<usize> {
        self.slots[slot].filter(|&index| self.connections[index].ours.is_some())
    }

    /// Removes the watchers of descriptors that were closed.
    fn remove_stale(&mut self) -> Result<(), TestCaseError> {
        for index in 0..self.connections.len() {
            let connection = &mut self.connections[index];
            if connection.ours.is_none()
                && let Some(stale) = connection.watched.take()
            {
                prop_assert_eq!(self.reactor.remove(connection.number), Ok(stale.callbacks));
            }
        }
        Ok(())
    }

    fn apply(&mut self, op: &Op) -> Result<(), TestCaseError> {
        match *op {
            Op::Open(slot) => {
                if self.open(slot).is_none() {
                    let (ours, peer) = pair(Kind::Stream);
                    self.slots[slot] = Some(self.connections.len());
                    self.connections.push(Connection {
                        number: ours.as_raw_fd(),
                        ours: Some(ours),
                        peer: Some(peer),
                        watched: None,
                        taken: 0,
                        came: 0,
                        to_report: 0,
                        drains: false,
                        cut: false,
                        unread: false,
                    });
                }
                Ok(())
            }
            Op::Add(slot, wanted) => self.open(slot).map_or(Ok(()), |index| self.add(index, wanted)),
            Op::Set(slot, wanted) => self.open(slot).map_or(Ok(()), |index| self.set(index, wanted)),
            Op::Remove(slot) => self.open(slot).map_or(Ok(()), |index| self.remove(index)),
            Op::Close { slot, told } => self.open(slot).map_or(Ok(()), |index| self.close(index, told)),
            Op::Write { slot, len, limit } => {
                self.open(slot).map_or(Ok(()), |index| self.write(index, len, limit, false))
            }
            Op::Send { slot, len, limit } => {
                self.open(slot).map_or(Ok(()), |index| self.write(index, len, limit, true))
            }
            Op::PeerReads(slot, len) => self.slots[slot].map_or(Ok(()), |index| self.peer_reads(index, len)),
            Op::PeerWrites(slot) => {
                if let Some(index) = self.open(slot)
                    && let Some(peer) = &self.connections[index].peer
                {
                    pipe::send(peer.as_fd(), b"x", Wait::Never).unwrap();
                    self.connections[index].unread = true;
                }
                Ok(())
            }
            Op::PeerCloses { slot, reads } => {
                self.slots[slot].map_or(Ok(()), |index| self.peer_closes(index, reads))
            }
            Op::Read(slot) => {
                if let Some(index) = self.open(slot) {
                    receive(self.connections[index].ours.as_ref().unwrap());
                    self.connections[index].unread = false;
                }
                Ok(())
            }
        }
    }

    fn add(&mut self, index: usize, wanted: Interest) -> Result<(), TestCaseError> {
        let callbacks = self.new_callbacks();
        let number = self.connections[index].number;
        let stale = (0..self.connections.len()).find(|&other| {
            let other = &self.connections[other];
            other.ours.is_none() && other.number == number && other.watched.is_some()
        });
        let result = self.reactor.add(number, callbacks, wanted);
        if self.connections[index].watched.is_some() {
            prop_assert_eq!(result, Err(Errno::EEXIST));
            return Ok(());
        }
        let replaced = stale.and_then(|other| self.connections[other].watched.take());
        prop_assert_eq!(result, Ok(replaced.map(|stale| stale.callbacks)));
        self.connections[index].watched = Some(Watched { callbacks, wanted, since: self.turn });
        Ok(())
    }

    fn set(&mut self, index: usize, wanted: Interest) -> Result<(), TestCaseError> {
        self.remove_stale()?;
        let callbacks = self.new_callbacks();
        let connection = &mut self.connections[index];
        let may_hold = connection.may_hold();
        match &mut connection.watched {
            Some(watched) => {
                prop_assert_eq!(self.reactor.set(connection.number, callbacks, wanted), Ok(()));
                watched.callbacks = callbacks;
                watched.wanted = wanted;
            }
            // What is only sent to is watched too, as long as there is something to send.
            None if may_hold => {}
            None => {
                let result = self.reactor.set(connection.number, callbacks, wanted);
                prop_assert_eq!(result, Err(Errno::ENOENT));
            }
        }
        Ok(())
    }

    fn remove(&mut self, index: usize) -> Result<(), TestCaseError> {
        self.remove_stale()?;
        let connection = &mut self.connections[index];
        connection.drains |= connection.may_hold();
        let result = self.reactor.remove(connection.number);
        match connection.watched.take() {
            Some(watched) => prop_assert_eq!(result, Ok(watched.callbacks)),
            None if connection.may_hold() => {
                prop_assert!(matches!(result, Err(Errno::ENOENT)) || result == Ok(Callbacks::default()));
            }
            None => prop_assert_eq!(result, Err(Errno::ENOENT)),
        }
        prop_assert_eq!(self.reactor.get(connection.number), None);
        Ok(())
    }

    fn close(&mut self, index: usize, told: bool) -> Result<(), TestCaseError> {
        self.remove_stale()?;
        let told = told || self.connections[index].watched.is_none();
        if told && self.connections[index].may_hold() {
            // The rest is sent through a duplicate.
            self.remove(index)?;
        }
        let connection = &mut self.connections[index];
        if told {
            self.reactor.forget(connection.number);
        } else {
            connection.cut = connection.may_hold();
        }
        connection.ours = None;
        Ok(())
    }

    fn write(
        &mut self,
        index: usize,
        len: usize,
        limit: usize,
        whether_watched_or_not: bool,
    ) -> Result<(), TestCaseError> {
        self.remove_stale()?;
        let connection = &mut self.connections[index];
        if connection.drains {
            return Ok(());
        }
        let data: Vec<u8> =
            (connection.taken..connection.taken + len).map(|at| World::byte(index, at)).collect();
        let result = if whether_watched_or_not {
            self.reactor.send(connection.number, &data, limit)
        } else {
            self.reactor.write(connection.number, &data, limit)
        };
        let held_at_most = connection.taken - connection.came;
        match result {
            Ok(()) => {
                prop_assert!(len <= limit);
                connection.taken += len;
                if connection.peer.is_none() {
                    connection.to_report += len;
                }
            }
            Err(Errno::ENOBUFS) => prop_assert!(held_at_most + len > limit),
            Err(Errno::EPIPE | Errno::ECONNRESET) => prop_assert!(connection.peer.is_none()),
            Err(Errno::ENOENT) => prop_assert!(!whether_watched_or_not && connection.watched.is_none()),
            Err(errno) => prop_assert!(false, "write: {}", errno),
        }
        Ok(())
    }

    fn peer_reads(&mut self, index: usize, len: usize) -> Result<(), TestCaseError> {
        let connection = &mut self.connections[index];
        let Some(peer) = &connection.peer else { return Ok(()) };
        let mut buffer = vec![0; len];
        let count = recv(peer.as_raw_fd(), &mut buffer, MsgFlags::MSG_DONTWAIT).unwrap_or(0);
        prop_assert!(connection.came + count <= connection.taken, "more than was written");
        for (at, &byte) in (connection.came..).zip(&buffer[..count]) {
            prop_assert_eq!(byte, World::byte(index, at), "byte {} of connection {}", at, index);
        }
        connection.came += count;
        Ok(())
    }

    fn peer_closes(&mut self, index: usize, reads: bool) -> Result<(), TestCaseError> {
        if reads {
            self.peer_reads(index, SOCKET)?;
        }
        let connection = &mut self.connections[index];
        if let Some(peer) = connection.peer.take() {
            let mut buffer = vec![0; SOCKET];
            let flags = MsgFlags::MSG_DONTWAIT | MsgFlags::MSG_PEEK;
            let in_the_socket = recv(peer.as_raw_fd(), &mut buffer, flags).unwrap_or(0);
            connection.to_report = connection.taken - connection.came - in_the_socket;
        }
        Ok(())
    }

    /// One turn of the loop, in which each callback does one of `ops`.
    fn turn(&mut self, ops: &[Op]) -> Result<(), TestCaseError> {
        self.turn += 1;
        let must_read: BTreeSet<Token> = self.expected(Interest::READ, Connection::is_readable);
        let must_write: BTreeSet<Token> =
            self.expected(Interest::WRITE, |connection| !connection.may_hold() || connection.peer.is_none());
        let readable: BTreeSet<RawFd> = self.numbers(Connection::is_readable);
        let mut ready = Vec::new();
        self.reactor.wait(DONTWAIT, None, &mut ready).unwrap();
        self.lost += self.reactor.take_losses().iter().map(|loss| loss.bytes).sum::<usize>();
        let mut called = BTreeSet::new();
        let mut ops = ops.iter();
        for one in ready {
            if let Some(token) = self.reactor.take(one) {
                prop_assert!(readable.contains(&one.fd()), "nothing to read from {}", one.fd());
                self.is_current(one, token, Interest::READ)?;
                prop_assert!(called.insert(token));
                ops.next().map_or(Ok(()), |op| self.apply(op))?;
            }
            if let Some(token) = self.reactor.take_write(one) {
                self.is_current(one, token, Interest::WRITE)?;
                prop_assert!(called.insert(token));
                ops.next().map_or(Ok(()), |op| self.apply(op))?;
            }
        }
        if ops.len() == 0 && called.is_empty() {
            prop_assert!(must_read.is_empty() && must_write.is_empty());
        }
        Ok(())
    }

    fn expected(&self, wanted: Interest, holds: impl Fn(&Connection) -> bool) -> BTreeSet<Token> {
        let open = self.connections.iter().filter(|it| it.ours.is_some() && holds(it));
        open.filter_map(|it| it.watched)
            .filter(|watched| watched.wanted.contains(wanted))
            .filter_map(|watched| match wanted {
                Interest::READ => watched.callbacks.read,
                _ => watched.callbacks.write,
            })
            .collect()
    }

    fn numbers(&self, holds: impl Fn(&Connection) -> bool) -> BTreeSet<RawFd> {
        let open = self.connections.iter().filter(|it| it.ours.is_some() && holds(it));
        open.map(|it| it.number).collect()
    }

    /// A token that is to be called belongs to a watcher that is there, wants it, and was there at the wait.
    fn is_current(&self, ready: Ready, token: Token, what: Interest) -> Result<(), TestCaseError> {
        let owner = self.connections.iter().find(|connection| {
            connection.watched.is_some_and(|watched| {
                let callbacks = watched.callbacks;
                Some(token) == if what == Interest::READ { callbacks.read } else { callbacks.write }
            })
        });
        let Some(owner) = owner else {
            return Err(TestCaseError::fail(format!("{token} was removed")));
        };
        let watched = owner.watched.unwrap();
        prop_assert_eq!(owner.number, ready.fd());
        prop_assert!(watched.wanted.contains(what), "{} is not wanted", token);
        prop_assert!(watched.since < self.turn, "{} is newer than the wait", token);
        Ok(())
    }

    /// Lets everything be sent and read, and closes all: nothing may be missing or left.
    fn finish(mut self) -> Result<(), TestCaseError> {
        self.remove_stale()?;
        let mut progress = usize::MAX;
        let mut quiet = 0;
        while quiet < 3 {
            for index in 0..self.connections.len() {
                self.peer_reads(index, SOCKET)?;
            }
            self.turn(&[])?;
            let came: usize = self.connections.iter().map(|it| it.came).sum();
            quiet = if came + self.lost == progress { quiet + 1 } else { 0 };
            progress = came + self.lost;
        }
        for index in 0..self.connections.len() {
            let connection = &self.connections[index];
            if connection.peer.is_some() && !connection.cut {
                prop_assert_eq!(connection.came, connection.taken, "bytes of connection {}", index);
            }
            if connection.ours.is_some() {
                self.remove(index)?;
                self.close(index, true)?;
            }
        }
        prop_assert!(self.reactor.is_empty(), "{:?}", self.reactor);
        let sum = |cut: bool| -> usize {
            let of_interest = self.connections.iter().filter(|it| cut || !it.cut);
            of_interest.map(|it| it.to_report).sum()
        };
        prop_assert!(
            (sum(false)..=sum(true)).contains(&self.lost),
            "{} bytes were reported lost, not {}",
            self.lost,
            sum(false)
        );
        for connection in &self.connections {
            if let Some(peer) = &connection.peer {
                let end = recv(peer.as_raw_fd(), &mut [0], MsgFlags::MSG_DONTWAIT);
                prop_assert!(matches!(end, Ok(0) | Err(Errno::ECONNRESET)), "a descriptor was left open");
            }
        }
        Ok(())
    }
}

fn what_is_called_and_written_is_what_a_model_says() {
    let before = descriptors();
    for_all(500, prop::collection::vec(step(), 0..60), |steps| {
        let mut world = World::new();
        for step in &steps {
            match step {
                Step::Do(op) => world.apply(op)?,
                Step::Turn(ops) => world.turn(ops)?,
            }
        }
        world.finish()?;
        prop_assert_eq!(&descriptors(), &before);
        Ok(())
    });
}

// ---- Descriptors ----

fn whatever_is_ready_is_told_in_every_turn_until_it_is_done() {
    let mut reactor = Reactor::default();
    let pairs: Vec<_> = (0..300).map(|_| pair(Kind::Stream)).collect();
    for (index, (ours, peer)) in pairs.iter().enumerate() {
        reactor.add(ours.as_raw_fd(), tokens(index, 1000 + index), Interest::READ).unwrap();
        pipe::send(peer.as_fd(), b"x", Wait::Never).unwrap();
    }
    for round in 0..2 {
        let called: BTreeSet<Token> = turn(&mut reactor).into_iter().collect();
        assert_eq!(called, (0..300).collect(), "round {round}");
    }
    for (ours, _) in &pairs {
        receive(ours);
    }
    assert_eq!(turn(&mut reactor), []);
}

fn the_write_callback_waits_until_everything_is_sent() {
    let mut reactor = Reactor::default();
    let (ours, peer) = pair(Kind::Stream);
    let fd = ours.as_raw_fd();
    reactor.add(fd, tokens(1, 2), Interest::READ | Interest::WRITE).unwrap();
    assert_eq!(turn(&mut reactor), [2]);
    let written = fill(&mut reactor, fd);
    assert_eq!(turn(&mut reactor), []);
    deliver(&mut reactor, &peer, written);
    assert_eq!(turn(&mut reactor), [2]);
}

fn each_write_is_one_message_also_when_it_had_to_wait() {
    let mut reactor = Reactor::default();
    let (ours, peer) = pair(Kind::Message);
    let fd = ours.as_raw_fd();
    for number in 0..200_usize {
        reactor.send(fd, &vec![number.to_le_bytes()[0]; 10 + number], ROOM).unwrap();
    }
    let mut number = 0;
    while number < 200_usize {
        let mut buffer = [0; 1000];
        match recv(peer.as_raw_fd(), &mut buffer, MsgFlags::MSG_DONTWAIT) {
            Ok(len) => {
                assert_eq!((len, buffer[0]), (10 + number, number.to_le_bytes()[0]));
                number += 1;
            }
            Err(_) => assert_eq!(turn(&mut reactor), []),
        }
    }
    turn(&mut reactor);
    assert!(reactor.is_empty());
}

fn what_cannot_be_watched_is_refused_and_left_alone() {
    let mut reactor = Reactor::default();
    let file = OwnedFd::from(std::fs::File::open("Cargo.toml").unwrap());
    let result = reactor.add(file.as_raw_fd(), tokens(1, 2), Interest::READ);
    assert_eq!(result, Err(Errno::EPERM));
    assert_eq!(reactor.add(-1, tokens(1, 2), Interest::READ), Err(Errno::EBADF));
    // What is sent need not be watched; this file is open for reading only.
    assert_eq!(reactor.send(file.as_raw_fd(), b"x", ROOM), Err(Errno::EBADF));
    assert!(reactor.is_empty() && reactor.get(file.as_raw_fd()).is_none());
    assert!(descriptors().contains(&file.as_raw_fd()));
}

fn a_reused_number_is_not_taken_for_its_predecessor() {
    let mut reactor = Reactor::default();
    let (first, peer) = pair(Kind::Stream);
    let number = first.as_raw_fd();
    pipe::send(peer.as_fd(), b"x", Wait::Never).unwrap();
    reactor.add(number, tokens(1, 2), Interest::READ).unwrap();
    let mut ready = Vec::new();
    reactor.wait(DONTWAIT, None, &mut ready).unwrap();
    // An earlier callback of this turn closes it and watches something else under its number.
    reactor.remove(number).unwrap();
    drop(first);
    let (second, _other_peer) = pair(Kind::Stream);
    assert_eq!(second.as_raw_fd(), number);
    reactor.add(number, tokens(3, 4), Interest::READ | Interest::WRITE).unwrap();
    assert_eq!(reactor.take(ready[0]), None);
    assert_eq!(reactor.take_write(ready[0]), None);
    assert_eq!(turn(&mut reactor), [4]);
}

fn clear_tells_what_was_to_be_called_and_what_is_lost() {
    let mut reactor = Reactor::default();
    let (ours, peer) = pair(Kind::Stream);
    reactor.add(ours.as_raw_fd(), tokens(1, 2), Interest::READ).unwrap();
    let written = fill(&mut reactor, ours.as_raw_fd());
    let sent = receive(&peer).len();
    assert_eq!(reactor.clear(), (vec![tokens(1, 2)], written - sent));
    assert!(reactor.is_empty());
}

/// The watcher of a descriptor that was closed is replaced when its number is watched again. What it held cannot be
/// sent any more, which must not pass in silence.
fn what_a_descriptor_closed_under_our_feet_still_had_to_send_is_reported_lost() {
    let mut reactor = Reactor::default();
    let (ours, peer) = pair(Kind::Stream);
    let number = ours.as_raw_fd();
    reactor.add(number, tokens(1, 2), Interest::READ).unwrap();
    let written = fill(&mut reactor, number);
    drop(ours);
    let sent = receive(&peer).len();
    let removed = reactor.remove(number);
    let (_, lost) = reactor.clear();
    assert_ne!(
        (removed, lost),
        (Ok(tokens(1, 2)), 0),
        "{} bytes are gone, and nobody is told",
        written - sent
    );
}

/// As far as a script knows, a descriptor that is only sent to is not watched.
fn what_is_only_sent_to_counts_as_not_watched() {
    let mut reactor = Reactor::default();
    let (ours, _peer) = pair(Kind::Stream);
    let fd = ours.as_raw_fd();
    reactor.send(fd, &[b'x'; 50_000], ROOM).unwrap();
    assert!(!reactor.is_empty());
    assert_eq!(reactor.get(fd), None);
    assert_eq!(reactor.set(fd, tokens(1, 2), Interest::READ), Err(Errno::ENOENT));
}

/// A watcher that was left behind by a descriptor that is closed must not stand in the way of who has its number now.
fn a_stale_watcher_does_not_disturb_what_is_sent_under_its_number() {
    let mut reactor = Reactor::default();
    let (old, _old_peer) = pair(Kind::Stream);
    let number = old.as_raw_fd();
    reactor.add(number, tokens(1, 2), Interest::READ).unwrap();
    drop(old);
    let (new, peer) = pair(Kind::Stream);
    assert_eq!(new.as_raw_fd(), number);
    assert_eq!(reactor.send(number, &[b'x'; 50_000], ROOM), Ok(()));
    deliver(&mut reactor, &peer, 50_000);
}

/// Watched again or only sent to, what is written later comes later.
fn what_is_written_after_a_removal_does_not_overtake_the_rest() {
    let mut reactor = Reactor::default();
    let (ours, peer) = pair(Kind::Stream);
    let fd = ours.as_raw_fd();
    reactor.add(fd, tokens(1, 2), Interest::READ).unwrap();
    let written = fill(&mut reactor, fd);
    reactor.remove(fd).unwrap();
    let mut all = receive(&peer);
    reactor.add(fd, tokens(3, 4), Interest::READ).unwrap();
    reactor.write(fd, b"LAST", ROOM).unwrap();
    for _ in 0..200 {
        all.extend(receive(&peer));
        turn(&mut reactor);
    }
    assert_eq!(all.len(), written + 4);
    let place = all.windows(4).position(|bytes| bytes == b"LAST");
    assert_eq!(place, Some(written), "of {} bytes", all.len());
}

/// The duplicate keeps the connection open, and with it the place of the closed descriptor in the kernel's table.
fn a_closed_descriptor_whose_rest_is_still_sent_is_not_told_of() {
    let mut reactor = Reactor::default();
    let (ours, peer) = pair(Kind::Stream);
    let number = ours.as_raw_fd();
    reactor.add(number, tokens(1, 2), Interest::READ).unwrap();
    let written = fill(&mut reactor, number);
    reactor.forget(number);
    drop(ours);
    pipe::send(peer.as_fd(), b"x", Wait::Never).unwrap();
    assert_eq!(turn(&mut reactor), []);
    deliver(&mut reactor, &peer, written);
}

/// What is sent through a duplicate must not take the place of a watcher that was left behind under its number.
fn a_duplicate_that_is_made_to_send_the_rest_replaces_no_watcher() {
    let mut reactor = Reactor::default();
    let (stale, _stale_peer) = pair(Kind::Stream);
    let (ours, peer) = pair(Kind::Stream);
    reactor.add(stale.as_raw_fd(), tokens(1, 2), Interest::READ).unwrap();
    reactor.add(ours.as_raw_fd(), tokens(3, 4), Interest::READ).unwrap();
    let written = fill(&mut reactor, ours.as_raw_fd());
    let number = stale.as_raw_fd();
    drop(stale);
    // The duplicate gets the lowest number that is free.
    reactor.remove(ours.as_raw_fd()).unwrap();
    let removed = reactor.remove(number);
    deliver(&mut reactor, &peer, written);
    assert_eq!(removed, Ok(tokens(1, 2)));
}

// ---- The loop ----

/// One wait, and what it tells of.
fn wait(events: &mut EventLoop) -> Vec<Ready> {
    let mut ready = Vec::new();
    events.wait(now, || false, &mut ready).unwrap();
    ready
}

fn a_loop_is_alive_while_there_is_something_to_wait_for() {
    let mut events = EventLoop::default();
    assert!(!events.is_alive());
    events.set_cycle(Cycle::Before, Some(1));
    events.set_cycle(Cycle::After, Some(2));
    assert!(!events.is_alive(), "what is called in each turn is no reason for one");
    events.defer(3);
    assert!(events.is_alive());
    assert_eq!(events.take_deferred(), Some(3));
    assert!(!events.is_alive());
    let timer = events.timers.add(Target::Call(4), Duration::from_secs(1), Repeat::Once, now());
    assert!(events.is_alive());
    events.timers.clear(timer);
    events.handle_signal(libc::SIGUSR1, 5).unwrap();
    assert!(!events.is_alive());
    events.set_wait_for_signals(true);
    assert!(events.is_alive());
    events.remove_signal(libc::SIGUSR1).unwrap();
    assert!(!events.is_alive());
    let (ours, _peer) = pair(Kind::Stream);
    events.reactor.add(ours.as_raw_fd(), tokens(6, 7), Interest::READ).unwrap();
    assert!(events.is_alive());
    let (mut ended, lost) = events.end();
    ended.sort_unstable();
    assert_eq!((ended, lost), (vec![1, 2, 6, 7], 0));
    assert!(!events.is_alive());
}

fn a_loop_is_entered_once_and_left_when_asked() {
    let mut events = EventLoop::default();
    events.ask_to_leave();
    assert!(!events.is_leaving(), "a loop that does not run cannot be left");
    assert!(events.enter() && !events.enter());
    events.ask_to_leave();
    assert!(events.is_leaving() && !events.enter());
    events.end();
    assert!(!events.is_leaving() && events.enter());
    events.pause();
    assert!(events.enter());
    assert!(events.begin_use() && !events.begin_use() && events.is_in_use());
    events.end();
    assert!(!events.is_in_use() && !events.begin_use(), "it is announced once");
    events.note_shutdown();
    assert!(events.begin_use(), "what comes after its turn at the end needs another one");
}

fn deferred_calls_keep_their_order_and_do_not_let_the_loop_wait() {
    let mut events = EventLoop::default();
    events.timers.add(Target::Call(0), Duration::from_secs(60), Repeat::Once, now());
    for token in 1..4 {
        events.defer(token);
    }
    let started = Instant::now();
    assert_eq!(wait(&mut events), []);
    assert!(started.elapsed() < Duration::from_secs(1));
    assert_eq!(events.deferred(), 3);
    assert_eq!(events.take_deferred(), Some(1));
    events.defer(4);
    let rest: Vec<Token> = std::iter::from_fn(|| events.take_deferred()).collect();
    assert_eq!(rest, [2, 3, 4]);
}

fn a_wait_ends_with_the_first_timer_and_never_before_it() {
    let mut events = EventLoop::default();
    for ms in [30_000, 8, 500_000] {
        events.timers.add(Target::Call(0), Duration::from_millis(ms), Repeat::Once, now());
    }
    let started = Instant::now();
    wait(&mut events);
    let waited = started.elapsed();
    assert!(waited >= Duration::from_millis(7) && waited < Duration::from_secs(30), "{waited:?}");
    let round = events.timers.begin(now);
    assert_eq!(events.timers.due(round).map(|due| due.id), Some(2));
}

// ---- Signals ----

/// One wait that must not last: the end of the test's time would end it otherwise.
fn is_woken(events: &mut EventLoop) -> Vec<i32> {
    wait(events);
    taken(events)
}

/// The signals that one round takes.
fn taken(events: &mut EventLoop) -> Vec<i32> {
    let mut round = Round::default();
    std::iter::from_fn(|| events.take_signal(&mut round)).collect()
}

fn a_real_time_signal_is_taken_as_often_as_it_came() {
    let (low, high) = (libc::SIGRTMIN() + 4, libc::SIGRTMIN() + 5);
    let send = |signal: i32| process::kill(process::pid(), signal).unwrap();
    let mut events = EventLoop::default();
    for (token, signal) in [libc::SIGUSR1, low, high].into_iter().enumerate() {
        events.handle_signal(signal, token).unwrap();
        (0..3).for_each(|_| send(signal));
    }
    // One that comes while the others are taken is for the next round.
    let mut round = Round::default();
    let mut taken = Vec::new();
    while let Some(signal) = events.take_signal(&mut round) {
        taken.push(signal);
        if taken.len() < 20 {
            send(signal);
        }
    }
    assert_eq!(taken, [libc::SIGUSR1, low, low, low, high, high, high]);
    assert_eq!(self::taken(&mut events), taken);
    assert!(!events.has_signals());
    // Forgotten ones are gone, however many there are.
    (0..3).for_each(|_| send(low));
    events.forget_signals();
    assert_eq!(self::taken(&mut events), []);
    for signal in [libc::SIGUSR1, low, high] {
        events.remove_signal(signal).unwrap();
    }
}

fn a_handler_of_the_runtime_is_not_one_of_the_script() {
    let mut events = EventLoop::default();
    assert!(!events.is_signal_for_script(libc::SIGUSR1));
    events.handle_own_signal(libc::SIGUSR1, 1).unwrap();
    assert!(events.signal(libc::SIGUSR1).is_some() && !events.is_signal_for_script(libc::SIGUSR1));
    // A script that sets a handler replaces it.
    events.handle_signal(libc::SIGUSR1, 2).unwrap();
    assert!(events.is_signal_for_script(libc::SIGUSR1));
    events.remove_signal(libc::SIGUSR1).unwrap();
    assert!(!events.is_signal_for_script(libc::SIGUSR1));
}

fn a_signal_that_comes_before_the_wait_ends_it() {
    let mut events = EventLoop::default();
    events.handle_signal(libc::SIGUSR1, 1).unwrap();
    raise(Signal::SIGUSR1).unwrap();
    assert_eq!(is_woken(&mut events), [libc::SIGUSR1]);
    // Between the look at the signals and the next wait.
    assert_eq!(taken(&mut events), []);
    raise(Signal::SIGUSR1).unwrap();
    assert_eq!(is_woken(&mut events), [libc::SIGUSR1]);
    assert_eq!(events.signal(libc::SIGUSR1), Some(1));
}

fn signals_are_told_once_each_and_in_the_order_of_their_numbers() {
    let mut events = EventLoop::default();
    for number in [libc::SIGTERM, libc::SIGUSR2, libc::SIGUSR1] {
        events.handle_signal(number, 1).unwrap();
        process::kill(process::pid(), number).unwrap();
        process::kill(process::pid(), number).unwrap();
    }
    let expected = [libc::SIGUSR1, libc::SIGUSR2, libc::SIGTERM];
    assert_eq!(is_woken(&mut events), expected);
    assert_eq!(taken(&mut events), []);
}

/// As the next one, where a handler shortens the wait instead of a mask that holds the signal back.
fn no_signal_is_lost_before_an_open_wait() {
    if prepared_wait::allow_unmasked_waits() {
        no_signal_is_lost_between_the_look_and_the_wait();
    }
}

/// A process that sends signals as fast as they are handled: one that is lost would leave both waiting.
fn no_signal_is_lost_between_the_look_and_the_wait() {
    let mut rt = Runtime::default();
    rt.core.events.handle_signal(libc::SIGUSR1, 1).unwrap();
    let (parent, gate) = (process::pid(), Gate::new());
    let child = start(&mut rt, None, |_| {
        for round in 0..3000_u32 {
            gate.pass();
            // The parent is somewhere between its look and its wait.
            for _ in 0..round % 97 * 20 {
                std::hint::spin_loop();
            }
            process::kill(parent, libc::SIGUSR1).unwrap();
        }
    });
    for _ in 0..3000 {
        gate.open();
        while is_woken(&mut rt.core.events).is_empty() {}
    }
    reap(&mut rt, child);
}

fn a_handler_that_is_not_ours_ends_the_wait() {
    extern "C" fn nothing(_: i32) {}
    let action = SigAction::new(SigHandler::Handler(nothing), SaFlags::empty(), SigSet::empty());
    #[allow(unsafe_code, reason = "nix marks what runs in a signal handler as unsafe")]
    // SAFETY: the handler does nothing.
    unsafe { sigaction(Signal::SIGUSR2, &action) }.unwrap();
    let mut rt = Runtime::default();
    let parent = process::pid();
    let child = start(&mut rt, None, |_| {
        alone::wait_for_the_sleep_of(parent);
        process::kill(parent, libc::SIGUSR2).unwrap();
    });
    rt.core.events.timers.add(Target::Call(0), Duration::from_secs(5), Repeat::Once, now());
    let started = Instant::now();
    assert_eq!(wait(&mut rt.core.events), []);
    assert!(started.elapsed() < Duration::from_secs(3));
    reap(&mut rt, child);
}

/// A flag that nobody takes would end every wait at once.
fn a_signal_whose_handler_goes_before_it_is_looked_at_does_not_keep_the_loop_awake() {
    let mut events = EventLoop::default();
    events.handle_signal(libc::SIGUSR1, 1).unwrap();
    raise(Signal::SIGUSR1).unwrap();
    events.remove_signal(libc::SIGUSR1).unwrap();
    events.timers.add(Target::Call(0), Duration::from_millis(40), Repeat::Once, now());
    let started = Instant::now();
    let mut waits = 0;
    while started.elapsed() < Duration::from_millis(40) {
        is_woken(&mut events);
        waits += 1;
    }
    assert!(waits < 5, "the loop turned {waits} times in 40 ms");
}

/// A handler that comes later is not told of what came before it.
fn a_signal_that_came_for_a_handler_that_is_gone_is_not_told_to_the_next_one() {
    let mut events = EventLoop::default();
    events.handle_signal(libc::SIGUSR1, 1).unwrap();
    raise(Signal::SIGUSR1).unwrap();
    events.remove_signal(libc::SIGUSR1).unwrap();
    events.handle_signal(libc::SIGUSR1, 2).unwrap();
    events.defer(3);
    assert_eq!(is_woken(&mut events), []);
}

/// What a signal does, as the kernel tells it: the bit of the signal in a line of /proc/self/status.
fn is_in(line: &str, number: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let mask = status.lines().find_map(|text| text.strip_prefix(line)).unwrap();
    u64::from_str_radix(mask.trim(), 16).unwrap() >> (number - 1) & 1 == 1
}

fn is_caught(number: i32) -> bool {
    is_in("SigCgt:", number)
}

fn is_ignored(number: i32) -> bool {
    is_in("SigIgn:", number)
}

fn signals_are_given_back_to_those_who_had_them() {
    signal::ignore(libc::SIGUSR2).unwrap();
    alone::catch_signal(SaFlags::empty());
    let mut events = EventLoop::default();
    for number in [libc::SIGUSR1, libc::SIGUSR2, libc::SIGTERM] {
        events.handle_signal(number, 1).unwrap();
        assert!(signal::is_watched(number));
    }
    assert_eq!(events.handle_signal(libc::SIGTERM, 2), Ok(Some(1)));
    // Somebody else takes one over; it is not ours to give back.
    signal::set_default(libc::SIGTERM).unwrap();
    signal::ignore(libc::SIGTERM).unwrap();
    assert_eq!(events.give_signals_back().len(), 3);
    assert!(is_caught(libc::SIGUSR1) && !signal::is_watched(libc::SIGUSR1));
    assert!(is_ignored(libc::SIGUSR2));
    assert!(is_ignored(libc::SIGTERM));
    raise(Signal::SIGUSR1).unwrap();
    assert_eq!(taken(&mut events), []);
}

fn removing_and_ignoring_a_signal_tell_what_was_called() {
    let mut events = EventLoop::default();
    assert_eq!(events.remove_signal(libc::SIGUSR1), Err(Errno::ENOENT));
    events.handle_signal(libc::SIGUSR1, 1).unwrap();
    assert_eq!(events.remove_signal(libc::SIGUSR1), Ok(1));
    assert!(!is_caught(libc::SIGUSR1) && !is_ignored(libc::SIGUSR1));
    events.handle_signal(libc::SIGUSR1, 2).unwrap();
    assert_eq!(events.ignore_signal(libc::SIGUSR1), Ok(Some(2)));
    assert!(is_ignored(libc::SIGUSR1));
    assert_eq!(events.ignore_signal(libc::SIGUSR2), Ok(None));
    for number in [libc::SIGKILL, libc::SIGSTOP, 0, -1, 200] {
        assert_eq!(events.handle_signal(number, 3), Err(Errno::EINVAL), "{number}");
        assert_eq!(events.ignore_signal(number), Err(Errno::EINVAL), "{number}");
        assert_eq!(events.signal(number), None);
    }
}

// ---- Forks ----

/// A runtime that watches `ours`, handles SIGUSR1, and has a timer and a deferred call.
fn busy(ours: &OwnedFd) -> Runtime {
    let mut rt = Runtime::default();
    let wanted = Interest::READ;
    rt.core.events.reactor.add(ours.as_raw_fd(), tokens(1, 2), wanted).unwrap();
    rt.core.events.handle_signal(libc::SIGUSR1, 3).unwrap();
    rt.core.events.timers.add(Target::Call(4), Duration::from_secs(60), Repeat::Once, now());
    rt.core.events.defer(5);
    wait(&mut rt.core.events);
    rt
}

fn receive_signal(rt: &mut Runtime) {
    raise(Signal::SIGUSR1).unwrap();
    assert_eq!(is_woken(&mut rt.core.events), [libc::SIGUSR1]);
}

/// The parent's loop still does all that it did.
fn still_works(rt: &mut Runtime, peer: &OwnedFd) {
    pipe::send(peer.as_fd(), b"x", Wait::Never).unwrap();
    let ready = wait(&mut rt.core.events);
    let read: Vec<_> = ready.into_iter().map(|one| rt.core.events.reactor.take(one)).collect();
    assert_eq!(read, [Some(1)]);
    receive_signal(rt);
    assert_eq!(rt.core.events.timers.len(), 1);
    assert_eq!(rt.core.events.deferred(), 1);
}

/// In a child: nothing of the parent's loop is left, and a loop of its own works.
fn begins_anew(rt: &mut Runtime, ours: &OwnedFd, inherited: usize) {
    assert!(!rt.core.events.is_alive() && !rt.core.events.is_in_use());
    assert_eq!(descriptors().len(), inherited - 1, "epoll is closed");
    assert!(!signal::is_watched(libc::SIGUSR1) && !is_caught(libc::SIGUSR1));
    assert_eq!(rt.core.events.reactor.remove(ours.as_raw_fd()), Err(Errno::ENOENT));
    rt.core.events.reactor.add(ours.as_raw_fd(), tokens(7, 8), Interest::WRITE).unwrap();
    rt.core.events.handle_signal(libc::SIGUSR1, 9).unwrap();
    let ready = wait(&mut rt.core.events);
    assert_eq!(rt.core.events.reactor.take_write(ready[0]), Some(8));
    receive_signal(rt);
    rt.core.events.reactor.remove(ours.as_raw_fd()).unwrap();
}

fn a_child_that_ends_does_not_disturb_the_loop_of_its_parent() {
    let (ours, peer) = pair(Kind::Stream);
    let mut rt = busy(&ours);
    let open = descriptors().len();
    let child = start(&mut rt, None, |rt| {
        begins_anew(rt, &ours, open);
        rt.core.events.end();
    });
    reap(&mut rt, child);
    still_works(&mut rt, &peer);
}

fn a_child_of_somebody_elses_fork_begins_anew_too() {
    process::watch_forks().unwrap();
    let (ours, peer) = pair(Kind::Stream);
    let mut rt = busy(&ours);
    let open = descriptors().len();
    #[allow(unsafe_code, reason = "a fork that the runtime knows nothing of")]
    // SAFETY: the process has one thread.
    let forked = unsafe { nix::unistd::fork() }.unwrap();
    let nix::unistd::ForkResult::Parent { child } = forked else {
        live(|| {
            // What came for the parent is not the child's.
            rt.notice_foreign_fork();
            assert_eq!(rt.role(), Role::Foreign);
            begins_anew(&mut rt, &ours, open);
        });
    };
    rt.notice_foreign_fork();
    reap(&mut rt, child.as_raw());
    still_works(&mut rt, &peer);
}

fn a_child_has_none_of_the_signals_that_came_for_its_parent() {
    let mut rt = Runtime::default();
    rt.core.events.handle_signal(libc::SIGUSR1, 1).unwrap();
    raise(Signal::SIGUSR1).unwrap();
    let child = start(&mut rt, None, |rt| {
        rt.core.events.handle_signal(libc::SIGUSR1, 2).unwrap();
        rt.core.events.defer(3);
        assert_eq!(is_woken(&mut rt.core.events), []);
    });
    reap(&mut rt, child);
    assert_eq!(is_woken(&mut rt.core.events), [libc::SIGUSR1]);
}

fn a_signal_to_the_child_does_not_wake_the_parent() {
    let mut rt = Runtime::default();
    rt.core.events.handle_signal(libc::SIGUSR1, 1).unwrap();
    wait_for(&mut rt, Duration::from_millis(1));
    let child = start(&mut rt, None, |rt| {
        rt.core.events.handle_signal(libc::SIGUSR1, 2).unwrap();
        raise(Signal::SIGUSR1).unwrap();
        assert_eq!(is_woken(&mut rt.core.events), [libc::SIGUSR1]);
    });
    reap(&mut rt, child);
    let started = Instant::now();
    wait_for(&mut rt, Duration::from_millis(20));
    assert!(started.elapsed() >= Duration::from_millis(19));
    assert_eq!(taken(&mut rt.core.events), []);
}

/// Waits once, with a timer that ends it.
fn wait_for(rt: &mut Runtime, time: Duration) {
    let timer = rt.core.events.timers.add(Target::Call(0), time, Repeat::Once, now());
    wait(&mut rt.core.events);
    rt.core.events.timers.clear(timer);
}

/// A descriptor that the child has too stays open when the parent closes it, and with it its place in the parent's
/// table: what happens to it must find nobody.
fn a_descriptor_that_a_child_keeps_open_is_not_told_of_once_its_number_is_somebody_elses() {
    let mut rt = Runtime::default();
    let (ours, peer) = pair(Kind::Stream);
    let number = ours.as_raw_fd();
    rt.core.events.reactor.add(number, tokens(1, 2), Interest::READ).unwrap();
    let gate = Gate::new();
    let child = start(&mut rt, None, |_| gate.pass());
    drop(ours);
    let (new, _new_peer) = pair(Kind::Stream);
    assert_eq!(new.as_raw_fd(), number);
    let replaced = rt.core.events.reactor.add(number, tokens(3, 4), Interest::READ);
    assert_eq!(replaced, Ok(Some(tokens(1, 2))));
    pipe::send(peer.as_fd(), b"x", Wait::Never).unwrap();
    assert_eq!(turn(&mut rt.core.events.reactor), []);
    gate.open();
    reap(&mut rt, child);
}

// ---- Refusals of the kernel ----

fn without_a_table_nothing_is_watched() {
    let mut rt = Runtime::default();
    let (ours, peer) = pair(Kind::Stream);
    let fd = ours.as_raw_fd();
    for errno in [Errno::EMFILE, Errno::ENOMEM] {
        plan(Call::EpollCreate, 1, errno, 2);
        leaks_nothing(|| {
            let added = rt.core.events.reactor.add(fd, tokens(1, 2), Interest::READ);
            assert_eq!(added, Err(errno));
            let failed = SyscallError { call: "epoll_create1()", errno };
            assert_eq!(rt.core.events.wait(now, || false, &mut Vec::new()), Err(failed));
        });
        assert!(rt.core.events.reactor.is_empty());
    }
    clear();
    rt.core.events.reactor.add(fd, tokens(1, 2), Interest::READ).unwrap();
    pipe::send(peer.as_fd(), b"x", Wait::Never).unwrap();
    assert_eq!(turn(&mut rt.core.events.reactor), [1]);
}

/// Its callbacks would be known to nobody, and never be released.
fn a_watcher_whose_number_cannot_be_watched_anew_stays() {
    let mut reactor = Reactor::default();
    let (ours, _peer) = pair(Kind::Stream);
    let fd = ours.as_raw_fd();
    reactor.add(fd, tokens(1, 2), Interest::READ).unwrap();
    drop(ours);
    let file = std::fs::File::open("Cargo.toml").unwrap();
    assert_eq!(file.as_raw_fd(), fd, "the number is the file's now");
    assert_eq!(reactor.add(fd, tokens(3, 4), Interest::READ), Err(Errno::EPERM));
    assert_eq!(reactor.get(fd), Some((tokens(1, 2), Interest::READ)));
    drop(file);
    let (again, _other) = pair(Kind::Stream);
    assert_eq!(again.as_raw_fd(), fd);
    plan(Call::EpollCtl, 2, Errno::ENOSPC, 1);
    assert_eq!(reactor.add(fd, tokens(3, 4), Interest::READ), Err(Errno::ENOSPC));
    assert_eq!(reactor.get(fd), Some((tokens(1, 2), Interest::READ)));
    assert_eq!(reactor.add(fd, tokens(3, 4), Interest::READ), Ok(Some(tokens(1, 2))));
}

fn nothing_overtakes_what_waits_when_the_kernel_does_not_tell_whose_it_is() {
    let mut reactor = Reactor::default();
    let (ours, peer) = pair(Kind::Stream);
    let fd = ours.as_raw_fd();
    reactor.add(fd, tokens(1, 2), Interest::READ).unwrap();
    // Nor does it tell when the data begins to wait.
    plan(Call::Fstat, 1, Errno::ENOMEM, 1);
    let written = fill(&mut reactor, fd);
    plan(Call::Fstat, 1, Errno::ENOMEM, 1);
    assert_eq!(reactor.write(fd, b"overtakes", ROOM), Err(Errno::ENOMEM));
    reactor.write(fd, b"the end", ROOM).unwrap();
    let mut got = Vec::new();
    while got.len() < written + 7 {
        got.extend(receive(&peer));
        turn(&mut reactor);
    }
    assert!(got[..written].iter().all(|byte| *byte == b'x'));
    assert_eq!(&got[written..], b"the end");
}

fn a_table_that_is_full_takes_nothing_and_keeps_what_it_has() {
    let mut reactor = Reactor::default();
    let (ours, peer) = pair(Kind::Stream);
    let (other, _other_peer) = pair(Kind::Stream);
    let fd = ours.as_raw_fd();
    reactor.add(fd, tokens(1, 2), Interest::READ).unwrap();
    for errno in [Errno::ENOMEM, Errno::ENOSPC] {
        plan(Call::EpollCtl, 1, errno, 1);
        leaks_nothing(|| {
            let added = reactor.add(other.as_raw_fd(), tokens(3, 4), Interest::WRITE);
            assert_eq!(added, Err(errno));
        });
        assert_eq!(reactor.get(other.as_raw_fd()), None);
        pipe::send(peer.as_fd(), b"x", Wait::Never).unwrap();
        assert_eq!(turn(&mut reactor), [1]);
    }
    plan(Call::EpollCtl, 1, Errno::ENOMEM, 1);
    // What fits is sent without the table.
    leaks_nothing(|| assert_eq!(reactor.send(other.as_raw_fd(), b"x", ROOM), Ok(())));
    clear();
    reactor.add(other.as_raw_fd(), tokens(3, 4), Interest::WRITE).unwrap();
    let called: BTreeSet<Token> = turn(&mut reactor).into_iter().collect();
    assert_eq!(called, BTreeSet::from([1, 4]));
}

fn a_change_that_is_refused_changes_nothing() {
    let mut reactor = Reactor::default();
    let (ours, _peer) = pair(Kind::Stream);
    let fd = ours.as_raw_fd();
    reactor.add(fd, tokens(1, 2), Interest::WRITE).unwrap();
    plan(Call::EpollCtl, 1, Errno::ENOMEM, 1);
    let changed = reactor.set(fd, tokens(3, 4), Interest::READ | Interest::WRITE);
    assert_eq!(changed, Err(Errno::ENOMEM));
    assert_eq!(reactor.get(fd), Some((tokens(1, 2), Interest::WRITE)));
    assert_eq!(turn(&mut reactor), [2]);
}

/// What is told to have failed must not be sent later, and what was taken must be sent.
fn a_write_whose_rest_cannot_be_watched_is_sent_or_refused_as_a_whole() {
    let mut reactor = Reactor::default();
    let (ours, peer) = pair(Kind::Stream);
    let fd = ours.as_raw_fd();
    reactor.add(fd, tokens(1, 2), Interest::READ).unwrap();
    plan(Call::EpollCtl, 1, Errno::ENOMEM, 1);
    let result = reactor.write(fd, &[b'x'; 50_000], ROOM);
    clear();
    let mut came = 0;
    for _ in 0..100 {
        came += receive(&peer).len();
        turn(&mut reactor);
    }
    match result {
        Ok(()) => assert_eq!(came, 50_000, "the write was taken"),
        Err(errno) => assert_eq!(came, 0, "the write was refused with {errno}"),
    }
}

/// The removal happens; those who called must learn what to release, whatever becomes of the rest.
fn a_removal_without_a_descriptor_for_the_rest_still_tells_what_was_called() {
    let mut reactor = Reactor::default();
    let (ours, peer) = pair(Kind::Stream);
    let fd = ours.as_raw_fd();
    reactor.add(fd, tokens(1, 2), Interest::READ).unwrap();
    let written = fill(&mut reactor, fd);
    let removed = leaks_nothing(|| {
        plan(Call::Fcntl, 1, Errno::EMFILE, 1);
        let removed = reactor.remove(fd);
        clear();
        removed
    });
    if reactor.get(fd).is_some() {
        // Refused as a whole: nothing has changed.
        assert_eq!(removed, Err(Errno::EMFILE));
        deliver(&mut reactor, &peer, written);
        return;
    }
    assert_eq!(removed, Ok(tokens(1, 2)));
}

fn an_interrupted_wait_is_no_failure() {
    let mut events = EventLoop::default();
    let (ours, peer) = pair(Kind::Stream);
    events.reactor.add(ours.as_raw_fd(), tokens(1, 2), Interest::READ).unwrap();
    pipe::send(peer.as_fd(), b"x", Wait::Never).unwrap();
    plan(Call::EpollWait, 1, Errno::EINTR, 1);
    assert_eq!(wait(&mut events), []);
    let ready = wait(&mut events);
    assert_eq!(events.reactor.take(ready[0]), Some(1));
}

fn a_signal_that_cannot_be_taken_over_changes_nothing() {
    let mut events = EventLoop::default();
    events.handle_signal(libc::SIGUSR1, 1).unwrap();
    leaks_nothing(|| {
        plan(Call::Sigaction, 1, Errno::EINVAL, 1);
        assert_eq!(events.handle_signal(libc::SIGUSR2, 2), Err(Errno::EINVAL));
        assert_eq!(events.signal(libc::SIGUSR2), None);
        plan(Call::Sigaction, 1, Errno::EINVAL, 1);
        assert_eq!(events.handle_signal(libc::SIGUSR1, 2), Err(Errno::EINVAL));
        plan(Call::Sigaction, 1, Errno::EINVAL, 1);
        assert_eq!(events.ignore_signal(libc::SIGUSR1), Err(Errno::EINVAL));
    });
    assert_eq!(events.signal(libc::SIGUSR1), Some(1));
    raise(Signal::SIGUSR1).unwrap();
    assert_eq!(is_woken(&mut events), [libc::SIGUSR1]);
}

fn a_signal_that_cannot_be_let_go_is_still_handled() {
    let mut events = EventLoop::default();
    events.handle_signal(libc::SIGUSR1, 1).unwrap();
    plan(Call::Sigaction, 1, Errno::EINVAL, 1);
    assert_eq!(events.remove_signal(libc::SIGUSR1), Err(Errno::EINVAL));
    assert_eq!(events.signal(libc::SIGUSR1), Some(1));
    raise(Signal::SIGUSR1).unwrap();
    assert_eq!(is_woken(&mut events), [libc::SIGUSR1]);
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        what_is_called_and_written_is_what_a_model_says,
        whatever_is_ready_is_told_in_every_turn_until_it_is_done,
        the_write_callback_waits_until_everything_is_sent,
        each_write_is_one_message_also_when_it_had_to_wait,
        what_cannot_be_watched_is_refused_and_left_alone,
        a_reused_number_is_not_taken_for_its_predecessor,
        clear_tells_what_was_to_be_called_and_what_is_lost,
        what_a_descriptor_closed_under_our_feet_still_had_to_send_is_reported_lost,
        what_is_only_sent_to_counts_as_not_watched,
        a_stale_watcher_does_not_disturb_what_is_sent_under_its_number,
        what_is_written_after_a_removal_does_not_overtake_the_rest,
        a_closed_descriptor_whose_rest_is_still_sent_is_not_told_of,
        a_duplicate_that_is_made_to_send_the_rest_replaces_no_watcher,
        a_loop_is_alive_while_there_is_something_to_wait_for,
        a_loop_is_entered_once_and_left_when_asked,
        deferred_calls_keep_their_order_and_do_not_let_the_loop_wait,
        a_wait_ends_with_the_first_timer_and_never_before_it,
        a_handler_of_the_runtime_is_not_one_of_the_script,
        a_real_time_signal_is_taken_as_often_as_it_came,
        a_signal_that_comes_before_the_wait_ends_it,
        signals_are_told_once_each_and_in_the_order_of_their_numbers,
        no_signal_is_lost_between_the_look_and_the_wait,
        no_signal_is_lost_before_an_open_wait,
        a_handler_that_is_not_ours_ends_the_wait,
        a_signal_whose_handler_goes_before_it_is_looked_at_does_not_keep_the_loop_awake,
        a_signal_that_came_for_a_handler_that_is_gone_is_not_told_to_the_next_one,
        signals_are_given_back_to_those_who_had_them,
        removing_and_ignoring_a_signal_tell_what_was_called,
        a_child_that_ends_does_not_disturb_the_loop_of_its_parent,
        a_child_of_somebody_elses_fork_begins_anew_too,
        a_child_has_none_of_the_signals_that_came_for_its_parent,
        a_signal_to_the_child_does_not_wake_the_parent,
        a_descriptor_that_a_child_keeps_open_is_not_told_of_once_its_number_is_somebody_elses,
        without_a_table_nothing_is_watched,
        a_watcher_whose_number_cannot_be_watched_anew_stays,
        nothing_overtakes_what_waits_when_the_kernel_does_not_tell_whose_it_is,
        a_table_that_is_full_takes_nothing_and_keeps_what_it_has,
        a_change_that_is_refused_changes_nothing,
        a_write_whose_rest_cannot_be_watched_is_sent_or_refused_as_a_whole,
        a_removal_without_a_descriptor_for_the_rest_still_tells_what_was_called,
        an_interrupted_wait_is_no_failure,
        a_signal_that_cannot_be_taken_over_changes_nothing,
        a_signal_that_cannot_be_let_go_is_still_handled,
    ])
}
