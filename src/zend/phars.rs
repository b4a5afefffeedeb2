//! Open phar archives in a forked child. The engine sets a position in an archive, and then reads, through a stream whose
//! position parent and child share. If the other process sets a position in between, the engine reads wrong data.

use crate::os::fd;
use crate::zend::arrays::Array;
use crate::zend::bindings::*;
use crate::zend::streams;
use std::ffi::CStr;
use std::ptr::NonNull;

const PREFIX: &[u8] = b"phar://";

/// An archive that could not be opened again.
pub(crate) struct Shared {
    pub(crate) path: String,
    pub(crate) errno: crate::os::Errno,
}

/// Whether code was included from an archive.
pub(crate) fn is_any_included() -> bool {
    included().iter().any(|(key, _)| key.is_some_and(|key| key.starts_with(PREFIX)))
}

/// The names of the files that were included.
fn included() -> Array<'static> {
    // SAFETY: the executor's globals are valid on a thread that runs PHP. The table lives as long as the request, and the
    // callers in this file include nothing.
    unsafe { Array::of_table(&raw mut (*executor()).included_files) }
}

/// Gives each archive from which code was included a position of its own. Returns those for which that failed.
pub(crate) fn take_over() -> Vec<Shared> {
    let included = included();
    // SAFETY: as above, for the open streams.
    let resources = unsafe { Array::of_table(&raw mut (*executor()).regular_list) };
    let mut failed = Vec::new();
    for (_, resource) in resources.iter() {
        let Some(stream) = streams::open_stream(resource) else { continue };
        let Some(path) = path(stream) else { continue };
        let is_its = |key: &[u8]| {
            let rest = key.strip_prefix(PREFIX).and_then(|key| key.strip_prefix(path.as_slice()));
            rest.is_some_and(|rest| rest.starts_with(b"/"))
        };
        if included.iter().any(|(key, _)| key.is_some_and(is_its))
            && let Some((number, position)) = streams::kernel_position(stream)
            && let Err(errno) = fd::separate(number, position)
        {
            failed.push(Shared { path: String::from_utf8_lossy(&path).into_owned(), errno });
        }
    }
    failed
}

/// The path that a stream was opened with.
fn path(stream: NonNull<php_stream>) -> Option<Vec<u8>> {
    // SAFETY: the stream is open.
    let path = NonNull::new(unsafe { stream.as_ref() }.orig_path)?;
    // SAFETY: the path ends with NUL.
    Some(unsafe { CStr::from_ptr(path.as_ptr()) }.to_bytes().to_vec())
}
