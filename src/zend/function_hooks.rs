//! Function hooks: replaced handlers of PHP functions. A hook decides when it calls the original handler.
//!
//! Only the handler in the engine's table is replaced: name, parameters and types stay those of the original. A
//! disabled function is not in the table, and stays disabled.

use crate::zend::arguments::{Arguments, Reference};
use crate::zend::bindings::*;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::frame::{Frame, Slot, raw};
use crate::zend::jump::caught;
use crate::zend::values::{IntoValue, Value};
use std::sync::OnceLock;

type Handler = unsafe extern "C" fn(*mut zend_execute_data, *mut zval);

/// The original handler of a function.
pub(crate) struct Original(OnceLock<Handler>);

impl Original {
    pub(crate) const fn unknown() -> Original {
        Original(OnceLock::new())
    }

    /// Calls the handler with the arguments of the engine.
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

/// Replaces the function of this name: whenever `when` returns true, another function is called with the original
/// handler and the arguments of the engine.
macro_rules! intercepted {
    ($name:literal, $when:expr, $handler:expr) => {{
        use $crate::zend::{frame, function_hooks, net};
        static ORIGINAL: function_hooks::Original = function_hooks::Original::unknown();
        extern "C" fn handler(frame: frame::Frame, slot: frame::Slot) {
            if net::silent($when) == Some(true) {
                let handle: fn(&function_hooks::Original, &frame::Frame, &frame::Slot) = $handler;
                handle(&ORIGINAL, &frame, &slot);
            } else {
                ORIGINAL.call(&frame, &slot);
            }
        }
        function_hooks::Replacement { name: $name, handler, original: &ORIGINAL }
    }};
}
pub(crate) use intercepted;

/// Replaces the function of this signature by a Rust function, whenever `when` returns true.
macro_rules! replacement {
    ($name:literal, $text:literal, $when:expr, $handler:expr) => {{
        use $crate::zend::{entry, function_hooks, signature};
        const COUNT: usize = signature::count($text);
        const SIGNATURE: signature::Signature<COUNT> = signature::parse($text);
        const _: () = entry::assert_fits(&SIGNATURE, entry::receives_function(&$handler), false);
        function_hooks::intercepted!($name, $when, |_, frame, slot| {
            entry::enter(frame, slot, &SIGNATURE, $handler);
        })
    }};
}
pub(crate) use replacement;

/// Replaces the function of this name by our handler, whenever `when` returns true ([`Call`]).
macro_rules! handled {
    ($name:literal, $when:expr, $handler:expr) => {
        $crate::zend::function_hooks::intercepted!($name, $when, |original, frame, slot| {
            $crate::zend::function_hooks::Call::run(original, frame, slot, $handler);
        })
    };
}
pub(crate) use handled;

/// Calls a function before each call of the function of this name, whenever `when` returns true. It gets the arguments
/// as they were passed. If it fails, or has a result for the script, the original is not called.
macro_rules! preceded {
    ($name:literal, $when:expr, $before:expr) => {
        $crate::zend::function_hooks::intercepted!($name, $when, |original, frame, slot| {
            $crate::zend::function_hooks::call_after(original, frame, slot, $before);
        })
    };
}
pub(crate) use preceded;

/// Calls functions before and after each call of the function of this name. The former gets the first argument if that
/// is a number; if it fails, the original is not called.
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

/// A call of a replaced function: our handler decides when, and how often, the original runs.
pub(crate) struct Call<'c> {
    original: &'c Original,
    frame: &'c Frame,
    slot: &'c Slot,
}

impl<'c> Call<'c> {
    /// Runs a handler in place of a function.
    pub(crate) fn run(
        original: &'c Original,
        frame: &'c Frame,
        slot: &'c Slot,
        handler: fn(&Call<'_>) -> Outcome<()>,
    ) {
        let call = Call { original, frame, slot };
        if let Err(failure) = errors::net(|| handler(&call)) {
            // The original may have returned a value, although a callback has thrown.
            // SAFETY: the engine passes a valid slot.
            unsafe { zval_ptr_dtor(slot.as_ptr()) };
            // SAFETY: as above; what it held is released.
            failure.settle(unsafe { &mut *slot.as_ptr() });
        }
    }

    /// The argument at `index`, from 0, as it was passed.
    pub(crate) fn argument(&self, index: usize) -> Option<Value<'_>> {
        Arguments::passed(self.frame).value(index)
    }

