//! A channel: values that pass from coroutines to coroutines, in order.
//!
//! A value is in the channel until the one who takes it runs, so none is lost when a wait ends for another reason.
//! Who may go on is switched to at once, first come, first served; nobody overtakes those who wait already.

use crate::rt::core::switch::{self, Stacks, Stop};
use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

/// Values in order, and those who wait to add or take one.
///
/// Whoever calls a method keeps the channel alive until that has come back.
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

/// Why nothing was added or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The channel is closed, and nothing is left in it.
    Closed,
    /// There was need to wait, and that has come to nothing.
    Stopped(Stop),
}

impl From<Stop> for Refused {
    fn from(stop: Stop) -> Refused {
        Refused::Stopped(stop)
    }
}

/// How many wait at a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// To add a value.
    pub producers: usize,
    /// To take one.
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

    /// How many values it has room for.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// How many values are in it.
    pub fn len(&self) -> usize {
        self.state.borrow().values.len()
    }

    /// Whether no value is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is no room for another value.
    pub fn is_full(&self) -> bool {
        self.len() >= self.capacity
    }

    /// How many wait.
    pub fn waiting<S: Stacks>(&self) -> Waiting {
        let mut state = self.state.borrow_mut();
        let state = &mut *state;
        for queue in [&mut state.producers, &mut state.consumers] {
            queue.retain(|&waiter| is_waiting::<S>(waiter));
        }
        Waiting { producers: state.producers.len(), consumers: state.consumers.len() }
    }

    /// Shows the values in it, first to last. `look` may not use the channel.
    pub fn each(&self, look: impl FnMut(&T)) {
        self.state.borrow().values.iter().for_each(look);
    }

    /// Adds a value, when there is room for it: for that it waits for `limit` at most. Whoever waits for the value
    /// has run when this comes back.
    #[inline]
    pub fn push<S: Stacks>(&self, limit: Option<Duration>, value: impl FnOnce() -> T) -> Result<(), Refused> {
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

    /// Takes the first value, for which it waits for `limit` at most. Whoever waits for the room has run when this
    /// comes back.
    #[inline]
    pub fn pop<S: Stacks>(&self, limit: Option<Duration>) -> Result<T, Refused> {
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

    /// Closes it: values in it can still be taken, none can be added, and nobody waits any more. Those who waited
    /// have run when this comes back. False when it was closed already.
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
            // What it was to be woken for, where no switch could be made, is the next one's.
            self.wake_ready::<S>(side)?;
        }
        if wake == Wake::Ready { Ok(()) } else { Err(Stop::Woken(wake)) }
    }

    /// Those of the caller's own side who came when others were to be woken later: there may be something left for
    /// them, which nobody else will tell them.
    fn wake_rest_later<S: Stacks>(&self, side: Side) {
        self.state.borrow_mut().ready(side, self.capacity).for_each(switch::wake_later::<S>);
    }

    /// Lets those of one side go on who can, one after the other.
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
    /// Whether nobody waits.
    fn is_calm(&self) -> bool {
        self.producers.is_empty() && self.consumers.is_empty()
    }

    #[inline]
    fn must_wait_to_push<S: Stacks>(&mut self, capacity: usize, has_turn: bool) -> Result<bool, Refused> {
        if self.closed {
            return Err(Refused::Closed);
        }
        Ok(self.values.len() >= capacity || !has_turn && anybody_waits::<S>(&mut self.producers))
    }

    /// The first value; `None` when there is none for the one who asks.
    #[inline]
    fn take<S: Stacks>(&mut self, has_turn: bool) -> Result<Option<T>, Refused> {
        if !has_turn && !self.closed && anybody_waits::<S>(&mut self.consumers) {
            return Ok(None);
        }
        match self.values.pop_front() {
            None if self.closed => Err(Refused::Closed),
            value => Ok(value),
        }
    }

    /// Who of one side can go on now.
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

/// Whether anybody in a queue really waits: in a forked child the parent's coroutines do not.
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
