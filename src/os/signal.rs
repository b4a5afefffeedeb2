//! Signals: the mask, our own handlers, and what is known of other people's.
//!
//! The handler is the smallest program in the house: it notes the signal in a table of flags (signal-safety(7)).
//! What the signal means is decided elsewhere, later. No wait misses a signal that is noted (`held.rs`).

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result, wait_limit};
use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

pub use libc::{SIGHUP, SIGINT, SIGIO, SIGKILL, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH};

/// A signal mask to come back to.
#[derive(Debug)]
#[must_use = "the signals stay blocked until the mask is restored"]
pub struct SavedMask(SigSet);

impl SavedMask {
    /// pthread_sigmask(3): the mask is again what it was.
    pub fn restore(self) {
        // It fails only for a bad `how`.
        let _ = self.0.thread_set_mask();
    }

    /// Whether a signal is blocked in it.
    pub fn blocks(&self, signal: i32) -> bool {
        // SAFETY: sigismember reads a valid set; a bad number is an error that it reports.
        unsafe { libc::sigismember(self.as_ptr(), signal) == 1 }
    }

    /// The mask for a new process. One that blocks all that can be blocked is that of PHP while it calls a signal handler
    /// (pcntl): a process that is made there never comes back to where PHP takes this mask away.
    pub fn for_child(self) -> SavedMask {
        let always_come = [Signal::SIGKILL, Signal::SIGSTOP];
        let is_full =
            Signal::iterator().all(|signal| self.0.contains(signal) || always_come.contains(&signal));
        if is_full { SavedMask(SigSet::empty()) } else { self }
    }

    /// The same mask without these signals.
    pub fn without(&self, signals: impl IntoIterator<Item = i32>) -> SavedMask {
        let mut set = *self.0.as_ref();
        for signal in signals {
            // SAFETY: sigdelset changes a valid set; a bad number is an error that it reports.
            unsafe { libc::sigdelset(&raw mut set, signal) };
        }
        // SAFETY: the set was valid, and still is.
        SavedMask(unsafe { SigSet::from_sigset_t_unchecked(set) })
    }

    /// For system calls that wait with this mask.
    pub(crate) fn as_ptr(&self) -> *const libc::sigset_t {
        self.0.as_ref()
    }
}

/// A set of these signals, those without a name included.
fn set_of(signals: &[libc::c_int]) -> SigSet {
    let mut set = *SigSet::empty().as_ref();
    for &signal in signals {
        // SAFETY: sigaddset changes a valid set; a bad number is an error that it reports.
        unsafe { libc::sigaddset(&raw mut set, signal) };
    }
    // SAFETY: the set was valid, and still is.
    unsafe { SigSet::from_sigset_t_unchecked(set) }
}

/// pthread_sigmask(3): blocks every signal that can be blocked.
pub fn block_all() -> Result<SavedMask> {
    check(Call::Sigprocmask)?;
    SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK).map(SavedMask)
}

/// pthread_sigmask(3): these signals are not blocked any more; the mask of before, if it blocked one of them.
pub fn unblock(signals: &[i32]) -> Result<Option<SavedMask>> {
    check(Call::Sigprocmask)?;
    let before = SavedMask(set_of(signals).thread_swap_mask(SigmaskHow::SIG_UNBLOCK)?);
    Ok(if signals.iter().any(|&signal| before.blocks(signal)) { Some(before) } else { None })
}

/// pthread_sigmask(3): a signal is blocked. The reverse of [`unblock`].
pub(super) fn block(signal: i32) {
    // It fails only for a bad `how`.
    let _ = set_of(&[signal]).thread_swap_mask(SigmaskHow::SIG_BLOCK);
}

/// The signals that a write raises for the process that makes it: nobody reads the pipe, the file may not get larger, and
/// a job in the background writes to its terminal. The write tells each of them as an error, but for the last, which is
/// written when the signal is blocked.
const OF_WRITES: [libc::c_int; 3] = [libc::SIGPIPE, libc::SIGXFSZ, libc::SIGTTOU];

/// pthread_sigmask(3) around `write`: it raises no signal, and none is left behind.
pub(super) fn without_signals_of_writes(write: impl FnOnce() -> Result<usize>) -> Result<usize> {
    let set = set_of(&OF_WRITES);
    let Ok(before) = set.thread_swap_mask(SigmaskHow::SIG_BLOCK) else { return write() };
    let before = SavedMask(before);
    // One that was blocked before may have come before, and is not ours to take.
    let was_there = OF_WRITES.map(|signal| before.blocks(signal) && waits(signal));
    let result = write();
    let raised = match result {
        Err(Errno::EPIPE) => Some(libc::SIGPIPE),
        Err(Errno::EFBIG) => Some(libc::SIGXFSZ),
        _ => None,
    };
    let came_before = |raised| OF_WRITES.iter().zip(was_there).any(|(&signal, was)| was && signal == raised);
    if let Some(raised) = raised.filter(|&raised| !came_before(raised)) {
        take_blocked(raised);
    }
    before.restore();
    result
}

