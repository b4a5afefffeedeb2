//! Classes: their declaration, and objects with a Rust value in front.

use crate::zend::bindings::*;
use crate::zend::errors::{Failure, Outcome, is_thrown};
use crate::zend::gc::{self, Visitor};
use crate::zend::values::{IntoValue, Owned, Value};
use ext_php_rs::ffi::ext_php_rs_zend_object_alloc;
use std::cell::UnsafeCell;
use std::ffi::{CStr, c_char, c_void};
use std::mem::{MaybeUninit, offset_of};
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, Ordering};

/// A declared property, null by default.
pub(crate) struct Property {
    name: &'static str,
    flags: u32,
    default: Initial,
}

/// The value that a property begins with.
#[derive(Clone, Copy)]
pub(crate) enum Initial {
    Null,
    Int(i64),
    Bool(bool),
    EmptyText,
    EmptyArray,
}

impl Property {
    pub(crate) const fn public(name: &'static str) -> Property {
        Property { name, flags: ZEND_ACC_PUBLIC, default: Initial::Null }
    }

    pub(crate) const fn protected(name: &'static str) -> Property {
        Property { name, flags: ZEND_ACC_PROTECTED, default: Initial::Null }
    }

    pub(crate) const fn private(name: &'static str) -> Property {
        Property { name, flags: ZEND_ACC_PRIVATE, default: Initial::Null }
    }

    /// It belongs to the class, not to objects.
    pub(crate) const fn shared(mut self) -> Property {
        self.flags |= ZEND_ACC_STATIC;
        self
    }

    /// Reflection says that scripts only read it. For one without a type the engine does not see to that.
    pub(crate) const fn readonly(mut self) -> Property {
        self.flags |= ZEND_ACC_READONLY;
        self
    }

    /// It begins with this value.
    pub(crate) const fn default(mut self, value: Initial) -> Property {
        self.default = value;
        self
    }
}

/// What a class extends.
#[derive(Clone, Copy)]
pub(crate) enum Parent {
    Nothing,
    /// PHP's `Exception`.
    Exception,
    /// PHP's `Error`.
    Error,
    /// SPL's `ArrayIterator`.
    ArrayIterator,
    /// SPL's `ArrayObject`.
    ArrayObject,
    /// A class of ours that was registered before.
    Ours(&'static Class),
}

/// The declaration of a class, and what the engine made of it.
pub(crate) struct Class {
    name: &'static str,
    parent: Parent,
    flags: u32,
    constants: &'static [(&'static str, i64)],
    properties: &'static [Property],
    methods: &'static [zend_function_entry],
    payload: Option<Payload>,
    instantiable: bool,
    entry: AtomicPtr<zend_class_entry>,
    handlers: Handlers,
}

/// How objects with a Rust value are made and handled.
#[derive(Clone, Copy)]
struct Payload {
    create: unsafe extern "C" fn(*mut zend_class_entry) -> *mut zend_object,
    free: unsafe extern "C" fn(*mut zend_object),
    get_gc: unsafe extern "C" fn(*mut zend_object, *mut *mut zval, *mut i32) -> *mut HashTable,
    offset: i32,
}

struct Handlers(UnsafeCell<MaybeUninit<zend_object_handlers>>);

// SAFETY: written once, at module start-up, before any object exists; the tables are never written.
unsafe impl Sync for Class {}

impl Class {
    /// A class of this name that extends nothing.
    pub(crate) const fn new(name: &'static str) -> Class {
        Class {
            name,
            parent: Parent::Nothing,
            flags: 0,
            constants: &[],
            properties: &[],
            methods: &NO_METHODS.0,
            payload: None,
            instantiable: true,
            entry: AtomicPtr::new(std::ptr::null_mut()),
            handlers: Handlers(UnsafeCell::new(MaybeUninit::uninit())),
        }
    }

    /// It extends this.
    pub(crate) const fn extends(mut self, parent: Parent) -> Class {
        self.parent = parent;
        self
    }

    /// Its objects cannot be serialised.
    pub(crate) const fn not_serializable(mut self) -> Class {
        self.flags |= ZEND_ACC_NOT_SERIALIZABLE;
        self
    }

    /// It cannot be extended.
    pub(crate) const fn not_extensible(mut self) -> Class {
        self.flags |= ZEND_ACC_FINAL;
        self
    }

