//! The script's error handler. The engine removes it while it runs, but other coroutines need it.
//!
//! The engine does not tell where it keeps a running handler, so wrappers of the functions that set it record it. When
//! a stack is left on which the handler runs, the handler is set for the other coroutines, and removed again on return.

use crate::zend::bindings::*;
use crate::zend::callback::ResolvedCallable;
use crate::zend::errors;
use crate::zend::frame::{Frame, Slot};
use crate::zend::function_hooks::{self, Original, Replacement};
use crate::zend::globals::per_thread;
use crate::zend::values::{Owned, Value};
use std::cell::{Cell, RefCell};
use std::ptr::null_mut;

/// A type that no value has.
const NEVER: u8 = u8::MAX;

struct Handler {
    value: Owned,
    function: *mut zend_function,
}

per_thread! {
    /// The handler that the script has set last.
    static KNOWN: RefCell<Option<Handler>> = RefCell::new(None);
}

per_thread! {
    /// The type that the engine's variable has while a known handler is removed from it.
    static AWAY: Cell<u8> = Cell::new(NEVER);
}

static SET: Original = Original::unknown();
static RESTORE: Original = Original::unknown();

const REPLACEMENTS: &[Replacement] = &[
    Replacement { name: "set_error_handler", handler: set, original: &SET },
    Replacement { name: "restore_error_handler", handler: restore, original: &RESTORE },
];

/// Installs the wrappers that record the handler. At module start-up only.
pub(super) fn watch() {
    function_hooks::install(REPLACEMENTS);
}

/// At module shutdown.
pub(super) fn unwatch() {
    function_hooks::restore(REPLACEMENTS);
}

/// At the end of a request, while PHP can still run.
pub(super) fn end() {
    know(None);
}

/// When the request's memory is gone.
pub(super) fn forget() {
    AWAY.with(|away| away.set(NEVER));
    std::mem::forget(KNOWN.with(|known| known.borrow_mut().take()));
}

extern "C" fn set(frame: Frame, slot: Slot) {
    SET.call(&frame, &slot);
    errors::throwing(note);
}

extern "C" fn restore(frame: Frame, slot: Slot) {
    RESTORE.call(&frame, &slot);
    errors::throwing(note);
}

/// The script has set or removed a handler.
fn note() {
    // SAFETY: the executor's globals are valid on a thread that runs PHP; an undefined value is borrowed as none.
    let handler = unsafe { Value::borrow(&raw mut (*executor()).user_error_handler) };
    match handler.filter(|handler| handler.kind() != IS_UNDEF) {
        Some(handler) => {
            let function = ResolvedCallable::function(handler);
            know((!function.is_null()).then(|| Handler { value: Owned::of(handler), function }));
        }
        // A running handler comes back when it returns, whatever the script removes meanwhile.
        None if runs_here() => {}
        None => know(None),
    }
}

fn know(handler: Option<Handler>) {
    AWAY.with(|away| away.set(if handler.is_some() { IS_UNDEF as u8 } else { NEVER }));
    let before = KNOWN.with(|known| std::mem::replace(&mut *known.borrow_mut(), handler));
    // Last, because the old handler may have a destructor.
    drop(before);
}

/// Whether a handler is known but not in the engine's variable: it may be running.
#[inline(always)]
pub(super) fn is_away() -> bool {
    // SAFETY: the executor's globals are valid on a thread that runs PHP, and every value has a type.
    AWAY.with(Cell::get) == unsafe { (*executor()).user_error_handler.u1.v.type_ }
}

/// Whether the handler runs on the running stack.
fn runs_here() -> bool {
    let function = KNOWN.with(|known| known.borrow().as_ref().map_or(null_mut(), |known| known.function));
    if function.is_null() {
        return false;
    }
    // SAFETY: the frames of the stack that runs are alive.
    let mut frame = unsafe { (*executor()).current_execute_data };
    while !frame.is_null() {
        // SAFETY: as above.
        let (running, below) = unsafe { ((*frame).func, (*frame).prev_execute_data) };
        if running == function {
            return true;
        }
        frame = below;
    }
    false
}

/// What other coroutines use while the handler waits, and the engine's state from around the handler's call.
pub(super) struct SavedState {
    handler: zval,
    filename: *mut zend_string,
    line: zend_long,
    linking: *mut zend_class_entry,
}

/// The running stack is about to be left: if the handler runs on it, sets the handler for others too.
pub(super) fn lend() -> SavedState {
    let mut lent = SavedState { handler: undef(), filename: null_mut(), line: -1, linking: null_mut() };
    if is_away() && runs_here() {
        KNOWN.with(|known| {
            if let Some(known) = known.borrow().as_ref() {
                lent.handler = Owned::of(known.value.as_value()).into_raw();
            }
        });
        let (globals, compiler) = (executor(), compiler());
        // SAFETY: the globals are valid on a thread that runs PHP; the handler's reference goes to them.
        unsafe {
            (*globals).user_error_handler = std::ptr::read(&raw const lent.handler);
            lent.filename = std::mem::replace(&mut (*globals).filename_override, null_mut());
            lent.line = std::mem::replace(&mut (*globals).lineno_override, -1);
            lent.linking = std::mem::replace(&mut (*compiler).current_linking_class, null_mut());
        }
    }
    lent
}

impl SavedState {
    /// The stack of the handler continues. A handler that another coroutine has set stays; the engine respects it.
    pub(super) fn take_back(self) {
        // SAFETY: every value has a type.
        if u32::from(unsafe { self.handler.u1.v.type_ }) == IS_UNDEF {
            return;
        }
        let (globals, compiler) = (executor(), compiler());
        // SAFETY: the globals are valid on a thread that runs PHP.
        unsafe {
            (*globals).filename_override = self.filename;
            (*globals).lineno_override = self.line;
            (*compiler).current_linking_class = self.linking;
        }
        // SAFETY: every value has a type, and handlers are values that are counted.
        let is_the_same = unsafe {
            let handler = &(*globals).user_error_handler;
            handler.u1.v.type_ == self.handler.u1.v.type_ && handler.value.ptr == self.handler.value.ptr
        };
        if is_the_same {
            // SAFETY: as above. The engine holds another reference.
            unsafe {
                let mut lent = std::mem::replace(&mut (*globals).user_error_handler, undef());
                zval_ptr_dtor(&raw mut lent);
            }
        }
    }
}