/// sigpending(2): whether a blocked signal has come.
fn waits(signal: libc::c_int) -> bool {
    let mut set = *SigSet::empty().as_ref();
    // SAFETY: the kernel writes a set.
    unsafe { libc::sigpending(&raw mut set) };
    // SAFETY: sigismember reads a valid set; a bad number is an error that it reports.
    unsafe { libc::sigismember(&raw const set, signal) == 1 }
}

/// sigtimedwait(2) without waiting: takes a blocked signal that has come, if it has.
fn take_blocked(signal: libc::c_int) {
    let at_once = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    let set = set_of(&[signal]);
    // SAFETY: the set and the time are valid for the call, which is told to write nothing.
    unsafe { libc::sigtimedwait(std::ptr::from_ref(set.as_ref()), std::ptr::null_mut(), &raw const at_once) };
}

/// What a signal is called: `SIGTERM`; `None` for those without a name.
pub fn name(signal: i32) -> Option<&'static str> {
    Signal::try_from(signal).ok().map(Signal::as_str)
}

/// The signal that tells of the end of a child.
pub const CHILD_ENDED: i32 = libc::SIGCHLD;

/// The signal that ends a process for sure.
pub const KILL: i32 = libc::SIGKILL;

/// One more than the highest signal number that is looked at.
pub const COUNT: usize = 128;

/// A flag for each signal that has come and was not taken yet.
static PENDING: [AtomicU64; COUNT / 64] = [const { AtomicU64::new(0) }; COUNT / 64];
/// How often each real-time signal has come that was not taken yet: the kernel queues them, and none stands for another.
static QUEUED: [AtomicU64; COUNT] = [const { AtomicU64::new(0) }; COUNT];
/// The lowest signal that is queued.
const REAL_TIME: i32 = 32;
/// For each signal the address of the handler that we have set; 0 for none.
static HANDLERS: [AtomicUsize; COUNT] = [const { AtomicUsize::new(0) }; COUNT];
/// A flag for each of these that was ignored before.
static IGNORED_BEFORE: [AtomicU64; COUNT / 64] = [const { AtomicU64::new(0) }; COUNT / 64];
/// A flag for each of these that must never be blocked.
static NEVER_BLOCKED: [AtomicU64; COUNT / 64] = [const { AtomicU64::new(0) }; COUNT / 64];
/// A handler that somebody has put over others, and the way to the one behind it.
static DEFERRING: OnceLock<(libc::sighandler_t, Behind)> = OnceLock::new();
/// How often the handler has run.
static ARRIVALS: AtomicU64 = AtomicU64::new(0);

/// Our handler.
pub(super) extern "C" fn note(signal: i32) {
    let number = signal.cast_unsigned() as usize;
    if let Some(queued) = QUEUED.get(number) {
        queued.fetch_add(1, Ordering::SeqCst);
    }
    if let Some(flags) = PENDING.get(number / 64) {
        flags.fetch_or(1 << (number % 64), Ordering::SeqCst);
    }
    ARRIVALS.fetch_add(1, Ordering::SeqCst);
    wait_limit::cut();
}

/// Our handler of a signal that is to interrupt a call, and tells nothing else.
extern "C" fn interrupt(_signal: i32) {
    ARRIVALS.fetch_add(1, Ordering::SeqCst);
}

/// Whether a signal has come that was not taken yet.
pub fn is_pending() -> bool {
    PENDING.iter().any(|flags| flags.load(Ordering::SeqCst) != 0)
}

/// Whether this signal has come and was not taken yet.
pub fn has_come(signal: i32) -> bool {
    flag_of(signal).is_some_and(|(flags, bit)| flags.load(Ordering::SeqCst) & bit != 0)
}

/// A set of signals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Set([u64; COUNT / 64]);

impl Set {
    /// Adds a signal.
    pub fn insert(&mut self, signal: i32) {
        let number = signal.cast_unsigned() as usize;
        if let Some(bits) = self.0.get_mut(number / 64) {
            *bits |= 1 << (number % 64);
        }
    }

