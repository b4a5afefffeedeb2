//! Classes: their declaration, and their registration with the engine.

use crate::zend::bindings::*;
use crate::zend::class_handlers;
use crate::zend::object::{Object, PhpClass, This};
use ext_php_rs::ffi::ext_php_rs_zend_string_release;
use std::ffi::CStr;
use std::mem::MaybeUninit;
use std::sync::Mutex;
use std::sync::atomic::{AtomicPtr, Ordering};

/// A declared property, null by default.
pub(crate) struct Property {
    name: &'static str,
    flags: u32,
    default: Initial,
}

/// The initial value of a property.
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

    /// Makes it a static property.
    pub(crate) const fn shared(mut self) -> Property {
        self.flags |= ZEND_ACC_STATIC;
        self
    }

    /// Marks it as read-only for Reflection. For a property without a type the engine does not enforce this.
    pub(crate) const fn readonly(mut self) -> Property {
        self.flags |= ZEND_ACC_READONLY;
        self
    }

    /// Sets its initial value.
    pub(crate) const fn default(mut self, value: Initial) -> Property {
        self.default = value;
        self
    }
}

/// The parent of a class.
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

/// An interface of a class.
#[derive(Clone, Copy)]
pub(crate) enum Interface {
    /// PHP's `Iterator`.
    Iterator,
    /// PHP's `Countable`.
    Countable,
}

/// The declaration of a class, and the engine's class after registration.
pub(crate) struct Class {
    name: &'static str,
    parent: Parent,
    interfaces: &'static [Interface],
    flags: u32,
    constants: &'static [(&'static str, i64)],
    properties: &'static [Property],
    methods: &'static [zend_function_entry],
    additions: &'static [zend_function_entry],
    payload: Option<Payload>,
    instantiable: bool,
    cloneable: bool,
    idle_destructor: bool,
    entry: AtomicPtr<zend_class_entry>,
    // Not in here: the fewer pages the statics of the module take, the fewer a forked process copies.
    handlers: AtomicPtr<zend_object_handlers>,
    /// The methods that are not in the class's own table.
    added: AtomicPtr<HashTable>,
}

/// How objects with a Rust value are created and handled.
#[derive(Clone, Copy)]
pub(super) struct Payload {
    pub(super) create: unsafe extern "C" fn(*mut zend_class_entry) -> *mut zend_object,
    pub(super) free: unsafe extern "C" fn(*mut zend_object),
    pub(super) get_gc: unsafe extern "C" fn(*mut zend_object, *mut *mut zval, *mut i32) -> *mut HashTable,
    pub(super) clone: unsafe extern "C" fn(*mut zend_object) -> *mut zend_object,
    pub(super) destroy: unsafe extern "C" fn(*mut zend_object),
    pub(super) get_method: GetMethod,
    pub(super) get_static_method: GetStaticMethod,
    /// The offset of the engine's part of an object, in bytes.
    pub(super) offset: i32,
}

/// The engine's handler that finds a method.
pub(super) type GetMethod =
    unsafe extern "C" fn(*mut *mut zend_object, *mut zend_string, *const zval) -> *mut zend_function;

/// The engine's handler that finds a method by the name of its class.
pub(super) type GetStaticMethod =
    unsafe extern "C" fn(*mut zend_class_entry, *mut zend_string) -> *mut zend_function;

// SAFETY: the tables are never written.
unsafe impl Sync for Class {}

impl Class {
    /// A class of this name without a parent.
    pub(crate) const fn new(name: &'static str) -> Class {
        Class {
            name,
            parent: Parent::Nothing,
            interfaces: &[],
            flags: 0,
            constants: &[],
            properties: &[],
            methods: &NO_METHODS.0,
            additions: &NO_METHODS.0,
            payload: None,
            instantiable: true,
            cloneable: false,
            idle_destructor: false,
            entry: AtomicPtr::new(std::ptr::null_mut()),
            handlers: AtomicPtr::new(std::ptr::null_mut()),
            added: AtomicPtr::new(std::ptr::null_mut()),
        }
    }

    /// Sets its parent.
    pub(crate) const fn extends(mut self, parent: Parent) -> Class {
        self.parent = parent;
        self
    }

    /// Sets its interfaces. It must have their methods.
    pub(crate) const fn implements(mut self, interfaces: &'static [Interface]) -> Class {
        self.interfaces = interfaces;
        self
    }

    /// Forbids serialization of its objects.
    pub(crate) const fn not_serializable(mut self) -> Class {
        self.flags |= ZEND_ACC_NOT_SERIALIZABLE;
        self
    }

