//! The signals that the engine defers. It puts its own handler over what such a signal does, and keeps that in a table:
//! the kernel does not know any more that the signal is ignored.

/// At the start of a request: the engine has just set its handlers, and no script runs yet.
pub(crate) fn begin() {
    #[cfg(php_signals)]
    crate::os::signal::set_deferring(behind);
    let _ = crate::os::held::allow_open_waits();
}

/// What the engine does when it has deferred a signal: the address of a handler, `SIG_DFL` or `SIG_IGN`.
#[cfg(php_signals)]
fn behind(signal: i32) -> Option<usize> {
    // SAFETY: the globals of this thread live as long as PHP; only this thread writes the table.
    let table = unsafe { (*crate::zend::bindings::signals()).handlers };
    let index = usize::try_from(signal).ok()?.checked_sub(1)?;
    table.get(index).map(|entry| entry.handler.addr())
}
