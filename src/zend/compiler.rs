//! The compiler, which calls the script where it warns and where it reads a file: it knows one file at a time, so a stack
//! on which it runs must not be left.

use crate::zend::bindings::*;

/// Nought when the compiler does not run: quick, for [`runs`] to be asked seldom.
#[inline(always)]
pub(super) fn traces() -> usize {
    // SAFETY: the globals are valid on a thread that runs PHP.
    unsafe { (*compiler()).ast_arena.addr() }
}

/// Whether the compiler runs. Reading the file does not count: it has not begun by then.
#[cold]
pub(super) fn runs() -> bool {
    // A fatal error leaves the compiler with a jump.
    // SAFETY: the globals are valid on a thread that runs PHP.
    traces() != 0 && !unsafe { (*compiler()).unclean_shutdown }
}

/// At module start-up, when nothing is compiled: a PHP with threads does not begin with zeroes.
pub(super) fn begin() {
    // SAFETY: the globals are valid on a thread that starts modules.
    unsafe { (*compiler()).ast_arena = std::ptr::null_mut() };
}
