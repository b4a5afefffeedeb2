//! The process at the other side of a pipe: whether it still runs, and how to wait for its exit.

use crate::os::process::{self, ChildState, Pid};
use crate::os::{Errno, Result, pidfd};
use std::os::fd::{AsFd, OwnedFd};

/// The process at the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// None yet: it has not been started.
    Nobody,
    /// A process, as known to the process `seen_by`.
    Process {
        /// Its pid.
        pid: Pid,
        /// Its kinship to `seen_by`.
        kin: Kin,
        /// The process that recorded this. Only for that process is the kinship certain: after `daemon()` the process
        /// has no children, and another parent.
        seen_by: Pid,
    },
    /// It has exited, and this is known.
    Gone,
}

/// How two processes are related. This distinguishes a process from a later one with the same pid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kin {
    /// A child of ours.
    Child,
    /// Our parent.
    Parent,
}

/// What a wait has to watch besides the pipe itself.
#[derive(Debug)]
pub enum Watch {
    /// Nothing: there is no other process.
    Nothing,
    /// Nothing: the other process has exited.
    Ended,
    /// This descriptor becomes readable when the other process exits.
    Until(OwnedFd),
    /// The kernel gives no pidfd (too old, forbidden, no descriptors left): check from time to time.
    AskAgain,
}

impl Peer {
    /// The other process as the caller knows it.
    pub fn known(pid: Pid, kin: Kin) -> Peer {
        Peer::Process { pid, kin, seen_by: process::pid() }
    }

    /// What to watch for the exit of this process.
    pub fn watch(self) -> Watch {
        let Peer::Process { pid, kin, seen_by } = self else {
            return if self == Peer::Gone { Watch::Ended } else { Watch::Nothing };
        };
        // The order matters: open the pidfd first, then check which process it refers to.
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

/// Whether the process with this pid is still our running child, or still our parent.
fn is_still(pid: Pid, kin: Kin, pidfd: &Result<OwnedFd>) -> bool {
    if kin == Kin::Parent {
        return process::parent() == pid;
    }
    let behind = match pidfd {
        Ok(fd) => process::kinship_behind(fd.as_fd()),
        Err(errno) => Err(*errno),
    };
    // A kernel before Linux 5.4 cannot check the pidfd, but it knows the child by its pid. Where nothing can be
    // checked, the process counts as running: the watch will report its exit.
    matches!(behind.or_else(|_| process::kinship(pid)), Ok(ChildState::Running) | Err(_))
}
