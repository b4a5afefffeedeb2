//! stream_copy_to_stream(): while it waits in one stream, it still needs the other one, so the script must not close
//! either.

use crate::zend::arguments::Arguments;
use crate::zend::bindings::*;
use crate::zend::frame::{Frame, Slot};
use crate::zend::function_hooks::Original;
use crate::zend::globals::per_thread;
use crate::zend::streams;
use std::cell::RefCell;
use std::ptr::{NonNull, null_mut};

per_thread! {
    /// One entry for each use of a stream in a running copy, and whether we have set the flag.
    static COPIED: RefCell<Vec<(*mut php_stream, bool)>> = RefCell::new(Vec::new());
}

/// Calls the function. Meanwhile the engine's own flag prevents fclose() on its streams.
pub(crate) fn call(original: &Original, frame: &Frame, slot: &Slot) {
    let stream = |index| {
        let value = Arguments::passed(frame).value(index);
        value.and_then(streams::open_stream).map_or(null_mut(), NonNull::as_ptr)
    };
    let copied = [stream(0), stream(1)];
    for stream in copied {
        protect(stream);
    }
    original.call(frame, slot);
    for stream in copied {
        release(stream);
    }
}

fn protect(stream: *mut php_stream) {
    // SAFETY: null, or an open stream.
    let Some(open) = (unsafe { stream.as_mut() }) else { return };
    COPIED.with(|copied| {
        let mut copied = copied.borrow_mut();
        let known = copied.iter().find(|(other, _)| *other == stream).map(|(_, is_ours)| *is_ours);
        let is_ours = known.unwrap_or(open.flags & PHP_STREAM_FLAG_NO_FCLOSE == 0);
        copied.push((stream, is_ours));
    });
    open.flags |= PHP_STREAM_FLAG_NO_FCLOSE;
}

fn release(stream: *mut php_stream) {
    let is_last = COPIED.with(|copied| {
        let mut copied = copied.borrow_mut();
        let place = copied.iter().position(|(other, _)| *other == stream)?;
        let (_, is_ours) = copied.swap_remove(place);
        Some(is_ours && !copied.iter().any(|(other, _)| *other == stream))
    });
    if is_last == Some(true) {
        // SAFETY: nobody could close it, and the arguments of the function hold it.
        unsafe { (*stream).flags &= !PHP_STREAM_FLAG_NO_FCLOSE };
    }
}

/// In a child that begins: the copies of the parent's coroutines never continue here, and the child may close their streams.
pub(in crate::zend) fn begin_child() {
    for (stream, is_ours) in COPIED.with(|copied| std::mem::take(&mut *copied.borrow_mut())) {
        if is_ours {
            // SAFETY: the arguments of the function, on the stack of its coroutine, hold the stream.
            unsafe { (*stream).flags &= !PHP_STREAM_FLAG_NO_FCLOSE };
        }
    }
}

/// At the end of a request: forgets calls that a fatal error has ended.
pub(crate) fn end() {
    COPIED.with(|copied| copied.borrow_mut().clear());
}
