//! The net under each function of ours that the engine calls: a panic is a bug of ours, and must not unwind into C, where it
//! would end the process.
//!
//! The standard library has told of the panic on stderr by then. Where the script can be told, too, `errors::throwing` does.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `body`; what it panicked with.
#[inline(always)]
pub(crate) fn caught<R>(body: impl FnOnce() -> R) -> Result<R, Box<dyn Any + Send>> {
    catch_unwind(AssertUnwindSafe(body))
}

/// Runs `body`. When it panics there is no result: for what is called where nobody can catch an exception.
#[inline(always)]
pub(crate) fn silent<R>(body: impl FnOnce() -> R) -> Option<R> {
    caught(body).ok()
}