    /// Allows scripts to add undeclared properties to its objects, which PHP deprecates since 8.2.
    pub(crate) const fn with_any_property(mut self) -> Class {
        #[cfg(php82)]
        {
            self.flags |= ZEND_ACC_ALLOW_DYNAMIC_PROPERTIES;
        }
        self
    }

    /// Makes it final.
    pub(crate) const fn not_extensible(mut self) -> Class {
        self.flags |= ZEND_ACC_FINAL;
        self
    }

    /// Sets its integer constants.
    pub(crate) const fn constants(mut self, constants: &'static [(&'static str, i64)]) -> Class {
        self.constants = constants;
        self
    }

    /// Sets its properties, in the order in which `var_dump` shows them.
    pub(crate) const fn properties(mut self, properties: &'static [Property]) -> Class {
        self.properties = properties;
        self
    }

    /// Sets its methods.
    pub(crate) const fn methods<const N: usize>(
        mut self,
        methods: &'static Table<[zend_function_entry; N]>,
    ) -> Class {
        self.methods = &methods.0;
        self
    }

    /// Sets its additions: methods that its objects, and those of its subclasses, have in addition to those of the
    /// class. Reflection does not show them, and a subclass may have its own methods of these names, with any
    /// parameters. Static ones are called by the name of this class.
    pub(crate) const fn additions<const N: usize>(
        mut self,
        methods: &'static Table<[zend_function_entry; N]>,
    ) -> Class {
        self.additions = &methods.0;
        self
    }

    /// Forbids objects: `new` throws.
    pub(crate) const fn not_instantiable(mut self) -> Class {
        self.instantiable = false;
        self
    }

    /// Allows clones of its objects, with the [copy](PhpClass::copy) of the Rust value.
    pub(crate) const fn cloneable(mut self) -> Class {
        self.cloneable = true;
        self
    }

    /// Declares that its `__destruct` does nothing: only subclasses call it.
    pub(crate) const fn idle_destructor(mut self) -> Class {
        self.idle_destructor = true;
        self
    }

    /// The index of a property among the properties of its objects. `None` for classes with a parent, whose properties come
    /// first.
    pub(super) fn place_of(&self, property: &str) -> Option<usize> {
        let own = matches!(self.parent, Parent::Nothing).then_some(self.properties)?;
        own.iter().position(|declared| declared.name == property)
    }

    /// Gives its objects a `T`, in front of the engine's part. They cannot be cloned unless the class says so, and
    /// declared properties cannot be unset.
    pub(crate) const fn objects<T: PhpClass>(mut self) -> Class {
        self.payload = Some(Object::<T>::PAYLOAD);
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

    /// The name of a property by its index among the declared ones.
    pub(super) fn property(&self, place: usize) -> &'static str {
        self.properties.get(place).map_or("", |property| property.name)
    }

    /// The engine's handlers of its objects, after registration.
    pub(super) fn handlers(&self) -> *const zend_object_handlers {
        self.handlers.load(Ordering::Relaxed)
    }

    /// Gives it an alias. At module start-up only, after its registration.
    pub(crate) fn alias(&self, name: &str) {
        let (text, len) = (name.as_ptr().cast(), name.len());
        // SAFETY: the class is registered; the pointer and the length describe the name, which is copied.
        unsafe { zend_register_class_alias_ex(text, len, self.entry(), true) };
    }

    /// Throws an object of this class of exceptions, after `fill` has set it up.
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
    #[cold]
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
        for interface in self.interfaces {
            let interface = match interface {
                // SAFETY: the engine registers its own interfaces before it starts modules.
                Interface::Iterator => unsafe { zend_ce_iterator },
                // SAFETY: as above.
                Interface::Countable => unsafe { zend_ce_countable },
            };
            // SAFETY: both are registered, and one interface follows.
            unsafe { zend_class_implements(entry, 1, interface) };
        }
        if let Some(payload) = self.payload {
            self.install(payload, entry);
        }
        if !self.instantiable {
            // SAFETY: the entry was just registered.
            unsafe { (*entry).__bindgen_anon_2.create_object = Some(class_handlers::refuse_object) };
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
        let mut handlers = class_handlers::standard();
        handlers.offset = payload.offset;
        handlers.free_obj = Some(payload.free);
        handlers.clone_obj = self.cloneable.then_some(payload.clone);
        handlers.get_gc = Some(payload.get_gc);
        handlers.unset_property = Some(class_handlers::unset_property);
        if self.idle_destructor {
            handlers.dtor_obj = Some(payload.destroy);
        }
        if self.additions.len() > 1 {
            self.add(entry);
            handlers.get_method = Some(payload.get_method);
            // Subclasses do not inherit it: they reach static additions by the name of this class.
            // SAFETY: the entry was just registered.
            unsafe { (*entry).get_static_method = Some(payload.get_static_method) };
        }
        self.handlers.store(Box::into_raw(Box::new(handlers)), Ordering::Relaxed);
        // SAFETY: the entry was just registered; classes that extend it inherit the function.
        unsafe { (*entry).__bindgen_anon_2.create_object = Some(payload.create) };
    }
}

