//! Objects with a Rust value in front of the engine's part.

use crate::zend::bindings::*;
use crate::zend::class::{Class, Payload};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::{self, Visitor};
use crate::zend::jump::is_thrown;
use crate::zend::net;
use crate::zend::values::{IntoValue, OBJECT, Owned, Value, bytes_of, share};
use ext_php_rs::ffi::ext_php_rs_zend_object_alloc;
use std::mem::offset_of;
use std::ops::Deref;
use std::ptr::NonNull;

/// The Rust value of a class's objects.
pub(crate) trait PhpClass: std::default::Default + 'static {
    /// The class.
    fn class() -> &'static Class;

    /// Reports every PHP value that this holds to the cycle collector.
    fn visit(&self, visitor: &mut Visitor);

    /// The Rust value of a clone, if the class allows clones.
    fn copy(&self) -> Self {
        Self::default()
    }
}

/// An object in the engine's memory: the Rust value, then the engine's part.
#[repr(C)]
pub(crate) struct Object<T> {
    payload: T,
    standard: zend_object,
}

impl<T: PhpClass> Object<T> {
    const OFFSET: usize = offset_of!(Object<T>, standard);

    /// How the engine handles objects of the class.
    pub(super) const PAYLOAD: Payload = Payload {
        create: Self::create,
        free: Self::free,
        get_gc: Self::get_gc,
        clone: Self::clone,
        destroy: Self::destroy,
        get_method: Self::get_method,
        get_static_method: Self::get_static_method,
        offset: Self::OFFSET as i32,
    };

    unsafe extern "C" fn get_method(
        object: *mut *mut zend_object,
        name: *mut zend_string,
        key: *const zval,
    ) -> *mut zend_function {
        // SAFETY: as the engine has called it; every object has a class.
        let found = unsafe { T::class().addition((**object).ce, name, key) };
        if !found.is_null() {
            return found;
        }
        // SAFETY: the engine's own handlers are complete and constant.
        match unsafe { std_object_handlers }.get_method {
            // SAFETY: as the engine has called it.
            Some(standard) => unsafe { standard(object, name, key) },
            None => std::ptr::null_mut(),
        }
    }

    unsafe extern "C" fn get_static_method(
        class: *mut zend_class_entry,
        name: *mut zend_string,
    ) -> *mut zend_function {
        // SAFETY: as the engine has called it.
        let found = unsafe { T::class().addition(class, name, std::ptr::null()) };
        if found.is_null() {
            // SAFETY: as above.
            return unsafe { zend_std_get_static_method(class, name, std::ptr::null()) };
        }
        found
    }

    unsafe extern "C" fn create(entry: *mut zend_class_entry) -> *mut zend_object {
        // SAFETY: allocates an object of this size with room for the properties of `entry`.
        let memory = unsafe { ext_php_rs_zend_object_alloc(size_of::<Object<T>>(), entry.cast()) };
        let object: *mut Object<T> = memory.cast();
        // SAFETY: the memory is ours; the payload has not been written yet.
        unsafe { (&raw mut (*object).payload).write(T::default()) };
        // SAFETY: the standard part is in the same memory.
        let standard = unsafe { &raw mut (*object).standard };
        // SAFETY: the engine initialises its own part.
        unsafe { zend_object_std_init(standard, entry) };
        // SAFETY: as above; `entry` says which properties there are.
        unsafe { object_properties_init(standard, entry) };
        // SAFETY: written at module start-up, and never freed.
        unsafe { (*standard).handlers = T::class().handlers() };
        standard
    }

    unsafe extern "C" fn free(standard: *mut zend_object) {
        // First, because destructors of what the payload holds must not find the object by a weak reference any more.
        // SAFETY: the engine frees an object of this class once, and releases its own part.
        unsafe { zend_object_std_dtor(standard) };
        // SAFETY: as above.
        let payload = unsafe { Self::payload(standard) };
        // SAFETY: the payload was written by `create` and is not used again.
        net::silent(|| unsafe { std::ptr::drop_in_place(payload) });
    }

    /// Calls a destructor, unless that is the class's own.
    unsafe extern "C" fn destroy(standard: *mut zend_object) {
        // SAFETY: every object has a class; that of ours is registered.
        let (own, ours) = unsafe { ((*(*standard).ce).destructor, (*T::class().entry()).destructor) };
        if !std::ptr::eq(own, ours) {
            // SAFETY: the engine destroys an object that has not been destroyed.
            unsafe { zend_objects_destroy_object(standard) };
        }
    }

    unsafe extern "C" fn clone(original: *mut zend_object) -> *mut zend_object {
        // SAFETY: the engine clones a living object of this class.
        let payload = unsafe { &*Self::payload(original) };
        // SAFETY: as above; every object has a class.
        let standard = unsafe { Self::create((*original).ce) };
        if let Some(copy) = net::silent(|| payload.copy()) {
            // SAFETY: the object was just made, and no other code has it.
            unsafe { *Self::payload(standard) = copy };
        }
        // SAFETY: two objects of one class. Last: it calls the script's `__clone`.
        unsafe { zend_objects_clone_members(standard, original) };
        standard
    }

