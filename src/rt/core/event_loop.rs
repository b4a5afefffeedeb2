//! The event loop: descriptors, timers, signals and deferred calls in one turn after the other.
//!
//! It decides which callback is due. The caller makes the calls one by one, and asks again after each call, because a
//! callback may change everything.

use crate::os::prepared_wait::{self, prepare_wait};
use crate::os::signal::{self, Previous};
use crate::os::{Errno, Result};
use crate::rt::core::children::Children;
use crate::rt::core::reactor::{Reactor, Ready};
use crate::rt::core::signals::{Round, Signals};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::timers::{Timers, Token};
use crate::rt::core::wait::Waiter;
use std::collections::VecDeque;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

/// The pause between checks for ended children when no signal reports them.
const ASK_AGAIN: Duration = Duration::from_millis(100);

/// The time of a callback that belongs to no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cycle {
    /// Before each turn waits for events.
    Before,
    /// At the end of each turn.
    After,
    /// After that, for the runtime's own use.
    Last,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Idle,
    Running,
    /// The loop runs, and ends after the current call.
    Leaving,
}

/// When a loop needs a turn whose process waits for something else.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wants {
    /// At this time something is due.
    pub at: Option<Instant>,
    /// When one of these signals has come.
    pub signals: signal::Set,
    /// Whether the kernel may have events: then the process has to ask it at intervals, and whenever
    /// [`EventLoop::descriptor`] is readable.
    pub asks: bool,
}

impl Wants {
    /// Whether something is due at `now`.
    pub fn is_due(&self, now: fn() -> Instant) -> bool {
        self.signals.has_come() || self.at.is_some_and(|at| at <= now())
    }
}

/// A loop, its events and its state.
#[derive(Debug, Default)]
pub struct EventLoop {
    /// Watched descriptors.
    pub reactor: Reactor,
    /// Timers.
    pub timers: Timers,
    /// The coroutines that wait for children.
    pub children: Children,
    signals: Signals,
    /// The coroutines that were preempted, in the order in which they continue.
    yield_queue: VecDeque<Waiter>,
    deferred: VecDeque<Token>,
    before: Option<Token>,
    after: Option<Token>,
    last: Option<Token>,
    state: State,
    /// Whether the loop was used since it last ended.
    in_use: bool,
    /// Whether the loop will run at the end of the script.
    is_announced: bool,
    wait_for_signals: bool,
    /// Counts the loops of this process and those that it descends from.
    serial: u64,
}

impl EventLoop {
    /// Distinguishes a loop from the one that replaces it after a fork.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// Notes a use of the loop. Returns true if the caller has to make the loop run at the end of the script.
    pub fn begin_use(&mut self) -> bool {
        self.in_use = true;
        !std::mem::replace(&mut self.is_announced, true)
    }

    /// Notes that the loop runs at the end of the script now. Later uses need another run.
    pub fn note_shutdown(&mut self) {
        self.is_announced = false;
    }

    /// Whether the loop was used since it last ended.
    pub fn is_in_use(&self) -> bool {
        self.in_use
    }

    /// The loop of a child: empty, with the same options. The child of a foreign fork continues in the callback that
    /// forked. The timer of that callback must not have the number of a new timer.
    #[cold]
    pub(super) fn for_child(&self) -> EventLoop {
        EventLoop {
            reactor: self.reactor.for_child(),
            timers: self.timers.for_child(),
            signals: self.signals.for_child(),
            wait_for_signals: self.wait_for_signals,
            serial: self.serial + 1,
            ..EventLoop::default()
        }
    }

    /// Whether the loop has something to wait for. Handled signals alone do not count, unless
    /// [`EventLoop::set_wait_for_signals`] is on.
    pub fn is_alive(&self) -> bool {
        self.has_work() || (self.wait_for_signals && self.signals.has_handlers())
    }

