//! Memory that a process shares with the children it forks.

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result};
use std::ptr::{NonNull, null_mut};
use std::sync::atomic::AtomicU64;

/// A row of numbers that this process and its children see alike. It is gone with the last of them.
#[derive(Debug)]
pub struct Words {
    first: NonNull<AtomicU64>,
    count: usize,
}

impl Words {
    /// mmap(2), `MAP_SHARED | MAP_ANONYMOUS`: `count` numbers, all nought.
    pub fn new(count: usize) -> Result<Words> {
        let count = count.max(1);
        let size = count.checked_mul(size_of::<AtomicU64>()).ok_or(Errno::ENOMEM)?;
        check(Call::Mmap)?;
        let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED | libc::MAP_ANONYMOUS);
        // SAFETY: asks for new memory, wherever there is room.
        let memory = unsafe { libc::mmap(null_mut(), size, access, kind, -1, 0) };
        if memory == libc::MAP_FAILED {
            return Err(Errno::last());
        }
        let first = NonNull::new(memory.cast()).ok_or(Errno::ENOMEM)?;
        Ok(Words { first, count })
    }

    /// One of the numbers; `None` beyond the last.
    #[inline]
    pub fn get(&self, index: usize) -> Option<&AtomicU64> {
        if index >= self.count {
            return None;
        }
        // SAFETY: the memory has `count` numbers.
        let word = unsafe { self.first.add(index) };
        // SAFETY: it lives as long as `self`, and atomics may be shared.
        Some(unsafe { word.as_ref() })
    }
}

impl Drop for Words {
    fn drop(&mut self) {
        // SAFETY: the memory is ours, of this size, and not used again.
        unsafe { libc::munmap(self.first.as_ptr().cast(), self.count * size_of::<AtomicU64>()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::Ordering;

    #[test]
    fn numbers_begin_at_nought_and_end_where_the_row_ends() {
        let words = Words::new(3).unwrap();
        words.get(2).unwrap().fetch_add(7, Ordering::Relaxed);
        let values: Vec<u64> =
            (0..3).map(|index| words.get(index).unwrap().load(Ordering::Relaxed)).collect();
        assert_eq!(values, [0, 0, 7]);
        assert!(words.get(3).is_none());
    }
}
