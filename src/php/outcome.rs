//! How failures reach the script: as a warning, as false alone, or as an exception, with their error codes.
//!
//! Texts that several classes use are here. A text that only one method uses is in the file of that method, and goes
//! through these functions as well.
//!
//! `swoole_last_error()` is an errno, or one of Swoole's own codes; `swoole_errno()` is the C library's errno.

use crate::os::process::{End, Reaped};
use crate::os::{self, Errno, system};
use crate::php::{exceptions, log, settings};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::handle::{ArrivalKind, ReceiveError};
use crate::rt::process::pipe::Stop;
use crate::rt::shared::room::{Limit, NoRoom};
use crate::zend::arrays::NewArray;
use crate::zend::callback;
use crate::zend::errors::Failure;
use crate::zend::globals::per_thread;
use crate::zend::userland;
use crate::zend::values::Value;
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Display;

/// `SWOOLE_ERROR_SOCKET_POLL_TIMEOUT`.
const POLL_TIMEOUT: i64 = 6002;

/// `SWOOLE_ERROR_INVALID_PARAMS`.
const INVALID_PARAMS: i64 = 505;

per_thread! {
    static LAST_ERROR: Cell<i64> = Cell::new(0);
}

/// The code of the last failure.
pub(super) fn last_error() -> i64 {
    LAST_ERROR.with(Cell::get)
}

/// Sets the code of the last failure.
pub(super) fn set_last_error(code: i64) {
    LAST_ERROR.with(|last| last.set(code));
}

/// A warning of the extension, unless warnings are switched off, and false.
pub(super) fn warning(text: impl Into<Cow<'static, str>>) -> Failure {
    if settings::display_errors() { Failure::Warning(text.into()) } else { Failure::False }
}

/// A failed system call: a warning with its name and error, both error codes, and false.
pub(super) fn system(what: impl Display, errno: Errno) -> Failure {
    let failure = warning(describe(what, errno));
    note(errno);
    failure
}

/// A failed system call that scripts expect: both error codes, and false.
pub(super) fn silent(errno: Errno) -> Failure {
    note(errno);
    Failure::False
}

/// `what failed, Error: text[number]`.
pub(super) fn describe(what: impl Display, errno: Errno) -> String {
    let number = errno as i32;
    format!("{what} failed, Error: {}[{number}]", system::describe(number))
}

/// Logs a failed system call of which the script does not learn.
pub(super) fn log_failure(what: impl Display, errno: Errno) {
    log::warning(&describe(what, errno));
}

/// As [`log_failure`]. `what` says of whom the call is.
pub(super) fn log_syscall_error(what: impl Display, SyscallError { call, errno }: SyscallError) {
    log_failure(format_args!("{what}: {call}"), errno);
}

/// Sets both error codes.
pub(super) fn note(errno: Errno) {
    set_last_error(errno as i64);
    os::set_errno(errno as i32);
}

/// The failure of a read.
pub(super) fn read(stop: Stop) -> Failure {
    match stop {
        Stop::Closed => warning("this end of the pipe is closed, cannot read from pipe"),
        Stop::Interrupted { .. } | Stop::Paused { .. } | Stop::Orphaned => silent(Errno::EINTR),
        Stop::WouldBlock => silent(Errno::EAGAIN),
        Stop::TimedOut => timed_out(Failure::False),
        Stop::Failed(errno) => system("read()", errno),
        Stop::Meets(comes) => warned(what_comes(comes), Errno::ENOMSG),
        Stop::Refused(refused) => {
            let (text, errno) = why_refused(refused);
            text.map_or_else(|| silent(errno), |text| warned(text, errno))
        }
    }
}

/// The text for a call that meets a handle or a value and did not ask for it.
pub(super) fn what_comes(comes: ArrivalKind) -> &'static str {
    match comes {
        ArrivalKind::Handle => "a handle comes next, receive it with receiveHandle()",
        ArrivalKind::Value => "a value comes next, receive it with receive()",
    }
}