    /// Whether the loop has something to wait for other than handled signals.
    pub fn has_work(&self) -> bool {
        !self.reactor.is_empty()
            || !self.timers.is_empty()
            || !self.deferred.is_empty()
            || !self.yield_queue.is_empty()
            || self.children.must_ask()
            || self.signals.is_awaited()
    }

    /// Sets whether handled signals keep the loop alive.
    pub fn set_wait_for_signals(&mut self, wait: bool) {
        self.wait_for_signals = wait;
    }

    /// Enters the loop; false when it runs already.
    pub fn enter(&mut self) -> bool {
        let idle = self.state == State::Idle;
        if idle {
            self.state = State::Running;
        }
        idle
    }

    /// Whether the loop runs now.
    pub fn is_running(&self) -> bool {
        self.state != State::Idle
    }

    /// Whether the loop was asked to end.
    pub fn is_leaving(&self) -> bool {
        self.state == State::Leaving
    }

    /// Ends the loop after the current call. Does nothing if the loop does not run.
    pub fn ask_to_leave(&mut self) {
        if self.state == State::Running {
            self.state = State::Leaving;
        }
    }

    /// Leaves the loop after one turn, and keeps its contents.
    pub fn pause(&mut self) {
        self.state = State::Idle;
    }

    /// Ends the loop, and drops everything but the handled signals. Returns the callbacks, which the caller releases,
    /// and the number of unwritten bytes that are lost.
    pub fn end(&mut self) -> (Vec<Token>, usize) {
        let (callbacks, lost) = self.reactor.clear();
        let mut tokens = self.timers.end();
        tokens.extend(callbacks.iter().flat_map(|callbacks| [callbacks.read, callbacks.write]).flatten());
        tokens.extend(self.deferred.drain(..));
        tokens.extend(self.before.take());
        tokens.extend(self.after.take());
        tokens.extend(self.last.take());
        self.children = Children::default();
        self.yield_queue.clear();
        self.signals.end_waits();
        self.state = State::Idle;
        self.in_use = false;
        (tokens, lost)
    }

    /// Calls `token` at the end of the current turn, or of the next one.
    pub fn defer(&mut self, token: Token) {
        self.deferred.push_back(token);
    }

    /// The number of deferred calls.
    pub fn deferred(&self) -> usize {
        self.deferred.len()
    }

    /// The next deferred call.
    pub fn take_deferred(&mut self) -> Option<Token> {
        self.deferred.pop_front()
    }

    /// Adds a preempted coroutine, which continues in the next turn.
    pub fn push_yielded(&mut self, waiter: Waiter) {
        self.yield_queue.push_back(waiter);
    }

    /// The number of preempted coroutines.
    pub fn yielded(&self) -> usize {
        self.yield_queue.len()
    }

    /// The next preempted coroutine.
    pub fn take_yielded(&mut self) -> Option<Waiter> {
        self.yield_queue.pop_front()
    }

    /// Sets or removes the callback of each turn. Returns the previous one.
    pub fn set_cycle(&mut self, when: Cycle, token: Option<Token>) -> Option<Token> {
        let slot = match when {
            Cycle::Before => &mut self.before,
            Cycle::After => &mut self.after,
            Cycle::Last => &mut self.last,
        };
        std::mem::replace(slot, token)
    }

    /// The callback of each turn.
    pub fn cycle(&self, when: Cycle) -> Option<Token> {
        match when {
            Cycle::Before => self.before,
            Cycle::After => self.after,
            Cycle::Last => self.last,
        }
    }

    /// Sets the callback of a signal. Returns the previous one.
    pub fn handle_signal(&mut self, number: i32, token: Token) -> Result<Option<Token>> {
        self.signals.set(number, token)
    }

    /// As [`Signals::set_own`].
    pub fn handle_own_signal(&mut self, number: i32, token: Token) -> Result<Option<Token>> {
        self.signals.set_own(number, token)
    }

    /// Ignores a signal. Returns the previous callback.
    pub fn ignore_signal(&mut self, number: i32) -> Result<Option<Token>> {
        self.signals.ignore(number)
    }

