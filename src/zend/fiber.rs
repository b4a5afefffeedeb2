//! Stacks for coroutines: the engine's fiber contexts, without its class `Fiber`.
//!
//! A used stack is kept for the next coroutine, because making one costs fifty times as much as a switch. A Fiber of
//! the script may run on such a stack, and a coroutine may yield inside of it. So a stack is resumed where it was left,
//! which need not be its own context.
//!
//! Nothing that must be released may be on a stack when it is left.

use crate::rt::core::Core;
use crate::rt::core::switch::{Stacks, SwitchResult};
use crate::rt::core::wait::Slot;
use crate::zend::bindings::*;
use crate::zend::errors::Outcome;
use crate::zend::globals::{self, per_thread};
use crate::zend::jump::Call;
use crate::zend::stack::{self, Body, CURRENT, Stack};
use crate::zend::task::Task;
use crate::zend::{carried, collector, compiler, error_handler, generators, ticks};
use std::cell::{Cell, RefCell};
use std::ptr::null_mut;

/// The default size of a stack in bytes. This is address space; only touched pages take memory.
pub(crate) const DEFAULT_SIZE: usize = 2 * 1024 * 1024;

/// The number of stacks that are kept for later coroutines. A used stack takes about 9 kB.
const SPARE: usize = 1024;

#[derive(Default)]
struct State {
    /// The stacks, by the slots of coroutines.
    stacks: Vec<*mut Stack>,
    spare: Vec<*mut Stack>,
    /// The number of stacks, used and spare.
    count: usize,
}

per_thread! {
    static STATE: RefCell<State> = RefCell::new(State { stacks: Vec::new(), spare: Vec::new(), count: 0 });
}

per_thread! {
    static SIZE: Cell<usize> = Cell::new(DEFAULT_SIZE);
}

/// The stacks of the extension.
pub(crate) struct Fibers;

impl Stacks for Fibers {
    #[inline(always)]
    fn core<R>(body: impl FnOnce(&mut Core) -> R) -> R {
        globals::with(|runtime| body(&mut runtime.core))
    }

    #[inline(always)]
    fn enter(slot: Slot) -> SwitchResult {
        let Some(stack) = stack_of(slot) else { return SwitchResult::Failed };
        let below = CURRENT.with(|current| current.replace(stack));
        if !below.is_null() {
            // SAFETY: the stack below lives until we come back to it.
            unsafe { (*below).frame = (*executor()).current_execute_data };
        }
        look_for_overflow(below);
        // SAFETY: the stack of a coroutine lives until that has ended.
        let target = unsafe {
            (*stack).entered_from = (*executor()).current_fiber_context;
            (*stack).back = SwitchResult::Waits;
            (*stack).left_at
        };
        show_as(stack, zend_fiber_status_ZEND_FIBER_STATUS_SUSPENDED);
        carried::switch(target);
        CURRENT.with(|current| current.set(below));
        look_for_overflow(stack);
        // SAFETY: as above; it is freed below.
        let back = unsafe { (*stack).back };
        match back {
            SwitchResult::Waits => {
                show_as(stack, zend_fiber_status_ZEND_FIBER_STATUS_RUNNING);
            }
            SwitchResult::Ended => spare(slot, stack),
            // The engine has destroyed the context when its function returned.
            SwitchResult::Failed => forget(slot, stack),
        }
        back
    }

    #[inline(always)]
    fn leave(_slot: Slot) {
        let stack = CURRENT.with(Cell::get);
        if stack.is_null() {
            return;
        }
        // SAFETY: the stack is the one that runs.
        let target = unsafe {
            (*stack).left_at = (*executor()).current_fiber_context;
            (*stack).frame = (*executor()).current_execute_data;
            (*stack).entered_from
        };
        carried::switch(target);
    }

    fn is_blocked() -> bool {
        is_blocked()
    }
}

/// Fibers of the script in which a coroutine yielded are not suspended in the script's sense, so the engine must not
/// destroy them at the end of the request as it does with suspended ones. These are the Fiber in which the stack was
/// left, and all Fibers around it. To be entered again they must have the engine's original status.
#[inline]
fn show_as(stack: *mut Stack, status: zend_fiber_status) {
    // SAFETY: the stack is alive.
    let (left_at, own) = unsafe { ((*stack).left_at, &raw mut (*stack).context) };
    if left_at != own {
        show_fibers_as(left_at, own, status);
    }
}

#[cold]
fn show_fibers_as(left_at: *mut zend_fiber_context, own: *mut zend_fiber_context, status: zend_fiber_status) {
    let mut at = left_at;
    while !at.is_null() && at != own {
        let fiber =
            at.cast::<u8>().wrapping_sub(std::mem::offset_of!(zend_fiber, context)).cast::<zend_fiber>();
        // SAFETY: between the place where a stack was left and the stack's own context lie fibers of the script that
        // have not come back, each of which keeps the context that resumed it.
        unsafe {
            (*at).status = status;
            at = (*fiber).caller;
        }
    }
}

