//! What an object reports to the cycle collector.

use crate::zend::bindings::*;

/// Collects the values that a payload holds.
pub(crate) struct Visitor {
    buffer: *mut zend_get_gc_buffer,
}

impl Visitor {
    /// Reports one value.
    pub(crate) fn value(&mut self, value: *const zval) {
        // SAFETY: the buffer is valid; `cur` is at most `end`.
        if unsafe { (*self.buffer).cur == (*self.buffer).end } {
            // SAFETY: as above.
            unsafe { zend_get_gc_buffer_grow(self.buffer) };
        }
        // SAFETY: there is room for one more.
        let place = unsafe { (*self.buffer).cur };
        // SAFETY: the collector reads copies, it does not own them.
        unsafe { std::ptr::copy_nonoverlapping(value, place, 1) };
        // SAFETY: `place` was within the buffer.
        unsafe { (*self.buffer).cur = place.add(1) };
    }
}

/// The work of a `get_gc` handler: returns the payload's values in the table, and the properties.
pub(crate) fn report(
    object: *mut zend_object,
    table: *mut *mut zval,
    count: *mut i32,
    visit: impl FnOnce(&mut Visitor),
) -> *mut HashTable {
    // SAFETY: the engine keeps one such buffer.
    let buffer = unsafe { zend_get_gc_buffer_create() };
    visit(&mut Visitor { buffer });
    // SAFETY: the buffer is valid until the next collection step.
    let (first, next) = unsafe { ((*buffer).start, (*buffer).cur) };
    // SAFETY: both point into the same buffer.
    let len = unsafe { next.offset_from(first) };
    // SAFETY: the engine passes valid places for the results.
    unsafe { *table = first };
    // SAFETY: as above.
    unsafe { *count = i32::try_from(len).unwrap_or(i32::MAX) };
    // SAFETY: the object is alive.
    unsafe { zend_std_get_properties(object) }
}
