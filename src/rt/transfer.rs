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
use crate::rt::core::Core;
use crate::rt::core::child::{Child, Part};
use crate::rt::core::handles::TransferToken;
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::source::{Source, time_left};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::wait::{Waiter, Wake};
use crate::rt::dns::Query;
use crate::rt::helper_process::command::{self, Errors};
use crate::rt::helper_process::start::Started;
use crate::rt::helper_process::{self, lock, lookup};
use slotmap::SlotMap;
use std::ffi::CStr;
use std::os::fd::{AsFd, AsRawFd, OwnedFd, RawFd};
use std::time::{Duration, Instant};

/// How much one call reads at most where nobody knows how much there is.
const STEP: usize = 64 * 1024;

/// How often to try again what the kernel tells nobody of: that somebody reads a named pipe, or gives up a lock.
pub const RETRY: Duration = Duration::from_millis(5);

/// Names that are asked for at the same time, each by a process.
const LOOKUPS: usize = 32;

/// Locks of files that processes of ours wait for at the same time.
const LOCKS: usize = 32;

/// Why reading has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// There is no more.
    End,
    /// There may be more than was wanted.
    Full,
}

/// A command that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// What it writes.
    pub output: TransferToken,
    /// How it has ended: [`end_of_command`](command::end_of_command).
    pub status: TransferToken,
}

#[derive(Debug)]
struct Transfer {
    fd: OwnedFd,
    watch: Option<Watch>,
    collected: Vec<u8>,
    helper: Option<Helper>,
}

/// The process of ours that writes to a transfer, to be reaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Helper {
    pid: Pid,
    work: Work,
}

/// What it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Lookup,
    Command,
    Lock,
}

/// The transfers of a process.
#[derive(Debug, Default)]
pub struct Transfers {
    all: SlotMap<TransferToken, Transfer>,
}

impl Transfers {
    /// Adds a descriptor, and the process of ours at its other end.
    fn insert(&mut self, fd: OwnedFd, helper: Option<Helper>) -> TransferToken {
        self.all.insert(Transfer { fd, watch: None, collected: Vec::new(), helper })
    }

    fn get(&mut self, token: TransferToken) -> Result<&mut Transfer> {
        self.all.get_mut(token).ok_or(Errno::EBADF)
    }

    /// How many processes of ours do such work.
    fn at_work(&self, work: Work) -> usize {
        self.all.values().filter(|transfer| transfer.helper.is_some_and(|helper| helper.work == work)).count()
    }

    /// Asks for the addresses of a name: [`decode`](crate::rt::dns::decode) reads the answer.
    pub fn start_lookup(&mut self, query: &Query) -> std::result::Result<TransferToken, SyscallError> {
        let Started { output, pid } = lookup::start(query)?;
        Ok(self.insert(output, Some(Helper { pid, work: Work::Lookup })))
    }

    /// Takes over a process that looks something up ([`helper_process::start::start`]), after [`Transfers::may_look_up`].
    pub fn insert_lookup(&mut self, started: Started) -> TransferToken {
        self.insert(started.output, Some(Helper { pid: started.pid, work: Work::Lookup }))
    }

    /// Starts a command of the shell.
    pub fn start_command(
        &mut self,
        line: &CStr,
        errors: Errors,
    ) -> std::result::Result<Command, SyscallError> {
        let (output, Started { output: status, pid }) = command::start(line, errors)?;
        let status = self.insert(status, Some(Helper { pid, work: Work::Command }));
        Ok(Command { output: self.insert(output, None), status })
    }

    /// Has a process wait for the lock of a file: [`end_of_lock`](lock::end_of_lock). `EAGAIN` when too many do.
    pub fn start_lock(&mut self, fd: RawFd, lock: Lock) -> std::result::Result<TransferToken, SyscallError> {
        if self.at_work(Work::Lock) >= LOCKS {
            return Err(SyscallError { call: "clone()", errno: Errno::EAGAIN });
        }
        let Started { output, pid } = lock::start(fd, lock)?;
        Ok(self.insert(output, Some(Helper { pid, work: Work::Lock })))
    }

    /// The descriptor of a transfer.
    pub fn number(&mut self, token: TransferToken) -> Result<RawFd> {
        Ok(self.get(token)?.fd.as_raw_fd())
    }

