//! Waiting for what the runtime reads or writes to the end (`rt::transfer`).

use crate::os::{self, Errno};
use crate::php::{outcome, waiting};
use crate::rt::core::handles::TransferToken;
use crate::rt::core::registrations::Direction;
use crate::rt::core::wait::{WaitKind, Wake};
use crate::rt::runtime::Runtime;
use crate::rt::transfer::{RETRY, Stopped, TransferWait};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::lifecycle::Part;
use crate::zend::recv_buffer::Growing;
use std::time::Instant;

/// Files and processes of coroutines that never came to the end of their calls are closed with the request.
pub(super) const PART: Part = Part { request_end: || globals::with(Runtime::end_transfers), ..Part::NONE };

/// Tries until it is done or fails, and waits in between: `ECANCELED` when the wait is cancelled, `ETIMEDOUT` after
/// `deadline`. `attempt` must hold nothing that needs to be released. The flow is closed by the caller, whatever comes
/// of this.
pub(super) fn until<T>(
    token: TransferToken,
    direction: Direction,
    deadline: Option<Instant>,
    mut attempt: impl FnMut() -> os::Result<T>,
) -> Outcome<os::Result<T>> {
    loop {
        match attempt() {
            Err(Errno::EAGAIN) => {}
            result => return Ok(result),
        }
        if let Err(errno) = wait(token, direction, deadline)? {
            return Ok(Err(errno));
        }
    }
}

/// One wait; what is there by then is to be looked at.
pub(super) fn wait(
    token: TransferToken,
    direction: Direction,
    deadline: Option<Instant>,
) -> Outcome<os::Result<()>> {
    // Whether the time is over is seen when the next wait begins.
    Ok(match waiting::on(TransferWait { token, direction }, deadline)? {
        Ok(Some((Wake::Canceled, ()))) => Err(Errno::ECANCELED),
        Ok(_) => Ok(()),
        Err(errno) => Err(errno),
    })
}

/// As [`until`], for what the kernel tells nobody of: it is tried again and again.
pub(super) fn retry<T>(mut attempt: impl FnMut() -> os::Result<T>) -> Outcome<os::Result<T>> {
    loop {
        match attempt() {
            Err(Errno::EAGAIN) => {}
            result => return Ok(result),
        }
        if waiting::wait(WaitKind::Time, Some(RETRY))? == Wake::Canceled {
            return Ok(Err(Errno::ECANCELED));
        }
    }
}

/// Reads what a process of ours has to say, up to `most` bytes.
pub(super) fn collect(
    token: TransferToken,
    most: usize,
    deadline: Option<Instant>,
) -> Outcome<os::Result<Stopped>> {
    until(token, Direction::Read, deadline, || {
        globals::with(|runtime| runtime.transfers.collect(token, most))
    })
}

/// As [`collect`]; others have their turn, however soon it is there.
pub(super) fn listen(
    token: TransferToken,
    most: usize,
    deadline: Option<Instant>,
) -> Outcome<os::Result<Stopped>> {
    match wait(token, Direction::Read, deadline)? {
        Ok(()) => collect(token, most, deadline),
        Err(errno) => Ok(Err(errno)),
    }
}

/// How much is read at a time where nobody knows how much there is.
const STEP: usize = 64 * 1024;

/// Reads to the end, which may be for ever: memory that the request may have is the limit.
pub(super) fn read_to_end(token: TransferToken, text: &mut Growing) -> Outcome<os::Result<()>> {
    loop {
        if text.is_full() {
            text.reserve(STEP)?;
        }
        match text.fill(usize::MAX, |runtime, room| runtime.transfers.read(token, room)) {
            Ok(0) => return Ok(Ok(())),
            Ok(_) => {}
            Err(Errno::EAGAIN) => {
                match wait(token, Direction::Read, None)? {
                    Ok(()) => {}
                    // The kernel tells nobody of such a file.
                    Err(Errno::EPERM) => return Ok(Err(Errno::EAGAIN)),
                    Err(errno) => return Ok(Err(errno)),
                }
            }
            Err(errno) => return Ok(Err(errno)),
        }
    }
}

/// Closes a flow.
pub(super) fn close(token: TransferToken) {
    globals::with(|runtime| runtime.transfers.close(&mut runtime.core, token));
}

/// False, with the code that says why. A cancellation has left its own already.
pub(super) fn refusal(errno: Errno) -> Failure {
    if errno == Errno::ECANCELED { Failure::False } else { outcome::silent(errno) }
}
