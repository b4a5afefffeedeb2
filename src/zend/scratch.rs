//! A PHP string to receive into.
//!
//! The system calls write where the script will read: what is long is handed over without a copy, what is
//! short is copied into a string of its size, and the big one is kept for the next time.

use crate::rt::runtime::Runtime;
use crate::zend::bindings::*;
use crate::zend::globals::{self, per_thread};
use crate::zend::values::Text;
use std::cell::Cell;
use std::mem::offset_of;
use std::ptr::NonNull;

/// Texts up to this length are copied: that costs less than a new string of the size asked for.
const SHORT: usize = 2048;

/// A string with more room than this is not kept.
const KEPT: usize = 256 * 1024;

/// The type that msgrcv(2) puts in front of a text; here the place of the string's length, which is set later.
const TYPE: usize = size_of::<usize>();
const _: () = assert!(offset_of!(zend_string, len) + TYPE == offset_of!(zend_string, val));

const GC_STRING: u32 = IS_STRING | 1 << 4;

/// A string of ours with room for `capacity` bytes.
#[derive(Clone, Copy)]
struct Room {
    string: NonNull<zend_string>,
    capacity: usize,
}

per_thread! {
    /// What is kept between two calls. Nobody else looks at it while it is in use: it is taken out.
    static KEPT_ROOM: Cell<Option<Room>> = Cell::new(None);
}

/// Where to receive, and how much.
pub(crate) struct Buffer<'b> {
    room: &'b mut Room,
    wanted: usize,
}

impl Buffer<'_> {
    /// Room for a text.
    pub(crate) fn text(&mut self) -> &mut [u8] {
        self.bytes(offset_of!(zend_string, val), self.wanted)
    }

    /// Room for a message of a queue: its type, then its text.
    pub(crate) fn message(&mut self) -> &mut [u8] {
        self.bytes(offset_of!(zend_string, len), TYPE + self.wanted)
    }

    fn bytes(&mut self, offset: usize, len: usize) -> &mut [u8] {
        // SAFETY: the string has at least `wanted` bytes behind `val`, and is ours alone.
        let first = unsafe { self.room.string.as_ptr().byte_add(offset) };
        // SAFETY: as above. Whatever the engine's allocator left there are bytes.
        unsafe { std::slice::from_raw_parts_mut(first.cast(), len) }
    }
}

