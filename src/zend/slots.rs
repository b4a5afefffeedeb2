//! Numbers and truths in declared properties, by their place: without a look-up by name.

use crate::zend::bindings::*;
use crate::zend::object::{PhpClass, This};
use crate::zend::values::IntoValue;

impl<T: PhpClass> This<'_, T> {
    /// Sets a declared property to a number or a truth. Its place counts from 0, in the order in which our class,
    /// which extends nothing, declares those that belong to objects.
    #[inline(always)]
    pub(crate) fn set_plain(self, place: usize, value: impl Plain) {
        // SAFETY: an object has a slot for each declared property, those of subclasses behind ours.
        let slot = unsafe { (&raw mut (*self.object().as_ptr()).properties_table).cast::<zval>().add(place) };
        // SAFETY: the slot holds a value.
        if matches!(u32::from(unsafe { (*slot).u1.v.type_ }), IS_FALSE | IS_TRUE | IS_LONG) {
            // SAFETY: nothing is to be released there, and the property has no type.
            value.store(unsafe { &mut *slot });
        } else {
            self.set(T::class().property(place), value);
        }
    }
}

/// What needs no release.
pub(crate) trait Plain: IntoValue {}

impl Plain for i64 {}
impl Plain for bool {}
