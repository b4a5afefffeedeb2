//! Sockets of ext-sockets, without linking to it.

use crate::zend::bindings::*;
use crate::zend::values::{Value, bytes_of};
use std::ffi::c_int;
use std::os::fd::RawFd;
use std::ptr::NonNull;

/// The beginning of the data in front of the extension's objects, in all versions of PHP.
#[repr(C)]
struct Data {
    fd: RawFd,
    family: c_int,
    error: c_int,
    is_blocking: c_int,
}

/// An open socket.
#[derive(Clone, Copy)]
pub(crate) struct Socket(NonNull<Data>);

impl Socket {
    /// The socket of a value.
    pub(crate) fn of(value: Value<'_>) -> Option<Socket> {
        let object = value.as_object().filter(|&object| is_of_socket_class(object))?;
        // SAFETY: every object has handlers.
        let offset = usize::try_from(unsafe { (*(*object.as_ptr()).handlers).offset }).ok()?;
        // SAFETY: the engine's class of this name is final, and has such data in front of its objects.
        let data = unsafe { object.as_ptr().byte_sub(offset) }.cast();
        NonNull::new(data).map(Socket).filter(|socket| socket.fd() >= 0)
    }

    /// Its descriptor.
    pub(crate) fn fd(self) -> RawFd {
        // SAFETY: the object is alive.
        unsafe { self.0.as_ref() }.fd
    }

    /// Its family (`AF_*`).
    pub(crate) fn family(self) -> i32 {
        // SAFETY: the object is alive.
        unsafe { self.0.as_ref() }.family
    }

    /// A number that no other open socket has.
    pub(crate) fn id(self) -> usize {
        self.0.as_ptr().addr()
    }

    /// The last error of this socket, and the last error of all sockets.
    pub(crate) fn errors(self) -> [i32; 2] {
        // SAFETY: the object is alive.
        let own = unsafe { self.0.as_ref() }.error;
        // SAFETY: the globals of the extension are valid while it is loaded.
        [own, last_error().map_or(0, |last| unsafe { *last.as_ptr() })]
    }

    /// Sets both.
    pub(crate) fn set_errors(mut self, [own, all]: [i32; 2]) {
        // SAFETY: the object is alive.
        unsafe { self.0.as_mut() }.error = own;
        if let Some(last) = last_error() {
            // SAFETY: the globals of the extension are valid while it is loaded.
            unsafe { *last.as_ptr() = all };
        }
    }
}

/// Whether the value is a socket of ext-sockets.
pub(crate) fn is_socket(value: Value<'_>) -> bool {
    value.as_object().is_some_and(is_of_socket_class)
}

/// Whether an object is a `Socket` of ext-sockets.
fn is_of_socket_class(object: NonNull<zend_object>) -> bool {
    // SAFETY: every object has a class.
    let class = unsafe { (*object.as_ptr()).ce };
    // SAFETY: every class has a name, which lives as long as it.
    let name = NonNull::new(unsafe { (*class).name }).map(|name| unsafe { bytes_of(name) });
    // SAFETY: every class has a type.
    name == Some(b"Socket") && unsafe { (*class).type_ } == ZEND_INTERNAL_CLASS as std::ffi::c_char
}

/// The place of the last error of all sockets: the beginning of the extension's globals.
fn last_error() -> Option<NonNull<c_int>> {
    let module = NonNull::new(find_module(b"sockets"))?.as_ptr();
    #[cfg(not(php_zts))]
    // SAFETY: a module that is loaded.
    let globals = unsafe { (*module).globals_ptr };
    #[cfg(php_zts)]
    // SAFETY: a module that is loaded, and its id was set at start-up.
    let globals = of_thread::<std::ffi::c_void>(unsafe { *(*module).globals_id_ptr });
    NonNull::new(globals.cast())
}
