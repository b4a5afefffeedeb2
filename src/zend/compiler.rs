//! The compiler handles one file at a time. It calls the script when it warns and when it reads a file, so a stack on
//! which it runs must not be left.

use crate::zend::bindings::*;

/// Zero when the compiler does not run. This quick check saves most calls of [`runs`].
#[inline(always)]
pub(super) fn traces() -> usize {
    // SAFETY: the globals are valid on a thread that runs PHP.
    unsafe { (*compiler()).ast_arena.addr() }
}

/// Whether the compiler runs. While the file is read it has not begun.
#[cold]
pub(super) fn runs() -> bool {
    // A fatal error leaves the compiler with a jump.
    // SAFETY: the globals are valid on a thread that runs PHP.
    traces() != 0 && !unsafe { (*compiler()).unclean_shutdown }
}

/// At module start-up, when nothing is being compiled: in a thread-safe PHP the field is not zero at first.
pub(super) fn begin() {
    // SAFETY: the globals are valid on a thread that starts modules.
    unsafe { (*compiler()).ast_arena = std::ptr::null_mut() };
}
