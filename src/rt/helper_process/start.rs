//! Starting a helper process, and the pipe on which it tells its results.

use crate::os::process::{self, Fork, Pid};
use crate::os::signal::{self, SavedMask};
use crate::os::{Errno, fd, file, helper};
use crate::rt::core::syscall_error::SyscallError;
use std::os::fd::{AsFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A helper process that was started.
#[derive(Debug)]
pub struct Started {
    /// It tells its results here.
    pub output: OwnedFd,
    /// Its number.
    pub pid: Pid,
}

/// Makes a process that runs `body`, which gets the pipe to tell its results on, and the mask of signals before all
/// were blocked.
pub fn start(body: impl FnOnce(&OwnedFd, SavedMask)) -> Result<Started, SyscallError> {
    let (from, to) = file::pipe().map_err(SyscallError::of("pipe()"))?;
    let parent = process::pid();
    match helper::fork().map_err(SyscallError::of("clone()"))? {
        Fork::Parent { child } => Ok(Started { output: from, pid: child }),
        Fork::Child { mask } => {
            // Nothing may leave this stack frame: what lies above belongs to the parent. The pipe is not closed but by
            // the end of the process: who sees its end has nothing to wait for when it reaps this one.
            let done = catch_unwind(AssertUnwindSafe(|| {
                if helper::end_with(parent, signal::KILL).is_ok() {
                    body(&to, mask.for_child());
                }
            }));
            process::exit_now(i32::from(done.is_err()));
        }
    }
}

/// Writes all of it; it waits for the reader. When nobody reads any more, nobody wants to know.
pub fn tell(to: &OwnedFd, mut text: &[u8]) {
    while !text.is_empty() {
        match fd::write(to.as_fd(), text) {
            Ok(count) => text = text.get(count..).unwrap_or_default(),
            Err(Errno::EINTR) => {}
            Err(_) => return,
        }
    }
}