    /// Its integer constants.
    pub(crate) const fn constants(mut self, constants: &'static [(&'static str, i64)]) -> Class {
        self.constants = constants;
        self
    }

    /// Its properties, in the order in which `var_dump` shows them.
    pub(crate) const fn properties(mut self, properties: &'static [Property]) -> Class {
        self.properties = properties;
        self
    }

    /// Its methods.
    pub(crate) const fn methods<const N: usize>(
        mut self,
        methods: &'static Table<[zend_function_entry; N]>,
    ) -> Class {
        self.methods = &methods.0;
        self
    }

    /// It has no objects: `new` throws.
    pub(crate) const fn not_instantiable(mut self) -> Class {
        self.instantiable = false;
        self
    }

    /// Its objects have a `T` in front, and cannot be cloned; declared properties cannot be unset.
    pub(crate) const fn objects<T: PhpClass>(mut self) -> Class {
        self.payload = Some(Payload {
            create: Object::<T>::create,
            free: Object::<T>::free,
            get_gc: Object::<T>::get_gc,
            offset: Object::<T>::OFFSET as i32,
        });
        self
    }

    /// The engine's class; null before it was registered.
    pub(crate) fn entry(&self) -> *mut zend_class_entry {
        self.entry.load(Ordering::Relaxed)
    }

    /// Its name.
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    /// The name of a property by its place among those that it declares.
    pub(super) fn property(&self, place: usize) -> &'static str {
        self.properties.get(place).map_or("", |property| property.name)
    }

    /// Gives it another name. At module start-up only, after it was registered.
    pub(crate) fn alias(&self, name: &str) {
        let (text, len) = (name.as_ptr().cast(), name.len());
        // SAFETY: the class is registered; the pointer and the length describe the name, which is copied.
        unsafe { zend_register_class_alias_ex(text, len, self.entry(), true) };
    }

    /// Throws an object of this class of exceptions, once `fill` has seen it.
    pub(crate) fn throw<T: PhpClass>(&self, message: &CStr, fill: impl FnOnce(This<'_, T>)) {
        const { assert!(size_of::<T>() == 0, "an exception has nothing of ours in front") };
        // SAFETY: the class is registered and an exception; the engine keeps the object alive.
        let object = unsafe { zend_throw_exception(self.entry(), message.as_ptr(), 0) };
        if !object.is_null() {
            // SAFETY: a value without size can be anywhere.
            fill(unsafe { Object::<T>::this(object) });
        }
    }

    /// Registers it. At module start-up only.
    pub(crate) fn register(&'static self) {
        let mut template = MaybeUninit::<zend_class_entry>::zeroed();
        let name = interned(self.name);
        let declaration = template.as_mut_ptr();
        // SAFETY: `declaration` is a zeroed class entry, which is what INIT_CLASS_ENTRY begins with.
        unsafe { (*declaration).name = name };
        // SAFETY: as above; the table of methods is static and ends with an empty entry.
        unsafe { (*declaration).info.internal.builtin_functions = self.methods.as_ptr() };
        let parent = match self.parent {
            Parent::Nothing => std::ptr::null_mut(),
            // SAFETY: the engine registers its own classes before it starts modules.
            Parent::Exception => unsafe { zend_ce_exception },
            // SAFETY: as above.
            Parent::Error => unsafe { zend_ce_error },
            // SAFETY: SPL is part of PHP and started before other modules.
            Parent::ArrayIterator => unsafe { spl_ce_ArrayIterator },
            // SAFETY: as above.
            Parent::ArrayObject => unsafe { spl_ce_ArrayObject },
            Parent::Ours(class) => class.entry(),
        };
        // SAFETY: the declaration is complete; the engine copies it.
        let entry = unsafe { zend_register_internal_class_ex(declaration, parent) };
        self.entry.store(entry, Ordering::Relaxed);
        // SAFETY: the entry was just registered and no object exists yet.
        unsafe { (*entry).ce_flags |= self.flags };
        self.declare_members(entry);
        if let Some(payload) = self.payload {
            self.install(payload, entry);
        }
        if !self.instantiable {
            // SAFETY: the entry was just registered.
            unsafe { (*entry).__bindgen_anon_2.create_object = Some(refuse_object) };
        }
    }

    fn declare_members(&self, entry: *mut zend_class_entry) {
        for (name, value) in self.constants {
            // SAFETY: the class is being registered; the pointer and the length describe `name`.
            unsafe { zend_declare_class_constant_long(entry, name.as_ptr().cast(), name.len(), *value) };
        }
        for property in self.properties {
            let (name, len) = (property.name.as_ptr().cast(), property.name.len());
            let flags = property.flags as i32;
            // SAFETY: as above, for `property.name`.
            unsafe {
                match property.default {
                    Initial::Null => zend_declare_property_null(entry, name, len, flags),
                    Initial::Int(number) => zend_declare_property_long(entry, name, len, number, flags),
                    Initial::Bool(truth) => {
                        zend_declare_property_bool(entry, name, len, i64::from(truth), flags);
                    }
                    Initial::EmptyText => {
                        zend_declare_property_string(entry, name, len, c"".as_ptr(), flags);
                    }
                    Initial::EmptyArray => {
                        let mut value = undef();
                        value.value.arr = (&raw const zend_empty_array).cast_mut();
                        value.u1.type_info = IS_ARRAY;
                        zend_declare_property(entry, name, len, &raw mut value, flags);
                    }
                }
            }
        }
    }

    fn install(&'static self, payload: Payload, entry: *mut zend_class_entry) {
        // SAFETY: the engine's own handlers are complete and constant.
        let mut handlers = unsafe { std::ptr::read(&raw const std_object_handlers) };
        handlers.offset = payload.offset;
        handlers.free_obj = Some(payload.free);
        handlers.clone_obj = None;
        handlers.get_gc = Some(payload.get_gc);
        handlers.unset_property = Some(unset_property);
        let place: *mut MaybeUninit<zend_object_handlers> = self.handlers.0.get();
        // SAFETY: at module start-up nobody else looks at it.
        unsafe { (*place).write(handlers) };
        // SAFETY: the entry was just registered; classes that extend it inherit the function.
        unsafe { (*entry).__bindgen_anon_2.create_object = Some(payload.create) };
    }
}

