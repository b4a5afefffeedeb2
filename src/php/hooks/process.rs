//! Hooks of functions that wait for processes which PHP's functions have started. The hooks of the pipes to these
//! processes are in `stdio.rs`.

use super::flags::{Flag, Hook, may_wait};
use super::stdio;
use crate::php::readiness;
use crate::zend::arguments::Arguments;
use crate::zend::errors::Outcome;
use crate::zend::function_hooks::preceded;
use crate::zend::streams::Process;

pub(super) const HOOK: Hook = Hook {
    functions: &[preceded!("proc_close", || may_wait(Flag::PROC), before_close)],
    ..Hook::of(Flag::PROC)
};

/// Closes the pipes, as the original function does, and waits until the process has exited. After a cancelled wait the
/// result is that for an unknown exit status.
fn before_close(arguments: Arguments<'_>) -> Outcome<Option<i64>> {
    const UNKNOWN: i64 = -1;
    let Some(process) = arguments.value(0).and_then(Process::of) else { return Ok(None) };
    let pid = process.pid();
    for pipe in process.pipe_ids() {
        readiness::release(pipe)?;
    }
    // Coroutines that were woken may have closed it.
    if let Some(process) = arguments.value(0).and_then(Process::of) {
        process.close_pipes();
    }
    Ok(if stdio::until_ended(pid)? { None } else { Some(UNKNOWN) })
}
