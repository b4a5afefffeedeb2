//! The parent-death guard of a worker: when the master dies, the worker is asked to stop, and killed if it does not.
//!
//! The kernel reports the master's death by a signal (prctl(2), `PR_SET_PDEATHSIG`). No other code uses this signal, so
//! nothing that a script does with SIGTERM disables the guard. The signal's handler sends SIGTERM to the worker, as the
//! master would have done, and starts a timer (timer_create(2)) that ends in SIGKILL.
//!
//! A second timer, the wakeup tick, serves calls that wait in the kernel and cannot change the signal mask for the
//! wait, such as msgrcv(2): a signal just before such a call would not end it. The handler of stop signals starts the
//! timer, whose ticks end the call.
//!
//! A third timer does a last act for a worker that is about to be killed and cannot act itself any more.

use crate::os::fault::{Call, check};
use crate::os::process::{self, Pid};
use crate::os::{Errno, Result, clock, signal};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, Ordering};
use std::time::Duration;

type Handler = extern "C" fn(i32);

/// The handlers, for signals that no other code uses.
const HANDLERS: &[Handler] = &[look_after_master, do_last_act];

/// The pid of the master.
static MASTER: AtomicI32 = AtomicI32::new(0);
/// Whether the master's death was noticed.
static ORPHANED: AtomicBool = AtomicBool::new(false);
/// Whether the timer that kills exists, and which it is.
static KILLS: AtomicBool = AtomicBool::new(false);
static KILLER: AtomicPtr<libc::c_void> = AtomicPtr::new(null_mut());
/// The time from the master's death to SIGKILL, in milliseconds.
static GRACE: AtomicI32 = AtomicI32::new(0);
/// Whether the wakeup tick exists, and which timer it is.
static WAKEUP_TICKS: AtomicBool = AtomicBool::new(false);
static NAGGER: AtomicPtr<libc::c_void> = AtomicPtr::new(null_mut());

/// Whether stop signals are noted. Otherwise they end the worker at once, or do what its script says.
static LISTENS: AtomicBool = AtomicBool::new(false);
/// The last act, when master and worker have ended: a function, null for none, and its argument.
static LAST_ACT: AtomicPtr<()> = AtomicPtr::new(null_mut());
static LAST_ARGUMENT: AtomicI32 = AtomicI32::new(0);
/// Whether the timer of the last act exists, and which it is.
static ACTS: AtomicBool = AtomicBool::new(false);
static ACTOR: AtomicPtr<libc::c_void> = AtomicPtr::new(null_mut());

/// The time from the stop signal to the first tick, and between two ticks.
const TICK: Duration = Duration::from_millis(2);

/// Handles the report of the master's death, and ticks.
extern "C" fn look_after_master(_signal: i32) {
    // SAFETY: getppid is async-signal-safe and cannot fail.
    if unsafe { libc::getppid() } == MASTER.load(Ordering::SeqCst) || ORPHANED.swap(true, Ordering::SeqCst) {
        return;
    }
    let errno = Errno::last_raw();
    if KILLS.load(Ordering::SeqCst) {
        let grace = u64::try_from(GRACE.load(Ordering::SeqCst)).unwrap_or(0);
        arm_timer(KILLER.load(Ordering::SeqCst), Duration::from_millis(grace), Duration::ZERO);
        if ACTS.load(Ordering::SeqCst) {
            let last_moment = Duration::from_millis(grace / 4 * 3);
            arm_timer(ACTOR.load(Ordering::SeqCst), last_moment.max(TICK), Duration::ZERO);
        }
    }
    // No process will take messages out of the queue.
    if !LISTENS.load(Ordering::SeqCst) {
        do_last_act(0);
    }
    // SAFETY: raise is async-signal-safe and takes a number.
    unsafe { libc::raise(libc::SIGTERM) };
    Errno::set_raw(errno);
}

