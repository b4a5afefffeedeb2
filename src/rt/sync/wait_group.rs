//! A group of tasks, and the one coroutine that waits until all are done.

use crate::rt::core::switch::{self, Stacks, Stop};
use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use std::cell::Cell;
use std::time::Duration;

/// The number of open tasks, and the coroutine that waits for their end.
///
/// The caller of a method keeps the group alive until the method returns.
#[derive(Debug, Default)]
pub struct WaitGroup {
    count: Cell<i64>,
    waiter: Cell<Option<Waiter>>,
}

/// A wrong use of the group, or a wait that gave no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitGroupError {
    /// Tasks were added during a wait.
    AddedWhileWaiting,
    /// Another coroutine waits already.
    AlreadyWaiting,
    /// The number of tasks would become negative.
    Negative,
    /// The call had to wait, and the wait gave no result.
    Stopped(Stop),
}

impl From<Stop> for WaitGroupError {
    fn from(stop: Stop) -> WaitGroupError {
        WaitGroupError::Stopped(stop)
    }
}

impl WaitGroup {
    /// A group of `count` tasks.
    pub fn new(count: i64) -> WaitGroup {
        WaitGroup { count: Cell::new(count.max(0)), waiter: Cell::new(None) }
    }

    /// The number of open tasks.
    pub fn count(&self) -> i64 {
        self.count.get()
    }

    /// Whether a coroutine waits.
    pub fn is_waiting<S: Stacks>(&self) -> bool {
        self.waiter.get().is_some_and(|waiter| S::core(|core| core.scheduler.is_waiting(waiter)))
    }

    /// Adds `delta` to the number of tasks.
    pub fn add<S: Stacks>(&self, delta: i64) -> Result<(), WaitGroupError> {
        if self.is_waiting::<S>() {
            return Err(WaitGroupError::AddedWhileWaiting);
        }
        let count = self.count.get().saturating_add(delta);
        if count < 0 {
            return Err(WaitGroupError::Negative);
        }
        self.count.set(count);
        Ok(())
    }

    /// A task is done. If it was the last one, call [`WaitGroup::release`].
    pub fn done(&self) -> Result<(), WaitGroupError> {
        let count = self.count.get() - 1;
        if count < 0 {
            return Err(WaitGroupError::Negative);
        }
        self.count.set(count);
        Ok(())
    }

    /// Wakes the waiter if all tasks are done. The waiter has run when this returns.
    pub fn release<S: Stacks>(&self) -> Result<(), Stop> {
        match self.waiter.get() {
            Some(waiter) if self.count.get() == 0 => switch::wake_when_possible::<S>(waiter, Wake::Ready),
            _ => Ok(()),
        }
    }

    /// Waits until all tasks are done, for `limit` at most.
    pub fn wait<S: Stacks>(&self, limit: Option<Duration>) -> Result<(), WaitGroupError> {
        if self.is_waiting::<S>() {
            return Err(WaitGroupError::AlreadyWaiting);
        }
        if self.count.get() == 0 {
            return Ok(());
        }
        let waiter = switch::begin_wait_or_stop::<S>(WaitKind::Event, limit)?;
        self.waiter.set(Some(waiter));
        let wake = switch::suspend::<S>(waiter);
        self.waiter.set(None);
        // The last task may have ended at the moment when the time limit expired.
        if wake == Wake::Ready || self.count.get() == 0 && wake == Wake::TimedOut {
            return Ok(());
        }
        Err(Stop::Woken(wake).into())
    }
}
