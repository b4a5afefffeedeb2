//! A group of tasks, and the one coroutine that waits until all are done.

use crate::rt::core::switch::{self, Stacks, Stop};
use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use std::cell::Cell;
use std::time::Duration;

/// How many tasks are to be done, and who waits for that.
///
/// Whoever calls a method keeps the group alive until that has come back.
#[derive(Debug, Default)]
pub struct WaitGroup {
    count: Cell<i64>,
    waiter: Cell<Option<Waiter>>,
}

/// A mistake of those who use a group, or a wait that has come to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Tasks were to be added while somebody waits.
    AddedWhileWaiting,
    /// Somebody waits already.
    AlreadyWaiting,
    /// There would be less than no tasks.
    Negative,
    /// There was need to wait, and that has come to nothing.
    Stopped(Stop),
}

impl From<Stop> for Refused {
    fn from(stop: Stop) -> Refused {
        Refused::Stopped(stop)
    }
}

impl WaitGroup {
    /// A group of `count` tasks.
    pub fn new(count: i64) -> WaitGroup {
        WaitGroup { count: Cell::new(count.max(0)), waiter: Cell::new(None) }
    }

    /// How many tasks are to be done.
    pub fn count(&self) -> i64 {
        self.count.get()
    }

    /// Whether somebody waits.
    pub fn is_waiting<S: Stacks>(&self) -> bool {
        self.waiter.get().is_some_and(|waiter| S::core(|core| core.scheduler.is_waiting(waiter)))
    }

    /// There are `delta` more tasks, or less.
    pub fn add<S: Stacks>(&self, delta: i64) -> Result<(), Refused> {
        if self.is_waiting::<S>() {
            return Err(Refused::AddedWhileWaiting);
        }
        let count = self.count.get().saturating_add(delta);
        if count < 0 {
            return Err(Refused::Negative);
        }
        self.count.set(count);
        Ok(())
    }

    /// A task is done. The one who waits is to go on, when it was the last one: see [`WaitGroup::release`].
    pub fn done(&self) -> Result<(), Refused> {
        let count = self.count.get() - 1;
        if count < 0 {
            return Err(Refused::Negative);
        }
        self.count.set(count);
        Ok(())
    }

    /// When all is done, the one who waits has run when this comes back.
    pub fn release<S: Stacks>(&self) -> Result<(), Stop> {
        match self.waiter.get() {
            Some(waiter) if self.count.get() == 0 => switch::wake_when_possible::<S>(waiter, Wake::Ready),
            _ => Ok(()),
        }
    }

    /// Waits until all is done, for `limit` at most.
    pub fn wait<S: Stacks>(&self, limit: Option<Duration>) -> Result<(), Refused> {
        if self.is_waiting::<S>() {
            return Err(Refused::AlreadyWaiting);
        }
        if self.count.get() == 0 {
            return Ok(());
        }
        let waiter = switch::begin_wait_or_stop::<S>(WaitKind::Event, limit)?;
        self.waiter.set(Some(waiter));
        let wake = switch::suspend::<S>(waiter);
        self.waiter.set(None);
        // It may have been told of the end when its time was over.
        if wake == Wake::Ready || self.count.get() == 0 && wake == Wake::TimedOut {
            return Ok(());
        }
        Err(Stop::Woken(wake).into())
    }
}
