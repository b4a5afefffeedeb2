//! What a coroutine can wait for: a child, a signal, a descriptor, a socket, its turn.

use crate::os::{Errno, Result};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use std::time::{Duration, Instant};

/// Something that a coroutine waits for. Between the two calls the coroutine is suspended: nothing of a source may need to
/// be released then.
pub trait Source {
    /// The parts of the runtime that know of it.
    type Parts<'a>;
    /// What a wait comes back with.
    type Output;

    /// The coroutine that runs begins to wait, until `deadline` at most: what will wake it is told. `None` when it need not
    /// wait after all. `ETIMEDOUT` when the time is over already.
    fn arm(&mut self, parts: Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>>;

    /// The wait is over, and ended like this: nobody is told any more.
    fn disarm(self, parts: Self::Parts<'_>, waiter: Waiter, wake: Wake) -> Self::Output;
}

/// How long it is until `deadline`. `ETIMEDOUT` when that is over.
pub fn time_left(deadline: Option<Instant>) -> Result<Option<Duration>> {
    let left = deadline.map(|deadline| deadline.saturating_duration_since(now()));
    if left == Some(Duration::ZERO) { Err(Errno::ETIMEDOUT) } else { Ok(left) }
}

impl Core {
    /// The coroutine that runs begins to wait for something, for `limit` at most. `EPERM` in the main program.
    pub(in crate::rt) fn begin_event(&mut self, limit: Option<Duration>) -> Result<Waiter> {
        self.begin_wait(WaitKind::Event, limit).ok_or(Errno::EPERM)
    }

    /// As [`Core::begin_event`], until `deadline`. `ETIMEDOUT` when that is over already.
    pub(in crate::rt) fn begin_until(&mut self, deadline: Option<Instant>) -> Result<Waiter> {
        let left = time_left(deadline)?;
        self.begin_event(left)
    }
}

/// A wait for one of several signals, which are prepared ([`EventLoop::prepare_signal_wait`]): which has come.
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

/// A wait for changes of a descriptor that was made known to the loop, in some directions.
#[derive(Clone, Copy, Debug)]
pub struct DescriptorWait {
    /// The descriptor.
    pub watch: Watch,
    /// Whether it is waited for until it is readable, and until it is writable.
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
