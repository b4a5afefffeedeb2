//! Helper processes do what would block this one: they look up addresses, run commands, and clean up.
//!
//! No wait of a script sees them (`os::helper`). Of this process they hold only a pipe, to which they write their
//! result, and they exit with it. Those that run a program keep the standard descriptors, too. The pipe reaches EOF when
//! the helper has exited, so a reader at EOF reaps it without waiting. This file has how a helper releases what it does
//! not need, and how it is killed.

pub mod command;
pub mod lock;
pub mod lookup;
pub mod start;

use crate::os::fd::{self, Standard};
use crate::os::process::{self, Pid};
use crate::os::{Errno, helper, signal};
use std::os::fd::AsRawFd;

/// Kills and reaps a helper process. A helper that has already exited is reaped without a wait.
pub(super) fn end(pid: Pid) {
    // Until the helper is reaped, the kernel does not reuse its pid.
    let _ = process::kill(pid, signal::KILL);
    while helper::reap(pid) == Err(Errno::EINTR) {}
}

/// Replaces the standard descriptors by /dev/null, so that a reader at their other end does not wait for this process.
pub fn detach() {
    if let Ok(null) = fd::dev_null() {
        for standard in Standard::ALL {
            // A descriptor that cannot be replaced stays open as long as this process runs.
            let _ = fd::duplicate_onto(null.as_raw_fd(), standard);
        }
    }
}