    unsafe extern "C" fn get_gc(
        standard: *mut zend_object,
        table: *mut *mut zval,
        count: *mut i32,
    ) -> *mut HashTable {
        // SAFETY: the engine asks a living object of this class.
        let payload = unsafe { &*Self::payload(standard) };
        gc::report(standard, table, count, |visitor| {
            net::silent(|| payload.visit(visitor));
        })
    }

    /// # Safety
    /// `standard` is the standard part of an `Object<T>`.
    #[inline(always)]
    unsafe fn payload(standard: *mut zend_object) -> *mut T {
        // SAFETY: the payload begins this many bytes before the standard part.
        unsafe { standard.byte_sub(Self::OFFSET) }.cast()
    }

    /// # Safety
    /// `standard` is the standard part of an `Object<T>` that lives as long as `'c`.
    #[inline(always)]
    pub(crate) unsafe fn this<'c>(standard: *mut zend_object) -> This<'c, T> {
        // SAFETY: as the caller promises.
        let payload = unsafe { &*Self::payload(standard) };
        // SAFETY: an object is never at null.
        let object = unsafe { NonNull::new_unchecked(standard) };
        This { object, payload }
    }
}

/// The object whose method runs: its Rust value, and its properties. The running frame keeps it alive.
pub(crate) struct This<'c, T> {
    object: NonNull<zend_object>,
    payload: &'c T,
}

impl<T> Clone for This<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for This<'_, T> {}

impl<T> Deref for This<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        self.payload
    }
}

impl<'c, T: PhpClass> This<'c, T> {
    pub(super) fn object(self) -> NonNull<zend_object> {
        self.object
    }

    /// Sets a property of our class, including private ones.
    pub(crate) fn set(self, property: &str, value: impl IntoValue) {
        let mut slot = undef();
        value.store(&mut slot);
        self.write(property, &raw mut slot);
        // SAFETY: the property has a reference of its own by now.
        unsafe { zval_ptr_dtor(&raw mut slot) };
    }

    /// A property of our class, including private ones.
    pub(crate) fn get(self, property: &str) -> Owned {
        let mut place = undef();
        let (name, len) = (property.as_ptr().cast(), property.len());
        let (class, object) = (T::class().entry(), self.object.as_ptr());
        // SAFETY: the object is of our class; the pointer and the length describe `property`.
        let found = unsafe { zend_read_property(class, object, name, len, true, &raw mut place) };
        // SAFETY: the value is the property's, or null.
        unsafe { Value::borrow(found) }.map_or_else(|| Owned::new(()), Owned::of)
    }

    /// Sets a property of our class to a PHP value.
    pub(crate) fn set_value(self, property: &str, value: Value<'_>) {
        self.write(property, value.as_ptr());
    }

    fn write(self, property: &str, value: *mut zval) {
        if let Some(place) = self.place_of(property) {
            // SAFETY: the value lives as long as the caller has it.
            let Some(value) = (unsafe { Value::borrow(value) }) else { return };
            let new = share(value);
            // SAFETY: the property takes the new reference over, and gives its own. The rest of the place is the engine's.
            let mut old = unsafe {
                let old = std::ptr::read(place);
                (*place).value = new.value;
                (*place).u1.type_info = new.u1.type_info;
                old
            };
            // Last: it may run a destructor of the script.
            // SAFETY: the reference is ours.
            unsafe { zval_ptr_dtor(&raw mut old) };
            return;
        }
        let (name, len) = (property.as_ptr().cast(), property.len());
        // SAFETY: the object is of our class; the pointer and the length describe `property`.
        unsafe { zend_update_property(T::class().entry(), self.object.as_ptr(), name, len, value) };
    }

    /// The address of a property, if it may be written directly: no subclass has declared it again, it has no type, and it is
    /// neither a reference nor unset.
    fn place_of(self, property: &str) -> Option<*mut zval> {
        let index = T::class().place_of(property)?;
        // SAFETY: every object has a class.
        let (own, ours) = unsafe { ((*self.object.as_ptr()).ce, T::class().entry()) };
        // SAFETY: a class has a table of its properties, and those of its parent come first.
        let (own, ours) =
            unsafe { (*(*own).properties_info_table.add(index), *(*ours).properties_info_table.add(index)) };
        // SAFETY: an object has all properties of its class.
        let place = unsafe { (&raw mut (*self.object.as_ptr()).properties_table).cast::<zval>().add(index) };
        // SAFETY: the property has a description, which lives as long as the class.
        let has_type = own.is_null() || unsafe { (*own).type_.type_mask } != 0;
        // SAFETY: every value has a kind.
        let kind = unsafe { (*place).u1.v.type_ };
        let is_plain = u32::from(kind) != IS_UNDEF && u32::from(kind) != IS_REFERENCE;
        (std::ptr::eq(own, ours) && !has_type && is_plain).then_some(place)
    }