/// The worker is about to be ended by a signal.
extern "C" fn do_last_act(_signal: i32) {
    let act = LAST_ACT.load(Ordering::SeqCst);
    if !act.is_null() {
        let errno = Errno::last_raw();
        // SAFETY: what is not null is the function of a LastAct, and such functions are async-signal-safe.
        let act = unsafe { std::mem::transmute::<*mut (), fn(i32)>(act) };
        act(LAST_ARGUMENT.load(Ordering::SeqCst));
        Errno::set_raw(errno);
    }
}

/// Handles a stop signal.
pub(super) extern "C" fn note_and_wake(number: i32) {
    signal::note(number);
    if WAKEUP_TICKS.load(Ordering::SeqCst) {
        let errno = Errno::last_raw();
        arm_timer(NAGGER.load(Ordering::SeqCst), TICK, TICK);
        Errno::set_raw(errno);
    }
}

/// timer_settime(2), which is async-signal-safe. It fails for invalid arguments only.
pub(super) fn arm_timer(timer: *mut libc::c_void, first: Duration, period: Duration) {
    let times = libc::itimerspec { it_interval: clock::timespec(period), it_value: clock::timespec(first) };
    // SAFETY: `times` is read; a null old value is allowed. The timer exists as long as the flags say so.
    unsafe { libc::timer_settime(timer, 0, &raw const times, null_mut()) };
}

/// A timer of our own that sends a signal to this process.
#[derive(Debug)]
pub(super) struct Clock {
    timer: libc::timer_t,
    owner: Pid,
}

impl Clock {
    /// timer_create(2).
    pub(super) fn new(signal: i32) -> Result<Clock> {
        check(Call::TimerCreate)?;
        // SAFETY: zeroed is a valid sigevent.
        let mut event: libc::sigevent = unsafe { std::mem::zeroed() };
        event.sigev_notify = libc::SIGEV_SIGNAL;
        event.sigev_signo = signal;
        let mut timer = null_mut();
        // SAFETY: `event` is read; the number of the timer is written.
        Errno::result(unsafe { libc::timer_create(libc::CLOCK_MONOTONIC, &raw mut event, &raw mut timer) })?;
        Ok(Clock { timer, owner: process::pid() })
    }
}

impl Clock {
    /// Its number, for [`arm_timer`].
    pub(super) fn timer(&self) -> libc::timer_t {
        self.timer
    }

    /// Whether it belongs to this process. The child of a fork has no timers; there another timer may have this number.
    pub(super) fn is_here(&self) -> bool {
        self.owner == process::pid()
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        if self.is_here() {
            // SAFETY: the timer is ours and is not used again: the flags are down.
            unsafe { libc::timer_delete(self.timer) };
        }
    }
}

/// An action that a signal handler may do.
#[derive(Clone, Copy, Debug)]
pub struct LastAct {
    act: fn(i32),
    argument: i32,
}

impl LastAct {
    /// `act` must be async-signal-safe (signal-safety(7)).
    pub(super) fn new(act: fn(i32), argument: i32) -> LastAct {
        LastAct { act, argument }
    }
}

/// The configuration of a guard.
#[derive(Clone, Copy, Debug)]
pub struct Config<'t> {
    /// The master, which is this process's parent until now.
    pub master: Pid,
    /// The time from the master's death to SIGKILL; `None`: no SIGKILL.
    pub grace: Option<Duration>,
    /// The stop signals, which are noted from now on for [`signal::take`].
    pub stops: &'t [i32],
    /// Whether stop signals also end calls that wait in the kernel, repeatedly until [`ParentDeathGuard::is_heard`].
    pub wakeup_tick: bool,
    /// Done when master and worker have exited, unless SIGKILL ends the worker without warning. Without `stops` it is
    /// done when the master has exited.
    pub last_act: Option<LastAct>,
}

