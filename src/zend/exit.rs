//! `exit` and `die`, intercepted: on a stack that is not the script's own they must not end the request immediately.
//!
//! Debuggers and profilers intercept them, too: each calls the previous handler, which is restored at the end.

use crate::zend::bindings::*;
use crate::zend::errors;
use crate::zend::net;
use crate::zend::values::Value;
use std::sync::OnceLock;

/// What happens at an exit instead.
pub(crate) struct Hook {
    /// Whether the exit is intercepted here.
    pub(crate) when: fn() -> bool,
    /// Throws something, with the status of the exit: a number, a text, or nothing.
    pub(crate) throw: fn(Option<Value<'_>>),
}

static HOOK: OnceLock<Hook> = OnceLock::new();

/// Calls `hook` at each exit from now on. At module start-up only.
pub(crate) fn intercept(hook: Hook) {
    if HOOK.set(hook).is_ok() {
        how::install();
    }
}

/// Restores the previous handler, unless another extension has installed its own after ours. At module shutdown only.
pub(crate) fn release() {
    if HOOK.get().is_some() {
        how::uninstall();
    }
}

fn is_intercepted() -> bool {
    HOOK.get().is_some_and(|hook| net::silent(hook.when) == Some(true))
}

fn throw(status: Option<Value<'_>>) {
    if let Some(hook) = HOOK.get() {
        errors::throwing(|| (hook.throw)(status));
    }
}

/// Up to PHP 8.3 `exit` is an instruction of the virtual machine.
#[cfg(not(php84))]
mod how {
    use super::*;
    use crate::zend::jump::is_thrown;
    use std::ffi::c_char;

    type Handler = unsafe extern "C" fn(*mut zend_execute_data) -> i32;

    /// The previous handler.
    static BEFORE: OnceLock<Option<Handler>> = OnceLock::new();

    pub(super) fn install() {
        // SAFETY: at module start-up, before any code runs.
        let _ = BEFORE.set(unsafe { zend_get_user_opcode_handler(ZEND_EXIT as u8) });
        // SAFETY: as above.
        unsafe { zend_set_user_opcode_handler(ZEND_EXIT as u8, Some(on_exit)) };
        keep_in_place();
    }

    pub(super) fn uninstall() {
        // SAFETY: at module shutdown, when no code runs.
        let now = unsafe { zend_get_user_opcode_handler(ZEND_EXIT as u8) };
        if now.is_some_and(|now| now as usize == on_exit as Handler as usize) {
            // SAFETY: as above.
            unsafe { zend_set_user_opcode_handler(ZEND_EXIT as u8, BEFORE.get().copied().flatten()) };
        }
    }

    unsafe extern "C" fn on_exit(frame: *mut zend_execute_data) -> i32 {
        let dispatch = ZEND_USER_OPCODE_DISPATCH as i32;
        // SAFETY: with what the engine has passed.
        let next = BEFORE.get().copied().flatten().map_or(dispatch, |before| unsafe { before(frame) });
        if next != dispatch || !is_intercepted() {
            return next;
        }
        /// The operand is a constant.
        const CONSTANT: u32 = 1 << 0;
        const TEMPORARY: u32 = 1 << 1 | 1 << 2;
        /// It is a variable with a name.
        const NAMED: u32 = 1 << 3;
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
        let status = unsafe { Value::borrow(operand) };
        let is_undefined = kind == NAMED && status.is_some_and(|status| status.kind() == IS_UNDEF);
        if is_undefined {
            // SAFETY: the operand is a variable of the frame.
            unsafe { warn_undefined(frame, offset) };
        }
        // An error handler may have thrown.
        if !is_thrown() {
            throw(status.filter(|_| !is_undefined));
        }
        if kind & TEMPORARY != 0 {
            // The instruction would have released it.
            // SAFETY: the reference is the instruction's.
            unsafe { zval_ptr_dtor(operand) };
        }
        ZEND_USER_OPCODE_CONTINUE as i32
    }