    /// Whether the declared property at `index` equals this number. The index counts from 0 in the order of
    /// declaration.
    #[inline]
    pub(crate) fn is_number(self, index: usize, number: i64) -> bool {
        // SAFETY: an object has all properties of its class, and those of a parent class come first.
        let place = unsafe { (&raw mut (*self.object.as_ptr()).properties_table).cast::<zval>().add(index) };
        // SAFETY: the property stays where it is during the look.
        unsafe { Value::borrow(place) }.and_then(Value::as_int) == Some(number)
    }

    /// The object itself, as a PHP value without a reference of its own.
    pub(crate) fn as_value(self) -> zval {
        let mut value = undef();
        value.value.obj = self.object.as_ptr();
        value.u1.type_info = OBJECT;
        value
    }

    /// A reference to the object.
    pub(crate) fn share(self) -> Owned {
        let mut value = self.as_value();
        // SAFETY: the value lies on the stack for as long as it is looked at; the object is alive.
        unsafe { Value::borrow(&raw mut value) }.map_or_else(|| Owned::new(()), Owned::of)
    }

    /// The name of the object's own class.
    pub(crate) fn class_name(self) -> String {
        // SAFETY: every object has a class.
        let class = unsafe { (*self.object.as_ptr()).ce };
        // SAFETY: every class has a name.
        let name = unsafe { (*class).name };
        NonNull::new(name).map_or_else(String::new, |name| {
            // SAFETY: the class keeps its name.
            String::from_utf8_lossy(unsafe { bytes_of(name) }).into_owned()
        })
    }
}

/// The object in `value`, if its class is that of `T` or a subclass.
pub(crate) fn object_of<T: PhpClass>(value: Value<'_>) -> Option<This<'_, T>> {
    let object = value.as_object()?;
    // SAFETY: every object has handlers; those of a class with payload are its own, and inherited with it.
    let ours = std::ptr::eq(unsafe { (*object.as_ptr()).handlers }, T::class().handlers());
    // SAFETY: the handlers tell that a payload of type T is in front; the value keeps the object alive.
    ours.then(|| unsafe { Object::<T>::this(object.as_ptr()) })
}

/// A new object to return.
pub(crate) struct Instance(zval);

impl Instance {
    /// An object of a class whose constructor takes no arguments and does nothing without them.
    pub(crate) fn plain(class: &'static Class) -> Outcome<Instance> {
        let mut object = undef();
        // SAFETY: the class is registered.
        if unsafe { object_init_ex(&raw mut object, class.entry()) } != 0 {
            return Err(Failure::Thrown);
        }
        Ok(Instance(object))
    }

    /// An object of `T`'s class, set up by `fill` without a call of its constructor.
    pub(crate) fn made<T: PhpClass>(fill: impl FnOnce(This<'_, T>)) -> Outcome<Instance> {
        let instance = Instance::plain(T::class())?;
        // SAFETY: the object was just made, of a class that has a T in front of its objects.
        fill(unsafe { Object::<T>::this(instance.0.value.obj) });
        Ok(instance)
    }

    /// `new Class($argument)`.
    pub(crate) fn of(class: &'static Class, argument: impl IntoValue) -> Outcome<Instance> {
        let (mut object, mut value, mut result) = (undef(), undef(), undef());
        argument.store(&mut value);
        // SAFETY: the class is registered.
        if unsafe { object_init_ex(&raw mut object, class.entry()) } != 0 {
            // SAFETY: the reference is ours.
            unsafe { zval_ptr_dtor(&raw mut value) };
            return Err(Failure::Thrown);
        }
        let instance = Instance(object);
        // SAFETY: the class has a constructor, inherited from a class of the engine.
        let constructor = unsafe { (*class.entry()).constructor };
        // SAFETY: all values are valid for the call.
        unsafe {
            zend_call_known_function(
                constructor,
                instance.0.value.obj,
                class.entry(),
                &raw mut result,
                1,
                &raw mut value,
                std::ptr::null_mut(),
            );
        }
        for slot in [&mut value, &mut result] {
            // SAFETY: the references are ours.
            unsafe { zval_ptr_dtor(slot) };
        }
        if is_thrown() { Err(Failure::Thrown) } else { Ok(instance) }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // SAFETY: the reference is ours.
        unsafe { zval_ptr_dtor(&raw mut self.0) };
    }
}

impl IntoValue for Instance {
    fn store(self, value: &mut zval) {
        // SAFETY: a plain copy; the reference goes with it.
        *value = unsafe { std::ptr::read(&raw const self.0) };
        std::mem::forget(self);
    }
}
