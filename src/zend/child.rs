//! The end of a child that we forked: it runs its callback and never returns to the script.

use crate::zend::bindings::*;
use crate::zend::collector;
use crate::zend::errors::Failure;
use crate::zend::jump::Call;

/// The child begins, which may have been forked in a Fiber of its parent. Its code runs in none: it cannot suspend that
/// one, and go on with its parent's code by that.
pub(crate) fn begin() {
    // SAFETY: the executor's globals are valid on a thread that runs PHP. The engine looks there for the Fiber to be
    // suspended only; the stack itself goes on to be the Fiber's until the jump has left it.
    unsafe { (*executor()).active_fiber = std::ptr::null_mut() };
    // Nor does it come back into a collection that has called a destructor.
    collector::replace_depth(0);
}

/// What the child returns from the function it was forked in, once its callback has come back: the engine's
/// long jump to the end of the request.
///
/// An exit, which unwinds, would not do: the code around the fork belongs to the parent. Unwinding destroys what
/// that code holds before the globals, and resumes the Fiber that it runs in; and a destructor that runs before
/// the frames are left finds generators running. The jump leaves all that where it is. Shutdown functions and
/// destructors run afterwards as at the end of a script.
pub(crate) fn end(call: Call) -> Failure {
    settle(call);
    Failure::Bailout
}

/// Sets the status that a call ends the child with; more may be called before it leaves.
pub(crate) fn settle(call: Call) {
    match call {
        Call::Returned => set_exit_status(0),
        Call::Threw => report_exception(),
        Call::Bailed => {}
    }
}

/// The request will end with this status.
pub(crate) fn set_exit_status(status: i32) {
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    unsafe { (*executor()).exit_status = status };
}

/// An exit has set its status. For an exception that nobody caught, the usual text and status 255; a handler
/// for exceptions set before the fork is the parent's, and not called.
fn report_exception() {
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    let exception = unsafe { (*executor()).exception };
    if exception.is_null() {
        return;
    }
    // SAFETY: the exception is alive.
    if unsafe { zend_is_unwind_exit(exception) } {
        // While an exit is on its way the engine calls no shutdown function.
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
