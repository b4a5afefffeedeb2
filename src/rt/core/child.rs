//! The kinds of forked processes, and the trait by which each part of the runtime prepares for each kind.

use crate::os::process::{self, Pid};
use crate::rt::core::handles::{PipeToken, PoolToken};

/// The kind of a process that was just forked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Child {
    /// A child that runs one callback. It uses the worker's end of this pipe.
    Process {
        /// Its own pipe.
        pipe: Option<PipeToken>,
        /// The process that forked it.
        parent: Pid,
    },
    /// A worker of a pool.
    Worker {
        /// The pool.
        pool: PoolToken,
        /// The pair through which the worker receives messages.
        channel: Option<PipeToken>,
    },
    /// A template of a pool, which forks its workers.
    Template {
        /// The pool.
        pool: PoolToken,
    },
    /// The program itself, which continues as a daemon with everything that it has. It has no duties towards the
    /// process that forked it.
    Daemon,
    /// A foreign fork: this extension did not make it.
    Foreign,
}

impl Child {
    /// The child of a process object, with this process as its parent.
    pub fn process(pipe: Option<PipeToken>) -> Child {
        Child::Process { pipe, parent: process::pid() }
    }

    /// The pool whose worker or template the child is.
    pub fn pool(self) -> Option<PoolToken> {
        match self {
            Child::Worker { pool, .. } | Child::Template { pool } => Some(pool),
            Child::Process { .. } | Child::Daemon | Child::Foreign => None,
        }
    }

    /// Whether the child is the program itself, as its parent was.
    pub fn is_program(self) -> bool {
        self == Child::Daemon
    }
}

/// The role of this process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// The process that the user started, or its continuation after `daemon()`.
    #[default]
    Main,
    /// A child of ours that runs one callback.
    Child,
    /// The child of a foreign fork.
    Foreign,
}

impl Role {
    /// The role of a process that was just forked.
    pub fn of(child: Child) -> Role {
        match child {
            Child::Process { .. } | Child::Worker { .. } | Child::Template { .. } => Role::Child,
            Child::Daemon => Role::Main,
            Child::Foreign => Role::Foreign,
        }
    }
}

/// The side of a fork that the caller is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forked {
    /// The parent.
    Parent {
        /// The new process.
        child: Pid,
    },
    /// The child. It has released what belongs only to its parent.
    Child,
}

/// A part of the runtime, with respect to forks.
pub trait Part {
    /// Called in a child: releases what belongs to the parent, and keeps what this kind of child may use.
    fn in_child(&mut self, child: Child);
}
