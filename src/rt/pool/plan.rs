//! What a pool is to be, and what becomes of its forks.

use crate::os::process::Pid;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::process::queue::Queue;
use crate::rt::supervisor::Spec;
use std::time::Duration;

/// How messages come to the workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ipc {
    /// Not at all.
    None,
    /// By a pair of sockets for each worker.
    Pairs,
    /// By one queue for all.
    Queue,
    /// By connections to a listening socket.
    Server,
}

/// What a pool is to be.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Workers, limits and restarts.
    pub spec: Spec,
    /// How messages come.
    pub ipc: Ipc,
    /// Whether workers handle messages.
    pub handles: bool,
    /// Messages between workers may have any size.
    pub bus: bool,
    /// The largest message in bytes, where there is a limit.
    pub largest: usize,
    /// The messages after which a worker is replaced.
    pub max_requests: Option<u64>,
    /// The queue, and whether it is the pool's own, to be removed with it.
    pub queue: Option<(Queue, bool)>,
    /// How long a client may take to send its request, or to fetch the answer.
    pub patience: Duration,
}

/// How a worker gets to know that it is asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopDelivery {
    /// The signals do what they did before the pool: end it, unless the script handles them.
    Nothing,
    /// It looks for them between two messages.
    BetweenMessages,
    /// Its loop handles them, once there is one. What comes before waits for that.
    InItsLoop,
}

/// A worker that is to be forked.
#[derive(Clone, Copy, Debug)]
pub struct NewWorker {
    /// Which.
    pub number: usize,
    /// How it gets to know that it is asked to stop.
    pub stop_delivery: StopDelivery,
    /// A random number of its own.
    pub random: u64,
    /// The time, in microseconds since 1970.
    pub at: u64,
}

/// What became of the fork for a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForkResult {
    /// In the master.
    Master {
        /// The worker's process.
        child: Pid,
    },
    /// In the worker.
    Worker,
    /// In a worker that cannot be one: it has to end.
    Unable(SyscallError),
}
