//! The state machine: hands events to the workers that they concern, orders a reload, and detects the end of the pool.

use crate::os::process::Pid;
use crate::os::{Errno, Result};
use crate::rt::supervisor::event::{Action, Event, View};
use crate::rt::supervisor::limits::Random;
use crate::rt::supervisor::restart::{Budget, Churn};
use crate::rt::supervisor::spec::Spec;
use crate::rt::supervisor::step::Step;
use crate::rt::supervisor::worker::{Input, Pool, Renewal, State, Stop, Worker};
use std::time::Instant;

/// A pool of supervised workers. Each worker has a number, from 0, and at most one process at a time.
#[derive(Debug)]
pub struct Supervisor {
    pool: Pool,
    /// The first `size` of them belong to the pool. The others were removed by a resize.
    workers: Vec<Worker>,
    size: usize,
    has_begun: bool,
    /// The worker that a reload is replacing. No other worker is asked to stop until its new process exists.
    turn: Option<usize>,
    /// Where the search for the next worker of a reload begins. It goes round, so that reloads in quick succession
    /// reach all workers.
    next_turn: usize,
    has_given_up: bool,
    has_finished: bool,
}

impl Supervisor {
    /// A pool that has not begun. `seed` may be any number; it decides the jitter of delays and limits. `ENOMEM` when
    /// there is no memory for this many workers.
    pub fn new(spec: Spec, seed: u64) -> Result<Supervisor> {
        let mut workers = Vec::new();
        workers.try_reserve_exact(spec.workers.max(spec.max_workers)).map_err(|_| Errno::ENOMEM)?;
        let size = spec.workers;
        workers.extend((0..size).map(|id| Worker::new(id, spec.rule_of(id))));
        let (budget, churn) = (Budget::default(), Churn::default());
        let pool = Pool { spec, random: Random::new(seed), budget, churn, idle: None, stop: None };
        let (has_begun, has_given_up, has_finished) = (false, false, false);
        let (turn, next_turn) = (None, 0);
        Ok(Supervisor { pool, workers, size, has_begun, turn, next_turn, has_given_up, has_finished })
    }

    /// Handles an event that happened at `now`, and adds the resulting actions to `actions`.
    pub fn handle(&mut self, event: Event, now: Instant, actions: &mut Vec<Action>) {
        match event {
            Event::Begin => {
                self.has_begun = true;
                self.tell_all(Input::Begin, now, actions);
            }
            Event::Started { worker, pid } => self.tell(worker, Input::Started(pid), now, actions),
            Event::NotStarted { worker } => self.tell(worker, Input::NotStarted, now, actions),
            Event::Ended { pid, ending, has_worked } => {
                self.leave(pid, Input::Ended { ending, has_worked }, now, actions);
            }
            Event::Detached { pid, has_worked } => {
                self.leave(pid, Input::Detached { has_worked }, now, actions);
            }
            Event::Memory { pid, bytes } => self.tell_who_has(pid, Input::Memory(bytes), now, actions),
            Event::Recycled { pid } => self.tell_who_has(pid, Input::Recycled, now, actions),
            Event::Reload => self.reload(),
            Event::Replace { worker } => self.request_renewal(worker),
            Event::Resize { workers } => self.resize(workers, now, actions),
            Event::Stop => self.stop(now, actions),
            Event::BacklogChecked { worker, messages_wait } => {
                self.tell(worker, Input::BacklogChecked(messages_wait), now, actions);
            }
            Event::Time => {
                self.tell_all(Input::Time, now, actions);
                if self.pool.stop.is_none() {
                    actions.extend(self.pool.churn.take(now).map(|restarts| Action::Churn { restarts }));
                }
            }
        }
        self.go_on(now, actions);
    }

    /// When [`Event::Time`] is due; `None` when no time limit is pending.
    pub fn deadline(&self) -> Option<Instant> {
        let churn = self.pool.churn.deadline().filter(|_| self.pool.stop.is_none());
        self.workers.iter().filter_map(Worker::deadline).chain(churn).min()
    }

    /// The worker whose process this is.
    pub fn worker_of(&self, pid: Pid) -> Option<usize> {
        self.workers.iter().position(|worker| worker.life().is_some_and(|life| life.pid == pid))
    }

    /// The number of processes that a worker has had.
    pub fn starts(&self, worker: usize) -> u64 {
        self.workers.get(worker).map_or(0, Worker::starts)
    }

    /// Whether a worker for which [`Action::Start`] was returned has been asked to stop since. The caller may then answer
    /// [`Event::NotStarted`] without a start.
    pub fn is_start_canceled(&self, worker: usize) -> bool {
        self.workers.get(worker).is_some_and(|worker| worker.is_start_canceled)
    }

    /// The state of each worker, in the order of their numbers.
    pub fn workers(&self) -> impl Iterator<Item = View> {
        self.workers.iter().map(Worker::view)
    }

    /// The number of workers, without those that a resize has removed.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether a reload has workers left to replace.
    pub fn is_reloading(&self) -> bool {
        self.turn.is_some() || self.workers.iter().any(|worker| worker.renewal != Renewal::None)
    }

    /// Whether the pool stops or has stopped.
    pub fn is_stopping(&self) -> bool {
        self.pool.stop.is_some()
    }

    /// When the pool began to stop, if it does.
    pub fn stops_since(&self) -> Option<Instant> {
        self.pool.stop.map(|stop| stop.since)
    }

    /// The number of workers that have a process, or are about to.
    pub fn processes(&self) -> usize {
        let has_one = |worker: &&Worker| matches!(worker.state, State::Starting) || worker.life().is_some();
        self.workers.iter().filter(has_one).count()
    }

