//! Signal handlers of the script (pcntl's) while one of our calls waits.
//!
//! PHP runs them between two instructions; a call of ours that continued after `EINTR` would delay them.

use crate::zend::bindings::*;
use crate::zend::callback::call_by_name;
use crate::zend::errors::{Failure, Outcome, checked};
use crate::zend::interrupt_flag;
use crate::zend::memory::{is_out_of_memory, out_of_memory};
use crate::zend::values::Owned;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs pending handlers. Returns whether there were any; a failure when they threw, exited or ended the request.
pub(crate) fn dispatch() -> Result<bool, Failure> {
    let globals = executor();
    // SAFETY: the flag is one byte in every version, and is written by signal handlers of this thread.
    let timed_out = unsafe { &*(&raw const (*globals).timed_out).cast::<AtomicBool>() };
    if is_out_of_memory() {
        return Err(out_of_memory());
    }
    // An expired time limit is reported by the virtual machine.
    if timed_out.load(Ordering::SeqCst) || !interrupt_flag::clear() {
        return Ok(false);
    }
    // SAFETY: the engine's extensions set it at start-up.
    let Some(handler) = (unsafe { zend_interrupt_function }) else {
        return Ok(false);
    };
    // SAFETY: the handler gets the running frame, as from the virtual machine.
    checked(|| unsafe { handler((*globals).current_execute_data) }).map(|()| true)
}

/// Whether the script has a handler of pcntl for a signal. The kernel does not know: PHP installs its own handler in
/// both cases.
pub(crate) fn is_handled_by_script(number: i32) -> Outcome<bool> {
    /// The function knows no real-time signals. PHP itself has no handlers for them.
    const LAST: i32 = 32;
    if number > LAST {
        return Ok(true);
    }
    // Without pcntl there is no such function, and no such handler. An int stands for the default action.
    let handler = call_by_name("pcntl_signal_get_handler", [Owned::new(number)])?;
    Ok(handler.is_some_and(|handler| handler.as_value().as_int().is_none()))
}
