//! Signals that a script handles in its loop, signals that coroutines wait for, and signals that the runtime itself
//! needs.
//!
//! A signal that a coroutine waits for cannot have a handler of the script at the same time, and the reverse. When no
//! coroutine waits for a signal any more, it gets its previous action back. This happens when the loop next waits, so a
//! coroutine that waits again at once misses no signal. A signal that has come since is sent again: it has that action.

use crate::os::signal::{self, Previous};
use crate::os::{Errno, Result, process};
use crate::rt::core::timers::Token;
use crate::rt::core::wait::Waiter;
use std::collections::BTreeMap;

/// The signals that have our handler: their callbacks, the coroutines that wait for them, and their previous actions.
#[derive(Debug, Default)]
pub struct Signals {
    entries: BTreeMap<i32, Entry>,
    /// The action of each changed signal before the first change.
    original: BTreeMap<i32, Previous>,
    waits: Vec<Wait>,
    /// The signals that another part of this process has taken over: the loop does not handle them.
    claimed: signal::Set,
    /// Whether a coroutine has stopped waiting for a signal.
    has_unused: bool,
}

#[derive(Debug)]
struct Entry {
    /// The callback of the script.
    token: Option<Token>,
    /// Whether the runtime itself needs the signal, until the request ends.
    held: bool,
    /// Whether the callback is the runtime's own: then coroutines may wait for the signal as well.
    own: bool,
    previous: Previous,
}

/// A coroutine that waits for one of several signals.
#[derive(Debug)]
struct Wait {
    waiter: Waiter,
    numbers: Vec<i32>,
    arrived: Option<i32>,
}

/// A round over the signals that have come, in the order of their numbers: each once, and a real-time signal as often
/// as it had come when the round reached it. A handler that sends its own signal does not prolong the round.
#[derive(Debug, Default)]
pub struct Round {
    last: i32,
    /// The number of times that the last signal is still to be taken.
    again: u64,
}

impl Signals {
    /// The number of signals that are handled or waited for.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no signal is handled or waited for.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The signals that have our handler.
    pub fn numbers(&self) -> impl Iterator<Item = i32> {
        self.entries.keys().copied()
    }

    /// Whether the script handles a signal.
    pub fn has_handlers(&self) -> bool {
        self.entries.values().any(|entry| entry.token.is_some())
    }

    /// Whether a coroutine waits for a signal.
    pub fn is_awaited(&self) -> bool {
        !self.waits.is_empty()
    }

    fn is_awaited_one(&self, number: i32) -> bool {
        self.waits.iter().any(|wait| wait.numbers.contains(&number))
    }

    /// `EBUSY` if the script cannot handle a signal now.
    fn must_be_free(&self, number: i32) -> Result<()> {
        let held = self.entries.get(&number).is_some_and(|entry| entry.held);
        if held || self.claimed.contains(number) || self.is_awaited_one(number) {
            Err(Errno::EBUSY)
        } else {
            Ok(())
        }
    }

    /// Installs our handler of a signal.
    fn watch(&mut self, number: i32) -> Result<&mut Entry> {
        let previous = signal::watch(number)?;
        self.original.entry(number).or_insert(previous);
        Ok(self.entries.entry(number).or_insert(Entry { token: None, held: false, own: false, previous }))
    }

    /// Notes that another part of this process, such as a pool, has taken these signals over: until they are released,
    /// nothing else can handle them. The action to restore in the end is the one before that.
    pub fn note_claimed(&mut self, claimed: &[(i32, Previous)]) {
        for &(number, previous) in claimed {
            self.original.entry(number).or_insert(previous);
            self.claimed.insert(number);
        }
    }

    /// The reverse of [`Signals::note_claimed`].
    pub fn note_released(&mut self) {
        self.claimed = signal::Set::default();
    }

    /// The signals that the loop handles.
    pub fn handled(&self) -> signal::Set {
        self.entries.keys().copied().filter(|&number| !self.claimed.contains(number)).collect()
    }

