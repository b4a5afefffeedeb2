//! Numbers and bools in declared properties, accessed by index, without a lookup by name.

use crate::zend::bindings::*;
use crate::zend::object::{PhpClass, This};
use crate::zend::values::IntoValue;

impl<T: PhpClass> This<'_, T> {
    /// Sets a declared property to a number or a bool. The index counts from 0 in the order of the instance properties
    /// that our class, which has no parent, declares.
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

/// A value that needs no release.
pub(crate) trait Plain: IntoValue {}

impl Plain for i64 {}
impl Plain for bool {}
