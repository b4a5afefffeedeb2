//! The event loop: descriptors, timers, signals and deferred calls in one turn after the other.
//!
//! It says what is to be called and when; those who call it do that, one by one, and ask again after each: a
//! callback may change everything.

use crate::os::held::{self, hold_for_wait};
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

/// How often the kernel is asked for ended children when no signal can tell.
const ASK_AGAIN: Duration = Duration::from_millis(100);

/// When a callback that belongs to no event is called.
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
    /// It runs, and ends after the call that is being made.
    Leaving,
}

/// What a loop wants a turn for that is run by somebody who waits for something else.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wants {
    /// At this moment something is due.
    pub at: Option<Instant>,
    /// One of these signals has come.
    pub signals: signal::Set,
    /// What only the kernel knows: it has to be asked again and again, and whenever [`EventLoop::descriptor`] is readable.
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
    /// Who waits for children.
    pub children: Children,
    signals: Signals,
    /// Those who were made to yield, and go on in their turn.
    yield_queue: VecDeque<Waiter>,
    deferred: VecDeque<Token>,
    before: Option<Token>,
    after: Option<Token>,
    last: Option<Token>,
    state: State,
    /// Something was asked of it since it last ended.
    in_use: bool,
    /// It will run at the end of the script.
    is_announced: bool,
    wait_for_signals: bool,
    /// Counts the loops of this process and those that it descends from.
    serial: u64,
}

impl EventLoop {
    /// Tells a loop from the one that takes its place after a fork.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// Something is asked of the loop; true when somebody has to see to it that it runs at the end of the script.
    pub fn begin_use(&mut self) -> bool {
        self.in_use = true;
        !std::mem::replace(&mut self.is_announced, true)
    }

    /// The end of the script has come to the loop's turn. What is asked of it from now on needs another one.
    pub fn note_shutdown(&mut self) {
        self.is_announced = false;
    }

    /// Whether something was asked of it since it last ended.
    pub fn is_in_use(&self) -> bool {
        self.in_use
    }

    /// The loop of a child: empty, with the same options. A child of somebody else's fork goes on in the callback
    /// that forked, whose timer must not have the number of a new one.
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

    /// Whether there is anything to wait for. Handled signals alone are not, unless that was asked for.
    pub fn is_alive(&self) -> bool {
        self.has_work() || (self.wait_for_signals && self.signals.has_handlers())
    }

    /// Whether there is anything to wait for but handled signals.
    pub fn has_work(&self) -> bool {
        !self.reactor.is_empty()
            || !self.timers.is_empty()
            || !self.deferred.is_empty()
            || !self.yield_queue.is_empty()
            || self.children.must_ask()
            || self.signals.is_awaited()
    }

    /// Whether handled signals keep the loop going.
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

    /// Whether it runs now.
    pub fn is_running(&self) -> bool {
        self.state != State::Idle
    }

    /// Whether the loop was asked to end.
    pub fn is_leaving(&self) -> bool {
        self.state == State::Leaving
    }

    /// The loop ends after the call that is being made; without one, at once and for nothing.
    pub fn ask_to_leave(&mut self) {
        if self.state == State::Running {
            self.state = State::Leaving;
        }
    }

    /// Leaves the loop, for a while: one turn is over.
    pub fn pause(&mut self) {
        self.state = State::Idle;
    }

    /// Leaves the loop for good: everything but the handled signals is dropped. What was to be called, to be
    /// released, and how many bytes that were still to be written are lost.
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

    /// How many calls are deferred.
    pub fn deferred(&self) -> usize {
        self.deferred.len()
    }

    /// The next deferred call.
    pub fn take_deferred(&mut self) -> Option<Token> {
        self.deferred.pop_front()
    }

    /// A coroutine that was made to yield goes on in the next turn.
    pub fn push_yielded(&mut self, waiter: Waiter) {
        self.yield_queue.push_back(waiter);
    }

    /// How many were made to yield.
    pub fn yielded(&self) -> usize {
        self.yield_queue.len()
    }

    /// The next one that was made to yield.
    pub fn take_yielded(&mut self) -> Option<Waiter> {
        self.yield_queue.pop_front()
    }

    /// Sets or removes what is called in each turn; what was called before.
    pub fn set_cycle(&mut self, when: Cycle, token: Option<Token>) -> Option<Token> {
        let slot = match when {
            Cycle::Before => &mut self.before,
            Cycle::After => &mut self.after,
            Cycle::Last => &mut self.last,
        };
        std::mem::replace(slot, token)
    }

    /// What is called in each turn.
    pub fn cycle(&self, when: Cycle) -> Option<Token> {
        match when {
            Cycle::Before => self.before,
            Cycle::After => self.after,
            Cycle::Last => self.last,
        }
    }

    /// Calls `token` for a signal; what was called before.
    pub fn handle_signal(&mut self, number: i32, token: Token) -> Result<Option<Token>> {
        self.signals.set(number, token)
    }

    /// As [`Signals::set_own`].
    pub fn handle_own_signal(&mut self, number: i32, token: Token) -> Result<Option<Token>> {
        self.signals.set_own(number, token)
    }

    /// Ignores a signal; what was called before.
    pub fn ignore_signal(&mut self, number: i32) -> Result<Option<Token>> {
        self.signals.ignore(number)
    }

