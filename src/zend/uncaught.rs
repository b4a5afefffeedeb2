//! Uncaught exceptions: those that leave a coroutine or a callback of the loop.

use crate::zend::bindings::*;
use crate::zend::callback;
use crate::zend::errors::{Failure, unwind};
use crate::zend::globals::per_thread;
use crate::zend::jump::{Call, is_thrown, is_unclean};
use ext_php_rs::ffi::ext_php_rs_zend_string_release;
use std::cell::Cell;

/// The exit status after an uncaught exception, as in PHP.
const FAILED: i32 = 255;

per_thread! {
    /// The number of exceptions of this request that have left a coroutine or a callback of the loop.
    static UNCAUGHT: Cell<usize> = Cell::new(0);
}

/// A moment. It serves to tell later why a call into PHP since then did not return.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    was_unclean: bool,
    uncaught: usize,
}

impl Moment {
    /// The present moment.
    pub(crate) fn now() -> Moment {
        Moment { was_unclean: is_unclean(), uncaught: UNCAUGHT.with(Cell::get) }
    }

    /// Whether a call that came back in this way was ended by a fatal error, after which no more code of the script may
    /// run. The jump with which an exception leaves a coroutine is not a fatal error: the engine is sound after it.
    pub(crate) fn is_fatal_since(self, call: Call) -> bool {
        let now = Moment::now();
        // When the memory is used up the engine unwinds after the error, as for an exit.
        let left = call == Call::Bailed || (call == Call::Threw && !self.was_unclean);
        left && now.was_unclean && now.uncaught == self.uncaught
    }
}

/// When the request's memory is gone.
pub(super) fn end() {
    UNCAUGHT.with(|count| count.set(0));
}

/// Notes that an uncaught exception was handled: the request ends, and has failed.
fn note_uncaught() {
    UNCAUGHT.with(|count| count.set(count.get() + 1));
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    unsafe { (*executor()).exit_status = FAILED };
}

/// Handles an exception that left a callback of the loop: calls the script's exception handler, or reports it as the
/// engine does at the end of a script. Then the request ends. An exit continues, and so does the end of a Fiber.
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

/// Whether the pending exception is an exit: that of the script, or that by which the engine ends a Fiber that it
/// destroys.
fn is_exit() -> bool {
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    let exception = unsafe { (*executor()).exception };
    // SAFETY: the exception is alive.
    unsafe { zend_is_unwind_exit(exception) || zend_is_graceful_exit(exception) }
}

/// Reports the pending exception as the engine reports an uncaught one.
fn report_exception() {
    note_uncaught();
    // SAFETY: prints it and releases it; the exception is alive.
    unsafe { zend_exception_error((*executor()).exception, E_ERROR as i32) };
}

/// Lets the script's exception handler, if there is one, handle the pending exception. Returns false when the handler
/// did not return. What it throws is left for the caller. The engine's own function for this is not used: while code of
/// the script runs, it drops what the handler throws, and an exit in it.
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

/// How an uncaught exception was handled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExceptionFate {
    /// It was an exit, or there was none.
    Exit,
    /// A fatal error ends the request. When memory is used up the engine does this by an exit.
    Fatal,
    /// The script's exception handler has seen it, or it was reported as a fatal error. It ends the request.
    Seen,
}

/// Handles an exception that leaves a stack for good: the script's handler gets it, or it is reported.
pub(crate) fn deal_with_exception() -> ExceptionFate {
    if !is_thrown() {
        return ExceptionFate::Exit;
    }
    if is_exit() {
        return end_exit();
    }
    if !call_exception_handler() {
        return ExceptionFate::Fatal;
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
    ExceptionFate::Seen
}

fn end_exit() -> ExceptionFate {
    // SAFETY: releases it.
    unsafe { zend_clear_exception() };
    if is_unclean() { ExceptionFate::Fatal } else { ExceptionFate::Exit }
}

/// In a child that begins: what has ended the script of its parent has not ended the child's.
pub(super) fn begin_child() {
    UNCAUGHT.with(|count| count.set(0));
    if is_fatal() {
        // Otherwise a shutdown function of the child would find the error, too.
        // SAFETY: PHP's globals are valid on a thread that runs PHP, and have references of their own to both strings.
        unsafe { forget(&raw mut (*core()).last_error_message) };
        // SAFETY: as above.
        unsafe { forget(&raw mut (*core()).last_error_file) };
    }
}

/// Releases one of the strings of the last error.
///
/// # Safety
/// The string is the engine's, or null.
unsafe fn forget(string: *mut *mut zend_string) {
    // SAFETY: as the caller promises.
    let string = unsafe { std::mem::replace(&mut *string, std::ptr::null_mut()) };
    if !string.is_null() {
        // SAFETY: the reference was that of the globals.
        unsafe { ext_php_rs_zend_string_release(string.cast()) };
    }
}

/// Whether an error or an exception has ended the request.
pub(crate) fn is_fatal() -> bool {
    if UNCAUGHT.with(Cell::get) > 0 {
        return true;
    }
    // SAFETY: PHP's globals are valid on a thread that runs PHP.
    let (kind, message) = unsafe { ((*core()).last_error_type, (*core()).last_error_message) };
    let reported = !message.is_null();
    reported && kind.cast_unsigned() & FATAL_ERRORS != 0
}
