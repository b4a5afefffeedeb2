//! A callable with its arguments and its result: what a coroutine runs.

use crate::zend::bindings::*;
use crate::zend::callback::{Callback, call_for};
use crate::zend::callbacks::{self, Token};
use crate::zend::errors::Outcome;
use crate::zend::jump::Call;
use crate::zend::values::{Owned, Value};

/// What is to be called.
enum What {
    /// A callable of the task's own.
    Own { callback: Callback, arguments: Box<[Owned]> },
    /// One that is kept elsewhere, with the number that it is called with.
    Kept { token: Token, number: i64 },
}

/// Something to be called once.
pub(crate) struct Task {
    what: What,
    result: Owned,
    share: Option<Share>,
}

/// Which part of something larger a task is, and how that is told of the task's end.
#[derive(Clone, Copy)]
pub(crate) struct Share {
    /// Names the larger thing.
    pub(crate) of: u64,
    /// Which part.
    pub(crate) index: usize,
    /// Tells the larger thing what the part has returned, if it has.
    pub(crate) tell: fn(Share, Option<Value<'_>>) -> Outcome<()>,
}

impl Task {
    /// A call of `callback`.
    pub(crate) fn call(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Task {
        let arguments = arguments.collect();
        Task { what: What::Own { callback, arguments }, result: Owned(undef()), share: None }
    }

    /// A call of a kept callable.
    pub(crate) fn kept(token: Token, number: i64) -> Task {
        Task { what: What::Kept { token, number }, result: Owned(undef()), share: None }
    }

    /// It is this part of something larger.
    pub(crate) fn part(self, share: Share) -> Task {
        Task { share: Some(share), ..self }
    }

    /// Tells what it is a part of, if it is, that the call has come back.
    pub(crate) fn tell(&self) -> Outcome<()> {
        self.share.map_or(Ok(()), |share| (share.tell)(share, self.result()))
    }

    /// Calls it. The task must stay where it is until the call has come back.
    pub(crate) fn run(&mut self) -> Call {
        match &mut self.what {
            What::Own { callback, arguments } => {
                let (function, mut cache) = callback.parts();
                call_for(function, cache.as_mut(), Owned::as_values(arguments), &mut self.result.0)
            }
            What::Kept { token, number } => callbacks::invoke(*token, *number),
        }
    }

    /// What the call returned; `None` when it did not return.
    pub(crate) fn result(&self) -> Option<Value<'_>> {
        Some(self.result.as_value()).filter(|value| value.kind() != IS_UNDEF)
    }
}
