//! A timer that interrupts the script's code between two instructions, while that code uses the processor.

use crate::os::cpu_timer::{self, CpuTimer};
use crate::rt::core::syscall_error::SyscallError;
use crate::zend::autoload;
use crate::zend::bindings::*;
use crate::zend::engine_hook::EngineHook;
use crate::zend::errors::{self, Outcome};
use crate::zend::globals::per_thread;
use crate::zend::{interrupt_flag, jump};
use std::cell::RefCell;
use std::sync::OnceLock;
use std::time::Duration;

/// Called at each tick. It may yield; a failure is thrown at the place where the script is.
pub(crate) type Hook = fn() -> Outcome<()>;

type Interrupt = unsafe extern "C" fn(*mut zend_execute_data);

static HOOK: OnceLock<Hook> = OnceLock::new();
/// The engine's hook for interrupts.
// SAFETY: a variable of the engine for functions of this type.
static INTERRUPTS: EngineHook<Interrupt> =
    unsafe { EngineHook::new(&raw mut zend_interrupt_function, on_interrupt) };

per_thread! {
    static TIMER: RefCell<Option<CpuTimer>> = RefCell::new(None);
}

/// Calls `hook` at each tick from now on. At module start-up only.
pub(crate) fn install(hook: Hook) {
    if HOOK.set(hook).is_ok() {
        INTERRUPTS.install();
    }
}

/// At module shutdown.
pub(crate) fn uninstall() {
    INTERRUPTS.uninstall();
}

unsafe extern "C" fn on_interrupt(frame: *mut zend_execute_data) {
    if let Some(next) = INTERRUPTS.next() {
        // SAFETY: with what the engine has passed.
        unsafe { next(frame) };
    }
    if !cpu_timer::take() || jump::is_thrown() || autoload::linking() > 0 {
        return;
    }
    let Some(hook) = HOOK.get() else { return };
    if let Some(Err(failure)) = errors::throwing(hook) {
        failure.raise();
    }
}

/// Starts ticks after each `period` of processor time. Also needed in the child of a process that had a running timer.
pub(crate) fn start(period: Duration) -> Result<(), SyscallError> {
    stop();
    let started = CpuTimer::start(period, interrupt_flag::flag());
    let started = started.map_err(|(call, errno)| SyscallError { call, errno })?;
    TIMER.with(|slot| *slot.borrow_mut() = Some(started));
    Ok(())
}

/// Stops the ticks.
pub(crate) fn stop() {
    drop(TIMER.with(|slot| slot.borrow_mut().take()));
}
