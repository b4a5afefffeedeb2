//! flock() in coroutines: a helper process waits for the lock (`rt::helper_process::lock`).

use crate::os::epoll::Interest;
use crate::os::file::{self, Lock};
use crate::os::{self, Errno};
use crate::php::readiness::{self, Target, WaitResult};
use crate::php::waiting;
use crate::rt::core::handles::TransferToken;
use crate::rt::core::wait::{WaitKind, Wake};
use crate::rt::helper_process::lock;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::stdio::Next;
use std::os::fd::RawFd;
use std::time::Duration;

/// The pauses between attempts if no helper process can wait.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(50);

/// The largest answer of a helper, in bytes.
const TOLD: usize = 16;

/// Before flock(2): waits until this process has the lock, so that the engine's own call only repeats it.
pub(super) fn wait(owner: usize, fd: RawFd, operation: i32) -> Outcome<Next> {
    let Some(lock) = Lock::waited_for(operation) else { return Ok(Next::Original) };
    let mut pause = SHORTEST;
    let mut has_helpers = true;
    loop {
        match file::lock(fd, lock) {
            Err(Errno::EAGAIN) => {}
            // The engine's own call reports the error.
            _ => return Ok(Next::Original),
        }
        let started = has_helpers.then(|| globals::with(|runtime| runtime.transfers.start_lock(fd, lock)));
        let came = if let Some(Ok(token)) = started {
            let (came, told) = by_helper(owner, fd, token);
            // If a helper was killed or could not wait, another helper would not help.
            has_helpers = told.is_ok();
            came?
        } else {
            let wake = waiting::wait(WaitKind::Time, Some(pause))?;
            pause = (pause * 2).min(LONGEST);
            if wake == Wake::Canceled { WaitResult::Canceled } else { WaitResult::TimedOut }
        };
        if matches!(came, WaitResult::Canceled | WaitResult::Closed) {
            // The engine reads this.
            Errno::EINTR.set();
            return Ok(Next::Nothing);
        }
    }
}

/// The result of the wait, and the helper's answer.
fn by_helper(owner: usize, fd: RawFd, token: TransferToken) -> (Outcome<WaitResult>, os::Result<()>) {
    let pipe = globals::with(|runtime| runtime.transfers.number(token)).unwrap_or(-1);
    let came = readiness::until_ready(vec![Target::new(owner, pipe, Interest::READ)], None);
    let told = globals::with(|runtime| {
        let collected = runtime.transfers.collect(token, TOLD);
        let told = collected.and_then(|_| lock::end_of_lock(runtime.transfers.collected(token)));
        runtime.transfers.close(&mut runtime.core, token);
        told
    });
    if !matches!(came, Ok(WaitResult::Ready)) {
        // The helper may have taken the lock a moment before.
        let _ = file::unlock(fd);
    }
    (came, told)
}
