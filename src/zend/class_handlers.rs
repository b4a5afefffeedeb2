//! Handlers of objects that are the same for all classes of ours.

use crate::zend::bindings::*;
use std::ffi::{c_char, c_void};
use std::ptr::NonNull;
use std::sync::OnceLock;

/// The engine's own handlers.
pub(super) fn standard() -> zend_object_handlers {
    // SAFETY: they are complete and constant.
    unsafe { std::ptr::read(&raw const std_object_handlers) }
}

/// `new` of a class without objects: throws an error, and returns the object that the engine requires.
pub(super) unsafe extern "C" fn refuse_object(entry: *mut zend_class_entry) -> *mut zend_object {
    // SAFETY: every class has a name.
    let name = unsafe { (*entry).name };
    let format = c"The object of %s can not be created for security reasons";
    // SAFETY: throws; the name is a C string.
    unsafe {
        zend_throw_error(std::ptr::null_mut(), format.as_ptr(), (&raw const (*name).val).cast::<c_char>());
    }
    // SAFETY: makes a plain object of the class.
    let object = unsafe { zend_objects_new(entry) };
    // A subclass may have declared properties, which are uninitialised until they have their defaults.
    // SAFETY: the object is new, and of this class.
    unsafe { object_properties_init(object, entry) };
    // SAFETY: the object is new; the handlers are static. `new` must not go on to the constructor of a subclass.
    unsafe { (*object).handlers = refused() };
    object
}

/// Handlers of objects that must not exist: without a constructor.
fn refused() -> *const zend_object_handlers {
    static HANDLERS: OnceLock<Refused> = OnceLock::new();
    unsafe extern "C" fn no_constructor(_object: *mut zend_object) -> *mut zend_function {
        std::ptr::null_mut()
    }
    let handlers = HANDLERS.get_or_init(|| {
        let mut handlers = standard();
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

/// Declared properties of our classes cannot be removed: `unset` of one throws, as in Swoole.
pub(super) unsafe extern "C" fn unset_property(
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
