//! Loading of classes. The engine refuses to load a class that is already being loaded. Here this holds only for the
//! coroutine that loads the class; other coroutines wait.

use crate::rt::sync::work::BeginResult;
use crate::zend::bindings::*;
use crate::zend::engine_hook::EngineHook;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::globals::per_thread;
use crate::zend::jump::caught;
use std::cell::Cell;
use std::ffi::CStr;
use std::ptr::null_mut;
use std::sync::OnceLock;

/// PHP code that declares a class.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    /// The file name in traces.
    pub(crate) file: &'static CStr,
    /// The code, with the opening tag of a PHP file.
    pub(crate) code: &'static str,
}

/// How a class is loaded by one coroutine at a time.
pub(crate) struct Hooks {
    /// Called before a class of this name is loaded.
    pub(crate) begin: fn(&[u8]) -> Outcome<BeginResult>,
    /// Called after the class was loaded, or was not found.
    pub(crate) end: fn(&[u8]) -> Outcome<()>,
    /// The code of a class, by its name in small letters, that the module brings along.
    pub(crate) source: fn(&[u8]) -> Option<Source>,
}

per_thread! {
    /// The number of half-made classes on this stack that wait for a class that is being loaded. No other code can see
    /// them, and the engine tells others that they do not exist.
    static LINKING: Cell<usize> = Cell::new(0);
}

/// The number of half-made classes on the running stack.
#[inline(always)]
pub(super) fn linking() -> usize {
    LINKING.with(Cell::get)
}

/// Sets the number for the stack that is about to run. Returns the previous number.
pub(super) fn replace_linking(count: usize) -> usize {
    LINKING.with(|linking| linking.replace(count))
}

/// Whether a class is being declared that needs the class to be loaded.
fn declares() -> bool {
    // SAFETY: the frame that runs is alive, and knows its function and its place in it.
    unsafe {
        let frame = (*executor()).current_execute_data;
        if frame.is_null() || (*frame).func.is_null() || (*(*frame).func).type_ != ZEND_USER_FUNCTION as u8 {
            return false;
        }
        matches!(u32::from((*(*frame).opline).opcode), ZEND_DECLARE_CLASS | ZEND_DECLARE_CLASS_DELAYED)
    }
}

type Load = unsafe extern "C" fn(*mut zend_string, *mut zend_string) -> *mut zend_class_entry;

static HOOKS: OnceLock<Hooks> = OnceLock::new();
/// The engine's hook that loads classes.
// SAFETY: a variable of the engine for functions of this type.
static AUTOLOAD: EngineHook<Load> = unsafe { EngineHook::new(&raw mut zend_autoload, load) };

/// At module start-up only; SPL, which is part of PHP, has started.
pub(crate) fn install(hooks: Hooks) {
    if HOOKS.set(hooks).is_ok() {
        AUTOLOAD.install();
    }
}

/// At module shutdown.
pub(crate) fn uninstall() {
    AUTOLOAD.uninstall();
}

unsafe extern "C" fn load(name: *mut zend_string, key: *mut zend_string) -> *mut zend_class_entry {
    errors::throwing(|| load_in_turn(name, key)).unwrap_or(null_mut())
}

fn load_in_turn(name: *mut zend_string, key: *mut zend_string) -> *mut zend_class_entry {
    let (Some(hooks), Some(next)) = (HOOKS.get(), AUTOLOAD.next()) else { return null_mut() };
    // The engine has recorded the name for all coroutines. It tolerates that the name is gone when it removes it.
    // SAFETY: null, or a table; the key is a string.
    unsafe {
        if !(*executor()).in_autoload.is_null() {
            zend_hash_del((*executor()).in_autoload, key);
        }
    }
    // SAFETY: the engine's string, which lives as long as this call.
    let text = unsafe { std::slice::from_raw_parts((&raw const (*key).val).cast::<u8>(), (*key).len) };
    let before = linking();
    replace_linking(before + usize::from(declares()));
    let aside = SavedState::take();
    // A class that the module brings along comes before those of the script's autoloaders.
    let load = || match (hooks.source)(text) {
        Some(source) => evaluate(source, key),
        // SAFETY: with what the engine has passed.
        None => unsafe { next(name, key) },
    };
    let class = protected(hooks, text, load, || find(key));
    aside.put_back();
    replace_linking(before);
    match class {
        Ok(class) => class,
        Err(failure) => {
            failure.settle(&mut undef());
            null_mut()
        }
    }
}

