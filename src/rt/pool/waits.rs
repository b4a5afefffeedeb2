//! How the processes of a pool wait, and what ends their waits.

use crate::os::held::{Held, hold_for_wait};
use crate::os::pipe::{self, Half};
use crate::os::signal;
use crate::os::{Errno, Result};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::event_loop::Wants;
use crate::rt::core::syscall_error::SyscallError;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

/// How often a worker of a queue looks at the descriptors in its loop: nothing but a message ends its wait by itself.
const ASK_AGAIN: Duration = Duration::from_millis(10);

/// How often such a worker looks whether a signal for its loop or its script has come in the moment before it waited.
const LISTEN_AGAIN: Duration = Duration::from_millis(100);

/// Why a worker gets no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecvError {
    /// It is to end.
    Exit,
    /// A signal handler of the script waits for its turn, or something in the loop does.
    Interrupted,
    /// What it got is longer than there is room for, and was cut: this many bytes.
    Cut(usize),
    /// The system call failed.
    Failed(SyscallError),
}

pub(super) fn failed(call: &'static str) -> impl Fn(Errno) -> RecvError {
    move |errno| RecvError::Failed(SyscallError { call, errno })
}

/// What ends a wait of a worker, beside what it waits for.
#[derive(Clone, Copy)]
pub(super) struct Alerts {
    pub(super) interrupted: fn() -> bool,
    /// The signals that ask it to stop.
    pub(super) stops: signal::Set,
    /// What its loop wants a turn for. Between two messages it gets that.
    pub(super) wants: Wants,
}

impl Alerts {
    /// Those of a process that is no worker.
    pub(super) fn of_nobody(core: &Core) -> Alerts {
        Alerts { interrupted: core.interrupted(), stops: signal::Set::default(), wants: Wants::default() }
    }

    /// Whether something of the script waits for its turn.
    pub(super) fn are_for_script(&self) -> bool {
        (self.interrupted)() || self.wants.is_due(now)
    }

    /// The signals of ours that a wait lets through, blocked or not.
    pub(super) fn heard(&self) -> impl Iterator<Item = i32> {
        let heard = self.stops.numbers().chain(self.wants.signals.numbers());
        heard.filter(|&number| signal::is_ours(number))
    }

    /// Whether nothing but a signal can be there for the loop until some time has passed.
    pub(super) fn is_quiet_for(&self, time: Duration) -> bool {
        !self.wants.asks && self.wants.at.is_none_or(|at| at.saturating_duration_since(now()) > time)
    }

    /// When a wait is to end that only signals can end: the time until then.
    pub(super) fn tick(&self) -> Duration {
        let Wants { at, asks, .. } = self.wants;
        let again = if asks { ASK_AGAIN } else { LISTEN_AGAIN };
        at.map_or(again, |at| at.saturating_duration_since(now()).min(again))
    }
}

/// Waits until a socket is ready for `half`, or `until` (then `ETIMEDOUT`). A stop signal ends the wait as well, and so
/// does what the loop wants a turn for; `events` is readable when the kernel has something for that.
pub(super) fn sleep(
    socket: BorrowedFd<'_>,
    half: Half,
    until: Option<Instant>,
    events: Option<BorrowedFd<'_>>,
    alerts: &Alerts,
) -> std::result::Result<(), RecvError> {
    let mut is_for_loop = false;
    sleep_in("ppoll()", alerts, |held| {
        let first = until.into_iter().chain(alerts.wants.at).min();
        let limit = first.map(|first| first.saturating_duration_since(now()));
        let ready = pipe::wait(socket, half, events, limit, held)?;
        is_for_loop = !ready.pipe && (ready.watched || first != until);
        if ready.pipe || is_for_loop { Ok(()) } else { Err(Errno::ETIMEDOUT) }
    })?;
    if is_for_loop { Err(RecvError::Interrupted) } else { Ok(()) }
}

/// Has `wait` wait. A stop signal ends the wait.
pub(super) fn sleep_in(
    call: &'static str,
    alerts: &Alerts,
    wait: impl FnOnce(&Held) -> Result<()>,
) -> std::result::Result<(), RecvError> {
    // From here on a signal ends the wait.
    let held = hold_for_wait(alerts.heard()).map_err(failed("sigprocmask()"))?;
    let waited =
        if alerts.are_for_script() || alerts.stops.has_come() { Err(Errno::EINTR) } else { wait(&held) };
    held.release();
    match waited {
        Err(Errno::EINTR) if alerts.are_for_script() => Err(RecvError::Interrupted),
        Ok(()) | Err(Errno::EINTR) => Ok(()),
        Err(errno) => Err(failed(call)(errno)),
    }
}
