//! The script's error handler, which the engine takes away while it runs: for others it must be there.
//!
//! Nobody tells where the engine keeps it meanwhile, so we know it from the functions that set it. It is lent out when a
//! stack is left on which it runs, and taken back on return.

use crate::zend::bindings::*;
use crate::zend::callback::Found;
use crate::zend::errors;
use crate::zend::frame::{Frame, Slot};
use crate::zend::function_hooks::{self, Original, Replacement};
use crate::zend::globals::per_thread;
use crate::zend::values::{Owned, Value};
use std::cell::{Cell, RefCell};
use std::ptr::null_mut;

/// No type of a value.
const NEVER: u8 = u8::MAX;

struct Handler {
    value: Owned,
    function: *mut zend_function,
}

per_thread! {
    /// What the script has set last.
    static KNOWN: RefCell<Option<Handler>> = RefCell::new(None);
}

per_thread! {
    /// The type that the engine's variable has when a known handler is not in it.
    static AWAY: Cell<u8> = Cell::new(NEVER);
}

static SET: Original = Original::unknown();
static RESTORE: Original = Original::unknown();

const REPLACEMENTS: &[Replacement] = &[
    Replacement { name: "set_error_handler", handler: set, original: &SET },
    Replacement { name: "restore_error_handler", handler: restore, original: &RESTORE },
];

/// From now on it is known which handler there is. At module start-up only.
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

/// The script has set a handler, or taken it away.
fn note() {
    // SAFETY: the executor's globals are valid on a thread that runs PHP; an undefined value is borrowed as none.
    let handler = unsafe { Value::borrow(&raw mut (*executor()).user_error_handler) };
    match handler.filter(|handler| handler.kind() != IS_UNDEF) {
        Some(handler) => {
            let function = Found::function(handler);
            know((!function.is_null()).then(|| Handler { value: Owned::of(handler), function }));
        }
        // One that runs comes back when it has run, whatever it takes away.
        None if runs_here() => {}
        None => know(None),
    }
}

fn know(handler: Option<Handler>) {
    AWAY.with(|away| away.set(if handler.is_some() { IS_UNDEF as u8 } else { NEVER }));
    let before = KNOWN.with(|known| std::mem::replace(&mut *known.borrow_mut(), handler));
    // Last: it may have a destructor.
    drop(before);
}

/// Whether a handler is known and not where the engine looks for it: it may be running.
#[inline(always)]
pub(super) fn is_away() -> bool {
    // SAFETY: the executor's globals are valid on a thread that runs PHP, and every value has a type.
    AWAY.with(Cell::get) == unsafe { (*executor()).user_error_handler.u1.v.type_ }
}

/// Whether the handler runs on the stack that runs.
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

/// What others get while the handler waits, and what the engine has set around its call, which it does not undo for them.
pub(super) struct Lent {
    handler: zval,
    filename: *mut zend_string,
    line: zend_long,
    linking: *mut zend_class_entry,
}

/// The stack that runs is going to be left: if the handler runs on it, others get it too.
pub(super) fn lend() -> Lent {
    let mut lent = Lent { handler: undef(), filename: null_mut(), line: -1, linking: null_mut() };
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

impl Lent {
    /// The stack on which the handler runs goes on. A handler that others have set stays: the engine respects it.
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
