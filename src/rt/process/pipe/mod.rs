//! The pipe of a process: a socket pair of which, as in Swoole, both processes keep both ends.
//!
//! So data that is written before a start, or between two runs, waits for the next run, and siblings write through the
//! object that they inherited. The price: the kernel alone cannot report EOF when the other process exits, because the
//! reader itself holds that process's end. Therefore a read that finds nothing also waits for the other process. When
//! that process has exited, the reader closes its own copy of the far end. From then on the kernel is exact: it reports
//! EOF unless a grandchild still holds the end.

mod calls;
mod handles;

use crate::os::pipe::{self, Half, Wait};
use crate::os::process::Pid;
use crate::os::{Errno, fd};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::handle::{ArrivalKind, ArrivalQueue, Mark, ReceiveError};
use crate::rt::process::peer::{Kin, Peer};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd, RawFd};
use std::time::{Duration, Instant};

pub use crate::os::pipe::Kind;

/// How long a call may wait in the kernel before it checks the other process. A poll before each read would make a
/// round trip 15 to 20 % slower; this limit costs nothing as long as answers come sooner.
pub(in crate::rt) const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// The two ends, named after the process that uses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The end of the process that starts the other.
    Master,
    /// The end of the started process.
    Worker,
}

/// One end, as this process has it.
#[derive(Debug)]
enum End {
    Open(OwnedFd),
    /// We closed our copy, so that the kernel can detect when the last copy is closed; other processes may hold theirs.
    Released,
    /// The script closed it.
    Closed,
}

impl End {
    fn fd(&self) -> Option<BorrowedFd<'_>> {
        match self {
            End::Open(fd) => Some(fd.as_fd()),
            End::Released | End::Closed => None,
        }
    }
}

/// Why a read or a write did not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The script has closed this end.
    Closed,
    /// A signal handler has run. The caller calls again once the script has seen the signal.
    Interrupted {
        /// Bytes that a write has sent so far; the repeated call leaves them out.
        sent: usize,
    },
    /// A stream has taken a part and has no room for the rest. A signal handler may have run: the kernel reports that
    /// only by a short count. The caller calls again once the script has seen the signal, if there was one.
    Paused {
        /// Bytes sent so far; the repeated call leaves them out.
        sent: usize,
    },
    /// Our parent has exited, and the siblings that share its end have sent nothing since.
    Orphaned,
    /// A handle or a value comes next. It was not consumed.
    Meets(ArrivalKind),
    /// A handle or a value was requested, and there is none.
    Refused(ReceiveError),
    /// Nothing to read, or no room to write, and the pipe is nonblocking.
    WouldBlock,
    /// The timeout of the pipe has expired.
    TimedOut,
    /// The system call failed.
    Failed(Errno),
}

/// The result of a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// The number of bytes in the buffer; 0 at EOF.
    pub len: usize,
    /// The length of the whole message. It is larger than `len` when the buffer was too small and the rest was lost.
    pub message: usize,
}

/// What [`Pipe::close`] closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One end, in this process.
    End(Side),
    /// One direction of our end, for all processes.
    Half(Half),
}

/// The pipe of one process object.
#[derive(Debug)]
pub struct Pipe {
    kind: Kind,
    master: End,
    worker: End,
    /// The end that this process reads and writes.
    side: Side,
    peer: Peer,
    blocking: bool,
    /// The event loop watches our end.
    watched: bool,
    timeout: Option<Duration>,
    /// When the last call had to end.
    deadline: Option<Instant>,
    goes_on: bool,
    /// A signal has ended the last wait in the kernel.
    was_interrupted: bool,
    /// Whether our end's socket has the time limit that calls need now, for reads and for writes.
    has_limit: [bool; 2],
    /// Our end is a standard descriptor too: a timeout on it would break programs that read stdin.
    shared: bool,
    /// The other process is a child of our parent, not ours.
    borrowed: bool,
    /// Our parent has exited, and this is known.
    orphan: bool,
    /// The number of reads in a row at EOF.
    ends: u32,
    /// It belongs to a pool, whose processes all keep both ends: EOF never comes.
    pooled: bool,
    /// Handles and values that reads have met.
    held: ArrivalQueue,
    /// The mark of its values.
    mark: Mark,
}

