//! Descriptors that one coroutine reads, or writes, to the end: files, and what processes of ours have to say.
//!
//! They lie in a table of the runtime, with what was read so far, so that they are closed whatever becomes of the
//! coroutine. Every call is tried first; `EAGAIN` means that the coroutine has to wait.

use crate::os::epoll::Interest;
use crate::os::fd;
use crate::os::file::{self, Kind, Lock, Purpose};
use crate::os::memory;
use crate::os::process::Pid;
use crate::os::spare::Spare;
use crate::os::{Errno, Result};
use crate::rt::core::clock::now;
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::wait::{WaitKind, Waiter};
use crate::rt::helper_process;
use crate::rt::runtime::Runtime;
use slab::Slab;
use std::ffi::CStr;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::time::{Duration, Instant};

/// How much one call reads at most where nobody knows how much there is.
const STEP: usize = 64 * 1024;

/// How often to try again what the kernel tells nobody of: that somebody reads a named pipe, or gives up a lock.
pub const RETRY: Duration = Duration::from_millis(5);

/// Names a flow of this runtime. A token is not used again for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FlowToken {
    index: usize,
    serial: u64,
}

/// Why reading has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// There is no more.
    End,
    /// There may be more than was wanted.
    Full,
}

#[derive(Debug)]
struct Flow {
    fd: OwnedFd,
    watch: Option<Watch>,
    collected: Vec<u8>,
    helper: Option<Helper>,
}

/// The process of ours that writes to a flow, to be reaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Helper {
    pub(super) pid: Pid,
    pub(super) work: Work,
}

/// What it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    Lookup,
    Command,
}

/// The flows of a process.
#[derive(Debug, Default)]
pub struct Flows {
    slab: Slab<(u64, Flow)>,
    last_serial: u64,
}

impl Flows {
    /// Adds a descriptor, and the process of ours at its other end.
    pub(super) fn insert(&mut self, fd: OwnedFd, helper: Option<Helper>) -> FlowToken {
        self.last_serial += 1;
        let serial = self.last_serial;
        let flow = Flow { fd, watch: None, collected: Vec::new(), helper };
        FlowToken { index: self.slab.insert((serial, flow)), serial }
    }

    fn get(&mut self, token: FlowToken) -> Result<&mut Flow> {
        let found = self.slab.get_mut(token.index).filter(|(serial, _)| *serial == token.serial);
        found.map(|(_, flow)| flow).ok_or(Errno::EBADF)
    }

    /// How many processes of ours do such work.
    pub(super) fn at_work(&self, work: Work) -> usize {
        self.slab
            .iter()
            .filter(|(_, (_, flow))| flow.helper.is_some_and(|helper| helper.work == work))
            .count()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.slab.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.slab.is_empty()
    }

    /// Opens a file. `EAGAIN` when it cannot be done now: nobody reads the named pipe that is to be written.
    pub fn open(&mut self, path: &CStr, purpose: Purpose) -> Result<FlowToken> {
        let fd = match uninterrupted(|| file::open(path, purpose)) {
            Err(Errno::ENXIO) if purpose != Purpose::Read && file::is_fifo(path)? => Err(Errno::EAGAIN),
            result => result,
        }?;
        Ok(self.insert(fd, None))
    }

    /// What is behind a flow.
    pub fn kind(&mut self, token: FlowToken) -> Result<Kind> {
        file::kind(self.get(token)?.fd.as_fd())
    }

    /// Takes the lock of its file. `EAGAIN` while somebody else has it.
    pub fn lock(&mut self, token: FlowToken, lock: Lock) -> Result<()> {
        let flow = self.get(token)?;
        uninterrupted(|| file::lock(flow.fd.as_fd(), lock))
    }

    /// Empties its file.
    pub fn empty(&mut self, token: FlowToken) -> Result<()> {
        let flow = self.get(token)?;
        uninterrupted(|| file::empty(flow.fd.as_fd()))
    }

    /// Whether something is there to be read, be it the end. A named pipe that nobody has opened to write yet has
    /// neither, though read(2) says it is at its end.
    pub fn is_readable(&mut self, token: FlowToken) -> Result<bool> {
        let flow = self.get(token)?;
        uninterrupted(|| fd::readiness(flow.fd.as_raw_fd(), Interest::READ)).map(|ready| !ready.is_empty())
    }