    /// Raises the engine's warning about a variable, which is this far from its frame.
    ///
    /// # Safety
    /// The frame is alive, and the variable is one of its code.
    #[cold]
    unsafe fn warn_undefined(frame: *mut zend_execute_data, offset: u32) {
        let index = offset as usize / size_of::<zval>() - FRAME_SLOTS;
        // SAFETY: as the caller promises: variables lie behind the frame, and the code has their names in this order.
        unsafe {
            let name = *(*(*frame).func).op_array.vars.add(index);
            let text = (&raw const (*name).val).cast::<c_char>();
            zend_error(E_WARNING as i32, c"Undefined variable $%s".as_ptr(), text);
        }
    }

    /// Where a jump leads to an exit, the optimizer replaces the jump by a copy of the exit. The copy is in front of
    /// the `try` around the exit, so its `catch` would not get the exception. The optimizer does not touch code with
    /// `finally`. So code with an exit in a `try` is marked as having one; that misleads no other code, because the
    /// table of `try` blocks is unchanged. Only engine extensions see code before the optimizer does.
    fn keep_in_place() {
        // SAFETY: all zeroes is an extension that does nothing.
        let mut extension: zend_extension = unsafe { std::mem::zeroed() };
        extension.name = c"swoole_process".as_ptr().cast_mut();
        extension.version = c"".as_ptr().cast_mut();
        extension.author = c"".as_ptr().cast_mut();
        extension.URL = c"".as_ptr().cast_mut();
        extension.copyright = c"".as_ptr().cast_mut();
        extension.op_array_handler = Some(on_compiled);
        // SAFETY: the engine copies the structure. The library is that of the module, which unloads it.
        unsafe { zend_register_extension(&raw mut extension, std::ptr::null_mut()) };
    }

    unsafe extern "C" fn on_compiled(code: *mut zend_op_array) {
        net::silent(|| {
            // SAFETY: the engine passes code that it has just compiled.
            let code = unsafe { &mut *code };
            if has_exit_in_try(code) {
                code.fn_flags |= ZEND_ACC_HAS_FINALLY_BLOCK;
            }
        });
    }

    fn has_exit_in_try(code: &zend_op_array) -> bool {
        let blocks = usize::try_from(code.last_try_catch).unwrap_or(0);
        if blocks == 0 {
            return false;
        }
        // SAFETY: the table has as many entries.
        let blocks = unsafe { std::slice::from_raw_parts(code.try_catch_array, blocks) };
        // SAFETY: there are as many instructions.
        let instructions = unsafe { std::slice::from_raw_parts(code.opcodes, code.last as usize) };
        blocks.iter().any(|block| {
            let inside = instructions.get(block.try_op as usize..block.catch_op as usize);
            inside.is_some_and(|inside| inside.iter().any(|one| u32::from(one.opcode) == ZEND_EXIT))
        })
    }
}

/// Since PHP 8.4 `exit` is a function.
#[cfg(php84)]
mod how {
    use super::*;
    use crate::zend::function_hooks::find;

    type Handler = unsafe extern "C" fn(*mut zend_execute_data, *mut zval);

    /// The previous handler.
    static BEFORE: OnceLock<Handler> = OnceLock::new();

    pub(super) fn install() {
        let Some(function) = find("exit") else { return };
        // SAFETY: an internal function; at module start-up no code calls it.
        if let Some(before) = unsafe { (*function).handler.replace(on_exit) } {
            let _ = BEFORE.set(before);
        }
    }

    pub(super) fn uninstall() {
        let (Some(function), Some(before)) = (find("exit"), BEFORE.get()) else { return };
        // SAFETY: an internal function; at module shutdown no code calls it.
        let handler = unsafe { &mut (*function).handler };
        if handler.is_some_and(|now| now as usize == on_exit as Handler as usize) {
            *handler = Some(*before);
        }
    }

    unsafe extern "C" fn on_exit(frame: *mut zend_execute_data, result: *mut zval) {
        // SAFETY: a frame keeps the number of its arguments beside `This`.
        let status = if unsafe { (*frame).This.u2.num_args } == 1 {
            // SAFETY: the engine has put the argument behind the frame.
            unsafe { Value::borrow(frame.cast::<zval>().add(FRAME_SLOTS)) }
        } else {
            None
        };
        if is_intercepted() {
            throw(status);
        } else if let Some(before) = BEFORE.get() {
            // SAFETY: the engine's own function, or that of another extension, with what the engine passed.
            unsafe { before(frame, result) };
        }
    }
}
