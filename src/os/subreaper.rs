//! Child subreapers (prctl(2), `PR_SET_CHILD_SUBREAPER`): orphans among a process's descendants become its children.

use crate::os::fault::{Call, check};
use crate::os::process::{self, End, Fork, Pid};
use crate::os::{Errno, Result, death_signal, helper, signal, uninterrupted};
use std::time::Duration;

/// How often a process looks for its new parent, should a signal be missed.
const LOOK: Duration = Duration::from_millis(100);

/// prctl(2), `PR_GET_CHILD_SUBREAPER`: whether this process is a child subreaper.
pub fn is_one() -> Result<bool> {
    check(Call::Prctl)?;
    nix::sys::prctl::get_child_subreaper()
}

/// prctl(2), `PR_SET_CHILD_SUBREAPER`: this process becomes a child subreaper, or is none any more. No child inherits
/// this.
pub fn become_one(is_one: bool) -> Result<()> {
    check(Call::Prctl)?;
    nix::sys::prctl::set_child_subreaper(is_one)
}

/// clone(2), then fork(2): the process in between exits at once, so the nearest child subreaper becomes the parent of
/// the new process. When this returns in the new process, that has happened. Here `Fork::Parent` has the pid of the
/// process in between, which has been reaped. The error is that of either fork.
pub fn fork_grandchild() -> Result<Fork> {
    match helper::fork()? {
        Fork::Parent { child } => match uninterrupted(|| helper::reap(child))? {
            End::Exited(0) => Ok(Fork::Parent { child }),
            End::Exited(errno) => Err(Errno::from_raw(errno)),
            // Another attempt may succeed.
            End::Killed(_) => Err(Errno::EAGAIN),
        },
        Fork::Child { mask } => {
            let between = process::pid();
            match process::fork() {
                Ok(Fork::Child { .. }) => {
                    wait_for_other_parent(between);
                    Ok(Fork::Child { mask })
                }
                Ok(Fork::Parent { .. }) => process::exit_now(0),
                Err(errno) => process::exit_now(errno as i32),
            }
        }
    }
}

/// Waits, with all signals blocked, until `parent` is not the parent of this process any more. The kernel reports that
/// by SIGCHLD, which no other process sends to one that has no children.
fn wait_for_other_parent(parent: Pid) {
    // Where it is refused, the limit of each wait is what ends it.
    let _ = death_signal::set_for(parent, signal::CHILD_ENDED);
    while process::parent() == parent {
        signal::take_blocked(signal::CHILD_ENDED, LOOK);
    }
    // It fails for no signal only.
    let _ = death_signal::set(0);
    signal::take_blocked(signal::CHILD_ENDED, Duration::ZERO);
}
