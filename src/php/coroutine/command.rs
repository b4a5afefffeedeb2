//! Commands of the shell.

use super::wait;
use crate::os;
use crate::os::process::End;
use crate::php::{flow, outcome};
use crate::rt::flow::Stopped;
use crate::rt::helper::{self, Command, Errors};
use crate::zend::arrays::NewArray;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::{globals, scratch};
use std::ffi::CString;

pub(super) fn exec(command: &[u8], with_errors: bool) -> Outcome<NewArray> {
    let line = CString::new(command);
    let line = line.map_err(|_| Failure::BadValue(1, c"must not contain any null bytes"))?;
    wait::must_be_inside()?;
    let errors = if with_errors { Errors::Collected } else { Errors::Inherited };
    let started = globals::with(|runtime| runtime.start_command(&line, errors));
    drop(line);
    let command = started.map_err(|failed| outcome::system(failed.call, failed.errno))?;
    let ended = until_ended(command);
    let result = match &ended {
        // When there is no memory for the output the request ends here, and with it the command.
        Ok(Ok(_)) => Some(flow::collected(command.output, b"")),
        _ => None,
    };
    flow::close(command.output);
    flow::close(command.status);
    let (code, signal) = match ended?.map_err(flow::refusal)? {
        End::Exited(code) => (code, 0),
        End::Killed(signal) => (0, signal),
    };
    Ok(NewArray::with_capacity(3).with("code", code).with("signal", signal).with("output", result))
}

/// Reads what it writes, and then how it has ended: its output may have been closed long before.
fn until_ended(command: Command) -> Outcome<os::Result<End>> {
    match flow::listen(command.output, scratch::limit(), None)? {
        Ok(Stopped::End) => {}
        // More than the request may hold.
        Ok(Stopped::Full) => return Ok(Ok(End::Exited(0))),
        Err(errno) => return Ok(Err(errno)),
    }
    let told = flow::collect(command.status, scratch::limit(), None)?;
    Ok(told.and_then(|_| {
        globals::with(|runtime| helper::end_of_command(runtime.flows.collected(command.status)))
    }))
}
