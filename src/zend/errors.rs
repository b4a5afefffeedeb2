//! Warnings, errors and exceptions, raised when nothing of ours is left on the stack.
//!
//! A warning may run the script's error handler, which may throw, exit or end the request with a long jump.
//! So a function does not raise its failure: it returns it, and [`Failure::settle`] raises it last of all.

use crate::zend::bindings::*;
use crate::zend::callback::{self, Call};
use crate::zend::class::Class;
use crate::zend::globals::per_thread;
#[cfg(php_delayed_oom)]
use crate::zend::interrupt;
use crate::zend::net;
use crate::zend::values::{IntoValue, Owned, Text};
use ext_php_rs::ffi::{ext_php_rs_process_globals, ext_php_rs_zend_bailout};
use std::borrow::Cow;
use std::cell::Cell;
use std::ffi::{CStr, CString, c_char};

/// The status of a request that an exception has ended, as PHP has it.
const FAILED: i32 = 255;

/// Why a function does not return a value.
pub(crate) enum Failure {
    /// It returns false, and says no more.
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
    /// An exception (or an exit) is on its way already.
    Thrown,
    /// The engine is ending the request with a long jump, which was caught and has to go on.
    Bailout,
}

/// What a function of a class file returns.
pub(crate) type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// Raises it where nobody looks at a result; an exception is on its way then, or not.
    pub(crate) fn raise(self) -> Call {
        self.settle(&mut undef());
        if is_thrown() { Call::Threw } else { Call::Returned }
    }

    /// Raises it. Nothing that needs to be released may be left on the stack: this may not return.
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

/// Whether the engine has refused memory, or given the last, and has not said so yet: it does between two instructions.
pub(super) fn is_out_of_memory() -> bool {
    #[cfg(php_delayed_oom)]
    {
        // SAFETY: the executor's globals are valid on a thread that runs PHP.
        unsafe { (*executor()).delayed_oom.state == _zend_oom_state_ZEND_OOM_STATE_PENDING }
    }
    #[cfg(not(php_delayed_oom))]
    {
        false
    }
}

/// The engine has refused memory. As the virtual machine does between two instructions, the error is reported, and an exit
/// is on its way.
#[cold]
pub(super) fn out_of_memory() -> Failure {
    #[cfg(php_delayed_oom)]
    {
        // It was set for this error; later it would make the engine look for another one.
        interrupt::clear();
        // SAFETY: reports what is pending, if anything is, and catches its own jump.
        unsafe { zend_handle_delayed_oom() };
    }
    // An engine without such errors has left with a long jump.
    Failure::Thrown
}

/// Raises an `E_WARNING` from the middle of a function, which goes on. For the rare function that warns and
/// still does something; nothing that needs to be released may be on the stack.
pub(crate) fn warn(text: &'static str) {
    raise(Cow::Borrowed(text));
}

/// As [`warn`], for a text that is made for the occasion.
pub(crate) fn warn_owned(text: String) {
    raise(Cow::Owned(text));
}

/// The warning's text becomes a string in the request's memory: a long jump out of the error handler does
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
    // Exceptions run no PHP code when they are made: what is on this stack is released.
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

per_thread! {
    /// How many exceptions of this request have left a coroutine or a callback of the loop.
    static UNCAUGHT: Cell<usize> = Cell::new(0);
}

/// A moment, to tell later what a call into PHP that has not returned came to since then.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    was_unclean: bool,
    uncaught: usize,
}

impl Moment {
    /// This one.
    pub(crate) fn now() -> Moment {
        Moment { was_unclean: is_unclean(), uncaught: UNCAUGHT.with(Cell::get) }
    }

    /// Whether a call that came back like this has ended by a fatal error: no more code of the script may run. The jump
    /// with which an exception leaves a coroutine is none, and the engine is sound after it.
    pub(crate) fn is_fatal_since(self, call: Call) -> bool {
        let now = Moment::now();
        // When the memory is used up the engine unwinds after the error, as by an exit.
        let left = call == Call::Bailed || (call == Call::Threw && !self.was_unclean);
        left && now.was_unclean && now.uncaught == self.uncaught
    }
}

