//! Tick functions (`declare(ticks=1)`). A stack on which one runs must not be left: the engine walks its list of them,
//! and frees the list before anything else when the request ends. A function that waited until then would continue in
//! freed memory.

use crate::zend::bindings::*;
use crate::zend::collector::without_switches;
use crate::zend::engine_hook::EngineHook;

type Run = unsafe extern "C" fn(i32);

/// The engine's hook that runs them.
// SAFETY: a variable of the engine for functions of this type.
static TICKS: EngineHook<Run> = unsafe { EngineHook::new(&raw mut zend_ticks_function, run) };

/// Notices tick functions from now on. At module start-up only.
pub(super) fn watch() {
    TICKS.install();
}

/// At module shutdown.
pub(super) fn unwatch() {
    TICKS.uninstall();
}

unsafe extern "C" fn run(ticks: i32) {
    if let Some(next) = TICKS.next() {
        // SAFETY: the engine's own function, or what stands in front of it.
        without_switches(|| unsafe { next(ticks) });
    }
}
