//! Functions of PHP that are replaced where a stack is not the script's own: elsewhere the original is called.
//!
//! Only the handler in the engine's table is exchanged: name, parameters and types stay those of the original. A
//! function that is disabled is not there, and stays so.

use crate::zend::bindings::*;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::frame::{Frame, Slot, raw};
use crate::zend::jump::caught;
use std::sync::OnceLock;

type Handler = unsafe extern "C" fn(*mut zend_execute_data, *mut zval);

/// What a function did before.
pub(crate) struct Original(OnceLock<Handler>);

impl Original {
    pub(crate) const fn unknown() -> Original {
        Original(OnceLock::new())
    }

    /// Calls it with what the engine has passed.
    pub(crate) fn call(&self, frame: &Frame, slot: &Slot) {
        if let Some(original) = self.0.get() {
            // SAFETY: the engine's own function, with what it passed.
            unsafe { original(frame.as_ptr(), slot.as_ptr()) };
        }
    }
}

/// A function to be replaced; made by [`replacement`].
pub(crate) struct Replacement {
    pub(crate) name: &'static str,
    pub(crate) handler: extern "C" fn(Frame, Slot),
    pub(crate) original: &'static Original,
}

/// The function of this signature, replaced by a Rust function whenever `when` says so.
macro_rules! replacement {
    ($name:literal, $text:literal, $when:expr, $handler:expr) => {{
        use $crate::zend::{entry, frame, function_hooks, net, signature};
        const COUNT: usize = signature::count($text);
        const SIGNATURE: signature::Signature<COUNT> = signature::parse($text);
        const _: () = entry::assert_fits(&SIGNATURE, entry::receives_function(&$handler), false);
        static ORIGINAL: function_hooks::Original = function_hooks::Original::unknown();
        extern "C" fn handler(frame: frame::Frame, slot: frame::Slot) {
            if net::silent($when) == Some(true) {
                entry::enter(&frame, &slot, &SIGNATURE, $handler);
            } else {
                ORIGINAL.call(&frame, &slot);
            }
        }
        function_hooks::Replacement { name: $name, handler, original: &ORIGINAL }
    }};
}
pub(crate) use replacement;

/// The function of this name; whenever `when` says so, another one is called with the original and with what the engine has
/// passed.
macro_rules! intercepted {
    ($name:literal, $when:expr, $handler:expr) => {{
        use $crate::zend::{frame, function_hooks, net};
        static ORIGINAL: function_hooks::Original = function_hooks::Original::unknown();
        extern "C" fn handler(frame: frame::Frame, slot: frame::Slot) {
            if net::silent($when) == Some(true) {
                $handler(&ORIGINAL, &frame, &slot);
            } else {
                ORIGINAL.call(&frame, &slot);
            }
        }
        function_hooks::Replacement { name: $name, handler, original: &ORIGINAL }
    }};
}
pub(crate) use intercepted;

/// The function of this name, with something done before and after each call. The former gets the function's first
/// argument when that is a number; when it fails there is no call.
macro_rules! surrounded {
    ($name:literal, $before:expr, $after:expr) => {{
        use $crate::zend::{entry, frame, function_hooks};
        static ORIGINAL: function_hooks::Original = function_hooks::Original::unknown();
        extern "C" fn handler(frame: frame::Frame, slot: frame::Slot) {
            let first = entry::first_number(&frame);
            function_hooks::call_between(&ORIGINAL, &frame, &slot, || $before(first), $after);
        }
        function_hooks::Replacement { name: $name, handler, original: &ORIGINAL }
    }};
}
pub(crate) use surrounded;

/// Calls a function between two others.
pub(crate) fn call_between(
    original: &Original,
    frame: &Frame,
    slot: &Slot,
    before: impl FnOnce() -> Outcome<()>,
    after: fn() -> Outcome<()>,
) {
    if let Err(failure) = errors::net(before) {
        failure.settle(&mut undef());
        return;
    }
    // After a fatal error nothing is to be done any more.
    let came_back = caught(|| original.call(frame, slot));
    if let Err(failure) = if came_back { errors::net(after) } else { Err(Failure::Bailout) } {
        failure.settle(&mut undef());
    }
}

/// An internal function of the engine's table.
pub(super) fn find(name: &str) -> Option<*mut zend_internal_function> {
    // The executor's own pointer to the table is set at the first request only.
    // SAFETY: the compiler's globals are valid from before modules start until after they stop.
    let table = unsafe { (*ext_php_rs::ffi::ext_php_rs_compiler_globals()).function_table };
    // SAFETY: as above; the pointer and the length describe the name.
    let found = unsafe { zend_hash_str_find(table.cast(), name.as_ptr().cast(), name.len()) };
    if found.is_null() {
        return None;
    }
    // SAFETY: the elements of that table are functions.
    let function: *mut zend_internal_function = unsafe { (*found).value.ptr }.cast();
    // SAFETY: all kinds of functions begin with their type.
    (u32::from(unsafe { (*function).type_ }) == ZEND_INTERNAL_FUNCTION).then_some(function)
}

/// Replaces functions. At module start-up only.
pub(crate) fn install(replacements: &[Replacement]) {
    for replacement in replacements {
        let Some(function) = find(replacement.name) else { continue };
        // SAFETY: an internal function; at module start-up nobody calls it.
        if let Some(original) = unsafe { (*function).handler } {
            let _ = replacement.original.0.set(original);
            // SAFETY: as above.
            unsafe { (*function).handler = Some(raw(replacement.handler)) };
        }
    }
}

/// Whether one of these functions is there and replaced.
pub(crate) fn is_any_installed(replacements: &[Replacement]) -> bool {
    replacements.iter().any(|replacement| {
        // SAFETY: an internal function has a handler.
        let handler = find(replacement.name).and_then(|function| unsafe { (*function).handler });
        handler.is_some_and(|handler| handler as usize == raw(replacement.handler) as usize)
    })
}

/// Gives functions back what they did before, unless somebody else has replaced them since. At module shutdown only.
pub(crate) fn restore(replacements: &[Replacement]) {
    for replacement in replacements {
        let (Some(function), Some(original)) = (find(replacement.name), replacement.original.0.get()) else {
            continue;
        };
        // SAFETY: an internal function; at module shutdown nobody calls it.
        let handler = unsafe { &mut (*function).handler };
        if handler.is_some_and(|handler| handler as usize == raw(replacement.handler) as usize) {
            *handler = Some(*original);
        }
    }
}
