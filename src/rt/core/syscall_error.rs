//! A failed system call with its name. Where one step makes several calls, the script learns which one failed.

use crate::os::{Errno, Result};

/// A failed system call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyscallError {
    /// Its name as messages have it: `socketpair()`.
    pub call: &'static str,
    /// The error.
    pub errno: Errno,
}

impl SyscallError {
    /// For `map_err`: makes an error of `call`.
    pub fn of(call: &'static str) -> impl Fn(Errno) -> SyscallError {
        move |errno| SyscallError { call, errno }
    }
}

/// Repeats a call that a signal has interrupted: a call that does not wait has no reason to end for it.
#[inline]
pub(in crate::rt) fn uninterrupted<T>(mut call: impl FnMut() -> Result<T>) -> Result<T> {
    loop {
        match call() {
            Err(Errno::EINTR) => {}
            result => return result,
        }
    }
}
