//! The engine's flag for interrupts that wait for its virtual machine.

use crate::zend::bindings::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a handler of the script waits for its turn.
pub(crate) fn is_pending() -> bool {
    // SAFETY: the flag is one byte in every version, and is written by signal handlers of this thread.
    unsafe { &*(&raw const (*executor()).vm_interrupt).cast::<AtomicBool>() }.load(Ordering::SeqCst)
}

/// What is pending is dealt with; whether there was anything.
pub(super) fn clear() -> bool {
    // SAFETY: the flag is one byte in every version, and is written by signal handlers of this thread.
    unsafe { &*(&raw const (*executor()).vm_interrupt).cast::<AtomicBool>() }.swap(false, Ordering::SeqCst)
}
