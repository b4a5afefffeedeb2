//! PHP values: borrowed from the engine, or owned and released when they go out of scope.

use crate::zend::bindings::*;
use crate::zend::gc::Visitor;
use ext_php_rs::ffi::{ext_php_rs_zend_string_init, ext_php_rs_zend_string_release};
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

/// The type information of a reference-counted string.
pub(super) const STRING: u32 = IS_STRING | (IS_TYPE_REFCOUNTED << Z_TYPE_FLAGS_SHIFT);
pub(super) const OBJECT: u32 = IS_OBJECT | ((IS_TYPE_REFCOUNTED | IS_TYPE_COLLECTABLE) << Z_TYPE_FLAGS_SHIFT);
pub(super) const Z_TYPE_FLAGS_SHIFT: u32 = 8;
pub(super) const IS_TYPE_REFCOUNTED: u32 = 1;
pub(super) const IS_TYPE_COLLECTABLE: u32 = 2;
/// Set on a string or an array that lives as long as the engine and is not reference-counted.
pub(super) const GC_IMMUTABLE: u32 = 1 << 6;

/// A value that the engine owns and keeps for as long as `'v`.
#[derive(Clone, Copy)]
pub(crate) struct Value<'v> {
    pointer: NonNull<zval>,
    lifetime: PhantomData<&'v zval>,
}

impl<'v> Value<'v> {
    /// # Safety
    /// `pointer` is a valid value that is neither freed nor moved during `'v`.
    #[inline(always)]
    pub(crate) unsafe fn borrow(pointer: *mut zval) -> Option<Value<'v>> {
        NonNull::new(pointer).map(|pointer| Value { pointer: follow(pointer), lifetime: PhantomData })
    }

    #[inline(always)]
    pub(crate) fn as_ptr(self) -> *mut zval {
        self.pointer.as_ptr()
    }

    /// The engine's type number (`IS_*`).
    #[inline(always)]
    pub(crate) fn kind(self) -> u32 {
        kind_of(self.pointer.as_ptr())
    }

    /// Whether it is null.
    pub(crate) fn is_null(self) -> bool {
        self.kind() == IS_NULL
    }

    /// Converts as `(int)` does.
    #[inline]
    pub(crate) fn to_int(self) -> i64 {
        // SAFETY: the value is valid.
        self.as_int().unwrap_or_else(|| unsafe { zval_get_long_func(self.as_ptr(), false) })
    }

    /// Converts as `(float)` does.
    #[inline]
    pub(crate) fn to_float(self) -> f64 {
        // SAFETY: the value is valid.
        self.as_float().unwrap_or_else(|| unsafe { zval_get_double_func(self.as_ptr()) })
    }

    /// Converts as `(bool)` does.
    pub(crate) fn to_bool(self) -> bool {
        // SAFETY: the value is valid.
        unsafe { is_true(self.as_ptr()) }
    }

    /// Converts as `(string)` does; `None` when that threw.
    pub(crate) fn to_text(self) -> Option<Text> {
        // SAFETY: the value is valid; the result is a reference of our own.
        let text = unsafe { zval_get_string_func(self.as_ptr()) };
        let text = NonNull::new(text).map(Text);
        // SAFETY: the executor's globals are valid on a thread that runs PHP.
        let thrown = unsafe { !(*executor()).exception.is_null() };
        if thrown { None } else { text }
    }

    /// The object, if it is one.
    pub(crate) fn as_object(self) -> Option<NonNull<zend_object>> {
        if !self.is_object() {
            return None;
        }
        // SAFETY: an object has its pointer in `obj`.
        NonNull::new(unsafe { (*self.as_ptr()).value.obj })
    }

    /// Whether it is an object.
    pub(crate) fn is_object(self) -> bool {
        self.kind() == IS_OBJECT
    }

    /// Whether it is a resource.
    pub(crate) fn is_resource(self) -> bool {
        self.kind() == IS_RESOURCE
    }

    /// The name of its type as in messages: `string`, `int`, the name of a class.
    pub(crate) fn type_name(self) -> String {
        // SAFETY: the engine returns a C string that lives at least as long as the value.
        let name = unsafe { std::ffi::CStr::from_ptr(zend_zval_type_name(self.as_ptr())) };
        name.to_string_lossy().into_owned()
    }

    /// The bytes, if it is a string.
    pub(crate) fn as_bytes(self) -> Option<&'v [u8]> {
        if self.kind() != IS_STRING {
            return None;
        }
        // SAFETY: a string has its pointer in `str_`.
        let text = NonNull::new(unsafe { (*self.as_ptr()).value.str_ });
        // SAFETY: the value keeps its string for as long as `'v`.
        text.map(|text| unsafe { bytes_of(text) })
    }

    /// The number, if it is an int or a float.
    #[allow(clippy::cast_precision_loss, reason = "as PHP converts it")]
    pub(crate) fn as_float(self) -> Option<f64> {
        if self.kind() == IS_DOUBLE {
            // SAFETY: a float has its number in `dval`.
            return Some(unsafe { (*self.as_ptr()).value.dval });
        }
        self.as_int().map(|number| number as f64)
    }

    /// The value, if it is a bool.
    pub(crate) fn as_bool(self) -> Option<bool> {
        match self.kind() {
            IS_TRUE => Some(true),
            IS_FALSE => Some(false),
            _ => None,
        }
    }

    /// The number, if it is an int.
    pub(crate) fn as_int(self) -> Option<i64> {
        // SAFETY: an int has its number in `lval`.
        (self.kind() == IS_LONG).then(|| unsafe { (*self.as_ptr()).value.lval })
    }
}

