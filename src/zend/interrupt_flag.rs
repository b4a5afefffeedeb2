//! The engine's flag for pending interrupts of its virtual machine.

use crate::zend::bindings::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a handler of the script is pending.
pub(crate) fn is_pending() -> bool {
    // SAFETY: the flag is one byte in every version, and is written by signal handlers of this thread.
    unsafe { &*(&raw const (*executor()).vm_interrupt).cast::<AtomicBool>() }.load(Ordering::SeqCst)
}

/// Clears the flag. Returns whether it was set.
pub(super) fn clear() -> bool {
    // SAFETY: the flag is one byte in every version, and is written by signal handlers of this thread.
    unsafe { &*(&raw const (*executor()).vm_interrupt).cast::<AtomicBool>() }.swap(false, Ordering::SeqCst)
}
