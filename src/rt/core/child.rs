//! What a forked process is to the program, and what each part of the runtime makes of that.

use crate::os::process::{self, Pid};
use crate::rt::core::handles::{PipeToken, PoolToken};

/// What a process is that was just forked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Child {
    /// It runs one callback, and is at the worker's end of this pipe.
    Process {
        /// Its own pipe.
        pipe: Option<PipeToken>,
        /// The process that forked it.
        parent: Pid,
    },
    /// A worker of this pool.
    Worker {
        /// The pool.
        pool: PoolToken,
        /// The pair through which it receives messages.
        channel: Option<PipeToken>,
    },
    /// It continues as the same program, with everything that the program has, and owes nothing to the process it came
    /// from.
    Daemon,
    /// Somebody else has forked it.
    Foreign,
}

impl Child {
    /// A child of this process for one callback.
    pub fn process(pipe: Option<PipeToken>) -> Child {
        Child::Process { pipe, parent: process::pid() }
    }

    /// Whether it is the program, as its parent was.
    pub fn is_program(self) -> bool {
        self == Child::Daemon
    }
}

/// What this process is to the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// The process that the user started, or what `daemon()` left of it.
    #[default]
    Main,
    /// A child that we forked, to run one callback.
    Child,
    /// A child that somebody else forked.
    Foreign,
}

impl Role {
    /// What a process is that was just forked.
    pub fn of(child: Child) -> Role {
        match child {
            Child::Process { .. } | Child::Worker { .. } => Role::Child,
            Child::Daemon => Role::Main,
            Child::Foreign => Role::Foreign,
        }
    }
}

/// On which side of a fork we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forked {
    /// In the parent.
    Parent {
        /// The new process.
        child: Pid,
    },
    /// In the child; everything that was only the parent's business is let go of.
    Child,
}

/// A part of the runtime, as a fork sees it.
pub trait Part {
    /// In a child: lets go of what is its parent's, and keeps what this child may use.
    fn in_child(&mut self, child: Child);
}