/// The parent-death guard of this process.
#[derive(Debug)]
pub struct ParentDeathGuard {
    number: i32,
    previous: signal::Previous,
    /// Further signals that the guard handles.
    handled: Vec<(i32, Handler, signal::Previous)>,
    /// The previous action of SIGTERM if it was ignored; it is not ignored as long as there is a master.
    heeded: Option<signal::Previous>,
    clocks: Vec<Clock>,
    owner: Pid,
}

impl ParentDeathGuard {
    /// Arms the guard. When the master exits, or has exited already, this process gets SIGTERM, and SIGKILL after its
    /// grace. `EBUSY` when all real-time signals are in use.
    pub fn arm(terms: Config<'_>) -> Result<ParentDeathGuard> {
        let mut free = signal::free(HANDLERS);
        let number = free.next().ok_or(Errno::EBUSY)?;
        MASTER.store(terms.master, Ordering::SeqCst);
        ORPHANED.store(false, Ordering::SeqCst);
        LAST_ARGUMENT.store(terms.last_act.map_or(0, |last| last.argument), Ordering::SeqCst);
        LAST_ACT.store(terms.last_act.map_or(null_mut(), |last| last.act as *mut ()), Ordering::SeqCst);
        LISTENS.store(!terms.stops.is_empty(), Ordering::SeqCst);
        let previous = signal::handle_always(number, look_after_master)?;
        let (handled, clocks) = Default::default();
        let mut bond =
            ParentDeathGuard { number, previous, handled, heeded: None, clocks, owner: process::pid() };
        if let Some(grace) = terms.grace {
            GRACE.store(i32::try_from(grace.as_millis()).unwrap_or(i32::MAX), Ordering::SeqCst);
            bond.add_clock(libc::SIGKILL, &KILLER, &KILLS)?;
        }
        if terms.wakeup_tick {
            bond.add_clock(number, &NAGGER, &WAKEUP_TICKS)?;
        }
        if terms.last_act.is_some() && terms.grace.is_some() {
            let second = free.next().ok_or(Errno::EBUSY)?;
            bond.handled.push((second, do_last_act, signal::handle_always(second, do_last_act)?));
            bond.add_clock(second, &ACTOR, &ACTS)?;
        }
        for &stop in terms.stops {
            bond.handle(stop, note_and_wake)?;
            // A terminal signal that was ignored at the program's start stays ignored.
            if stop != libc::SIGTERM
                && let Some((_, _, previous)) = bond.handled.pop_if(|(_, _, previous)| previous.was_ignored())
            {
                signal::restore_from(stop, note_and_wake, previous);
            }
        }
        if terms.stops.is_empty() {
            // SIGTERM may have been ignored at the program's start, but it has to stop a worker.
            bond.heeded = signal::heed(libc::SIGTERM)?;
        }
        bond.renew()?;
        Ok(bond)
    }

    /// The signals that must reach this process, even if it has blocked them.
    pub fn signals(&self) -> impl Iterator<Item = i32> {
        let handled = self.handled.iter().map(|(number, _, _)| *number);
        handled.chain([self.number, libc::SIGTERM])
    }

    fn handle(&mut self, signal: i32, handler: Handler) -> Result<()> {
        self.handled.push((signal, handler, signal::handle(signal, handler)?));
        Ok(())
    }

    fn add_clock(&mut self, signal: i32, place: &AtomicPtr<libc::c_void>, exists: &AtomicBool) -> Result<()> {
        let clock = Clock::new(signal)?;
        place.store(clock.timer, Ordering::SeqCst);
        exists.store(true, Ordering::SeqCst);
        self.clocks.push(clock);
        Ok(())
    }

    /// As [`ParentDeathGuard::renew`], if necessary. Also unblocks the signals of this guard, which the script may have
    /// blocked, as PHP does while it calls a signal handler (pcntl). Two system calls if nothing is to be done.
    pub fn renew_if_lost(&self) -> Result<()> {
        signal::unblock_always()?;
        if death_signal()? == self.number { Ok(()) } else { self.renew() }
    }