/// Checks a stack with a canary for an overflow. After one, memory of other stacks is overwritten and must not be used.
/// The stack may be null.
#[inline(always)]
fn look_for_overflow(stack: *mut Stack) {
    // SAFETY: a stack that is not null is alive; its part below as well.
    if let Some(canary) = unsafe { stack.as_ref() }.and_then(|stack| stack.canary)
        // SAFETY: as above.
        && unsafe { canary.is_dead() }
    {
        stack::overflowed(stack);
    }
}

#[inline(always)]
fn stack_of(slot: Slot) -> Option<*mut Stack> {
    STATE.with(|state| state.borrow().stacks.get(slot).copied()).filter(|stack| !stack.is_null())
}

/// How soon a coroutine will continue.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prefetch {
    /// It is the next one.
    Next,
    /// After a few others.
    Later,
}

/// Prefetches what a waiting coroutine touches first. Where thousands wait, none of that is in the processor's caches
/// any more. For later ones only their entry is fetched, which has the addresses of the rest.
#[inline]
pub(crate) fn prefetch(slot: Slot, soon: Prefetch) {
    let Some(stack) = stack_of(slot) else { return };
    if soon == Prefetch::Later {
        // The end of the structure has the fields that are read first.
        fetch::<2>(stack.cast::<u8>().wrapping_add(std::mem::offset_of!(Stack, left_at)));
        return;
    }
    // SAFETY: a stack in the table is alive, and so is the context in which it was left, as it waits.
    let (top, frame) = unsafe { ((*(*stack).left_at).handle, (*stack).frame) };
    fetch::<8>(top.cast());
    fetch::<2>(frame.cast());
}

