//! Send queue: coroutines of one process that send to the same worker while its socket is full. The first one waits for
//! room, the others for their turn, so messages keep the order in which they were sent.

use crate::rt::core::wait::Waiter;
use std::collections::VecDeque;

/// The coroutines that want to send to one worker.
#[derive(Debug, Default)]
pub struct SendQueue {
    /// Whether a coroutine has the turn.
    taken: bool,
    /// The coroutine that has the turn, while it waits for room.
    first: Option<Waiter>,
    others: VecDeque<Waiter>,
}

impl SendQueue {
    /// Whether a coroutine has the turn or waits for it.
    pub(super) fn is_used(&self) -> bool {
        self.taken || self.first.is_some() || !self.others.is_empty()
    }

    /// Whether another coroutine has the turn. If not, the caller takes it.
    pub fn is_taken(&mut self) -> bool {
        std::mem::replace(&mut self.taken, true)
    }

    /// Begins to wait for a turn.
    pub fn join(&mut self, waiter: Waiter) {
        self.others.push_back(waiter);
    }

    /// Ends a wait for a turn. Returns whether it was this waiter's turn already.
    pub fn leave(&mut self, waiter: Waiter) -> bool {
        let before = self.others.len();
        self.others.retain(|&other| other != waiter);
        self.others.len() == before
    }

    /// Ends the turn. Returns the waiter that is next.
    pub fn pass_on(&mut self) -> Option<Waiter> {
        let next = self.others.pop_front();
        self.taken = next.is_some();
        next
    }

    /// The coroutine that has the turn begins to wait for room.
    pub fn wait(&mut self, waiter: Waiter) {
        self.first = Some(waiter);
    }

    /// Returns the coroutine that waits for room, which then no longer waits.
    pub fn take_first(&mut self) -> Option<Waiter> {
        self.first.take()
    }
}