    /// Whether a signal is in it.
    pub fn contains(&self, signal: i32) -> bool {
        let number = signal.cast_unsigned() as usize;
        self.0.get(number / 64).is_some_and(|bits| bits & 1 << (number % 64) != 0)
    }

    /// Their numbers, in ascending order.
    pub fn numbers(self) -> impl Iterator<Item = i32> {
        let count = i32::try_from(COUNT).unwrap_or(0);
        (1..count).filter(move |&number| self.contains(number))
    }

    /// Whether one of them has come that was not taken yet.
    pub fn has_come(&self) -> bool {
        PENDING.iter().zip(self.0).any(|(flags, own)| flags.load(Ordering::SeqCst) & own != 0)
    }
}

impl FromIterator<i32> for Set {
    fn from_iter<T: IntoIterator<Item = i32>>(signals: T) -> Set {
        let mut set = Set::default();
        signals.into_iter().for_each(|signal| set.insert(signal));
        set
    }
}

/// Takes a signal: whether it has come since it was last taken. A real-time signal is taken as often as it has come.
pub fn take(signal: i32) -> bool {
    let Some((flags, bit)) = flag_of(signal) else { return false };
    if flags.fetch_and(!bit, Ordering::SeqCst) & bit == 0 {
        return false;
    }
    let queued = QUEUED.get(signal.cast_unsigned() as usize).filter(|_| signal >= REAL_TIME);
    let less = |queued: u64| queued.checked_sub(1);
    let before = queued.map(|queued| queued.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less));
    // The others are still to be taken. The handler sets the flag after it has counted, so none is missed.
    if before.is_some_and(|before| before.is_ok_and(|before| before > 1)) {
        flags.fetch_or(bit, Ordering::SeqCst);
    }
    true
}

/// How often a real-time signal has come that was not taken yet; 0 for others.
pub fn queued(signal: i32) -> u64 {
    let queued = QUEUED.get(signal.cast_unsigned() as usize).filter(|_| signal >= REAL_TIME);
    queued.map_or(0, |queued| queued.load(Ordering::SeqCst))
}

fn flag_of(signal: i32) -> Option<(&'static AtomicU64, u64)> {
    let number = usize::try_from(signal).ok()?;
    Some((PENDING.get(number / 64)?, 1 << (number % 64)))
}

/// How often our handler has run, so that a call can tell whether it was ours that interrupted it.
pub fn arrivals() -> u64 {
    ARRIVALS.load(Ordering::SeqCst)
}

/// Forgets that a signal has come: nobody handles it any more.
pub fn forget(signal: i32) {
    if let Some((flags, bit)) = flag_of(signal) {
        flags.fetch_and(!bit, Ordering::SeqCst);
    }
    if let Some(queued) = QUEUED.get(signal.cast_unsigned() as usize) {
        queued.store(0, Ordering::SeqCst);
    }
}

/// Forgets what has come: a forked child has got none of its parent's signals.
pub fn forget_pending() {
    for word in PENDING.iter().chain(&QUEUED) {
        word.store(0, Ordering::SeqCst);
    }
}

/// What a signal does behind a handler that defers it: the address of a handler, `SIG_DFL` or `SIG_IGN`.
pub type Behind = fn(i32) -> Option<usize>;

/// sigaction(2): the handler that SIGTERM has now is that of somebody who defers signals. `behind` tells what a signal that
/// has this handler does really. The first call counts.
pub fn set_deferring(behind: Behind) {
    let deferring = current(libc::SIGTERM).filter(|action| action.sa_flags & libc::SA_SIGINFO != 0);
    if let Some(action) = deferring {
        // The same is set in each request.
        let _ = DEFERRING.set((action.sa_sigaction, behind));
    }
}

/// Whether a signal that has this action is ignored, be it by a handler that defers it first.
fn is_ignored(signal: i32, action: &libc::sigaction) -> bool {
    let behind = || {
        let (_, behind) = DEFERRING.get().filter(|(handler, _)| *handler == action.sa_sigaction)?;
        behind(signal)
    };
    action.sa_sigaction == libc::SIG_IGN || behind() == Some(libc::SIG_IGN)
}

/// What a signal did before it was ours.
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

/// sigaction(2): notes the signal from now on. `EINVAL` for numbers that are no signal, and for SIGKILL and
/// SIGSTOP.
///
/// With `SA_RESTART`: scripts' handlers run in the loop, so calls that wait outside of it need not fail.
pub fn watch(signal: i32) -> Result<Previous> {
    let handler: extern "C" fn(i32) = note;
    handle(signal, handler)
}

