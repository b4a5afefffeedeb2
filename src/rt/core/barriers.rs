//! The barriers of a process: which ones are closed, and the waiter at each.

use crate::rt::core::wait::Waiter;
use rustc_hash::FxHashMap;

/// Names one wait at a barrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Barrier(u64);

/// The closed barriers.
#[derive(Debug, Default)]
pub(in crate::rt) struct Barriers {
    closed: FxHashMap<Barrier, Option<Waiter>>,
    last: u64,
}

impl Barriers {
    /// Creates a barrier, which is closed.
    pub(in crate::rt) fn close(&mut self) -> Barrier {
        self.last += 1;
        let barrier = Barrier(self.last);
        self.closed.insert(barrier, None);
        barrier
    }

    /// Whether a barrier is closed.
    pub(in crate::rt) fn is_closed(&self, barrier: Barrier) -> bool {
        self.closed.contains_key(&barrier)
    }

    /// A coroutine begins to wait at a barrier.
    pub(in crate::rt) fn wait(&mut self, barrier: Barrier, waiter: Waiter) {
        self.closed.insert(barrier, Some(waiter));
    }

    /// Opens a barrier. Returns its waiter.
    pub(in crate::rt) fn open(&mut self, barrier: Barrier) -> Option<Waiter> {
        self.closed.remove(&barrier).flatten()
    }
}