impl Pipe {
    /// A pair of ends, seen from the master. `buffer` is the requested send buffer in bytes; the kernel grants up to
    /// net.core.wmem_max.
    pub fn new(kind: Kind, buffer: i32) -> std::result::Result<Pipe, SyscallError> {
        let (master, worker) = pair(kind, buffer)?;
        Ok(Pipe {
            kind,
            master: End::Open(master),
            worker: End::Open(worker),
            side: Side::Master,
            peer: Peer::Nobody,
            blocking: true,
            watched: false,
            timeout: None,
            deadline: None,
            goes_on: false,
            was_interrupted: false,
            has_limit: [false; 2],
            shared: false,
            borrowed: false,
            orphan: false,
            ends: 0,
            pooled: false,
            held: ArrivalQueue::default(),
            mark: Mark::random(),
        })
    }

    /// The descriptor number of our end, as scripts see it.
    pub fn number(&self) -> Option<RawFd> {
        self.near().map(|fd| fd::number(&fd))
    }

    /// What it carries.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The mark of its values.
    pub fn mark(&self) -> Mark {
        self.mark
    }

    fn end(&self, side: Side) -> &End {
        match side {
            Side::Master => &self.master,
            Side::Worker => &self.worker,
        }
    }

    fn end_mut(&mut self, side: Side) -> &mut End {
        match side {
            Side::Master => &mut self.master,
            Side::Worker => &mut self.worker,
        }
    }

