//! The memory layout of stacks, and buffers whose size others decide. When there is no memory for such a buffer, the
//! call fails; an ordinary Rust allocation would abort the process.

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result, system};
use std::alloc::{Layout, alloc_zeroed};
use std::sync::OnceLock;

/// The size of a page in bytes, on every machine that PHP's fibers run on.
const PAGE: usize = 4096;

/// A zeroed buffer of `len` bytes. A large one takes no memory until it is used. `ENOMEM` when there is none.
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

/// Makes a buffer `len` bytes long, if it is shorter. `ENOMEM` when there is no memory; then nothing has changed.
pub fn grow(buffer: &mut Vec<u8>, len: usize) -> Result<()> {
    if len > buffer.len() {
        reserve(buffer, len - buffer.len())?;
        buffer.resize(len, 0);
    }
    Ok(())
}

/// Makes room for `more` bytes in a buffer. `ENOMEM` when there is no memory.
pub fn reserve(buffer: &mut Vec<u8>, more: usize) -> Result<()> {
    if buffer.capacity() - buffer.len() >= more {
        return Ok(());
    }
    check(Call::Malloc)?;
    buffer.try_reserve(more).map_err(|_| Errno::ENOMEM)
}

/// The page at the end of a stack, below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StackEnd {
    /// A guard page: a stack overflow kills the process by SIGSEGV.
    Guard,
    /// A page that only a stack overflow writes to: [`Canary::is_dead`] detects it afterwards, when it is too late to
    /// continue.
    Canary(Canary),
}

/// A page that was never written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canary(*const [u64; LINE]);

/// The words of a cache line.
const LINE: usize = 8;

impl Canary {
    /// Whether the page was written to. A call writes at least its return address, so a stack that has grown past the
    /// page has left something in each of its lines; two lines are checked.
    ///
    /// # Safety
    /// The stack is still there.
    #[inline]
    pub unsafe fn is_dead(self) -> bool {
        let lines = PAGE / size_of::<[u64; LINE]>();
        [lines / 2, lines - 1].into_iter().any(|line| {
            // SAFETY: the lines are within the page, which belongs to the stack, as the caller promises.
            let words = unsafe { self.0.wrapping_add(line).read_volatile() };
            words.into_iter().fold(0, std::ops::BitOr::bitor) != 0
        })
    }
}

/// Prepares a new stack, the `count`th of the process: disables huge pages, each of which would take the memory of the
/// whole stack, and chooses what is below it. Since Linux 6.7 what is mapped as a stack (`MAP_STACK`) has no huge pages.
///
/// A guard page costs two mappings, of which a process may have `vm.max_map_count`; without guard pages the kernel
/// merges neighbouring stacks into one mapping. So only a part of the stacks has guard pages. Others have a mark in the
/// page table (Linux 6.13), which guards as well and costs no mapping. On older kernels most stacks have guard pages,
/// and the rest have a canary.
///
/// # Safety
/// The `size` bytes from `lowest` are a stack that is mapped as such and not in use yet, and the page below is its guard.
pub unsafe fn lay_out_stack(lowest: *mut u8, size: usize, count: usize) -> StackEnd {
    // SAFETY: as the caller promises, the page belongs to the stack.
    let guard = unsafe { lowest.sub(PAGE) };
    let Conditions { some, most, has_huge_stacks } = *conditions();
    let below = if count <= some {
        StackEnd::Guard
    } else if advise(guard, PAGE, GUARD_INSTALL).is_ok() {
        // Behind the mark the page may have the rights of its neighbours. When this fails it stays a guard page.
        let _ = allow_writing(guard);
        StackEnd::Guard
    } else if count > most && allow_writing(guard).is_ok() {
        StackEnd::Canary(Canary(guard.cast_const().cast()))
    } else {
        StackEnd::Guard
    };
    if has_huge_stacks {
        // Fails on kernels without huge pages.
        let _ = advise(guard, PAGE + size, libc::MADV_NOHUGEPAGE);
    }
    below
}

/// `MADV_GUARD_INSTALL`.
const GUARD_INSTALL: i32 = 102;

/// madvise(2) for memory of a stack that is not in use.
fn advise(first: *mut u8, len: usize, advice: i32) -> Result<()> {
    check(Call::Madvise)?;
    // SAFETY: neither kind of advice that is given here changes what is stored.
    Errno::result(unsafe { libc::madvise(first.cast(), len, advice) })?;
    Ok(())
}

/// mprotect(2) of the page below a stack that is not in use.
fn allow_writing(page: *mut u8) -> Result<()> {
    check(Call::Mprotect)?;
    // SAFETY: the page belongs to the stack; nothing that anybody knows of lies there.
    Errno::result(unsafe { libc::mprotect(page.cast(), PAGE, libc::PROT_READ | libc::PROT_WRITE) })?;
    Ok(())
}

/// What the layout of stacks depends on.
struct Conditions {
    /// How many stacks get a guard page where there is an alternative.
    some: usize,
    /// How many get one at most. At most seven of eight mappings are for stacks; the rest is for the memory of PHP,
    /// libraries and files.
    most: usize,
    /// Whether the kernel may use huge pages for stacks.
    has_huge_stacks: bool,
}

fn conditions() -> &'static Conditions {
    static CONDITIONS: OnceLock<Conditions> = OnceLock::new();
    CONDITIONS.get_or_init(|| {
        let mappings = system::limit("vm/max_map_count").and_then(|count| usize::try_from(count).ok());
        let mappings = mappings.unwrap_or(65_530);
        Conditions {
            some: mappings / 4 / 2,
            most: (mappings - mappings / 8) / 2,
            has_huge_stacks: system::kernel_version() < Some([6, 7]),
        }
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

    /// A page, and a stack of the same size above it.
    fn stack() -> *mut u8 {
        let rights = libc::PROT_READ | libc::PROT_WRITE;
        let kind = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        // SAFETY: maps new memory.
        let page = unsafe { libc::mmap(std::ptr::null_mut(), 2 * PAGE, rights, kind, -1, 0) };
        assert_ne!(page, libc::MAP_FAILED);
        // SAFETY: as above.
        assert_eq!(unsafe { libc::mprotect(page, PAGE, libc::PROT_NONE) }, 0);
        page.cast::<u8>().wrapping_add(PAGE)
    }

    #[test]
    fn stacks_have_guards_as_long_as_there_are_mappings_for_them() {
        let Conditions { some, most, .. } = *conditions();
        assert!(0 < some && some < most);
        for count in [1, some, some + 1, most] {
            // SAFETY: new, with a page below.
            assert_eq!(unsafe { lay_out_stack(stack(), PAGE, count) }, StackEnd::Guard, "{count}");
        }
    }

    #[test]
    #[cfg(feature = "fault-injection")]
    fn a_canary_dies_when_a_stack_is_too_deep() {
        use crate::os::fault;
        let (lowest, most) = (stack(), conditions().most);
        fault::plan(Call::Madvise, 1, Errno::EINVAL, u32::MAX);
        // SAFETY: new, with a page below.
        let below = unsafe { lay_out_stack(lowest, PAGE, most + 1) };
        fault::clear();
        let StackEnd::Canary(canary) = below else { panic!("{below:?}") };
        // SAFETY: the stack is there.
        assert!(!unsafe { canary.is_dead() });
        // SAFETY: the page is ours.
        unsafe { lowest.wrapping_sub(1).write(1) };
        // SAFETY: as above.
        assert!(unsafe { canary.is_dead() });
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
