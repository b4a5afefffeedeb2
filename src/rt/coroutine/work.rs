//! Work that one coroutine does while the others that need it wait: loading a class, or running a function of PHP that
//! keeps its state in one place of the process.
//!
//! Work has a name. The coroutine that does it may wait meanwhile, and may begin other work. A coroutine that would
//! wait for itself, through any number of others, does not wait.

use crate::rt::core::wait::{WaitKind, Wake};
use crate::rt::coroutine::Scheduler;
use crate::rt::coroutine::exclusive::Step;
use crate::rt::coroutine::switch::{self, Stacks, Stop};

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

impl Scheduler {
    fn begin_work(&mut self, name: &[u8]) -> Step {
        let own = self.current();
        let Scheduler { exclusive, places, .. } = self;
        // A coroutine that was ended by a fatal error, or is the parent's, does not end its work.
        exclusive.begin(name, own, |owner| places.find(owner).is_some())
    }
}

/// Begins work, or waits until the coroutine that does it has ended it.
pub fn begin<S: Stacks>(name: &[u8]) -> Result<Begun, Stop> {
    loop {
        match S::runtime(|runtime| runtime.coroutines.begin_work(name)) {
            Step::Begin => return Ok(Begun::Now),
            Step::Leave => return Ok(Begun::Already),
            Step::Circle => return Ok(begin_beside::<S>(name)),
            Step::Wait => {}
        }
        let (Some(own), false) = (S::runtime(|runtime| runtime.coroutines.current()), S::is_blocked()) else {
            return Ok(begin_beside::<S>(name));
        };
        let waiter = switch::begin_wait_or_stop::<S>(WaitKind::Event, None)?;
        S::runtime(|runtime| runtime.coroutines.exclusive.wait(name, own, waiter));
        match switch::give_way::<S>(waiter) {
            Wake::Ready => return Ok(Begun::ByAnother),
            // It is needed all the same: who were told not to wait would do it a second time.
            Wake::Canceled => {}
            wake @ (Wake::TimedOut | Wake::Interrupted | Wake::Unwound) => {
                S::runtime(|runtime| runtime.coroutines.exclusive.stop_waiting(waiter));
                return Err(Stop::Woken(wake));
            }
        }
        S::runtime(|runtime| runtime.coroutines.exclusive.stop_waiting(waiter));
    }
}

/// Begins work that another coroutine is doing.
pub fn begin_beside<S: Stacks>(name: &[u8]) -> Begun {
    S::runtime(|runtime| {
        let own = runtime.coroutines.current();
        runtime.coroutines.exclusive.begin_beside(name, own);
    });
    Begun::Beside
}

/// Ends work. Those who waited for that have run when this comes back; at the end of the request they do not.
pub fn end<S: Stacks>(name: &[u8]) -> Result<(), Stop> {
    let is_over = S::runtime(|runtime| {
        let own = runtime.coroutines.current();
        runtime.coroutines.exclusive.end(name, own);
        runtime.coroutines.is_unwound()
    });
    while let Some(waiter) = S::runtime(|runtime| runtime.coroutines.exclusive.next_released()) {
        if !is_over {
            switch::wake_when_possible::<S>(waiter, Wake::Ready)?;
        }
    }
    Ok(())
}
