//! Signals that a script handles in its loop.

use crate::os::signal::{self, Previous};
use crate::os::{Errno, Result};
use crate::rt::timers::Token;
use std::collections::BTreeMap;

/// Which signals come to us, what is called for each, and what they did before.
#[derive(Debug, Default)]
pub struct Signals {
    handled: BTreeMap<i32, Handled>,
    /// What each signal that we have changed did before the first time.
    original: BTreeMap<i32, Previous>,
}

#[derive(Debug)]
struct Handled {
    token: Token,
    previous: Previous,
}

impl Signals {
    /// How many signals are handled.
    pub fn len(&self) -> usize {
        self.handled.len()
    }

    /// Whether no signal is handled.
    pub fn is_empty(&self) -> bool {
        self.handled.is_empty()
    }

    /// Calls `token` for a signal from now on; what was called before. `EINVAL` for what is no signal, and for
    /// SIGKILL and SIGSTOP. Takes the signal over from whoever else has a handler for it.
    pub fn set(&mut self, number: i32, token: Token) -> Result<Option<Token>> {
        let previous = signal::watch(number)?;
        self.original.entry(number).or_insert(previous);
        match self.handled.get_mut(&number) {
            Some(handled) => Ok(Some(std::mem::replace(&mut handled.token, token))),
            None => {
                self.handled.insert(number, Handled { token, previous });
                Ok(None)
            }
        }
    }

    /// Ignores a signal from now on; what was called before.
    pub fn ignore(&mut self, number: i32) -> Result<Option<Token>> {
        let previous = signal::ignore(number)?;
        self.original.entry(number).or_insert(previous);
        signal::forget(number);
        Ok(self.handled.remove(&number).map(|handled| handled.token))
    }

    /// Gives a signal its default action; what was called before. `ENOENT` when it is not handled.
    pub fn remove(&mut self, number: i32) -> Result<Token> {
        let token = self.handled.get(&number).ok_or(Errno::ENOENT)?.token;
        signal::set_default(number)?;
        signal::forget(number);
        self.handled.remove(&number);
        Ok(token)
    }

    /// What to call for a signal.
    pub fn token(&self, number: i32) -> Option<Token> {
        self.handled.get(&number).map(|handled| handled.token)
    }

    /// Those of a child: none is handled, and what they did before us is known.
    pub fn successor(&self) -> Signals {
        Signals { handled: BTreeMap::new(), original: self.original.clone() }
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
        let handled = std::mem::take(&mut self.handled);
        handled
            .into_iter()
            .map(|(number, handled)| {
                signal::give_back(number, handled.previous);
                signal::forget(number);
                handled.token
            })
            .collect()
    }
}
