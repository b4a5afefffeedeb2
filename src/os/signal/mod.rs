//! Signals: our own handlers and the actions before them, and facts about foreign handlers.
//!
//! Our handler only sets a flag for the signal in a table (`pending.rs`, signal-safety(7)). Other code decides later what
//! the signal means. No wait misses a signal whose flag is set (`prepared_wait.rs`).

mod mask;
mod pending;

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result};
pub use mask::{SavedMask, block_all, unblock};
pub(super) use mask::{block, take_blocked, without_signals_of_writes};
use nix::sys::signal::Signal;
pub(super) use pending::note;
pub use pending::{COUNT, Set, arrivals, forget, forget_pending, has_come, is_pending, queued, take};
use pending::{Flags, interrupt};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use libc::{SIGHUP, SIGINT, SIGIO, SIGKILL, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH};

/// The name of a signal, such as `SIGTERM`; `None` for a signal without a name.
pub fn name(signal: i32) -> Option<&'static str> {
    Signal::try_from(signal).ok().map(Signal::as_str)
}

/// The signal that reports the end of a child.
pub const CHILD_ENDED: i32 = libc::SIGCHLD;

/// The signal that no process can handle.
pub const KILL: i32 = libc::SIGKILL;

/// The highest number of a signal.
pub const HIGHEST: i32 = 64;

/// The address of our handler for each signal; 0 for none.
static HANDLERS: [AtomicUsize; COUNT] = [const { AtomicUsize::new(0) }; COUNT];
/// Those of them that were ignored before.
static IGNORED_BEFORE: Flags = Flags::new();
/// Those of them that must never be blocked.
static NEVER_BLOCKED: Flags = Flags::new();
/// A handler that defers signals, and a function that returns the action behind it.
static DEFERRING: OnceLock<(libc::sighandler_t, RealAction)> = OnceLock::new();

/// The place of our handler for a signal.
fn place_of(signal: i32) -> Option<&'static AtomicUsize> {
    HANDLERS.get(usize::try_from(signal).ok()?)
}

/// The address of our handler for a signal; 0 for none.
fn handler_of(signal: i32) -> libc::sighandler_t {
    place_of(signal).map_or(0, |handler| handler.load(Ordering::SeqCst))
}

/// Returns the action of a signal behind a handler that defers it: the address of a handler, `SIG_DFL` or `SIG_IGN`.
pub type RealAction = fn(i32) -> Option<usize>;

/// sigaction(2): the current handler of SIGTERM defers signals. `behind` returns the real action of a signal with this
/// handler. Only the first call has an effect.
pub fn set_deferring(behind: RealAction) {
    let deferring = current(libc::SIGTERM).filter(|action| action.sa_flags & libc::SA_SIGINFO != 0);
    if let Some(action) = deferring {
        // The same is set in each request.
        let _ = DEFERRING.set((action.sa_sigaction, behind));
    }
}

/// Whether a signal with this action is ignored, also behind a handler that defers it.
fn is_ignored(signal: i32, action: &libc::sigaction) -> bool {
    let behind = || {
        let (_, behind) = DEFERRING.get().filter(|(handler, _)| *handler == action.sa_sigaction)?;
        behind(signal)
    };
    action.sa_sigaction == libc::SIG_IGN || behind() == Some(libc::SIG_IGN)
}

/// The action of a signal before our handler.
#[derive(Clone, Copy)]
pub struct Previous {
    action: libc::sigaction,
    /// A handler of ours, for another purpose.
    was_ours: bool,
    was_ignored: bool,
}

impl Previous {
    /// Whether it was ignored.
    pub fn was_ignored(&self) -> bool {
        self.was_ignored
    }
}

impl std::fmt::Debug for Previous {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Previous")
    }
}

/// sigaction(2): installs the handler that notes the signal. `EINVAL` for numbers that are not signals, and for SIGKILL
/// and SIGSTOP.
///
/// With `SA_RESTART`: the script's handlers run in the loop, so calls that wait outside of the loop need not fail.
pub fn watch(signal: i32) -> Result<Previous> {
    let handler: extern "C" fn(i32) = note;
    handle(signal, handler)
}

