//! One stack: its creation, its life, and its release.

use crate::os::memory::{self, Canary, StackEnd};
use crate::os::process;
use crate::rt::core::switch::SwitchResult;
use crate::rt::core::wait::Slot;
use crate::zend::bindings::*;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::globals::per_thread;
use crate::zend::jump::caught_first;
use crate::zend::task::Task;
use crate::zend::{carried, generators, ini, net, uncaught};
use std::cell::Cell;
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ptr::null_mut;

/// The function that runs on a stack from its beginning to its end. Its result says whether the request can continue.
pub(crate) type Body = fn(Slot) -> SwitchResult;

/// A page of the virtual machine's stack. A frame that does not fit gets a page of its own.
const PAGE: usize = 8 * 1024;

/// One stack. Its address does not change, because the engine keeps it.
pub(super) struct Stack {
    pub(super) context: zend_fiber_context,
    /// The context where it was left: its own, or that of a Fiber of the script.
    pub(super) left_at: *mut zend_fiber_context,
    /// The context that entered it.
    pub(super) entered_from: *mut zend_fiber_context,
    /// The frame in which the coroutine was left, or entered another one; null until it has begun.
    pub(super) frame: *mut zend_execute_data,
    vm_stack: zend_vm_stack,
    pub(super) slot: Slot,
    pub(super) body: Body,
    pub(super) task: Option<Task>,
    pub(super) back: SwitchResult,
    pub(super) size: usize,
    /// Whether its output buffers are sent when it ends.
    pub(super) sends_output: bool,
    /// The canary that detects an overflow, if nothing else protects the stack.
    pub(super) canary: Option<Canary>,
}

per_thread! {
    /// The stack that runs, or is being entered; null for that of the main program.
    pub(super) static CURRENT: Cell<*mut Stack> = Cell::new(null_mut());
}

/// Tells the engine that these contexts are ours. Only its address counts.
static KIND: u8 = 0;

/// Makes the `number`-th stack of the process.
#[cold]
pub(super) fn make(size: usize, body: Body, number: usize) -> Outcome<*mut Stack> {
    generators::guard();
    let stack = Box::into_raw(Box::new(Stack {
        // SAFETY: the engine fills it in; all zeroes is valid until then.
        context: unsafe { std::mem::zeroed() },
        left_at: null_mut(),
        entered_from: null_mut(),
        frame: null_mut(),
        vm_stack: null_mut(),
        slot: 0,
        body,
        task: None,
        back: SwitchResult::Waits,
        size,
        sends_output: true,
        canary: None,
    }));
    // SAFETY: the stack was just made.
    let context = unsafe { &raw mut (*stack).context };
    let kind = (&raw const KIND).cast_mut().cast::<c_void>();
    // SAFETY: the context stays where it is until it is destroyed.
    let made = unsafe { zend_fiber_init_context(context, kind, Some(begin), size) };
    if !is_success(made) {
        // SAFETY: no other code knows it.
        drop(unsafe { Box::from_raw(stack) });
        return Err(Failure::Thrown);
    }
    // SAFETY: the stack was just made.
    unsafe { (*stack).left_at = context };
    // SAFETY: the engine's stack begins with its lowest address and its size, in every version.
    let lowest: *mut u8 = unsafe { *(*context).stack.cast::<*mut u8>() };
    // SAFETY: a stack that is not in use yet, with its guard page below it.
    if let StackEnd::Canary(canary) = unsafe { memory::lay_out_stack(lowest, size, number) } {
        // SAFETY: as above.
        unsafe { (*stack).canary = Some(canary) };
    }
    Ok(stack)
}

#[cfg(php84)]
fn is_success(result: zend_result) -> bool {
    result == 0
}

#[cfg(not(php84))]
fn is_success(result: bool) -> bool {
    result
}

/// Frees a stack on which nothing runs.
///
/// # Safety
/// The stack does not run, and is not used again.
pub(super) unsafe fn destroy(stack: *mut Stack) {
    // SAFETY: as the caller promises.
    unsafe { zend_fiber_destroy_context(&raw mut (*stack).context) };
    // SAFETY: no other code knows it.
    drop(unsafe { Box::from_raw(stack) });
}

