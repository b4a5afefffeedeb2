//! Descriptors of PHP values, and streams for descriptors.

use crate::os::fd::{self, Access, FdKind};
use crate::os::socket::Spec;
use crate::os::{self, Errno};
use crate::zend::bindings::*;
use crate::zend::sockets::Socket;
use crate::zend::values::{IS_TYPE_REFCOUNTED, IntoValue, Owned, Value, Z_TYPE_FLAGS_SHIFT};
use std::ffi::CStr;
use std::os::fd::RawFd;
use std::ptr::{NonNull, null, null_mut};

// The streams layer tells a debug build where each stream was made.
macro_rules! stream_arguments {
    ($function:ident($($argument:expr),*)) => {{
        #[cfg(php_debug)]
        {
            $function($($argument,)* 0, c"swoole_process".as_ptr(), line!(), null(), 0)
        }
        #[cfg(not(php_debug))]
        {
            $function($($argument),*)
        }
    }};
}

/// The descriptor of a stream resource or a socket of ext-sockets, or the int itself; `None` for anything else, and for
/// a stream without a descriptor.
pub(crate) fn descriptor(value: Value<'_>) -> Option<RawFd> {
    descriptor_for(value, PHP_STREAM_AS_FD)
}

/// As [`descriptor`], for a caller that only waits until a read or write of the stream may succeed: the data may go
/// through a session of TLS.
pub(crate) fn pollable(value: Value<'_>) -> Option<RawFd> {
    descriptor_for(value, PHP_STREAM_AS_FD_FOR_SELECT)
}

fn descriptor_for(value: Value<'_>, purpose: u32) -> Option<RawFd> {
    if let Some(number) = value.as_int() {
        return RawFd::try_from(number).ok().filter(|number| *number >= 0);
    }
    if value.is_object() {
        return Socket::of(value).map(Socket::fd);
    }
    let held = hold(value);
    cast(open_stream(held.as_value())?, purpose)
}

/// A reference to a stream while it is asked for its descriptor: a stream of a class of the script may change the variable
/// that holds it.
pub(super) fn hold(value: Value<'_>) -> Owned {
    Owned::of(value)
}

/// Raises PHP's own warning about a stream that has no descriptor. Nothing is raised for a closed one.
pub(crate) fn warn_without_descriptor(value: Value<'_>) {
    let held = hold(value);
    let Some(stream) = open_stream(held.as_value()) else { return };
    let mut fd: RawFd = -1;
    let cast = (PHP_STREAM_AS_FD_FOR_SELECT | PHP_STREAM_CAST_INTERNAL) as i32;
    // SAFETY: the stream is open; the number is written on success.
    unsafe { _php_stream_cast(stream.as_ptr(), cast, (&raw mut fd).cast(), 1) };
}

pub(super) fn cast(stream: NonNull<php_stream>, to: u32) -> Option<RawFd> {
    // The engine refuses it, but only after a flush, for which a filter of the script may run.
    if to == PHP_STREAM_AS_FD && is_filtered(stream) {
        return None;
    }
    let mut fd: RawFd = -1;
    let cast = (to | PHP_STREAM_CAST_INTERNAL) as i32;
    // SAFETY: the stream is open; the number is written on success.
    let result = unsafe { _php_stream_cast(stream.as_ptr(), cast, (&raw mut fd).cast(), 0) };
    (result == 0 && fd >= 0).then_some(fd)
}

/// As [`descriptor`], for a caller that uses it beside the stream. The offset of a seekable file is shared from now on.
/// So the stream moves the offset back over data that it has read ahead, and stops reading ahead.
pub(crate) fn share(value: Value<'_>) -> os::Result<Option<RawFd>> {
    let Some(stream) = open_stream(value) else { return Ok(descriptor(value)) };
    if !is_plain(stream) {
        return Ok(descriptor(value));
    }
    // SAFETY: the stream is open.
    unsafe { _php_stream_flush(stream.as_ptr(), 0) };
    // The engine's own function seeks to the position of the stream, but other processes may have moved the offset
    // since.
    let Some(number) = cast(stream, PHP_STREAM_AS_FD_FOR_SELECT) else { return Ok(None) };
    if can_seek(stream) {
        give_back(stream, number)?;
    }
    Ok(Some(number))
}

/// Whether it is a stream of the plain files wrapper, without filters.
fn is_plain(stream: NonNull<php_stream>) -> bool {
    // SAFETY: the stream is open.
    let ops = unsafe { stream.as_ref() }.ops;
    std::ptr::eq(ops, &raw const php_stream_stdio_ops) && !is_filtered(stream)
}

fn is_filtered(stream: NonNull<php_stream>) -> bool {
    // SAFETY: the stream is open.
    let stream = unsafe { stream.as_ref() };
    !stream.readfilters.head.is_null() || !stream.writefilters.head.is_null()
}

/// The descriptor of a plain file that can be sought in, and its position in the kernel as the stream expects it.
pub(super) fn kernel_position(stream: NonNull<php_stream>) -> Option<(RawFd, u64)> {
    if !is_plain(stream) || !can_seek(stream) {
        return None;
    }
    let number = cast(stream, PHP_STREAM_AS_FD_FOR_SELECT)?;
    // SAFETY: the stream is open.
    let stream = unsafe { stream.as_ref() };
    let position = stream.position + (stream.writepos - stream.readpos);
    Some((number, u64::try_from(position).ok()?))
}