/// Why no handle or value was received: a text, unless scripts expect the failure, and the error.
pub(super) fn why_refused(refused: ReceiveError) -> (Option<Cow<'static, str>>, Errno) {
    match refused {
        ReceiveError::Data(ArrivalKind::Handle) => {
            (Some("other data come before the handle, read them first".into()), Errno::ENOMSG)
        }
        ReceiveError::Data(ArrivalKind::Value) => {
            (Some("other data come before the value, read them first".into()), Errno::ENOMSG)
        }
        ReceiveError::Other(comes) => (Some(what_comes(comes).into()), Errno::ENOMSG),
        ReceiveError::Several(count) => {
            let text = format!(
                "received a message with {count} descriptors instead of one, all of them were closed"
            );
            (Some(text.into()), Errno::EBADMSG)
        }
        ReceiveError::Ended => (None, Errno::ECONNRESET),
        ReceiveError::Failed(errno) => (Some(describe("recvmsg()", errno).into()), errno),
    }
}

/// A warning with both error codes.
fn warned(text: impl Into<Cow<'static, str>>, errno: Errno) -> Failure {
    let failure = warning(text);
    note(errno);
    failure
}

/// The failure of a write. Unsent data is always reported.
pub(super) fn write(stop: Stop) -> Failure {
    match stop {
        Stop::Closed => warning("this end of the pipe is closed, cannot write into pipe"),
        Stop::Interrupted { .. } | Stop::Paused { .. } | Stop::Orphaned => system("write()", Errno::EINTR),
        Stop::WouldBlock | Stop::Meets(_) | Stop::Refused(_) => system("write()", Errno::EAGAIN),
        Stop::TimedOut => timed_out(warning(describe("write()", Errno::ETIMEDOUT))),
        Stop::Failed(errno) => system("write()", errno),
    }
}

/// The exit of a child, as scripts get it.
pub(super) fn end_of(reaped: Reaped) -> NewArray {
    let (code, signal) = match reaped.end {
        End::Exited(code) => (code, 0),
        End::Killed(signal) => (0, signal),
    };
    NewArray::with_capacity(3).with("pid", reaped.pid).with("code", code).with("signal", signal)
}

fn timed_out(failure: Failure) -> Failure {
    set_last_error(POLL_TIMEOUT);
    os::set_errno(Errno::ETIMEDOUT as i32);
    failure
}

/// The failure for an argument that a function written in PHP would refuse, in PHP's words for such functions.
pub(super) fn wrong_type(number: u32, name: &str, expected: &str, given: Value<'_>) -> Failure {
    userland::wrong_type(number, Some(name), expected, given)
}

/// The text for a value that is not callable.
pub(super) fn not_callable(value: Value<'_>) -> String {
    let name = callback::name_of(value);
    format!("function '{}' is not callable", String::from_utf8_lossy(name.bytes()))
}

/// Throws a `Swoole\Error`.
pub(super) fn error(message: impl Into<Cow<'static, str>>) -> Failure {
    Failure::Throw { class: &exceptions::ERROR, message: message.into(), code: 0 }
}

/// Throws a `Swoole\Exception` for an invalid setting or argument.
pub(super) fn invalid(message: impl Into<Cow<'static, str>>) -> Failure {
    Failure::Throw { class: &exceptions::EXCEPTION, message: message.into(), code: INVALID_PARAMS }
}

/// Throws a `Swoole\Exception` for a failed system call.
pub(super) fn exception(what: &str, errno: Errno) -> Failure {
    note(errno);
    Failure::Throw {
        class: &exceptions::EXCEPTION,
        message: describe(what, errno).into(),
        code: errno as i64,
    }
}

/// Throws a `Swoole\Exception` for missing memory. Its text has the requested and the available size.
pub(super) fn no_room(what: &str, no_room: NoRoom) -> Failure {
    let (text, errno) = describe_no_room(what, no_room);
    note(errno);
    Failure::Throw { class: &exceptions::EXCEPTION, message: text.into(), code: errno as i64 }
}

/// The text and the error code for missing memory.
pub(super) fn describe_no_room(what: &str, no_room: NoRoom) -> (String, Errno) {
    let wanted = no_room.wanted;
    let bytes = no_room.there_are.unwrap_or(0);
    let (reason, errno) = match no_room.limit {
        Limit::AddressSpace => (format!("the process may have {bytes} (RLIMIT_AS)"), Errno::ENOMEM),
        Limit::ControlGroup => (format!("its control group may have {bytes} (memory.max)"), Errno::ENOMEM),
        Limit::Machine => (format!("the machine has {bytes} available (MemAvailable)"), Errno::ENOMEM),
        Limit::Kernel(errno) => (describe("mmap()", errno), errno),
    };
    (format!("cannot get {wanted} bytes of shared memory for {what}: {reason}"), errno)
}