    /// As [`Signals::remove`].
    pub fn remove_signal(&mut self, number: i32) -> Result<Token> {
        self.signals.remove(number)
    }

    /// As [`Signals::note_claimed`].
    pub fn note_claimed(&mut self, claimed: &[(i32, Previous)]) {
        self.signals.note_claimed(claimed);
    }

    /// Notes that these signals have their previous actions again.
    pub fn note_released(&mut self) {
        self.signals.note_released();
    }

    /// The number of handled signals.
    pub fn signals(&self) -> usize {
        self.signals.len()
    }

    /// The callback of a signal.
    pub fn signal(&self, number: i32) -> Option<Token> {
        self.signals.token(number)
    }

    /// As [`Signals::is_for_script`].
    pub fn is_signal_for_script(&self, number: i32) -> bool {
        self.signals.is_for_script(number)
    }

    /// As [`EventLoop::give_signals_back`], and every signal gets the action that it had before the first use.
    pub fn end_signals(&mut self) -> Vec<Token> {
        self.signals.end()
    }

    /// Restores the previous actions of all signals. Returns the callbacks.
    pub fn give_signals_back(&mut self) -> Vec<Token> {
        self.signals.give_back()
    }

    /// As [`Signals::prepare_wait`].
    pub fn prepare_signal_wait(&mut self, numbers: &[i32]) -> Result<Option<i32>> {
        self.signals.prepare_wait(numbers)
    }

    /// As [`Signals::wait`].
    pub fn wait_for_signals(&mut self, waiter: Waiter, numbers: Vec<i32>) {
        self.signals.wait(waiter, numbers);
    }

    /// As [`Signals::end_wait`].
    pub fn end_signal_wait(&mut self, waiter: Waiter) -> Option<i32> {
        self.signals.end_wait(waiter)
    }

    /// From now on the loop receives SIGCHLD. The script cannot handle it any more, unless it does so already.
    pub fn hold_child_signal(&mut self) -> Result<()> {
        self.signals.hold(signal::CHILD_ENDED)
    }

    /// As [`Signals::take_next`].
    pub fn take_signal(&mut self, round: &mut Round) -> Option<i32> {
        self.signals.take_next(round)
    }

    /// As [`Signals::note_arrival`].
    pub fn signal_waiters(&mut self, number: i32) -> Vec<Waiter> {
        self.signals.note_arrival(number)
    }

    /// Whether the loop needs no turn before it is used again: it runs already, or it is empty.
    #[inline]
    pub fn wants_nothing(&self) -> bool {
        self.is_running() || (!self.has_work() && self.signals.is_empty() && !self.signals.has_unused())
    }

    /// When the loop needs a turn; never while it runs.
    #[inline]
    pub fn wants(&mut self, now: fn() -> Instant) -> Wants {
        if self.wants_nothing() { Wants::default() } else { self.wants_of_work(now) }
    }

    /// Whether the loop needs a turn now. Workers ask for each message, and their loop is nearly always empty.
    #[inline]
    pub fn wants_turn(&mut self, now: fn() -> Instant) -> bool {
        !self.wants_nothing() && {
            let wants = self.wants_of_work(now);
            wants.asks || wants.is_due(now)
        }
    }

    /// Whether nothing but a signal can need a turn of the loop for this time.
    #[inline]
    pub fn is_quiet_for(&mut self, time: Duration, now: fn() -> Instant) -> bool {
        self.wants_nothing() || {
            let wants = self.wants_of_work(now);
            !wants.asks && wants.at.is_none_or(|at| at.saturating_duration_since(now()) > time)
        }
    }

    #[inline(never)]
    fn wants_of_work(&mut self, now: fn() -> Instant) -> Wants {
        let asks_children = self.children.must_ask();
        // A turn restores the action of a signal for which no coroutine waits any more.
        let is_due = !self.deferred.is_empty() || !self.yield_queue.is_empty() || self.signals.has_unused();
        let in_time = if is_due {
            Some(Duration::ZERO)
        } else {
            self.next_timer(now)
                .into_iter()
                .chain(self.reactor.retry())
                .chain(asks_children.then_some(ASK_AGAIN))
                .min()
        };
        Wants {
            at: in_time.and_then(|time| now().checked_add(time)),
            signals: self.signals.handled(),
            asks: asks_children || !self.reactor.is_empty(),
        }
    }

