//! Starts a helper process, with the pipe for its result.

use crate::os::process::{self, Fork, Pid};
use crate::os::signal::{self, SavedMask};
use crate::os::{death_signal, fd, file, helper};
use crate::rt::core::syscall_error::SyscallError;
use std::os::fd::{AsFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A started helper process.
#[derive(Debug)]
pub struct Started {
    /// The pipe of its result.
    pub output: OwnedFd,
    /// Its pid.
    pub pid: Pid,
}

/// Starts a process that runs `body`. `body` gets the pipe for its result, and the signal mask from before all signals
/// were blocked.
pub fn start(body: impl FnOnce(&OwnedFd, SavedMask)) -> Result<Started, SyscallError> {
    let (from, to) = file::pipe().map_err(SyscallError::of("pipe()"))?;
    let parent = process::pid();
    match helper::fork().map_err(SyscallError::of("clone()"))? {
        Fork::Parent { child } => Ok(Started { output: from, pid: child }),
        Fork::Child { mask } => {
            // Nothing may leave this stack frame, because the frames above belong to the parent. Only the exit of the
            // process closes the pipe: so a reader at EOF can reap the process without waiting.
            let done = catch_unwind(AssertUnwindSafe(|| {
                if death_signal::set_for(parent, signal::KILL).is_ok() {
                    body(&to, mask.for_child());
                }
            }));
            process::exit_now(i32::from(done.is_err()));
        }
    }
}

/// Writes all of `text`, waiting for the reader. Errors are ignored: without a reader the result is not needed.
pub fn tell(to: &OwnedFd, text: &[u8]) {
    let _ = fd::write_all(to.as_fd(), text);
}
