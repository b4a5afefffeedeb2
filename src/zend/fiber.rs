//! Stacks for coroutines: the engine's fiber contexts, without its class `Fiber`.
//!
//! A stack that has served one coroutine is kept for the next: making one costs fifty times as much as switching
//! to it. A fiber of the script may run on such a stack, and a coroutine may give way inside of that: so a stack
//! is resumed where it was left, which need not be its own context.
//!
//! Nothing that must be released may lie on a stack when it is left.

use crate::os::memory::{self, Below, Canary};
use crate::os::process;
use crate::rt::coroutine::Slot;
use crate::rt::coroutine::switch::{Back, Stacks};
use crate::rt::runtime::Runtime;
use crate::zend::bindings::*;
use crate::zend::callback::{Call, caught_first};
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::globals::{self, per_thread};
use crate::zend::net;
use crate::zend::task::Task;
use crate::zend::{carried, collector, compiler, error_handler, generators, ticks};
use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ptr::null_mut;

/// What runs on a stack, from its beginning to its end. It says whether the request can go on.
pub(crate) type Body = fn(Slot) -> Back;

/// The size of a stack in bytes: address space, of which only what is touched takes memory.
pub(crate) const DEFAULT_SIZE: usize = 2 * 1024 * 1024;

/// Stacks that wait for another coroutine. One that has been used takes about 9 kB.
const SPARE: usize = 1024;

/// A page of the virtual machine's stack. A frame that has no room there gets a page of its own.
const PAGE: usize = 8 * 1024;

/// One stack. It stays where it is: the engine keeps its address.
struct Stack {
    context: zend_fiber_context,
    /// Where it was left: its own context, or that of a fiber of the script.
    left_at: *mut zend_fiber_context,
    /// Who entered it.
    entered_from: *mut zend_fiber_context,
    /// The frame in which it was left, or entered another one.
    frame: *mut zend_execute_data,
    vm_stack: zend_vm_stack,
    slot: Slot,
    body: Body,
    task: Option<Task>,
    back: Back,
    size: usize,
    /// What it has left in buffers goes out when it ends.
    sends_output: bool,
    /// Tells whether it has been too deep, where nothing else does.
    canary: Option<Canary>,
}

#[derive(Default)]
struct State {
    /// By the slots of coroutines.
    stacks: Vec<*mut Stack>,
    spare: Vec<*mut Stack>,
    /// How many there are, used and spare.
    count: usize,
}

per_thread! {
    static STATE: RefCell<State> = RefCell::new(State { stacks: Vec::new(), spare: Vec::new(), count: 0 });
}

per_thread! {
    /// The stack that runs, or is entered right now; null for the main program's.
    static CURRENT: Cell<*mut Stack> = Cell::new(null_mut());
}

per_thread! {
    static SIZE: Cell<usize> = Cell::new(DEFAULT_SIZE);
}

/// Tells the engine whose contexts these are: only the address counts.
static KIND: u8 = 0;

/// The product's stacks.
pub(crate) struct Fibers;

impl Stacks for Fibers {
    #[inline(always)]
    fn runtime<R>(body: impl FnOnce(&mut Runtime) -> R) -> R {
        globals::with(body)
    }

