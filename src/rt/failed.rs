//! A system call that failed, by its name: where one step makes several, a script is to be told which it was.

use crate::os::Errno;

/// What failed, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The system call, as messages name it: `socketpair()`.
    pub call: &'static str,
    /// Its error.
    pub errno: Errno,
}

impl Failed {
    /// For `map_err`: the failure of `call`.
    pub fn of(call: &'static str) -> impl Fn(Errno) -> Failed {
        move |errno| Failed { call, errno }
    }
}