    /// Handles a signal no more; what was called. `ENOENT` when it is not handled.
    pub fn remove_signal(&mut self, number: i32) -> Result<Token> {
        self.signals.remove(number)
    }

    /// Somebody else of this process has taken these signals over, of whom the script may take them.
    pub fn note_claimed(&mut self, claimed: &[(i32, Previous)]) {
        self.signals.note_claimed(claimed);
    }

    /// They do again what they did before.
    pub fn note_released(&mut self) {
        self.signals.note_released();
    }

    /// How many signals are handled.
    pub fn signals(&self) -> usize {
        self.signals.len()
    }

    /// What to call for a signal.
    pub fn signal(&self, number: i32) -> Option<Token> {
        self.signals.token(number)
    }

    /// As [`EventLoop::give_signals_back`], and every signal does again what it did before the first use.
    pub fn end_signals(&mut self) -> Vec<Token> {
        self.signals.end()
    }

    /// Gives all signals back to those who had them before; what was called.
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

    /// From now on the ends of children come to the loop, and are not for the script to handle unless it does so
    /// already.
    pub fn hold_child_signal(&mut self) -> Result<()> {
        self.signals.hold(signal::CHILD_ENDED)
    }

    /// As [`Signals::take_next`].
    pub fn take_signal(&mut self, round: &mut Round) -> Option<i32> {
        self.signals.take_next(round)
    }

    /// As [`Signals::came`].
    pub fn signal_waiters(&mut self, number: i32) -> Vec<Waiter> {
        self.signals.came(number)
    }

    /// What it wants a turn for; nothing while it runs.
    pub fn wants(&mut self, now: fn() -> Instant) -> Wants {
        if self.is_running() {
            return Wants::default();
        }
        let asks_children = self.children.must_ask();
        // A signal that nobody waits for any more is given back in a turn.
        let is_due = !self.deferred.is_empty() || !self.yield_queue.is_empty() || self.signals.has_loose();
        let in_time = if is_due {
            Some(Duration::ZERO)
        } else {
            // The clock is looked at only where something waits for it.
            let timer = if self.timers.is_empty() { None } else { self.timers.next(now()) };
            timer.into_iter().chain(self.reactor.retry()).chain(asks_children.then_some(ASK_AGAIN)).min()
        };
        Wants {
            at: in_time.and_then(|time| now().checked_add(time)),
            signals: self.signals.looked_at(),
            asks: asks_children || !self.reactor.is_empty(),
        }
    }

    /// What becomes readable when the kernel has something for it; `None` while it runs, or watches nothing.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.reactor.descriptor().filter(|_| !self.is_running())
    }

    /// Whether signals have come that it has not looked at.
    pub fn has_signals(&self) -> bool {
        self.signals.looked_at().has_come()
    }

    /// Forgets the signals that it has not looked at.
    pub fn forget_signals(&mut self) {
        self.signals.looked_at().numbers().for_each(signal::forget);
    }

    /// As [`EventLoop::wait`], without waiting.
    pub fn poll(&mut self, ready: &mut Vec<Ready>) -> std::result::Result<(), SyscallError> {
        self.signals.settle();
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

    /// Waits for what comes first, and adds the descriptors that are ready to `ready`. A signal handler of the
    /// script that is not ours ends the wait too; `interrupted` tells whether one has run before it began.
    pub fn wait(
        &mut self,
        now: Instant,
        interrupted: fn() -> bool,
        ready: &mut Vec<Ready>,
    ) -> std::result::Result<(), SyscallError> {
        self.reactor.prepare().map_err(SyscallError::of("epoll_create1()"))?;
        self.signals.settle();
        let asks = self.children.must_ask();
        if asks {
            // Somebody may have taken the handler away.
            self.signals.hold(signal::CHILD_ENDED).map_err(SyscallError::of("sigaction()"))?;
        }
        let has_work = !self.deferred.is_empty() || !self.yield_queue.is_empty();
        // Signals that are blocked come only while it waits.
        if has_work && !asks && self.reactor.is_empty() && (self.signals.is_empty() || held::is_open()) {
            return Ok(());
        }
        let limit = if has_work { Some(Duration::ZERO) } else { self.timers.next(now) };
        // From here on a signal ends the wait. Those that are ours come through even if they are blocked.
        let held = if limit == Some(Duration::ZERO) && self.signals.is_empty() {
            None
        } else {
            Some(hold_for_wait(self.signals.numbers()).map_err(SyscallError::of("sigprocmask()"))?)
        };
        let limit = match &held {
            Some(_) if self.has_signals() || (asks && self.children.is_due()) => Some(Duration::ZERO),
            // It comes to a handler of the script, which has blocked it.
            Some(held) if asks && held.blocks(signal::CHILD_ENDED) => {
                Some(limit.map_or(ASK_AGAIN, |limit| limit.min(ASK_AGAIN)))
            }
            _ => limit,
        };
        let result =
            if interrupted() { Err(Errno::EINTR) } else { self.reactor.wait(limit, held.as_ref(), ready) };
        if let Some(held) = held {
            held.release();
        }
        match result {
            Ok(()) | Err(Errno::EINTR) => Ok(()),
            Err(errno) => Err(SyscallError { call: "epoll_wait()", errno }),
        }
    }
}