fn protected(
    hooks: &Hooks,
    name: &[u8],
    load: impl FnOnce() -> *mut zend_class_entry,
    find: impl FnOnce() -> *mut zend_class_entry,
) -> Outcome<*mut zend_class_entry> {
    match errors::net(|| (hooks.begin)(name))? {
        BeginResult::Now | BeginResult::Beside => {}
        BeginResult::Already => return Ok(null_mut()),
        BeginResult::ByAnother => return Ok(find()),
    }
    let mut class = null_mut();
    let came_back = caught(|| class = load());
    // After a fatal error no waiter may continue. The work becomes free when the coroutine is gone.
    if !came_back {
        return Err(Failure::Bailout);
    }
    errors::net(|| (hooks.end)(name)).map(|()| class)
}

/// Runs the code of a class, which declares it and does nothing else. It has no variables: without a frame of its own the
/// engine would tie those of the function that runs to a table.
fn evaluate(source: Source, key: *mut zend_string) -> *mut zend_class_entry {
    let code = source.code.trim_start_matches("<?php");
    // SAFETY: the globals are valid on a thread that runs PHP; a fatal error does not come back, and needs no frame.
    let frame = unsafe { std::mem::replace(&mut (*executor()).current_execute_data, null_mut()) };
    // SAFETY: the pointer and the length describe the code, which the engine copies; the name of the file is a C string.
    unsafe { zend_eval_stringl(code.as_ptr().cast(), code.len(), null_mut(), source.file.as_ptr()) };
    // SAFETY: the frame that was running.
    unsafe { (*executor()).current_execute_data = frame };
    find(key)
}

/// A class that another coroutine has loaded, unless it is incomplete.
fn find(key: *mut zend_string) -> *mut zend_class_entry {
    // SAFETY: the table of classes exists while PHP runs.
    let found = unsafe { zend_hash_find((*executor()).class_table, key) };
    if found.is_null() {
        return null_mut();
    }
    // SAFETY: the elements of that table are classes.
    unsafe {
        let class: *mut zend_class_entry = (*found).value.ptr.cast();
        if (*class).ce_flags & ZEND_ACC_LINKED == 0 { null_mut() } else { class }
    }
}

/// Engine state that other coroutines must not see while a class is loaded on behalf of an operation: the pending
/// exception, and the class that is being linked, with its warnings.
struct SavedState {
    exception: *mut zend_object,
    opline: *const zend_op,
    linking: *mut zend_class_entry,
    records: bool,
    errors: (u32, *mut *mut zend_error_info),
}

impl SavedState {
    fn take() -> SavedState {
        let (globals, compiler) = (executor(), compiler());
        // SAFETY: the globals are valid on a thread that runs PHP; they are again what they were in `put_back`.
        unsafe {
            SavedState {
                exception: std::mem::replace(&mut (*globals).prev_exception, null_mut()),
                opline: (*globals).opline_before_exception,
                linking: std::mem::replace(&mut (*compiler).current_linking_class, null_mut()),
                records: std::mem::take(&mut (*globals).record_errors),
                errors: (
                    std::mem::take(&mut (*globals).num_errors),
                    std::mem::replace(&mut (*globals).errors, null_mut()),
                ),
            }
        }
    }

    fn put_back(self) {
        let (globals, compiler) = (executor(), compiler());
        // SAFETY: as in `take`.
        unsafe {
            if !self.exception.is_null() {
                (*globals).prev_exception = self.exception;
                (*globals).opline_before_exception = self.opline;
            }
            (*compiler).current_linking_class = self.linking;
            (*globals).record_errors = self.records;
            (*globals).num_errors = self.errors.0;
            (*globals).errors = self.errors.1;
        }
    }
}