    /// Sets the variable at `index`, from 0, if the argument is passed by reference.
    pub(crate) fn assign(&self, index: usize, value: impl IntoValue) -> Outcome<()> {
        match Arguments::passed(self.frame).reference(index) {
            Ok(reference) => reference.assign(value),
            Err(_) => Ok(()),
        }
    }

    /// Whether the argument at `index`, from 0, is passed by reference.
    pub(crate) fn is_variable(&self, index: usize) -> bool {
        Arguments::passed(self.frame).reference(index).is_ok_and(Reference::is_variable)
    }

    /// Replaces an argument. The old value is released.
    pub(crate) fn set_argument(&self, index: usize, value: impl IntoValue) {
        if let Some(place) = Arguments::passed(self.frame).slot(index) {
            // SAFETY: an argument is a valid value.
            unsafe { zval_ptr_dtor(place) };
            // SAFETY: as above; what it was is released.
            value.store(unsafe { &mut *place });
        }
    }

    /// Runs the original. Its result becomes the result of the call, unless it runs again, or [`Call::give`] sets
    /// another one.
    pub(crate) fn original(&self) -> Outcome<()> {
        errors::checked(|| self.original.call(self.frame, self.slot))
    }

    /// The result of the original.
    pub(crate) fn result(&self) -> Option<Value<'_>> {
        // SAFETY: the engine passes a valid slot.
        unsafe { Value::borrow(self.slot.as_ptr()) }
    }

    /// Sets the result of the call. The result of the original must be a simple value.
    pub(crate) fn give(&self, value: impl IntoValue) {
        // SAFETY: the engine passes a valid slot; simple values need not be released.
        value.store(unsafe { &mut *self.slot.as_ptr() });
    }
}

/// Calls a function after another one.
pub(crate) fn call_after<R: IntoValue>(
    original: &Original,
    frame: &Frame,
    slot: &Slot,
    before: impl FnOnce(Arguments<'_>) -> Outcome<Option<R>>,
) {
    match errors::net(|| before(Arguments::passed(frame))) {
        Ok(None) => original.call(frame, slot),
        // SAFETY: the engine passes a valid slot that holds nothing to be released.
        Ok(Some(result)) => result.store(unsafe { &mut *slot.as_ptr() }),
        // SAFETY: as above.
        Err(failure) => failure.settle(unsafe { &mut *slot.as_ptr() }),
    }
}

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
    // After a fatal error nothing more is called.
    let came_back = caught(|| original.call(frame, slot));
    if let Err(failure) = if came_back { errors::net(after) } else { Err(Failure::Bailout) } {
        failure.settle(&mut undef());
    }
}

/// An internal function of the engine's table.
pub(super) fn find(name: &str) -> Option<*mut zend_internal_function> {
    // The executor's own pointer to the table is set only at the first request.
    // SAFETY: the compiler's globals are valid from before modules start until after they stop.
    let table = unsafe { (*compiler()).function_table };
    // SAFETY: as above; the pointer and the length describe the name.
    let found = unsafe { zend_hash_str_find(table, name.as_ptr().cast(), name.len()) };
    if found.is_null() {
        return None;
    }
    // SAFETY: the elements of that table are functions.
    let function: *mut zend_internal_function = unsafe { (*found).value.ptr }.cast();
    // SAFETY: all kinds of functions begin with their type.
    (u32::from(unsafe { (*function).type_ }) == ZEND_INTERNAL_FUNCTION).then_some(function)
}

/// Replaces functions. At module start-up only.
#[cold]
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

/// Whether one of these functions exists and is replaced.
pub(crate) fn is_any_installed(replacements: &[Replacement]) -> bool {
    replacements.iter().any(|replacement| {
        // SAFETY: an internal function has a handler.
        let handler = find(replacement.name).and_then(|function| unsafe { (*function).handler });
        handler.is_some_and(|handler| handler as usize == raw(replacement.handler) as usize)
    })
}

/// Restores the original handlers, unless other code has replaced them since. At module shutdown only.
#[cold]
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