    /// Takes the next signal of a round.
    pub fn take_next(&self, round: &mut Round) -> Option<i32> {
        let number = self.take_above(if round.again > 0 { round.last - 1 } else { round.last })?;
        round.again = if number == round.last { round.again - 1 } else { signal::queued(number) };
        round.last = number;
        Some(number)
    }

    /// Takes the lowest signal above `after` that has come.
    fn take_above(&self, after: i32) -> Option<i32> {
        // One check of all signals first saves the loop when none has come.
        if !signal::is_pending() {
            return None;
        }
        let wanted = self
            .entries
            .range(after.saturating_add(1)..)
            .filter(|(number, entry)| self.is_wanted(**number, entry));
        wanted
            .map(|(&number, _)| number)
            .filter(|&number| !self.claimed.contains(number))
            .find(|&number| signal::take(number))
    }

    /// Sets the callback of a signal, in place of any other handler. Returns the previous callback. `EINVAL` for
    /// numbers that are not signals, and for SIGKILL and SIGSTOP. `EBUSY` if a coroutine waits for the signal, or if
    /// the runtime or a pool needs it.
    pub fn set(&mut self, number: i32, token: Token) -> Result<Option<Token>> {
        self.must_be_free(number)?;
        let entry = self.watch(number)?;
        entry.own = false;
        Ok(entry.token.replace(token))
    }

    /// As [`Signals::set`] for a callback of the runtime's own: coroutines may wait for the signal as well.
    pub fn set_own(&mut self, number: i32, token: Token) -> Result<Option<Token>> {
        let replaced = self.set(number, token)?;
        self.watch(number)?.own = true;
        Ok(replaced)
    }

    /// Takes a signal that has come and was not handled yet, unless another coroutine or the runtime needs it, too.
    fn take_for_one(&self, number: i32) -> bool {
        let own = self.entries.get(&number).is_some_and(|entry| entry.own);
        !own && !self.is_awaited_one(number) && signal::take(number)
    }

    /// Ignores a signal from now on. Returns the previous callback. Errors as of [`Signals::set`].
    pub fn ignore(&mut self, number: i32) -> Result<Option<Token>> {
        self.must_be_free(number)?;
        let previous = signal::ignore(number)?;
        self.original.entry(number).or_insert(previous);
        signal::forget(number);
        Ok(self.entries.remove(&number).and_then(|entry| entry.token))
    }

    /// Gives a signal its default action. Returns the previous callback. `ENOENT` if there is none, `EBUSY` if a pool
    /// needs the signal.
    pub fn remove(&mut self, number: i32) -> Result<Token> {
        let token = self.token(number).ok_or(Errno::ENOENT)?;
        if self.claimed.contains(number) {
            return Err(Errno::EBUSY);
        }
        signal::set_default(number)?;
        signal::forget(number);
        self.entries.remove(&number);
        Ok(token)
    }

    /// Whether a handler of the script is called for a signal, not one of the runtime's own.
    pub fn is_for_script(&self, number: i32) -> bool {
        self.entries.get(&number).is_some_and(|entry| entry.token.is_some() && !entry.own)
    }

    /// The callback of a signal.
    pub fn token(&self, number: i32) -> Option<Token> {
        self.entries.get(&number)?.token
    }

    /// Lets a signal wake the runtime: installs our handler, unless there is a handler already, which wakes the loop as
    /// well.
    pub fn hold(&mut self, number: i32) -> Result<()> {
        if signal::is_handled(number) {
            if let Some(entry) = self.entries.get_mut(&number) {
                entry.held = entry.token.is_none();
            }
            return Ok(());
        }
        let entry = self.watch(number)?;
        entry.held = entry.token.is_none();
        Ok(())
    }

    /// Installs our handler for several signals before a coroutine waits for one of them. Returns a signal that has
    /// come already and was not handled yet, if no other coroutine waits for it. `EINVAL` as of [`Signals::set`], and
    /// `EBUSY` if the script or a pool handles one; then nothing has changed.
    pub fn prepare_wait(&mut self, numbers: &[i32]) -> Result<Option<i32>> {
        let is_taken = |entry: &Entry| entry.token.is_some() && !entry.own;
        let is_handled =
            |number: &i32| self.claimed.contains(*number) || self.entries.get(number).is_some_and(is_taken);
        if numbers.iter().any(is_handled) {
            return Err(Errno::EBUSY);
        }
        self.has_unused = true;
        for &number in numbers {
            self.watch(number)?;
        }
        Ok(numbers.iter().copied().find(|&number| self.take_for_one(number)))
    }

