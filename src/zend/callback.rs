//! Callables that are stored, and calls into PHP.
//!
//! A call reports how it came back. Nothing that needs to be released may be on the Rust stack across a call, except
//! what the caller of [`call`] releases itself after a bailout: the engine's long jump is caught here.

use crate::zend::arrays::Array;
use crate::zend::bindings::*;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::jump::{Call, caught, is_thrown};
use crate::zend::memory;
use crate::zend::values::{IntoValue, Owned, Text, Value, Z_TYPE_FLAGS_SHIFT, share};
use std::ffi::c_char;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ptr::{NonNull, null_mut};

/// A callable with a reference of its own. It was looked up once.
pub(crate) struct Callback {
    value: zval,
    cache: zend_fcall_info_cache,
}

/// The engine's information about a callable. It needs no release, and is valid as long as the callable lives.
#[derive(Clone, Copy)]
pub(crate) struct ResolvedCallable(zend_fcall_info_cache);

impl ResolvedCallable {
    /// Looks `value` up in the scope of the running function.
    pub(crate) fn look_up(value: Value<'_>) -> Result<ResolvedCallable, Reason> {
        match of_object(value) {
            Some(found) => Ok(found),
            None => search(value),
        }
    }
}

/// Why a value is not callable: a text in the engine's memory, or null.
pub(crate) struct Reason(*mut c_char);

impl Reason {
    /// Gives the text to a function of the engine that frees it.
    pub(crate) fn into_raw(self) -> *mut c_char {
        ManuallyDrop::new(self).0
    }
}

impl Drop for Reason {
    fn drop(&mut self) {
        // SAFETY: the text is ours.
        unsafe { memory::free(self.0.cast()) };
    }
}

/// The engine's information about a closure or another invokable object, without the full search.
#[inline]
fn of_object(value: Value<'_>) -> Option<ResolvedCallable> {
    if value.kind() != IS_OBJECT {
        return None;
    }
    // SAFETY: the value is an object, which is alive.
    let object = unsafe { (*value.as_ptr()).value.obj };
    // SAFETY: every object has handlers.
    let get_closure = unsafe { (*(*object).handlers).get_closure }?;
    // SAFETY: all zeroes is an empty cache.
    let mut cache: zend_fcall_info_cache = unsafe { std::mem::zeroed() };
    // SAFETY: the object is alive; the handler fills in the three on success.
    let result = unsafe {
        get_closure(
            object,
            &raw mut cache.calling_scope,
            &raw mut cache.function_handler,
            &raw mut cache.object,
            true,
        )
    };
    cache.called_scope = cache.calling_scope;
    #[cfg(php83)]
    {
        cache.closure = object;
    }
    (result == 0 && !is_trampoline(&cache)).then_some(ResolvedCallable(cache))
}

fn search(value: Value<'_>) -> Result<ResolvedCallable, Reason> {
    let mut info = MaybeUninit::<zend_fcall_info>::zeroed();
    let mut cache = MaybeUninit::<zend_fcall_info_cache>::zeroed();
    let mut reason = std::ptr::null_mut();
    // SAFETY: all pointers are valid; the engine fills `info` and `cache` on success.
    let result = unsafe {
        zend_fcall_info_init(
            value.as_ptr(),
            0,
            info.as_mut_ptr(),
            cache.as_mut_ptr(),
            std::ptr::null_mut(),
            &raw mut reason,
        )
    };
    if result != 0 {
        return Err(Reason(reason));
    }
    // SAFETY: zeroed or filled, both are valid.
    let mut cache = unsafe { cache.assume_init() };
    if is_trampoline(&cache) {
        // The engine makes a function for __call anew for each call; this one would leak.
        // SAFETY: the cache was filled by the engine and is not used afterwards.
        unsafe { zend_release_fcall_info_cache(&raw mut cache) };
        cache.function_handler = std::ptr::null_mut();
    }
    Ok(ResolvedCallable(cache))
}

impl ResolvedCallable {
    /// The function behind a callable. Null when there is none, or when the engine makes one for each call.
    pub(super) fn function(value: Value<'_>) -> *mut zend_function {
        ResolvedCallable::look_up(value).map_or(null_mut(), |ResolvedCallable(cache)| cache.function_handler)
    }
}

/// A copy of a callable `[$object, 'method']` with a reference of the script in it. Otherwise the object could be freed
/// while the callable, or its call, needs it.
fn without_references(value: Value<'_>) -> Option<Owned> {
    Array::of(value)?.without_references().map(Owned::new)
}

