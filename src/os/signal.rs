//! Signals: the mask, our own handlers, and facts about foreign handlers.
//!
//! Our handler only sets a flag for the signal in a table (signal-safety(7)). Other code decides later what the signal
//! means. No wait misses a signal whose flag is set (`prepared_wait.rs`).

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result, clock, wait_limit};
use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

pub use libc::{SIGHUP, SIGINT, SIGIO, SIGKILL, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH};

/// A signal mask to restore.
#[derive(Debug)]
#[must_use = "the signals stay blocked until the mask is restored"]
pub struct SavedMask(SigSet);

impl SavedMask {
    /// pthread_sigmask(3): restores the mask.
    pub fn restore(self) {
        // It fails only for a bad `how`.
        let _ = self.0.thread_set_mask();
    }

    /// Whether the mask blocks a signal.
    pub fn blocks(&self, signal: i32) -> bool {
        // SAFETY: sigismember reads a valid set; a bad number is an error that it reports.
        unsafe { libc::sigismember(self.as_ptr(), signal) == 1 }
    }

    /// The mask for a new process. PHP blocks all signals while it calls a signal handler (pcntl). A process that is
    /// forked there never returns to the code that restores the mask, so such a mask becomes empty.
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

/// pthread_sigmask(3): unblocks these signals. Returns the previous mask, if it blocked one of them.
pub fn unblock(signals: &[i32]) -> Result<Option<SavedMask>> {
    check(Call::Sigprocmask)?;
    let before = SavedMask(set_of(signals).thread_swap_mask(SigmaskHow::SIG_UNBLOCK)?);
    Ok(if signals.iter().any(|&signal| before.blocks(signal)) { Some(before) } else { None })
}

/// pthread_sigmask(3): blocks a signal. The reverse of [`unblock`].
pub(super) fn block(signal: i32) {
    // It fails only for a bad `how`.
    let _ = set_of(&[signal]).thread_swap_mask(SigmaskHow::SIG_BLOCK);
}

/// The signals that a write raises in its own process: the pipe has no reader, the file has reached its size limit, or
/// a background job writes to its terminal. With the signal blocked, the first two writes return an error, and the last
/// one succeeds.
const OF_WRITES: [libc::c_int; 3] = [libc::SIGPIPE, libc::SIGXFSZ, libc::SIGTTOU];

/// pthread_sigmask(3) around `write`: it raises no signal, and none is left behind.
pub(super) fn without_signals_of_writes(write: impl FnOnce() -> Result<usize>) -> Result<usize> {
    let set = set_of(&OF_WRITES);
    let Ok(before) = set.thread_swap_mask(SigmaskHow::SIG_BLOCK) else { return write() };
    let before = SavedMask(before);
    // A signal that was blocked before may be pending for another reason, so it must not be taken.
    let was_there = OF_WRITES.map(|signal| before.blocks(signal) && waits(signal));
    let result = write();
    let raised = match result {
        Err(Errno::EPIPE) => Some(libc::SIGPIPE),
        Err(Errno::EFBIG) => Some(libc::SIGXFSZ),
        _ => None,
    };
    let came_before = |raised| OF_WRITES.iter().zip(was_there).any(|(&signal, was)| was && signal == raised);
    if let Some(raised) = raised.filter(|&raised| !came_before(raised)) {
        take_blocked(raised, Duration::ZERO);
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

/// sigtimedwait(2): takes a blocked signal that has come, or comes within `limit`.
pub(super) fn take_blocked(signal: libc::c_int, limit: Duration) {
    let limit = clock::timespec(limit);
    let set = set_of(&[signal]);
    // SAFETY: the set and the time are valid for the call, which is told to write nothing.
    unsafe { libc::sigtimedwait(std::ptr::from_ref(set.as_ref()), std::ptr::null_mut(), &raw const limit) };
}

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

/// One more than the highest signal number in the tables.
pub const COUNT: usize = 128;

/// A flag for each signal that has come and was not taken yet.
static PENDING: [AtomicU64; COUNT / 64] = [const { AtomicU64::new(0) }; COUNT / 64];
/// The number of arrivals of each real-time signal that were not taken yet: the kernel queues these signals and does
/// not merge them.
static QUEUED: [AtomicU64; COUNT] = [const { AtomicU64::new(0) }; COUNT];
/// The lowest signal that is queued.
const REAL_TIME: i32 = 32;
/// The address of our handler for each signal; 0 for none.
static HANDLERS: [AtomicUsize; COUNT] = [const { AtomicUsize::new(0) }; COUNT];
/// A flag for each of these that was ignored before.
static IGNORED_BEFORE: [AtomicU64; COUNT / 64] = [const { AtomicU64::new(0) }; COUNT / 64];
/// A flag for each of these that must never be blocked.
static NEVER_BLOCKED: [AtomicU64; COUNT / 64] = [const { AtomicU64::new(0) }; COUNT / 64];
/// A handler that defers signals, and a function that returns the action behind it.
static DEFERRING: OnceLock<(libc::sighandler_t, RealAction)> = OnceLock::new();
/// How often the handler has run.
static ARRIVALS: AtomicU64 = AtomicU64::new(0);

/// Our handler.
pub(super) extern "C" fn note(signal: i32) {
    let number = signal.cast_unsigned() as usize;
    if let Some(queued) = QUEUED.get(number).filter(|_| signal >= REAL_TIME) {
        queued.fetch_add(1, Ordering::SeqCst);
    }
    if let Some(flags) = PENDING.get(number / 64) {
        flags.fetch_or(1 << (number % 64), Ordering::SeqCst);
    }
    ARRIVALS.fetch_add(1, Ordering::SeqCst);
    wait_limit::cut();
}

/// Our handler of a signal that only interrupts a call.
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
        // Waits ask for the numbers of sets that are nearly always empty.
        let words = self.0.into_iter().zip((0..).step_by(64));
        words.flat_map(|(mut bits, first)| {
            std::iter::from_fn(move || {
                let number = first + bits.trailing_zeros().cast_signed();
                let has_one = bits != 0;
                bits &= bits.wrapping_sub(1);
                has_one.then_some(number)
            })
        })
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

/// Takes a signal. Returns whether it has come since it was last taken. A real-time signal is taken as often as it has
/// come.
pub fn take(signal: i32) -> bool {
    let Some((flags, bit)) = flag_of(signal) else { return false };
    if flags.fetch_and(!bit, Ordering::SeqCst) & bit == 0 {
        return false;
    }
    let queued = QUEUED.get(signal.cast_unsigned() as usize).filter(|_| signal >= REAL_TIME);
    let less = |queued: u64| queued.checked_sub(1);
    let before = queued.map(|queued| queued.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less));
    // More arrivals are still to be taken. The handler counts before it sets the flag, so none is missed.
    if before.is_some_and(|before| before.is_ok_and(|before| before > 1)) {
        flags.fetch_or(bit, Ordering::SeqCst);
    }
    true
}

/// The number of arrivals of a real-time signal that were not taken yet; 0 for other signals.
pub fn queued(signal: i32) -> u64 {
    let queued = QUEUED.get(signal.cast_unsigned() as usize).filter(|_| signal >= REAL_TIME);
    queued.map_or(0, |queued| queued.load(Ordering::SeqCst))
}

fn flag_of(signal: i32) -> Option<(&'static AtomicU64, u64)> {
    let number = usize::try_from(signal).ok()?;
    Some((PENDING.get(number / 64)?, 1 << (number % 64)))
}

/// The number of runs of our handler, so that a call can find out whether our handler interrupted it.
pub fn arrivals() -> u64 {
    ARRIVALS.load(Ordering::SeqCst)
}

/// Forgets that a signal has come, because it is not handled any more.
pub fn forget(signal: i32) {
    if let Some((flags, bit)) = flag_of(signal) {
        flags.fetch_and(!bit, Ordering::SeqCst);
    }
    if let Some(queued) = QUEUED.get(signal.cast_unsigned() as usize) {
        queued.store(0, Ordering::SeqCst);
    }
}

/// Forgets all arrived signals: a forked child must not handle its parent's signals.
pub fn forget_pending() {
    for word in PENDING.iter().chain(&QUEUED) {
        word.store(0, Ordering::SeqCst);
    }
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

/// sigaction(2): takes the highest free real-time signal. From now on it interrupts blocking calls (`EINTR`), and
/// counts as one of the [`arrivals`]. `EBUSY` if no signal is free.
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

/// sigaction(2) with `SIG_IGN`, if the signal has our handler. The previous action is not restored later.
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

/// sigaction(2) with `SIG_DFL` for all signals that have our handler, and with `SIG_IGN` for those that were ignored
/// before. This runs first in the child of a foreign fork: such a child may never use the flags of our handler, and
/// would then not react to a signal that should end it. PHP itself ignores SIGPIPE.
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

/// Whether a signal has our handler.
pub fn is_ours(signal: i32) -> bool {
    let known = usize::try_from(signal).ok().and_then(|number| HANDLERS.get(number));
    known.is_some_and(|known| known.load(Ordering::SeqCst) != 0)
}

/// Notes the handler that we have set for a signal; 0 for none.
fn note_handler(signal: i32, handler: libc::sighandler_t) {
    if let Some(known) = usize::try_from(signal).ok().and_then(|number| HANDLERS.get(number)) {
        known.store(handler, Ordering::SeqCst);
    }
}

/// As [`handle`]. From now on each wait of `prepare_wait` unblocks the signal, if a script has blocked it.
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

/// pthread_sigmask(3): unblocks the signals that must never be blocked, in case a script has blocked them.
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
pub fn heed(signal: i32) -> Result<Option<Previous>> {
    let ignored = current(signal).is_some_and(|action| is_ignored(signal, &action));
    ignored.then(|| set_default(signal)).transpose()
}

/// sigaction(2) with a handler of this layer. It only stores to atomics.
pub(super) fn handle(signal: i32, handler: extern "C" fn(i32)) -> Result<Previous> {
    let handler = handler as libc::sighandler_t;
    let previous = set_action(signal, handler, libc::SA_RESTART)?;
    // A second call must not change the noted previous action.
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

/// sigaction(2) with `SIG_DFL` before a program is started: for signals that have a handler here, and for SIGPIPE,
/// which PHP ignores. Other ignored signals stay ignored.
pub fn default_for_program() {
    let handled = (1..=libc::SIGRTMAX()).filter(|&number| {
        current(number)
            .is_some_and(|action| action.sa_sigaction != libc::SIG_DFL && !is_ignored(number, &action))
    });
    for number in handled.chain([libc::SIGPIPE]) {
        let _ = set_default(number);
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

/// As [`restore`], for a signal that had this handler.
pub(super) fn restore_from(signal: i32, handler: extern "C" fn(i32), previous: Previous) {
    let ours = handler as libc::sighandler_t;
    if let Some(known) = usize::try_from(signal).ok().and_then(|number| HANDLERS.get(number))
        // Another handler of ours may have the signal by now.
        && known.compare_exchange(ours, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    {
        mark(&NEVER_BLOCKED, signal, false);
    }
    if current(signal).is_some_and(|action| action.sa_sigaction == ours) && check(Call::Sigaction).is_ok() {
        // SAFETY: the kernel reads an action that it has given us itself.
        unsafe { libc::sigaction(signal, &raw const previous.action, std::ptr::null_mut()) };
    }
}

/// sigaction(2): restores the previous action of a signal that has its default action now. If the previous action is a
/// handler of ours for another purpose, it is not restored, because its flag would not be used any more.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_tells_its_signals_in_ascending_order() {
        let signals = [64, 1, 63, 15, 127];
        assert!(Set::from_iter(signals).numbers().eq([1, 15, 63, 64, 127]));
        assert_eq!(Set::default().numbers().next(), None);
    }
}
