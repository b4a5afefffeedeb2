//! The children that process objects have started, each by its pidfd: a pid alone may belong to another process by now.
//! How a child ended is kept until its object starts another one, or is gone.

use crate::os::pipe::{self, Half};
use crate::os::prepared_wait::prepare_wait;
use crate::os::process::{self, ChildState, ExitReport, Pid};
use crate::os::{Errno, Result, fd, file, pidfd, setup};
use crate::rt::core::clock::WaitEnv;
use crate::rt::core::handles::ChildToken;
use crate::rt::process::pipe::POLL_INTERVAL;
use slotmap::SlotMap;
use std::os::fd::{AsFd, AsRawFd, IntoRawFd, OwnedFd, RawFd};
use std::time::{Duration, Instant};

/// The first pause between two questions where no pidfd reports the end of a child. Pauses double up to
/// [`POLL_INTERVAL`].
const FIRST_PAUSE: Duration = Duration::from_millis(1);

/// A child, as its object knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChildStatus {
    /// It runs.
    Running,
    /// It has exited, and was not reaped yet.
    Zombie,
    /// It was reaped.
    Reaped(ExitReport),
    /// It is no child of this process any more, and how it ended is not known: other code has reaped it, or this
    /// process is not the one that started it.
    Unknown,
}

#[derive(Debug)]
enum Known {
    /// It was not reaped, as far as this runtime knows. Without a pidfd the kernel is asked by the pid.
    Unreaped(Option<OwnedFd>),
    Reaped(ExitReport),
    Lost,
}

#[derive(Debug)]
struct StartedChild {
    pid: Pid,
    known: Known,
    ends: [End; 3],
}

/// Our end of the pipe that is a standard descriptor of a child.
#[derive(Debug, Default)]
enum End {
    /// The descriptor is no pipe, or the end was closed.
    #[default]
    None,
    Ours {
        fd: OwnedFd,
        /// The data that was read and is not a whole line yet.
        ahead: Vec<u8>,
    },
    /// A stream has it.
    GivenAway,
}

/// What a read of a line has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line of so many bytes, its end included, which the last one may lack: [`StartedChildren::line`]. 0 at the end of
    /// the pipe.
    Whole(usize),
    /// Nothing yet. The descriptor to wait for.
    Wait(RawFd),
    /// There is no pipe.
    NoPipe,
    /// A stream has the pipe.
    GivenAway,
}

/// How much a read of a line takes at once.
const CHUNK: usize = 8192;

/// A longer line comes in parts.
const LONGEST: usize = 16 << 20;

/// The children of this process that have an object.
#[derive(Debug, Default)]
pub struct StartedChildren {
    all: SlotMap<ChildToken, StartedChild>,
    last: Option<ExitReport>,
    /// A descriptor that becomes a stream.
    leaving: Option<OwnedFd>,
}

impl StartedChildren {
    /// A child was forked just now.
    pub fn add(&mut self, pid: Pid) -> ChildToken {
        // The kernel gives a pid again only after the child that had it was reaped.
        for older in self.all.values_mut().filter(|older| older.pid == pid) {
            if matches!(older.known, Known::Unreaped(_)) {
                older.known = Known::Lost;
            }
        }
        // Without a pidfd (an old kernel, no descriptor left) the kernel is asked by the pid.
        let known = Known::Unreaped(pidfd::open(pid).ok());
        self.all.insert(StartedChild { pid, known, ends: Default::default() })
    }

    /// The child was started with pipes as standard descriptors: our ends.
    pub fn add_ends(&mut self, token: ChildToken, ends: [Option<OwnedFd>; 3]) {
        if let Some(child) = self.all.get_mut(token) {
            child.ends = ends.map(|fd| fd.map_or(End::None, |fd| End::Ours { fd, ahead: Vec::new() }));
        }
    }

    fn end(&mut self, token: ChildToken, which: usize) -> Option<&mut End> {
        self.all.get_mut(token)?.ends.get_mut(which)
    }

