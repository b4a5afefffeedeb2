//! A channel: values that pass between coroutines, in order.
//!
//! A value stays in the channel until the coroutine that takes it runs, so no value is lost when a wait ends for
//! another reason. A coroutine that can continue is switched to immediately, in the order of arrival; no coroutine
//! overtakes one that already waits.

use crate::rt::core::switch::{self, Stacks, Stop};
use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

/// Values in order, and the coroutines that wait to add or to take one.
///
/// The caller of a method keeps the channel alive until the method returns.
#[derive(Debug)]
pub struct Channel<T> {
    capacity: usize,
    state: RefCell<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    values: VecDeque<T>,
    producers: VecDeque<Waiter>,
    consumers: VecDeque<Waiter>,
    closed: bool,
}

/// Why no value was added or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelError {
    /// The channel is closed and empty.
    Closed,
    /// The call had to wait, and the wait gave no result.
    Stopped(Stop),
}

impl From<Stop> for ChannelError {
    fn from(stop: Stop) -> ChannelError {
        ChannelError::Stopped(stop)
    }
}

/// The numbers of coroutines that wait at a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaiterCounts {
    /// Those that wait to add a value.
    pub producers: usize,
    /// Those that wait to take a value.
    pub consumers: usize,
}

#[derive(Clone, Copy)]
enum Side {
    Producers,
    Consumers,
}

impl<T> Channel<T> {
    /// An empty channel with room for `capacity` values, at least one.
    pub fn new(capacity: usize) -> Channel<T> {
        let state = State {
            values: VecDeque::new(),
            producers: VecDeque::new(),
            consumers: VecDeque::new(),
            closed: false,
        };
        Channel { capacity: capacity.max(1), state: RefCell::new(state) }
    }

    /// The number of values that it has room for.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// The number of values in it.
    pub fn len(&self) -> usize {
        self.state.borrow().values.len()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it is full.
    pub fn is_full(&self) -> bool {
        self.len() >= self.capacity
    }

    /// The numbers of waiting coroutines.
    pub fn waiting<S: Stacks>(&self) -> WaiterCounts {
        let mut state = self.state.borrow_mut();
        let state = &mut *state;
        for queue in [&mut state.producers, &mut state.consumers] {
            queue.retain(|&waiter| is_waiting::<S>(waiter));
        }
        WaiterCounts { producers: state.producers.len(), consumers: state.consumers.len() }
    }

    /// Calls `look` with each value, first to last. `look` may not use the channel.
    pub fn each(&self, look: impl FnMut(&T)) {
        self.state.borrow().values.iter().for_each(look);
    }

    /// Adds a value. Waits for room, for `limit` at most. A coroutine that waits for the value has run when this
    /// returns.
    #[inline]
    pub fn push<S: Stacks>(
        &self,
        limit: Option<Duration>,
        value: impl FnOnce() -> T,
    ) -> Result<(), ChannelError> {
        switch::must_be_inside::<S>()?;
        let mut has_turn = false;
        while self.state.borrow_mut().must_wait_to_push::<S>(self.capacity, has_turn)? {
            self.wait::<S>(Side::Producers, limit)?;
            has_turn = true;
        }
        let value = value();
        let mut state = self.state.borrow_mut();
        state.values.push_back(value);
        if state.is_calm() {
            return Ok(());
        }
        drop(state);
        self.wake_ready::<S>(Side::Consumers)?;
        self.wake_rest_later::<S>(Side::Producers);
        Ok(())
    }

    /// Takes the first value. Waits for one, for `limit` at most. A coroutine that waits for the room has run when this
    /// returns.
    #[inline]
    pub fn pop<S: Stacks>(&self, limit: Option<Duration>) -> Result<T, ChannelError> {
        switch::must_be_inside::<S>()?;
        let mut has_turn = false;
        let value = loop {
            if let Some(value) = self.state.borrow_mut().take::<S>(has_turn)? {
                break value;
            }
            self.wait::<S>(Side::Consumers, limit)?;
            has_turn = true;
        };
        if self.state.borrow().is_calm() {
            return Ok(value);
        }
        match self.wake_ready::<S>(Side::Producers) {
            Ok(()) => {
                self.wake_rest_later::<S>(Side::Consumers);
                Ok(value)
            }
            Err(stop) => {
                // After a fatal error nothing may be released any more.
                std::mem::forget(value);
                Err(stop.into())
            }
        }
    }

    /// Closes the channel: values in it can still be taken, none can be added, and all waits end. The coroutines that
    /// waited have run when this returns. False when it was already closed.
    pub fn close<S: Stacks>(&self) -> Result<bool, Stop> {
        if std::mem::replace(&mut self.state.borrow_mut().closed, true) {
            return Ok(false);
        }
        self.wake_ready::<S>(Side::Producers)?;
        self.wake_ready::<S>(Side::Consumers)?;
        Ok(true)
    }

    #[cold]
    fn wait<S: Stacks>(&self, side: Side, limit: Option<Duration>) -> Result<(), Stop> {
        let waiter = switch::begin_wait_or_stop::<S>(WaitKind::Event, limit)?;
        self.state.borrow_mut().queue(side).push_back(waiter);
        let wake = switch::suspend::<S>(waiter);
        self.state.borrow_mut().remove(side, waiter);
        if !matches!(wake, Wake::Ready | Wake::Unwound) {
            // Where switches are forbidden, the reason for this wake passes on to the next waiter.
            self.wake_ready::<S>(side)?;
        }
        if wake == Wake::Ready { Ok(()) } else { Err(Stop::Woken(wake)) }
    }

    /// Wakes those of the caller's own side that arrived while wakes were postponed: something may be left for them,
    /// and nothing else would wake them.
    fn wake_rest_later<S: Stacks>(&self, side: Side) {
        self.state.borrow_mut().ready(side, self.capacity).for_each(switch::wake_later::<S>);
    }

    /// Wakes the coroutines of one side that can continue, one after the other.
    fn wake_ready<S: Stacks>(&self, side: Side) -> Result<(), Stop> {
        loop {
            let mut state = self.state.borrow_mut();
            if S::is_blocked() {
                // They stay in their queue until they run.
                state.ready(side, self.capacity).for_each(switch::wake_later::<S>);
                return Ok(());
            }
            let Some(waiter) = state.ready(side, self.capacity).next() else { return Ok(()) };
            state.remove(side, waiter);
            drop(state);
            switch::wake_or_stop::<S>(waiter, Wake::Ready)?;
        }
    }
}

impl<T> State<T> {
    /// Whether no coroutine waits.
    fn is_calm(&self) -> bool {
        self.producers.is_empty() && self.consumers.is_empty()
    }

