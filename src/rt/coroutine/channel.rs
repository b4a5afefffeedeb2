//! A channel: values that pass from coroutines to coroutines, in order.

use crate::rt::coroutine::Waiter;
use std::collections::VecDeque;

/// Values in order, and those who wait to add or take one.
#[derive(Debug)]
pub struct Channel<T> {
    values: VecDeque<T>,
    capacity: usize,
    producers: VecDeque<Waiter>,
    consumers: VecDeque<Waiter>,
    closed: bool,
}

/// Why nothing was added or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// It is full, or empty, or others wait already.
    Wait,
    /// It is closed.
    Closed,
}

impl<T> Channel<T> {
    /// An empty channel with room for `capacity` values, at least one.
    pub fn new(capacity: usize) -> Channel<T> {
        Channel {
            values: VecDeque::new(),
            capacity: capacity.max(1),
            producers: VecDeque::new(),
            consumers: VecDeque::new(),
            closed: false,
        }
    }

    /// How many values it has room for.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// How many values are in it.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether no value is in it.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether there is no room for another value.
    pub fn is_full(&self) -> bool {
        self.values.len() >= self.capacity
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// How many coroutines wait to add a value.
    pub fn producers(&self) -> usize {
        self.producers.len()
    }

    /// How many coroutines wait to take a value.
    pub fn consumers(&self) -> usize {
        self.consumers.len()
    }

    /// The values in it, first to last.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }

    /// Whether a value can be added now. `first` tells that the caller has waited for its turn, which has come.
    pub fn may_push(&self, first: bool) -> Result<(), Blocked> {
        match () {
            () if self.closed => Err(Blocked::Closed),
            () if self.is_full() || !(first || self.producers.is_empty()) => Err(Blocked::Wait),
            () => Ok(()),
        }
    }

    /// Adds a value. Who waits for one is to be woken: [`Channel::next_consumer`].
    pub fn push(&mut self, value: T) {
        self.values.push_back(value);
    }

    /// Takes the first value. Who waits for room is to be woken: [`Channel::next_producer`]. `first` as for
    /// [`Channel::may_push`].
    pub fn pop(&mut self, first: bool) -> Result<T, Blocked> {
        if !first && !self.closed && !self.consumers.is_empty() {
            return Err(Blocked::Wait);
        }
        self.values.pop_front().ok_or(if self.closed { Blocked::Closed } else { Blocked::Wait })
    }

    /// Waits for room.
    pub fn wait_for_room(&mut self, waiter: Waiter) {
        self.producers.push_back(waiter);
    }

    /// Waits for a value.
    pub fn wait_for_value(&mut self, waiter: Waiter) {
        self.consumers.push_back(waiter);
    }

    /// A wait is over for another reason than the channel.
    pub fn stop_waiting(&mut self, waiter: Waiter) {
        self.producers.retain(|other| *other != waiter);
        self.consumers.retain(|other| *other != waiter);
    }

    /// Who takes the value that is there.
    pub fn next_consumer(&mut self) -> Option<Waiter> {
        if self.values.is_empty() && !self.closed { None } else { self.consumers.pop_front() }
    }

    /// Who uses the room that is there.
    pub fn next_producer(&mut self) -> Option<Waiter> {
        if self.is_full() && !self.closed { None } else { self.producers.pop_front() }
    }

    /// Closes it: values in it can still be taken, and nobody waits any more. False when it is closed already. All
    /// who wait are to be woken.
    pub fn close(&mut self) -> bool {
        !std::mem::replace(&mut self.closed, true)
    }
}