    /// Whether one more name may be asked for now, or has to wait for others.
    pub fn may_look_up(&self) -> bool {
        self.at_work(Work::Lookup) < LOOKUPS
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Opens a file. `EAGAIN` when it cannot be done now: nobody reads the named pipe that is to be written.
    pub fn open(&mut self, path: &CStr, purpose: Purpose) -> Result<TransferToken> {
        let fd = match uninterrupted(|| file::open(path, purpose)) {
            Err(Errno::ENXIO) if purpose != Purpose::Read && file::is_fifo(path)? => Err(Errno::EAGAIN),
            result => result,
        }?;
        Ok(self.insert(fd, None))
    }

    /// What is behind a transfer.
    pub fn kind(&mut self, token: TransferToken) -> Result<Kind> {
        file::kind(self.get(token)?.fd.as_fd())
    }

    /// Takes the lock of its file. `EAGAIN` while somebody else has it.
    pub fn lock(&mut self, token: TransferToken, lock: Lock) -> Result<()> {
        let transfer = self.get(token)?;
        uninterrupted(|| file::lock(transfer.fd.as_raw_fd(), lock))
    }

    /// Empties its file.
    pub fn empty(&mut self, token: TransferToken) -> Result<()> {
        let transfer = self.get(token)?;
        uninterrupted(|| file::empty(transfer.fd.as_fd()))
    }

    /// Whether something is there to be read, be it the end. A named pipe that nobody has opened to write yet has
    /// neither, though read(2) says it is at its end.
    pub fn is_readable(&mut self, token: TransferToken) -> Result<bool> {
        let transfer = self.get(token)?;
        uninterrupted(|| fd::readiness(transfer.fd.as_raw_fd(), Interest::READ))
            .map(|ready| !ready.is_empty())
    }

    /// Reads what is there: how much; 0 at the end. `EAGAIN` when there is nothing now.
    pub fn read(&mut self, token: TransferToken, mut buffer: Spare<'_>) -> Result<usize> {
        let transfer = self.get(token)?;
        uninterrupted(|| file::read(transfer.fd.as_fd(), buffer.lend()))
    }

    /// Reads what a process of ours tells into what is collected until that is more than `most` bytes, or to the end.
    /// `EAGAIN` when there is nothing now.
    pub fn collect(&mut self, token: TransferToken, most: usize) -> Result<Stopped> {
        let transfer = self.get(token)?;
        loop {
            let have = transfer.collected.len();
            if have > most {
                return Ok(Stopped::Full);
            }
            memory::grow(&mut transfer.collected, have + STEP)?;
            let room = transfer.collected.get_mut(have..).unwrap_or_default();
            let got = uninterrupted(|| file::read(transfer.fd.as_fd(), &mut *room));
            transfer.collected.truncate(have + got.unwrap_or(0));
            if got? == 0 {
                return Ok(Stopped::End);
            }
        }
    }

    /// What is collected.
    pub fn collected(&mut self, token: TransferToken) -> &[u8] {
        self.get(token).map_or(&[], |transfer| &transfer.collected)
    }

    /// Writes what is left of `data` after `sent` bytes, and counts what is written. `EAGAIN` when there is no room now.
    pub fn write_rest(&mut self, token: TransferToken, data: &[u8], sent: &mut usize) -> Result<()> {
        let transfer = self.get(token)?;
        while let Some(rest) = data.get(*sent..).filter(|rest| !rest.is_empty()) {
            *sent += uninterrupted(|| fd::write(transfer.fd.as_fd(), rest))?;
        }
        Ok(())
    }
}

impl Part for Transfers {
    /// All of these are the parent's.
    fn in_child(&mut self, child: Child) {
        if !child.is_program() {
            self.all.clear();
        }
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

impl Transfers {
    /// Closes a transfer. The process of ours at its other end is ended, if it has not come to its end.
    pub fn close(&mut self, core: &mut Core, token: TransferToken) {
        if let Some(transfer) = self.all.remove(token) {
            if let Some(watch) = transfer.watch {
                core.events.reactor.unwatch(watch);
            }
            drop(transfer.fd);
            if let Some(helper) = transfer.helper {
                helper_process::end(helper.pid);
            }
        }
    }

    /// Ends all processes of ours, as if they had been killed by somebody: what they were asked comes to nothing.
    pub fn end_helpers(&mut self) {
        for transfer in self.all.values_mut() {
            if let Some(helper) = transfer.helper.take() {
                helper_process::end(helper.pid);
            }
        }
    }

    /// Closes all of them.
    pub fn close_all(&mut self, core: &mut Core) {
        let tokens: Vec<TransferToken> = self.all.keys().collect();
        for token in tokens {
            self.close(core, token);
        }
    }
}

/// A wait for a transfer.
#[derive(Clone, Copy, Debug)]
pub struct TransferWait {
    /// Which.
    pub token: TransferToken,
    /// Which direction.
    pub direction: Direction,
}

impl Source for TransferWait {
    type Parts<'a> = (&'a mut Core, &'a mut Transfers);
    type Output = ();

    fn arm(&mut self, parts: Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let (core, transfers) = parts;
        let left = time_left(deadline)?;
        let transfer = transfers.get(self.token)?;
        let known = transfer.watch.filter(|&watch| core.events.reactor.registrations.is_known(watch));
        let watch = match known {
            Some(watch) => watch,
            None => *transfer.watch.insert(core.events.reactor.watch(transfer.fd.as_raw_fd())?),
        };
        let waiter = core.begin_event(left)?;
        core.events.reactor.registrations.wait(watch, self.direction, waiter);
        Ok(Some(waiter))
    }

    fn disarm(self, (core, transfers): Self::Parts<'_>, waiter: Waiter, _wake: Wake) {
        if let Some(watch) = transfers.get(self.token).ok().and_then(|transfer| transfer.watch) {
            core.events.reactor.registrations.forget(watch, self.direction, waiter);
        }
    }
}
