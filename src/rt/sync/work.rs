//! Exclusive work: one coroutine does it while others that need it wait. Examples are the loading of a class, and a PHP
//! function that keeps its state in one place of the process.
//!
//! Work has a name. The coroutine that does it may wait meanwhile, and may begin other work. A coroutine that would
//! wait for itself, through any number of others, does not wait.

use crate::rt::core::Core;
use crate::rt::core::exclusive::Step;
use crate::rt::core::switch::{self, Stacks, Stop};
use crate::rt::core::wait::{WaitKind, Wake};

/// Whether work has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeginResult {
    /// It has begun. The caller ends it with [`end`].
    Now,
    /// The caller does it already, or the main program below it does.
    Already,
    /// Another coroutine has done it.
    ByAnother,
    /// It has begun, although another coroutine does it too: a wait would close a circle. The caller ends it.
    Beside,
}

fn try_begin(core: &mut Core, name: &[u8]) -> Step {
    let Core { scheduler, exclusive, .. } = core;
    // A coroutine that a fatal error ended, or that is the parent's, does not end its work.
    exclusive.begin(name, scheduler.current(), |owner| scheduler.slot(owner).is_some())
}

/// Begins work, or waits until the coroutine that does it has ended it.
pub fn begin<S: Stacks>(name: &[u8]) -> Result<BeginResult, Stop> {
    loop {
        match S::core(|core| try_begin(core, name)) {
            Step::Begin => return Ok(BeginResult::Now),
            Step::Leave => return Ok(BeginResult::Already),
            Step::Circle => return Ok(begin_beside::<S>(name)),
            Step::Wait => {}
        }
        let (Some(own), false) = (S::core(|core| core.scheduler.current()), S::is_blocked()) else {
            return Ok(begin_beside::<S>(name));
        };
        let waiter = switch::begin_wait_or_stop::<S>(WaitKind::Event, None)?;
        S::core(|core| core.exclusive.wait(name, own, waiter));
        match switch::suspend::<S>(waiter) {
            Wake::Ready => return Ok(BeginResult::ByAnother),
            // The work is needed all the same: without a further wait the caller would do it a second time.
            Wake::Canceled => {}
            wake @ (Wake::TimedOut | Wake::Interrupted | Wake::Unwound) => {
                S::core(|core| core.exclusive.stop_waiting(waiter));
                return Err(Stop::Woken(wake));
            }
        }
        S::core(|core| core.exclusive.stop_waiting(waiter));
    }
}

/// Begins work that another coroutine does.
pub fn begin_beside<S: Stacks>(name: &[u8]) -> BeginResult {
    S::core(|core| {
        let own = core.scheduler.current();
        core.exclusive.begin_beside(name, own);
    });
    BeginResult::Beside
}

/// Ends work. The coroutines that waited for it have run when this returns; at the end of the request they have not.
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
