//! Adds a hint to the engine's `Error` about a class that does not exist.

use crate::zend::bindings::*;
use crate::zend::net;
use crate::zend::values::{STRING, Value};
use std::ffi::CStr;
use std::ptr::NonNull;
use std::sync::OnceLock;

/// Returns the hint about a class, by its name.
type Hint = fn(&[u8]) -> Option<&'static CStr>;
type Hook = unsafe extern "C" fn(*mut zend_object);

static HINT: OnceLock<Hint> = OnceLock::new();
/// The previous hook for exceptions.
static NEXT: OnceLock<Option<Hook>> = OnceLock::new();

/// At module start-up only.
pub(crate) fn install(hint: Hint) {
    // SAFETY: at module start-up, when no code runs.
    unsafe {
        if HINT.set(hint).is_ok() && NEXT.set(zend_throw_exception_hook).is_ok() {
            zend_throw_exception_hook = Some(thrown);
        }
    }
}

/// Removes the hook at module shutdown, unless another extension has installed its own after ours.
pub(crate) fn uninstall() {
    // SAFETY: at module shutdown, when no code runs.
    unsafe {
        if zend_throw_exception_hook.is_some_and(|first| first as usize == thrown as Hook as usize) {
            zend_throw_exception_hook = NEXT.get().copied().flatten();
        }
    }
}

unsafe extern "C" fn thrown(exception: *mut zend_object) {
    let is_error = NonNull::new(exception)
        // SAFETY: every object has a class, and the engine's own exist.
        .is_some_and(|exception| unsafe { (*exception.as_ptr()).ce == zend_ce_error });
    if is_error && let Some((message, hint)) = net::silent(|| hint(exception)).flatten() {
        // SAFETY: the format takes two C strings; the object keeps what is written.
        unsafe {
            let mut text = undef();
            text.value.str_ = zend_strpprintf(0, c"%s (%s)".as_ptr(), message, hint.as_ptr());
            text.u1.type_info = STRING;
            zend_update_property(zend_ce_error, exception, c"message".as_ptr(), 7, &raw mut text);
            zval_ptr_dtor(&raw mut text);
        }
    }
    if let Some(next) = NEXT.get().copied().flatten() {
        // SAFETY: as the engine has called us.
        unsafe { next(exception) };
    }
}

/// The message as a C string, and the hint about the class that it names.
fn hint(error: *mut zend_object) -> Option<(*const std::ffi::c_char, &'static CStr)> {
    let mut slot = undef();
    // SAFETY: every error has a message; it is not a copy, so nothing is to be released.
    let message =
        unsafe { zend_read_property(zend_ce_error, error, c"message".as_ptr(), 7, true, &raw mut slot) };
    // SAFETY: a value of the object, which lives on.
    let text = unsafe { Value::borrow(message) }?.as_bytes()?;
    let name = text.strip_prefix(b"Class \"")?.strip_suffix(b"\" not found")?;
    Some((text.as_ptr().cast(), HINT.get()?(name)?))
}