/// Whether it has a position: terminals and pipes have none.
fn can_seek(stream: NonNull<php_stream>) -> bool {
    // SAFETY: the stream is open.
    unsafe { stream.as_ref() }.flags & PHP_STREAM_FLAG_NO_SEEK == 0
}

/// Moves the offset back over the data that a stream has read ahead.
fn give_back(mut stream: NonNull<php_stream>, number: RawFd) -> os::Result<()> {
    // SAFETY: the stream is open, and the engine does not use it meanwhile.
    let stream = unsafe { stream.as_mut() };
    let unread = u64::try_from(stream.writepos - stream.readpos).unwrap_or(0);
    if unread > 0 {
        match fd::go_back(number, unread) {
            // The file has no position after all.
            Err(Errno::ESPIPE) => return Ok(()),
            result => result?,
        }
        (stream.readpos, stream.writepos) = (0, 0);
        // The file has more data after the part that was read.
        stream.set_eof(0);
    }
    read_no_further(stream);
    Ok(())
}

/// Stops reading ahead: the engine reads as much as there is room for in the buffer, so this makes the buffer small.
/// From now on reads of a line take one byte after the other.
fn read_no_further(stream: &mut php_stream) {
    stream.chunk_size = 1;
    stream.readbuflen = stream.readbuflen.min(1);
}

/// A stream that owns a descriptor; `None` if the engine cannot create it, and then the caller still owns the
/// descriptor.
pub(crate) fn open(number: RawFd, nature: FdKind) -> Option<Owned> {
    let stream = match nature {
        FdKind::Socket(spec) => open_socket(number, spec),
        FdKind::File(access) => open_file(number, access),
    }?;
    Some(Owned::new(Stream(stream)))
}

fn open_file(number: RawFd, access: Access) -> Option<NonNull<php_stream>> {
    let mode: &CStr = match access {
        Access::Read => c"r",
        Access::Write => c"w",
        Access::Both => c"r+",
        Access::Append => c"a",
        Access::ReadAndAppend => c"a+",
    };
    // SAFETY: the mode ends with NUL; the stream takes the number over.
    let stream =
        unsafe { stream_arguments!(_php_stream_fopen_from_fd(number, mode.as_ptr(), null(), false)) };
    let mut stream = NonNull::new(stream)?;
    if can_seek(stream) {
        // SAFETY: nobody else knows it.
        read_no_further(unsafe { stream.as_mut() });
    }
    Some(stream)
}

/// Creates a stream of the transport, as ext-sockets does, so that it can accept, and return addresses.
fn open_socket(number: RawFd, spec: Spec) -> Option<NonNull<php_stream>> {
    let transport: Option<&CStr> = match (spec.has_paths(), spec.has_ports(), spec.is_stream()) {
        (true, _, true) => Some(c"unix://"),
        (_, true, true) => Some(c"tcp://"),
        (true, _, _) if spec == spec.as_datagrams() => Some(c"udg://"),
        (_, true, _) if spec == spec.as_datagrams() => Some(c"udp://"),
        _ => None,
    };
    let made = transport.and_then(|transport| {
        let (name, len) = (transport.as_ptr(), transport.count_bytes());
        let (time, context, text, code) = (null_mut(), null_mut(), null_mut(), null_mut());
        // SAFETY: the pointer and the length describe the name. Without flags nothing is bound or connected.
        NonNull::new(unsafe {
            stream_arguments!(_php_stream_xport_create(name, len, 0, 0, null(), time, context, text, code))
        })
    });
    let Some(stream) = made else {
        // SAFETY: the stream takes the number over.
        return NonNull::new(unsafe { stream_arguments!(_php_stream_sock_open_from_socket(number, null())) });
    };
    // SAFETY: every stream of these transports has such data, or data that begin with them, and no socket yet.
    let data = unsafe { stream.as_ref() }.abstract_.cast::<php_netstream_data_t>();
    // SAFETY: as above.
    unsafe { (*data).socket = number };
    Some(stream)
}

/// A stream that no variable refers to yet.
struct Stream(NonNull<php_stream>);

impl IntoValue for Stream {
    fn store(mut self, value: &mut zval) {
        // SAFETY: the stream is open.
        let stream = unsafe { self.0.as_mut() };
        stream.set___exposed(1);
        value.value.res = stream.res;
        value.u1.type_info = IS_RESOURCE | (IS_TYPE_REFCOUNTED << Z_TYPE_FLAGS_SHIFT);
    }
}

/// Whether the value is a stream that is open.
pub(crate) fn is_open(value: Value<'_>) -> bool {
    open_stream(value).is_some()
}

pub(super) fn open_stream(value: Value<'_>) -> Option<NonNull<php_stream>> {
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

/// Whether the value is a stream of a wrapper in PHP: its operations call methods of the script.
pub(crate) fn is_of_script(value: Value<'_>) -> bool {
    let Some(stream) = open_stream(value) else { return false };
    // SAFETY: the stream is open, and has operations with a name that ends with NUL.
    let label = unsafe { CStr::from_ptr((*stream.as_ref().ops).label) };
    label == c"user-space"
}

/// A number that no other open stream has.
pub(crate) fn id(value: Value<'_>) -> Option<usize> {
    open_stream(value).map(|stream| stream.as_ptr().addr())
}
