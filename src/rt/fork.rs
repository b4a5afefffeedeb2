//! Forks: the matrix of what each part of the runtime does in each kind of child.
//!
//! Every part has one function for this ([`Part::in_child`]), and one list names all parts.

use crate::os::process::{self, Fork};
use crate::os::{fd, subreaper};
use crate::rt::core::child::{Child, Forked, Part, Role};
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::pool::{ForkResult, NewWorker, Pools, Request, StopDelivery};
use crate::rt::runtime::Runtime;

impl Runtime {
    /// The parts that hold state of a process. The order counts: what was taken over last is given back first.
    fn parts(&mut self) -> [&mut dyn Part; 9] {
        [
            &mut self.core,
            &mut self.transfers,
            &mut self.fd_passing,
            &mut self.dns,
            &mut self.sockets,
            &mut self.streams,
            &mut self.selections,
            &mut self.pools,
            &mut self.pipes,
        ]
    }

    /// Forks. The child is of kind `child`, and keeps only what that kind may use.
    pub fn fork(&mut self, child: Child) -> Result<Forked, SyscallError> {
        self.fork_and(child, process::fork, |_| Vec::new())
    }

    /// Forks a worker. Before any signal can reach it, the parent-death guard is armed and the pool's settings are
    /// applied. The master's signals do what they did before the pool's start, except those that ask the worker to
    /// stop.
    pub fn fork_worker(&mut self, pool: PoolToken, new: NewWorker) -> Result<ForkResult, SyscallError> {
        let restarts = self.pools.note_fork(pool, new.number);
        let channel = self.pools.channel(pool, new.number);
        let mut begun = Ok(());
        let forked = self.fork_and(Child::Worker { pool, channel }, process::fork, |runtime| {
            begun = runtime.pools.become_worker(&mut runtime.pipes, pool, new, restarts);
            runtime.pools.worker(pool).map_or_else(Vec::new, |worker| worker.signals())
        })?;
        match forked {
            Forked::Parent { child } => {
                self.pools.note_forked(pool, new, child, restarts);
                Ok(ForkResult::Master { child })
            }
            Forked::Child => Ok(begun.map_or_else(ForkResult::Unable, |()| ForkResult::Worker)),
        }
    }

    /// Forks a template of a pool.
    pub fn fork_template(&mut self, pool: PoolToken) -> Result<Forked, SyscallError> {
        let (own, others) = self.pools.prepare_template(pool)?;
        let forked = self.fork_and(Child::Template { pool }, process::fork, |runtime| {
            if runtime.pools.become_template(pool, others).is_err() {
                // The master has exited.
                process::exit_now(1);
            }
            Vec::new()
        })?;
        if let Forked::Parent { child } = forked {
            self.pools.note_template(pool, child, own);
        }
        Ok(forked)
    }

    /// In a template: forks the worker that the master has requested, as a child of the master. Returns the worker's
    /// number, too.
    pub fn fork_from_template(
        &mut self,
        pool: PoolToken,
        stop_delivery: StopDelivery,
    ) -> Result<(usize, ForkResult), SyscallError> {
        let (request, channel) = self.pools.take_start(pool)?;
        let Request { number, random, at, restarts } = request;
        let new = NewWorker { number, stop_delivery, random, at };
        let mut begun = Ok(());
        let child = Child::Worker { pool, channel: None };
        let forked = self.fork_and(child, subreaper::fork_grandchild, |runtime| {
            begun = runtime.pools.become_worker(&mut runtime.pipes, pool, new, restarts);
            // One that cannot begin does so too: its exit is that of a worker.
            Pools::introduce_worker(&channel);
            runtime.pools.worker(pool).map_or_else(Vec::new, |worker| worker.signals())
        })?;
        let forked = match forked {
            Forked::Parent { child } => ForkResult::Master { child },
            Forked::Child => begun.map_or_else(ForkResult::Unable, |()| ForkResult::Worker),
        };
        Ok((number, forked))
    }

    /// Forks every process that continues the script; helper processes are forked in `rt::helper_process`. `begin` runs
    /// in the child before any signal is delivered, and after the child has released what belongs to its parent. The
    /// signals that it returns are delivered to the child even if its parent has blocked them.
    #[cold]
    fn fork_and(
        &mut self,
        child: Child,
        fork: fn() -> crate::os::Result<Fork>,
        begin: impl FnOnce(&mut Runtime) -> Vec<i32>,
    ) -> Result<Forked, SyscallError> {
        let pipe = if let Child::Process { pipe, .. } = child { pipe } else { None };
        if let Some(token) = pipe
            && self.pipes.renew(token)?
        {
            self.sockets.renew_export(&mut self.core, &mut self.pipes, token)?;
        }
        match fork().map_err(SyscallError::of("fork()"))? {
            Fork::Parent { child: pid } => {
                if let Some(token) = pipe
                    && let Some(own) = self.pipes.get(token)
                {
                    own.started(pid);
                    self.sockets.note_start(&mut self.core, &mut self.pipes, token);
                }
                Ok(Forked::Parent { child: pid })
            }
            Fork::Child { mask } => {
                if !child.is_program() {
                    // Without /dev/null they stay closed, as the script left them.
                    let _ = fd::fill_standard();
                }
                self.in_child(child);
                let heard = begin(self);
                let mask = if child.is_program() { mask } else { mask.for_child() };
                mask.without(heard).restore();
                Ok(Forked::Child)
            }
        }
    }

    #[cold]
    fn in_child(&mut self, child: Child) {
        self.role = Role::of(child);
        if let Some(pool) = child.pool() {
            self.pools.release_master_signals(pool);
        }
        for part in self.parts() {
            part.in_child(child);
        }
    }

    /// If this process was made by a foreign fork since the last call, applies the same matrix as for our own forks.
    #[inline(always)]
    pub fn notice_foreign_fork(&mut self) {
        if process::take_foreign_fork() {
            self.become_foreign();
        }
    }

    #[cold]
    #[inline(never)]
    fn become_foreign(&mut self) {
        self.in_child(Child::Foreign);
    }
}
