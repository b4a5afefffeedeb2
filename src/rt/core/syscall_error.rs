//! A failed system call with its name. Where one step makes several calls, the script learns which one failed.

use crate::os::Errno;

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
