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
//! A third timer does a last action for a worker that is about to be killed and cannot act itself any more.

use crate::os::posix_timer::{PosixTimer, TimerSlot};
use crate::os::process::{self, Pid};
use crate::os::{Errno, Result, death_signal, prepared_wait, signal};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, Ordering};
use std::time::Duration;

type Handler = extern "C" fn(i32);

/// The handlers, for signals that no other code uses.
const HANDLERS: &[Handler] = &[look_after_master, do_death_action];

/// The pid of the master.
static MASTER: AtomicI32 = AtomicI32::new(0);
/// Whether the master's death was noticed.
static ORPHANED: AtomicBool = AtomicBool::new(false);
/// The time from the master's death to SIGKILL, in milliseconds.
static GRACE: AtomicI32 = AtomicI32::new(0);
/// Whether stop signals are noted. Otherwise they end the worker at once, or do what its script says.
static LISTENS: AtomicBool = AtomicBool::new(false);
/// The death action, when master and worker have ended: a function, null for none, and its argument.
static DEATH_ACTION: AtomicPtr<()> = AtomicPtr::new(null_mut());
static DEATH_ARGUMENT: AtomicI32 = AtomicI32::new(0);

/// The timer that kills the worker.
static KILL_TIMER: TimerSlot = TimerSlot::empty();
/// The timer of the death action.
static DEATH_ACTION_TIMER: TimerSlot = TimerSlot::empty();
/// The wakeup tick.
static TICK_TIMER: TimerSlot = TimerSlot::empty();

/// The time from the stop signal to the first tick, and between two ticks.
const TICK: Duration = Duration::from_millis(2);

/// Handles the report of the master's death, and ticks.
extern "C" fn look_after_master(_signal: i32) {
    // SAFETY: getppid is async-signal-safe and cannot fail.
    if unsafe { libc::getppid() } == MASTER.load(Ordering::SeqCst) || ORPHANED.swap(true, Ordering::SeqCst) {
        return;
    }
    let errno = Errno::last_raw();
    let grace = u64::try_from(GRACE.load(Ordering::SeqCst)).unwrap_or(0);
    KILL_TIMER.arm(Duration::from_millis(grace), Duration::ZERO);
    DEATH_ACTION_TIMER.arm(Duration::from_millis(grace / 4 * 3).max(TICK), Duration::ZERO);
    // No process will take messages out of the queue.
    if !LISTENS.load(Ordering::SeqCst) {
        do_death_action(0);
    }
    // SAFETY: raise is async-signal-safe and takes a number.
    unsafe { libc::raise(libc::SIGTERM) };
    Errno::set_raw(errno);
}

/// The worker is about to be ended by a signal.
extern "C" fn do_death_action(_signal: i32) {
    let act = DEATH_ACTION.load(Ordering::SeqCst);
    if !act.is_null() {
        let errno = Errno::last_raw();
        // SAFETY: what is not null is the function of a DeathAction, and such functions are async-signal-safe.
        let act = unsafe { std::mem::transmute::<*mut (), fn(i32)>(act) };
        act(DEATH_ARGUMENT.load(Ordering::SeqCst));
        Errno::set_raw(errno);
    }
}

/// Handles a stop signal.
extern "C" fn note_and_wake(number: i32) {
    signal::note(number);
    let errno = Errno::last_raw();
    TICK_TIMER.arm(TICK, TICK);
    Errno::set_raw(errno);
}

/// An action that a signal handler may do.
#[derive(Clone, Copy, Debug)]
pub struct DeathAction {
    act: fn(i32),
    argument: i32,
}

