//! Use of the loop by code that does not run it.

use crate::rt::core::event_loop::EventLoop;
use crate::zend::callback::call_named;
use crate::zend::errors::Outcome;
use crate::zend::globals;

/// Calls `body` with the loop. If the loop is new, it will run at the end of the script if it has anything to do.
pub(super) fn with<R>(body: impl FnOnce(&mut EventLoop) -> R) -> Outcome<R> {
    announce()?;
    Ok(globals::with(|runtime| body(&mut runtime.core.events)))
}

/// Makes the loop run at the end of the script: something will be added to it.
pub(super) fn announce() -> Outcome<()> {
    if globals::with(|runtime| runtime.core.events.begin_use()) {
        call_named("register_shutdown_function", b"swoole_event_rshutdown")?;
    }
    Ok(())
}