fn interned(text: &str) -> *mut zend_string {
    // SAFETY: the engine sets this function before it starts modules.
    let make = unsafe { zend_string_init_interned };
    // SAFETY: the pointer and the length describe `text`; the string lives as long as PHP.
    make.map_or(std::ptr::null_mut(), |make| unsafe { make(text.as_ptr().cast(), text.len(), true) })
}

/// The Rust value of a class's objects.
pub(crate) trait PhpClass: std::default::Default + 'static {
    /// The class.
    fn class() -> &'static Class;

    /// Shows the garbage collector every PHP value that this holds.
    fn visit(&self, visitor: &mut Visitor);
}

/// An object in the engine's memory: the Rust value, then what the engine knows.
#[repr(C)]
pub(crate) struct Object<T> {
    payload: T,
    standard: zend_object,
}

impl<T: PhpClass> Object<T> {
    const OFFSET: usize = offset_of!(Object<T>, standard);

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
        // SAFETY: written at module start-up, and static.
        unsafe { (*standard).handlers = T::class().handlers.0.get().cast() };
        standard
    }

    unsafe extern "C" fn free(standard: *mut zend_object) {
        // First: destructors of what the payload holds must not find the object by a weak reference any more.
        // SAFETY: the engine frees an object of this class once, and releases its own part.
        unsafe { zend_object_std_dtor(standard) };
        // SAFETY: as above.
        let payload = unsafe { Self::payload(standard) };
        // A panic while something is released has nowhere to go.
        // SAFETY: the payload was written by `create` and is not used again.
        let _ = catch_unwind(AssertUnwindSafe(|| unsafe { std::ptr::drop_in_place(payload) }));
    }

    unsafe extern "C" fn get_gc(
        standard: *mut zend_object,
        table: *mut *mut zval,
        count: *mut i32,
    ) -> *mut HashTable {
        // SAFETY: the engine asks a living object of this class.
        let payload = unsafe { &*Self::payload(standard) };
        gc::report(standard, table, count, |visitor| payload.visit(visitor))
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

    /// Sets a property of our class, private ones too.
    pub(crate) fn set(self, property: &str, value: impl IntoValue) {
        let mut slot = undef();
        value.store(&mut slot);
        self.write(property, &raw mut slot);
        // SAFETY: the property has a reference of its own by now.
        unsafe { zval_ptr_dtor(&raw mut slot) };
    }

    /// A property of our class, private ones too.
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
        let (name, len) = (property.as_ptr().cast(), property.len());
        // SAFETY: the object is of our class; the pointer and the length describe `property`.
        unsafe { zend_update_property(T::class().entry(), self.object.as_ptr(), name, len, value) };
    }

    /// Whether the declared property at `index`, from 0 in the order of the class's properties, is this number.
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
        value.u1.type_info = IS_OBJECT | (3 << 8);
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
            String::from_utf8_lossy(crate::zend::values::bytes_of(name)).into_owned()
        })
    }
}

/// `new` of a class without objects: an error, and the object that the engine insists on.
unsafe extern "C" fn refuse_object(entry: *mut zend_class_entry) -> *mut zend_object {
    // SAFETY: every class has a name.
    let name = unsafe { (*entry).name };
    let format = c"The object of %s can not be created for security reasons";
    // SAFETY: throws; the name is a C string.
    unsafe {
        zend_throw_error(std::ptr::null_mut(), format.as_ptr(), (&raw const (*name).val).cast::<c_char>());
    }
    // SAFETY: makes a plain object of the class.
    let object = unsafe { zend_objects_new(entry) };
    // A subclass may have declared properties, which are garbage until they have their defaults.
    // SAFETY: the object is new, and of this class.
    unsafe { object_properties_init(object, entry) };
    // SAFETY: the object is new; the handlers are static. `new` must not go on to the constructor of a subclass.
    unsafe { (*object).handlers = refused() };
    object
}

