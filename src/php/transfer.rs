//! Waits for transfers (`rt::transfer`): what the runtime reads or writes to the end.

use crate::os::{self, Errno};
use crate::php::{outcome, waiting};
use crate::rt::core::handles::TransferToken;
use crate::rt::core::registrations::Direction;
use crate::rt::core::wait::{WaitKind, Wake};
use crate::rt::runtime::Runtime;
use crate::rt::transfer::{RETRY, ReadEnd, TransferWait};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::lifecycle::{Part, once};
use crate::zend::recv_buffer::StringBuffer;
use std::time::Instant;

/// Closes transfers of coroutines that never continued, at the end of the request.
pub(super) const PART: Part = Part {
    request_end: once!(|| {
        if globals::is_used() {
            globals::with(Runtime::end_transfers);
        }
    }),
    ..Part::NONE
};

/// Repeats `attempt` until it succeeds or fails, with waits in between. `ECANCELED` when a wait is cancelled,
/// `ETIMEDOUT` after `deadline`. `attempt` must hold nothing that needs to be released. The caller closes the transfer
/// in any case.
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

/// One wait. The caller then tries again.
pub(super) fn wait(
    token: TransferToken,
    direction: Direction,
    deadline: Option<Instant>,
) -> Outcome<os::Result<()>> {
    // An expired deadline is noticed when the next wait begins.
    Ok(match waiting::on(TransferWait { token, direction }, deadline)? {
        Ok(Some((Wake::Canceled, ()))) => Err(Errno::ECANCELED),
        Ok(_) => Ok(()),
        Err(errno) => Err(errno),
    })
}

/// As [`until`], for events that the kernel does not report: `attempt` is repeated at intervals.
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

/// Reads the output of a helper process, up to `most` bytes.
pub(super) fn collect(
    token: TransferToken,
    most: usize,
    deadline: Option<Instant>,
) -> Outcome<os::Result<ReadEnd>> {
    until(token, Direction::Read, deadline, || {
        globals::with(|runtime| runtime.transfers.collect(token, most))
    })
}

/// As [`collect`], but yields at least once, even if the output is there already.
pub(super) fn listen(
    token: TransferToken,
    most: usize,
    deadline: Option<Instant>,
) -> Outcome<os::Result<ReadEnd>> {
    match wait(token, Direction::Read, deadline)? {
        Ok(()) => collect(token, most, deadline),
        Err(errno) => Ok(Err(errno)),
    }
}

/// The number of bytes to read at a time when the total is not known.
const STEP: usize = 64 * 1024;

/// Reads to EOF, which may never come: the request's memory limit is the only limit.
pub(super) fn read_to_end(token: TransferToken, text: &mut StringBuffer) -> Outcome<os::Result<()>> {
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
                    // Epoll cannot watch such a file.
                    Err(Errno::EPERM) => return Ok(Err(Errno::EAGAIN)),
                    Err(errno) => return Ok(Err(errno)),
                }
            }
            Err(errno) => return Ok(Err(errno)),
        }
    }
}

/// Closes a transfer.
pub(super) fn close(token: TransferToken) {
    globals::with(|runtime| runtime.transfers.close(&mut runtime.core, token));
}

/// Returns false, and sets the code. A cancellation has set its own already.
pub(super) fn refusal(errno: Errno) -> Failure {
    if errno == Errno::ECANCELED { Failure::False } else { outcome::silent(errno) }
}
