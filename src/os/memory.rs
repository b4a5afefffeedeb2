//! How the kernel lays out the memory of stacks, and buffers whose size is somebody else's choice: there may be no memory
//! for them, which must not end the process as it does where Rust asks for memory by itself.

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result, system};
use std::alloc::{Layout, alloc_zeroed};
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::sync::OnceLock;

/// The size of a page in bytes, on every machine that PHP's fibers run on.
const PAGE: usize = 4096;

/// Of all mappings that a process may have, those that guard pages of stacks may take: one in this many. The
/// rest is for the stacks themselves, libraries and files.
const SHARE: usize = 4;

/// A buffer of `len` bytes, all nought. A large one takes no memory until it is used. `ENOMEM` when it cannot be had.
pub fn zeroed(len: usize) -> Result<Vec<u8>> {
    if len == 0 {
        return Ok(Vec::new());
    }
    let layout = Layout::array::<u8>(len).map_err(|_| Errno::ENOMEM)?;
    check(Call::Malloc)?;
    // SAFETY: the layout has a size, which is not nought.
    let memory = unsafe { alloc_zeroed(layout) };
    if memory.is_null() {
        return Err(Errno::ENOMEM);
    }
    // SAFETY: the memory is that of the allocator which vectors use, has this layout, and all of its bytes are set.
    Ok(unsafe { Vec::from_raw_parts(memory, len, len) })
}

/// Makes a buffer `len` bytes long, if it is shorter. `ENOMEM`, and nothing has changed, when the memory cannot be had.
pub fn grow(buffer: &mut Vec<u8>, len: usize) -> Result<()> {
    if len > buffer.len() {
        reserve(buffer, len - buffer.len())?;
        buffer.resize(len, 0);
    }
    Ok(())
}

/// Sees to it that a buffer has room for `more` bytes. `ENOMEM` when it cannot be had.
pub fn reserve(buffer: &mut Vec<u8>, more: usize) -> Result<()> {
    check(Call::Malloc)?;
    buffer.try_reserve(more).map_err(|_| Errno::ENOMEM)
}

/// Memory to receive into. It may be written, and not read: nobody knows what is there.
///
/// ```
/// # use swoole_process::os::memory::Spare;
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
    /// They may be written during `'m`, and nobody else looks at them.
    pub unsafe fn from_raw(first: *mut u8, len: usize) -> Spare<'m> {
        Spare { first, len, memory: PhantomData }
    }

    /// How many bytes there is room for.
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no room.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Where the first byte belongs.
    #[inline]
    pub fn as_mut_ptr(&mut self) -> *mut u8 {
        self.first
    }

    /// The same memory, to be lent.
    #[inline]
    pub fn lend(&mut self) -> Spare<'_> {
        self.after(0)
    }

    /// What comes behind the first `count` bytes.
    #[inline]
    pub fn after(&mut self, count: usize) -> Spare<'_> {
        let count = count.min(self.len);
        Spare { first: self.first.wrapping_add(count), len: self.len - count, memory: PhantomData }
    }

    /// Stores bytes behind the first `at`, as many as there is room for: how many.
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
    /// What it holds, to be overwritten.
    fn from(buffer: &'m mut Vec<u8>) -> Spare<'m> {
        Spare::from(buffer.as_mut_slice())
    }
}

/// Sees to a new stack, the `count`th of the process: no huge pages, of which each would take the memory of the
/// whole stack, and no guard page of its own when there are very many stacks. A guard page costs two mappings, of
/// which a process may have `vm.max_map_count`; without it the kernel joins neighbouring stacks in one.
///
/// # Safety
/// The `size` bytes from `lowest` are a stack that nobody uses yet, and the page below is its guard.
pub unsafe fn lay_out_stack(lowest: *mut u8, size: usize, count: usize) {
    let (mut first, mut len) = (lowest, size);
    if count > guarded() {
        // SAFETY: as the caller promises, the page belongs to the stack.
        let guard = unsafe { lowest.sub(PAGE) };
        let writable = check(Call::Mprotect).and_then(|()| {
            // SAFETY: as above.
            let result = unsafe { libc::mprotect(guard.cast(), PAGE, libc::PROT_READ | libc::PROT_WRITE) };
            Errno::result(result)
        });
        // When it fails the stack keeps its guard, and the process meets the limit on mappings earlier.
        if writable.is_ok() {
            (first, len) = (guard, PAGE + size);
        }
    }
    // It fails where the kernel has no huge pages.
    if check(Call::Madvise).is_ok() {
        // SAFETY: as the caller promises; advice changes no memory.
        unsafe { libc::madvise(first.cast(), len, libc::MADV_NOHUGEPAGE) };
    }
}

/// How many stacks keep their guard page.
fn guarded() -> usize {
    static GUARDED: OnceLock<usize> = OnceLock::new();
    *GUARDED.get_or_init(|| {
        let mappings = system::limit("vm/max_map_count").and_then(|count| usize::try_from(count).ok());
        mappings.unwrap_or(65_530) / SHARE / 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_an_error() {
        assert_eq!(zeroed(usize::MAX), Err(Errno::ENOMEM));
        assert_eq!(zeroed(isize::MAX.cast_unsigned()), Err(Errno::ENOMEM));
        let mut buffer = vec![1; 3];
        assert_eq!(grow(&mut buffer, usize::MAX), Err(Errno::ENOMEM));
        assert_eq!(reserve(&mut buffer, isize::MAX.cast_unsigned()), Err(Errno::ENOMEM));
        assert_eq!(buffer, [1; 3]);
    }

    #[test]
    fn what_is_new_is_nought() {
        let mut buffer = zeroed(2).unwrap();
        buffer.fill(7);
        assert_eq!(grow(&mut buffer, 4), Ok(()));
        assert_eq!((buffer.as_slice(), grow(&mut buffer.clone(), 1)), (&[7, 7, 0, 0][..], Ok(())));
        assert!(zeroed(0).unwrap().is_empty());
        assert!(zeroed(1 << 20).unwrap().iter().all(|&byte| byte == 0));
    }
}
