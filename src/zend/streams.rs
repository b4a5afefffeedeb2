//! Descriptors behind PHP values.

use crate::zend::bindings::*;
use crate::zend::values::{Value, bytes_of};
use std::os::fd::RawFd;
use std::ptr::NonNull;

/// The descriptor behind a stream resource or a socket of ext-sockets, or the int itself; `None` for anything else, and for a stream
/// that has none.
pub(crate) fn descriptor(value: Value<'_>) -> Option<RawFd> {
    if let Some(number) = value.as_int() {
        return RawFd::try_from(number).ok().filter(|number| *number >= 0);
    }
    if let Some(object) = value.as_object() {
        return socket(object);
    }
    let stream = open_stream(value)?;
    let mut fd: RawFd = -1;
    let cast = (PHP_STREAM_AS_FD | PHP_STREAM_CAST_INTERNAL) as i32;
    // SAFETY: the stream is open; the number is written on success.
    let result = unsafe { _php_stream_cast(stream.as_ptr(), cast, (&raw mut fd).cast(), 0) };
    (result == 0 && fd >= 0).then_some(fd)
}

/// Whether the value is a stream that is open.
pub(crate) fn is_open(value: Value<'_>) -> bool {
    open_stream(value).is_some()
}

fn open_stream(value: Value<'_>) -> Option<NonNull<php_stream>> {
    if !value.is_resource() {
        return None;
    }
    // SAFETY: a resource has its pointer in `res`.
    let resource = unsafe { (*value.as_ptr()).value.res };
    // SAFETY: both are numbers that the streams layer was given at start-up.
    let (kind, persistent) = unsafe { (php_file_le_stream(), php_file_le_pstream()) };
    // SAFETY: without a name of the type no error is raised; null when it is no stream, or closed.
    NonNull::new(unsafe { zend_fetch_resource2(resource, std::ptr::null(), kind, persistent) }.cast())
}

/// The descriptor of a `Socket` of ext-sockets, without linking to it: the first member of what that extension
/// puts in front of its objects.
fn socket(object: NonNull<zend_object>) -> Option<RawFd> {
    // SAFETY: every object has a class.
    let class = unsafe { (*object.as_ptr()).ce };
    // SAFETY: every class has a name, which lives as long as it.
    let name = NonNull::new(unsafe { (*class).name }).map(|name| unsafe { bytes_of(name) })?;
    // SAFETY: every class has a type.
    if name != b"Socket" || unsafe { (*class).type_ } != ZEND_INTERNAL_CLASS as std::ffi::c_char {
        return None;
    }
    // SAFETY: every object has handlers.
    let offset = usize::try_from(unsafe { (*(*object.as_ptr()).handlers).offset }).ok()?;
    // SAFETY: the engine's class of this name is final, and begins with its descriptor.
    let fd = unsafe { object.as_ptr().byte_sub(offset).cast::<RawFd>().read() };
    (fd >= 0).then_some(fd)
}
