//! Memory that a process shares with the children it forks.
//!
//! The memory is anonymous: no other process can find it by name, and the kernel frees it with the last process that
//! has it.

use crate::os::fault::{Call, check};
use crate::os::spare::Spare;
use crate::os::{Errno, Result};
use std::fmt::Debug;
use std::ptr::{NonNull, null_mut};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// The elements of shared memory: numbers for which every bit pattern is valid, zero too.
pub trait Word: sealed::Sealed + Sync + Debug + 'static {}

impl Word for AtomicU32 {}
impl Word for AtomicU64 {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for std::sync::atomic::AtomicU32 {}
    impl Sealed for std::sync::atomic::AtomicU64 {}
}

/// An array of numbers that this process shares with its children. It is freed with the last of them.
#[derive(Debug)]
pub struct SharedWords<T: Word = AtomicU64> {
    first: NonNull<T>,
    count: usize,
}

impl<T: Word> SharedWords<T> {
    /// mmap(2), `MAP_SHARED | MAP_ANONYMOUS`: `count` numbers, all zero. A page takes memory when it is first used. The
    /// kernel counts the mapping as committed memory, and refuses what it cannot commit (`vm.overcommit_memory`).
    pub fn new(count: usize) -> Result<SharedWords<T>> {
        let count = count.max(1);
        let size = count.checked_mul(size_of::<T>()).ok_or(Errno::ENOMEM)?;
        check(Call::Mmap)?;
        let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED | libc::MAP_ANONYMOUS);
        // SAFETY: asks for new memory, wherever there is room.
        let memory = unsafe { libc::mmap(null_mut(), size, access, kind, -1, 0) };
        if memory == libc::MAP_FAILED {
            return Err(Errno::last());
        }
        let first = NonNull::new(memory.cast()).ok_or(Errno::ENOMEM)?;
        Ok(SharedWords { first, count })
    }

    /// All numbers.
    #[inline]
    pub fn all(&self) -> &[T] {
        // SAFETY: the memory has `count` numbers, is aligned to a page, lives as long as `self`, and atomics may be shared.
        unsafe { std::slice::from_raw_parts(self.first.as_ptr(), self.count) }
    }

    /// One number; `None` beyond the last.
    #[inline]
    pub fn get(&self, index: usize) -> Option<&T> {
        self.all().get(index)
    }
}

/// Stores bytes, eight in a word, in memory order. The last word is filled up with zeroes; what finds no word is left out.
#[inline(always)]
pub fn store_bytes(words: &[AtomicU64], bytes: &[u8]) {
    let (whole, rest) = bytes.as_chunks::<8>();
    for (word, bytes) in words.iter().zip(whole) {
        word.store(u64::from_ne_bytes(*bytes), Ordering::Relaxed);
    }
    if let (false, Some(last)) = (rest.is_empty(), words.get(whole.len())) {
        let mut padded = [0; 8];
        for (byte, given) in padded.iter_mut().zip(rest) {
            *byte = *given;
        }
        last.store(u64::from_ne_bytes(padded), Ordering::Relaxed);
    }
}

/// Loads the bytes that [`store_bytes`] has stored into `buffer`, as many as it has room for. Returns their number.
// As a function of its own, with several callers, it takes a third longer for 8 KB.
#[inline(always)]
pub fn load_bytes(words: &[AtomicU64], mut buffer: Spare<'_>) -> usize {
    let whole = words.len().min(buffer.len() / 8);
    let first = buffer.as_mut_ptr();
    for (index, word) in words.iter().take(whole).enumerate() {
        let bytes = word.load(Ordering::Relaxed).to_ne_bytes();
        // SAFETY: the buffer has room for `whole` times eight bytes.
        unsafe { first.wrapping_add(index * 8).cast::<[u8; 8]>().write(bytes) };
    }
    let rest = buffer.len() - whole * 8;
    match words.get(whole) {
        Some(last) => {
            let bytes = last.load(Ordering::Relaxed).to_ne_bytes();
            whole * 8 + buffer.put(whole * 8, bytes.get(..rest.min(8)).unwrap_or_default())
        }
        None => whole * 8,
    }
}

impl<T: Word> Drop for SharedWords<T> {
    fn drop(&mut self) {
        // SAFETY: the memory is ours, of this size, and not used again.
        unsafe { libc::munmap(self.first.as_ptr().cast(), self.count * size_of::<T>()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_begin_at_nought_and_end_where_the_row_ends() {
        let words = SharedWords::<AtomicU64>::new(3).unwrap();
        words.get(2).unwrap().fetch_add(7, Ordering::Relaxed);
        let values: Vec<u64> =
            (0..3).map(|index| words.get(index).unwrap().load(Ordering::Relaxed)).collect();
        assert_eq!(values, [0, 0, 7]);
        assert!(words.get(3).is_none());
    }

    #[test]
    fn bytes_come_back_whatever_their_number() {
        let bytes: Vec<u8> = (1..=40).collect();
        for len in 0..bytes.len() {
            let words = SharedWords::<AtomicU64>::new(6).unwrap();
            store_bytes(words.all(), &bytes[..len]);
            let mut back = vec![0; len];
            let needed = &words.all()[..len.div_ceil(8)];
            assert_eq!(load_bytes(needed, Spare::from(&mut back)), len);
            assert_eq!(back, &bytes[..len]);
        }
        // Neither more words nor more room than there is.
        let words = SharedWords::<AtomicU64>::new(2).unwrap();
        store_bytes(words.all(), &bytes);
        let mut back = [0; 40];
        assert_eq!(load_bytes(words.all(), Spare::from(&mut back)), 16);
        assert_eq!(&back[..17], [&bytes[..16], &[0]].concat());
    }

    #[test]
    fn memory_that_no_address_space_has_is_an_error() {
        assert_eq!(SharedWords::<AtomicU64>::new(usize::MAX).err(), Some(Errno::ENOMEM));
        assert_eq!(SharedWords::<AtomicU32>::new(usize::MAX / 8).err(), Some(Errno::ENOMEM));
    }
}