impl Callback {
    /// `value`, which was looked up already.
    pub(crate) fn of(value: Value<'_>, ResolvedCallable(cache): ResolvedCallable) -> Callback {
        match without_references(value) {
            None => Callback { value: share(value), cache },
            // It may be another callable by now.
            Some(value) => {
                Callback::find(value.as_value()).unwrap_or_else(|| Callback::unchecked(value.as_value()))
            }
        }
    }

    /// As [`ResolvedCallable::look_up`], with a reference of its own.
    pub(crate) fn find(value: Value<'_>) -> Option<Callback> {
        ResolvedCallable::look_up(value).ok().map(|found| Callback::of(value, found))
    }

    /// `value` without a check: a call throws if it is not callable.
    pub(crate) fn unchecked(value: Value<'_>) -> Callback {
        let value = without_references(value).map_or_else(|| share(value), Owned::into_raw);
        // SAFETY: all zeroes is an empty cache.
        Callback { value, cache: unsafe { std::mem::zeroed() } }
    }

    /// Another reference to the same callable.
    pub(crate) fn share(&self) -> Callback {
        let (_, cache) = self.parts();
        // SAFETY: as an own copy: a structure without Drop, whose functions live as long as the callable.
        let cache = cache.unwrap_or_else(|| unsafe { std::mem::zeroed() });
        // SAFETY: the value is ours and valid.
        let value = unsafe { Value::borrow((&raw const self.value).cast_mut()) };
        Callback { value: value.map_or(undef(), share), cache }
    }

    /// Passes it to the cycle collector.
    pub(crate) fn visit(&self, visitor: &mut Visitor) {
        visitor.value(&raw const self.value);
    }

    /// Calls it with one argument, which the caller keeps alive.
    pub(crate) fn call(&self, argument: zval) -> Call {
        let (function, mut cache) = self.parts();
        call(function, cache.as_mut(), &mut [argument])
    }

    /// Calls it with one argument, or with none.
    pub(crate) fn call_with(&self, argument: Option<Value<'_>>) -> Call {
        let (function, mut cache) = self.parts();
        match argument {
            // SAFETY: a plain copy, whose owner keeps it alive.
            Some(value) => call(function, cache.as_mut(), &mut [unsafe { std::ptr::read(value.as_ptr()) }]),
            None => call(function, cache.as_mut(), &mut []),
        }
    }

    /// Calls it with several arguments.
    pub(crate) fn call_each(&self, arguments: &mut [Owned]) -> Call {
        let (function, mut cache) = self.parts();
        call(function, cache.as_mut(), Owned::as_values(arguments))
    }

    /// Calls it with `first`, which the caller keeps alive, and a text, again and again, until `next` has no text or a call
    /// does not return. What a call needs is prepared once, and the engine's long jump is caught once for all calls.
    #[inline]
    pub(crate) fn call_for_each(&self, first: zval, mut next: impl FnMut() -> Option<Text>) -> Call {
        let (function, mut cache) = self.parts();
        let (mut arguments, mut result, mut has_thrown) = ([first, undef()], undef(), false);
        let second = arguments.as_mut_ptr().wrapping_add(1);
        let mut info = info_of(function, arguments.as_mut_ptr(), 2, &raw mut result);
        let cache = cache.as_mut().map_or(null_mut(), std::ptr::from_mut);
        let came_back = caught(|| {
            while !has_thrown && let Some(text) = next() {
                // SAFETY: the place for a text, which holds none now.
                text.store(unsafe { &mut *second });
                // SAFETY: the structures are complete and valid for the call. It sets `result` first, which holds
                // nothing that needs to be released.
                unsafe { zend_call_function(&raw mut info, cache) };
                // SAFETY: the reference is ours.
                unsafe { release(&raw mut result) };
                // SAFETY: as above.
                unsafe { release(second) };
                // A destructor may have thrown, too.
                has_thrown = is_thrown();
            }
        });
        match (came_back, has_thrown) {
            (false, _) => Call::Bailed,
            (true, true) => Call::Threw,
            (true, false) => Call::Returned,
        }
    }

    /// Calls it without arguments. Returns whether it returned false.
    pub(crate) fn returns_false(&self) -> Result<bool, Call> {
        self.result(&mut [], |value| value.as_bool() == Some(false))
    }

    /// Calls it with one argument. Returns its result as a number.
    pub(crate) fn number(&self, argument: impl IntoValue) -> Result<i64, Call> {
        self.result(&mut [Owned::new(argument)], |value| value.to_int())
    }

    /// Calls it with several arguments. Returns its result.
    pub(crate) fn value(&self, arguments: &mut [Owned]) -> Result<Owned, Call> {
        self.result(arguments, Owned::of)
    }

