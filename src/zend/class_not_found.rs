//! Adds a hint to the engine's `Error` about a class that does not exist.

use crate::zend::bindings::*;
use crate::zend::engine_hook::EngineHook;
use crate::zend::net;
use crate::zend::values::{STRING, Value};
use std::ffi::CStr;
use std::ptr::NonNull;
use std::sync::OnceLock;

/// Returns the hint about a class, by its name.
type Hint = fn(&[u8]) -> Option<&'static CStr>;
type Hook = unsafe extern "C" fn(*mut zend_object);

static HINT: OnceLock<Hint> = OnceLock::new();
/// The hook for exceptions.
// SAFETY: a variable of the engine for functions of this type.
static EXCEPTIONS: EngineHook<Hook> = unsafe { EngineHook::new(&raw mut zend_throw_exception_hook, thrown) };

/// At module start-up only.
pub(crate) fn install(hint: Hint) {
    if HINT.set(hint).is_ok() {
        EXCEPTIONS.install();
    }
}

/// At module shutdown.
pub(crate) fn uninstall() {
    EXCEPTIONS.uninstall();
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
    if let Some(next) = EXCEPTIONS.next() {
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