    /// Whether the pool stops or has stopped because its workers failed too often.
    pub fn has_given_up(&self) -> bool {
        self.has_given_up
    }

    fn tell(&mut self, worker: usize, input: Input, now: Instant, actions: &mut Vec<Action>) {
        if let Some(worker) = self.workers.get_mut(worker) {
            Step { pool: &mut self.pool, worker, now, actions }.take(input);
        }
    }

    fn tell_who_has(&mut self, pid: Pid, input: Input, now: Instant, actions: &mut Vec<Action>) {
        if let Some(worker) = self.worker_of(pid) {
            self.tell(worker, input, now, actions);
        }
    }

    /// A process has exited or left the pool. Messages that it sent wait for others, so the backlogs of finished workers are
    /// checked again.
    fn leave(&mut self, pid: Pid, input: Input, now: Instant, actions: &mut Vec<Action>) {
        if self.worker_of(pid).is_some() {
            self.workers.iter_mut().for_each(|worker| worker.is_empty = false);
        }
        self.tell_who_has(pid, input, now, actions);
    }

    fn tell_all(&mut self, input: Input, now: Instant, actions: &mut Vec<Action>) {
        for worker in &mut self.workers {
            Step { pool: &mut self.pool, worker, now, actions }.take(input);
        }
    }

    /// Marks every worker whose process was requested before now. That includes a worker whose process is about to
    /// exist, as it may have been forked already. A worker without a process is skipped: its next process is new
    /// anyway.
    fn reload(&mut self) {
        if !self.is_reloading() {
            self.next_turn = 0;
        }
        for worker in &mut self.workers {
            if worker.may_be_replaced() && !worker.is_for_once() && self.pool.stop.is_none() {
                worker.renewal = worker.renewal.max(Renewal::Reload);
            }
        }
    }

    /// Marks one worker, also one that has ended for good.
    fn request_renewal(&mut self, worker: usize) {
        if let Some(worker) = self.workers.get_mut(worker)
            && (worker.may_be_replaced() || worker.has_ended())
            && self.pool.stop.is_none()
        {
            worker.renewal = Renewal::Request;
        }
    }

    /// Removes the workers above `size`, or adds workers up to it.
    fn resize(&mut self, size: usize, now: Instant, actions: &mut Vec<Action>) {
        if self.pool.stop.is_some() {
            return;
        }
        let spec = &self.pool.spec;
        self.size = size.min(spec.workers.max(spec.max_workers));
        let Supervisor { pool, workers, size, .. } = self;
        workers.extend((workers.len()..*size).map(|id| Worker::new(id, pool.spec.rule_of(id))));
        for worker in workers.iter_mut().skip(*size).rev().filter(|worker| !worker.is_removed()) {
            worker.remove(now);
            Step { pool, worker, now, actions }.take(Input::Stop);
        }
        for worker in workers.iter_mut().take(*size) {
            worker.add_again();
            if self.has_begun {
                Step { pool, worker, now, actions }.take(Input::Begin);
            }
        }
        self.turn = self.turn.filter(|&turn| turn < self.size);
    }

    fn stop(&mut self, now: Instant, actions: &mut Vec<Action>) {
        if self.pool.stop.is_some() {
            return;
        }
        self.pool.stop = Some(Stop { since: now, is_complete: !self.has_given_up });
        self.turn = None;
        self.workers.iter_mut().for_each(Worker::join_stop);
        self.tell_all(Input::Stop, now, actions);
    }

    /// What follows from the state of the whole pool.
    fn go_on(&mut self, now: Instant, actions: &mut Vec<Action>) {
        if self.pool.budget.is_spent() && !self.has_given_up {
            self.has_given_up = true;
            actions.push(Action::GiveUp);
            self.stop(now, actions);
        }
        self.give_turn(now, actions);
        // Without workers the pool waits for some.
        let mut members = self.workers.iter().take(self.size);
        if self.pool.stop.is_none() && self.size > 0 && members.all(Worker::has_ended) && self.are_all_gone()
        {
            actions.push(Action::Done);
            self.stop(now, actions);
        }
        if self.pool.stop.is_none() || self.has_finished || !self.are_all_gone() {
            return;
        }
        // Workers that finished early may have got messages from workers that finished late.
        self.tell_all(Input::Last, now, actions);
        if self.are_all_gone() {
            self.has_finished = true;
            actions.push(Action::Finish);
        }
    }

    fn are_all_gone(&self) -> bool {
        self.workers.iter().all(|worker| matches!(worker.state, State::Gone))
    }

    /// In a reload: asks the next worker to stop, when the previous one has its new process. A worker whose process was
    /// being forked when the reload was requested gets another turn.
    fn give_turn(&mut self, now: Instant, actions: &mut Vec<Action>) {
        let has_its_process = |turn: &usize| {
            let state = self.workers.get(*turn).map(|worker| worker.state);
            // One that has ended for good gets none.
            matches!(state, Some(State::Running { .. } | State::Gone))
        };
        self.turn = self.turn.filter(|turn| !has_its_process(turn));
        if self.turn.is_some() {
            return;
        }
        let (before, after) = self.workers.split_at(self.next_turn.min(self.workers.len()));
        let after = (self.next_turn..).zip(after);
        let Some((worker, _)) =
            after.chain((0..).zip(before)).find(|(_, worker)| worker.renewal != Renewal::None)
        else {
            return;
        };
        self.turn = Some(worker);
        self.next_turn = worker + 1;
        self.tell(worker, Input::Turn, now, actions);
    }
}
