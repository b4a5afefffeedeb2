//! The errors and warnings of the engine in a process that does one call for another, which raises them.

use crate::zend::bindings::*;
use crate::zend::globals::per_thread;
use crate::zend::net;
use crate::zend::values::{Text, bytes_of};
use std::cell::RefCell;
use std::ffi::{c_char, c_int};
use std::ptr::NonNull;

/// An error: its level, and its text.
pub(crate) type CapturedError = (i32, Vec<u8>);

per_thread! {
    static CAPTURED: RefCell<Vec<CapturedError>> = RefCell::new(Vec::new());
}

/// From now on errors are captured and not reported: no handler of the script is called, and nothing is printed. For a
/// process that ends soon.
pub(crate) fn capture() {
    // SAFETY: the engine calls what is there at each error; nothing else writes it meanwhile.
    unsafe { zend_error_cb = Some(note) };
    // SAFETY: the executor's globals are valid on a thread that runs PHP. What is forgotten ends with the process.
    unsafe { (*executor()).user_error_handler = undef() };
}

/// The captured errors.
pub(crate) fn take() -> Vec<CapturedError> {
    CAPTURED.with(|captured| std::mem::take(&mut *captured.borrow_mut()))
}

unsafe extern "C" fn note(kind: c_int, _file: *mut zend_string, _line: u32, message: *mut zend_string) {
    net::silent(|| {
        let Some(message) = NonNull::new(message) else { return };
        // SAFETY: the engine passes a string.
        let text = unsafe { bytes_of(message) }.to_vec();
        CAPTURED.with(|captured| captured.borrow_mut().push((kind, text)));
    });
}

/// Raises an error as the engine has told it. A handler of the script may run: nothing that needs to be released may be on the
/// stack.
pub(crate) fn raise(kind: i32, text: &[u8]) {
    let copy = Text::new(text);
    let pointer = copy.bytes().as_ptr().cast::<c_char>();
    // SAFETY: the format takes one C string; engine strings end with NUL.
    unsafe { zend_error(kind, c"%s".as_ptr(), pointer) };
}
