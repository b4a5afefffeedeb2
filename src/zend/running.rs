//! The running function, file and line of the script.

use crate::zend::bindings::*;
use std::ffi::CStr;

/// The name of the running function, with its class.
pub(crate) fn running_function() -> String {
    let mut separator = c"".as_ptr();
    // SAFETY: both are C strings that live as long as the function; the separator is written.
    let (class, name) = unsafe { (get_active_class_name(&raw mut separator), get_active_function_name()) };
    [class, separator, name]
        .into_iter()
        .filter(|text| !text.is_null())
        // SAFETY: as above.
        .map(|text| unsafe { CStr::from_ptr(text) }.to_string_lossy())
        .collect()
}

/// The running line.
pub(crate) fn running_line() -> u32 {
    // SAFETY: reads the executor's globals.
    unsafe { zend_get_executed_lineno() }
}

/// The running file, to which the running line belongs; `[no active file]` when there is none.
pub(crate) fn running_file() -> &'static CStr {
    // SAFETY: the engine returns a C string that lives as long as the file's code.
    unsafe { CStr::from_ptr(zend_get_executed_filename()) }
}