/// Handlers of objects that must not be: they have no constructor.
fn refused() -> *const zend_object_handlers {
    static HANDLERS: OnceLock<Refused> = OnceLock::new();
    unsafe extern "C" fn no_constructor(_object: *mut zend_object) -> *mut zend_function {
        std::ptr::null_mut()
    }
    let handlers = HANDLERS.get_or_init(|| {
        // SAFETY: the engine's own handlers are complete and constant.
        let mut handlers = unsafe { std::ptr::read(&raw const std_object_handlers) };
        handlers.get_constructor = Some(no_constructor);
        Refused(handlers)
    });
    &raw const handlers.0
}

struct Refused(zend_object_handlers);

// SAFETY: pointers to functions, never written after they are set.
unsafe impl Sync for Refused {}

// SAFETY: as above.
unsafe impl Send for Refused {}

/// The object in `value`, when it is one of `T`'s class or a subclass.
pub(crate) fn object_of<T: PhpClass>(value: Value<'_>) -> Option<This<'_, T>> {
    let object = value.as_object()?;
    // SAFETY: every object has handlers; those of a class with payload are its own, and inherited with it.
    let ours = std::ptr::eq(unsafe { (*object.as_ptr()).handlers }, T::class().handlers.0.get().cast());
    // SAFETY: the handlers tell that a payload of type T is in front; the value keeps the object alive.
    ours.then(|| unsafe { Object::<T>::this(object.as_ptr()) })
}

/// A new object to return.
pub(crate) struct Instance(zval);

impl Instance {
    /// An object of a class whose constructor takes nothing, and does nothing then.
    pub(crate) fn plain(class: &'static Class) -> Outcome<Instance> {
        let mut object = undef();
        // SAFETY: the class is registered.
        if unsafe { object_init_ex(&raw mut object, class.entry()) } != 0 {
            return Err(Failure::Thrown);
        }
        Ok(Instance(object))
    }

    /// An object of `T`'s class that no constructor has run for, once `fill` has seen it.
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

/// Declared properties of our classes stay: `unset` of one throws, as in Swoole.
unsafe extern "C" fn unset_property(
    object: *mut zend_object,
    name: *mut zend_string,
    cache: *mut *mut c_void,
) {
    // SAFETY: the engine passes a living object.
    let class = unsafe { (*object).ce };
    // SAFETY: every class has a table of properties; a name ends with NUL and has `len` bytes.
    let found = unsafe {
        zend_hash_str_find(&raw mut (*class).properties_info, (&raw const (*name).val).cast(), (*name).len)
    };
    // SAFETY: the elements of that table are pointers to property information.
    let info = NonNull::new(found).and_then(|found| NonNull::new(unsafe { (*found.as_ptr()).value.ptr }));
    // SAFETY: property information names the class that declared it.
    let declared_by = info.map(|info| unsafe { (*info.as_ptr().cast::<zend_property_info>()).ce });
    // SAFETY: classes outlive their property information.
    let ours = declared_by.is_some_and(|class| unsafe { (*class).type_ } == ZEND_INTERNAL_CLASS as c_char);
    if ours {
        // SAFETY: throws; both names are C strings.
        unsafe {
            zend_throw_error(
                std::ptr::null_mut(),
                c"Property %s of class %s cannot be unset".as_ptr(),
                (&raw const (*name).val).cast::<c_char>(),
                (&raw const (*(*class).name).val).cast::<c_char>(),
            );
        }
        return;
    }
    // SAFETY: the engine's own handler, with what the engine passed.
    unsafe { zend_std_unset_property(object, name, cache) };
}

static NO_METHODS: Table<[zend_function_entry; 1]> = Table([END]);

/// The end of a table of functions.
pub(crate) const END: zend_function_entry = {
    // SAFETY: all zeroes is the end marker.
    unsafe { std::mem::zeroed() }
};

/// A table of functions or methods, with the end that the engine looks for.
macro_rules! table {
    ($($entry:expr),+ $(,)?) => {{
        use $crate::zend::bindings::{Table, zend_function_entry};
        const COUNT: usize = [$(stringify!($entry)),+].len() + 1;
        static TABLE: Table<[zend_function_entry; COUNT]> = Table([$($entry,)+ $crate::zend::class::END]);
        &TABLE
    }};
}
pub(crate) use table;
