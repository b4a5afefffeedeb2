//! Output of functions that print.

use crate::zend::bindings::*;
use crate::zend::errors::{Outcome, checked};

/// Prints a text. Callbacks of output buffers may run, throw, or end the request.
pub(crate) fn write(text: &str) -> Outcome<()> {
    checked(|| {
        // SAFETY: the pointer and the length describe the text.
        unsafe { php_output_write(text.as_ptr().cast(), text.len()) };
    })
}
