//! The process at the other side of a pipe: whether it still runs, and how to wait for its end.

use crate::os::process::{self, ChildState, Pid};
use crate::os::{Errno, Result, pidfd};
use std::os::fd::{AsFd, OwnedFd};

/// Who is at the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// Nobody yet: the process has not been started.
    Nobody,
    /// A process, as known to the process `seen_by`.
    Process {
        /// Its id.
        pid: Pid,
        /// What it is to `seen_by`.
        kin: Kin,
        /// Who wrote this down. Only for this process is the kinship certain: what `daemon()` leaves behind
        /// is nobody's parent, and has another parent.
        seen_by: Pid,
    },
    /// It has ended, and we know it.
    Gone,
}

/// How two processes are related; it tells a process from another one that has got its id since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kin {
    /// Started by us.
    Child,
    /// The one that started us.
    Parent,
}

/// What there is to wait for besides the pipe itself.
#[derive(Debug)]
pub enum Watch {
    /// Nothing.
    Nothing,
    /// Nothing: the other process has ended.
    Ended,
    /// This becomes readable when the other process ends.
    Until(OwnedFd),
    /// The kernel gives no descriptor for it (too old, forbidden, no descriptors left): ask again now and then.
    AskAgain,
}

impl Peer {
    /// The other process as the caller knows it.
    pub fn known(pid: Pid, kin: Kin) -> Peer {
        Peer::Process { pid, kin, seen_by: process::pid() }
    }

    /// What to watch for the end of this process.
    pub fn watch(self) -> Watch {
        let Peer::Process { pid, kin, seen_by } = self else {
            return if self == Peer::Gone { Watch::Ended } else { Watch::Nothing };
        };
        // The order matters: the descriptor first, then the question who is behind it.
        let pidfd = pidfd::open(pid);
        if matches!(pidfd, Err(Errno::ESRCH)) || (seen_by == process::pid() && !is_still(pid, kin, &pidfd)) {
            return Watch::Ended;
        }
        match pidfd {
            Ok(fd) => Watch::Until(fd),
            Err(_) if process::kill(pid, 0) == Err(Errno::ESRCH) => Watch::Ended,
            Err(_) => Watch::AskAgain,
        }
    }
}

/// Whether the process with this id is still our running child, or still our parent.
fn is_still(pid: Pid, kin: Kin, pidfd: &Result<OwnedFd>) -> bool {
    if kin == Kin::Parent {
        return process::parent() == pid;
    }
    let behind = match pidfd {
        Ok(fd) => process::kinship_behind(fd.as_fd()),
        Err(errno) => Err(*errno),
    };
    // A kernel that knows no such question (before Linux 5.4) knows the child by its number. Where nothing at all
    // can be asked, it counts as running: what is watched will tell its end.
    matches!(behind.or_else(|_| process::kinship(pid)), Ok(ChildState::Running) | Err(_))
}
