//! The wrapper `async.file://`: plain files under another name.

use crate::zend::bindings::*;
use std::ffi::{CStr, c_char, c_int, c_void};

const SCHEME: &CStr = c"async.file";
const PREFIX: &[u8] = b"async.file://";

/// Adds the wrapper. At module start-up only.
pub(crate) fn register() {
    // SAFETY: the name ends with NUL, and the wrapper is never written.
    unsafe { php_register_url_stream_wrapper(SCHEME.as_ptr(), (&raw const WRAPPER.0).cast_mut()) };
}

/// Removes the wrapper. At module shutdown only.
pub(crate) fn unregister() {
    // SAFETY: the name ends with NUL.
    unsafe { php_unregister_url_stream_wrapper(SCHEME.as_ptr()) };
}

static WRAPPER: Table<php_stream_wrapper> =
    Table(php_stream_wrapper { wops: &raw const OPERATIONS.0, abstract_: std::ptr::null_mut(), is_url: 0 });

static OPERATIONS: Table<php_stream_wrapper_ops> = Table(php_stream_wrapper_ops {
    stream_opener: Some(stream_opener),
    stream_closer: None,
    stream_stat: None,
    url_stat: Some(url_stat),
    dir_opener: Some(dir_opener),
    label: c"plainfile".as_ptr(),
    unlink: Some(unlink),
    rename: Some(rename),
    stream_mkdir: Some(stream_mkdir),
    stream_rmdir: Some(stream_rmdir),
    stream_metadata: Some(stream_metadata),
});

/// The engine's wrapper of plain files.
fn plain() -> *mut php_stream_wrapper {
    (&raw const php_plain_files_wrapper).cast_mut()
}

/// The path in a URL.
///
/// # Safety
/// The URL ends with NUL.
unsafe fn path(url: *const c_char) -> *const c_char {
    // SAFETY: as the caller promises.
    let bytes = unsafe { CStr::from_ptr(url) }.to_bytes_with_nul();
    let has_prefix = bytes.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
    let from = if has_prefix { PREFIX.len() } else { 0 };
    bytes.get(from..).map_or(url, |path| path.as_ptr().cast())
}

// The streams layer tells a debug build where each stream was made.
macro_rules! opener {
    ($name:ident) => {
        unsafe extern "C" fn $name(
            _wrapper: *mut php_stream_wrapper,
            url: *const c_char,
            mode: *const c_char,
            options: c_int,
            opened: *mut *mut zend_string,
            context: *mut php_stream_context,
            #[cfg(php_debug)] depth: c_int,
            #[cfg(php_debug)] file: *const c_char,
            #[cfg(php_debug)] line: u32,
            #[cfg(php_debug)] first_file: *const c_char,
            #[cfg(php_debug)] first_line: u32,
        ) -> *mut php_stream {
            // SAFETY: the engine's own table.
            let own = unsafe { (*(*plain()).wops).$name };
            // SAFETY: the engine passes a URL that ends with NUL.
            let path = unsafe { path(url) };
            let Some(own) = own else { return std::ptr::null_mut() };
            #[cfg(php_debug)]
            // SAFETY: the engine's own operation, with what it passed.
            unsafe {
                own(plain(), path, mode, options, opened, context, depth, file, line, first_file, first_line)
            }
            #[cfg(not(php_debug))]
            // SAFETY: as above.
            unsafe {
                own(plain(), path, mode, options, opened, context)
            }
        }
    };
}

opener!(stream_opener);
opener!(dir_opener);

macro_rules! forwarded {
    ($name:ident($($argument:ident: $type:ty),*), or $failed:literal) => {
        unsafe extern "C" fn $name(
            _wrapper: *mut php_stream_wrapper,
            url: *const c_char,
            $($argument: $type,)*
            context: *mut php_stream_context,
        ) -> c_int {
            // SAFETY: the engine's own table.
            let own = unsafe { (*(*plain()).wops).$name };
            // SAFETY: the engine passes a URL that ends with NUL.
            let path = unsafe { path(url) };
            // SAFETY: the engine's own operation, with what it passed.
            own.map_or($failed, |own| unsafe { own(plain(), path, $($argument,)* context) })
        }
    };
}

forwarded!(url_stat(flags: c_int, to: *mut php_stream_statbuf), or -1);
forwarded!(unlink(options: c_int), or 0);
forwarded!(stream_mkdir(mode: c_int, options: c_int), or 0);
forwarded!(stream_rmdir(options: c_int), or 0);
forwarded!(stream_metadata(option: c_int, value: *mut c_void), or 0);

unsafe extern "C" fn rename(
    _wrapper: *mut php_stream_wrapper,
    from: *const c_char,
    to: *const c_char,
    options: c_int,
    context: *mut php_stream_context,
) -> c_int {
    // SAFETY: the engine's own table.
    let own = unsafe { (*(*plain()).wops).rename };
    // SAFETY: the engine passes URLs that end with NUL.
    let (from, to) = unsafe { (path(from), path(to)) };
    // SAFETY: the engine's own operation, with what it passed.
    own.map_or(0, |own| unsafe { own(plain(), from, to, options, context) })
}
