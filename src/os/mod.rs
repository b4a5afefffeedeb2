//! Safe wrappers of system calls, one module per kind of kernel object.
//!
//! Every function names its system call in the first line of its documentation, returns `Result<T, Errno>`, retries
//! nothing and decides nothing: policy belongs to `rt`. This layer uses no other layer.
//!
//! The calls are those of nix where it has them in the form that is needed. Raw are calls on hot paths, those that nix
//! lacks, calls with numbers that come from scripts (signals, families and options of sockets, operations of flock(2)),
//! calls on descriptors that other code owns, calls in signal handlers and in children of a fork, and those whose
//! descriptors must be above 2 (`owned.rs`).
#![allow(unsafe_code, reason = "system calls that nix does not wrap, or wraps with a copy on a hot path")]

pub mod account;
pub mod address;
pub mod clock;
pub mod cpu_timer;
pub mod death_signal;
pub mod epoll;
pub mod event_fd;
pub mod fault;
pub mod fd;
pub mod fd_passing;
pub mod file;
pub mod folder;
pub mod futex;
pub mod helper;
pub mod identity;
pub mod interfaces;
pub mod library;
pub mod lookup;
pub mod memory;
pub mod memory_limits;
pub mod msgq;
pub mod multicast;
mod nowait;
mod owned;
pub mod parent_death_guard;
pub mod pidfd;
pub mod pipe;
pub mod poll;
mod posix_timer;
pub mod prepared_wait;
pub mod private_fd;
pub mod process;
pub mod program;
pub mod recorded_poll;
pub mod scheduling;
pub mod setup;
pub mod shared;
pub mod shared_room;
pub mod signal;
pub mod socket;
pub mod spare;
pub mod subreaper;
pub mod system;
pub mod tls;
mod wait_limit;
pub mod wakeups;

pub use nix::errno::Errno;

/// The result of every function of this layer.
pub type Result<T> = std::result::Result<T, Errno>;

/// Repeats a call that a signal has interrupted.
#[inline]
pub fn uninterrupted<T>(mut call: impl FnMut() -> Result<T>) -> Result<T> {
    loop {
        match call() {
            Err(Errno::EINTR) => {}
            result => return result,
        }
    }
}

/// The errno of an error of the standard library.
fn errno_of(error: std::io::Error) -> Errno {
    Errno::try_from(error).unwrap_or(Errno::UnknownErrno)
}

/// Sets the calling thread's errno, which `swoole_errno()` shows to scripts.
pub fn set_errno(errno: i32) {
    Errno::set_raw(errno);
}

/// The calling thread's errno.
pub fn errno() -> i32 {
    Errno::last_raw()
}

/// Calls `body`, whose failures do not change the calling thread's errno.
pub fn keep_errno<R>(body: impl FnOnce() -> R) -> R {
    let before = errno();
    let result = body();
    set_errno(before);
    result
}
