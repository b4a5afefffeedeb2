//! Shutdown functions of the script that belong to the process from which this one was forked.
//!
//! The engine calls all functions in its table, so the table is put aside. It is released at the end of the request,
//! when no code of the script runs any more, because what the functions hold may have destructors.
//!
//! A child may also be forked while the engine calls shutdown functions or destructors, for example in the loop that runs
//! at the end of the script. Its jump to the end of the request leads behind the shutdown functions. So the child calls
//! those that it has registered itself.

use crate::zend::bindings::*;
use crate::zend::globals::per_thread;
use crate::zend::memory;
use std::cell::RefCell;
use std::ptr::null_mut;

per_thread! {
    /// One table for each fork that this process descends from.
    static ASIDE: RefCell<Vec<*mut HashTable>> = RefCell::new(Vec::new());
}

/// Puts the functions registered so far aside: this process calls none of them.
pub(crate) fn put_aside() {
    // SAFETY: the globals of PHP's standard functions are valid on a thread that runs PHP.
    let table = unsafe { std::mem::replace(&mut (*basic()).user_shutdown_function_names, null_mut()) };
    if !table.is_null() {
        ASIDE.with(|aside| aside.borrow_mut().push(table));
    }
}

/// In a child that begins: the engine will call no shutdown functions here if it calls those of the parent now.
pub(super) fn begin_child() {
    if has_begun() {
        put_aside();
    }
}

/// In a child that ends: calls the shutdown functions that it has registered, if the engine will not.
pub(super) fn end_child() {
    if !has_begun() {
        return;
    }
    // As at the end of a script no code is running: the engine reports exceptions at once.
    // SAFETY: the executor's globals are valid on a thread that runs PHP. The code that runs is the parent's, which the
    // child never continues; the jump that follows leaves it.
    unsafe { (*executor()).current_execute_data = null_mut() };
    memory::forget_reported();
    // SAFETY: as above; it catches jumps of the functions.
    unsafe { php_call_shutdown_functions() };
    // The engine may have released its table already.
    put_aside();
}

/// Whether the request ends: the engine calls shutdown functions or destructors, or has called them.
fn has_begun() -> bool {
    // SAFETY: as above.
    u32::from(unsafe { (*executor()).flags }) & EG_FLAGS_IN_SHUTDOWN != 0
}

/// At the end of the request, when all destructors have run.
pub(crate) fn release() {
    while let Some(table) = ASIDE.with(|aside| aside.borrow_mut().pop()) {
        // SAFETY: the table was the engine's, which has forgotten it; no other code has it.
        unsafe { zend_array_destroy(table) };
    }
}
