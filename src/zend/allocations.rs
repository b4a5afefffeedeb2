//! Only with the feature `fault-injection`: makes the n-th allocation of the engine find the request's memory used up.
//!
//! The reaction depends on the engine's version. An engine with delayed errors refuses memory only to callers that can
//! continue without it, and reports the error between two instructions. Other engines leave the allocation with a long
//! jump. An engine with delayed errors can be made to do either; our code must survive both.

use crate::os::process::{self, Pid};
use crate::os::{fault, fd};
use crate::zend::bindings::*;
use crate::zend::globals::per_thread;
use crate::zend::jump::caught;
use crate::zend::memory;
use std::cell::Cell;
use std::ffi::{CStr, c_void};

/// The reaction at the chosen allocation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// A long jump out of the allocation.
    Jump,
    /// An error that is reported later. Callers that can continue without the memory get none.
    Delay,
}

/// The process in which allocations are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// This process.
    Here,
    /// Each process that is forked from now on.
    Child,
}

#[derive(Clone, Copy)]
struct Plan {
    how: How,
    place: Place,
    set_by: Pid,
    /// The number of the chosen allocation; 0 for none.
    at: u64,
    seen: u64,
}

per_thread! {
    static PLAN: Cell<Option<Plan>> = Cell::new(None);
}

/// Counts allocations from now on, and fails the one with the number `at`.
pub(crate) fn plan(how: How, place: Place, at: u64) {
    PLAN.with(|plan| plan.set(Some(Plan { how, place, set_by: process::pid(), at, seen: 0 })));
    hook(true);
}

/// Stops counting, and returns the number of allocations.
pub(crate) fn end() -> u64 {
    hook(false);
    PLAN.with(Cell::take).map_or(0, |plan| plan.seen)
}

/// Whether the engine has delayed errors.
pub(crate) fn has_delay() -> bool {
    cfg!(php_delayed_oom)
}

fn hook(on: bool) {
    type Allocate = unsafe extern "C" fn(usize) -> *mut c_void;
    type Free = unsafe extern "C" fn(*mut c_void);
    type Reallocate = unsafe extern "C" fn(*mut c_void, usize) -> *mut c_void;
    let handlers: (Option<Allocate>, Option<Free>, Option<Reallocate>) =
        if on { (Some(allocate), Some(free), Some(reallocate)) } else { (None, None, None) };
    // SAFETY: the heap of this thread; blocks that it has are freed by it, as ours come from there too.
    unsafe { zend_mm_set_custom_handlers(zend_mm_get_heap(), handlers.0, handlers.1, handlers.2) };
}

/// Runs `body` with the engine's own allocator.
fn by_engine<R>(body: impl FnOnce() -> R) -> R {
    hook(false);
    let result = body();
    if PLAN.with(Cell::get).is_some() {
        hook(true);
    }
    result
}

unsafe extern "C" fn allocate(size: usize) -> *mut c_void {
    if is_refused(size) {
        return std::ptr::null_mut();
    }
    // SAFETY: allocates.
    by_engine(|| unsafe { memory::emalloc(size) })
}

unsafe extern "C" fn reallocate(block: *mut c_void, size: usize) -> *mut c_void {
    if is_refused(size) {
        return std::ptr::null_mut();
    }
    // SAFETY: the block is the engine's.
    by_engine(|| unsafe { memory::erealloc(block, size) })
}

unsafe extern "C" fn free(block: *mut c_void) {
    // SAFETY: the block is the engine's.
    by_engine(|| unsafe { memory::free(block) });
}

/// Counts an allocation. Returns true, or does not return, if it is the chosen one.
fn is_refused(size: usize) -> bool {
    let Some(mut plan) = PLAN.with(Cell::get) else { return false };
    let is_here = plan.set_by == process::pid();
    if is_here != (plan.place == Place::Here) {
        return false;
    }
    plan.seen += 1;
    PLAN.with(|place| place.set(Some(plan)));
    if plan.seen != plan.at {
        return false;
    }
    end();
    tell();
    match plan.how {
        How::Jump => jump(size),
        How::Delay => delay(size),
    }
}

const TEXT: &CStr = c"Allowed memory size of %zu bytes exhausted (tried to allocate %zu bytes)";

/// Prints on stderr which functions asked for the memory.
fn tell() {
    let line = [b"no memory for ", fault::callers().as_slice(), b"\n"].concat();
    let _ = fd::write_to_stderr(&line);
}

/// Does what the engine does when the memory limit is reached.
fn jump(size: usize) -> ! {
    caught(|| {
        // SAFETY: the format takes two sizes. It does not return.
        unsafe { zend_error(E_ERROR as i32, TEXT.as_ptr(), 1_usize, size) };
    });
    // SAFETY: the engine has set up the jump's target.
    unsafe { ext_php_rs::ffi::ext_php_rs_zend_bailout() }
}

fn delay(size: usize) -> bool {
    #[cfg(php_delayed_oom)]
    {
        // SAFETY: notes what is to be reported; the format takes two sizes.
        unsafe { zend_mm_delayed_error_or_panic(true, TEXT.as_ptr(), 1_usize, size) };
        // SAFETY: reads a flag.
        unsafe { zend_mm_is_fallible() }
    }
    #[cfg(not(php_delayed_oom))]
    jump(size)
}
