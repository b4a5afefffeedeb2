//! The barriers of a process: which are closed, and who waits there.

use crate::rt::core::wait::Waiter;
use rustc_hash::FxHashMap;

/// Names one wait at a barrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Barrier(u64);

/// The barriers that are closed.
#[derive(Debug, Default)]
pub(in crate::rt) struct Barriers {
    closed: FxHashMap<Barrier, Option<Waiter>>,
    last: u64,
}

impl Barriers {
    /// Closes a new one.
    pub(in crate::rt) fn close(&mut self) -> Barrier {
        self.last += 1;
        let barrier = Barrier(self.last);
        self.closed.insert(barrier, None);
        barrier
    }

    /// Whether one is closed.
    pub(in crate::rt) fn is_closed(&self, barrier: Barrier) -> bool {
        self.closed.contains_key(&barrier)
    }

    /// A coroutine waits there.
    pub(in crate::rt) fn wait(&mut self, barrier: Barrier, waiter: Waiter) {
        self.closed.insert(barrier, Some(waiter));
    }

    /// Opens one: who waited there.
    pub(in crate::rt) fn open(&mut self, barrier: Barrier) -> Option<Waiter> {
        self.closed.remove(&barrier).flatten()
    }
}