/// The classes whose additions are registered.
static WITH_ADDITIONS: Mutex<Vec<&'static Class>> = Mutex::new(Vec::new());

/// Frees all additions. At module shutdown only.
#[cold]
pub(super) fn free_additions() {
    /// Without a class the engine's destructor frees the types of a function as well.
    #[cold]
    unsafe extern "C" fn leave_class(element: *mut zval) -> i32 {
        // SAFETY: the elements of the table are internal functions.
        unsafe { (*(*element).value.ptr.cast::<zend_internal_function>()).scope = std::ptr::null_mut() };
        ZEND_HASH_APPLY_KEEP as i32
    }
    let classes = WITH_ADDITIONS.lock().map(|mut classes| std::mem::take(&mut *classes)).unwrap_or_default();
    for class in classes {
        let table = class.added.load(Ordering::Relaxed);
        // SAFETY: `add` has made the table, and no object looks for methods any more.
        unsafe {
            zend_hash_apply(table, Some(leave_class));
            zend_hash_destroy(table);
            drop(Box::from_raw(table));
        }
    }
}

impl Class {
    /// Registers its additions.
    fn add(&'static self, entry: *mut zend_class_entry) {
        // SAFETY: all zeroes is a table that has to be made.
        let table = Box::into_raw(Box::new(unsafe { std::mem::zeroed::<HashTable>() }));
        self.added.store(table, Ordering::Relaxed);
        // SAFETY: the table is ours; the functions are static, and end with an empty entry.
        unsafe {
            _zend_hash_init(table, 8, Some(zend_function_dtor), true);
            zend_register_functions(entry, self.additions.as_ptr(), table, MODULE_PERSISTENT as i32);
        }
        if let Ok(mut classes) = WITH_ADDITIONS.lock() {
            classes.push(self);
        }
    }

    /// The addition of this name, unless `class` has a method of this name. The class is ours, or extends ours.
    ///
    /// # Safety
    /// The engine looks up a method of a class, or of an object of it.
    pub(super) unsafe fn addition(
        &'static self,
        class: *mut zend_class_entry,
        name: *mut zend_string,
        key: *const zval,
    ) -> *mut zend_function {
        // SAFETY: the key is the name in small letters, where the engine has it.
        let small =
            unsafe { if key.is_null() { zend_string_tolower_ex(name, false) } else { (*key).value.str_ } };
        // SAFETY: the table of methods lives as long as the class.
        let own = unsafe { zend_hash_find(&raw const (*class).function_table, small) };
        let found = if own.is_null() {
            // SAFETY: the table was made when the handler was set.
            unsafe { zend_hash_find(self.added.load(Ordering::Relaxed), small) }
        } else {
            std::ptr::null_mut()
        };
        if key.is_null() {
            // SAFETY: the reference is ours.
            unsafe { ext_php_rs_zend_string_release(small.cast()) };
        }
        // SAFETY: the elements of the table are functions.
        if found.is_null() { std::ptr::null_mut() } else { unsafe { (*found).value.ptr.cast() } }
    }
}

fn interned(text: &str) -> *mut zend_string {
    // SAFETY: the engine sets this function before it starts modules.
    let make = unsafe { zend_string_init_interned };
    // SAFETY: the pointer and the length describe `text`; the string lives as long as PHP.
    make.map_or(std::ptr::null_mut(), |make| unsafe { make(text.as_ptr().cast(), text.len(), true) })
}

static NO_METHODS: Table<[zend_function_entry; 1]> = Table([END]);

/// The end marker of a table of functions.
pub(crate) const END: zend_function_entry = {
    // SAFETY: all zeroes is the end marker.
    unsafe { std::mem::zeroed() }
};

/// A table of functions or methods, with the end marker that the engine needs.
macro_rules! table {
    ($($entry:expr),+ $(,)?) => {{
        use $crate::zend::bindings::{Table, zend_function_entry};
        const COUNT: usize = [$(stringify!($entry)),+].len() + 1;
        static TABLE: Table<[zend_function_entry; COUNT]> = Table([$($entry,)+ $crate::zend::class::END]);
        &TABLE
    }};
}
pub(crate) use table;
