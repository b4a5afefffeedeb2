//! Transfers: descriptors that one coroutine reads or writes to the end, such as files and the pipes of helper
//! processes.
//!
//! They are in a table of the runtime, with what was read so far. So they are closed whatever becomes of the coroutine.
//! Every call is tried first; `EAGAIN` means that the coroutine has to wait.

use crate::os::epoll::Interest;
use crate::os::fd;
use crate::os::file::{self, Kind, Lock, OpenMode};
use crate::os::memory;
use crate::os::process::Pid;
use crate::os::spare::Spare;
use crate::os::{Errno, Result, uninterrupted};
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
use std::path::Path;
use std::time::{Duration, Instant};

/// The most bytes that one call reads when the total is not known.
const STEP: usize = 64 * 1024;

/// The interval of retries for events that the kernel does not report: a reader opens a named pipe, a lock is released.
pub const RETRY: Duration = Duration::from_millis(5);

/// The number of concurrent name lookups, each in a helper process.
const LOOKUPS: usize = 32;

/// Locks of files that processes of ours wait for at the same time.
const LOCKS: usize = 32;

/// Why reading has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadEnd {
    /// At EOF.
    End,
    /// The limit was reached; there may be more.
    Full,
}

/// A running command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// The transfer of its output.
    pub output: TransferToken,
    /// The transfer of its exit status: [`end_of_command`](command::end_of_command).
    pub status: TransferToken,
}

#[derive(Debug)]
struct Transfer {
    fd: OwnedFd,
    watch: Option<Watch>,
    collected: Vec<u8>,
    helper: Option<Helper>,
}

/// The helper process that writes to a transfer. It has to be reaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Helper {
    pid: Pid,
    work: Work,
}

