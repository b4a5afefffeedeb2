//! The master: it sleeps until something happens, tells the supervisor, and does what that says.

use super::board::{State, Waits};
use super::claims::{Claims, Heard, SIGKILL, SIGTERM};
use super::server::Server;
use super::{Ipc, Member, PoolToken, Run};
use crate::os::epoll::Interest;
use crate::os::pipe::{self, Half};
use crate::os::process::{self, Kinship, Patience, Pid};
use crate::os::signal::{self, Previous};
use crate::os::{Errno, Result, fd};
use crate::rt::core::clock::now;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::pipe::Side;
use crate::rt::runtime::Runtime;
use crate::rt::supervisor::{Action, Ending, Event, Spec, Status, Supervisor};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How often the memory of workers is looked at, where it has a limit.
const LOOK: Duration = Duration::from_secs(1);

/// The master of a pool.
#[derive(Debug)]
pub struct Master {
    supervisor: Supervisor,
    claims: Claims,
    actions: VecDeque<Action>,
    /// When the memory is looked at next.
    look: Option<Instant>,
    /// Nothing of the script may run any more, in no new process either.
    is_bare: bool,
    /// A worker's process is gone that was not reaped here.
    has_lost: bool,
}

impl Master {
    /// A master; the pool's signals come to it from now on.
    pub(super) fn new(spec: Spec, seed: u64) -> std::result::Result<Master, SyscallError> {
        let look = spec.max_memory.map(|_| now() + LOOK);
        let supervisor = Supervisor::new(spec, seed).map_err(SyscallError::of("malloc()"))?;
        let (claims, actions) = (Claims::new().map_err(SyscallError::of("sigaction()"))?, VecDeque::new());
        Ok(Master { supervisor, claims, actions, look, is_bare: false, has_lost: false })
    }

    /// What the supervisor says to an event.
    fn ask(&mut self, event: Event) -> Vec<Action> {
        let mut actions = Vec::new();
        self.supervisor.handle(event, now(), &mut actions);
        actions
    }

    /// Does what is to be done next. Signals are sent at once.
    fn begin(&mut self, mut actions: Vec<Action>) {
        actions.retain(|action| match *action {
            // Only a failure is of interest to the caller.
            Action::Terminate { pid, .. } => self.signal(pid, SIGTERM).is_err(),
            Action::Kill { pid, .. } => {
                // The report says that it was necessary. When it fails, the end of the process is still waited for.
                let _ = self.signal(pid, SIGKILL);
                true
            }
            _ => true,
        });
        self.actions.extend(actions);
    }

    /// Sends a signal to a worker's process.
    fn signal(&mut self, pid: Pid, signal: i32) -> Result<()> {
        // A callback of the script may have reaped it: then the number may be anybody's.
        if process::kinship(pid) == Ok(Kinship::Stranger) {
            self.has_lost = true;
            return Ok(());
        }
        process::kill(pid, signal)
    }

    /// In a child: its signals are not ours.
    pub(super) fn let_go(&mut self) {
        self.claims.release();
        signal::forget_pending();
    }

    /// Its signals, with what they did before.
    pub(super) fn claimed(&self) -> &[(i32, Previous)] {
        self.claims.previous()
    }

    /// Whether the pool is about to end.
    pub fn is_stopping(&self) -> bool {
        self.supervisor.is_stopping()
    }

    /// How many processes a worker has had.
    pub(super) fn starts(&self, worker: usize) -> u64 {
        self.supervisor.starts(worker)
    }

    /// The script has ended by a fatal error: when the pool stops no process is started for what waits.
    pub fn start_no_last(&mut self) {
        self.is_bare = true;
    }

    /// Whether there are processes of workers.
    pub(super) fn has_workers(&self) -> bool {
        self.supervisor.workers().any(|view| view.pid.is_some())
    }

    fn deadline(&self) -> Option<Instant> {
        self.supervisor.deadline().into_iter().chain(self.look).min()
    }
}

