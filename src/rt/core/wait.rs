//! The vocabulary of waits: the coroutine that waits, the kind of its wait, and how the wait ends.

/// The number of a coroutine, from 1. It is not reused.
pub type Cid = i64;

/// The place of a living coroutine and of its stack. It is reused.
pub type Slot = usize;

/// Names one wait of one coroutine. It becomes invalid when the wait ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Waiter {
    pub(super) slot: Slot,
    pub(super) serial: u64,
}

impl Waiter {
    /// No waiter is before it.
    pub(super) const FIRST: Waiter = Waiter { slot: 0, serial: 0 };
}

/// The kind of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitKind {
    /// The coroutine continues when the script resumes it.
    Resume,
    /// Only time.
    Time,
    /// A descriptor, a channel, another coroutine, a signal, a child.
    Event,
    /// A turn: the coroutine was preempted. Only the loop ends this wait.
    Turn,
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// The awaited event has come.
    Ready,
    /// The time limit has expired.
    TimedOut,
    /// Another coroutine has cancelled the wait.
    Canceled,
    /// As `Canceled`, but the wait ends with an exception.
    Interrupted,
    /// The request ends. The stack is unwound, and nothing else may run on it.
    Unwound,
}