/// When the request's memory is gone.
pub(super) fn end() {
    UNCAUGHT.with(|count| count.set(0));
}

/// An exception that nobody could catch was dealt with: the request ends, and has failed.
fn note_uncaught() {
    UNCAUGHT.with(|count| count.set(count.get() + 1));
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    unsafe { (*executor()).exit_status = FAILED };
}

/// What a loop does with an exception that a callback let through: nobody can catch it, so the script's handler gets
/// it, or it is reported as the engine reports it at the end of a script; and the request ends. An exit goes on.
pub(crate) fn uncaught() -> Failure {
    if !is_thrown() || is_exit() {
        return Failure::Thrown;
    }
    let came_back = call_exception_handler();
    match (came_back, is_thrown()) {
        (true, false) => {
            note_uncaught();
            unwind()
        }
        (true, true) if is_exit() => Failure::Thrown,
        (true, true) => {
            report_exception();
            Failure::Bailout
        }
        (false, _) => Failure::Bailout,
    }
}

/// Whether the exception that is on its way is an exit.
fn is_exit() -> bool {
    // SAFETY: the executor's globals are valid on a thread that runs PHP, and the exception is alive.
    unsafe { zend_is_unwind_exit((*executor()).exception) }
}

/// Reports the exception that is on its way as the engine reports one that nobody caught.
fn report_exception() {
    note_uncaught();
    // SAFETY: prints it and releases it; the exception is alive.
    unsafe { zend_exception_error((*executor()).exception, E_ERROR as i32) };
}

/// Lets the script's handler for exceptions, if there is one, deal with the one that is on its way; false when it did
/// not come back. What is thrown afterwards is left for the caller: the engine's own function for this drops what the
/// handler throws, and its exit, unless no code of the script is being run.
fn call_exception_handler() -> bool {
    let globals = executor();
    // SAFETY: the executor's globals are valid on a thread that runs PHP, and every value has a type.
    let is_none = |handler: &zval| u32::from(unsafe { handler.u1.v.type_ }) == IS_UNDEF;
    // SAFETY: as above; a plain copy, the reference stays where it is.
    let handler = unsafe { std::ptr::read(&raw const (*globals).user_exception_handler) };
    if is_none(&handler) {
        return true;
    }
    let mut exception = undef();
    exception.u1.type_info = IS_OBJECT_EX;
    // SAFETY: as above. The reference to the exception is ours now. The handler is put on the engine's stack of those
    // that were set before, which owns it, so that one that is set meanwhile is set on top of it.
    unsafe {
        exception.value.obj = std::mem::replace(&mut (*globals).exception, std::ptr::null_mut());
        zend_stack_push(&raw mut (*globals).user_exception_handlers, (&raw const handler).cast());
        (*globals).user_exception_handler = undef();
    }
    let mut exception = [exception];
    if callback::call(handler, None, &mut exception) == Call::Bailed {
        return false;
    }
    for own in &mut exception {
        // SAFETY: the reference is ours.
        unsafe { zval_ptr_dtor(own) };
    }
    // SAFETY: as above. What is on top of the stack was set before, and becomes the handler again unless there is
    // another one.
    unsafe {
        let top: *const zval = zend_stack_top(&raw const (*globals).user_exception_handlers).cast();
        if is_none(&(*globals).user_exception_handler) && !top.is_null() {
            (*globals).user_exception_handler = std::ptr::read(top);
            zend_stack_del_top(&raw mut (*globals).user_exception_handlers);
        }
    }
    true
}

/// An exception, or an exit, that is on its way and was made to wait.
pub(crate) enum Held {
    /// An exception.
    Exception(Owned),
    /// An exit; its status is set.
    Exit,
}

