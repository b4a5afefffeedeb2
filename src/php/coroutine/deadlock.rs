//! The report about coroutines that nobody will ever wake.

use super::{info, options};
use crate::rt::core::switch::Stacks;
use crate::zend::backtrace;
use crate::zend::errors::Outcome;
use crate::zend::fiber::Fibers;
use crate::zend::output;
use std::fmt::Write;

/// `DEBUG_BACKTRACE_IGNORE_ARGS`.
const WITHOUT_ARGUMENTS: i64 = 2;

const DOUBLE: &str = "=================================================================";
const SINGLE: &str = "-----------------------------------------------------------------";

/// Whether there are coroutines that wait for ever when the loop has come to its end, and that is to be reported.
pub(super) fn is_due() -> bool {
    options::deadlock_check() && Fibers::core(|core| !core.scheduler.is_empty())
}

/// When the loop has come to its end: coroutines that are left now wait for ever.
pub(super) fn check() -> Outcome<()> {
    if !is_due() {
        return Ok(());
    }
    let ids = Fibers::core(|core| core.scheduler.ids());
    let mut text = format!(
        "\n {DOUBLE}\n  [FATAL ERROR]: all coroutines (count: {}) are asleep - deadlock!\n {DOUBLE}\n",
        ids.len()
    );
    if let Some((depth, count)) = options::deadlock_traces() {
        for cid in ids.into_iter().take(count) {
            let trace = info::trace(cid, WITHOUT_ARGUMENTS, depth);
            let trace = trace.map_or_else(String::new, |trace| backtrace::describe(trace.as_value()));
            // Writing to a string does not fail.
            let _ = write!(text, "\n  [Coroutine-{cid}]\n {SINGLE}\n{trace}");
        }
    }
    let _ = writeln!(text, "\n {DOUBLE}");
    output::write(&text)
}
