//! What a coroutine can wait for: a child, a signal, a descriptor, a socket, its turn.

use crate::os::{Errno, Result};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use std::time::{Duration, Instant};

/// Something that a coroutine waits for. Between the two calls the coroutine is suspended; a source must hold nothing
/// then that has to be released.
pub trait Source {
    /// The parts of the runtime that the source needs.
    type Parts<'a>;
    /// The result of the wait.
    type Output;

    /// The running coroutine begins to wait, until `deadline` at most: registers what will wake it. `None` when it need
    /// not wait. `ETIMEDOUT` when the deadline has passed.
    fn arm(&mut self, parts: Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>>;

    /// The wait has ended in this way: removes the waiter wherever it is registered.
    fn disarm(self, parts: Self::Parts<'_>, waiter: Waiter, wake: Wake) -> Self::Output;
}

/// The time until `deadline`. `ETIMEDOUT` when it has passed.
pub fn time_left(deadline: Option<Instant>) -> Result<Option<Duration>> {
    let left = deadline.map(|deadline| deadline.saturating_duration_since(now()));
    if left == Some(Duration::ZERO) { Err(Errno::ETIMEDOUT) } else { Ok(left) }
}

impl Core {
    /// The running coroutine begins to wait for an event, for `limit` at most. `EPERM` in the main program.
    pub(in crate::rt) fn begin_event(&mut self, limit: Option<Duration>) -> Result<Waiter> {
        self.begin_wait(WaitKind::Event, limit).ok_or(Errno::EPERM)
    }

    /// As [`Core::begin_event`], until `deadline`. `ETIMEDOUT` when it has passed.
    pub(in crate::rt) fn begin_until(&mut self, deadline: Option<Instant>) -> Result<Waiter> {
        let left = time_left(deadline)?;
        self.begin_event(left)
    }
}

/// A wait for one of several signals, which are prepared ([`EventLoop::prepare_signal_wait`]). Its result is the signal
/// that came.
///
/// [`EventLoop::prepare_signal_wait`]: crate::rt::core::event_loop::EventLoop::prepare_signal_wait
#[derive(Debug)]
pub struct SignalWait(pub Vec<i32>);

impl Source for SignalWait {
    type Parts<'a> = &'a mut Core;
    type Output = Option<i32>;

    fn arm(&mut self, core: &mut Core, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let waiter = core.begin_until(deadline)?;
        core.events.wait_for_signals(waiter, std::mem::take(&mut self.0));
        Ok(Some(waiter))
    }

    fn disarm(self, core: &mut Core, waiter: Waiter, _wake: Wake) -> Option<i32> {
        core.events.end_signal_wait(waiter)
    }
}

/// A wait for a registered descriptor, in one or both directions.
#[derive(Clone, Copy, Debug)]
pub struct DescriptorWait {
    /// The descriptor.
    pub watch: Watch,
    /// Whether to wait until it is readable, and until it is writable.
    pub directions: [bool; 2],
}

impl DescriptorWait {
    fn directions(self) -> impl Iterator<Item = Direction> {
        let all = [Direction::Read, Direction::Write].into_iter().zip(self.directions);
        all.filter(|(_, is_wanted)| *is_wanted).map(|(direction, _)| direction)
    }
}

impl Source for DescriptorWait {
    type Parts<'a> = &'a mut Core;
    type Output = ();

    fn arm(&mut self, core: &mut Core, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let waiter = core.begin_until(deadline)?;
        for direction in self.directions() {
            core.events.reactor.registrations.wait(self.watch, direction, waiter);
        }
        Ok(Some(waiter))
    }

    fn disarm(self, core: &mut Core, _waiter: Waiter, _wake: Wake) {
        for direction in self.directions() {
            core.events.reactor.registrations.take(self.watch, direction);
        }
    }
}

/// A wait for an event of one of several descriptors. The waiting code removes them afterwards.
#[derive(Debug)]
pub struct AnyDescriptorWait(pub Vec<(Watch, [bool; 2])>);

impl Source for AnyDescriptorWait {
    type Parts<'a> = &'a mut Core;
    type Output = ();

    fn arm(&mut self, core: &mut Core, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let waiter = core.begin_until(deadline)?;
        for (watch, directions) in std::mem::take(&mut self.0) {
            for direction in (DescriptorWait { watch, directions }).directions() {
                core.events.reactor.registrations.wait(watch, direction, waiter);
            }
        }
        Ok(Some(waiter))
    }

    fn disarm(self, _core: &mut Core, _waiter: Waiter, _wake: Wake) {}
}
