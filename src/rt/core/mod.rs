//! The core: what wakes coroutines, and which of them runs. It knows nothing of what they wait for.

pub mod barriers;
pub mod child;
pub mod children;
pub mod clock;
pub mod event_loop;
pub mod exclusive;
pub mod handles;
pub mod reactor;
pub mod registrations;
pub mod scheduler;
pub mod signals;
pub mod source;
pub mod switch;
pub mod syscall_error;
pub mod timers;
pub mod wait;
mod write_queue;

use crate::os::process::Pid;
use crate::os::wakeups::Wakeups;
use crate::os::{self, Errno, held, signal};
use crate::rt::core::barriers::Barriers;
use crate::rt::core::child::{Child, Part};
use crate::rt::core::clock::{WaitEnv, now};
use crate::rt::core::event_loop::EventLoop;
use crate::rt::core::exclusive::Exclusive;
use crate::rt::core::reactor::Ready;
use crate::rt::core::scheduler::Scheduler;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::timers::{Repeat, Target};
use crate::rt::core::wait::{Slot, WaitKind, Waiter, Wake};
use std::time::Duration;

/// What a process waits with.
#[derive(Debug)]
pub struct Core {
    /// The event loop.
    pub events: EventLoop,
    /// The coroutines.
    pub scheduler: Scheduler,
    pub(in crate::rt) barriers: Barriers,
    pub(in crate::rt) exclusive: Exclusive<Waiter>,
    interrupted: fn() -> bool,
    wakeups: Option<Wakeups>,
}

impl Default for Core {
    fn default() -> Self {
        Core {
            events: EventLoop::default(),
            scheduler: Scheduler::default(),
            barriers: Barriers::default(),
            exclusive: Exclusive::default(),
            interrupted: || false,
            wakeups: None,
        }
    }
}

impl Core {
    /// Sets how to ask whether a signal handler of the script waits for its turn.
    pub fn set_interrupted(&mut self, interrupted: fn() -> bool) {
        self.interrupted = interrupted;
    }

    /// How to ask whether a signal handler of the script waits for its turn.
    pub(in crate::rt) fn interrupted(&self) -> fn() -> bool {
        self.interrupted
    }

    /// What a call that waits has to ask for.
    pub fn env(&self) -> WaitEnv {
        WaitEnv { now, interrupted: self.interrupted }
    }

    /// Makes a call that waits in the kernel and cannot be told to wait with other signals than now. It ends (`EINTR`) when
    /// a signal handler has run, be it just before: then a moment later.
    pub(in crate::rt) fn wait_in_kernel<T>(&mut self, wait: impl FnOnce() -> os::Result<T>) -> os::Result<T> {
        // Our own handlers end no such call.
        if held::is_open() {
            return wait();
        }
        if self.wakeups.as_ref().is_none_or(|wakeups| !wakeups.is_here()) {
            self.wakeups = None;
            // Without them the call ends as soon as it would have ended anyway.
            self.wakeups = Wakeups::new().ok();
        }
        if (self.interrupted)() {
            return Err(Errno::EINTR);
        }
        match &self.wakeups {
            Some(wakeups) => wakeups.during(wait),
            None => wait(),
        }
    }

    /// As [`EventLoop::wait`].
    pub fn wait_for_events(&mut self, ready: &mut Vec<Ready>) -> Result<(), SyscallError> {
        self.events.wait(now(), self.interrupted, ready)
    }

    /// The coroutine that waits to read from a descriptor that is ready: it is about to continue.
    pub fn expected(&mut self, ready: Ready) -> Option<Slot> {
        let waiter = self.events.reactor.reader(ready)?;
        self.scheduler.is_waiting(waiter).then_some(waiter.slot)
    }

    /// Has the loop end a wait like this.
    #[cold]
    pub(in crate::rt) fn wake_later(&mut self, waiter: Waiter, how: Wake) {
        self.events.timers.add(Target::Wake(waiter, how), Duration::ZERO, Repeat::Once, now());
    }

    /// A coroutine waits for a child, this one or any.
    pub fn wait_for_child(&mut self, pid: Option<Pid>, waiter: Waiter) {
        self.events.children.wait(&mut self.events.reactor, pid, waiter);
    }

    /// The coroutine that runs begins to wait, for `limit` at most. `None` in the main program.
    #[inline]
    pub fn begin_wait(&mut self, on: WaitKind, limit: Option<Duration>) -> Option<Waiter> {
        let waiter = self.scheduler.begin_wait(on)?;
        if limit.is_some() || self.scheduler.has_deadlines() {
            self.limit_wait(waiter, on, limit);
        }
        Some(waiter)
    }

    /// The coroutine that runs waits, and is not the running one any more: its place.
    #[inline(never)]
    pub(super) fn wait_limited(&mut self, on: WaitKind, limit: Option<Duration>) -> Option<Slot> {
        let waiter = self.begin_wait(on, limit)?;
        self.scheduler.leave(waiter.slot);
        Some(waiter.slot)
    }

    /// A wait has begun that is to take `limit` at most, and no longer than its coroutine may live.
    #[inline(never)]
    fn limit_wait(&mut self, waiter: Waiter, on: WaitKind, limit: Option<Duration>) {
        let limit = match self.scheduler.deadline() {
            Some(deadline) if on != WaitKind::Turn => {
                let left = deadline.saturating_duration_since(now());
                Some(limit.map_or(left, |limit| limit.min(left)))
            }
            _ => limit,
        };
        if let Some(limit) = limit {
            let timer =
                self.events.timers.add(Target::Wake(waiter, Wake::TimedOut), limit, Repeat::Once, now());
            self.scheduler.limit_wait(waiter, timer);
        }
    }

    /// Ends a wait, and its time limit; who is to be run. `None` when it is over already.
    #[inline]
    pub fn end_wait(&mut self, waiter: Waiter, wake: Wake) -> Option<Slot> {
        let (slot, limit) = self.scheduler.end_wait(waiter, wake)?;
        if let Some(timer) = limit {
            self.events.timers.drop_limit(timer);
        }
        Some(slot)
    }

    /// As [`Core::end_wait`], for one who runs now.
    #[inline(always)]
    pub(super) fn end_and_enter(&mut self, waiter: Waiter, wake: Wake) -> Option<Slot> {
        let slot = self.end_wait(waiter, wake)?;
        self.scheduler.enter(slot);
        Some(slot)
    }
}

impl Part for Core {
    /// The loop is the parent's. The descriptors that it waits with are closed, and nothing is said to the kernel about what
    /// they watch; signals do what they did before they were ours. The parent's coroutines never continue here.
    fn in_child(&mut self, child: Child) {
        if child.is_program() {
            return;
        }
        self.scheduler.abandon_waiting();
        self.events.give_signals_back();
        signal::forget_pending();
        self.events = self.events.for_child();
    }
}
