//! `cancel()` and `getBoundCid()`: ending the wait of another coroutine.

use super::state::{Socket, fail};
use crate::os::Errno;
use crate::php::waiting;
use crate::rt::core::registrations::Direction;
use crate::rt::core::wait::Wake;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::object::This;

/// `SWOOLE_EVENT_READ`.
const READ: i64 = 512;
/// `SWOOLE_EVENT_WRITE`.
const WRITE: i64 = 1024;

/// The direction of an event.
pub(super) fn direction(event: i64) -> Option<Direction> {
    match event {
        READ => Some(Direction::Read),
        WRITE => Some(Direction::Write),
        _ => None,
    }
}

pub(super) fn cancel(this: This<'_, Socket>, event: Option<i64>) -> Outcome<bool> {
    let token = this.token()?;
    let Some(direction) = direction(event.unwrap_or(READ)) else { return Err(fail(this, Errno::EINVAL)) };
    match globals::with(|runtime| runtime.sockets.cancel_wait(token, direction)) {
        Some(waiter) => waiting::wake_when_possible(waiter, Wake::Ready).map(|()| true),
        None => Ok(false),
    }
}
