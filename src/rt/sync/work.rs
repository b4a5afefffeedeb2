//! Work that one coroutine does while the others that need it wait: loading a class, or running a function of PHP that
//! keeps its state in one place of the process.
//!
//! Work has a name. The coroutine that does it may wait meanwhile, and may begin other work. A coroutine that would
//! wait for itself, through any number of others, does not wait.

use crate::rt::core::Core;
use crate::rt::core::exclusive::Step;
use crate::rt::core::switch::{self, Stacks, Stop};
use crate::rt::core::wait::{WaitKind, Wake};

/// Whether work may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It has begun: its end is to be told ([`end`]).
    Now,
    /// The caller is doing it already, or the main program below it.
    Already,
    /// Another coroutine was doing it, and has ended it.
    ByAnother,
    /// It has begun, and another coroutine is doing it too: there can be no waiting for that one. Its end is to be told.
    Beside,
}

fn try_begin(core: &mut Core, name: &[u8]) -> Step {
    let Core { scheduler, exclusive, .. } = core;
    // A coroutine that was ended by a fatal error, or is the parent's, does not end its work.
    exclusive.begin(name, scheduler.current(), |owner| scheduler.slot(owner).is_some())
}

/// Begins work, or waits until the coroutine that does it has ended it.
pub fn begin<S: Stacks>(name: &[u8]) -> Result<Begun, Stop> {
    loop {
        match S::core(|core| try_begin(core, name)) {
            Step::Begin => return Ok(Begun::Now),
            Step::Leave => return Ok(Begun::Already),
            Step::Circle => return Ok(begin_beside::<S>(name)),
            Step::Wait => {}
        }
        let (Some(own), false) = (S::core(|core| core.scheduler.current()), S::is_blocked()) else {
            return Ok(begin_beside::<S>(name));
        };
        let waiter = switch::begin_wait_or_stop::<S>(WaitKind::Event, None)?;
        S::core(|core| core.exclusive.wait(name, own, waiter));
        match switch::suspend::<S>(waiter) {
            Wake::Ready => return Ok(Begun::ByAnother),
            // It is needed all the same: who were told not to wait would do it a second time.
            Wake::Canceled => {}
            wake @ (Wake::TimedOut | Wake::Interrupted | Wake::Unwound) => {
                S::core(|core| core.exclusive.stop_waiting(waiter));
                return Err(Stop::Woken(wake));
            }
        }
        S::core(|core| core.exclusive.stop_waiting(waiter));
    }
}

/// Begins work that another coroutine is doing.
pub fn begin_beside<S: Stacks>(name: &[u8]) -> Begun {
    S::core(|core| {
        let own = core.scheduler.current();
        core.exclusive.begin_beside(name, own);
    });
    Begun::Beside
}

/// Ends work. Those who waited for that have run when this comes back; at the end of the request they do not.
pub fn end<S: Stacks>(name: &[u8]) -> Result<(), Stop> {
    let is_over = S::core(|core| {
        let own = core.scheduler.current();
        core.exclusive.end(name, own);
        core.scheduler.is_unwound()
    });
    while let Some(waiter) = S::core(|core| core.exclusive.next_released()) {
        if !is_over {
            switch::wake_when_possible::<S>(waiter, Wake::Ready)?;
        }
    }
    Ok(())
}
