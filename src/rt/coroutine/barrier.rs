//! Barriers: a coroutine waits until something exists no more.
//!
//! What is waited for may be gone before the wait has begun, while the one who waits lets go of it: so the wait has
//! a name of its own.

use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use crate::rt::coroutine::switch::{self, Stacks, Stop};
use rustc_hash::FxHashMap;
use std::time::Duration;

/// Names one wait at a barrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Barrier(u64);

/// The barriers that are closed, and who waits there.
#[derive(Debug, Default)]
pub(super) struct Barriers {
    closed: FxHashMap<Barrier, Option<Waiter>>,
    last: u64,
}

impl Barriers {
    fn close(&mut self) -> Barrier {
        self.last += 1;
        let barrier = Barrier(self.last);
        self.closed.insert(barrier, None);
        barrier
    }
}

/// Closes a barrier: somebody is about to wait.
pub fn close<S: Stacks>() -> Barrier {
    S::runtime(|runtime| runtime.coroutines.barriers.close())
}

/// Waits until a barrier is open, for `limit` at most. Afterwards it is, and its name stands for nothing.
pub fn wait<S: Stacks>(barrier: Barrier, limit: Option<Duration>) -> Result<(), Stop> {
    let result = wait_for::<S>(barrier, limit);
    forget::<S>(barrier);
    result
}

/// Nobody will wait at a barrier.
pub fn forget<S: Stacks>(barrier: Barrier) {
    S::runtime(|runtime| runtime.coroutines.barriers.closed.remove(&barrier));
}

fn wait_for<S: Stacks>(barrier: Barrier, limit: Option<Duration>) -> Result<(), Stop> {
    if !S::runtime(|runtime| runtime.coroutines.barriers.closed.contains_key(&barrier)) {
        return Ok(());
    }
    let waiter = switch::begin_wait_or_stop::<S>(WaitKind::Event, limit)?;
    S::runtime(|runtime| runtime.coroutines.barriers.closed.insert(barrier, Some(waiter)));
    match switch::give_way::<S>(waiter) {
        Wake::Ready => Ok(()),
        wake => Err(Stop::Woken(wake)),
    }
}

/// Opens a barrier; the one who waits there has run when this comes back.
pub fn open<S: Stacks>(barrier: Barrier) -> Result<(), Stop> {
    match S::runtime(|runtime| runtime.coroutines.barriers.closed.remove(&barrier)) {
        Some(Some(waiter)) => switch::wake_when_possible::<S>(waiter, Wake::Ready),
        Some(None) | None => Ok(()),
    }
}
