//! Shutdown functions of the script that belong to the process from which this one was forked.
//!
//! The engine calls all functions in its table, so the table is put aside. It is released at the end of the request,
//! when no code of the script runs any more, because what the functions hold may have destructors.

use crate::zend::bindings::*;
use crate::zend::globals::per_thread;
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

/// At the end of the request, when all destructors have run.
pub(crate) fn release() {
    while let Some(table) = ASIDE.with(|aside| aside.borrow_mut().pop()) {
        // SAFETY: the table was the engine's, which has forgotten it; no other code has it.
        unsafe { zend_array_destroy(table) };
    }
}