    /// Reads what is there: how much; 0 at the end. `EAGAIN` when there is nothing now.
    pub fn read(&mut self, token: FlowToken, mut buffer: Spare<'_>) -> Result<usize> {
        let flow = self.get(token)?;
        uninterrupted(|| file::read(flow.fd.as_fd(), buffer.lend()))
    }

    /// Reads what a process of ours tells into what is collected until that is more than `most` bytes, or to the end.
    /// `EAGAIN` when there is nothing now.
    pub fn collect(&mut self, token: FlowToken, most: usize) -> Result<Stopped> {
        let flow = self.get(token)?;
        loop {
            let have = flow.collected.len();
            if have > most {
                return Ok(Stopped::Full);
            }
            memory::grow(&mut flow.collected, have + STEP)?;
            let room = flow.collected.get_mut(have..).unwrap_or_default();
            let got = uninterrupted(|| file::read(flow.fd.as_fd(), &mut *room));
            flow.collected.truncate(have + got.unwrap_or(0));
            if got? == 0 {
                return Ok(Stopped::End);
            }
        }
    }

    /// What is collected.
    pub fn collected(&mut self, token: FlowToken) -> &[u8] {
        self.get(token).map_or(&[], |flow| &flow.collected)
    }

    /// Writes what is left of `data` after `sent` bytes, and counts what is written. `EAGAIN` when there is no room now.
    pub fn write_rest(&mut self, token: FlowToken, data: &[u8], sent: &mut usize) -> Result<()> {
        let flow = self.get(token)?;
        while let Some(rest) = data.get(*sent..).filter(|rest| !rest.is_empty()) {
            *sent += uninterrupted(|| fd::write(flow.fd.as_fd(), rest))?;
        }
        Ok(())
    }

    /// In a child: all of these are the parent's.
    pub(super) fn inherit(&mut self) {
        self.slab.clear();
    }
}

/// A signal in between means nothing to calls that do not wait.
fn uninterrupted<T>(mut call: impl FnMut() -> Result<T>) -> Result<T> {
    loop {
        match call() {
            Err(Errno::EINTR) => {}
            result => return result,
        }
    }
}

impl Runtime {
    /// The coroutine that runs begins to wait for a flow, until `deadline` at most. `ETIMEDOUT` when the time is over
    /// already.
    pub fn begin_flow_wait(
        &mut self,
        token: FlowToken,
        direction: Direction,
        deadline: Option<Instant>,
    ) -> Result<Waiter> {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(now()));
        if left == Some(Duration::ZERO) {
            return Err(Errno::ETIMEDOUT);
        }
        let flow = self.flows.get(token)?;
        let known = flow.watch.filter(|&watch| self.core.events.reactor.registrations.is_known(watch));
        let watch = match known {
            Some(watch) => watch,
            None => *flow.watch.insert(self.core.events.reactor.watch(flow.fd.as_raw_fd())?),
        };
        let waiter = self.core.begin_wait(WaitKind::Event, left).ok_or(Errno::EPERM)?;
        self.core.events.reactor.registrations.wait(watch, direction, waiter);
        Ok(waiter)
    }

    /// That wait is over.
    pub fn end_flow_wait(&mut self, token: FlowToken, direction: Direction, waiter: Waiter) {
        if let Some(watch) = self.flows.get(token).ok().and_then(|flow| flow.watch) {
            self.core.events.reactor.registrations.forget(watch, direction, waiter);
        }
    }

    /// Closes a flow. The process of ours at its other end is ended, if it has not come to its end.
    pub fn close_flow(&mut self, token: FlowToken) {
        if self.flows.get(token).is_err() {
            return;
        }
        if let Some((_, flow)) = self.flows.slab.try_remove(token.index) {
            if let Some(watch) = flow.watch {
                self.core.events.reactor.unwatch(watch);
            }
            drop(flow.fd);
            if let Some(helper) = flow.helper {
                helper_process::end(helper.pid);
            }
        }
    }

    /// Ends all processes of ours, as if they had been killed by somebody: what they were asked comes to nothing.
    pub fn end_helpers(&mut self) {
        for (_, (_, flow)) in &mut self.flows.slab {
            if let Some(helper) = flow.helper.take() {
                helper_process::end(helper.pid);
            }
        }
    }

    /// Closes all of them.
    pub fn close_flows(&mut self) {
        let tokens: Vec<FlowToken> =
            self.flows.slab.iter().map(|(index, (serial, _))| FlowToken { index, serial: *serial }).collect();
        for token in tokens {
            self.close_flow(token);
        }
    }
}