/// The first function on each stack. It returns only when the stack is to be destroyed.
unsafe extern "C" fn begin(transfer: *mut zend_fiber_transfer) {
    let stack = CURRENT.with(Cell::get);
    let globals = executor();
    // SAFETY: these belong to whoever entered; the engine has saved them.
    unsafe {
        (*globals).vm_stack = null_mut();
        #[cfg(php83)]
        {
            (*globals).stack_base = zend_fiber_stack_base((*stack).context.stack);
            (*globals).stack_limit = stack_limit(&(*stack).context);
        }
    }
    let run = || {
        base_frame(stack);
        loop {
            // SAFETY: the stack lives while its function runs.
            unsafe {
                (*globals).active_fiber = null_mut();
                (*globals).jit_trace_num = 0;
            }
            unsilence();
            // SAFETY: as above.
            let (body, slot) = unsafe { ((*stack).body, (*stack).slot) };
            let back = errors::throwing(|| body(slot)).unwrap_or_else(|| {
                uncaught::deal_with_exception();
                SwitchResult::Failed
            });
            // SAFETY: as above.
            end_output(unsafe { (*stack).sends_output });
            // SAFETY: as above.
            unsafe { (*stack).back = back };
            if back == SwitchResult::Failed {
                break;
            }
            // SAFETY: as above. From here the next coroutine on this stack begins.
            let target = unsafe {
                (*stack).left_at = &raw mut (*stack).context;
                (*stack).entered_from
            };
            carried::switch_alone(target);
        }
    };
    let returned = net::silent(|| caught_first(run)).unwrap_or(false);
    // SAFETY: the stack lives; the engine passed a transfer to be filled in.
    unsafe {
        if !returned {
            carried::discard();
            (*stack).back = SwitchResult::Failed;
        }
        (*transfer).context = (*stack).entered_from;
        (*transfer).flags = 0;
        (*transfer).value.u1.type_info = IS_NULL;
    }
}

/// Where the engine throws an error about nesting that is too deep: as far from the end of the stack as for a Fiber, or
/// where `zend.max_allowed_stack_size` says, if that is less.
#[cfg(php83)]
fn stack_limit(context: &zend_fiber_context) -> *mut c_void {
    // SAFETY: the context has its stack.
    let (base, limit) =
        unsafe { (zend_fiber_stack_base(context.stack), zend_fiber_stack_limit(context.stack)) };
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    let (allowed, reserved) =
        unsafe { ((*executor()).max_allowed_stack_size, (*executor()).reserved_stack_size) };
    match usize::try_from(allowed) {
        Ok(allowed) if allowed > reserved as usize => {
            let wished = base.wrapping_byte_sub(allowed).wrapping_byte_add(reserved as usize);
            if wished > limit { wished } else { limit }
        }
        _ => limit,
    }
}

/// Gives the virtual machine a stack, with a frame at its bottom that belongs to no function.
fn base_frame(stack: *mut Stack) {
    static mut NOBODY: MaybeUninit<zend_internal_function> = MaybeUninit::zeroed();
    let globals = executor();
    // SAFETY: makes the machine's stack.
    unsafe { zend_vm_stack_init_ex(PAGE) };
    let nobody: *mut zend_internal_function = (&raw mut NOBODY).cast();
    // SAFETY: it is valid as zeroes; all threads write the same.
    unsafe { (*nobody).type_ = ZEND_INTERNAL_FUNCTION as u8 };
    // SAFETY: the new page has room for a frame, which is zeroed before it is used.
    unsafe {
        let frame: *mut zend_execute_data = (*globals).vm_stack_top.cast();
        std::ptr::write_bytes(frame, 0, 1);
        (*frame).func = nobody.cast();
        (*globals).vm_stack_top = (*globals).vm_stack_top.add(FRAME_SLOTS);
        (*globals).current_execute_data = frame;
        (*stack).vm_stack = (*globals).vm_stack;
        (*stack).context.cleanup = Some(release_pages);
    }
}

/// Called by the engine when it destroys a context, on another stack.
unsafe extern "C" fn release_pages(context: *mut zend_fiber_context) {
    let stack: *mut Stack = context.cast::<u8>().wrapping_sub(std::mem::offset_of!(Stack, context)).cast();
    let globals = executor();
    // SAFETY: the context is the one in a Stack of ours; the pages are those that it made, and are used no more.
    unsafe {
        let own = (*globals).vm_stack;
        (*globals).vm_stack = std::mem::replace(&mut (*stack).vm_stack, null_mut());
        if !(*globals).vm_stack.is_null() {
            zend_vm_stack_destroy();
        }
        (*globals).vm_stack = own;
    }
}

/// A coroutine that is created under `@` is not silenced by it.
fn unsilence() {
    let globals = executor();
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    let reported = unsafe { (*globals).error_reporting };
    if reported.cast_unsigned() & !FATAL_ERRORS == 0 {
        // SAFETY: as above.
        unsafe { (*globals).error_reporting = ini::error_reporting() };
    }
}

/// Sends or discards the output buffers of a coroutine.
fn end_output(send: bool) {
    if !carried::has_buffers() {
        return;
    }
    if send {
        // SAFETY: flushes and closes all buffers; their callbacks may run PHP code, whose jumps `begin` catches.
        unsafe { php_output_end_all() };
    }
    // SAFETY: frees the buffers and their table.
    unsafe { php_output_deactivate() };
    // SAFETY: begins anew.
    unsafe { php_output_activate() };
}

#[cold]
#[inline(never)]
pub(super) fn overflowed(stack: *mut Stack) -> ! {
    let text = c"Maximum stack size of %zu bytes exceeded in a coroutine: calls are nested too deep";
    // SAFETY: the format takes a size. It comes back: nothing of the script may run any more.
    unsafe { zend_error((E_ERROR | E_DONT_BAIL) as i32, text.as_ptr(), (*stack).size) };
    process::exit_now(255)
}
