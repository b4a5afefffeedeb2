//! The cycle collector. A stack on which it runs must not be left: until that stack is resumed no other collection
//! could run, and other coroutines could get references to what it is about to free.

use crate::zend::bindings::*;
use crate::zend::globals::per_thread;
use crate::zend::jump::caught;
use crate::zend::net;
use ext_php_rs::ffi::ext_php_rs_zend_bailout;
use std::cell::Cell;
use std::sync::OnceLock;

type Collect = unsafe extern "C" fn() -> i32;

/// The previous collector function of the engine.
static NEXT: OnceLock<Collect> = OnceLock::new();

per_thread! {
    /// The number of functions on this stack that forbid switches. A destructor may start the collector again.
    static DEPTH: Cell<usize> = Cell::new(0);
}

/// Installs the hook that notices collections. At module start-up only.
pub(super) fn watch() {
    // SAFETY: at module start-up, when no code runs.
    unsafe {
        if let Some(next) = gc_collect_cycles
            && NEXT.set(next).is_ok()
        {
            gc_collect_cycles = Some(collect);
        }
    }
}

/// At module shutdown: restores the previous function, unless another extension has installed its own after ours.
pub(super) fn unwatch() {
    // SAFETY: at module shutdown, when no code runs.
    unsafe {
        if gc_collect_cycles.is_some_and(|first| first as usize == collect as Collect as usize) {
            gc_collect_cycles = NEXT.get().copied();
        }
    }
}

unsafe extern "C" fn collect() -> i32 {
    let Some(next) = NEXT.get() else { return 0 };
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
