//! Access to the loop, for all who do not run it.

use crate::rt::core::event_loop::EventLoop;
use crate::zend::callback::call_named;
use crate::zend::errors::Outcome;
use crate::zend::globals;

/// Uses the loop. When that is new, the loop will run at the end of the script, if there is anything to do.
pub(super) fn with<R>(body: impl FnOnce(&mut EventLoop) -> R) -> Outcome<R> {
    announce()?;
    Ok(look(body))
}

/// Something will be asked of the loop: it is to run at the end of the script.
pub(super) fn announce() -> Outcome<()> {
    if look(EventLoop::begin_use) {
        call_named("register_shutdown_function", b"swoole_event_rshutdown")?;
    }
    Ok(())
}

/// Looks at the loop, or changes what is there, without a reason for it to run.
pub(super) fn look<R>(body: impl FnOnce(&mut EventLoop) -> R) -> R {
    globals::with(|runtime| body(&mut runtime.core.events))
}