    /// The time until the next timer is due. The clock is read only if there are timers.
    fn next_timer(&mut self, now: fn() -> Instant) -> Option<Duration> {
        if self.timers.is_empty() { None } else { self.timers.next(now()) }
    }

    /// The descriptor that becomes readable when the kernel has events; `None` while the loop runs, or watches nothing.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.reactor.descriptor().filter(|_| !self.is_running())
    }

    /// Whether signals have come that the loop has not handled.
    pub fn has_signals(&self) -> bool {
        self.signals.handled().has_come()
    }

    /// Forgets the signals that the loop has not handled.
    pub fn forget_signals(&mut self) {
        self.signals.handled().numbers().for_each(signal::forget);
    }

    /// As [`EventLoop::wait`], without waiting.
    pub fn poll(&mut self, ready: &mut Vec<Ready>) -> std::result::Result<(), SyscallError> {
        self.signals.restore_unused();
        if self.children.must_ask() {
            self.signals.hold(signal::CHILD_ENDED).map_err(SyscallError::of("sigaction()"))?;
        }
        if self.reactor.is_empty() {
            return Ok(());
        }
        match self.reactor.wait(Some(Duration::ZERO), None, ready) {
            Ok(()) | Err(Errno::EINTR) => Ok(()),
            Err(errno) => Err(SyscallError { call: "epoll_wait()", errno }),
        }
    }

    /// Waits for the first event, and adds the ready descriptors to `ready`. A foreign signal handler of the script
    /// ends the wait, too; `interrupted` returns whether one has run before the wait began.
    pub fn wait(
        &mut self,
        now: fn() -> Instant,
        interrupted: fn() -> bool,
        ready: &mut Vec<Ready>,
    ) -> std::result::Result<(), SyscallError> {
        self.reactor.prepare().map_err(SyscallError::of("epoll_create1()"))?;
        self.signals.restore_unused();
        let asks = self.children.must_ask();
        if asks {
            // Other code may have removed the handler.
            self.signals.hold(signal::CHILD_ENDED).map_err(SyscallError::of("sigaction()"))?;
        }
        let has_work = !self.deferred.is_empty() || !self.yield_queue.is_empty();
        // Blocked signals are delivered only during the wait.
        if has_work
            && !asks
            && self.reactor.is_empty()
            && (self.signals.is_empty() || prepared_wait::is_unmasked())
        {
            return Ok(());
        }
        let limit = if has_work { Some(Duration::ZERO) } else { self.next_timer(now) };
        // From here on a signal ends the wait. Our signals are delivered even if they are blocked.
        let prepared = if limit == Some(Duration::ZERO) && self.signals.is_empty() {
            None
        } else {
            Some(prepare_wait(self.signals.numbers()).map_err(SyscallError::of("sigprocmask()"))?)
        };
        let limit = match &prepared {
            Some(_) if self.has_signals() || (asks && self.children.is_due()) => Some(Duration::ZERO),
            // The signal has a handler of the script, which has blocked the signal.
            Some(prepared) if asks && prepared.blocks(signal::CHILD_ENDED) => {
                Some(limit.map_or(ASK_AGAIN, |limit| limit.min(ASK_AGAIN)))
            }
            _ => limit,
        };
        let result = if interrupted() {
            Err(Errno::EINTR)
        } else {
            self.reactor.wait(limit, prepared.as_ref(), ready)
        };
        if let Some(prepared) = prepared {
            prepared.release();
        }
        match result {
            Ok(()) | Err(Errno::EINTR) => Ok(()),
            Err(errno) => Err(SyscallError { call: "epoll_wait()", errno }),
        }
    }
}
