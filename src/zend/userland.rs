//! Refused arguments, in PHP's words for functions that are written in PHP.

use crate::zend::bindings::*;
use crate::zend::errors::Failure;
use crate::zend::running::{running_file, running_function, running_line};
use crate::zend::values::Value;
use std::ffi::CStr;

/// The argument `number`, from 1, is not of the type `expected`. Without `name` it is a parameter of the running
/// function.
#[cold]
pub(crate) fn wrong_type(number: u32, name: Option<&str>, expected: &str, given: Value<'_>) -> Failure {
    let message = format!(
        "{}(): Argument #{number} (${}) must be of type {expected}, {} given, called in {} on line {}",
        running_function(),
        name.map_or_else(|| parameter(number), str::to_owned),
        given.type_name(),
        running_file().to_string_lossy(),
        running_line(),
    );
    Failure::TypeError(message.into())
}

/// Only `count` arguments were passed.
#[cold]
pub(crate) fn too_few(count: u32, required: usize, exactly: bool) -> Failure {
    let message = format!(
        "Too few arguments to function {}(), {count} passed in {} on line {} and {} {required} expected",
        running_function(),
        running_file().to_string_lossy(),
        running_line(),
        if exactly { "exactly" } else { "at least" },
    );
    Failure::WrongCount(message.into())
}

/// The name of a parameter of the running function.
fn parameter(number: u32) -> String {
    // SAFETY: the executor's globals are valid on a thread that runs PHP, and a function of ours runs.
    let function = unsafe { (*(*executor()).current_execute_data).func };
    // SAFETY: it is one of ours: all have argument information.
    let information = unsafe { (*function).internal_function.arg_info };
    // SAFETY: parameters are counted from 1, and the first entry is that of the first one.
    let name = unsafe { (*information.add(number as usize - 1)).name };
    // SAFETY: every parameter has a name.
    unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned()
}