    /// Calls it, and passes its result to `read`.
    fn result<T>(&self, arguments: &mut [Owned], read: impl FnOnce(Value<'_>) -> T) -> Result<T, Call> {
        let (function, mut cache) = self.parts();
        let mut result = undef();
        let call = call_for(function, cache.as_mut(), Owned::as_values(arguments), &mut result);
        if call == Call::Bailed {
            return Err(call);
        }
        // After an exception the result is undefined, and is not read.
        let result = Owned(result);
        if call == Call::Threw {
            return Err(call);
        }
        let read = read(result.as_value());
        drop(result);
        // A destructor may have thrown, or a conversion.
        if is_thrown() { Err(Call::Threw) } else { Ok(read) }
    }

    /// Plain copies of what a call needs, without references of their own: the callback must outlive the call.
    pub(super) fn parts(&self) -> (zval, Option<zend_fcall_info_cache>) {
        let cached = !self.cache.function_handler.is_null();
        // SAFETY: a structure without Drop.
        let cache = unsafe { std::ptr::read(&raw const self.cache) };
        // SAFETY: as above.
        let function = unsafe { std::ptr::read(&raw const self.value) };
        (function, cached.then_some(cache))
    }
}

impl Drop for Callback {
    fn drop(&mut self) {
        // SAFETY: the reference is ours.
        unsafe { zval_ptr_dtor(&raw mut self.value) };
    }
}

fn is_trampoline(cache: &zend_fcall_info_cache) -> bool {
    let function = cache.function_handler;
    // SAFETY: a function handler that is not null is a function, and all kinds begin with `common`.
    !function.is_null() && unsafe { (*function).common.fn_flags } & ZEND_ACC_CALL_VIA_TRAMPOLINE != 0
}

/// Calls a function by its value. The arguments belong to the caller.
pub(super) fn call(
    function: zval,
    cache: Option<&mut zend_fcall_info_cache>,
    arguments: &mut [zval],
) -> Call {
    let mut result = undef();
    let call = call_for(function, cache, arguments, &mut result);
    if call != Call::Bailed {
        // SAFETY: the engine wrote a value with a reference of ours, or left it undefined.
        unsafe { zval_ptr_dtor(&raw mut result) };
        // A destructor may have thrown.
        if is_thrown() {
            return Call::Threw;
        }
    }
    call
}

/// As [`call`], with the function's result in `result`, which must hold nothing that needs to be released.
pub(super) fn call_for(
    function: zval,
    cache: Option<&mut zend_fcall_info_cache>,
    arguments: &mut [zval],
    result: &mut zval,
) -> Call {
    let count = u32::try_from(arguments.len()).unwrap_or(0);
    let mut info = info_of(function, arguments.as_mut_ptr(), count, result);
    let cache = cache.map_or(std::ptr::null_mut(), std::ptr::from_mut);
    let came_back = caught(|| {
        // SAFETY: the structures are complete and valid for the call.
        unsafe { zend_call_function(&raw mut info, cache) };
    });
    if !came_back {
        return Call::Bailed;
    }
    if is_thrown() { Call::Threw } else { Call::Returned }
}

/// What the engine is told about a call.
fn info_of(function: zval, arguments: *mut zval, count: u32, result: *mut zval) -> zend_fcall_info {
    zend_fcall_info {
        size: size_of::<zend_fcall_info>(),
        function_name: function,
        retval: result,
        params: arguments,
        object: null_mut(),
        param_count: count,
        named_params: null_mut(),
    }
}

/// Releases a value. Most results are null, and need no call of the engine.
///
/// # Safety
/// The value is valid, and its reference is the caller's and not used again.
#[inline]
unsafe fn release(value: *mut zval) {
    // SAFETY: as the caller promises; every value has type information.
    unsafe {
        if (*value).u1.type_info >> Z_TYPE_FLAGS_SHIFT != 0 {
            zval_ptr_dtor(value);
        }
    }
}

/// The name that the engine's messages give to a value that is not a callable.
pub(crate) fn name_of(value: Value<'_>) -> Text {
    // SAFETY: the value is valid; the result is a reference of our own, and never null.
    unsafe { Text::own(NonNull::new_unchecked(zend_get_callable_name(value.as_ptr()))) }
}

/// Calls a function, or a static method, by its name. Returns its result; `None` when there is none of this name.
pub(crate) fn call_by_name<const N: usize>(name: &str, mut arguments: [Owned; N]) -> Outcome<Option<Owned>> {
    let name = Owned::new(name);
    let callback = Callback::find(name.as_value());
    drop(name);
    let Some(callback) = callback else {
        return if is_thrown() { Err(Failure::Thrown) } else { Ok(None) };
    };
    let value = callback.value(&mut arguments);
    drop(callback);
    Ok(Some(value?))
}
