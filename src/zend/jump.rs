//! How the engine leaves our functions: with a pending exception, or by a long jump, which is caught.

use crate::zend::bindings::*;
use crate::zend::net;
use ext_php_rs::ffi::{ext_php_rs_zend_first_try_catch, ext_php_rs_zend_try_catch};
use std::any::Any;
use std::ffi::c_void;
use std::panic::resume_unwind;

/// How a call into PHP came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// The function returned; its result was released.
    Returned,
    /// It threw, or called exit: the engine has the exception.
    Threw,
    /// A fatal error ends the request; [`crate::zend::errors::Failure::Bailout`] continues the jump.
    Bailed,
}

/// Runs `body`, which may call into the engine. Returns false when the engine left it with a long jump. What `body` had
/// on its stack was skipped then, so it must hold nothing that needs to be released.
pub(crate) fn caught<F: FnOnce()>(body: F) -> bool {
    catch(ext_php_rs_zend_try_catch, body)
}

/// As [`caught`], on a new stack, where no other code can catch a jump.
pub(super) fn caught_first<F: FnOnce()>(body: F) -> bool {
    catch(ext_php_rs_zend_first_try_catch, body)
}

type Catch = unsafe extern "C" fn(
    unsafe extern "C" fn(*const c_void) -> *const c_void,
    *const c_void,
    *mut *mut c_void,
) -> bool;

fn catch<F: FnOnce()>(catch: Catch, body: F) -> bool {
    struct Context<F> {
        body: Option<F>,
        panic: Option<Box<dyn Any + Send>>,
    }
    unsafe extern "C" fn run<F: FnOnce()>(context: *const c_void) -> *const c_void {
        let context: *mut Context<F> = context.cast_mut().cast();
        // SAFETY: the context is the one below, which outlives the call.
        if let Some(body) = unsafe { (*context).body.take() } {
            let panic = net::caught(body).err();
            // SAFETY: as above.
            unsafe { (*context).panic = panic };
        }
        std::ptr::null()
    }
    let mut context = Context { body: Some(body), panic: None };
    let mut result = std::ptr::null_mut();
    // SAFETY: `run` gets the context it expects, and lets no panic through.
    let jumped = unsafe { catch(run::<F>, (&raw mut context).cast(), &raw mut result) };
    if let Some(payload) = context.panic {
        // The panic continues outside of the engine's frame.
        resume_unwind(payload);
    }
    !jumped
}

/// Whether an exception (or an exit) is pending.
#[inline]
pub(crate) fn is_thrown() -> bool {
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    unsafe { !(*executor()).exception.is_null() }
}

/// Whether the engine has left code of this request with a long jump: no more of it may run.
pub(crate) fn is_unclean() -> bool {
    // SAFETY: the compiler's globals are valid on a thread that runs PHP.
    unsafe { (*compiler()).unclean_shutdown }
}