/// A real-time signal that interrupts blocking calls (`EINTR`), and counts as one of the [`arrivals`].
#[derive(Debug)]
pub(super) struct InterruptingSignal {
    number: i32,
    previous: Previous,
}

impl InterruptingSignal {
    /// sigaction(2): takes the highest free real-time signal. `EBUSY` if no signal is free.
    pub(super) fn take() -> Result<InterruptingSignal> {
        let handler: extern "C" fn(i32) = interrupt;
        let number = free(&[handler]).next().ok_or(Errno::EBUSY)?;
        Ok(InterruptingSignal { number, previous: set_action(number, handler as libc::sighandler_t, 0)? })
    }

    pub(super) fn number(&self) -> i32 {
        self.number
    }
}

impl Drop for InterruptingSignal {
    fn drop(&mut self) {
        restore_from(self.number, interrupt, self.previous);
    }
}

/// sigaction(2) with `SIG_IGN`.
pub fn ignore(signal: i32) -> Result<Previous> {
    let previous = set_action(signal, libc::SIG_IGN, libc::SA_RESTART)?;
    note_handler(signal, 0);
    Ok(previous)
}

/// sigaction(2) with `SIG_IGN`, if the signal has our handler. The previous action is not restored later.
pub fn ignore_ours(signal: i32) -> Result<()> {
    let ours = handler_of(signal);
    if ours != 0 && current(signal).is_some_and(|action| action.sa_sigaction == ours) {
        ignore(signal)?;
    }
    Ok(())
}

/// sigaction(2) with `SIG_DFL`.
pub fn set_default(signal: i32) -> Result<Previous> {
    let previous = set_action(signal, libc::SIG_DFL, libc::SA_RESTART)?;
    note_handler(signal, 0);
    Ok(previous)
}

/// sigaction(2) with `SIG_DFL` for all signals that have our handler, and with `SIG_IGN` for those that were ignored
/// before. This runs first in the child of a foreign fork: such a child may never use the flags of our handler, and
/// would then not react to a signal that should end it. PHP itself ignores SIGPIPE.
pub(crate) fn reset_in_child() {
    NEVER_BLOCKED.clear();
    for (number, known) in (0..).zip(&HANDLERS) {
        let ours = known.swap(0, Ordering::SeqCst);
        if ours == 0 || current(number).is_none_or(|action| action.sa_sigaction != ours) {
            continue;
        }
        let action = if IGNORED_BEFORE.is_set(number) { libc::SIG_IGN } else { libc::SIG_DFL };
        // SAFETY: signal(2) with these takes two numbers; it is allowed in the child of a fork.
        unsafe { libc::signal(number, action) };
    }
}

/// Whether a signal has our handler.
pub fn is_ours(signal: i32) -> bool {
    handler_of(signal) != 0
}

/// Notes the handler that we have set for a signal; 0 for none.
fn note_handler(signal: i32, handler: libc::sighandler_t) {
    if let Some(place) = place_of(signal) {
        place.store(handler, Ordering::SeqCst);
    }
}

/// As [`handle`]. From now on each wait of `prepare_wait` unblocks the signal, if a script has blocked it.
pub(super) fn handle_always(signal: i32, handler: extern "C" fn(i32)) -> Result<Previous> {
    let previous = handle(signal, handler)?;
    NEVER_BLOCKED.set(signal, true);
    Ok(previous)
}

/// The signals that must never be blocked.
pub(super) fn never_blocked() -> Set {
    NEVER_BLOCKED.all()
}

/// pthread_sigmask(3): unblocks the signals that must never be blocked, in case a script has blocked them.
pub(super) fn unblock_always() -> Result<()> {
    let signals: Vec<i32> = never_blocked().numbers().collect();
    unblock(&signals).map(drop)
}

/// The first real-time signal that the C library leaves to programs.
pub fn first_real_time() -> i32 {
    libc::SIGRTMIN()
}

