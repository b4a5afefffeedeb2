//! The engine's store of objects, for scripts that look for leaks.

use crate::zend::arrays::NewArray;
use crate::zend::bindings::*;
use crate::zend::values::Owned;

/// All objects of the script.
pub(crate) fn all() -> NewArray {
    let mut result = NewArray::with_capacity(0);
    each(|object| result.push(Owned::of_object(object)));
    result
}

/// The object with this handle.
pub(crate) fn find(handle: i64) -> Option<Owned> {
    object_at(u32::try_from(handle).ok()?).map(Owned::of_object)
}

/// The number of objects.
pub(crate) fn count() -> i64 {
    let mut count = 0;
    each(|_| count += 1);
    count
}

/// The number of resources.
pub(crate) fn resources() -> i64 {
    // SAFETY: the engine's table of resources exists during a request.
    let table = unsafe { &raw const (*executor()).regular_list };
    // SAFETY: as above.
    i64::from(unsafe { (*table).nNumOfElements })
}

fn each(mut body: impl FnMut(*mut zend_object)) {
    let mut handle = 0;
    while handle < end() {
        if let Some(object) = object_at(handle) {
            body(object);
        }
        handle += 1;
    }
}

/// The number of places in the store, with those that are free.
fn end() -> u32 {
    // SAFETY: the store exists during a request.
    unsafe { (*executor()).objects_store.top }
}

fn object_at(handle: u32) -> Option<*mut zend_object> {
    /// In the lowest bit of a free place, and of one whose object is being freed.
    const FREE: usize = 1;
    if handle >= end() {
        return None;
    }
    // SAFETY: as above.
    let places = unsafe { (*executor()).objects_store.object_buckets };
    // SAFETY: the store has more places than `handle`.
    let object = unsafe { *places.add(handle as usize) };
    if object.is_null() || object.addr() & FREE != 0 {
        return None;
    }
    // SAFETY: the place holds an object, which is alive.
    let handlers = unsafe { (*object).handlers };
    // The engine's iterators are in the store, too. They are no objects for scripts: most of their handlers are missing.
    // SAFETY: every object has handlers.
    unsafe { (*handlers).read_property }.map(|_| object)
}
