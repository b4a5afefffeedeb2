//! The children that process objects have started, each by its pidfd: a pid alone may belong to another process by now.
//! How a child ended is kept until its object starts another one, or is gone.

use crate::os::prepared_wait::prepare_wait;
use crate::os::process::{self, ChildState, ExitReport, Pid};
use crate::os::{Errno, Result, file, pidfd, uninterrupted};
use crate::rt::core::clock::WaitEnv;
use crate::rt::core::handles::ChildToken;
use crate::rt::process::child_pipe::ChildPipe;
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
enum ReapState {
    /// It was not reaped, as far as this runtime knows. Without a pidfd the kernel is asked by the pid.
    Unreaped(Option<OwnedFd>),
    Reaped(ExitReport),
    Lost,
}

#[derive(Debug)]
struct StartedChild {
    pid: Pid,
    reap_state: ReapState,
    pipes: [ChildPipe; 3],
}

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
            if matches!(older.reap_state, ReapState::Unreaped(_)) {
                older.reap_state = ReapState::Lost;
            }
        }
        // Without a pidfd (an old kernel, no descriptor left) the kernel is asked by the pid.
        let reap_state = ReapState::Unreaped(pidfd::open(pid).ok());
        self.all.insert(StartedChild { pid, reap_state, pipes: Default::default() })
    }

    /// The child was started with pipes as standard descriptors: our ends.
    pub fn add_pipes(&mut self, token: ChildToken, ends: [Option<OwnedFd>; 3]) {
        if let Some(child) = self.all.get_mut(token) {
            child.pipes = ends.map(ChildPipe::new);
        }
    }

    /// The pipe that is this standard descriptor of a child.
    pub fn pipe(&mut self, token: ChildToken, which: usize) -> Option<&mut ChildPipe> {
        self.all.get_mut(token)?.pipes.get_mut(which)
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
            child.pid == report.reaped.pid && matches!(child.reap_state, ReapState::Unreaped(_))
        };
        if let Some(child) = self.all.values_mut().find(is_it) {
            child.reap_state = ReapState::Reaped(report);
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
        let state = match &child.reap_state {
            ReapState::Reaped(report) => return Ok(ChildStatus::Reaped(*report)),
            ReapState::Lost => return Ok(ChildStatus::Unknown),
            ReapState::Unreaped(Some(pidfd)) => {
                match uninterrupted(|| process::kinship_behind(pidfd.as_fd())) {
                    // Linux 5.3 has pidfds, but no wait by them.
                    Err(Errno::EINVAL) => uninterrupted(|| process::kinship(child.pid))?,
                    state => state?,
                }
            }
            ReapState::Unreaped(None) => uninterrupted(|| process::kinship(child.pid))?,
        };
        Ok(match state {
            ChildState::Running => ChildStatus::Running,
            ChildState::Ended => ChildStatus::Zombie,
            ChildState::NonMember => {
                child.reap_state = ReapState::Lost;
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
            let pidfd = self.all.get(token).and_then(|child| match &child.reap_state {
                ReapState::Unreaped(pidfd) => pidfd.as_ref(),
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
        match child.map(|child| &child.reap_state) {
            Some(ReapState::Unreaped(Some(pidfd))) => match pidfd::signal_behind(pidfd, signal) {
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
