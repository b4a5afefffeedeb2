//! What surrounds each fork that continues a script: the callbacks of `Process::onFork()`, and archives that two processes
//! must not read together. For forks of this extension, and for `pcntl_fork()`.

use crate::os::process;
use crate::php::outcome;
use crate::rt::core::timers::Token;
use crate::zend::callbacks;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::function_hooks::{self, Replacement, surrounded};
use crate::zend::globals::per_thread;
use crate::zend::jump::Call;
use crate::zend::lifecycle::{Part, once};
use crate::zend::phars;
use std::cell::{Cell, RefCell};

pub(super) const PART: Part = Part {
    start: once!(|_| function_hooks::install(SURROUNDED)),
    stop: once!(|_| function_hooks::restore(SURROUNDED)),
    request_stop: forget,
    ..Part::NONE
};

static SURROUNDED: &[Replacement] = &[
    surrounded!("pcntl_fork", |_| before().map(drop), after_foreign),
    surrounded!("pcntl_rfork", |_| before().map(drop), after_foreign),
];

/// The callbacks of one registration.
#[derive(Clone, Copy)]
struct Hooks {
    before: Option<Token>,
    parent: Option<Token>,
    child: Option<Token>,
    /// One of them runs, and is not called for a fork of its own: it would fork without end.
    runs: bool,
}

per_thread! {
    static ALL: RefCell<Vec<Hooks>> = RefCell::new(Vec::new());
}

per_thread! {
    static FORKING: Cell<u32> = Cell::new(0);
}

per_thread! {
    /// Whether the process that forked has included code from an archive. The child would have to touch pages for this
    /// question.
    static HAS_ARCHIVES: Cell<bool> = Cell::new(false);
}

/// Adds callbacks: before a fork, in the parent, in the child.
pub(super) fn add([before, parent, child]: [Option<Token>; 3]) {
    ALL.with(|all| all.borrow_mut().push(Hooks { before, parent, child, runs: false }));
}

#[cold]
fn forget() {
    let all = ALL.with(RefCell::take);
    for hooks in all {
        callbacks::release_each([hooks.before, hooks.parent, hooks.child].into_iter().flatten());
    }
}

fn hook(index: usize) -> Option<Hooks> {
    ALL.with(|all| all.borrow().get(index).copied())
}

fn set_runs(index: usize, runs: bool) {
    ALL.with(|all| {
        if let Some(hooks) = all.borrow_mut().get_mut(index) {
            hooks.runs = runs;
        }
    });
}

fn call_one(index: usize, hooks: Hooks, choose: fn(Hooks) -> Option<Token>) -> Outcome<()> {
    let Some(token) = choose(hooks).filter(|_| !hooks.runs) else { return Ok(()) };
    set_runs(index, true);
    let result = call(token);
    set_runs(index, false);
    result
}

fn call(token: Token) -> Outcome<()> {
    if let Some(native) = callbacks::native(token) {
        return native();
    }
    match callbacks::invoke(token, 0) {
        Call::Returned => Ok(()),
        Call::Threw => Err(Failure::Thrown),
        Call::Bailed => Err(Failure::Bailout),
    }
}

fn are_any() -> bool {
    hook(0).is_some()
}

/// Before a fork: the callbacks that were added last come first. When one throws there is no fork. Returns whether there
/// are any callbacks.
#[cold]
pub(super) fn before() -> Outcome<bool> {
    let count = ALL.with(|all| all.borrow().len());
    for index in (0..count).rev() {
        if let Some(hooks) = hook(index) {
            call_one(index, hooks, |hooks| hooks.before)?;
        }
    }
    // A callback may have forked, and its child forks now, too.
    FORKING.with(|forking| forking.set(process::generation()));
    HAS_ARCHIVES.with(|has| has.set(phars::is_any_included()));
    Ok(count > 0)
}

/// After a fork, in the parent.
pub(super) fn in_parent() -> Outcome<()> {
    each(|hooks| hooks.parent)
}

/// After a fork that failed. Returns the failure, which is raised by then if there are callbacks.
pub(super) fn after_failure(failure: Failure) -> Failure {
    if !are_any() {
        return failure;
    }
    match failure.raise() {
        Call::Returned => in_parent().err().unwrap_or(Failure::False),
        Call::Threw => Failure::Thrown,
        Call::Bailed => Failure::Bailout,
    }
}

/// After a fork, in the child.
#[cold]
pub(super) fn in_child() -> Call {
    match called_in_child() {
        Ok(()) => Call::Returned,
        Err(Failure::Bailout) => Call::Bailed,
        Err(_) => Call::Threw,
    }
}

#[cold]
fn called_in_child() -> Outcome<()> {
    let shared = if HAS_ARCHIVES.with(Cell::get) { phars::take_over() } else { Vec::new() };
    for shared in shared {
        let what =
            format!("{} is read by parent and child together, which can go wrong: open()", shared.path);
        outcome::log_failure(what, shared.errno);
    }
    let result = each(|hooks| hooks.child);
    // What runs in the parent does not run here, and is called for the forks of this process.
    ALL.with(|all| all.borrow_mut().iter_mut().for_each(|hooks| hooks.runs = false));
    result
}

fn each(choose: fn(Hooks) -> Option<Token>) -> Outcome<()> {
    let mut index = 0;
    while let Some(hooks) = hook(index) {
        call_one(index, hooks, choose)?;
        index += 1;
    }
    Ok(())
}

fn after_foreign() -> Outcome<()> {
    if FORKING.with(Cell::get) == process::generation() { in_parent() } else { called_in_child() }
}