    /// A coroutine waits for one of several signals, which are prepared.
    pub fn wait(&mut self, waiter: Waiter, numbers: Vec<i32>) {
        self.waits.push(Wait { waiter, numbers, arrived: None });
    }

    /// A signal has come. Returns the coroutines that wait for it, which the caller wakes.
    pub fn note_arrival(&mut self, number: i32) -> Vec<Waiter> {
        let waits =
            self.waits.iter_mut().filter(|wait| wait.arrived.is_none() && wait.numbers.contains(&number));
        waits
            .map(|wait| {
                wait.arrived = Some(number);
                wait.waiter
            })
            .collect()
    }

    /// Ends a wait. Returns the signal that ended it, or a signal that has come at the last moment, if no other
    /// coroutine waits for it.
    pub fn end_wait(&mut self, waiter: Waiter) -> Option<i32> {
        let index = self.waits.iter().position(|wait| wait.waiter == waiter)?;
        let wait = self.waits.swap_remove(index);
        self.has_unused = true;
        let late = || wait.numbers.iter().copied().find(|&number| self.take_for_one(number));
        wait.arrived.or_else(late)
    }

    /// Whether the action of a signal may have to be restored, because a coroutine has stopped waiting for it.
    pub fn has_unused(&self) -> bool {
        self.has_unused
    }

    /// Whether a signal is handled, waited for, or needed by the runtime.
    fn is_wanted(&self, number: i32, entry: &Entry) -> bool {
        entry.token.is_some() || entry.held || self.is_awaited_one(number)
    }

    /// Before the loop waits: restores the actions of signals that are not needed any more. A signal that has come and was
    /// not taken is sent again, because a script that has waited for it may send it to itself to end.
    #[inline]
    pub fn restore_unused(&mut self) {
        if std::mem::take(&mut self.has_unused) {
            self.restore_each_unused();
        }
    }

    #[cold]
    fn restore_each_unused(&mut self) {
        let unused = self.entries.iter().filter(|(number, entry)| !self.is_wanted(**number, entry));
        for (number, previous) in unused.map(|(&number, entry)| (number, entry.previous)).collect::<Vec<_>>()
        {
            self.entries.remove(&number);
            signal::restore(number, previous);
            // First all are taken: the action may be to note the signal.
            let arrived = std::iter::repeat_with(|| signal::take(number)).take_while(|&taken| taken).count();
            for _ in 0..arrived {
                // Without this call the signal would be lost, and the caller has no use for the failure.
                let _ = process::kill(process::pid(), number);
            }
        }
    }

    /// Forgets all waits, because the loop has ended.
    pub fn end_waits(&mut self) {
        self.has_unused |= !self.waits.is_empty();
        self.waits.clear();
        self.restore_unused();
    }

    /// The signals of a child: none is handled; their previous actions are known.
    pub(super) fn for_child(&self) -> Signals {
        Signals { original: self.original.clone(), ..Signals::default() }
    }

    /// As [`Signals::give_back`], and signals that got their default action from us get their previous action, too: PHP
    /// installs handlers of its own, and a debug build checks at the end whether they are there (`zend.signal_check`).
    pub fn end(&mut self) -> Vec<Token> {
        let tokens = self.give_back();
        for (number, previous) in std::mem::take(&mut self.original) {
            signal::replace_default(number, previous);
        }
        tokens
    }

    /// Restores the previous action of every signal, unless other code has changed it since.
    #[cold]
    pub fn give_back(&mut self) -> Vec<Token> {
        self.waits.clear();
        self.has_unused = false;
        std::mem::take(&mut self.entries)
            .into_iter()
            .filter_map(|(number, entry)| {
                signal::restore(number, entry.previous);
                signal::forget(number);
                entry.token
            })
            .collect()
    }
}
