//! Tick functions (`declare(ticks=1)`). A stack on which one runs must not be left: the engine walks its list of them,
//! and frees the list before anything else when the request ends. A function that waited until then would continue in
//! freed memory.

use crate::zend::bindings::*;
use crate::zend::collector::without_switches;
use std::sync::OnceLock;

type Run = unsafe extern "C" fn(i32);

/// The previous function of the engine that runs them.
static NEXT: OnceLock<Run> = OnceLock::new();

/// Installs the hook that notices them. At module start-up only.
pub(super) fn watch() {
    // SAFETY: at module start-up, when no code runs.
    unsafe {
        if let Some(next) = zend_ticks_function
            && NEXT.set(next).is_ok()
        {
            zend_ticks_function = Some(run);
        }
    }
}

/// At module shutdown: restores the previous function, unless another extension has installed its own after ours.
pub(super) fn unwatch() {
    // SAFETY: at module shutdown, when no code runs.
    unsafe {
        if zend_ticks_function.is_some_and(|first| first as usize == run as Run as usize) {
            zend_ticks_function = NEXT.get().copied();
        }
    }
}

unsafe extern "C" fn run(ticks: i32) {
    if let Some(next) = NEXT.get() {
        // SAFETY: the engine's own function, or what stands in front of it.
        without_switches(|| unsafe { next(ticks) });
    }
}
