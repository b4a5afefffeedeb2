//! Hooks of functions that wait for processes which PHP's functions have started. The hooks of the pipes to these
//! processes are in `stdio.rs`.

use super::flags::{Flag, Hook, may_wait};
use super::stdio;
use crate::php::readiness;
use crate::zend::arguments::Arguments;
use crate::zend::commands::{self, Process};
use crate::zend::errors::Outcome;
use crate::zend::function_hooks::{Call, handled, preceded};
use crate::zend::jump;
use crate::zend::lifecycle::{Part, once};

pub(super) const PART: Part =
    Part { start: once!(|module| commands::install(module, before_end)), ..Part::NONE };

pub(super) const HOOK: Hook = Hook {
    functions: &[
        handled!("proc_open", || may_wait(Flag::PROC), open),
        preceded!("proc_close", || may_wait(Flag::PROC), before_close),
    ],
    ..Hook::of(Flag::PROC)
};

fn open(call: &Call<'_>) -> Outcome<()> {
    call.original()?;
    call.result().and_then(Process::of).map_or(Ok(()), Process::watch)
}

/// Before the engine frees a process. A coroutine that drops it without proc_close() waits for it, as in Swoole:
/// programs run a command in this way.
fn before_end(pid: i32) -> Outcome<()> {
    // With an exception in flight, the wait could not throw another one.
    if !may_wait(Flag::PROC) || jump::is_thrown() {
        return Ok(());
    }
    stdio::until_ended(pid).map(drop)
}

/// Closes the pipes, as the original function does, and waits until the process has exited. After a cancelled wait the
/// result is that for an unknown exit status.
fn before_close(arguments: Arguments<'_>) -> Outcome<Option<i64>> {
    const UNKNOWN: i64 = -1;
    let Some(process) = arguments.value(0).and_then(Process::of) else { return Ok(None) };
    let pid = process.pid();
    for pipe in process.pipe_ids() {
        readiness::release(pipe)?;
    }
    // Coroutines that were woken may have closed it, and so may stream filters of its pipes.
    while arguments.value(0).and_then(Process::of).is_some_and(Process::close_pipe) {}
    let ended = stdio::until_ended(pid);
    if !matches!(ended, Ok(true))
        && let Some(process) = arguments.value(0).and_then(Process::of)
    {
        // Nor does the coroutine wait when it drops the process.
        process.unwatch();
    }
    Ok(if ended? { None } else { Some(UNKNOWN) })
}