/// sigaction(2): the highest of the real-time signals that nobody uses ends calls that wait from now on (`EINTR`), and counts
/// among the [`arrivals`]. `EBUSY` when all are used.
pub(super) fn take_interrupting() -> Result<(i32, Previous)> {
    let handler: extern "C" fn(i32) = interrupt;
    let number = free(&[handler]).next().ok_or(Errno::EBUSY)?;
    Ok((number, set_action(number, handler as libc::sighandler_t, 0)?))
}

/// The reverse of [`take_interrupting`].
pub(super) fn give_back_interrupting(signal: i32, previous: Previous) {
    restore_from(signal, interrupt, previous);
}

/// sigaction(2) with `SIG_IGN`.
pub fn ignore(signal: i32) -> Result<Previous> {
    let previous = set_action(signal, libc::SIG_IGN, libc::SA_RESTART)?;
    note_handler(signal, 0);
    Ok(previous)
}

/// sigaction(2) with `SIG_IGN`, where the signal has a handler of ours. Nobody gets back what it did before.
pub fn ignore_ours(signal: i32) -> Result<()> {
    let known = usize::try_from(signal).ok().and_then(|number| HANDLERS.get(number));
    let ours = known.map_or(0, |known| known.load(Ordering::SeqCst));
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

/// sigaction(2) with `SIG_DFL` for all signals that have a handler of ours, with `SIG_IGN` for those that were ignored
/// before. For the child of a fork that is not ours, before anything else runs in it: nobody there may ever look at
/// what the handler notes, and a signal to end it would be swallowed. PHP itself ignores SIGPIPE.
pub(crate) fn reset_in_child() {
    for flags in &NEVER_BLOCKED {
        flags.store(0, Ordering::SeqCst);
    }
    for (number, known) in (0..).zip(&HANDLERS) {
        let ours = known.swap(0, Ordering::SeqCst);
        if ours == 0 || current(number).is_none_or(|action| action.sa_sigaction != ours) {
            continue;
        }
        let ignored = IGNORED_BEFORE.get(number.cast_unsigned() as usize / 64);
        let ignored = ignored.is_some_and(|flags| flags.load(Ordering::SeqCst) & 1 << (number % 64) != 0);
        let action = if ignored { libc::SIG_IGN } else { libc::SIG_DFL };
        // SAFETY: signal(2) with these takes two numbers; it is allowed in the child of a fork.
        unsafe { libc::signal(number, action) };
    }
}

/// Whether we have set a handler for a signal.
pub fn is_ours(signal: i32) -> bool {
    let known = usize::try_from(signal).ok().and_then(|number| HANDLERS.get(number));
    known.is_some_and(|known| known.load(Ordering::SeqCst) != 0)
}

/// Notes which handler of ours a signal has; 0 for none.
fn note_handler(signal: i32, handler: libc::sighandler_t) {
    if let Some(known) = usize::try_from(signal).ok().and_then(|number| HANDLERS.get(number)) {
        known.store(handler, Ordering::SeqCst);
    }
}

/// As [`handle`]. From now on each wait of `hold_for_wait` takes the signal out of the mask, if a script has blocked it.
pub(super) fn handle_always(signal: i32, handler: extern "C" fn(i32)) -> Result<Previous> {
    let previous = handle(signal, handler)?;
    mark(&NEVER_BLOCKED, signal, true);
    Ok(previous)
}

/// The signals that must never be blocked.
pub(super) fn never_blocked() -> Set {
    let flags = NEVER_BLOCKED.each_ref().map(|flags| flags.load(Ordering::SeqCst));
    Set(flags)
}

/// pthread_sigmask(3): what must never be blocked is not any more, in case a script has blocked it.
pub(super) fn unblock_always() -> Result<()> {
    let signals: Vec<i32> = never_blocked().numbers().collect();
    unblock(&signals).map(drop)
}

fn mark(flags: &[AtomicU64], signal: i32, set: bool) {
    let number = signal.cast_unsigned() as usize;
    if let Some(flags) = flags.get(number / 64) {
        let bit = 1 << (number % 64);
        if set {
            flags.fetch_or(bit, Ordering::SeqCst);
        } else {
            flags.fetch_and(!bit, Ordering::SeqCst);
        }
    }
}

/// The first real-time signal that the C library leaves to programs.
pub fn first_real_time() -> i32 {
    libc::SIGRTMIN()
}

/// The real-time signals that nobody uses, from the highest on: they do nothing but their default action, or have one of
/// these handlers. After them come those that are ignored, be it because they were when the program started.
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

/// sigaction(2) with `SIG_DFL`, where a signal is ignored; what it did before, for [`replace_default`].
pub fn heed(signal: i32) -> Result<Option<Previous>> {
    let ignored = current(signal).is_some_and(|action| is_ignored(signal, &action));
    ignored.then(|| set_default(signal)).transpose()
}

/// sigaction(2) with a handler of this layer. It only stores to atomics.
pub(super) fn handle(signal: i32, handler: extern "C" fn(i32)) -> Result<Previous> {
    let handler = handler as libc::sighandler_t;
    let previous = set_action(signal, handler, libc::SA_RESTART)?;
    // Once more changes nothing about what was before us.
    if previous.action.sa_sigaction != handler {
        mark(&IGNORED_BEFORE, signal, previous.was_ignored);
    }
    note_handler(signal, handler);
    Ok(previous)
}

fn set_action(signal: i32, handler: libc::sighandler_t, flags: i32) -> Result<Previous> {
    check(Call::Sigaction)?;
    let mut action = empty_action();
    action.sa_sigaction = handler;
    action.sa_flags = flags;
    let mut old = empty_action();
    // SAFETY: the kernel reads `action` and writes `old`; our handler does only what a handler may do.
    Errno::result(unsafe { libc::sigaction(signal, &raw const action, &raw mut old) })?;
    let ours = usize::try_from(signal).ok().and_then(|number| HANDLERS.get(number));
    let ours = ours.map_or(0, |known| known.load(Ordering::SeqCst));
    let was_ours = ours != 0 && old.sa_sigaction == ours;
    Ok(Previous { action: old, was_ours, was_ignored: is_ignored(signal, &old) })
}

/// sigaction(2) with `SIG_DFL` for what a program to be started must not find otherwise: signals that have a handler here,
/// and SIGPIPE, which PHP ignores. Others that are ignored stay so.
pub fn default_for_program() {
    let handled = (1..=libc::SIGRTMAX()).filter(|&number| {
        current(number)
            .is_some_and(|action| action.sa_sigaction != libc::SIG_DFL && !is_ignored(number, &action))
    });
    for number in handled.chain([libc::SIGPIPE]) {
        let _ = set_default(number);
    }
}

/// sigaction(2) with `SIG_IGN` for the signals that are ignored behind a handler: a program that is started has no
/// handlers, and would have their default action. What they did before, for [`replace_ignored`].
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

/// sigaction(2): what the signal did before, unless somebody else has taken it over since.
pub fn restore(signal: i32, previous: Previous) {
    restore_from(signal, note, previous);
}

/// As [`restore`], for a signal that had this handler.
pub(super) fn restore_from(signal: i32, handler: extern "C" fn(i32), previous: Previous) {
    let ours = handler as libc::sighandler_t;
    if let Some(known) = usize::try_from(signal).ok().and_then(|number| HANDLERS.get(number))
        // Another one of ours may have the signal by now.
        && known.compare_exchange(ours, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    {
        mark(&NEVER_BLOCKED, signal, false);
    }
    if current(signal).is_some_and(|action| action.sa_sigaction == ours) && check(Call::Sigaction).is_ok() {
        // SAFETY: the kernel reads an action that it has given us itself.
        unsafe { libc::sigaction(signal, &raw const previous.action, std::ptr::null_mut()) };
    }
}

/// sigaction(2): what the signal did before, where it has its default action now; unless it came to us, for another
/// purpose: nobody would look at it any more.
pub fn replace_default(signal: i32, previous: Previous) {
    if !previous.was_ours && current(signal).is_some_and(|action| action.sa_sigaction == libc::SIG_DFL) {
        replace(signal, &previous);
    }
}

fn replace(signal: i32, previous: &Previous) {
    if check(Call::Sigaction).is_ok() {
        // SAFETY: the kernel reads an action that it has given us itself.
        unsafe { libc::sigaction(signal, &raw const previous.action, std::ptr::null_mut()) };
    }
}

/// Whether the signal comes to our handler.
pub fn is_watched(signal: i32) -> bool {
    let handler: extern "C" fn(i32) = note;
    current(signal).is_some_and(|action| action.sa_sigaction == handler as libc::sighandler_t)
}

/// Whether somebody handles a signal: it interrupts a wait, and is not just ignored or left to its default action.
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

/// sigaction(2), for each signal: those with a handler of somebody else that wants system calls to fail with `EINTR` (no
/// `SA_RESTART`).
///
/// Some calls report `EINTR` even when the handler asked for a restart (signal(7)); this tells which it was.
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
