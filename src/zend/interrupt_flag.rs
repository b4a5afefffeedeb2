//! The engine's flag for pending interrupts of its virtual machine.

use crate::zend::bindings::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// The flag, for signal handlers.
pub(super) fn flag() -> &'static AtomicBool {
    // SAFETY: the flag is one byte in every version, is written by signal handlers of this thread, and lives as long as it.
    unsafe { &*(&raw const (*executor()).vm_interrupt).cast() }
}

/// Whether a handler of the script is pending.
pub(crate) fn is_pending() -> bool {
    flag().load(Ordering::SeqCst)
}

/// Clears the flag. Returns whether it was set.
pub(super) fn clear() -> bool {
    flag().swap(false, Ordering::SeqCst)
}
