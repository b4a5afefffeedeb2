//! Receive buffers: PHP strings that system calls write into.
//!
//! A long text is handed over without a copy. A short text is copied into a string of its size, and the large string is
//! kept for the next call.

use crate::os::spare::Spare;
use crate::rt::runtime::Runtime;
use crate::zend::bindings::*;
use crate::zend::errors::Outcome;
use crate::zend::globals::{self, per_thread};
use crate::zend::memory;
use crate::zend::values::Text;
use std::cell::Cell;
use std::mem::offset_of;
use std::ptr::NonNull;

/// Texts up to this length are copied, which costs less than a new string of the requested size.
const SHORT: usize = 2048;

/// A larger string is not kept.
const KEPT: usize = 256 * 1024;

/// The type that msgrcv(2) puts in front of a text. Here it overwrites the string's length, which is set later.
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
    /// The string kept between two calls. A call that uses it takes it out.
    static KEPT_ROOM: Cell<Option<Room>> = Cell::new(None);
}

/// The address to receive at, and the number of bytes.
pub(crate) struct Buffer<'b> {
    room: &'b mut Room,
    wanted: usize,
}

impl Buffer<'_> {
    /// Room for a text.
    pub(crate) fn text(&mut self) -> Spare<'_> {
        self.room.spare(offset_of!(zend_string, val), self.wanted)
    }

    /// Room for a message of a queue: its type, then its text.
    pub(crate) fn message(&mut self) -> Spare<'_> {
        self.room.spare(offset_of!(zend_string, len), TYPE + self.wanted)
    }
}

impl Room {
    fn spare(&mut self, offset: usize, len: usize) -> Spare<'_> {
        let first = self.string.as_ptr().cast::<u8>().wrapping_add(offset);
        // SAFETY: callers ask for no more than the room has, which is ours alone.
        unsafe { Spare::from_raw(first, len) }
    }

    /// # Safety
    /// `len` bytes of text have been stored.
    unsafe fn stored(&self, len: usize) -> &[u8] {
        let first = self.string.as_ptr().cast::<u8>().wrapping_add(offset_of!(zend_string, val));
        // SAFETY: as the caller promises.
        unsafe { std::slice::from_raw_parts(first, len) }
    }
}

