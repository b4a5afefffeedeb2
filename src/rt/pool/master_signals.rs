//! The signals that a pool's master answers to while it runs.

use crate::os::Result;
use crate::os::process::{self, Pid};
use crate::os::signal::{self, Previous};

/// End the pool.
pub const STOP: [i32; 4] = [SIGTERM, SIGINT, SIGQUIT, SIGHUP];
/// Replace the workers.
const RELOAD: [i32; 2] = [SIGUSR1, SIGUSR2];
/// A worker has left the pool.
pub const DETACHED: i32 = 29;

const SIGHUP: i32 = 1;
const SIGINT: i32 = 2;
const SIGQUIT: i32 = 3;
const SIGUSR1: i32 = 10;
const SIGUSR2: i32 = 12;
/// What workers are asked to end with.
pub const SIGTERM: i32 = 15;
/// What those are ended with who do not.
pub const SIGKILL: i32 = 9;

/// What has come since the last look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The pool is to end.
    pub stop: bool,
    /// The workers are to be replaced.
    pub reload: bool,
}

/// Signals that come to the master.
#[derive(Debug)]
pub struct MasterSignals {
    previous: Vec<(i32, Previous)>,
    owner: Pid,
}

impl MasterSignals {
    /// MasterSignals them. Those of a terminal that were ignored stay so: whoever started the program with nohup(1), or in
    /// the background, wants it so.
    pub fn new() -> Result<MasterSignals> {
        let mut claims = MasterSignals { previous: Vec::new(), owner: process::pid() };
        for number in STOP.into_iter().chain(RELOAD).chain([DETACHED, signal::CHILD_ENDED]) {
            match signal::watch(number) {
                Ok(previous) if previous.was_ignored() && [SIGINT, SIGQUIT, SIGHUP].contains(&number) => {
                    signal::restore(number, previous);
                }
                Ok(previous) => claims.previous.push((number, previous)),
                Err(errno) => {
                    claims.release();
                    return Err(errno);
                }
            }
        }
        Ok(claims)
    }

    /// What they did before.
    pub fn previous(&self) -> &[(i32, Previous)] {
        &self.previous
    }

    /// Their numbers.
    pub fn numbers(&self) -> Vec<i32> {
        self.previous.iter().map(|(number, _)| *number).collect()
    }

    /// Those of the signals that end the pool which were not ignored.
    pub fn stops(&self) -> Vec<i32> {
        self.numbers().into_iter().filter(|number| STOP.contains(number)).collect()
    }

    /// What has come.
    pub fn take(&self) -> Heard {
        let came = |numbers: &[i32]| {
            // Each is taken, not only the first.
            numbers.iter().filter(|&&number| signal::take(number)).count() > 0
        };
        signal::take(DETACHED);
        signal::take(signal::CHILD_ENDED);
        Heard { stop: came(&STOP), reload: came(&RELOAD) }
    }

    /// Whether anything has come.
    pub fn is_any_pending(&self) -> bool {
        self.previous.iter().any(|(number, _)| signal::has_come(*number))
    }

    /// They do again what they did before.
    pub fn release(&mut self) {
        for (number, previous) in self.previous.drain(..) {
            signal::restore(number, previous);
            signal::forget(number);
            if self.owner != process::pid() {
                // In the child of somebody else's fork it has got its default action from us.
                signal::replace_default(number, previous);
            }
        }
    }
}
