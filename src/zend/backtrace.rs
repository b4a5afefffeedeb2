//! Backtraces of the running code, and of suspended coroutines.

use crate::rt::core::wait::Slot;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::bindings::*;
use crate::zend::fiber;
use crate::zend::values::{Owned, Value};
use std::ptr::NonNull;

/// The code whose backtrace is taken.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    /// The running code, without the function that asks.
    Caller,
    /// A suspended coroutine.
    Waiting(Slot),
}

/// The result of debug_backtrace() at that place.
pub(crate) fn fetch(of: Subject, options: i64, limit: i64) -> Owned {
    let globals = executor();
    let options = i32::try_from(options).unwrap_or(0);
    let limit = i32::try_from(limit.max(0)).unwrap_or(i32::MAX);
    let mut trace = Owned::new(());
    let own = match of {
        Subject::Caller => None,
        Subject::Waiting(slot) => {
            let frame = NonNull::new(fiber::frame_of(slot));
            // A coroutine that has not begun has no frame.
            let Some(frame) = frame else { return Owned::new(NewArray::with_capacity(0)) };
            // SAFETY: the frame is that of a stack that was left and not destroyed; it is put back below.
            Some(unsafe { std::mem::replace(&mut (*globals).current_execute_data, frame.as_ptr()) })
        }
    };
    // SAFETY: the place holds null; the engine writes an array there. It runs no code of the script.
    unsafe { zend_fetch_debug_backtrace(trace.as_mut_ptr(), 0, options, limit) };
    if let Some(own) = own {
        // SAFETY: the frame that runs.
        unsafe { (*globals).current_execute_data = own };
    }
    trace
}

/// The text that debug_print_backtrace() would print for a trace.
pub(crate) fn describe(trace: Value<'_>) -> String {
    let Some(table) = Array::of(trace).and_then(Array::as_ptr) else { return String::new() };
    // SAFETY: the table is a trace; the result is a string of ours.
    let text = unsafe { NonNull::new(zend_trace_to_string(table, false)) };
    text.map_or_else(String::new, |text| {
        // SAFETY: one reference is ours.
        let text = unsafe { crate::zend::values::Text::own(text) };
        String::from_utf8_lossy(text.bytes()).into_owned()
    })
}
