//! Signals: those that a script handles in its loop, those that coroutines wait for, and those that tell the runtime
//! itself something.
//!
//! A signal that a coroutine waits for cannot have a handler of the script at the same time, and the reverse. When
//! nobody waits for it any more it does again what it did before; but not until the loop waits: one that waits again
//! at once misses nothing.

use crate::os::signal::{self, Previous};
use crate::os::{Errno, Result};
use crate::rt::core::timers::Token;
use crate::rt::core::wait::Waiter;
use std::collections::BTreeMap;

/// Which signals come to us, what is called for each or who waits for it, and what they did before.
#[derive(Debug, Default)]
pub struct Signals {
    ours: BTreeMap<i32, Ours>,
    /// What each signal that we have changed did before the first time.
    original: BTreeMap<i32, Previous>,
    waits: Vec<Wait>,
    /// Somebody else of this process has taken these over: the loop does not look at them.
    claimed: signal::Set,
    /// Somebody has waited for a signal who does so no more.
    is_loose: bool,
}

#[derive(Debug)]
struct Ours {
    /// What the script has called for it.
    token: Option<Token>,
    /// The runtime itself wants to know of it, until the request ends.
    held: bool,
    /// What is called is the runtime's own: coroutines may wait for it as well.
    own: bool,
    previous: Previous,
}

/// A coroutine that waits for one of several signals.
#[derive(Debug)]
struct Wait {
    waiter: Waiter,
    numbers: Vec<i32>,
    came: Option<i32>,
}

/// A walk over the signals that have come, in the order of their numbers: each once, and a real-time signal as often as
/// it had come when the walk met it. A handler that sends its own signal does not prolong it.
#[derive(Debug, Default)]
pub struct Round {
    last: i32,
    /// How often the last one is taken once more.
    again: u64,
}

impl Signals {
    /// How many signals are handled or waited for.
    pub fn len(&self) -> usize {
        self.ours.len()
    }

    /// Whether no signal is handled or waited for.
    pub fn is_empty(&self) -> bool {
        self.ours.is_empty()
    }

    /// Those that come to us.
    pub fn numbers(&self) -> impl Iterator<Item = i32> {
        self.ours.keys().copied()
    }

    /// Whether the script handles a signal.
    pub fn has_handlers(&self) -> bool {
        self.ours.values().any(|ours| ours.token.is_some())
    }

    /// Whether a coroutine waits for a signal.
    pub fn is_awaited(&self) -> bool {
        !self.waits.is_empty()
    }

    fn is_awaited_one(&self, number: i32) -> bool {
        self.waits.iter().any(|wait| wait.numbers.contains(&number))
    }

    /// `EBUSY` when a signal is not for the script to handle now.
    fn must_be_free(&self, number: i32) -> Result<()> {
        let held = self.ours.get(&number).is_some_and(|ours| ours.held);
        if held || self.is_awaited_one(number) { Err(Errno::EBUSY) } else { Ok(()) }
    }

    /// Has a signal come to us from now on.
    fn claim(&mut self, number: i32) -> Result<&mut Ours> {
        let previous = signal::watch(number)?;
        self.original.entry(number).or_insert(previous);
        Ok(self.ours.entry(number).or_insert(Ours { token: None, held: false, own: false, previous }))
    }

    /// Somebody else of this process has taken these signals over, of whom we may take them: what they did before that is
    /// what they do in the end.
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

    /// The signals that come to the loop.
    pub fn looked_at(&self) -> signal::Set {
        self.ours.keys().copied().filter(|&number| !self.claimed.contains(number)).collect()
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
        // Looking at all of them first spares the walk when nothing has come.
        if !signal::is_pending() {
            return None;
        }
        let ours = self.ours.range(after.saturating_add(1)..).map(|(&number, _)| number);
        ours.filter(|&number| !self.claimed.contains(number)).find(|&number| signal::take(number))
    }

    /// Calls `token` for a signal from now on; what was called before. `EINVAL` for what is no signal, and for
    /// SIGKILL and SIGSTOP, `EBUSY` when a coroutine waits for it or the runtime needs it. Takes the signal over from
    /// whoever else has a handler for it.
    pub fn set(&mut self, number: i32, token: Token) -> Result<Option<Token>> {
        self.must_be_free(number)?;
        let ours = self.claim(number)?;
        ours.own = false;
        Ok(ours.token.replace(token))
    }

    /// As [`Signals::set`] for something of the runtime's own: it is called beside those who wait for the signal.
    pub fn set_own(&mut self, number: i32, token: Token) -> Result<Option<Token>> {
        let replaced = self.set(number, token)?;
        self.claim(number)?.own = true;
        Ok(replaced)
    }

    /// Takes a signal that has come and was not looked at yet; not one that somebody else has to hear of.
    fn take_for_one(&self, number: i32) -> bool {
        let own = self.ours.get(&number).is_some_and(|ours| ours.own);
        !own && !self.is_awaited_one(number) && signal::take(number)
    }

