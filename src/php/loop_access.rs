//! Use of the loop by code that does not run it.

use crate::os::signal;
use crate::php::log;
use crate::rt::core::event_loop::EventLoop;
use crate::zend::callback::call_by_name;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::values::Owned;

/// Calls `body` with the loop. If the loop is new, it will run at the end of the script if it has anything to do.
pub(super) fn with<R>(body: impl FnOnce(&mut EventLoop) -> R) -> Outcome<R> {
    announce()?;
    Ok(globals::with(|runtime| body(&mut runtime.core.events)))
}

/// Makes the loop run at the end of the script: something will be added to it.
pub(super) fn announce() -> Outcome<()> {
    if globals::with(|runtime| runtime.core.events.begin_use()) {
        call_by_name("register_shutdown_function", [Owned::new("swoole_event_rshutdown")])?;
    }
    Ok(())
}

/// SIGHUP, SIGINT, SIGQUIT and SIGTERM.
const STOPS: [i32; 4] = [1, 2, 3, 15];

/// A call that may block begins: tells, once, of a signal to end that waits for a loop which does not run.
#[inline]
pub(super) fn tell_of_signals() {
    if signal::is_pending() {
        tell_of_stop();
    }
}

#[cold]
fn tell_of_stop() {
    let waiting = globals::with(|runtime| {
        let events = &runtime.core.events;
        let waits = |&number: &i32| events.is_signal_for_script(number) && signal::has_come(number);
        STOPS.into_iter().find(waits).filter(|_| !events.is_running())
    });
    if let Some(number) = waiting {
        log::notice_once("signal", || {
            let name = signal::name(number).map_or_else(|| format!("signal {number}"), str::to_owned);
            format!(
                "{name} has arrived, but its handler of Process::signal() runs only in the event loop, which does not run: \
                 call Swoole\\Event::wait(), or use pcntl_signal() with pcntl_async_signals()"
            )
        });
    }
}
