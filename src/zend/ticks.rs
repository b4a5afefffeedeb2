//! Functions for ticks (`declare(ticks=1)`): a stack on which one runs must not be left. The engine walks its list of them, which
//! it frees before anything else when the request ends: one that waited until then would go on in freed memory.

use crate::zend::bindings::*;
use crate::zend::collector::without_switches;
use std::sync::OnceLock;

type Run = unsafe extern "C" fn(i32);

/// What runs the functions, or what stands in front of it.
static NEXT: OnceLock<Run> = OnceLock::new();

/// From now on it is known when they run. At module start-up only.
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

/// At module shutdown: they run without us, unless somebody is in front of us.
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
