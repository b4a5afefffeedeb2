//! Output of functions that print.

use crate::zend::bindings::*;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::jump::{caught, is_thrown};

/// Prints a text. Callbacks of output buffers may run, throw, or end the request.
pub(crate) fn write(text: &str) -> Outcome<()> {
    let came_back = caught(|| {
        // SAFETY: the pointer and the length describe the text.
        unsafe { php_output_write(text.as_ptr().cast(), text.len()) };
    });
    match (came_back, is_thrown()) {
        (false, _) => Err(Failure::Bailout),
        (true, true) => Err(Failure::Thrown),
        (true, false) => Ok(()),
    }
}