impl Runtime {
    /// The next thing to do for a pool. `Terminate` comes when the signal could not be sent, `Kill` after it was.
    pub fn next_action(&mut self, token: PoolToken) -> Option<Action> {
        loop {
            match self.pools.master(token)?.actions.pop_front()? {
                Action::Look { worker } => {
                    let messages_wait = self.do_messages_wait(token, worker);
                    self.tell_master(token, Event::Looked { worker, messages_wait });
                }
                action => return Some(action),
            }
        }
    }

    /// Whether messages wait for a worker without a process that no other worker will handle.
    fn do_messages_wait(&mut self, token: PoolToken, worker: usize) -> bool {
        // Without the other end a socket is at its end, and no message is there.
        let channel = self.pools.channel(token, worker).and_then(|channel| self.pipe(channel));
        let channel = channel.filter(|pipe| pipe.descriptor(Side::Master).is_some());
        let channel =
            channel.and_then(|pipe| pipe.descriptor(Side::Worker)).map(|socket| fd::number(&socket));
        let Some(pool) = self.pools.get(token) else { return false };
        let Some(Run { plan, member: Member::Master(master), .. }) = &pool.run else { return false };
        if !plan.handles || master.is_bare {
            return false;
        }
        let processes = master.supervisor.processes();
        let socket = match plan.ipc {
            Ipc::None => None,
            Ipc::Pairs => channel,
            Ipc::Queue => {
                // As many as there are messages. What is in a queue that others know stays there.
                let own = plan.queue.and_then(|(queue, own)| own.then_some(queue));
                let messages = own.and_then(|queue| queue.status().ok()).map_or(0, |status| status.messages);
                return usize::try_from(messages).unwrap_or(usize::MAX) > processes;
            }
            Ipc::Server => pool.server.as_ref().filter(|_| processes == 0).map(Server::number),
        };
        // One that is started in vain ends at once: better than a message that is lost.
        socket
            .is_some_and(|socket| !fd::readiness(socket, Interest::READ).is_ok_and(|ready| ready.is_empty()))
    }

    /// Tells a pool's master of an event.
    pub fn tell_master(&mut self, token: PoolToken, event: Event) {
        let Some(master) = self.pools.master(token) else { return };
        let actions = master.ask(event);
        let asked = master.supervisor.stops_since().unwrap_or_else(now);
        // Workers look at it when they are asked to stop.
        if (event == Event::Stop || actions.contains(&Action::GiveUp))
            && let Some(board) = self.pools.board(token)
        {
            board.end();
        }
        if let Some(run) = self.pools.run(token) {
            let since = u64::try_from(asked.saturating_duration_since(run.began).as_micros());
            for action in &actions {
                if let (Action::Terminate { worker, .. }, Ok(since)) = (*action, since) {
                    run.board.note_asked(worker, since);
                }
            }
        }
        if let Some(master) = self.pools.master(token) {
            master.begin(actions);
        }
        self.show_states(token);
    }

    /// Shows on the board how far each worker is.
    fn show_states(&mut self, token: PoolToken) {
        let Some(run) = self.pools.run(token) else { return };
        let Member::Master(master) = &run.member else { return };
        for view in master.supervisor.workers() {
            let state = match view.status {
                Status::Waiting | Status::Gone => State::Waiting,
                Status::Running => State::Running,
                Status::Stopping => State::Stopping,
            };
            run.board.note_state(view.worker, state, view.restarts);
        }
    }

    /// Workers whose processes somebody else has reaped, such as a callback that waits for any child, have ended. How is
    /// not known.
    fn note_lost(&mut self, token: PoolToken) {
        let Some(master) = self.pools.master(token) else { return };
        master.has_lost = false;
        let pids: Vec<Pid> = master.supervisor.workers().filter_map(|view| view.pid).collect();
        for pid in pids {
            if process::kinship(pid) == Ok(Kinship::Stranger) {
                let (ending, has_worked) = (Ending::Code(0), self.note_gone(token, pid));
                self.tell_master(token, Event::Ended { pid, ending, has_worked });
            }
        }
    }