/// The work of a helper process.
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
    /// Adds a descriptor, and the helper process at its other end.
    fn insert(&mut self, fd: OwnedFd, helper: Option<Helper>) -> TransferToken {
        self.all.insert(Transfer { fd, watch: None, collected: Vec::new(), helper })
    }

    fn get(&mut self, token: TransferToken) -> Result<&mut Transfer> {
        self.all.get_mut(token).ok_or(Errno::EBADF)
    }

    /// The number of helper processes that do this work.
    fn at_work(&self, work: Work) -> usize {
        self.all.values().filter(|transfer| transfer.helper.is_some_and(|helper| helper.work == work)).count()
    }

    /// Starts a lookup of the addresses of a name: [`decode`](crate::rt::dns::decode) reads the answer.
    pub fn start_lookup(&mut self, query: &Query) -> std::result::Result<TransferToken, SyscallError> {
        Ok(self.insert_lookup(lookup::start(query)?))
    }

    /// Takes over a helper process that looks something up ([`helper_process::start::start`]), after [`Transfers::may_look_up`].
    pub fn insert_lookup(&mut self, started: Started) -> TransferToken {
        self.insert(started.output, Some(Helper { pid: started.pid, work: Work::Lookup }))
    }

    /// Starts a shell command, in `folder` or in that of this process.
    pub fn start_command(
        &mut self,
        line: &CStr,
        folder: Option<&Path>,
        errors: Errors,
    ) -> std::result::Result<Command, SyscallError> {
        let (output, Started { output: status, pid }) = command::start(line, folder, errors)?;
        let status = self.insert(status, Some(Helper { pid, work: Work::Command }));
        Ok(Command { output: self.insert(output, None), status })
    }

    /// Starts a helper process that waits for the lock of a file: [`end_of_lock`](lock::end_of_lock). `EAGAIN` when too
    /// many do.
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

    /// Whether one more lookup may start now.
    pub fn may_look_up(&self) -> bool {
        self.at_work(Work::Lookup) < LOOKUPS
    }

    /// The number of transfers.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are no transfers.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Opens a file. `EAGAIN` when the path is a named pipe to write to that has no reader.
    pub fn open(&mut self, path: &CStr, mode: OpenMode) -> Result<TransferToken> {
        let fd = match uninterrupted(|| file::open(path, mode)) {
            Err(Errno::ENXIO) if mode != OpenMode::Read && file::is_fifo(path)? => Err(Errno::EAGAIN),
            result => result,
        }?;
        Ok(self.insert(fd, None))
    }

    /// The kind of the file of a transfer.
    pub fn kind(&mut self, token: TransferToken) -> Result<Kind> {
        file::kind(self.get(token)?.fd.as_fd())
    }

    /// Locks its file. `EAGAIN` while another process holds the lock.
    pub fn lock(&mut self, token: TransferToken, lock: Lock) -> Result<()> {
        let transfer = self.get(token)?;
        uninterrupted(|| file::lock(transfer.fd.as_raw_fd(), lock))
    }

    /// Truncates its file.
    pub fn empty(&mut self, token: TransferToken) -> Result<()> {
        let transfer = self.get(token)?;
        uninterrupted(|| file::empty(transfer.fd.as_fd()))
    }

    /// Whether data or EOF can be read. A named pipe that no writer has opened yet has neither, though read(2) reports
    /// EOF.
    pub fn is_readable(&mut self, token: TransferToken) -> Result<bool> {
        let transfer = self.get(token)?;
        fd::readiness(transfer.fd.as_raw_fd(), Interest::READ).map(|ready| !ready.is_empty())
    }

    /// Reads available data and returns the number of bytes; 0 at EOF. `EAGAIN` when there is nothing now.
    pub fn read(&mut self, token: TransferToken, mut buffer: Spare<'_>) -> Result<usize> {
        let transfer = self.get(token)?;
        uninterrupted(|| file::read(transfer.fd.as_fd(), buffer.lend()))
    }

    /// Reads what a helper process writes, and collects it, until EOF or until more than `most` bytes are collected.
    /// `EAGAIN` when there is nothing now.
    pub fn collect(&mut self, token: TransferToken, most: usize) -> Result<ReadEnd> {
        let transfer = self.get(token)?;
        loop {
            let have = transfer.collected.len();
            if have > most {
                return Ok(ReadEnd::Full);
            }
            memory::grow(&mut transfer.collected, have + STEP.min(most + 1 - have))?;
            let room = transfer.collected.get_mut(have..).unwrap_or_default();
            let got = uninterrupted(|| file::read(transfer.fd.as_fd(), &mut *room));
            transfer.collected.truncate(have + got.unwrap_or(0));
            if got? == 0 {
                return Ok(ReadEnd::End);
            }
        }
    }

    /// The collected bytes.
    pub fn collected(&mut self, token: TransferToken) -> &[u8] {
        self.get(token).map_or(&[], |transfer| &transfer.collected)
    }

    /// Writes the rest of `data` after `sent` bytes, and counts what is written. `EAGAIN` when there is no room now.
    pub fn write_rest(&mut self, token: TransferToken, data: &[u8], sent: &mut usize) -> Result<()> {
        let transfer = self.get(token)?;
        while let Some(rest) = data.get(*sent..).filter(|rest| !rest.is_empty()) {
            *sent += uninterrupted(|| fd::write(transfer.fd.as_fd(), rest))?;
        }
        Ok(())
    }
}

impl Part for Transfers {
    /// All transfers are the parent's.
    #[cold]
    fn in_child(&mut self, child: Child) {
        if !child.is_program() {
            self.all.clear();
        }
    }
}

impl Transfers {
    /// Closes a transfer. Kills the helper process at its other end, if that still runs.
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

    /// Kills all helper processes: their requests fail.
    pub fn end_helpers(&mut self) {
        for transfer in self.all.values_mut() {
            if let Some(helper) = transfer.helper.take() {
                helper_process::end(helper.pid);
            }
        }
    }

    /// Closes all transfers.
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
    /// The transfer.
    pub token: TransferToken,
    /// The direction.
    pub direction: Direction,
}

impl Source for TransferWait {
    type Parts<'a> = (&'a mut Core, &'a mut Transfers);
    type Output = ();

    fn arm(&mut self, parts: Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let (core, transfers) = parts;
        let left = time_left(deadline)?;
        let transfer = transfers.get(self.token)?;
        let fd = transfer.fd.as_raw_fd();
        let watch = core.events.reactor.watch_again(transfer.watch, fd, self.direction)?;
        transfer.watch = Some(watch);
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