    /// Ignores a signal from now on; what was called before. Errors as of [`Signals::set`].
    pub fn ignore(&mut self, number: i32) -> Result<Option<Token>> {
        self.must_be_free(number)?;
        let previous = signal::ignore(number)?;
        self.original.entry(number).or_insert(previous);
        signal::forget(number);
        Ok(self.ours.remove(&number).and_then(|ours| ours.token))
    }

    /// Gives a signal its default action; what was called before. `ENOENT` when it is not handled.
    pub fn remove(&mut self, number: i32) -> Result<Token> {
        let token = self.token(number).ok_or(Errno::ENOENT)?;
        signal::set_default(number)?;
        signal::forget(number);
        self.ours.remove(&number);
        Ok(token)
    }

    /// What to call for a signal.
    pub fn token(&self, number: i32) -> Option<Token> {
        self.ours.get(&number)?.token
    }

    /// The runtime itself wants to be woken by a signal: it comes to us, unless somebody handles it already, whom it
    /// wakes as well.
    pub fn hold(&mut self, number: i32) -> Result<()> {
        if signal::is_handled(number) {
            if let Some(ours) = self.ours.get_mut(&number) {
                ours.held = ours.token.is_none();
            }
            return Ok(());
        }
        let ours = self.claim(number)?;
        ours.held = ours.token.is_none();
        Ok(())
    }

    /// Before a coroutine waits for one of several signals: they come to us from now on. The one that has come and was
    /// not looked at yet, if there is one that nobody else waits for. `EINVAL` as of [`Signals::set`], and `EBUSY` when the script handles one;
    /// then nothing has changed.
    pub fn prepare_wait(&mut self, numbers: &[i32]) -> Result<Option<i32>> {
        let is_taken = |ours: &Ours| ours.token.is_some() && !ours.own;
        if numbers.iter().any(|number| self.ours.get(number).is_some_and(is_taken)) {
            return Err(Errno::EBUSY);
        }
        self.is_loose = true;
        for &number in numbers {
            self.claim(number)?;
        }
        Ok(numbers.iter().copied().find(|&number| self.take_for_one(number)))
    }

    /// A coroutine waits for one of several signals, which are prepared.
    pub fn wait(&mut self, waiter: Waiter, numbers: Vec<i32>) {
        self.waits.push(Wait { waiter, numbers, came: None });
    }

    /// A signal has come: everybody who waits for it goes on.
    pub fn came(&mut self, number: i32) -> Vec<Waiter> {
        let waits =
            self.waits.iter_mut().filter(|wait| wait.came.is_none() && wait.numbers.contains(&number));
        waits
            .map(|wait| {
                wait.came = Some(number);
                wait.waiter
            })
            .collect()
    }

    /// A wait is over: the signal that ended it, or one that has come in the last moment and that nobody else waits
    /// for.
    pub fn end_wait(&mut self, waiter: Waiter) -> Option<i32> {
        let index = self.waits.iter().position(|wait| wait.waiter == waiter)?;
        let wait = self.waits.swap_remove(index);
        self.is_loose = true;
        let late = || wait.numbers.iter().copied().find(|&number| self.take_for_one(number));
        wait.came.or_else(late)
    }

    /// Whether a signal may be there to be given back: somebody has waited for it who does so no more.
    pub fn has_loose(&self) -> bool {
        self.is_loose
    }

    /// Before the loop waits: signals that nobody wants any more do again what they did before.
    pub fn settle(&mut self) {
        if !std::mem::take(&mut self.is_loose) {
            return;
        }
        let waits = &self.waits;
        self.ours.retain(|number, ours| {
            let wanted =
                ours.token.is_some() || ours.held || waits.iter().any(|wait| wait.numbers.contains(number));
            if !wanted {
                signal::restore(*number, ours.previous);
                signal::forget(*number);
            }
            wanted
        });
    }

    /// The loop has ended: nobody in it waits any more.
    pub fn end_waits(&mut self) {
        self.is_loose |= !self.waits.is_empty();
        self.waits.clear();
        self.settle();
    }

    /// Those of a child: none is handled, and what they did before us is known.
    pub(super) fn for_child(&self) -> Signals {
        Signals { original: self.original.clone(), ..Signals::default() }
    }

    /// As [`Signals::give_back`], and those that got their default action from us do what they did before: PHP
    /// installs handlers of its own, and when it checks them (`zend.signal_check`, debug builds) it misses them.
    pub fn end(&mut self) -> Vec<Token> {
        let tokens = self.give_back();
        for (number, previous) in std::mem::take(&mut self.original) {
            signal::replace_default(number, previous);
        }
        tokens
    }

    /// Every signal does again what it did before we had it, unless somebody else has taken it over since.
    pub fn give_back(&mut self) -> Vec<Token> {
        self.waits.clear();
        self.is_loose = false;
        std::mem::take(&mut self.ours)
            .into_iter()
            .filter_map(|(number, ours)| {
                signal::restore(number, ours.previous);
                signal::forget(number);
                ours.token
            })
            .collect()
    }
}
