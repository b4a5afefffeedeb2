//! Uninitialised memory.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

/// Memory to receive into. It may be written, but not read: its content is undefined.
///
/// ```
/// # use swoole_process::os::spare::Spare;
/// let mut buffer = [0; 4];
/// assert_eq!(Spare::from(&mut buffer).put(1, b"text"), 3);
/// assert_eq!(&buffer, b"\0tex");
/// ```
#[derive(Debug)]
pub struct Spare<'m> {
    first: *mut u8,
    len: usize,
    memory: PhantomData<&'m mut [MaybeUninit<u8>]>,
}

impl<'m> Spare<'m> {
    /// `len` bytes from `first`.
    ///
    /// # Safety
    /// The memory may be written during `'m`, and no other code reads it.
    pub unsafe fn from_raw(first: *mut u8, len: usize) -> Spare<'m> {
        Spare { first, len, memory: PhantomData }
    }

    /// The number of bytes that there is room for.
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no room.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The address of the first byte.
    #[inline]
    pub fn as_mut_ptr(&mut self) -> *mut u8 {
        self.first
    }

    /// The memory, for a library that can store into uninitialised memory.
    pub fn as_uninit(&mut self) -> &mut [MaybeUninit<u8>] {
        // SAFETY: so many bytes are lent to us alone, and may be anything.
        unsafe { std::slice::from_raw_parts_mut(self.first.cast(), self.len) }
    }

    /// The same memory, for a shorter time.
    #[inline]
    pub fn lend(&mut self) -> Spare<'_> {
        self.after(0)
    }

    /// The memory behind the first `count` bytes.
    #[inline]
    pub fn after(&mut self, count: usize) -> Spare<'_> {
        let count = count.min(self.len);
        Spare { first: self.first.wrapping_add(count), len: self.len - count, memory: PhantomData }
    }

    /// The first `count` bytes of the memory.
    #[inline]
    pub fn first(&mut self, count: usize) -> Spare<'_> {
        Spare { first: self.first, len: count.min(self.len), memory: PhantomData }
    }

    /// Stores bytes behind the first `at`, as far as there is room. Returns their number.
    pub fn put(&mut self, at: usize, bytes: &[u8]) -> usize {
        let mut room = self.after(at);
        let len = bytes.len().min(room.len);
        // SAFETY: both are `len` bytes long at least; the memory is lent to us alone.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), room.as_mut_ptr(), len) };
        len
    }
}

impl<'m> From<&'m mut [u8]> for Spare<'m> {
    #[inline]
    fn from(buffer: &'m mut [u8]) -> Spare<'m> {
        // SAFETY: the buffer is lent for as long.
        unsafe { Spare::from_raw(buffer.as_mut_ptr(), buffer.len()) }
    }
}

impl<'m, const N: usize> From<&'m mut [u8; N]> for Spare<'m> {
    fn from(buffer: &'m mut [u8; N]) -> Spare<'m> {
        Spare::from(buffer.as_mut_slice())
    }
}

impl<'m> From<&'m mut Vec<u8>> for Spare<'m> {
    /// The content of the vector, to be overwritten.
    fn from(buffer: &'m mut Vec<u8>) -> Spare<'m> {
        Spare::from(buffer.as_mut_slice())
    }
}
