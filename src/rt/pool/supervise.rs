//! What a master does: it sleeps until something happens, passes that to the supervisor, and carries out the actions.

use super::master::{CHECK_AGAIN, LOOK};
use super::master_signals::MasterRequests;
use super::scoreboard::{Phase, Scoreboard, State, Waits};
use super::state::{Membership, Pool, Pools, Run};
use crate::os::epoll::Interest;
use crate::os::poll::PollList;
use crate::os::process::{self, ChildState, Pid, WaitMode};
use crate::os::{Errno, fd, prepared_wait::prepare_wait};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::process::pipes::Pipes;
use crate::rt::supervisor::{Action, Ending, Event, Status};

impl Pools {
    /// The next action for a pool. `Terminate` comes when its signal could not be sent, `Kill` after its signal was
    /// sent.
    pub fn next_action(&mut self, pipes: &mut Pipes, token: PoolToken) -> Option<Action> {
        loop {
            match self.master(token)?.actions.pop_front()? {
                Action::CheckBacklog { worker } => {
                    let messages_wait = self.do_messages_wait(pipes, token, worker);
                    self.tell_master(token, Event::BacklogChecked { worker, messages_wait });
                }
                Action::Start { worker } if self.master(token)?.supervisor.is_start_canceled(worker) => {
                    self.tell_master(token, Event::NotStarted { worker });
                }
                action => return Some(action),
            }
        }
    }

    /// Whether messages wait for a worker without a process that no other worker will handle.
    fn do_messages_wait(&mut self, pipes: &mut Pipes, token: PoolToken, worker: usize) -> bool {
        let Some(Pool { run: Some(run), server, .. }) = self.get(token) else { return false };
        let Run { plan, transport, in_flight, member: Membership::Master(master), .. } = run else {
            return false;
        };
        if !plan.handles || master.user_code_over {
            return false;
        }
        if in_flight.as_ref().is_some_and(|slots| slots.waiting(worker).is_some()) {
            return true;
        }
        // What waits for a worker that a resize has removed waits for it alone only in a pair.
        if !master.supervisor.is_stopping() && transport.pairs().is_none() {
            return false;
        }
        transport.waiting(pipes, server.as_ref(), worker, master.supervisor.processes())
    }

    /// Passes an event to a pool's supervisor.
    pub fn tell_master(&mut self, token: PoolToken, event: Event) {
        let Some(master) = self.master(token) else { return };
        let actions = master.ask(event);
        let asked = master.supervisor.stops_since().unwrap_or_else(now);
        let (size, is_stopping) = (master.supervisor.size(), master.supervisor.is_stopping());
        if let Some(run) = self.run(token) {
            // Workers read both when they are asked to stop.
            if is_stopping {
                run.board.end();
            }
            if size != run.board.size() {
                run.board.note_size(size, run.transport.pairs().is_some());
            }
            let since = u64::try_from(asked.saturating_duration_since(run.began).as_micros());
            for action in &actions {
                if let (Action::Terminate { worker, .. }, Ok(since)) = (*action, since) {
                    run.board.note_asked(worker, since);
                }
            }
        }
        if let Some(master) = self.master(token) {
            master.begin(actions);
        }
        self.show_states(token);
    }

    /// Publishes the state of each worker on the scoreboard.
    fn show_states(&mut self, token: PoolToken) {
        let Some(run) = self.run(token) else { return };
        let Membership::Master(master) = &run.member else { return };
        for view in master.supervisor.workers() {
            if matches!(view.status, Status::Gone | Status::Ended) {
                // It may have been killed before it could say so.
                run.board.note_phase(view.worker, Phase::Ending);
            }
            let state = match view.status {
                Status::Waiting | Status::Gone => State::Waiting,
                Status::Ended => State::Ended,
                Status::Running => State::Running,
                Status::Stopping => State::Stopping,
            };
            run.board.note_state(view.worker, state, view.restarts);
        }
    }

    /// Finds workers whose processes other code has reaped, such as a callback that waits for any child. Their exit
    /// status is not known. It checks at most once in [`CHECK_AGAIN`], and whenever something happens once it has found
    /// one: a worker that is found late seems to have run longer, and would restart without a pause.
    fn note_lost(&mut self, token: PoolToken) {
        let Some(master) = self.master(token) else { return };
        let now = now();
        let is_due = master.has_lost || master.others_reap || master.next_check.is_none_or(|at| at <= now);
        if !is_due {
            master.must_check = true;
            return;
        }
        (master.has_lost, master.must_check) = (false, false);
        master.next_check = now.checked_add(CHECK_AGAIN);
        let pids = master.supervisor.workers().filter_map(|view| view.pid);
        let lost: Vec<Pid> = pids.filter(|&pid| process::kinship(pid) == Ok(ChildState::NonMember)).collect();
        master.others_reap |= !lost.is_empty();
        for pid in lost {
            let (ending, has_worked) = (Ending::Code(0), self.note_gone(token, pid));
            self.settle_message(token, pid, ending);
            self.tell_master(token, Event::Ended { pid, ending, has_worked });
        }
    }