/// A string with what `fill` received, at most `wanted` bytes; it says how many there are.
#[inline]
pub(crate) fn receive<E>(
    wanted: usize,
    fill: impl FnOnce(&mut Runtime, &mut Buffer<'_>) -> Result<usize, E>,
) -> Result<Text, E> {
    let mut room = take(wanted);
    // The runtime is borrowed only here, where the engine allocates nothing: when the request's memory is
    // used up it leaves with a long jump, and a borrow would never end.
    let received = globals::with(|runtime| fill(runtime, &mut Buffer { room: &mut room, wanted }));
    match received {
        Ok(len) if len > SHORT || room.capacity > KEPT => Ok(hand_over(room, len)),
        Ok(len) => {
            put_back(room);
            // SAFETY: only the address is taken.
            let bytes = unsafe { &raw const (*room.string.as_ptr()).val };
            // SAFETY: `fill` stored `len` bytes; the room is kept and nobody writes to it before the copy is made.
            Ok(Text::new(unsafe { std::slice::from_raw_parts(bytes.cast(), len) }))
        }
        Err(error) => {
            put_back(room);
            Err(error)
        }
    }
}

/// A string with what `fill` stores, which has `len` bytes, and which it may find out that it cannot.
pub(crate) fn fetch<E>(
    len: usize,
    fill: impl FnOnce(&mut Runtime, &mut Buffer<'_>) -> Result<usize, E>,
) -> Result<Text, E> {
    // Before the runtime is borrowed, as above.
    let mut room = allocate(len);
    match globals::with(|runtime| fill(runtime, &mut Buffer { room: &mut room, wanted: len })) {
        Ok(len) => Ok(hand_over(room, len)),
        Err(error) => {
            release(room);
            Err(error)
        }
    }
}

/// The kept room, or a new one when that is too small.
#[inline]
fn take(wanted: usize) -> Room {
    match KEPT_ROOM.with(Cell::take) {
        Some(room) if room.capacity >= wanted => room,
        old => {
            if let Some(old) = old {
                release(old);
            }
            allocate(wanted)
        }
    }
}

#[inline]
fn put_back(room: Room) {
    KEPT_ROOM.with(|kept| kept.set(Some(room)));
}

/// Frees what is kept; at the end of a request.
pub(crate) fn end() {
    if let Some(room) = KEPT_ROOM.with(Cell::take) {
        release(room);
    }
}

/// How many bytes of memory a request may have.
pub(crate) fn limit() -> usize {
    // SAFETY: PHP's globals are valid on a thread that runs PHP.
    let globals: *const php_core_globals = unsafe { ext_php_rs::ffi::ext_php_rs_process_globals() }.cast();
    // SAFETY: as above.
    usize::try_from(unsafe { (*globals).memory_limit }).unwrap_or(usize::MAX)
}

fn size_for(capacity: usize) -> usize {
    offset_of!(zend_string, val) + capacity + 1
}

fn allocate(capacity: usize) -> Room {
    // SAFETY: the engine ends the request when there is no memory; it never returns null.
    let string = unsafe { NonNull::new_unchecked(emalloc(size_for(capacity)).cast()) };
    Room { string, capacity }
}

fn release(room: Room) {
    // SAFETY: the room is ours and not used again.
    unsafe { efree(room.string.as_ptr().cast()) };
}

/// Makes the room a string of `len` bytes.
fn hand_over(room: Room, len: usize) -> Text {
    let mut string = room.string.as_ptr();
    if len < room.capacity - room.capacity / 4 {
        // SAFETY: shrinks in place, or moves `len` bytes; never null.
        string = unsafe { erealloc(string.cast(), size_for(len)).cast() };
    }
    // SAFETY: the memory is ours and large enough; no field was initialised before.
    let header = unsafe { &mut *string };
    header.gc.refcount = 1;
    header.gc.u.type_info = GC_STRING;
    header.h = 0;
    header.len = len;
    // SAFETY: there is one byte more than `len`.
    unsafe { (&raw mut (*string).val).cast::<u8>().add(len).write(0) };
    // SAFETY: the string is complete, and its one reference is handed over.
    unsafe { Text::own(NonNull::new_unchecked(string)) }
}

// The engine's allocator tells a debug build where each block comes from.
macro_rules! debug_arguments {
    ($function:ident($($argument:expr),*)) => {{
        #[cfg(php_debug)]
        {
            $function($($argument,)* c"swoole_process".as_ptr(), line!(), std::ptr::null(), 0)
        }
        #[cfg(not(php_debug))]
        {
            $function($($argument),*)
        }
    }};
}

unsafe fn emalloc(size: usize) -> *mut std::ffi::c_void {
    // SAFETY: allocates.
    unsafe { debug_arguments!(_emalloc(size)) }
}

unsafe fn erealloc(block: *mut std::ffi::c_void, size: usize) -> *mut std::ffi::c_void {
    // SAFETY: as the caller promises, the block is ours.
    unsafe { debug_arguments!(_erealloc(block, size)) }
}

/// Frees a block of the request's memory.
///
/// # Safety
/// The block is the caller's and not used again; null is allowed.
pub(super) unsafe fn free(block: *mut std::ffi::c_void) {
    if !block.is_null() {
        // SAFETY: as the caller promises.
        unsafe { efree(block) };
    }
}

unsafe fn efree(block: *mut std::ffi::c_void) {
    // SAFETY: as the caller promises, the block is ours and not used again.
    unsafe { debug_arguments!(_efree(block)) }
}
