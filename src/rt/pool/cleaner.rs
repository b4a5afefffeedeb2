//! What a pool leaves in the system, a queue of its own or the path of its socket, is removed when its last process is
//! gone, however that ended.
//!
//! A pool removes them itself when it can. Where all its processes are killed, or the master when no worker is left, nobody
//! could: hence a process of ours (`os::helper`) that waits for the end of a pipe which only master and workers hold.

use crate::os::held::hold_for_wait;
use crate::os::pipe::{self, Half};
use crate::os::private_fd::PrivateFd;
use crate::os::process::{self, Fork, Pid};
use crate::os::{Errno, Result, file, helper, system};
use crate::rt::helper_process::{detach, end};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What that process is called in lists of processes: whoever kills all PHPs by their name, or all processes of a program by
/// its path, spares it.
const NAME: &std::ffi::CStr = c"pool-cleaner";

/// The process that cleans up.
#[derive(Debug)]
pub(super) struct Cleaner {
    /// As long as somebody holds this, there is a pool.
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
                // A signal to all of the group, as a terminal or a shell sends it, is not for that process. Where that
                // cannot be had it is a member.
                let _ = process::isolate(child);
                Ok(Cleaner { pool: PrivateFd::new(to), pid: child, parent: process::pid() })
            }
            Fork::Child { .. } => {
                // Nothing may leave this stack frame: what lies above belongs to the parent.
                let done = catch_unwind(AssertUnwindSafe(|| {
                    if wait_for_end(&from).is_ok() {
                        remove();
                    }
                }));
                process::exit_now(i32::from(done.is_err()));
            }
        }
    }

    /// In the master, when there is nothing left to remove.
    pub(super) fn end(self) {
        // It is a child of the process that started it, which alone may tell its number from others.
        if self.parent == process::pid() {
            end(self.pid);
        }
    }
}

/// Until nobody holds the other end. All signals are blocked.
fn wait_for_end(from: &OwnedFd) -> Result<()> {
    helper::close_others(&[from.as_raw_fd()]);
    detach();
    // Without a name of its own it is one of many.
    let _ = system::name_process(NAME);
    let held = hold_for_wait([])?;
    loop {
        match pipe::wait(from.as_fd(), Half::Read, None, None, &held) {
            Err(Errno::EINTR) => {}
            waited => return waited.map(drop),
        }
    }
}