/// Prefetches cache lines. Any address is allowed: an invalid one is ignored.
#[inline]
fn fetch<const LINES: usize>(from: *const u8) {
    #[cfg(target_arch = "x86_64")]
    for line in 0..LINES {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a hint, which reads nothing and never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(from.wrapping_add(line * 64).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = from;
}

/// Sets the size of future stacks in bytes, rounded up to whole pages.
pub(crate) fn set_size(bytes: usize) {
    SIZE.with(|size| size.set(bytes.next_multiple_of(4096)));
}

/// The size of future stacks in bytes.
pub(crate) fn size() -> usize {
    SIZE.with(Cell::get)
}

/// Whether switches are forbidden: the cycle collector, tick functions and the compiler must not be left. What else
/// forbids switches of the engine's own Fibers is carried.
#[inline(always)]
pub(crate) fn is_blocked() -> bool {
    collector::depth() | compiler::traces() != 0 && (collector::depth() > 0 || compiler::runs())
}

/// At module start-up.
pub(crate) fn install() {
    compiler::begin();
    collector::watch();
    ticks::watch();
    error_handler::watch();
}

/// At module shutdown: removes all hooks of the stacks.
pub(crate) fn uninstall() {
    generators::release();
    error_handler::unwatch();
    ticks::unwatch();
    collector::unwatch();
}

/// At the end of a request, while PHP can still run.
#[cold]
pub(crate) fn release() {
    error_handler::end();
}

/// Prepares a stack for a new coroutine.
#[inline]
pub(crate) fn prepare(slot: Slot, body: Body, task: impl FnOnce() -> Task) -> Outcome<()> {
    let size = size();
    let stack = loop {
        match STATE.with(|state| state.borrow_mut().spare.pop()) {
            // SAFETY: spare stacks are alive.
            Some(stack) if unsafe { (*stack).size } == size => break stack,
            // The size has changed since.
            Some(other) => discard(other),
            None => {
                let stack = stack::make(size, body, STATE.with(|state| state.borrow().count) + 1)?;
                STATE.with(|state| state.borrow_mut().count += 1);
                break stack;
            }
        }
    };
    // SAFETY: the stack is ours alone until it is entered.
    unsafe {
        (*stack).slot = slot;
        // The frame of the previous coroutine is gone.
        (*stack).frame = null_mut();
        (*stack).body = body;
        (*stack).task = Some(task());
    }
    STATE.with(|state| {
        let mut state = state.borrow_mut();
        if state.stacks.len() <= slot {
            state.stacks.resize(slot + 1, null_mut());
        }
        if let Some(place) = state.stacks.get_mut(slot) {
            *place = stack;
        }
    });
    Ok(())
}

/// Calls the callable of the running coroutine; `None` when it has none.
pub(crate) fn run_task(slot: Slot) -> Option<Call> {
    // SAFETY: the coroutine outlives its own call, and no other code accesses its callable meanwhile.
    stack_of(slot).and_then(|stack| unsafe { (*stack).task.as_mut() }).map(Task::run)
}

/// Passes the task of the running coroutine to `look`, after its call has returned.
pub(crate) fn with_task<R>(slot: Slot, look: impl FnOnce(&Task) -> R) -> Option<R> {
    // SAFETY: the coroutine outlives the look: it is the one that runs.
    stack_of(slot).and_then(|stack| unsafe { (*stack).task.as_ref() }).map(look)
}

/// The callable of an ended coroutine.
pub(crate) fn take_task(slot: Slot) -> Option<Task> {
    // SAFETY: only the coroutine itself asks, and its stack outlives it.
    stack_of(slot).and_then(|stack| unsafe { (*stack).task.take() })
}

/// The number of bytes of its stack that a coroutine uses; `None` when there is no such coroutine.
pub(crate) fn usage(slot: Slot, runs: bool) -> Option<usize> {
    let here = 0u8;
    let stack = stack_of(slot)?;
    // SAFETY: a stack in the table is alive; the engine's part of it begins with its lowest address.
    let (lowest, size, handle) =
        unsafe { (*(*stack).context.stack.cast::<usize>(), (*stack).size, (*stack).context.handle.addr()) };
    // The handle of a context that was left is its stack pointer.
    let at = if runs { (&raw const here).addr() } else { handle };
    (lowest..=lowest + size).contains(&at).then(|| lowest + size - at)
}

/// Makes a coroutine discard its output buffers when it ends.
pub(crate) fn drop_output(slot: Slot) {
    if let Some(stack) = stack_of(slot) {
        // SAFETY: a stack in the table is alive.
        unsafe { (*stack).sends_output = false };
    }
}

/// The frame in which a coroutine was left; null for one that has not begun.
pub(super) fn frame_of(slot: Slot) -> *mut zend_execute_data {
    // SAFETY: a stack in the table is alive.
    stack_of(slot).map_or(null_mut(), |stack| unsafe { (*stack).frame })
}

/// A function call on a stack that was left.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    frame: *mut zend_execute_data,
    function: *mut zend_function,
}

/// The call in which a coroutine was left.
pub(crate) fn place_of(slot: Slot) -> Place {
    let frame = frame_of(slot);
    // SAFETY: null, or a frame of a stack that was left.
    let function = unsafe { frame.as_ref() }.map_or(null_mut(), |frame| frame.func);
    Place { frame, function }
}

/// Whether a coroutine was left in a call below this one.
pub(crate) fn is_below(slot: Slot, place: Place) -> bool {
    let mut frame = frame_of(slot);
    // SAFETY: null, or frames of a stack that was left.
    while let Some(above) = unsafe { frame.as_ref() } {
        frame = above.prev_execute_data;
        // SAFETY: as above.
        if frame == place.frame && unsafe { frame.as_ref() }.is_some_and(|frame| frame.func == place.function)
        {
            return true;
        }
    }
    false
}

/// A coroutine has ended, and its stack was left: keeps it for another, or frees it.
fn spare(slot: Slot, stack: *mut Stack) {
    let superfluous = STATE.with(|state| {
        let mut state = state.borrow_mut();
        if let Some(place) = state.stacks.get_mut(slot) {
            *place = null_mut();
        }
        if state.spare.len() < SPARE {
            state.spare.push(stack);
            return false;
        }
        true
    });
    if superfluous {
        discard(stack);
    }
}

fn forget(slot: Slot, stack: *mut Stack) {
    STATE.with(|state| {
        let mut state = state.borrow_mut();
        state.count -= 1;
        if let Some(place) = state.stacks.get_mut(slot) {
            *place = null_mut();
        }
    });
    // SAFETY: the engine is done with the context.
    drop(unsafe { Box::from_raw(stack) });
}

/// Frees a stack on which nothing runs.
fn discard(stack: *mut Stack) {
    STATE.with(|state| state.borrow_mut().count -= 1);
    // SAFETY: the stack is not the one that runs, and is not entered again.
    unsafe { stack::destroy(stack) };
}

/// At the end of a request: frees all stacks. Only the engine releases what still waits on one.
#[cold]
pub(crate) fn end() {
    let (stacks, spare) = STATE.with(|state| {
        let mut state = state.borrow_mut();
        (std::mem::take(&mut state.stacks), std::mem::take(&mut state.spare))
    });
    for stack in stacks.into_iter().chain(spare).filter(|stack| !stack.is_null()) {
        // SAFETY: the engine frees its memory by itself after a fatal error; a callback in a task has none left.
        std::mem::forget(unsafe { (*stack).task.take() });
        discard(stack);
    }
    error_handler::forget();
    SIZE.with(|size| size.set(DEFAULT_SIZE));
}