    /// The process of a worker is gone, and waits for nothing. Whether it had received a message.
    fn note_gone(&mut self, token: PoolToken, pid: Pid) -> bool {
        let worker = self.pools.master(token).and_then(|master| master.supervisor.worker_of(pid));
        worker.zip(self.pools.board(token)).is_some_and(|(worker, board)| {
            board.note_waits(worker, Waits::ForNothing);
            board.has_worked(worker)
        })
    }

    /// Sleeps until a signal has come for a pool's master, a handler of the script or the loop wants its turn, or time is
    /// due.
    pub fn wait_as_master(&mut self, token: PoolToken) -> std::result::Result<Heard, SyscallError> {
        let interrupted = self.core.interrupted();
        let wants = self.core.events.wants(now);
        let Some(master) = self.pools.master(token) else { return Ok(Heard::default()) };
        let first = master.deadline().into_iter().chain(wants.at).min();
        let limit = first.map(|first| first.saturating_duration_since(now()));
        // From here on signals are held back: one that comes now ends the wait.
        let heard = master.claims.numbers().into_iter().chain(wants.signals.numbers());
        let held = signal::hold_for_wait(heard).map_err(SyscallError::of("sigprocmask()"))?;
        let result =
            if master.claims.is_any_pending() || wants.signals.has_come() || interrupted() || master.has_lost
            {
                Ok(())
            } else {
                match self.core.events.descriptor() {
                    Some(events) => pipe::wait(events, Half::Read, None, limit, held.mask()).map(drop),
                    None => signal::pause(limit, held.mask()),
                }
            };
        held.release();
        match result {
            Ok(()) | Err(Errno::EINTR) => Ok(master.claims.take()),
            Err(errno) => Err(SyscallError { call: "ppoll()", errno }),
        }
    }

    /// What has come for a pool's master since the last look.
    pub fn heard_by_master(&mut self, token: PoolToken) -> Heard {
        self.pools.master(token).map_or_else(Heard::default, |master| master.claims.take())
    }

    /// Looks at what has happened to a pool's workers, and what the time is.
    pub fn look_after_workers(&mut self, token: PoolToken) -> std::result::Result<(), SyscallError> {
        let detached = self.pools.board(token).map(super::board::Board::take_detached).unwrap_or_default();
        for pid in detached {
            let has_worked = self.note_gone(token, pid);
            self.tell_master(token, Event::Detached { pid, has_worked });
        }
        loop {
            match self.reap(Patience::Poll) {
                Ok(Some(reaped)) => {
                    let pid = reaped.pid;
                    let (ending, has_worked) = (reaped.end.into(), self.note_gone(token, pid));
                    self.tell_master(token, Event::Ended { pid, ending, has_worked });
                }
                Ok(None) | Err(Errno::ECHILD) => break,
                Err(Errno::EINTR) => {}
                Err(errno) => return Err(SyscallError { call: "waitpid()", errno }),
            }
        }
        self.note_lost(token);
        let Some(master) = self.pools.master(token) else { return Ok(()) };
        if master.look.is_some_and(|look| look <= now()) {
            master.look = Some(now() + LOOK);
            let pids: Vec<_> = master.supervisor.workers().filter_map(|view| view.pid).collect();
            for pid in pids {
                // One that cannot be measured now is measured the next time.
                if let Ok(bytes) = process::resident(pid) {
                    self.tell_master(token, Event::Memory { pid, bytes });
                }
            }
        }
        let due = self.pools.master(token).and_then(|master| master.supervisor.deadline());
        if due.is_some_and(|due| due <= now()) {
            self.tell_master(token, Event::Time);
        }
        Ok(())
    }
}

impl Drop for Master {
    fn drop(&mut self) {
        self.claims.release();
    }
}