/// The free real-time signals, from the highest down: those with their default action or one of these handlers. Ignored
/// signals come last, because the process that started the program may have ignored them.
pub(super) fn free(handlers: &[extern "C" fn(i32)]) -> impl Iterator<Item = i32> {
    let numbers = || (libc::SIGRTMIN() + 1..libc::SIGRTMAX()).rev();
    let action = |number: i32| current(number).map(|action| action.sa_sigaction);
    let unused = move |&number: &i32| {
        action(number).is_some_and(|found| {
            found == libc::SIG_DFL || handlers.iter().any(|&handler| found == handler as libc::sighandler_t)
        })
    };
    numbers().filter(unused).chain(numbers().filter(move |&number| action(number) == Some(libc::SIG_IGN)))
}

/// sigaction(2) with `SIG_DFL`, if a signal is ignored. Returns its previous action, for [`replace_default`].
#[cold]
pub fn unignore(signal: i32) -> Result<Option<Previous>> {
    let ignored = current(signal).is_some_and(|action| is_ignored(signal, &action));
    ignored.then(|| set_default(signal)).transpose()
}

/// sigaction(2) with a handler of this layer. It only stores to atomics.
pub(super) fn handle(signal: i32, handler: extern "C" fn(i32)) -> Result<Previous> {
    let handler = handler as libc::sighandler_t;
    let previous = set_action(signal, handler, libc::SA_RESTART)?;
    // A second call must not change the noted previous action.
    if previous.action.sa_sigaction != handler {
        IGNORED_BEFORE.set(signal, previous.was_ignored);
    }
    note_handler(signal, handler);
    Ok(previous)
}

fn set_action(signal: i32, handler: libc::sighandler_t, flags: i32) -> Result<Previous> {
    let mut action = empty_action();
    action.sa_sigaction = handler;
    action.sa_flags = flags;
    let old = exchange(signal, &action)?;
    let ours = handler_of(signal);
    let was_ours = ours != 0 && old.sa_sigaction == ours;
    Ok(Previous { action: old, was_ours, was_ignored: is_ignored(signal, &old) })
}

/// sigaction(2): sets the action of a signal, and returns the one before.
fn exchange(signal: i32, action: &libc::sigaction) -> Result<libc::sigaction> {
    check(Call::Sigaction)?;
    let mut old = empty_action();
    // SAFETY: the kernel reads `action` and writes `old`. An action that it has not given us has a handler of ours, which
    // does only what a handler may do.
    Errno::result(unsafe { libc::sigaction(signal, std::ptr::from_ref(action), &raw mut old) })?;
    Ok(old)
}

/// signal(2) in a child that uses the memory of its parent and is about to execute a program: `SIG_DFL` for signals with a
/// handler, and for SIGPIPE, which PHP ignores. Signals that are ignored stay ignored, and so are those that were ignored
/// before our handler. Changes nothing that the parent uses.
pub(super) fn default_for_program() {
    for number in 1..=libc::SIGRTMAX() {
        let Some(action) = current(number).filter(|action| action.sa_sigaction != libc::SIG_DFL) else {
            continue;
        };
        let is_ours = handler_of(number) == action.sa_sigaction;
        let stays_ignored = is_ignored(number, &action) || is_ours && IGNORED_BEFORE.is_set(number);
        let new = if stays_ignored && number != libc::SIGPIPE { libc::SIG_IGN } else { libc::SIG_DFL };
        // SAFETY: signal(2) with these takes two numbers.
        unsafe { libc::signal(number, new) };
    }
}

/// sigaction(2) with `SIG_IGN` for the signals that are ignored behind a handler: in a started program they would
/// otherwise have their default action. Returns their previous actions, for [`replace_ignored`].
pub(super) fn ignore_deferred() -> Vec<(i32, Previous)> {
    if DEFERRING.get().is_none() {
        return Vec::new();
    }
    let deferred = (1..=libc::SIGRTMAX()).filter(|&number| {
        current(number)
            .is_some_and(|action| action.sa_sigaction != libc::SIG_IGN && is_ignored(number, &action))
    });
    deferred.filter_map(|number| Some((number, ignore(number).ok()?))).collect()
}

/// The reverse of [`ignore_deferred`].
pub(super) fn replace_ignored(previous: &[(i32, Previous)]) {
    for (signal, previous) in previous {
        replace(*signal, previous);
    }
}

