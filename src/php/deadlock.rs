//! The report about coroutines that nothing will ever wake.

use crate::php::{coroutine_settings, launch};
use crate::zend::backtrace;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::output;
use std::fmt::Write;

/// `DEBUG_BACKTRACE_IGNORE_ARGS`.
const WITHOUT_ARGUMENTS: i64 = 2;

const DOUBLE: &str = "=================================================================";
const SINGLE: &str = "-----------------------------------------------------------------";

/// Whether a report is due: the loop has ended, coroutines still wait, and reports are on.
pub(super) fn is_due() -> bool {
    coroutine_settings::deadlock_check() && globals::with(|runtime| !runtime.core.scheduler.is_empty())
}

/// Called when the loop has ended: coroutines that still wait will wait for ever.
pub(super) fn check() -> Outcome<()> {
    if is_due() { report() } else { Ok(()) }
}

/// Writes the report about all coroutines.
pub(super) fn report() -> Outcome<()> {
    let ids = globals::with(|runtime| runtime.core.scheduler.ids());
    let mut text = format!(
        "\n {DOUBLE}\n  [FATAL ERROR]: all coroutines (count: {}) are asleep - deadlock!\n {DOUBLE}\n",
        ids.len()
    );
    if let Some((depth, count)) = coroutine_settings::deadlock_traces() {
        for cid in ids.into_iter().take(count) {
            let slot = globals::with(|runtime| runtime.core.scheduler.slot(cid));
            let trace = slot.map(|slot| launch::trace(slot, WITHOUT_ARGUMENTS, depth));
            let trace = trace.map_or_else(String::new, |trace| backtrace::describe(trace.as_value()));
            // Writing to a string does not fail.
            let _ = write!(text, "\n  [Coroutine-{cid}]\n {SINGLE}\n{trace}");
        }
    }
    let _ = writeln!(text, "\n {DOUBLE}");
    output::write(&text)
}
