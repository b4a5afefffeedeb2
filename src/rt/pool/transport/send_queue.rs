//! Coroutines of one process that send to the same worker while its socket is full. The first waits for room, the
//! others for their turn, so that their messages go in the order in which they were sent.

use crate::rt::core::wait::Waiter;
use std::collections::VecDeque;

/// Those who want to send to one worker.
#[derive(Debug, Default)]
pub struct SendQueue {
    /// It is somebody's turn.
    taken: bool,
    /// The one whose turn it is waits for room.
    first: Option<Waiter>,
    others: VecDeque<Waiter>,
}

impl SendQueue {
    /// Whether it is somebody's turn already; otherwise it is the caller's from now on.
    pub fn is_taken(&mut self) -> bool {
        std::mem::replace(&mut self.taken, true)
    }

    /// Waits for its turn.
    pub fn join(&mut self, waiter: Waiter) {
        self.others.push_back(waiter);
    }

    /// Waits no more.
    pub fn leave(&mut self, waiter: Waiter) {
        self.others.retain(|&other| other != waiter);
    }

    /// The turn is over: whose is the next.
    pub fn pass_on(&mut self) -> Option<Waiter> {
        let next = self.others.pop_front();
        self.taken = next.is_some();
        next
    }

    /// The one whose turn it is begins to wait for room.
    pub fn wait(&mut self, waiter: Waiter) {
        self.first = Some(waiter);
    }

    /// The one who waits for room, and does so no more.
    pub fn take_first(&mut self) -> Option<Waiter> {
        self.first.take()
    }
}
