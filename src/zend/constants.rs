//! Global constants.

use crate::zend::bindings::*;

/// A constant's value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Constant {
    Int(i64),
    Float(f64),
    Bool(bool),
    Text(&'static str),
}

/// Registers constants for the lifetime of PHP.
#[cold]
pub(crate) fn register(module: i32, constants: &[(&str, Constant)]) {
    let flags = (CONST_CS | CONST_PERSISTENT) as i32;
    for &(name, value) in constants {
        let (text, len) = (name.as_ptr().cast(), name.len());
        // Since 8.5 these functions return the constant.
        match value {
            // SAFETY: the pointer and the length describe `name`, which the engine copies.
            Constant::Int(number) => unsafe {
                zend_register_long_constant(text, len, number, flags, module);
            },
            // SAFETY: as above.
            Constant::Float(number) => unsafe {
                zend_register_double_constant(text, len, number, flags, module);
            },
            // SAFETY: as above.
            Constant::Bool(truth) => unsafe {
                zend_register_bool_constant(text, len, truth, flags, module);
            },
            // SAFETY: as above; the value is copied too.
            Constant::Text(value) => unsafe {
                zend_register_stringl_constant(text, len, value.as_ptr().cast(), value.len(), flags, module);
            },
        }
    }
}

/// Registers those constants that are not defined yet.
#[cold]
pub(crate) fn register_missing(module: i32, constants: &[(&str, i64)]) {
    for &(name, value) in constants {
        // SAFETY: the engine's table of constants exists before modules start.
        let table = unsafe { (*executor()).zend_constants };
        // SAFETY: the pointer and the length describe `name`.
        if unsafe { zend_hash_str_find(table, name.as_ptr().cast(), name.len()) }.is_null() {
            register(module, &[(name, Constant::Int(value))]);
        }
    }
}
