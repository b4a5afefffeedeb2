//! Warnings, errors and exceptions, raised when nothing of ours is left on the stack.
//!
//! A warning may run the script's error handler, which may throw, exit or end the request with a long jump. So a
//! function does not raise its failure: it returns it, and [`Failure::settle`] raises it at the very end.

use crate::zend::bindings::*;
use crate::zend::class::Class;
use crate::zend::jump::{Call, caught, is_thrown};
use crate::zend::net;
use crate::zend::values::{IntoValue, Owned, Text};
use ext_php_rs::ffi::ext_php_rs_zend_bailout;
use std::borrow::Cow;
use std::ffi::{CStr, CString, c_char};

/// Why a function does not return a value.
pub(crate) enum Failure {
    /// It returns false, without a message.
    False,
    /// It raises an `E_WARNING` with this text and returns false.
    Warning(Cow<'static, str>),
    /// It throws the engine's own `Error`.
    Error(Cow<'static, str>),
    /// It throws a `TypeError`.
    TypeError(Cow<'static, str>),
    /// It throws SPL's `BadMethodCallException`.
    BadMethodCall(&'static str),
    /// It throws SPL's `InvalidArgumentException`.
    InvalidArgument(&'static str),
    /// It throws an `ArgumentCountError`.
    WrongCount(Cow<'static, str>),
    /// It ends the request with an `E_ERROR` of this text.
    Fatal(&'static CStr),
    /// It throws a `ValueError`: argument `number`, from 1, and what it must be.
    BadValue(u32, &'static CStr),
    /// It throws a `ValueError` that is about no argument alone.
    ValueError(&'static CStr),
    /// It throws an object of this class.
    Throw {
        /// A class of exceptions.
        class: &'static Class,
        /// The message.
        message: Cow<'static, str>,
        /// The code.
        code: i64,
    },
    /// An exception (or an exit) is pending already.
    Thrown,
    /// The engine's long jump to the end of the request was caught and has to continue.
    Bailout,
}

/// The result of a function in a class file.
pub(crate) type Outcome<T> = Result<T, Failure>;

impl From<Call> for Failure {
    /// The failure of a call that has not returned.
    fn from(call: Call) -> Failure {
        if call == Call::Bailed { Failure::Bailout } else { Failure::Thrown }
    }
}

/// The result of a function of ours, in the form of a call. Raises its failure.
pub(crate) fn call_of(outcome: Outcome<()>) -> Call {
    match outcome {
        Ok(()) => Call::Returned,
        Err(Failure::Bailout) => Call::Bailed,
        Err(failure) => failure.raise(),
    }
}

impl Failure {
    /// Raises it where no caller uses a result. Afterwards an exception may be pending.
    pub(crate) fn raise(self) -> Call {
        self.settle(&mut undef());
        if is_thrown() { Call::Threw } else { Call::Returned }
    }

    /// Raises it. This may not return, so nothing that needs to be released may be on the stack.
    #[cold]
    pub(crate) fn settle(self, slot: &mut zval) {
        false.store(slot);
        match self {
            Failure::False | Failure::Thrown => {}
            Failure::Warning(text) => raise(text),
            // SAFETY: the format takes one C string. It does not return.
            Failure::Fatal(text) => unsafe {
                php_error_docref(std::ptr::null(), E_ERROR as i32, c"%s".as_ptr(), text.as_ptr());
            },
            // SAFETY: throws for the running function; the format takes one C string.
            Failure::BadValue(number, text) => unsafe {
                zend_argument_value_error(number, c"%s".as_ptr(), text.as_ptr());
            },
            // SAFETY: the format takes one C string.
            Failure::ValueError(text) => unsafe { zend_value_error(c"%s".as_ptr(), text.as_ptr()) },
            Failure::Error(text) => throw(std::ptr::null_mut(), text, 0),
            // SAFETY: the engine's own class is registered before modules start.
            Failure::TypeError(text) => throw(unsafe { zend_ce_type_error }, text, 0),
            // SAFETY: as above.
            Failure::WrongCount(text) => throw(unsafe { zend_ce_argument_count_error }, text, 0),
            // SAFETY: SPL is part of PHP and started before other modules.
            Failure::BadMethodCall(text) => throw(unsafe { spl_ce_BadMethodCallException }, text.into(), 0),
            Failure::InvalidArgument(text) => {
                // SAFETY: as above.
                throw(unsafe { spl_ce_InvalidArgumentException }, text.into(), 0);
            }
            Failure::Throw { class, message, code } => throw(class.entry(), message, code),
            // SAFETY: only POD is left on the stack of this entry; the engine set up the jump's target.
            Failure::Bailout => unsafe { ext_php_rs_zend_bailout() },
        }
    }
}

/// Raises an `E_WARNING` in the middle of a function, which then continues. For the rare function that warns and still
/// does something; nothing that needs to be released may be on the stack.
pub(crate) fn warn(text: &'static str) {
    raise(Cow::Borrowed(text));
}

/// As [`warn`], for a text made at run time.
pub(crate) fn warn_owned(text: String) {
    raise(Cow::Owned(text));
}

/// Raises a warning. Its text becomes a string in the request's memory, so a long jump out of the error handler does
/// not leak it.
fn raise(text: Cow<'static, str>) {
    // The engine reads C strings.
    let copy = Text::new(text.split('\0').next().unwrap_or_default().as_bytes());
    drop(text);
    let pointer = copy.bytes().as_ptr().cast::<c_char>();
    // SAFETY: the format takes one C string; engine strings end with NUL.
    unsafe { php_error_docref(std::ptr::null(), E_WARNING as i32, c"%s".as_ptr(), pointer) };
}

#[cold]
fn throw(class: *mut zend_class_entry, message: Cow<'static, str>, code: i64) {
    // Throwing runs no PHP code, so what is on this stack is released.
    let message = CString::new(message.into_owned().replace('\0', " ")).unwrap_or_default();
    if class.is_null() {
        // SAFETY: the format takes one C string; a null class stands for `Error`.
        unsafe { zend_throw_error(class, c"%s".as_ptr(), message.as_ptr()) };
    } else {
        // SAFETY: the class is registered and an exception.
        unsafe { zend_throw_exception(class, message.as_ptr(), code) };
    }
}

/// Raises an `E_DEPRECATED`; as [`warn`].
pub(crate) fn deprecate(text: &'static CStr) {
    // SAFETY: the format takes one C string.
    unsafe { php_error_docref(std::ptr::null(), E_DEPRECATED as i32, c"%s".as_ptr(), text.as_ptr()) };
}

/// A pending exception, or exit, that was put aside.
pub(crate) enum PendingException {
    /// An exception.
    Exception(Owned),
    /// An exit; its status is set.
    Exit,
    /// The end of a Fiber of the script, which is destroyed.
    FiberEnd,
}

impl PendingException {
    /// Puts the pending exception or exit aside; `None` when there is none.
    pub(crate) fn take() -> Option<PendingException> {
        // SAFETY: the executor's globals are valid on a thread that runs PHP.
        let exception = unsafe { (*executor()).exception };
        if exception.is_null() {
            return None;
        }
        // SAFETY: the exception is alive.
        let (is_exit, is_end) = unsafe { (zend_is_unwind_exit(exception), zend_is_graceful_exit(exception)) };
        let held = match (is_exit, is_end) {
            (true, _) => PendingException::Exit,
            (_, true) => PendingException::FiberEnd,
            _ => PendingException::Exception(Owned::of_object(exception)),
        };
        // SAFETY: releases the engine's reference.
        unsafe { zend_clear_exception() };
        Some(held)
    }

    /// Makes it pending again.
    pub(crate) fn release(self) -> Failure {
        match self {
            PendingException::Exit => return unwind(),
            // SAFETY: throws.
            PendingException::FiberEnd => unsafe { zend_throw_graceful_exit() },
            PendingException::Exception(exception) => {
                let mut value = exception.into_raw();
                // SAFETY: throws the object, whose reference is handed over.
                unsafe { zend_throw_exception_object(&raw mut value) };
            }
        }
        Failure::Thrown
    }
}

/// Begins to unwind the running stack as an exit does: of the script only destructors run.
pub(crate) fn unwind() -> Failure {
    // SAFETY: throws.
    unsafe { zend_throw_unwind_exit() };
    Failure::Thrown
}

/// Switches warnings off on the running stack.
pub(crate) fn silence() {
    // SAFETY: the globals are valid on a thread that runs PHP; a switch of stacks puts back what another one had.
    unsafe { (*executor()).error_reporting = 0 };
}

/// Runs `body`, which calls into the engine. Fails when an exception is pending afterwards, and when the engine has left
/// it with a long jump.
pub(crate) fn checked(body: impl FnOnce()) -> Outcome<()> {
    match (caught(body), is_thrown()) {
        (false, _) => Err(Failure::Bailout),
        (true, true) => Err(Failure::Thrown),
        (true, false) => Ok(()),
    }
}

/// Runs `body`. If it panics, throws an `Error`, and there is no result.
#[inline(always)]
pub(crate) fn throwing<R>(body: impl FnOnce() -> R) -> Option<R> {
    match net::caught(body) {
        Ok(result) => Some(result),
        Err(payload) => {
            throw_panic(&*payload);
            None
        }
    }
}

/// As [`throwing`], for a `body` that may fail in other ways, too.
pub(super) fn net<R>(body: impl FnOnce() -> Outcome<R>) -> Outcome<R> {
    throwing(body).unwrap_or(Err(Failure::Thrown))
}

/// A panic is a bug of ours: the script sees an `Error`, and PHP continues.
#[cold]
fn throw_panic(payload: &(dyn std::any::Any + Send)) {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("unknown");
    throw(std::ptr::null_mut(), Cow::Owned(format!("swoole_process has a bug, please report it: {text}")), 0);
}
