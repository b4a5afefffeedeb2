//! The request's memory: blocks from the engine's allocator, and the error when it is used up.

use crate::zend::bindings::*;
use crate::zend::errors::{Failure, Outcome};
#[cfg(php_delayed_oom)]
use crate::zend::interrupt_flag;
use std::ffi::c_void;
use std::ptr::NonNull;

// Allocation that may fail. It returns null when the request's memory is used up, and the engine will report the error.
// An engine without such allocation leaves with a long jump instead.
#[cfg(not(php_delayed_oom))]
use crate::zend::bindings::{_emalloc as try_allocate, _erealloc as try_reallocate};
#[cfg(php_delayed_oom)]
use crate::zend::bindings::{_femalloc as try_allocate, _ferealloc as try_reallocate};

// In a debug build the engine's allocator is told where each block was allocated.
macro_rules! debug_arguments {
    ($function:ident($($argument:expr),*)) => {{
        #[cfg(php_debug)]
        {
            $function($($argument,)* c"swoole_process".as_ptr(), line!(), std::ptr::null(), 0)
        }
        #[cfg(not(php_debug))]
        {
            $function($($argument),*)
        }
    }};
}

/// Allocates from the request's memory. Ends the request when it is used up.
///
/// # Safety
/// A request runs.
#[cfg(feature = "fault-injection")]
pub(super) unsafe fn emalloc(size: usize) -> *mut c_void {
    // SAFETY: allocates.
    unsafe { debug_arguments!(_emalloc(size)) }
}

/// Resizes a block.
///
/// # Safety
/// The block is the caller's, and only the result is used again.
#[cfg(feature = "fault-injection")]
pub(super) unsafe fn erealloc(block: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: as the caller promises.
    unsafe { debug_arguments!(_erealloc(block, size)) }
}

/// Frees a block of the request's memory.
///
/// # Safety
/// The block is the caller's and not used again; null is allowed.
pub(super) unsafe fn free(block: *mut c_void) {
    if !block.is_null() {
        // SAFETY: as the caller promises.
        unsafe { debug_arguments!(_efree(block)) };
    }
}

/// Allocates from the request's memory, or fails when the memory limit would be exceeded.
pub(super) fn allocate(size: usize) -> Outcome<NonNull<c_void>> {
    // SAFETY: allocates.
    NonNull::new(unsafe { debug_arguments!(try_allocate(size)) }).ok_or_else(out_of_memory)
}

/// Resizes a block. On failure it is unchanged.
///
/// # Safety
/// The block is the caller's, and only the result is used again when there is one.
pub(super) unsafe fn reallocate(block: NonNull<c_void>, size: usize) -> Outcome<NonNull<c_void>> {
    // SAFETY: as the caller promises; the engine copies no more than the block has.
    NonNull::new(unsafe { debug_arguments!(try_reallocate(block.as_ptr(), size)) }).ok_or_else(out_of_memory)
}

/// Whether the engine has run out of memory and has not reported it yet. It does so between two instructions.
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

/// Forgets that the engine has reported used-up memory, as it does itself when a request ends. Until then it calls no
/// function.
pub(super) fn forget_reported() {
    #[cfg(php_delayed_oom)]
    {
        // SAFETY: the executor's globals are valid on a thread that runs PHP.
        unsafe { (*executor()).delayed_oom.state = _zend_oom_state_ZEND_OOM_STATE_NONE };
    }
}

/// The engine has refused memory. Reports the error, as the virtual machine does between two instructions; afterwards
/// an exit is pending.
#[cold]
pub(super) fn out_of_memory() -> Failure {
    #[cfg(php_delayed_oom)]
    {
        // The flag was set for this error. Left set, it would make the engine look for another one.
        interrupt_flag::clear();
        // SAFETY: reports what is pending, if anything is, and catches its own jump.
        unsafe { zend_handle_delayed_oom() };
    }
    // An engine without such errors has left with a long jump.
    Failure::Thrown
}
