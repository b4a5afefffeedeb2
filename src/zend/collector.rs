//! The cycle collector. A stack on which it runs must not be left: until that stack is resumed no other collection
//! could run, and other coroutines could get references to what it is about to free.

use crate::zend::bindings::*;
use crate::zend::engine_hook::EngineHook;
use crate::zend::globals::per_thread;
use crate::zend::jump::caught;
use crate::zend::net;
use ext_php_rs::ffi::ext_php_rs_zend_bailout;
use std::cell::Cell;

type Collect = unsafe extern "C" fn() -> i32;

/// The engine's hook that collects cycles.
// SAFETY: a variable of the engine for functions of this type.
static COLLECTIONS: EngineHook<Collect> = unsafe { EngineHook::new(&raw mut gc_collect_cycles, collect) };

per_thread! {
    /// The number of functions on this stack that forbid switches. A destructor may start the collector again.
    static DEPTH: Cell<usize> = Cell::new(0);
}

/// Notices collections from now on. At module start-up only.
pub(super) fn watch() {
    COLLECTIONS.install();
}

/// At module shutdown.
pub(super) fn unwatch() {
    COLLECTIONS.uninstall();
}

unsafe extern "C" fn collect() -> i32 {
    let Some(next) = COLLECTIONS.next() else { return 0 };
    let mut collected = 0;
    // SAFETY: the engine's own function, or what stands in front of it.
    without_switches(|| collected = unsafe { next() });
    collected
}

/// Runs a function of the engine during which switches are forbidden.
pub(super) fn without_switches(body: impl FnOnce()) {
    let depth = depth();
    replace_depth(depth + 1);
    let came_back = net::silent(|| caught(body)).unwrap_or(true);
    replace_depth(depth);
    if !came_back {
        // SAFETY: nothing that needs to be released is on this stack; the engine has set up the jump's target.
        unsafe { ext_php_rs_zend_bailout() };
    }
}

/// The number of functions on this stack that forbid switches.
#[inline(always)]
pub(super) fn depth() -> usize {
    DEPTH.with(Cell::get)
}

/// Sets the number for the stack that is about to run. Returns the previous number.
pub(super) fn replace_depth(depth: usize) -> usize {
    DEPTH.with(|cell| cell.replace(depth))
}
