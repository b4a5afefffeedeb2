//! The signals that a pool's master handles while the pool runs.

use crate::os::Result;
use crate::os::process::{self, Pid};
use crate::os::signal::{self, Previous, SIGHUP, SIGINT, SIGIO, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};

/// The signals that stop the pool.
pub const STOP: [i32; 4] = [SIGTERM, SIGINT, SIGQUIT, SIGHUP];
/// The signals that reload the workers.
const RELOAD: [i32; 2] = [SIGUSR1, SIGUSR2];
/// The signal by which a member asks the master to look at the scoreboard: a worker has left the pool, or wants
/// something.
pub const LOOK_AT_BOARD: i32 = SIGIO;

/// The requests since the last check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MasterRequests {
    /// Stop the pool.
    pub stop: bool,
    /// Reload the workers.
    pub reload: bool,
}

/// The signals of a master.
#[derive(Debug)]
pub struct MasterSignals {
    previous: Vec<(i32, Previous)>,
    owner: Pid,
}

impl MasterSignals {
    /// Installs the handlers. Terminal signals that were ignored stay ignored, because the program was started by
    /// nohup(1) or in the background. With `reloads` there are signals that reload the workers.
    pub fn new(reloads: bool) -> Result<MasterSignals> {
        let mut signals = MasterSignals { previous: Vec::new(), owner: process::pid() };
        let reload = RELOAD.into_iter().filter(|_| reloads);
        for number in STOP.into_iter().chain(reload).chain([LOOK_AT_BOARD, signal::CHILD_ENDED]) {
            match signal::watch(number) {
                Ok(previous) if previous.was_ignored() && [SIGINT, SIGQUIT, SIGHUP].contains(&number) => {
                    signal::restore(number, previous);
                }
                Ok(previous) => signals.previous.push((number, previous)),
                Err(errno) => {
                    signals.release();
                    return Err(errno);
                }
            }
        }
        Ok(signals)
    }

    /// Their previous actions.
    pub fn previous(&self) -> &[(i32, Previous)] {
        &self.previous
    }

    /// Their numbers.
    pub fn numbers(&self) -> Vec<i32> {
        self.previous.iter().map(|(number, _)| *number).collect()
    }

    /// The stop signals that were not ignored.
    pub fn stops(&self) -> Vec<i32> {
        self.numbers().into_iter().filter(|number| STOP.contains(number)).collect()
    }

    /// Returns the requests since the last check.
    pub fn take(&self) -> MasterRequests {
        let mut requests = MasterRequests::default();
        for &(number, _) in &self.previous {
            if signal::take(number) {
                requests.stop |= STOP.contains(&number);
                requests.reload |= RELOAD.contains(&number);
            }
        }
        requests
    }

    /// Whether any of the signals is pending.
    pub fn is_any_pending(&self) -> bool {
        self.previous.iter().any(|(number, _)| signal::has_come(*number))
    }

    /// As [`MasterSignals::release`], in a worker or template that was just forked: no signal is delivered yet.
    pub fn release_in_child(&mut self) {
        for (number, previous) in self.previous.drain(..) {
            signal::restore_in_child(number, previous);
            signal::forget(number);
        }
    }

    /// Restores their previous actions.
    pub fn release(&mut self) {
        let is_foreign = !self.previous.is_empty() && self.owner != process::pid();
        for (number, previous) in self.previous.drain(..) {
            signal::restore(number, previous);
            signal::forget(number);
            if is_foreign {
                // In the child of a foreign fork, our handler has set the default action.
                signal::replace_default(number, previous);
            }
        }
    }
}
