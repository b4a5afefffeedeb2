//! What the two kinds of locks share: the creation of locks between processes, the operations of scripts, and their
//! error codes.

use crate::os::Errno;
use crate::php::{log, outcome};
use crate::rt::shared::lock::{Acquisition, Kind, Lock, Mode};
use crate::zend::errors::Outcome;
use crate::zend::globals;

/// PHP's own constants for operations.
const LOCK_SH: i64 = 1;
const LOCK_EX: i64 = 2;
const LOCK_NB: i64 = 4;

/// A lock in shared memory.
pub(super) fn shared_lock(kind: Kind) -> Outcome<Lock> {
    let place = globals::with(|runtime| runtime.shared.long.take());
    let place = place.map_err(|errno| outcome::exception("mmap()", errno))?;
    Lock::new(kind, place).map_err(|no_room| outcome::no_room("the lock", no_room))
}

/// The mode that an operation asks for, and whether it may wait. Only the bits of LOCK_SH and LOCK_NB count: programs
/// pass other numbers, such as a time limit.
pub(super) fn operation(operation: Option<i64>) -> (Mode, bool) {
    let operation = operation.unwrap_or(LOCK_EX);
    if !matches!(operation & !LOCK_NB, LOCK_EX | LOCK_SH | 0) {
        log::notice_once("operation", || {
            format!(
                "lock({operation}): the number is an operation (LOCK_EX, LOCK_SH, LOCK_NB), not a time limit: the call may wait without a limit"
            )
        });
    }
    let mode = if operation & LOCK_SH == 0 { Mode::Exclusive } else { Mode::Shared };
    (mode, operation & LOCK_NB == 0)
}

/// The error code of a taken lock. If its last holder has exited, the lock is taken, but has an error code.
pub(super) fn error_code(taken: Acquisition) -> i64 {
    match taken {
        Acquisition::Clean => 0,
        Acquisition::OwnerDied => Errno::EOWNERDEAD as i64,
    }
}
