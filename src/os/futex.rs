//! Waiting for a number in shared memory to change.

use crate::os::fault::{Call, check};
use crate::os::shared::Word;
use crate::os::{Errno, Result, clock};
use std::ptr::null;
use std::sync::atomic::{AtomicU32, AtomicU64};
use std::time::Duration;

/// A number to wait at: the kernel looks at its low 32 bits.
pub trait Futex: Word {
    /// The address of the low 32 bits.
    fn address(&self) -> *const u32;
}

impl Futex for AtomicU32 {
    fn address(&self) -> *const u32 {
        self.as_ptr()
    }
}

impl Futex for AtomicU64 {
    fn address(&self) -> *const u32 {
        let first: *const u32 = self.as_ptr().cast_const().cast();
        // Both addresses are within the number.
        if cfg!(target_endian = "little") { first } else { first.wrapping_add(1) }
    }
}

/// futex(2), `FUTEX_WAIT`: waits for a wakeup while the low 32 bits are `expected`, for `limit` at most. `EAGAIN` when
/// they have another value, `ETIMEDOUT` when the time has expired, `EINTR` when a signal handler has run.
pub fn wait(word: &impl Futex, expected: u32, limit: Duration) -> Result<()> {
    check(Call::Futex)?;
    let limit = clock::timespec(limit);
    let (address, operation) = (word.address(), libc::FUTEX_WAIT);
    // SAFETY: the address is that of a living number, which the kernel reads; `limit` is read.
    let result = unsafe {
        libc::syscall(libc::SYS_futex, address, operation, expected, &raw const limit, null::<u32>(), 0)
    };
    Errno::result(result)?;
    Ok(())
}

/// futex(2), `FUTEX_WAKE`: wakes up to `count` waiters in all processes. Returns their number.
pub fn wake(word: &impl Futex, count: u32) -> Result<u32> {
    check(Call::Futex)?;
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    let (address, operation) = (word.address(), libc::FUTEX_WAKE);
    // SAFETY: the address names those who wait; the kernel does not look at the memory.
    let woken = Errno::result(unsafe { libc::syscall(libc::SYS_futex, address, operation, count) })?;
    Ok(u32::try_from(woken).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_ends_when_the_number_is_another_or_the_time_is_over() {
        let limit = Duration::from_millis(1);
        assert_eq!(wait(&AtomicU32::new(7), 8, limit), Err(Errno::EAGAIN));
        assert_eq!(wait(&AtomicU32::new(7), 7, limit), Err(Errno::ETIMEDOUT));
        // Only the low half counts.
        assert_eq!(wait(&AtomicU64::new(5 << 32 | 7), 7, limit), Err(Errno::ETIMEDOUT));
        assert_eq!(wake(&AtomicU64::new(0), 1), Ok(0));
    }
}
