//! Use of the loop by those who ask something of it and do not run it.

use crate::rt::core::event_loop::EventLoop;
use crate::zend::callback::call_named;
use crate::zend::errors::Outcome;
use crate::zend::globals;

/// Uses the loop. When that is new, the loop will run at the end of the script, if there is anything to do.
pub(super) fn with<R>(body: impl FnOnce(&mut EventLoop) -> R) -> Outcome<R> {
    announce()?;
    Ok(globals::with(|runtime| body(&mut runtime.core.events)))
}

/// Something will be asked of the loop: it is to run at the end of the script.
pub(super) fn announce() -> Outcome<()> {
    if globals::with(|runtime| runtime.core.events.begin_use()) {
        call_named("register_shutdown_function", b"swoole_event_rshutdown")?;
    }
    Ok(())
}
