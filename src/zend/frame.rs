//! What the engine passes to a function: the frame of the call, and the slot for its result.

use crate::zend::bindings::*;
use crate::zend::object::{Object, PhpClass, This};

/// The running call, as the engine passes it. Only the engine makes one.
#[repr(transparent)]
pub(crate) struct Frame(*mut zend_execute_data);

/// The slot for the return value. Only the engine makes one.
#[repr(transparent)]
pub(crate) struct Slot(*mut zval);

/// The type of the functions that the engine calls.
pub(crate) type RawHandler = extern "C" fn(Frame, Slot);

impl Frame {
    #[inline(always)]
    pub(crate) fn as_ptr(&self) -> *mut zend_execute_data {
        self.0
    }

    #[inline(always)]
    pub(crate) fn argument_count(&self) -> u32 {
        // SAFETY: a frame keeps the number of its arguments beside `This`.
        unsafe { (*self.0).This.u2.num_args }
    }

    /// `$this` of a method call.
    #[inline(always)]
    pub(crate) fn this<T: PhpClass>(&self) -> This<'_, T> {
        // SAFETY: a method that is not static is called with an object in `This`.
        let object = unsafe { (*self.0).This.value.obj };
        // SAFETY: the engine calls a method only with an object of its class; the frame keeps it alive.
        unsafe { Object::<T>::this(object) }
    }
}

impl Slot {
    pub(super) fn as_ptr(&self) -> *mut zval {
        self.0
    }
}

/// For the engine's table of functions: an entry with a handler of ours.
pub(crate) const fn raw(handler: RawHandler) -> unsafe extern "C" fn(*mut zend_execute_data, *mut zval) {
    // SAFETY: Frame and Slot are transparent over these pointers.
    unsafe { std::mem::transmute(handler) }
}
