//! A task: a callable with its arguments and its result, which a coroutine runs.

use crate::zend::bindings::*;
use crate::zend::callback::{Callback, call_for};
use crate::zend::callbacks::{self, Token};
use crate::zend::errors::Outcome;
use crate::zend::jump::Call;
use crate::zend::values::{Owned, Value};

/// The target of a task.
enum Target {
    /// A callable of the task's own, unless the first one returns false. Few tasks have a first one, so it is boxed.
    Own { first: Option<Box<Callback>>, callback: Callback, arguments: Box<[Owned]> },
    /// A stored callback, and the number that it is called with.
    Stored { token: Token, number: i64 },
}

/// A task. It is called once.
pub(crate) struct Task {
    target: Target,
    result: Owned,
    completion: Option<Completion>,
}

/// The report of a task's end to the batch of tasks that it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Completion {
    /// The number of the batch.
    pub(crate) batch: u64,
    /// The index of the task in the batch.
    pub(crate) index: usize,
    /// Receives the result of the task, if it has one.
    pub(crate) report: fn(Completion, Option<Value<'_>>) -> Outcome<()>,
}

impl Task {
    /// A call of `callback`.
    pub(crate) fn call(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Task {
        Task::own(None, callback, arguments)
    }

    /// As [`Task::call`], after a call of `first`, and only if that does not return false.
    pub(crate) fn call_if(
        first: Callback,
        callback: Callback,
        arguments: impl Iterator<Item = Owned>,
    ) -> Task {
        Task::own(Some(Box::new(first)), callback, arguments)
    }

    fn own(first: Option<Box<Callback>>, callback: Callback, arguments: impl Iterator<Item = Owned>) -> Task {
        let arguments = arguments.collect();
        Task { target: Target::Own { first, callback, arguments }, result: Owned(undef()), completion: None }
    }

    /// A call of a stored callback.
    pub(crate) fn stored(token: Token, number: i64) -> Task {
        Task { target: Target::Stored { token, number }, result: Owned(undef()), completion: None }
    }

    /// Sets the report of its end.
    pub(crate) fn reporting(self, completion: Completion) -> Task {
        Task { completion: Some(completion), ..self }
    }

    /// Reports to its batch, if it belongs to one, that the call has returned.
    pub(crate) fn report(&self) -> Outcome<()> {
        self.completion.map_or(Ok(()), |completion| (completion.report)(completion, self.result()))
    }

    /// Calls it. The task must not be moved until the call has returned.
    pub(crate) fn run(&mut self) -> Call {
        match &mut self.target {
            Target::Own { first, callback, arguments } => {
                match first.as_ref().map_or(Ok(false), |first| first.returns_false()) {
                    Ok(false) => {}
                    Ok(true) => return Call::Returned,
                    Err(call) => return call,
                }
                let (function, mut cache) = callback.parts();
                call_for(function, cache.as_mut(), Owned::as_values(arguments), &mut self.result.0)
            }
            Target::Stored { token, number } => callbacks::invoke(*token, *number),
        }
    }

    /// The result of the call; `None` when it did not return.
    pub(crate) fn result(&self) -> Option<Value<'_>> {
        Some(self.result.as_value()).filter(|value| value.kind() != IS_UNDEF)
    }
}