    /// The process of a worker has ended: what it was handling is kept for the report, and waits for the next process.
    fn settle_message(&mut self, token: PoolToken, pid: Pid, ending: Ending) {
        let Some(worker) = self.master(token).and_then(|master| master.supervisor.worker_of(pid)) else {
            return;
        };
        let slots = self.run(token).and_then(|run| run.in_flight.as_ref());
        let kept = slots.and_then(|slots| slots.settle(worker, ending != Ending::Code(0)));
        if let Some(master) = self.master(token) {
            // One that was not reported, because its worker had been asked to stop, is not for a later report.
            master.crashed_messages.remove(&worker);
            master.crashed_messages.extend(kept.map(|kept| (worker, kept)));
        }
    }

    /// The process of a worker is gone, so it waits for nothing. Returns whether it had received a message.
    fn note_gone(&mut self, token: PoolToken, pid: Pid) -> bool {
        let worker = self.master(token).and_then(|master| master.supervisor.worker_of(pid));
        if worker.zip(self.board(token)).is_some_and(|(worker, board)| board.is_recycled(worker)) {
            self.tell_master(token, Event::Recycled { pid });
        }
        worker.zip(self.board(token)).is_some_and(|(worker, board)| {
            board.note_waits(worker, Waits::ForNothing);
            board.has_worked(worker)
        })
    }

    /// Sleeps until a signal has come for a pool's master, a handler of the script or the loop needs a turn, or a time
    /// limit expires.
    pub fn wait_as_master(
        &mut self,
        core: &mut Core,
        token: PoolToken,
    ) -> std::result::Result<MasterRequests, SyscallError> {
        let interrupted = core.interrupted();
        let wants = core.events.wants(now);
        let Some(master) = self.master(token) else { return Ok(MasterRequests::default()) };
        let first = master.deadline().into_iter().chain(wants.at).min();
        let limit = first.map(|first| first.saturating_duration_since(now()));
        let events = core.events.descriptor().map(|events| fd::number(&events));
        let mut polled = PollList::default();
        for descriptor in events.into_iter().chain(master.templates.descriptors()) {
            polled.add(descriptor, Interest::READ);
        }
        // From here on a signal ends the wait.
        let watched = master.signals.numbers().into_iter().chain(wants.signals.numbers());
        let prepared = prepare_wait(watched).map_err(SyscallError::of("sigprocmask()"))?;
        let result = if master.signals.is_any_pending()
            || wants.signals.has_come()
            || interrupted()
            || master.has_lost
        {
            Ok(())
        } else {
            polled.wait(limit, &prepared).map(drop)
        };
        prepared.release();
        match result {
            Ok(()) | Err(Errno::EINTR) => Ok(master.signals.take()),
            Err(errno) => Err(SyscallError { call: "ppoll()", errno }),
        }
    }

    /// Returns the requests for a pool's master since the last check.
    pub fn requests_of_master(&mut self, token: PoolToken) -> MasterRequests {
        self.master(token).map_or_else(MasterRequests::default, |master| master.signals.take())
    }

    /// Passes on what members have asked for.
    fn hear_wishes(&mut self, token: PoolToken) {
        let Some(board) = self.board(token) else { return };
        let (size, replaced) = (board.take_wanted_size(), board.take_wanted_replaced());
        let resize = size.map(|workers| Event::Resize { workers });
        let replace = replaced.into_iter().map(|worker| Event::Replace { worker });
        for wish in resize.into_iter().chain(replace) {
            self.tell_master(token, wish);
        }
    }

    /// Reaps a pool's workers, measures them, and passes on the time.
    pub fn look_after_workers(
        &mut self,
        pipes: &mut Pipes,
        token: PoolToken,
    ) -> std::result::Result<(), SyscallError> {
        self.hear_wishes(token);
        // A worker tells of itself before it can end.
        self.look_at_templates(token);
        let detached = self.board(token).map(Scoreboard::take_detached).unwrap_or_default();
        for pid in detached {
            let has_worked = self.note_gone(token, pid);
            self.tell_master(token, Event::Detached { pid, has_worked });
        }
        loop {
            match pipes.reap(WaitMode::Poll) {
                Ok(Some(reaped)) => {
                    let pid = reaped.pid;
                    if self.note_end_of_template(token, pid, Ending::from(reaped.end)) {
                        continue;
                    }
                    let (ending, has_worked) = (Ending::from(reaped.end), self.note_gone(token, pid));
                    self.settle_message(token, pid, ending);
                    self.tell_master(token, Event::Ended { pid, ending, has_worked });
                }
                Ok(None) | Err(Errno::ECHILD) => break,
                Err(Errno::EINTR) => {}
                Err(errno) => return Err(SyscallError { call: "waitpid()", errno }),
            }
        }
        self.note_lost(token);
        let Some(master) = self.master(token) else { return Ok(()) };
        if master.look.is_some_and(|look| look <= now()) {
            master.look = Some(now() + LOOK);
            let pids: Vec<_> = master.supervisor.workers().filter_map(|view| view.pid).collect();
            for pid in pids {
                // A process that cannot be measured now is measured the next time.
                if let Ok(bytes) = process::resident(pid) {
                    self.tell_master(token, Event::Memory { pid, bytes });
                }
            }
        }
        let due = self.master(token).and_then(|master| master.supervisor.deadline());
        if due.is_some_and(|due| due <= now()) {
            self.tell_master(token, Event::Time);
        }
        Ok(())
    }
}
