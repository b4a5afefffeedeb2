//! The cycle collector: a stack on which it runs must not be left. Nobody else could collect until that is resumed, and
//! others could get hold of what it is about to free.

use crate::zend::bindings::*;
use crate::zend::globals::per_thread;
use crate::zend::jump::caught;
use crate::zend::net;
use ext_php_rs::ffi::ext_php_rs_zend_bailout;
use std::cell::Cell;
use std::sync::OnceLock;

type Collect = unsafe extern "C" fn() -> i32;

/// The collector, or what stands in front of it.
static NEXT: OnceLock<Collect> = OnceLock::new();

per_thread! {
    /// How many functions that must not be left run on this stack: a destructor may start the collector anew.
    static DEPTH: Cell<usize> = Cell::new(0);
}

/// From now on it is known when the collector runs. At module start-up only.
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

/// At module shutdown: others collect without us, unless somebody is in front of us.
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

/// Runs a function of the engine that must not be left.
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

/// How many functions that must not be left run on this stack.
#[inline(always)]
pub(super) fn depth() -> usize {
    DEPTH.with(Cell::get)
}

/// Another stack is going to run, or runs again; what it was.
pub(super) fn replace_depth(depth: usize) -> usize {
    DEPTH.with(|cell| cell.replace(depth))
}
