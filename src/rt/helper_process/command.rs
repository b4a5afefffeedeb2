//! Shell commands, each run by a helper process.

use crate::os::fd::{self, Standard};
use crate::os::process::{self, End, Pid};
use crate::os::program::Program;
use crate::os::signal::{self, SavedMask};
use crate::os::{Errno, Result, death_signal, file, helper, uninterrupted};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::helper_process::start::{self, Started, tell};
use std::ffi::CStr;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::Path;

/// Where a command writes its errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errors {
    /// To this process's standard error.
    Inherited,
    /// To the collected output.
    Collected,
}

/// A shell that is to run a command.
struct Shell<'s> {
    line: &'s CStr,
    folder: Option<&'s Path>,
    output: &'s OwnedFd,
    errors: Errors,
}

/// Starts a shell command, in `folder` or in that of this process. Returns its output, and the helper process that
/// reports its exit status ([`end_of_command`]).
pub fn start(
    line: &CStr,
    folder: Option<&Path>,
    errors: Errors,
) -> std::result::Result<(OwnedFd, Started), SyscallError> {
    let (from, output) = file::pipe().map_err(SyscallError::of("pipe()"))?;
    let status = start::start(|to, mask| {
        helper::close_others(&[to.as_raw_fd(), output.as_raw_fd()]);
        let end = run(&Shell { line, folder, output: &output, errors }, &mask);
        tell(to, &encode_end(end));
    })?;
    Ok((from, status))
}

/// The shell is a child of the helper: as a child of this process, a wait of the script could reap it.
fn run(shell: &Shell<'_>, mask: &SavedMask) -> Result<End> {
    // Where the script ignores SIGCHLD, the kernel would discard the statuses of children.
    signal::set_default(signal::CHILD_ENDED)?;
    let helper = process::pid();
    let arguments = [c"/bin/sh", c"-c", shell.line];
    let child = Program::new(&arguments, None).start(&mut |execute, _| {
        if shell.prepare(helper).is_ok() {
            mask.clone().restore();
            execute.run();
        }
    })?;
    uninterrupted(|| helper::reap(child))
}

impl Shell<'_> {
    /// In the child that becomes the shell.
    fn prepare(&self, parent: Pid) -> Result<()> {
        death_signal::set_for(parent, signal::KILL)?;
        self.folder.map_or(Ok(()), process::enter_folder)?;
        fd::duplicate_onto(self.output.as_raw_fd(), Standard::Output)?;
        if self.errors == Errors::Collected {
            fd::duplicate_onto(self.output.as_raw_fd(), Standard::Error)?;
        }
        Ok(())
    }
}

/// A status as bytes: its kind, and a number.
fn encode_end(end: Result<End>) -> [u8; 5] {
    let (what, number) = match end {
        Ok(End::Exited(code)) => (0, code),
        Ok(End::Killed(signal)) => (1, signal),
        Err(errno) => (2, errno as i32),
    };
    let [a, b, c, d] = number.to_ne_bytes();
    [what, a, b, c, d]
}

/// Decodes the exit of a command from its helper's report; an error when the command could not be started. `ECHILD`
/// when the helper was killed.
pub fn end_of_command(told: &[u8]) -> Result<End> {
    let &[what, a, b, c, d] = told else { return Err(Errno::ECHILD) };
    let number = i32::from_ne_bytes([a, b, c, d]);
    match what {
        0 => Ok(End::Exited(number)),
        1 => Ok(End::Killed(number)),
        _ => Err(Errno::from_raw(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_taken_for_an_end_is_one(told in prop::collection::vec(any::<u8>(), 0..8)) {
            match end_of_command(&told) {
                Ok(end) => prop_assert_eq!(&encode_end(Ok(end))[..], &told[..]),
                Err(_) => prop_assert!(told.len() != 5 || told[0] > 1),
            }
        }
    }

    #[test]
    fn an_end_comes_back_as_it_was_told() {
        for end in [Ok(End::Exited(0)), Ok(End::Exited(255)), Ok(End::Killed(9)), Err(Errno::EAGAIN)] {
            assert_eq!(end_of_command(&encode_end(end)), end);
        }
        assert_eq!(end_of_command(b""), Err(Errno::ECHILD));
        assert_eq!(end_of_command(&[0; 4]), Err(Errno::ECHILD));
    }
}
