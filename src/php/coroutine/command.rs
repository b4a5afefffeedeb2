//! Shell commands.

use crate::os::process::End;
use crate::os::{self, Errno};
use crate::php::{outcome, transfer, waiting};
use crate::rt::core::registrations::Direction;
use crate::rt::helper_process::command::{self, Errors};
use crate::rt::transfer::Command;
use crate::zend::arrays::NewArray;
use crate::zend::cwd;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::recv_buffer::StringBuffer;
use std::ffi::CString;

pub(super) fn exec(command: &[u8], with_errors: bool) -> Outcome<NewArray> {
    let line = CString::new(command);
    let line = line.map_err(|_| Failure::BadValue(1, c"must not contain any null bytes"))?;
    waiting::must_be_inside()?;
    let errors = if with_errors { Errors::Collected } else { Errors::Inherited };
    let folder = cwd::own().map_err(|errno| outcome::system("getcwd()", errno))?;
    let started = globals::with(|runtime| runtime.transfers.start_command(&line, folder.as_deref(), errors));
    drop((line, folder));
    let command = started.map_err(|failed| outcome::system(failed.call, failed.errno))?;
    let mut output = StringBuffer::new();
    let ended = until_ended(command, &mut output);
    transfer::close(command.output);
    transfer::close(command.status);
    let (code, signal) = match ended?.map_err(refusal)? {
        End::Exited(code) => (code, 0),
        End::Killed(signal) => (0, signal),
    };
    let output = output.into_text();
    Ok(NewArray::with_capacity(3).with("code", code).with("signal", signal).with("output", output))
}

/// The command has run, at least in part, but its result is not known.
fn refusal(errno: Errno) -> Failure {
    if errno == Errno::ECANCELED { Failure::False } else { outcome::system("exec()", errno) }
}

/// The longest report of an exit, in bytes.
const STATUS: usize = 64;

/// Reads the output of a command, then its exit status: a command may close its output long before it exits.
fn until_ended(command: Command, output: &mut StringBuffer) -> Outcome<os::Result<End>> {
    // Yields at least once, even if the output is there already.
    if let Err(errno) = transfer::wait(command.output, Direction::Read, None)? {
        return Ok(Err(errno));
    }
    if let Err(errno) = transfer::read_to_end(command.output, output)? {
        return Ok(Err(errno));
    }
    let told = transfer::collect(command.status, STATUS, None)?;
    Ok(told.and_then(|_| {
        globals::with(|runtime| command::end_of_command(runtime.transfers.collected(command.status)))
    }))
}