    /// The line that comes next from standard output (1) or standard error (2) of a child, without waiting.
    pub fn read_line(&mut self, token: ChildToken, which: usize) -> Result<Line> {
        let Some(end) = self.end(token, which) else { return Ok(Line::NoPipe) };
        let (fd, ahead) = match end {
            End::None => return Ok(Line::NoPipe),
            End::GivenAway => return Ok(Line::GivenAway),
            End::Ours { fd, ahead } => (fd, ahead),
        };
        let mut seen = 0;
        loop {
            if let Some(at) = memchr::memchr(b'\n', ahead.get(seen..).unwrap_or_default()) {
                return Ok(Line::Whole(seen + at + 1));
            }
            seen = ahead.len();
            if !again(|| pipe::is_readable(fd.as_fd()))? {
                return Ok(Line::Wait(fd.as_raw_fd()));
            }
            let mut chunk = [0; CHUNK];
            let count = again(|| setup::read(fd.as_fd(), &mut chunk))?;
            if count == 0 || ahead.len() >= LONGEST {
                ahead.extend_from_slice(chunk.get(..count).unwrap_or_default());
                return Ok(Line::Whole(ahead.len()));
            }
            ahead.extend_from_slice(chunk.get(..count).unwrap_or_default());
        }
    }

    /// The data that was read ahead.
    pub fn line(&mut self, token: ChildToken, which: usize) -> &[u8] {
        match self.end(token, which) {
            Some(End::Ours { ahead, .. }) => ahead,
            _ => &[],
        }
    }

    /// A line of this length was read.
    pub fn consume_line(&mut self, token: ChildToken, which: usize, len: usize) {
        if let Some(End::Ours { ahead, .. }) = self.end(token, which) {
            ahead.drain(..len.min(ahead.len()));
        }
    }

    /// Waits until a read of a line may find more, or `deadline` has passed. `EINTR` when a signal handler has run.
    pub fn wait_for_line(&self, fd: RawFd, deadline: Option<Instant>, env: WaitEnv) -> Result<()> {
        let left = deadline.map(|deadline| deadline.saturating_duration_since((env.now)()));
        let prepared = prepare_wait([])?;
        let result = match (env.interrupted)() {
            true => Err(Errno::EINTR),
            false => fd::with_foreign(fd, |fd| pipe::wait(fd, Half::Read, None, left, &prepared)),
        };
        prepared.release();
        result.map(drop)
    }

    /// Our end of a standard descriptor, for a stream: it stays with the runtime until [`StartedChildren::give_end_away`].
    /// `EBADF` when there is none, `EBUSY` when lines were read ahead.
    pub fn end_for_stream(&mut self, token: ChildToken, which: usize) -> Result<RawFd> {
        match self.end(token, which) {
            Some(End::Ours { ahead, .. }) if !ahead.is_empty() => Err(Errno::EBUSY),
            Some(End::Ours { fd, .. }) => Ok(fd.as_raw_fd()),
            _ => Err(Errno::EBADF),
        }
    }

    /// The end belongs to a stream.
    pub fn give_end_away(&mut self, token: ChildToken, which: usize) {
        if let Some(end) = self.end(token, which)
            && let End::Ours { fd, .. } = std::mem::replace(end, End::GivenAway)
        {
            let _ = fd.into_raw_fd();
        }
    }

    /// The object does not need to know of this child any more.
    pub fn forget(&mut self, token: ChildToken) {
        self.all.remove(token);
    }

    /// In another process: none of them is a child.
    pub(in crate::rt) fn clear(&mut self) {
        // Not a new map: that would give the same tokens again.
        self.all.clear();
        (self.last, self.leaving) = (None, None);
    }

    /// A child was reaped.
    pub(in crate::rt) fn note_end(&mut self, report: ExitReport) {
        self.last = Some(report);
        let is_it = |child: &&mut StartedChild| {
            child.pid == report.reaped.pid && matches!(child.known, Known::Unreaped(_))
        };
        if let Some(child) = self.all.values_mut().find(is_it) {
            child.known = Known::Reaped(report);
        }
    }

    /// The child that was reaped last.
    pub fn last(&self) -> Option<ExitReport> {
        self.last
    }

    /// The pid of a child.
    pub fn pid(&self, token: ChildToken) -> Option<Pid> {
        self.all.get(token).map(|child| child.pid)
    }

    /// The state of a child.
    pub fn status(&mut self, token: ChildToken) -> Result<ChildStatus> {
        let Some(child) = self.all.get_mut(token) else { return Ok(ChildStatus::Unknown) };
        let state = match &child.known {
            Known::Reaped(report) => return Ok(ChildStatus::Reaped(*report)),
            Known::Lost => return Ok(ChildStatus::Unknown),
            Known::Unreaped(Some(pidfd)) => match again(|| process::kinship_behind(pidfd.as_fd())) {
                // Linux 5.3 has pidfds, but no wait by them.
                Err(Errno::EINVAL) => again(|| process::kinship(child.pid))?,
                state => state?,
            },
            Known::Unreaped(None) => again(|| process::kinship(child.pid))?,
        };
        Ok(match state {
            ChildState::Running => ChildStatus::Running,
            ChildState::Ended => ChildStatus::Zombie,
            ChildState::NonMember => {
                child.known = Known::Lost;
                ChildStatus::Unknown
            }
        })
    }