/// sigaction(2): restores the previous action of a signal, unless other code has changed it since.
pub fn restore(signal: i32, previous: Previous) {
    restore_from(signal, note, previous);
}

/// As [`restore`], with one system call where that makes two: in a child of ours, to which no signal is delivered yet. If
/// other code has changed the action, that is undone for a moment.
pub fn restore_in_child(signal: i32, previous: Previous) {
    let handler: extern "C" fn(i32) = note;
    forget_handler(signal, handler);
    if let Ok(found) = exchange(signal, &previous.action)
        && found.sa_sigaction != handler as libc::sighandler_t
    {
        // It fails for numbers that are not signals only.
        let _ = exchange(signal, &found);
    }
}

/// A signal gives up this handler, unless another handler of ours has the signal by now.
fn forget_handler(signal: i32, handler: extern "C" fn(i32)) {
    let ours = handler as libc::sighandler_t;
    if place_of(signal)
        .is_some_and(|place| place.compare_exchange(ours, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok())
    {
        NEVER_BLOCKED.set(signal, false);
    }
}

/// As [`restore`], for a signal that had this handler.
pub(super) fn restore_from(signal: i32, handler: extern "C" fn(i32), previous: Previous) {
    let ours = handler as libc::sighandler_t;
    forget_handler(signal, handler);
    if current(signal).is_some_and(|action| action.sa_sigaction == ours) {
        replace(signal, &previous);
    }
}

/// sigaction(2): restores the previous action of a signal that has its default action now. If the previous action is a
/// handler of ours for another purpose, it is not restored, because its flag would not be used any more.
pub fn replace_default(signal: i32, previous: Previous) {
    let is_default = previous.action.sa_sigaction == libc::SIG_DFL;
    if !is_default
        && !previous.was_ours
        && current(signal).is_some_and(|action| action.sa_sigaction == libc::SIG_DFL)
    {
        replace(signal, &previous);
    }
}

fn replace(signal: i32, previous: &Previous) {
    if check(Call::Sigaction).is_ok() {
        // SAFETY: the kernel reads an action that it has given us itself.
        unsafe { libc::sigaction(signal, &raw const previous.action, std::ptr::null_mut()) };
    }
}

/// Whether the signal has the handler that notes it.
pub fn is_watched(signal: i32) -> bool {
    let handler: extern "C" fn(i32) = note;
    current(signal).is_some_and(|action| action.sa_sigaction == handler as libc::sighandler_t)
}

/// Whether a signal has any handler: it interrupts a wait, and is neither ignored nor left to its default action.
pub fn is_handled(signal: i32) -> bool {
    let actions = [libc::SIG_DFL, libc::SIG_IGN];
    current(signal).is_some_and(|action| !actions.contains(&action.sa_sigaction))
}

fn current(signal: i32) -> Option<libc::sigaction> {
    check(Call::Sigaction).ok()?;
    let mut action = empty_action();
    // SAFETY: with a null new action the kernel only writes the old one to `action`.
    let result = unsafe { libc::sigaction(signal, std::ptr::null(), &raw mut action) };
    (result == 0).then_some(action)
}

fn empty_action() -> libc::sigaction {
    // SAFETY: zeroed is a valid sigaction: the default action, an empty mask, no flags.
    unsafe { std::mem::zeroed() }
}

/// sigaction(2), for each signal: the signals with a foreign handler without `SA_RESTART`, which lets system calls fail
/// with `EINTR`.
///
/// Some calls report `EINTR` even for a handler with `SA_RESTART` (signal(7)); this function distinguishes the two.
pub fn interrupting() -> impl Iterator<Item = i32> {
    let ours: extern "C" fn(i32) = interrupt;
    let others = [libc::SIG_DFL, libc::SIG_IGN, ours as libc::sighandler_t];
    (1..=libc::SIGRTMAX()).filter(move |&number| {
        current(number).is_some_and(|action| {
            let handled = !others.contains(&action.sa_sigaction);
            handled && action.sa_flags & libc::SA_RESTART == 0
        })
    })
}