impl Held {
    /// Holds what is on its way; `None` when nothing is.
    pub(crate) fn take() -> Option<Held> {
        // SAFETY: the executor's globals are valid on a thread that runs PHP.
        let exception = unsafe { (*executor()).exception };
        if exception.is_null() {
            return None;
        }
        // SAFETY: the exception is alive.
        let is_exit = unsafe { zend_is_unwind_exit(exception) };
        let held = if is_exit { Held::Exit } else { Held::Exception(Owned::of_object(exception)) };
        // SAFETY: releases the engine's reference.
        unsafe { zend_clear_exception() };
        Some(held)
    }

    /// It goes on.
    pub(crate) fn release(self) -> Failure {
        match self {
            Held::Exit => return unwind(),
            Held::Exception(exception) => {
                let mut value = exception.into_raw();
                // SAFETY: throws the object, whose reference is handed over.
                unsafe { zend_throw_exception_object(&raw mut value) };
            }
        }
        Failure::Thrown
    }
}

/// How an exception that nobody can catch any more was dealt with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dealt {
    /// It was an exit, or nothing.
    Exit,
    /// A fatal error ends the request, which the engine does by an exit when memory is used up.
    Fatal,
    /// The script's handler for exceptions has seen it, or it was reported as a fatal error. The request ends by it.
    Seen,
}

/// Deals with an exception that leaves a stack for good: the script's handler gets it, or it is reported.
pub(crate) fn deal_with_exception() -> Dealt {
    if !is_thrown() {
        return Dealt::Exit;
    }
    if is_exit() {
        return end_exit();
    }
    if !call_exception_handler() {
        return Dealt::Fatal;
    }
    // The request may have ended while the handler waited.
    if is_thrown() && is_exit() {
        return end_exit();
    }
    if is_thrown() {
        report_exception()
    } else {
        note_uncaught()
    }
    Dealt::Seen
}

fn end_exit() -> Dealt {
    // SAFETY: releases it.
    unsafe { zend_clear_exception() };
    if is_unclean() { Dealt::Fatal } else { Dealt::Exit }
}

/// Begins to unwind the stack that runs, as an exit does: no code of the script but destructors runs on the way.
pub(crate) fn unwind() -> Failure {
    // SAFETY: throws.
    unsafe { zend_throw_unwind_exit() };
    Failure::Thrown
}

/// Whether the request has had an error, or an exception, that ended it.
pub(crate) fn is_fatal() -> bool {
    if UNCAUGHT.with(Cell::get) > 0 {
        return true;
    }
    let fatal = E_ERROR | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR | E_PARSE;
    // SAFETY: PHP's globals are valid on a thread that runs PHP.
    let globals: *const php_core_globals = unsafe { ext_php_rs_process_globals() }.cast();
    // SAFETY: as above.
    let kind = unsafe { (*globals).last_error_type };
    // SAFETY: as above.
    let reported = !unsafe { (*globals).last_error_message }.is_null();
    reported && kind.cast_unsigned() & fatal != 0
}

/// Whether the engine has left code of this request with a long jump: no more of it may run.
pub(crate) fn is_unclean() -> bool {
    // SAFETY: the compiler's globals are valid on a thread that runs PHP.
    unsafe { (*ext_php_rs::ffi::ext_php_rs_compiler_globals()).unclean_shutdown }
}

/// Whether an exception (or an exit) is on its way.
#[inline]
pub(crate) fn is_thrown() -> bool {
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    unsafe { !(*executor()).exception.is_null() }
}

/// Runs `body`. When it panics the script sees an `Error`, and there is no result.
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

/// As [`throwing`], for what may fail otherwise, too.
pub(super) fn net<R>(body: impl FnOnce() -> Outcome<R>) -> Outcome<R> {
    throwing(body).unwrap_or(Err(Failure::Thrown))
}

/// A panic is a bug of ours: the script sees an `Error`, and PHP goes on.
#[cold]
fn throw_panic(payload: &(dyn std::any::Any + Send)) {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("unknown");
    throw(std::ptr::null_mut(), Cow::Owned(format!("swoole_process has a bug, please report it: {text}")), 0);
}