impl DeathAction {
    /// `act` must be async-signal-safe (signal-safety(7)).
    pub(super) fn new(act: fn(i32), argument: i32) -> DeathAction {
        DeathAction { act, argument }
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
    /// Whether stop signals also end calls that wait in the kernel, repeatedly until [`ParentDeathGuard::tick`] is called
    /// without a time.
    pub wakeup_tick: bool,
    /// Done when master and worker have exited, unless SIGKILL ends the worker without warning. Without `stops` it is
    /// done when the master has exited.
    pub death_action: Option<DeathAction>,
}

/// The parent-death guard of this process.
#[derive(Debug)]
pub struct ParentDeathGuard {
    number: i32,
    previous: signal::Previous,
    /// Further signals that the guard handles.
    handled: Vec<(i32, Handler, signal::Previous)>,
    /// The previous action of SIGTERM if it was ignored; it is not ignored as long as there is a master.
    unignored: Option<signal::Previous>,
    timers: Vec<PosixTimer>,
    owner: Pid,
}

impl ParentDeathGuard {
    /// Arms the guard. When the master exits, or has exited already, this process gets SIGTERM, and SIGKILL after its
    /// grace. `EBUSY` when all real-time signals are in use.
    pub fn arm(config: Config<'_>) -> Result<ParentDeathGuard> {
        let mut free = signal::free(HANDLERS);
        let number = free.next().ok_or(Errno::EBUSY)?;
        MASTER.store(config.master, Ordering::SeqCst);
        ORPHANED.store(false, Ordering::SeqCst);
        DEATH_ARGUMENT.store(config.death_action.map_or(0, |action| action.argument), Ordering::SeqCst);
        DEATH_ACTION
            .store(config.death_action.map_or(null_mut(), |action| action.act as *mut ()), Ordering::SeqCst);
        LISTENS.store(!config.stops.is_empty(), Ordering::SeqCst);
        let previous = signal::handle_always(number, look_after_master)?;
        let (handled, timers) = Default::default();
        let mut guard =
            ParentDeathGuard { number, previous, handled, unignored: None, timers, owner: process::pid() };
        if let Some(grace) = config.grace {
            // A time of zero would stop the timer.
            let grace = i32::try_from(grace.as_millis()).unwrap_or(i32::MAX).max(1);
            GRACE.store(grace, Ordering::SeqCst);
            guard.add_timer(libc::SIGKILL, &KILL_TIMER)?;
        }
        if config.wakeup_tick {
            guard.add_timer(number, &TICK_TIMER)?;
        }
        if config.death_action.is_some() && config.grace.is_some() {
            let second = free.next().ok_or(Errno::EBUSY)?;
            guard.handled.push((second, do_death_action, signal::handle_always(second, do_death_action)?));
            guard.add_timer(second, &DEATH_ACTION_TIMER)?;
        }
        for &stop in config.stops {
            guard.handle(stop, note_and_wake)?;
            // A terminal signal that was ignored at the program's start stays ignored.
            if stop != libc::SIGTERM
                && let Some((_, _, previous)) =
                    guard.handled.pop_if(|(_, _, previous)| previous.was_ignored())
            {
                signal::restore_from(stop, note_and_wake, previous);
            }
        }
        if config.stops.is_empty() {
            // SIGTERM may have been ignored at the program's start, but it has to stop a worker.
            guard.unignored = signal::unignore(libc::SIGTERM)?;
        }
        guard.renew()?;
        Ok(guard)
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

    fn add_timer(&mut self, signal: i32, slot: &TimerSlot) -> Result<()> {
        let timer = PosixTimer::new(signal)?;
        slot.fill(&timer);
        self.timers.push(timer);
        Ok(())
    }

    /// As [`ParentDeathGuard::renew`], if necessary. Also unblocks the signals of this guard, which the script may have
    /// blocked, as PHP does while it calls a signal handler (pcntl). One or two system calls if nothing is to be done.
    pub fn renew_if_lost(&self) -> Result<()> {
        if !prepared_wait::is_unmasked() {
            signal::unblock_always()?;
        }
        if death_signal::get()? == self.number { Ok(()) } else { self.renew() }
    }

    /// Arms the guard again: the kernel clears the setting when a process changes its user or group.
    pub fn renew(&self) -> Result<()> {
        death_signal::set(self.number)?;
        // The master may have died before the call.
        if process::parent() != MASTER.load(Ordering::SeqCst) && !self.is_orphaned() {
            process::kill(process::pid(), self.number)?;
        }
        Ok(())
    }

    /// Ends waiting calls as a stop signal does, first after this time. `None`: no longer, because the stop signals were
    /// noticed.
    pub fn tick(&self, first: Option<Duration>) {
        match first {
            Some(first) => TICK_TIMER.arm(first.max(Duration::from_nanos(1)), TICK),
            None => TICK_TIMER.arm(Duration::ZERO, Duration::ZERO),
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
        death_signal::set(libc::SIGTERM)
    }

    /// The reverse of [`ParentDeathGuard::before_exec`], when the exec has failed.
    pub fn after_exec(&self) -> Result<()> {
        death_signal::set(self.number)
    }
}

impl Drop for ParentDeathGuard {
    /// Disarms the guard and restores the signals. In the child of a fork the guard is not armed, but the handlers are
    /// installed.
    fn drop(&mut self) {
        for slot in [&KILL_TIMER, &TICK_TIMER, &DEATH_ACTION_TIMER] {
            slot.clear();
        }
        // Before the signals have their previous actions: a tick would end the process.
        self.timers.clear();
        DEATH_ACTION.store(null_mut(), Ordering::SeqCst);
        if self.owner == process::pid() {
            // It fails for no signal only.
            let _ = death_signal::set(0);
            // A report that is blocked would find the default action, too.
            signal::take_blocked(self.number, Duration::ZERO);
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
        if let Some(previous) = self.unignored {
            signal::replace_default(libc::SIGTERM, previous);
        }
    }
}