#[inline(always)]
fn kind_of(value: *const zval) -> u32 {
    // SAFETY: callers pass valid values; every value has a type.
    u32::from(unsafe { (*value).u1.v.type_ })
}

/// The value behind a reference; other values unchanged.
#[inline(always)]
fn follow(pointer: NonNull<zval>) -> NonNull<zval> {
    if kind_of(pointer.as_ptr()) != IS_REFERENCE {
        return pointer;
    }
    // SAFETY: a reference has its pointer in `ref_`.
    let reference = unsafe { (*pointer.as_ptr()).value.ref_ };
    // SAFETY: a reference contains a value; its address is not null.
    unsafe { NonNull::new_unchecked(&raw mut (*reference).val) }
}

/// A string of which we own one reference.
pub(crate) struct Text(NonNull<zend_string>);

impl Text {
    /// A new string with these bytes, in the request's memory.
    #[inline]
    pub(crate) fn new(bytes: &[u8]) -> Text {
        // SAFETY: the pointer and the length describe `bytes`.
        let text = unsafe { ext_php_rs_zend_string_init(bytes.as_ptr().cast(), bytes.len(), false) };
        // SAFETY: the engine ends the request when there is no memory; it never returns null.
        Text(unsafe { NonNull::new_unchecked(text.cast()) })
    }

    /// The engine's interned string with these bytes, which exists until the request ends. Equal literals of the script
    /// are the same string.
    pub(crate) fn interned(bytes: &[u8]) -> Text {
        // SAFETY: the engine sets it before modules start, and never to null.
        let make = unsafe { zend_string_init_interned };
        // SAFETY: the pointer and the length describe `bytes`; it is no string for all requests.
        let text = make.map(|make| unsafe { make(bytes.as_ptr().cast(), bytes.len(), false) });
        text.and_then(NonNull::new).map_or_else(|| Text::new(bytes), Text)
    }

    /// # Safety
    /// One reference of the string is ours.
    #[inline]
    pub(crate) unsafe fn own(string: NonNull<zend_string>) -> Text {
        Text(string)
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        // SAFETY: our reference keeps the string.
        unsafe { bytes_of(self.0) }
    }

    pub(super) fn as_ptr(&self) -> *mut zend_string {
        self.0.as_ptr()
    }

    /// Gives our reference away.
    pub(super) fn into_raw(self) -> *mut zend_string {
        let text = self.0.as_ptr();
        std::mem::forget(self);
        text
    }

    /// Gives our reference away, as a value.
    #[inline]
    fn into_value(self, value: &mut zval) {
        let text = self.into_raw();
        // SAFETY: the string is valid.
        let flags = unsafe { (*text).gc.u.type_info };
        value.value.str_ = text;
        value.u1.type_info = if flags & GC_IMMUTABLE != 0 { IS_STRING } else { STRING };
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        // SAFETY: we own one reference.
        unsafe { ext_php_rs_zend_string_release(self.0.as_ptr().cast()) };
    }
}

/// The bytes of a string.
///
/// # Safety
/// The string is kept for as long as `'v`, and not written to.
#[inline(always)]
pub(super) unsafe fn bytes_of<'v>(text: NonNull<zend_string>) -> &'v [u8] {
    let text = text.as_ptr();
    // SAFETY: as the caller promises, the string is alive.
    let len = unsafe { (*text).len };
    // SAFETY: the bytes begin at `val`; only the address is taken.
    let first = unsafe { &raw const (*text).val };
    // SAFETY: there are `len` of them.
    unsafe { std::slice::from_raw_parts(first.cast(), len) }
}

