//! Fault injection: chosen calls of a named system call fail with a chosen errno.
//!
//! Every system call of this layer asks this module before it enters the kernel; `tests/faults_asked.rs` keeps it
//! so. In a normal build the question is an empty inline function. With the feature `fault-injection` a test sets
//! plans through `plan` and its like, and for a whole process there is the environment variable
//! `SWOOLE_PROCESS_FAULT`. The form of plans in text is told in `plan.rs`.

mod call;
#[cfg(feature = "fault-injection")]
mod callers;
#[cfg(feature = "fault-injection")]
mod count;
#[cfg(feature = "fault-injection")]
mod plan;

#[cfg(not(feature = "fault-injection"))]
use crate::os::Errno;
pub use call::Call;

/// Fails when a plan says that this call of `call` has to fail.
#[cfg(not(feature = "fault-injection"))]
#[inline(always)]
pub(crate) fn check(_call: Call) -> Result<(), Errno> {
    Ok(())
}

/// How many of `len` bytes this call may transfer: all of them, unless a plan shortens it.
#[cfg(not(feature = "fault-injection"))]
#[inline(always)]
pub(crate) fn shorten(_call: Call, len: usize) -> usize {
    len
}

#[cfg(feature = "fault-injection")]
pub use callers::callers;
#[cfg(feature = "fault-injection")]
pub use count::{Counts, counts, heap, start_counting, stop_counting};
#[cfg(feature = "fault-injection")]
pub(crate) use plan::{check, shorten};
#[cfg(feature = "fault-injection")]
pub use plan::{clear, plan, plan_from, plan_short};
