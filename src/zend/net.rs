//! The panic guard around each function of ours that the engine calls. A panic is a bug of ours. It must not unwind
//! into C, because that would abort the process.
//!
//! The standard library has already reported the panic on stderr. Where the script can catch an exception,
//! `errors::throwing` throws one.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `body`. Fails with the payload of its panic.
#[inline(always)]
pub(crate) fn caught<R>(body: impl FnOnce() -> R) -> Result<R, Box<dyn Any + Send>> {
    catch_unwind(AssertUnwindSafe(body))
}

/// Runs `body`. A panic gives no result: for functions whose callers could not catch an exception.
#[inline(always)]
pub(crate) fn silent<R>(body: impl FnOnce() -> R) -> Option<R> {
    caught(body).ok()
}