    fn near(&self) -> Option<BorrowedFd<'_>> {
        self.end(self.side).fd()
    }

    /// Our end, and what its reads have met.
    fn receiving(&mut self) -> Option<(BorrowedFd<'_>, &mut ArrivalQueue)> {
        let Pipe { master, worker, side, held, .. } = self;
        let near = match side {
            Side::Master => master,
            Side::Worker => worker,
        };
        near.fd().map(|near| (near, held))
    }

    fn far(&mut self) -> &mut End {
        self.end_mut(match self.side {
            Side::Master => Side::Worker,
            Side::Worker => Side::Master,
        })
    }

    fn release_far(&mut self) {
        let far = self.far();
        if matches!(far, End::Open(_)) {
            *far = End::Released;
        }
    }

    /// Before a start: makes a new pair on the same descriptor number when the last run has used up the pipe, or when
    /// this process was forked with one end only. Returns whether it did.
    pub fn renew(&mut self, buffer: i32) -> std::result::Result<bool, SyscallError> {
        if self.side != Side::Master || matches!(self.worker, End::Open(_)) {
            return Ok(false);
        }
        let End::Open(old) = &self.master else {
            return Ok(false);
        };
        let (master, worker) = pair(self.kind, buffer)?;
        fd::replace(old, &master).map_err(SyscallError::of("dup3()"))?;
        self.worker = End::Open(worker);
        self.has_limit = [false; 2];
        self.borrowed = false;
        Ok(true)
    }

    /// In the parent: `child` was started, and is the other process from now on.
    pub fn started(&mut self, child: Pid) {
        self.peer = Peer::known(child, Kin::Child);
    }

    /// In the child that was started for this pipe: the worker's end is ours, `parent` is the other process.
    pub fn become_worker(&mut self, parent: Pid) {
        self.become_pool_worker();
        self.orphan = false;
        self.peer = Peer::known(parent, Kin::Parent);
    }

    /// Before any fork: the pipe belongs to a pool.
    pub fn share_in_pool(&mut self) {
        self.pooled = true;
    }

    /// In the worker of the pool that the pipe is for: the worker's end is ours.
    pub fn become_pool_worker(&mut self) {
        self.side = Side::Worker;
        // What is held came for the master.
        self.held.clear();
        self.blocking = true;
        self.timeout = None;
        self.has_limit = [false; 2];
    }

    /// Our end, for a receive call that waits for data, or up to a timeout where one may be set.
    pub fn for_receive(&mut self) -> Option<(BorrowedFd<'_>, Wait)> {
        let wait = self.limited(Half::Read);
        Some((self.near()?, wait))
    }

    /// One of its ends, in this process.
    pub fn descriptor(&self, side: Side) -> Option<BorrowedFd<'_>> {
        self.end(side).fd()
    }

    /// In any other child: keeps our end, through which siblings may be written to, and closes the other.
    pub fn inherited(&mut self) {
        // What is held is the parent's. A pool has many pipes, and what a child writes to is copied for it.
        if !self.held.is_empty() {
            self.held.clear();
        }
        if self.pooled {
            return;
        }
        self.borrowed = true;
        self.release_far();
    }

    /// Closes our end too, when it leads to another child of our parent. Otherwise children that outlive their parent
    /// would wait for each other for ever, as each holds the end whose EOF the others wait for. Returns whether it did.
    pub fn let_go_of_sibling(&mut self) -> bool {
        let is_siblings = self.borrowed && self.side == Side::Master && matches!(self.master, End::Open(_));
        if is_siblings {
            self.master = End::Released;
        }
        is_siblings
    }

    /// The process at the other side.
    pub fn peer(&self) -> Peer {
        self.peer
    }

    /// The other process has exited, and nothing is left to read: closes our copy of its end. Returns whether the
    /// siblings' ends have to be closed as well, because it was our parent.
    pub fn note_end(&mut self) -> bool {
        self.release_far();
        if self.side == Side::Worker {
            self.orphan = true;
        }
        self.orphan
    }

    /// `child` has been reaped.
    pub fn note_end_of(&mut self, child: Pid) {
        if matches!(self.peer, Peer::Process { pid, kin: Kin::Child, .. } if pid == child) {
            self.peer = Peer::Gone;
        }
    }

    /// dup2(2) of our end over `target`. From now on the end has no timeout.
    pub fn redirect(&mut self, target: fd::Standard) -> std::result::Result<(), SyscallError> {
        let number = self.number().ok_or(Errno::EBADF).map_err(SyscallError::of("dup2()"))?;
        self.shared = true;
        // Set by us, or in an earlier run on the same pair.
        for half in [Half::Read, Half::Write] {
            let limited = self.near().map_or(Ok(()), |near| pipe::limit_wait(near, half, Duration::ZERO));
            limited.map_err(SyscallError::of("setsockopt()"))?;
        }
        self.has_limit = [false; 2];
        fd::duplicate_onto(number, target).map_err(SyscallError::of("dup2()"))?;
        // Programs that use it as stdin or stdout must see EOF, and cannot use our detection.
        self.release_far();
        Ok(())
    }

    /// Sets whether reads wait. Writes wait in any case, unless an event loop can queue them.
    pub fn set_blocking(&mut self, blocking: bool) {
        self.blocking = blocking;
    }

    /// Before a read: whether the event loop watches our end. Then reads do not wait, because that would stop the loop.
    #[inline]
    pub fn note_watched(&mut self, watched: bool) {
        self.watched = watched;
    }

    /// Whether reads wait.
    #[inline]
    fn reads_wait(&self) -> bool {
        self.blocking && !self.watched
    }

    /// Whether reads wait, and writes too while there is an event loop.
    pub fn is_blocking(&self) -> bool {
        self.blocking
    }

    /// Sets the longest time that one read or write may take; `None` for no limit.
    pub fn set_timeout(&mut self, timeout: Option<Duration>) {
        if self.timeout != timeout {
            self.has_limit = [false; 2];
        }
        self.timeout = timeout;
    }

    /// The longest time that one read or write may take.
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Whether a read would wait without a limit for a process that was not started.
    pub fn waits_for_nobody(&self) -> bool {
        let is_whole = matches!((&self.master, &self.worker), (End::Open(_), End::Open(_)));
        let waits = self.blocking && self.timeout.is_none() && self.side == Side::Master && !self.pooled;
        let not_started = matches!(self.peer, Peer::Nobody);
        waits && not_started && is_whole && self.near().is_some_and(|fd| pipe::is_readable(fd) == Ok(false))
    }

    /// Closes one end or one direction. `EBADF` when it is already closed.
    pub fn close(&mut self, target: Target) -> std::result::Result<(), SyscallError> {
        let closed = SyscallError { call: "close()", errno: Errno::EBADF };
        match target {
            Target::Half(half) => {
                pipe::shut(self.near().ok_or(closed)?, half).map_err(SyscallError::of("shutdown()"))
            }
            Target::End(side) => match std::mem::replace(self.end_mut(side), End::Closed) {
                End::Open(_) | End::Released => Ok(()),
                End::Closed => Err(closed),
            },
        }
    }
}

fn pair(kind: Kind, buffer: i32) -> std::result::Result<(OwnedFd, OwnedFd), SyscallError> {
    let (master, worker) = pipe::pair(kind).map_err(SyscallError::of("socketpair()"))?;
    for end in [&master, &worker] {
        pipe::set_send_buffer(end.as_fd(), buffer).map_err(SyscallError::of("setsockopt()"))?;
    }
    Ok((master, worker))
}