    /// Waits until a child has exited, `deadline` has passed, or a pause is over; it is not reaped. `EINTR` when a
    /// signal handler has run.
    pub fn wait(&mut self, token: ChildToken, deadline: Option<Instant>, env: WaitEnv) -> Result<()> {
        let mut pause = FIRST_PAUSE;
        while self.status(token)? == ChildStatus::Running {
            let left = deadline.map(|deadline| deadline.saturating_duration_since((env.now)()));
            if left == Some(Duration::ZERO) {
                return Ok(());
            }
            let pidfd = self.all.get(token).and_then(|child| match &child.known {
                Known::Unreaped(pidfd) => pidfd.as_ref(),
                _ => None,
            });
            let prepared = prepare_wait([])?;
            let result = match pidfd {
                _ if (env.interrupted)() => Err(Errno::EINTR),
                Some(pidfd) => pidfd::wait(pidfd.as_fd(), left, &prepared),
                None => prepared.pause(Some(left.map_or(pause, |left| left.min(pause)))),
            };
            prepared.release();
            result?;
            pause = (pause * 2).min(POLL_INTERVAL);
        }
        Ok(())
    }

    /// Sends a signal to a child that was not reaped. `ESRCH` when it was.
    pub fn signal(&mut self, token: ChildToken, signal: i32) -> Result<()> {
        let pid = self.unreaped(token)?;
        let child = self.all.get(token);
        match child.map(|child| &child.known) {
            Some(Known::Unreaped(Some(pidfd))) => match pidfd::signal_behind(pidfd, signal) {
                // As long as the child is not reaped, no other process has its pid.
                Err(Errno::ENOSYS) => process::kill(pid, signal),
                result => result,
            },
            _ => process::kill(pid, signal),
        }
    }

    /// Sends a signal to the process group that a child leads. False when it leads none. `ESRCH` when the child was
    /// reaped: then the number may be that of another group.
    pub fn signal_group(&mut self, token: ChildToken, signal: i32) -> Result<bool> {
        let pid = self.unreaped(token)?;
        if process::group_of(pid)? != pid {
            return Ok(false);
        }
        process::kill(-pid, signal).map(|()| true)
    }

    /// The pid of a child that was not reaped, so that no other process has it.
    fn unreaped(&mut self, token: ChildToken) -> Result<Pid> {
        match self.status(token)? {
            ChildStatus::Running | ChildStatus::Zombie => self.pid(token).ok_or(Errno::ESRCH),
            ChildStatus::Reaped(_) | ChildStatus::Unknown => Err(Errno::ESRCH),
        }
    }

    /// Opens a descriptor that is readable from the exit of a child on. It stays with the runtime until
    /// [`StartedChildren::give_away`].
    pub fn open_exit(&mut self, token: ChildToken) -> Result<RawFd> {
        let fd = match self.status(token)? {
            // The child's own pidfd stays here: a stream may be set to nonblocking.
            ChildStatus::Running | ChildStatus::Zombie => pidfd::open(self.pid(token).ok_or(Errno::ESRCH)?)?,
            // Any descriptor at its end.
            ChildStatus::Reaped(_) | ChildStatus::Unknown => file::pipe()?.0,
        };
        Ok(self.leaving.insert(fd).as_raw_fd())
    }

    /// The descriptor belongs to a stream.
    pub fn give_away(&mut self) {
        if let Some(fd) = self.leaving.take() {
            let _ = fd.into_raw_fd();
        }
    }
}

/// Repeats a wait that does not wait when a signal interrupts it.
fn again<T>(mut ask: impl FnMut() -> Result<T>) -> Result<T> {
    loop {
        match ask() {
            Err(Errno::EINTR) => {}
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_child_is_neither_running_nor_signalled() {
        let mut children = StartedChildren::default();
        let token = ChildToken::default();
        assert_eq!(children.status(token), Ok(ChildStatus::Unknown));
        assert_eq!(children.signal(token, 9), Err(Errno::ESRCH));
        assert_eq!(children.signal_group(token, 9), Err(Errno::ESRCH));
        assert_eq!(children.pid(token), None);
    }

    #[test]
    fn a_process_that_is_no_child_is_never_signalled() {
        let mut children = StartedChildren::default();
        // As after another child of this pid was reaped by other code.
        let token = children.add(process::pid());
        assert_eq!(children.signal(token, 9), Err(Errno::ESRCH));
        assert_eq!(children.status(token), Ok(ChildStatus::Unknown));
    }
}