    #[inline]
    fn must_wait_to_push<S: Stacks>(
        &mut self,
        capacity: usize,
        has_turn: bool,
    ) -> Result<bool, ChannelError> {
        if self.closed {
            return Err(ChannelError::Closed);
        }
        Ok(self.values.len() >= capacity || !has_turn && anybody_waits::<S>(&mut self.producers))
    }

    /// The first value; `None` when there is none for this caller.
    #[inline]
    fn take<S: Stacks>(&mut self, has_turn: bool) -> Result<Option<T>, ChannelError> {
        if !has_turn && !self.closed && anybody_waits::<S>(&mut self.consumers) {
            return Ok(None);
        }
        match self.values.pop_front() {
            None if self.closed => Err(ChannelError::Closed),
            value => Ok(value),
        }
    }

    /// The waiters of one side that can continue now.
    fn ready(&mut self, side: Side, capacity: usize) -> impl Iterator<Item = Waiter> {
        let count = match side {
            _ if self.closed => usize::MAX,
            Side::Producers => capacity.saturating_sub(self.values.len()),
            Side::Consumers => self.values.len(),
        };
        self.queue(side).iter().take(count).copied()
    }

    fn queue(&mut self, side: Side) -> &mut VecDeque<Waiter> {
        match side {
            Side::Producers => &mut self.producers,
            Side::Consumers => &mut self.consumers,
        }
    }

    fn remove(&mut self, side: Side, waiter: Waiter) {
        let queue = self.queue(side);
        if queue.front() == Some(&waiter) {
            queue.pop_front();
        } else {
            queue.retain(|other| *other != waiter);
        }
    }
}

/// Whether any waiter in a queue is valid: in a forked child, those of the parent's coroutines are not.
#[inline]
fn anybody_waits<S: Stacks>(queue: &mut VecDeque<Waiter>) -> bool {
    while let Some(&waiter) = queue.front() {
        if is_waiting::<S>(waiter) {
            return true;
        }
        queue.pop_front();
    }
    false
}

fn is_waiting<S: Stacks>(waiter: Waiter) -> bool {
    S::core(|core| core.scheduler.is_waiting(waiter))
}
