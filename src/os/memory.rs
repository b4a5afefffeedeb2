//! How the kernel lays out the memory of stacks.

use crate::os::fault::{Call, check};
use crate::os::{Errno, system};
use std::sync::OnceLock;

/// The size of a page in bytes, on every machine that PHP's fibers run on.
const PAGE: usize = 4096;

/// Of all mappings that a process may have, those that guard pages of stacks may take: one in this many. The
/// rest is for the stacks themselves, libraries and files.
const SHARE: usize = 4;

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