    /// Arms the guard again: the kernel clears the setting when a process changes its user or group.
    pub fn renew(&self) -> Result<()> {
        die_with_parent(self.number)?;
        // The master may have died before the call.
        if process::parent() != MASTER.load(Ordering::SeqCst) && !self.is_orphaned() {
            process::kill(process::pid(), self.number)?;
        }
        Ok(())
    }

    /// Ends waiting calls as a stop signal does, first after this time. `None`: no longer.
    pub fn tick(&self, first: Option<Duration>) {
        if WAKEUP_TICKS.load(Ordering::SeqCst) {
            let first = first.map(|first| first.max(Duration::from_nanos(1)));
            let period = first.map_or(Duration::ZERO, |_| TICK);
            arm_timer(NAGGER.load(Ordering::SeqCst), first.unwrap_or_default(), period);
        }
    }

    /// The stop signals were noticed: they end no more calls.
    pub fn is_heard(&self) {
        if WAKEUP_TICKS.load(Ordering::SeqCst) {
            arm_timer(NAGGER.load(Ordering::SeqCst), Duration::ZERO, Duration::ZERO);
        }
    }

    /// Whether the master has exited.
    pub fn is_orphaned(&self) -> bool {
        ORPHANED.load(Ordering::SeqCst)
    }

    /// Gives the stop signals back their previous actions, for other code to handle, and returns their numbers. Signals
    /// that have come stay noted.
    pub fn release_stops(&mut self) -> Vec<i32> {
        let stop: Handler = note_and_wake;
        let is_stop = |handler: Handler| handler as usize == stop as usize;
        let released = self.handled.extract_if(.., |(_, handler, _)| is_stop(*handler));
        released
            .map(|(number, handler, previous)| {
                signal::restore_from(number, handler, previous);
                number
            })
            .collect()
    }

    /// Called before an exec: the new program has none of our handlers, so the master's death becomes SIGTERM.
    pub fn before_exec(&self) -> Result<()> {
        die_with_parent(libc::SIGTERM)
    }

    /// The reverse of [`ParentDeathGuard::before_exec`], when the exec has failed.
    pub fn after_exec(&self) -> Result<()> {
        die_with_parent(self.number)
    }
}

impl Drop for ParentDeathGuard {
    /// Disarms the guard and restores the signals. In the child of a fork the guard is not armed, but the handlers are
    /// installed.
    fn drop(&mut self) {
        for exists in [&KILLS, &WAKEUP_TICKS, &ACTS] {
            exists.store(false, Ordering::SeqCst);
        }
        LAST_ACT.store(null_mut(), Ordering::SeqCst);
        if self.owner == process::pid() {
            // It fails for no signal only.
            let _ = die_with_parent(0);
        }
        signal::restore_from(self.number, look_after_master, self.previous);
        for &(number, handler, previous) in &self.handled {
            signal::restore_from(number, handler, previous);
            signal::forget(number);
            if self.owner != process::pid() {
                // In the child of a foreign fork, our handler has set the default action.
                signal::replace_default(number, previous);
            }
        }
        if let Some(previous) = self.heeded {
            signal::replace_default(libc::SIGTERM, previous);
        }
        // Only now, because no handler starts them any more.
        self.clocks.clear();
    }
}

/// prctl(2), `PR_GET_PDEATHSIG`; 0 for none.
fn death_signal() -> Result<i32> {
    check(Call::Prctl)?;
    let mut signal: libc::c_int = 0;
    // SAFETY: the kernel writes one int.
    Errno::result(unsafe { libc::prctl(libc::PR_GET_PDEATHSIG, &raw mut signal) })?;
    Ok(signal)
}

/// prctl(2), `PR_SET_PDEATHSIG`; 0 for none.
fn die_with_parent(signal: i32) -> Result<()> {
    check(Call::Prctl)?;
    // SAFETY: prctl takes numbers here.
    Errno::result(unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, signal) })?;
    Ok(())
}
