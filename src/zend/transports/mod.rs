//! PHP's socket streams, whose operations yield to other coroutines while they wait.
//!
//! The original factories of the transports create the streams. Each stream then gets its own table of operations, a
//! copy of the engine's table in which some operations are ours. Our operation waits until the original one need not
//! wait, and then calls it, so that results, warnings and metadata are the engine's.
//!
//! Several parts of the engine compare the table of a stream with the original tables, which are constants. Therefore
//! these are never changed, and a stream shows its original table again where the engine compares.

mod connect;
pub(crate) mod copy;
mod crypto;
mod data;
mod hooked;
pub(crate) mod select;
mod waits;

use crate::zend::arrays::Array;
use crate::zend::bindings::*;
use crate::zend::frame::Slot;
use crate::zend::globals::per_thread;
use crate::zend::streams;
use crate::zend::values::Value;
pub(crate) use hooked::release_persistent;
use hooked::{Hooked, Operations, forget_persistent, hook, socket_of};
use std::cell::RefCell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::null_mut;
pub(crate) use waits::{Addresses, Answer, Hooks, WaitOutcome, set_hooks};

const OPERATIONS: Operations = Operations { read: data::read, write: data::write, set_option, close };

/// A kind of stream: the name of its transport, and the flag of its hook.
pub(crate) type Transport = (&'static CStr, i64);

type Factory = php_stream_transport_factory;

per_thread! {
    /// The transports whose factories were replaced, with the original ones.
    static REPLACED: RefCell<Vec<(Transport, Factory)>> = RefCell::new(Vec::new());
}

/// The place of a transport's factory, if there is such a transport.
fn factory_of((name, _): Transport) -> Option<*mut c_void> {
    // SAFETY: the table of transports is made at start-up; the pointer and the length describe the name.
    let found = unsafe { zend_hash_str_find(php_stream_xport_get_hash(), name.as_ptr(), name.count_bytes()) };
    // SAFETY: the elements of that table are pointers.
    (!found.is_null()).then(|| unsafe { (*found).value.ptr })
}

/// Whether there is such a transport.
pub(crate) fn exists(transport: Transport) -> bool {
    factory_of(transport).is_some()
}

/// Hooks the streams of these transports from now on.
pub(crate) fn install(transports: &[Transport]) {
    for &transport in transports {
        let Some(factory) = factory_of(transport) else { continue };
        let is_ours = REPLACED.with(|list| list.borrow().iter().any(|(known, _)| *known == transport));
        if factory.is_null() || is_ours {
            continue;
        }
        // SAFETY: the elements of that table are factories.
        let original = unsafe { std::mem::transmute::<*mut c_void, Factory>(factory) };
        REPLACED.with(|list| list.borrow_mut().push((transport, original)));
        // SAFETY: the name ends with NUL, and the function is a factory.
        unsafe { php_stream_xport_register(transport.0.as_ptr(), Some(make)) };
    }
}

/// At the end of a request: restores the original factories.
#[cold]
pub(crate) fn restore() {
    for (transport, original) in REPLACED.with(|list| std::mem::take(&mut *list.borrow_mut())) {
        if factory_of(transport).is_some_and(|factory| factory.addr() == make as *const () as usize) {
            // SAFETY: the name ends with NUL, and this is what was there before.
            unsafe { php_stream_xport_register(transport.0.as_ptr(), original) };
        }
    }
}

/// The factory of all transports: it calls the original one. A debug build passes the place in the source that creates
/// the stream.
unsafe extern "C" fn make(
    protocol: *const c_char,
    length: usize,
    resource: *const c_char,
    resource_length: usize,
    persistent: *const c_char,
    options: c_int,
    flags: c_int,
    timeout: *mut timeval,
    context: *mut php_stream_context,
    #[cfg(php_debug)] depth: c_int,
    #[cfg(php_debug)] file: *const c_char,
    #[cfg(php_debug)] line: u32,
    #[cfg(php_debug)] origin: *const c_char,
    #[cfg(php_debug)] origin_line: u32,
) -> *mut php_stream {
    // SAFETY: the engine passes the name of the transport with its length.
    let name = unsafe { std::slice::from_raw_parts(protocol.cast::<u8>(), length) };
    let found = REPLACED.with(|list| {
        let list = list.borrow();
        let mut all = list.iter();
        all.find(|((known, _), _)| known.to_bytes() == name).copied()
    });
    let Some(((_, flag), Some(original))) = found else { return null_mut() };
    #[cfg(not(php_debug))]
    // SAFETY: with what the engine has passed.
    let stream = unsafe {
        original(protocol, length, resource, resource_length, persistent, options, flags, timeout, context)
    };
    #[cfg(php_debug)]
    // SAFETY: as above.
    let stream = unsafe {
        original(
            protocol,
            length,
            resource,
            resource_length,
            persistent,
            options,
            flags,
            timeout,
            context,
            depth,
            file,
            line,
            origin,
            origin_line,
        )
    };
    if !stream.is_null() {
        // SAFETY: null, or a time.
        let limit = unsafe { timeout.as_ref() }.copied();
        // SAFETY: the stream was just made.
        unsafe { hook(stream, OPERATIONS, flag, limit) };
    }
    stream
}

/// Hooks the streams that a function has returned in an array.
pub(crate) fn hook_returned(slot: &Slot, flag: i64) {
    // SAFETY: the function has written its result.
    let Some(array) = unsafe { Value::borrow(slot.as_ptr()) }.and_then(Array::of) else { return };
    for (_, value) in array.iter() {
        if let Some(stream) = streams::open_stream(value) {
            // SAFETY: these are streams of sockets that were just made.
            unsafe { hook(stream.as_ptr(), OPERATIONS, flag, None) };
        }
    }
}

unsafe extern "C" fn set_option(
    stream: *mut php_stream,
    option: c_int,
    value: c_int,
    param: *mut c_void,
) -> c_int {
    // SAFETY: the engine calls this for streams with operations of ours.
    let hooked = unsafe { &*Hooked::of(stream) };
    let option = option.cast_unsigned();
    // SAFETY: with what the engine has passed; each option has a parameter of its own.
    unsafe {
        match option {
            PHP_STREAM_OPTION_XPORT_API => connect::transport(stream, hooked, param.cast()),
            PHP_STREAM_OPTION_CRYPTO_API => crypto::option(stream, hooked, param.cast()),
            PHP_STREAM_OPTION_CHECK_LIVENESS if value == -1 && hooked.may_wait() => {
                data::wait_for_life(stream, hooked);
                hooked.set_option(stream, option, 0, param)
            }
            _ => hooked.set_option(stream, option, value, param),
        }
    }
}

unsafe extern "C" fn close(stream: *mut php_stream, close_handle: c_int) -> c_int {
    // SAFETY: the engine calls this for streams with operations of ours.
    let hooked = unsafe { Hooked::of(stream) };
    // SAFETY: it is a stream of sockets.
    if let Some(data) = unsafe { socket_of(stream) } {
        // SAFETY: the data are there, and the table is freed below.
        unsafe { (*hooked).forget((*data).socket) };
    }
    // SAFETY: the stream is still there.
    if unsafe { (*stream).is_persistent() } != 0 {
        forget_persistent(stream);
    }
    // SAFETY: as above.
    let original = unsafe { Hooked::release(stream) };
    // SAFETY: with what the engine has passed.
    unsafe { (*original).close.map_or(0, |original| original(stream, close_handle)) }
}
