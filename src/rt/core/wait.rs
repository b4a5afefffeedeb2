//! The vocabulary of waits: who waits, what for, and how a wait ends.

/// The number of a coroutine, from 1. It is not used again.
pub type Cid = i64;

/// The place of a living coroutine, and of its stack. It is used again.
pub type Slot = usize;

/// Names one wait of one coroutine. When that is over it names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Waiter {
    pub(super) slot: Slot,
    pub(super) serial: u64,
}

/// What a coroutine waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitKind {
    /// Nothing: it continues when the script says so.
    Resume,
    /// Time alone.
    Time,
    /// A descriptor, a channel, another coroutine, a signal, a child.
    Event,
    /// Its turn: it was made to yield. Nobody can end that but the loop.
    Turn,
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// What was waited for is there.
    Ready,
    /// The time is over.
    TimedOut,
    /// Another coroutine has cancelled the wait.
    Canceled,
    /// As `Canceled`, and the wait ends with an exception.
    Interrupted,
    /// The request ends: the stack is to be unwound, and nothing else may run on it.
    Unwound,
}
