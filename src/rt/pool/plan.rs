//! The configuration of a pool, and the result of a worker's fork.

use crate::os::process::Pid;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::process::queue::Queue;
use crate::rt::supervisor::Spec;
use std::time::Duration;

/// How messages come to the workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ipc {
    /// They do not come.
    None,
    /// Through a socket pair for each worker.
    Pairs,
    /// Through one queue for all workers.
    Queue,
    /// Through connections to a listening socket.
    Server,
}

/// The configuration of a pool.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Workers, limits and restarts.
    pub spec: Spec,
    /// How messages come.
    pub ipc: Ipc,
    /// Whether workers handle messages.
    pub handles: bool,
    /// Whether messages between workers may have any size.
    pub bus: bool,
    /// The largest message in bytes, where there is a limit.
    pub largest: usize,
    /// The number of messages after which a worker is replaced.
    pub max_requests: Option<u64>,
    /// The largest message that is kept while a worker handles it, in bytes; 0: none is.
    pub keep: usize,
    /// How often a kept message is handled again after a crash.
    pub retries: u64,
    /// The queue, and whether it is the pool's own, which is removed with the pool.
    pub queue: Option<(Queue, bool)>,
    /// Whether SIGUSR1 and SIGUSR2 reload the workers.
    pub reload_signals: bool,
    /// How long a client may take to send its request, or to fetch the answer.
    pub client_timeout: Duration,
}

impl Default for Plan {
    /// Workers without messages.
    fn default() -> Plan {
        Plan {
            spec: Spec::default(),
            ipc: Ipc::None,
            handles: false,
            bus: false,
            largest: 0,
            max_requests: None,
            keep: 0,
            retries: 0,
            queue: None,
            reload_signals: true,
            client_timeout: Duration::from_secs(10),
        }
    }
}

/// How a worker learns that it is asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopDelivery {
    /// The signals do what they did before the pool: they end the worker, unless the script handles them.
    Nothing,
    /// The worker checks for them between two messages.
    BetweenMessages,
    /// The worker's loop handles them, once it exists. Earlier ones wait for it.
    InItsLoop,
}

/// A worker that is to be forked.
#[derive(Clone, Copy, Debug)]
pub struct NewWorker {
    /// Its number.
    pub number: usize,
    /// How it learns that it is asked to stop.
    pub stop_delivery: StopDelivery,
    /// A random number of its own.
    pub random: u64,
    /// The time, in microseconds since 1970.
    pub at: u64,
}

/// The result of the fork of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForkResult {
    /// In the master, or in a template.
    Master {
        /// In the master: the worker's process.
        child: Pid,
    },
    /// In the worker.
    Worker,
    /// In a worker whose preparation failed: it has to exit.
    Unable(SyscallError),
}
