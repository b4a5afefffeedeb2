//! Fault injection: chosen calls of a named system call fail with a chosen errno.
//!
//! Every system call of this layer asks this module before it enters the kernel; `tests/faults_asked.rs` checks that.
//! In a normal build the question is an empty inline function. With the feature `fault-injection` a test sets plans
//! through `plan` and related functions; the environment variable `SWOOLE_PROCESS_FAULT` sets plans for a whole
//! process. `plan.rs` describes the text form of plans.

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

/// Fails when a plan makes this call of `call` fail.
#[cfg(not(feature = "fault-injection"))]
#[inline(always)]
pub(crate) fn check(_call: Call) -> Result<(), Errno> {
    Ok(())
}

/// The number of the `len` bytes that this call may transfer: all of them, unless a plan shortens it.
#[cfg(not(feature = "fault-injection"))]
#[inline(always)]
pub(crate) fn shorten(_call: Call, len: usize) -> usize {
    len
}

/// Runs `call`, in which a child may use the memory of this process: what the child asks does not count here.
#[cfg(not(feature = "fault-injection"))]
#[inline(always)]
pub(crate) fn beside<R>(call: impl FnOnce() -> R) -> R {
    call()
}

#[cfg(feature = "fault-injection")]
pub use callers::callers;
#[cfg(feature = "fault-injection")]
pub use count::{Counts, counts, heap, start_counting, stop_counting};
#[cfg(feature = "fault-injection")]
pub(crate) use plan::{beside, check, shorten};
#[cfg(feature = "fault-injection")]
pub use plan::{clear, plan, plan_from, plan_short};
