//! The end of a child that we forked: it runs its callback and never returns to the script.

use crate::zend::bindings::*;
use crate::zend::collector;
use crate::zend::errors::Failure;
use crate::zend::jump::Call;
use crate::zend::{shutdown, stdio, transports, uncaught};

/// The child begins. It may have been forked in a Fiber of its parent, but its own code runs in no Fiber: otherwise it
/// could suspend the parent's Fiber, and continue the parent's code.
#[cold]
pub(crate) fn begin() {
    // SAFETY: the executor's globals are valid on a thread that runs PHP. The engine looks there for the Fiber to be
    // suspended only; the stack itself goes on to be the Fiber's until the jump has left it.
    unsafe { (*executor()).active_fiber = std::ptr::null_mut() };
    // The child does not return into a collection that has called a destructor.
    collector::replace_depth(0);
    shutdown::begin_child();
    uncaught::begin_child();
    leave_output_callback();
    // A debug build unwinds the parent's coroutines at its end: they still need their streams.
    if !cfg!(php_debug) {
        stdio::begin_child();
        transports::copy::begin_child();
    }
}

/// While the callback of an output buffer runs, the engine refuses to end the buffers. If the child was forked there, it
/// does not return into the callback. The text of that buffer belongs to the parent, and the child needs no buffer.
fn leave_output_callback() {
    // SAFETY: the output layer's globals are valid on a thread that runs PHP; the buffer whose callback runs is alive.
    unsafe {
        let running = std::mem::replace(&mut (*output()).running, std::ptr::null_mut());
        if let Some(buffer) = running.as_mut() {
            buffer.buffer.used = 0;
            buffer.flags |= PHP_OUTPUT_HANDLER_DISABLED as i32;
        }
    }
}

/// What the child returns from the function in which it was forked, after its callback has returned: the engine's long
/// jump to the end of the request.
///
/// An exit, which unwinds, would be wrong, because the code around the fork belongs to the parent. Unwinding destroys
/// the values of that code before the globals, and resumes the Fiber in which it runs. A destructor that runs before
/// the frames are left finds generators running. The jump leaves all of this in place. Shutdown functions and
/// destructors run afterwards as at the end of a script.
#[cold]
pub(crate) fn end(call: Call) -> Failure {
    settle(call);
    leave()
}

/// As [`end`], after the exit status was set.
pub(crate) fn leave() -> Failure {
    shutdown::end_child();
    Failure::Bailout
}

/// Sets the exit status of the child from the result of a call. Further calls may follow.
pub(crate) fn settle(call: Call) {
    match call {
        Call::Returned => set_exit_status(0),
        Call::Threw => report_exception(),
        Call::Bailed => {}
    }
}

/// Sets the status with which the request will end.
pub(crate) fn set_exit_status(status: i32) {
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    unsafe { (*executor()).exit_status = status };
}

/// Reports an uncaught exception in the usual text, with status 255. An exit has set its status already. An exception
/// handler set before the fork is the parent's, and is not called.
fn report_exception() {
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    let exception = unsafe { (*executor()).exception };
    if exception.is_null() {
        return;
    }
    // SAFETY: the exception is alive.
    if unsafe { zend_is_unwind_exit(exception) } {
        // While an exit is pending, the engine calls no shutdown function.
        // SAFETY: releases it.
        unsafe { zend_clear_exception() };
    } else {
        // SAFETY: prints it, sets the status to 255 and releases it.
        unsafe { zend_exception_error(exception, E_ERROR as i32) };
    }
}

/// The status that the request will end with.
pub(crate) fn exit_status() -> i32 {
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    unsafe { (*executor()).exit_status }
}
