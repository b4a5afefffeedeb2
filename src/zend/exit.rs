//! `exit` and `die`, intercepted: where a stack is not the script's own they must not end the request at once.

use crate::zend::bindings::*;
use crate::zend::net;
use crate::zend::values::Value;
use std::sync::OnceLock;

/// Looks at an exit with its status (a number, a text, or nothing); true when it has thrown something instead.
pub(crate) type Hook = fn(Option<Value<'_>>) -> bool;

static HOOK: OnceLock<Hook> = OnceLock::new();

/// Asks `hook` at each exit from now on. At module start-up only.
pub(crate) fn intercept(hook: Hook) {
    if HOOK.set(hook).is_ok() {
        install();
    }
}

fn ask(status: Option<Value<'_>>) -> bool {
    HOOK.get().is_some_and(|hook| net::throwing(|| hook(status)).unwrap_or(true))
}

/// Up to PHP 8.3 it is an instruction of the virtual machine.
#[cfg(not(php84))]
fn install() {
    // SAFETY: at module start-up, before any code runs.
    unsafe { zend_set_user_opcode_handler(ZEND_EXIT as u8, Some(on_exit)) };
}

#[cfg(not(php84))]
unsafe extern "C" fn on_exit(frame: *mut zend_execute_data) -> i32 {
    /// The operand is a value of this kind.
    const CONSTANT: u32 = 1 << 0;
    const TEMPORARY: u32 = 1 << 1 | 1 << 2;
    // SAFETY: the engine passes the running frame, which stands at the instruction.
    let instruction = unsafe { &*(*frame).opline };
    let kind = u32::from(instruction.op1_type);
    // SAFETY: the union holds an offset in either case.
    let offset = unsafe { instruction.op1.var };
    let operand: *mut zval = match kind {
        0 => std::ptr::null_mut(),
        // SAFETY: a constant lies this far from the instruction.
        CONSTANT => unsafe {
            (&raw const *instruction).byte_offset(offset.cast_signed() as isize).cast_mut().cast()
        },
        // SAFETY: a variable lies this far from the frame.
        _ => unsafe { frame.byte_add(offset as usize).cast() },
    };
    // SAFETY: the operand stays where it is while the instruction runs.
    if !ask(unsafe { Value::borrow(operand) }) {
        return ZEND_USER_OPCODE_DISPATCH as i32;
    }
    if kind & TEMPORARY != 0 {
        // The instruction would have used it up.
        // SAFETY: the reference is the instruction's.
        unsafe { zval_ptr_dtor(operand) };
    }
    ZEND_USER_OPCODE_CONTINUE as i32
}

/// From PHP 8.4 on it is a function.
#[cfg(php84)]
fn install() {
    let Some(function) = crate::zend::replaced::find("exit") else { return };
    // SAFETY: an internal function; at module start-up nobody calls it.
    unsafe {
        if let Some(handler) = (*function).handler.replace(on_exit) {
            let _ = ORIGINAL.set(handler);
        }
    }
}

#[cfg(php84)]
type Handler = unsafe extern "C" fn(*mut zend_execute_data, *mut zval);

#[cfg(php84)]
static ORIGINAL: OnceLock<Handler> = OnceLock::new();

#[cfg(php84)]
unsafe extern "C" fn on_exit(frame: *mut zend_execute_data, result: *mut zval) {
    // SAFETY: a frame keeps the number of its arguments beside `This`.
    let status = if unsafe { (*frame).This.u2.num_args } == 1 {
        // SAFETY: the engine has put the argument behind the frame.
        unsafe { Value::borrow(frame.cast::<zval>().add(FRAME_SLOTS)) }
    } else {
        None
    };
    if !ask(status)
        && let Some(original) = ORIGINAL.get()
    {
        // SAFETY: the engine's own function, with what it passed.
        unsafe { original(frame, result) };
    }
}
