//! The runtime: what the toolkit does, without PHP.
//!
//! Time, pids and errnos come in as arguments or through `os`; results go out as values. Nothing here calls back, keeps
//! a static or is unsafe, so every rule can be tested in milliseconds.
#![forbid(unsafe_code)]

pub mod core;
pub mod dns;
pub mod fd_passing;
mod fork;
pub mod framing;
pub mod handle;
pub mod helper_process;
pub mod log_limit;
pub mod pool;
pub mod process;
pub mod runtime;
pub mod selections;
pub mod shared;
pub mod socket;
pub mod streams;
pub mod supervisor;
pub mod sync;
pub mod transfer;
