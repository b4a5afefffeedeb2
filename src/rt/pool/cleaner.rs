//! The cleaner removes what a pool leaves in the system, a queue of its own or the path of its socket, when the pool's
//! last process is gone, however that process ended.
//!
//! A pool removes them itself when it can. When all its processes are killed, or the master without a worker left, no
//! process of the pool could. Therefore a helper process (`os::helper`) waits for EOF of a pipe that only master and
//! workers hold.

use crate::os::pipe::{self, Half};
use crate::os::prepared_wait::prepare_wait;
use crate::os::private_fd::PrivateFd;
use crate::os::process::{self, Fork, Pid};
use crate::os::{Result, file, helper, system, uninterrupted};
use crate::rt::helper_process::{detach, end};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The name of the cleaner in lists of processes. A kill of all PHPs by name, or of all processes of a program by its
/// path, spares it.
const NAME: &std::ffi::CStr = c"pool-cleaner";

/// The cleaner of a pool.
#[derive(Debug)]
pub(super) struct Cleaner {
    /// The end of the pipe that the cleaner watches: the pool exists as long as a process holds it.
    #[allow(dead_code, reason = "it is held, and not written to")]
    pool: PrivateFd,
    pid: Pid,
    parent: Pid,
}

impl Cleaner {
    /// Starts a process that calls `remove` when all holders of this value are gone.
    pub(super) fn start(remove: impl FnOnce()) -> Result<Cleaner> {
        let (from, to) = file::pipe()?;
        match helper::fork()? {
            Fork::Parent { child } => {
                // A signal to the whole process group, as a terminal or a shell sends it, is not meant for the cleaner.
                // If it cannot leave the group, it stays a member.
                let _ = process::isolate(child);
                Ok(Cleaner { pool: PrivateFd::new(to), pid: child, parent: process::pid() })
            }
            Fork::Child { .. } => {
                // Nothing may leave this stack frame, because the frames above belong to the parent.
                let done = catch_unwind(AssertUnwindSafe(|| {
                    if wait_for_end(&from).is_ok() {
                        remove();
                    }
                }));
                process::exit_now(i32::from(done.is_err()));
            }
        }
    }

    /// Kills the cleaner: the master has nothing left to remove.
    pub(super) fn end(self) {
        // The cleaner is a child of the process that started it. Only that process can be sure of its pid.
        if self.parent == process::pid() {
            end(self.pid);
        }
    }
}

/// Waits until no process holds the other end. All signals are blocked.
fn wait_for_end(from: &OwnedFd) -> Result<()> {
    helper::close_others(&[from.as_raw_fd()]);
    detach();
    // If it cannot be renamed, it looks like the other processes of the program.
    let _ = system::name_process(NAME);
    let prepared = prepare_wait([])?;
    uninterrupted(|| pipe::wait(from.as_fd(), Half::Read, None, None, &prepared)).map(drop)
}
