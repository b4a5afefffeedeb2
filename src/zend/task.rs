//! A task: a callable with its arguments and its result, which a coroutine runs.

use crate::zend::bindings::*;
use crate::zend::callback::{Callback, call_for};
use crate::zend::callbacks::{self, Token};
use crate::zend::errors::Outcome;
use crate::zend::jump::Call;
use crate::zend::values::{Owned, Value};

/// What a task calls.
enum What {
    /// A callable of the task's own.
    Own { callback: Callback, arguments: Box<[Owned]> },
    /// A stored callback, and the number that it is called with.
    Kept { token: Token, number: i64 },
}

/// A task. It is called once.
pub(crate) struct Task {
    what: What,
    result: Owned,
    share: Option<Share>,
}

/// The part that a task has in something larger, which is told of the task's end.
#[derive(Clone, Copy)]
pub(crate) struct Share {
    /// Names the larger thing.
    pub(crate) of: u64,
    /// The index of the part.
    pub(crate) index: usize,
    /// Receives the result of the part, if it has one.
    pub(crate) tell: fn(Share, Option<Value<'_>>) -> Outcome<()>,
}

impl Task {
    /// A call of `callback`.
    pub(crate) fn call(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Task {
        let arguments = arguments.collect();
        Task { what: What::Own { callback, arguments }, result: Owned(undef()), share: None }
    }

    /// A call of a stored callback.
    pub(crate) fn kept(token: Token, number: i64) -> Task {
        Task { what: What::Kept { token, number }, result: Owned(undef()), share: None }
    }

    /// Makes the task a part of something larger.
    pub(crate) fn part(self, share: Share) -> Task {
        Task { share: Some(share), ..self }
    }

    /// Reports to what it is a part of, if anything, that the call has returned.
    pub(crate) fn tell(&self) -> Outcome<()> {
        self.share.map_or(Ok(()), |share| (share.tell)(share, self.result()))
    }

    /// Calls it. The task must not be moved until the call has returned.
    pub(crate) fn run(&mut self) -> Call {
        match &mut self.what {
            What::Own { callback, arguments } => {
                let (function, mut cache) = callback.parts();
                call_for(function, cache.as_mut(), Owned::as_values(arguments), &mut self.result.0)
            }
            What::Kept { token, number } => callbacks::invoke(*token, *number),
        }
    }

    /// The result of the call; `None` when it did not return.
    pub(crate) fn result(&self) -> Option<Value<'_>> {
        Some(self.result.as_value()).filter(|value| value.kind() != IS_UNDEF)
    }
}
