//! Processes of ours that do what would block this one: they ask for addresses, and see to commands.
//!
//! No wait of a script sees them (`os::helper`). They hold nothing of this process but a pipe, on which they tell what
//! they have found, and end with it. What they say ends when they have ended: who has read it all reaps them without
//! waiting.

use crate::os::fd::{self, Standard};
use crate::os::process::{self, End, Fork, Pid};
use crate::os::signal::{self, SavedMask};
use crate::os::{Errno, Result, file, helper};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::flow::{FlowToken, Helper, Work};
use crate::rt::helper_process::detach;
use crate::rt::names::{self, Query};
use crate::rt::runtime::Runtime;
use std::convert::Infallible;
use std::ffi::CStr;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a shell ends with when a command cannot be started (sh(1)).
const NOT_FOUND: i32 = 127;

/// Names that are asked for at the same time, each by a process.
const LOOKUPS: usize = 32;

/// A command that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// What it writes.
    pub output: FlowToken,
    /// How it has ended: [`end_of_command`].
    pub status: FlowToken,
}

/// Where a command writes its errors to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errors {
    /// Where this process does.
    Inherited,
    /// Among its output.
    Collected,
}

impl Runtime {
    /// Whether one more name may be asked for now, or has to wait for others.
    pub fn may_look_up(&self) -> bool {
        self.flows.at_work(Work::Lookup) < LOOKUPS
    }

    /// What coroutines read, write and look up is given up: the loop that would wake them has ended.
    pub fn end_flows(&mut self) {
        self.close_flows();
        self.names.turns.clear();
    }

    /// Asks for the addresses of a name: [`names::decode`] reads the answer.
    pub fn start_lookup(&mut self, query: &Query) -> std::result::Result<FlowToken, SyscallError> {
        self.start_helper(Work::Lookup, |to, _mask| {
            helper::close_others(&[to.as_raw_fd()]);
            detach();
            tell(to, &names::encode(&query.ask()));
        })
    }

    /// Starts a command of the shell.
    pub fn start_command(
        &mut self,
        line: &CStr,
        errors: Errors,
    ) -> std::result::Result<Command, SyscallError> {
        let (from, output) = file::pipe().map_err(SyscallError::of("pipe()"))?;
        let status = self.start_helper(Work::Command, |to, mask| {
            helper::close_others(&[to.as_raw_fd(), output.as_raw_fd()]);
            let end = run_command(line, &output, errors, mask);
            tell(to, &encode_end(end));
        })?;
        Ok(Command { output: self.flows.insert(from, None), status })
    }

    /// Makes a process that runs `body`, which gets the pipe to tell its results on, and the mask of signals before all
    /// were blocked.
    fn start_helper(
        &mut self,
        work: Work,
        body: impl FnOnce(&OwnedFd, SavedMask),
    ) -> std::result::Result<FlowToken, SyscallError> {
        let (from, to) = file::pipe().map_err(SyscallError::of("pipe()"))?;
        let parent = process::pid();
        match helper::fork().map_err(SyscallError::of("clone()"))? {
            Fork::Parent { child } => Ok(self.flows.insert(from, Some(Helper { pid: child, work }))),
            Fork::Child { mask } => {
                // Nothing may leave this stack frame: what lies above belongs to the parent. The pipe is not closed but by
                // the end of the process: who sees its end has nothing to wait for when it reaps this one.
                let done = catch_unwind(AssertUnwindSafe(|| {
                    if helper::end_with(parent, signal::KILL).is_ok() {
                        body(&to, mask.for_child());
                    }
                }));
                process::leave(i32::from(done.is_err()));
            }
        }
    }
}

/// Writes all of it; it waits for the reader. When nobody reads any more, nobody wants to know.
fn tell(to: &OwnedFd, mut text: &[u8]) {
    while !text.is_empty() {
        match fd::write(to.as_fd(), text) {
            Ok(count) => text = text.get(count..).unwrap_or_default(),
            Err(Errno::EINTR) => {}
            Err(_) => return,
        }
    }
}

/// The shell is a child of the helper: a wait of the script would see a program that was started by this process.
fn run_command(line: &CStr, output: &OwnedFd, errors: Errors, mask: SavedMask) -> Result<End> {
    // Ended children would be gone without a status where the script ignores their signal.
    signal::set_default(signal::CHILD_ENDED)?;
    let helper = process::pid();
    match helper::fork()? {
        Fork::Parent { child } => loop {
            match helper::reap(child) {
                Err(Errno::EINTR) => {}
                result => return result,
            }
        },
        Fork::Child { .. } => {
            let Err(_) = become_shell(helper, line, output, errors, mask);
            process::leave(NOT_FOUND);
        }
    }
}

/// Goes on as the shell, with the signals that a program expects.
fn become_shell(
    parent: Pid,
    line: &CStr,
    output: &OwnedFd,
    errors: Errors,
    mask: SavedMask,
) -> Result<Infallible> {
    helper::end_with(parent, signal::KILL)?;
    fd::duplicate_onto(output.as_raw_fd(), Standard::Output)?;
    if errors == Errors::Collected {
        fd::duplicate_onto(output.as_raw_fd(), Standard::Error)?;
    }
    signal::default_for_program();
    mask.restore();
    Err(process::exec(&[c"/bin/sh", c"-c", line]))
}

/// A status as bytes: what it is, and a number.
fn encode_end(end: Result<End>) -> [u8; 5] {
    let (what, number) = match end {
        Ok(End::Exited(code)) => (0, code),
        Ok(End::Killed(signal)) => (1, signal),
        Err(errno) => (2, errno as i32),
    };
    let [a, b, c, d] = number.to_ne_bytes();
    [what, a, b, c, d]
}

/// How a command has ended, as its helper tells it; an error when it could not be started. `ECHILD` when the helper was
/// ended by somebody.
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
