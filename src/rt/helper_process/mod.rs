//! Helper processes do what would block this one: they ask for addresses, see to commands, and clean up.
//!
//! No wait of a script sees them (`os::helper`). They hold nothing of this process but a pipe, on which they tell what
//! they have found, and end with it. What they say ends when they have ended: who has read it all reaps them without
//! waiting. This file has how they let go of what is none of their business, and how they are ended.

pub mod command;
pub mod lock;
pub mod lookup;
pub mod start;

use crate::os::fd::{self, Standard};
use crate::os::process::{self, Pid};
use crate::os::{Errno, helper, signal};
use std::os::fd::AsRawFd;

/// Ends a process of ours, and reaps it. One that has come to its end is not waited for.
pub(super) fn end(pid: Pid) {
    // It is there until it is reaped: the number is nobody else's.
    let _ = process::kill(pid, signal::KILL);
    while helper::reap(pid) == Err(Errno::EINTR) {}
}

/// What is open as standard descriptors is none of its business: a reader at the other end must not wait for it.
pub fn detach() {
    if let Ok(null) = fd::dev_null() {
        for standard in Standard::ALL {
            // What cannot be replaced stays for as long as this process.
            let _ = fd::duplicate_onto(null.as_raw_fd(), standard);
        }
    }
}