/// A Rust value that can be returned to PHP or stored in an array.
pub(crate) trait IntoValue {
    /// Writes it to `value`, which must hold nothing that needs to be released.
    fn store(self, value: &mut zval);
}

impl IntoValue for () {
    #[inline(always)]
    fn store(self, value: &mut zval) {
        value.u1.type_info = IS_NULL;
    }
}

impl IntoValue for bool {
    #[inline(always)]
    fn store(self, value: &mut zval) {
        value.u1.type_info = if self { IS_TRUE } else { IS_FALSE };
    }
}

impl IntoValue for i64 {
    #[inline(always)]
    fn store(self, value: &mut zval) {
        value.value.lval = self;
        value.u1.type_info = IS_LONG;
    }
}

impl IntoValue for f64 {
    fn store(self, value: &mut zval) {
        value.value.dval = self;
        value.u1.type_info = IS_DOUBLE;
    }
}

impl IntoValue for i32 {
    #[inline(always)]
    fn store(self, value: &mut zval) {
        i64::from(self).store(value);
    }
}

impl IntoValue for Text {
    #[inline(always)]
    fn store(self, value: &mut zval) {
        self.into_value(value);
    }
}

impl IntoValue for &str {
    fn store(self, value: &mut zval) {
        Text::new(self.as_bytes()).into_value(value);
    }
}

impl IntoValue for String {
    fn store(self, value: &mut zval) {
        self.as_str().store(value);
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    /// `None` is null.
    #[inline(always)]
    fn store(self, value: &mut zval) {
        match self {
            Some(inner) => inner.store(value),
            None => ().store(value),
        }
    }
}

/// A value with a reference of our own.
#[repr(transparent)]
pub(crate) struct Owned(pub(super) zval);

impl Owned {
    /// A new reference to `value`.
    pub(crate) fn of(value: Value<'_>) -> Owned {
        Owned(share(value))
    }

    /// A PHP value made of `value`.
    pub(crate) fn new(value: impl IntoValue) -> Owned {
        let mut slot = undef();
        value.store(&mut slot);
        Owned(slot)
    }

    /// Another reference to the same value.
    pub(crate) fn share(&self) -> Owned {
        Owned(share(self.as_value()))
    }

    /// A new reference to an object.
    pub(super) fn of_object(object: *mut zend_object) -> Owned {
        let mut value = undef();
        value.value.obj = object;
        value.u1.type_info = OBJECT;
        // SAFETY: the object is alive, as the caller's copy of it is.
        let value = unsafe { Value::borrow(&raw mut value) };
        Owned(value.map_or(undef(), share))
    }

    /// Gives the reference to the caller.
    pub(super) fn into_raw(self) -> zval {
        let kept = ManuallyDrop::new(self);
        // SAFETY: read once, from what is not dropped.
        unsafe { std::ptr::read(&raw const kept.0) }
    }

    /// Passes it to the cycle collector.
    pub(crate) fn visit(&self, visitor: &mut Visitor) {
        visitor.value(&raw const self.0);
    }

    /// The value.
    pub(crate) fn as_value(&self) -> Value<'_> {
        Value { pointer: follow(NonNull::from(&self.0)), lifetime: PhantomData }
    }

    /// Where the engine writes a new value. The current value must hold nothing that needs to be released.
    pub(super) fn as_mut_ptr(&mut self) -> *mut zval {
        &raw mut self.0
    }

    /// Several values as the arguments of a call: the engine reads them.
    pub(super) fn as_values(several: &mut [Owned]) -> &mut [zval] {
        let several: *mut [Owned] = several;
        // SAFETY: the type is transparent over zval.
        unsafe { &mut *(several as *mut [zval]) }
    }
}

impl IntoValue for Owned {
    fn store(self, value: &mut zval) {
        // SAFETY: a plain copy; the reference goes with it.
        *value = unsafe { std::ptr::read(&raw const self.0) };
        std::mem::forget(self);
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: the reference is ours.
        unsafe { zval_ptr_dtor(&raw mut self.0) };
    }
}

/// A copy of `value` with a reference of its own.
pub(crate) fn share(value: Value<'_>) -> zval {
    // SAFETY: the value is valid; the copy counts itself below.
    let copy = unsafe { std::ptr::read(value.as_ptr()) };
    // SAFETY: every value has type information.
    let info = unsafe { copy.u1.type_info };
    if info >> Z_TYPE_FLAGS_SHIFT & IS_TYPE_REFCOUNTED != 0 {
        // SAFETY: a counted value has its pointer in `counted`.
        let counted = unsafe { copy.value.counted };
        // SAFETY: it is alive, for `value` holds a reference.
        unsafe { (*counted).gc.refcount += 1 };
    }
    copy
}