/// Returns a string with what `fill` received, at most `wanted` bytes. `fill` returns their number.
#[inline]
pub(crate) fn receive<E>(
    wanted: usize,
    fill: impl FnOnce(&mut Runtime, &mut Buffer<'_>) -> Result<usize, E>,
) -> Outcome<Result<Text, E>> {
    let mut room = take(wanted)?;
    // The runtime is borrowed only here, where the engine allocates nothing: an allocation may leave with a long jump,
    // and the borrow would never end.
    let received = globals::with(|runtime| fill(runtime, &mut Buffer { room: &mut room, wanted }));
    Ok(match received {
        Ok(len) if len > SHORT || room.capacity > KEPT => Ok(hand_over(room, len)),
        Ok(len) => {
            put_back(room);
            // SAFETY: `fill` stored `len` bytes; the room is kept and not written to before the copy is made.
            Ok(Text::new(unsafe { room.stored(len) }))
        }
        Err(error) => {
            put_back(room);
            Err(error)
        }
    })
}

/// Returns a string with the bytes that `fill` has stored, of which there are at most `len`. `fill` returns their number.
#[inline]
pub(crate) fn receive_all<E>(
    len: usize,
    fill: impl FnOnce(&mut Runtime, Spare<'_>) -> Result<usize, E>,
) -> Outcome<Result<Text, E>> {
    let mut room = allocate(len)?;
    let stored = globals::with(|runtime| fill(runtime, room.spare(offset_of!(zend_string, val), len)));
    Ok(match stored {
        Ok(stored) => Ok(hand_over(room, stored.min(len))),
        Err(error) => {
            release(room);
            Err(error)
        }
    })
}

/// A string that is received in parts and grows with them, because others decide its length. It is in the request's
/// memory: so the memory limit holds, and the engine frees it even if its stack is never entered again.
pub(crate) struct StringBuffer {
    room: Option<Room>,
    len: usize,
}

impl StringBuffer {
    /// An empty string.
    pub(crate) const fn new() -> StringBuffer {
        StringBuffer { room: None, len: 0 }
    }

    /// The number of bytes so far.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The bytes so far.
    pub(crate) fn bytes(&self) -> &[u8] {
        // SAFETY: as many have been stored.
        self.room.as_ref().map_or(&[], |room| unsafe { room.stored(self.len) })
    }

    /// Whether there is no room for more.
    pub(crate) fn is_full(&self) -> bool {
        self.free() == 0
    }

    /// The room behind them, in bytes.
    fn free(&self) -> usize {
        self.room.map_or(0, |room| room.capacity - self.len)
    }

    /// Makes room for `more` bytes.
    pub(crate) fn reserve(&mut self, more: usize) -> Outcome<()> {
        if self.free() >= more {
            return Ok(());
        }
        let needed = self.len.saturating_add(more);
        self.room = Some(match self.room {
            None => allocate(needed)?,
            // Doubled, so that a text in many parts is not copied for each of them.
            Some(room) => reallocate(room, needed.max(room.capacity.saturating_mul(2)))?,
        });
        Ok(())
    }

    /// Lets `fill` store up to `most` bytes behind the others, as far as there is room. `fill` returns their number.
    pub(crate) fn fill<E>(
        &mut self,
        most: usize,
        fill: impl FnOnce(&mut Runtime, Spare<'_>) -> Result<usize, E>,
    ) -> Result<usize, E> {
        let (at, free) = (offset_of!(zend_string, val) + self.len, most.min(self.free()));
        let stored = globals::with(|runtime| match &mut self.room {
            Some(room) => fill(runtime, room.spare(at, free)),
            None => fill(runtime, Spare::from(&mut [])),
        })?;
        self.len += stored.min(free);
        Ok(stored)
    }

    /// The received string.
    pub(crate) fn into_text(mut self) -> Text {
        match self.room.take() {
            Some(room) => hand_over(room, self.len),
            None => Text::new(&[]),
        }
    }
}

impl Drop for StringBuffer {
    fn drop(&mut self) {
        if let Some(room) = self.room.take() {
            release(room);
        }
    }
}

/// The kept string, or a new one when that is too small.
#[inline]
fn take(wanted: usize) -> Outcome<Room> {
    match KEPT_ROOM.with(Cell::take) {
        Some(room) if room.capacity >= wanted => Ok(room),
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

/// Frees the kept string, at the end of a request.
pub(crate) fn end() {
    if let Some(room) = KEPT_ROOM.with(Cell::take) {
        release(room);
    }
}

fn size_for(capacity: usize) -> usize {
    // The engine refuses sizes beyond all limits.
    capacity.saturating_add(offset_of!(zend_string, val) + 1)
}

fn allocate(capacity: usize) -> Outcome<Room> {
    Ok(Room { string: memory::allocate(size_for(capacity))?.cast(), capacity })
}

/// Resizes a string. On failure it is unchanged.
fn reallocate(room: Room, capacity: usize) -> Outcome<Room> {
    // SAFETY: the room is ours, and the new one takes its place.
    let block = unsafe { memory::reallocate(room.string.cast(), size_for(capacity)) }?;
    Ok(Room { string: block.cast(), capacity })
}

fn release(room: Room) {
    // SAFETY: the room is ours and not used again.
    unsafe { memory::free(room.string.as_ptr().cast()) };
}

/// Makes it a string of `len` bytes.
#[inline]
fn hand_over(room: Room, len: usize) -> Text {
    let mut string = room.string.as_ptr();
    if len < room.capacity - room.capacity / 4 {
        // Shrinks in place, or moves `len` bytes. If that fails, the string keeps its size.
        string = reallocate(room, len).map_or(string, |smaller| smaller.string.as_ptr());
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

/// The number of words that fit on the stack.
const FEW: usize = 16;

/// Calls `body` with this many words, all zero. They are on the stack, or in the request's memory if there are many: so
/// a long jump leaks nothing.
#[inline(always)]
pub(crate) fn with_words<R>(count: usize, body: impl FnOnce(&mut [u64]) -> Outcome<R>) -> Outcome<R> {
    let (mut few, mut many) = ([0; FEW], None);
    let words = match few.get_mut(..count) {
        Some(words) => words,
        None => many.insert(Words::zeroed(count)?).all(),
    };
    body(words)
}

/// Words in the request's memory.
struct Words {
    first: NonNull<u64>,
    count: usize,
}

impl Words {
    #[cold]
    fn zeroed(count: usize) -> Outcome<Words> {
        let size = count.saturating_mul(size_of::<u64>());
        // The engine's blocks are aligned for words.
        let first = memory::allocate(size)?.cast::<u64>();
        // SAFETY: the block has this size.
        unsafe { first.write_bytes(0, count) };
        Ok(Words { first, count })
    }

    fn all(&mut self) -> &mut [u64] {
        // SAFETY: the block is ours, has `count` numbers, and all of them are set.
        unsafe { std::slice::from_raw_parts_mut(self.first.as_ptr(), self.count) }
    }
}

impl Drop for Words {
    fn drop(&mut self) {
        // SAFETY: the block is ours and not used again.
        unsafe { memory::free(self.first.as_ptr().cast()) };
    }
}

/// The bytes of words, in memory order.
pub(crate) fn bytes_of_words(words: &[u64]) -> &[u8] {
    // SAFETY: every byte of a number is set, and bytes need no alignment.
    unsafe { std::slice::from_raw_parts(words.as_ptr().cast(), size_of_val(words)) }
}
