//! How the processes of a pool wait, and what ends their waits.

use crate::os::pipe::{self, Half};
use crate::os::prepared_wait::{self, PreparedWait, prepare_wait};
use crate::os::signal;
use crate::os::{Errno, Result};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::event_loop::Wants;
use crate::rt::core::syscall_error::SyscallError;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

/// The interval at which a worker of a queue checks the descriptors in its loop: only a message ends its wait by
/// itself.
const ASK_AGAIN: Duration = Duration::from_millis(10);

/// The interval at which such a worker checks whether a signal for its loop or its script came just before it began to
/// wait.
const LISTEN_AGAIN: Duration = Duration::from_millis(100);

/// Why a worker got no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecvError {
    /// It is to exit.
    Exit,
    /// A signal handler of the script or the loop needs a turn.
    Interrupted,
    /// The message was longer than there is room for, and was cut. It had this many bytes.
    Cut(usize),
    /// The system call failed.
    Failed(SyscallError),
}

pub(super) fn failed(call: &'static str) -> impl Fn(Errno) -> RecvError {
    move |errno| RecvError::Failed(SyscallError { call, errno })
}

/// What ends a wait of a worker, besides the awaited message.
#[derive(Clone, Copy)]
pub(super) struct Alerts {
    pub(super) interrupted: fn() -> bool,
    /// Its stop signals.
    pub(super) stops: signal::Set,
    /// What its loop needs a turn for. The loop gets turns between two messages.
    pub(super) wants: Wants,
}

impl Alerts {
    /// The alerts of a process that is not a worker.
    pub(super) fn of_nobody(core: &Core) -> Alerts {
        Alerts { interrupted: core.interrupted(), stops: signal::Set::default(), wants: Wants::default() }
    }

    /// Whether a signal handler of the script or the loop needs a turn.
    pub(super) fn are_for_script(&self) -> bool {
        (self.interrupted)() || self.wants.is_due(now)
    }

    /// Our signals that a wait unblocks, whether the script has blocked them or not.
    pub(super) fn heard(&self) -> impl Iterator<Item = i32> {
        let heard = self.stops.numbers().chain(self.wants.signals.numbers());
        heard.filter(|&number| signal::is_ours(number))
    }

    /// Whether only a stop signal can end a wait, besides the awaited message. Its handler starts the wakeup tick.
    pub(super) fn are_only_stops(&self) -> bool {
        let Wants { at, signals, asks } = self.wants;
        prepared_wait::is_unmasked() && at.is_none() && !asks && signals == signal::Set::default()
    }

    /// The time after which a wait that only signals can end is interrupted.
    pub(super) fn tick(&self) -> Duration {
        let Wants { at, asks, .. } = self.wants;
        let again = if asks { ASK_AGAIN } else { LISTEN_AGAIN };
        at.map_or(again, |at| at.saturating_duration_since(now()).min(again))
    }
}

/// Waits until a socket is ready for `half`, or `until` (then `ETIMEDOUT`). A stop signal also ends the wait, and so
/// does whatever the loop needs a turn for. `events` is readable when the kernel has an event for the loop.
pub(super) fn sleep(
    socket: BorrowedFd<'_>,
    half: Half,
    until: Option<Instant>,
    events: Option<BorrowedFd<'_>>,
    alerts: &Alerts,
) -> std::result::Result<(), RecvError> {
    let mut is_for_loop = false;
    sleep_in("ppoll()", alerts, |prepared| {
        let first = until.into_iter().chain(alerts.wants.at).min();
        let limit = first.map(|first| first.saturating_duration_since(now()));
        let ready = pipe::wait(socket, half, events, limit, prepared)?;
        is_for_loop = !ready.pipe && (ready.watched || first != until);
        if ready.pipe || is_for_loop { Ok(()) } else { Err(Errno::ETIMEDOUT) }
    })?;
    if is_for_loop { Err(RecvError::Interrupted) } else { Ok(()) }
}

/// Calls `wait`. A stop signal ends the wait.
pub(super) fn sleep_in(
    call: &'static str,
    alerts: &Alerts,
    wait: impl FnOnce(&PreparedWait) -> Result<()>,
) -> std::result::Result<(), RecvError> {
    // From here on a signal ends the wait.
    let prepared = prepare_wait(alerts.heard()).map_err(failed("sigprocmask()"))?;
    let waited =
        if alerts.are_for_script() || alerts.stops.has_come() { Err(Errno::EINTR) } else { wait(&prepared) };
    prepared.release();
    match waited {
        Err(Errno::EINTR) if alerts.are_for_script() => Err(RecvError::Interrupted),
        Ok(()) | Err(Errno::EINTR) => Ok(()),
        Err(errno) => Err(failed(call)(errno)),
    }
}