    #[inline(always)]
    fn enter(slot: Slot) -> Back {
        let Some(stack) = stack_of(slot) else { return Back::Failed };
        let below = CURRENT.with(|current| current.replace(stack));
        if !below.is_null() {
            // SAFETY: the stack below lives until we come back to it.
            unsafe { (*below).frame = (*executor()).current_execute_data };
        }
        look_for_overflow(below);
        // SAFETY: the stack of a coroutine lives until that has ended.
        let target = unsafe {
            (*stack).entered_from = (*executor()).current_fiber_context;
            (*stack).back = Back::Waits;
            (*stack).left_at
        };
        show_as(stack, zend_fiber_status_ZEND_FIBER_STATUS_SUSPENDED);
        carried::switch(target);
        CURRENT.with(|current| current.set(below));
        look_for_overflow(stack);
        // SAFETY: as above; it is freed below.
        let back = unsafe { (*stack).back };
        match back {
            Back::Waits => {
                show_as(stack, zend_fiber_status_ZEND_FIBER_STATUS_RUNNING);
            }
            Back::Ended => spare(slot, stack),
            // The engine has destroyed the context when its function returned.
            Back::Failed => forget(slot, stack),
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

/// Fibers of the script in which a coroutine gave way are not suspended in the script's sense: the engine must not
/// destroy them at the end of the request, as it does with those that are. These are the one in which the stack was
/// left, and all that it runs in. To be entered they must be what the engine made of them.
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

/// A stack that has no guard, and may have been too deep: what others have on theirs is overwritten then, and must not be
/// used. The stack may be null.
#[inline(always)]
fn look_for_overflow(stack: *mut Stack) {
    // SAFETY: a stack that is not null is alive; its part below as well.
    if let Some(canary) = unsafe { stack.as_ref() }.and_then(|stack| stack.canary)
        // SAFETY: as above.
        && unsafe { canary.is_dead() }
    {
        overflowed(stack);
    }
}

#[cold]
#[inline(never)]
fn overflowed(stack: *mut Stack) -> ! {
    let text = c"Maximum stack size of %zu bytes exceeded in a coroutine: calls are nested too deep";
    // SAFETY: the format takes a size. It comes back: nothing of the script may run any more.
    unsafe { zend_error((E_ERROR | E_DONT_BAIL) as i32, text.as_ptr(), (*stack).size) };
    process::leave(255)
}

#[inline(always)]
fn stack_of(slot: Slot) -> Option<*mut Stack> {
    STATE.with(|state| state.borrow().stacks.get(slot).copied()).filter(|stack| !stack.is_null())
}

/// How soon a coroutine will go on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Soon {
    /// Next.
    Next,
    /// After a few others.
    Later,
}

/// A coroutine that waits will go on: what it touches first is fetched meanwhile. Where thousands wait, none of that is in the
/// processor's caches any more. Later ones have their entry fetched, which tells where the rest is.
#[inline]
pub(crate) fn expect(slot: Slot, soon: Soon) {
    let Some(stack) = stack_of(slot) else { return };
    if soon == Soon::Later {
        // Its end has what is looked at.
        fetch::<2>(stack.cast::<u8>().wrapping_add(std::mem::offset_of!(Stack, left_at)));
        return;
    }
    // SAFETY: a stack in the table is alive, and so is the context in which it was left, as it waits.
    let (top, frame) = unsafe { ((*(*stack).left_at).handle, (*stack).frame) };
    fetch::<8>(top.cast());
    fetch::<2>(frame.cast());
}

/// Asks the processor for lines of its caches. Any address will do: what is not there is not fetched.
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

/// The size of stacks made from now on, in bytes, rounded up to whole pages.
pub(crate) fn set_size(bytes: usize) {
    SIZE.with(|size| size.set(bytes.next_multiple_of(4096)));
}

/// The size of stacks made from now on, in bytes.
pub(crate) fn size() -> usize {
    SIZE.with(Cell::get)
}

/// Whether no switch may be made here: the cycle collector, functions for ticks and the compiler must not be left. What the engine forbids
/// its own fibers beside that is carried.
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

/// At module shutdown: the engine is as it was before there were stacks of ours.
pub(crate) fn uninstall() {
    generators::release();
    error_handler::unwatch();
    ticks::unwatch();
    collector::unwatch();
}

/// At the end of a request, while PHP can still run.
pub(crate) fn release() {
    error_handler::end();
}

/// Readies a stack for a new coroutine.
#[inline]
pub(crate) fn prepare(slot: Slot, body: Body, task: impl FnOnce() -> Task) -> Outcome<()> {
    let size = size();
    let spare = STATE.with(|state| {
        let mut state = state.borrow_mut();
        // SAFETY: spare stacks are alive.
        let fits = state.spare.last().is_some_and(|&stack| unsafe { (*stack).size } == size);
        if fits { state.spare.pop() } else { None }
    });
    let stack = match spare {
        Some(stack) => stack,
        None => make(size, body)?,
    };
    // SAFETY: the stack is ours alone until it is entered.
    unsafe {
        (*stack).slot = slot;
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

/// Calls the callable of the coroutine that runs; `None` when it has none.
pub(crate) fn run_task(slot: Slot) -> Option<Call> {
    // SAFETY: the coroutine outlives its own call, and nobody else looks at its callable meanwhile.
    stack_of(slot).and_then(|stack| unsafe { (*stack).task.as_mut() }).map(Task::run)
}

/// Shows the callable of the coroutine that runs, when it has come back.
pub(crate) fn with_task<R>(slot: Slot, look: impl FnOnce(&Task) -> R) -> Option<R> {
    // SAFETY: the coroutine outlives the look: it is the one that runs.
    stack_of(slot).and_then(|stack| unsafe { (*stack).task.as_ref() }).map(look)
}

/// The callable of a coroutine that has come to its end.
pub(crate) fn take_task(slot: Slot) -> Option<Task> {
    // SAFETY: only the coroutine itself asks, and its stack outlives it.
    stack_of(slot).and_then(|stack| unsafe { (*stack).task.take() })
}

/// How many bytes of its stack a coroutine uses; `None` when there is none.
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

/// What a coroutine has left in buffers is dropped when it ends.
pub(crate) fn drop_output(slot: Slot) {
    if let Some(stack) = stack_of(slot) {
        // SAFETY: a stack in the table is alive.
        unsafe { (*stack).sends_output = false };
    }
}

/// The frame in which a coroutine was left.
pub(super) fn frame_of(slot: Slot) -> *mut zend_execute_data {
    // SAFETY: a stack in the table is alive.
    stack_of(slot).map_or(null_mut(), |stack| unsafe { (*stack).frame })
}

#[cold]
fn make(size: usize, body: Body) -> Outcome<*mut Stack> {
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
        back: Back::Waits,
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
        // SAFETY: nobody else knows it.
        drop(unsafe { Box::from_raw(stack) });
        return Err(Failure::Thrown);
    }
    // SAFETY: the stack was just made.
    unsafe { (*stack).left_at = context };
    let count = STATE.with(|state| {
        let mut state = state.borrow_mut();
        state.count += 1;
        state.count
    });
    // SAFETY: the engine's stack begins with its lowest address and its size, in every version.
    let lowest: *mut u8 = unsafe { *(*context).stack.cast::<*mut u8>() };
    // SAFETY: a stack that nobody uses yet, with its guard page below it.
    if let Below::Canary(canary) = unsafe { memory::lay_out_stack(lowest, size, count) } {
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

/// A coroutine has ended; its stack has been left at the end of one life.
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
        destroy(stack);
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
fn destroy(stack: *mut Stack) {
    STATE.with(|state| state.borrow_mut().count -= 1);
    // SAFETY: the stack is not the one that runs, and is not entered again.
    unsafe { zend_fiber_destroy_context(&raw mut (*stack).context) };
    // SAFETY: nobody else knows it.
    drop(unsafe { Box::from_raw(stack) });
}

/// At the end of a request: frees all stacks. What still waits on one is not released but by the engine.
pub(crate) fn end() {
    let (stacks, spare) = STATE.with(|state| {
        let mut state = state.borrow_mut();
        (std::mem::take(&mut state.stacks), std::mem::take(&mut state.spare))
    });
    for stack in stacks.into_iter().chain(spare).filter(|stack| !stack.is_null()) {
        // SAFETY: the engine frees its memory by itself after a fatal error; a callback in a task has none left.
        std::mem::forget(unsafe { (*stack).task.take() });
        destroy(stack);
    }
    error_handler::forget();
    SIZE.with(|size| size.set(DEFAULT_SIZE));
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
                errors::deal_with_exception();
                Back::Failed
            });
            // SAFETY: as above.
            end_output(unsafe { (*stack).sends_output });
            // SAFETY: as above.
            unsafe { (*stack).back = back };
            if back == Back::Failed {
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
            (*stack).back = Back::Failed;
        }
        (*transfer).context = (*stack).entered_from;
        (*transfer).flags = 0;
        (*transfer).value.u1.type_info = IS_NULL;
    }
}

/// Where the engine throws an error as calls are nested too deep: as far from the end of the stack as for a Fiber, or where
/// `zend.max_allowed_stack_size` says, when that is less.
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

/// A coroutine that is made under `@` is not silent by that.
fn unsilence() {
    const FATAL: u32 =
        E_ERROR | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR | E_PARSE;
    let globals = executor();
    // SAFETY: the executor's globals are valid on a thread that runs PHP.
    let reported = unsafe { (*globals).error_reporting };
    if reported.cast_unsigned() & !FATAL == 0 {
        let name = c"error_reporting";
        // SAFETY: the pointer and the length describe the name.
        let chosen = unsafe { zend_ini_long(name.as_ptr(), name.count_bytes(), 0) };
        // SAFETY: as above.
        unsafe { (*globals).error_reporting = chosen as i32 };
    }
}

/// What a coroutine has left in buffers goes out, or is dropped.
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
