//! The module's part of phpinfo().

use crate::zend::bindings::*;
use std::ffi::CString;

/// Prints a table of two columns.
pub(crate) fn table(rows: &[(&str, String)]) {
    // SAFETY: prints to the script's output.
    unsafe { php_info_print_table_start() };
    for (name, value) in rows {
        let name = CString::new(*name).unwrap_or_default();
        let value = CString::new(value.as_str()).unwrap_or_default();
        // SAFETY: as many C strings as the first argument says.
        unsafe { php_info_print_table_row(2, name.as_ptr(), value.as_ptr()) };
    }
    // SAFETY: as above.
    unsafe { php_info_print_table_end() };
}

/// Prints the module's settings.
pub(crate) fn settings(module: *mut zend_module_entry) {
    // SAFETY: the engine passes its own entry of this module.
    unsafe { display_ini_entries(module) };
}
