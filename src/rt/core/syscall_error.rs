//! A system call that failed, by its name: where one step makes several, a script is to be told which it was.

use crate::os::Errno;

/// What failed, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyscallError {
    /// The system call, as messages name it: `socketpair()`.
    pub call: &'static str,
    /// Its error.
    pub errno: Errno,
}

impl SyscallError {
    /// For `map_err`: the failure of `call`.
    pub fn of(call: &'static str) -> impl Fn(Errno) -> SyscallError {
        move |errno| SyscallError { call, errno }
    }
}
