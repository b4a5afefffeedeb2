//! The signals that the engine defers. The engine installs its own handler for such a signal, and keeps the signal's
//! action in a table. So the kernel no longer knows that the signal is ignored.

/// At the start of a request: the engine has just set its handlers, and no script runs yet.
pub(crate) fn begin() {
    #[cfg(php_signals)]
    crate::os::signal::set_deferring(behind);
    let _ = crate::os::prepared_wait::allow_unmasked_waits();
}

/// The action of a deferred signal: the address of a handler, `SIG_DFL` or `SIG_IGN`.
#[cfg(php_signals)]
fn behind(signal: i32) -> Option<usize> {
    // SAFETY: the globals of this thread live as long as PHP; only this thread writes the table.
    let table = unsafe { (*crate::zend::bindings::signals()).handlers };
    let index = usize::try_from(signal).ok()?.checked_sub(1)?;
    table.get(index).map(|entry| entry.handler.addr())
}
