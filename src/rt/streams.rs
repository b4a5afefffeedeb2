//! Streams of PHP that coroutines wait for, and the coroutine that waits for each direction. The engine owns the
//! descriptors. Before it closes one, [`Streams::close`] is called.

use crate::os::{Errno, Result};
use crate::rt::core::Core;
use crate::rt::core::child::{Child, Part};
use crate::rt::core::handles::StreamToken;
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::source::Source;
use crate::rt::core::wait::{Cid, Waiter, Wake};
use slotmap::SlotMap;
use std::os::fd::RawFd;
use std::time::Instant;

/// The open streams for which a coroutine has waited.
#[derive(Debug, Default)]
pub struct Streams {
    all: SlotMap<StreamToken, Stream>,
}

#[derive(Debug)]
struct Stream {
    fd: RawFd,
    watch: Option<Watch>,
    reader: Option<(Cid, Waiter)>,
    writer: Option<(Cid, Waiter)>,
}

impl Stream {
    fn side(&mut self, direction: Direction) -> &mut Option<(Cid, Waiter)> {
        match direction {
            Direction::Read => &mut self.reader,
            Direction::Write => &mut self.writer,
        }
    }
}

/// The directions of a stream that an operation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Directions {
    /// It receives.
    Read,
    /// It sends.
    Write,
    /// It does both.
    Both,
}

impl Directions {
    fn has(self, direction: Direction) -> bool {
        match self {
            Directions::Read => direction == Direction::Read,
            Directions::Write => direction == Direction::Write,
            Directions::Both => true,
        }
    }

    fn each(self) -> impl Iterator<Item = Direction> {
        [Direction::Read, Direction::Write].into_iter().filter(move |direction| self.has(*direction))
    }
}

/// A coroutine that waits in an operation on a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Its number.
    pub cid: Cid,
    /// Its wait.
    pub waiter: Waiter,
    /// The direction that it needs.
    pub direction: Direction,
}

impl Streams {
    /// Adds a stream.
    pub fn insert(&mut self, fd: RawFd) -> StreamToken {
        self.all.insert(Stream { fd, watch: None, reader: None, writer: None })
    }

    /// Another coroutine that waits in an operation on this stream which needs one of these directions.
    pub fn holder(&self, token: StreamToken, wanted: Directions) -> Option<Holder> {
        self.holders(token).into_iter().flatten().find(|holder| wanted.has(holder.direction))
    }

    fn holders(&self, token: StreamToken) -> [Option<Holder>; 2] {
        let holder = |(cid, waiter), direction| Holder { cid, waiter, direction };
        self.all.get(token).map_or([None, None], |stream| {
            let reader = stream.reader.map(|side| holder(side, Direction::Read));
            let writer = stream.writer.map(|side| holder(side, Direction::Write));
            [reader, writer]
        })
    }

    /// Removes a stream before it is closed. Returns the coroutines that wait in it, which the caller wakes.
    pub fn close(&mut self, core: &mut Core, token: StreamToken) -> [Option<Holder>; 2] {
        let holders = self.holders(token);
        if let Some(stream) = self.all.remove(token) {
            if let Some(watch) = stream.watch {
                core.events.reactor.unwatch(watch);
            }
            core.events.reactor.forget(stream.fd);
        }
        holders
    }

    fn watch(&mut self, core: &mut Core, token: StreamToken, direction: Direction) -> Result<Watch> {
        let stream = self.all.get_mut(token).ok_or(Errno::EBADF)?;
        let watch = core.events.reactor.watch_again(stream.watch, stream.fd, direction)?;
        stream.watch = Some(watch);
        Ok(watch)
    }
}

/// A wait until a stream may be ready. The result is whether the stream is still open.
#[derive(Clone, Copy, Debug)]
pub struct StreamWait {
    /// The stream.
    pub token: StreamToken,
    /// The directions that the operation needs. No other operation may be in these.
    pub needs: Directions,
    /// Whether readiness of the other direction ends the wait, too: a TLS session may have to send before it can
    /// receive, and the other way round. If another coroutine waits for that direction, this coroutine continues the
    /// session instead.
    pub or_other: bool,
}

impl Source for StreamWait {
    type Parts<'a> = (&'a mut Core, &'a mut Streams);
    type Output = bool;

    fn arm(&mut self, parts: Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let (core, streams) = parts;
        let cid = core.scheduler.current().ok_or(Errno::EPERM)?;
        let writes = self.or_other || self.needs.has(Direction::Write);
        let direction = if writes { Direction::Write } else { Direction::Read };
        let watch = streams.watch(core, self.token, direction)?;
        let waiter = core.begin_until(deadline)?;
        for direction in Directions::Both.each() {
            let is_needed = self.needs.has(direction);
            if let Some(stream) = streams.all.get_mut(self.token).filter(|_| is_needed) {
                *stream.side(direction) = Some((cid, waiter));
            }
            let registrations = &mut core.events.reactor.registrations;
            if is_needed || self.or_other && registrations.waiter(watch, direction).is_none() {
                registrations.wait(watch, direction, waiter);
            }
        }
        Ok(Some(waiter))
    }

    fn disarm(self, parts: Self::Parts<'_>, waiter: Waiter, _wake: Wake) -> bool {
        let (core, streams) = parts;
        let Some(stream) = streams.all.get_mut(self.token) else { return false };
        for direction in Directions::Both.each() {
            stream.side(direction).take_if(|(_, holder)| *holder == waiter);
            if let Some(watch) = stream.watch {
                core.events.reactor.registrations.forget(watch, direction, waiter);
            }
        }
        true
    }
}

impl Part for Streams {
    /// The waiting coroutines belong to the parent, and so does the epoll instance.
    #[cold]
    fn in_child(&mut self, child: Child) {
        if !child.is_program() {
            for stream in self.all.values_mut() {
                (stream.watch, stream.reader, stream.writer) = (None, None, None);
            }
        }
    }
}
