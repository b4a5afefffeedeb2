//! One step of one worker: what each input does in each state.

use crate::os::process::Pid;
use crate::os::signal::{SIGKILL, SIGTERM};
use crate::rt::supervisor::event::{Action, Crash, Ending};
use crate::rt::supervisor::limits::{limit, time_limit};
use crate::rt::supervisor::restart::{IDLE, Row, TELLING};
use crate::rt::supervisor::spec::{Restart, Rule};
use crate::rt::supervisor::worker::{Input, Life, Pool, Renewal, State, Stop, StopReason, Worker};
use std::time::{Duration, Instant};

/// A worker that takes an input, and where its actions go.
pub(super) struct Step<'a> {
    pub(super) pool: &'a mut Pool,
    pub(super) worker: &'a mut Worker,
    pub(super) now: Instant,
    pub(super) actions: &'a mut Vec<Action>,
}

impl Step<'_> {
    /// Each state with each input. Pairs without an effect are listed too, so that a new state or input does not
    /// compile until all pairs are handled.
    pub(super) fn take(&mut self, input: Input) {
        use {Input as I, State as S};
        let state = self.worker.state;
        self.worker.state = match (state, input) {
            (S::New, I::Begin) | (S::Waiting { .. }, I::Turn) => self.start(),
            (S::Gone, I::Turn) if self.worker.is_done => self.start(),
            (S::Waiting { until }, I::Time) if until <= self.now => self.start(),
            (S::New, I::Stop) => self.never_begin(),
            (S::Waiting { .. }, I::Stop) => self.part(),

            (S::Starting, I::Started(pid)) => self.run(pid),
            (S::Starting, I::NotStarted) => self.refused(),
            (S::Starting, I::Stop) => {
                self.worker.is_start_canceled = true;
                state
            }

            (S::Running { life, .. }, I::Ended { ending, has_worked }) => self.ended(life, ending, has_worked),
            (S::Running { life, .. }, I::Turn | I::Stop) => self.ask(life, StopReason::Requested),
            (S::Running { life, max_memory: Some(most), .. }, I::Memory(bytes)) if bytes > most => {
                self.ask(life, StopReason::Limit)
            }
            (S::Running { life, retires: Some(at), .. }, I::Time) if at <= self.now => self.ask(life, StopReason::Limit),

            (S::Stopping { life, kill_at: Some(at), why }, I::Time) if at <= self.now => self.kill(life, why),
            (S::Stopping { life, kill_at, why }, I::Stop) => self.ask_again(life, kill_at, why),
            (S::Stopping { life, why, .. } | S::Killed { life, why }, I::Ended { ending, has_worked }) => {
                self.ended_as_asked(life, ending, why, has_worked)
            }
            (
                S::Running { life, .. } | S::Stopping { life, .. } | S::Killed { life, .. },
                I::Detached { has_worked },
            ) => self.ended_well(life, has_worked, true),
            (S::Running { .. }, I::Recycled) => {
                self.worker.is_recycled = true;
                state
            }

            (S::CheckingBacklog, I::BacklogChecked(messages_wait)) => self.backlog_checked(messages_wait),
            (S::Gone, I::Last) if !self.worker.is_empty => self.part(),

            // Not due yet.
            (S::Waiting { .. } | S::Running { .. } | S::Stopping { .. }, I::Time)
            | (S::Running { .. }, I::Memory(_))
            // A change is already in progress.
            | (S::Starting, I::Turn | I::Time)
            | (S::Stopping { .. } | S::Killed { .. }, I::Memory(_) | I::Turn | I::Recycled)
            | (S::Killed { .. }, I::Time | I::Stop)
            // There is no process that the input could concern.
            | (S::New, I::Turn | I::Time)
            | (S::CheckingBacklog | S::Gone, I::Begin | I::Turn | I::Stop | I::Time | I::Last)
            | (
                S::New | S::Waiting { .. } | S::Starting | S::CheckingBacklog | S::Gone,
                I::Ended { .. } | I::Detached { .. } | I::Memory(_) | I::Recycled,
            )
            // The pool has begun already.
            | (
                S::Waiting { .. } | S::Starting | S::Running { .. } | S::Stopping { .. } | S::Killed { .. },
                I::Begin,
            )
            // An answer that was not asked for.
            | (
                S::New
                | S::Waiting { .. }
                | S::Running { .. }
                | S::Stopping { .. }
                | S::Killed { .. }
                | S::CheckingBacklog
                | S::Gone,
                I::Started(_) | I::NotStarted,
            )
            | (
                S::New
                | S::Waiting { .. }
                | S::Starting
                | S::Running { .. }
                | S::Stopping { .. }
                | S::Killed { .. }
                | S::Gone,
                I::BacklogChecked(_),
            )
            // The pool does not finish while a worker is in such a state.
            | (
                S::New
                | S::Waiting { .. }
                | S::Starting
                | S::Running { .. }
                | S::Stopping { .. }
                | S::Killed { .. },
                I::Last,
            ) => state,
        };
    }

    /// The stop of the pool, or of this worker.
    fn stop(&self) -> Option<Stop> {
        self.pool.stop.or(self.worker.stop)
    }

    /// Requests a process, unless the worker stops.
    fn start(&mut self) -> State {
        if self.stop().is_some() {
            return self.part();
        }
        self.worker.renewal = Renewal::None;
        self.worker.is_done = false;
        self.worker.is_start_canceled = false;
        self.actions.push(Action::Start { worker: self.worker.id });
        State::Starting
    }

    /// It has ended for good by its rule, unless a restart is requested.
    fn finish(&mut self) -> State {
        self.recover();
        if self.stop().is_some() {
            return self.part();
        }
        self.worker.is_done = true;
        if self.worker.renewal == Renewal::Reload {
            self.worker.renewal = Renewal::None;
        }
        State::Gone
    }

    /// The pool stops before it has begun.
    fn never_begin(&mut self) -> State {
        self.worker.has_had_last = true;
        State::Gone
    }

    /// The worker stops, and there is no process. Whether a drain worker is needed depends on waiting messages.
    fn part(&mut self) -> State {
        if !self.may_have_last() {
            return State::Gone;
        }
        self.actions.push(Action::CheckBacklog { worker: self.worker.id });
        State::CheckingBacklog
    }

    fn backlog_checked(&mut self, messages_wait: bool) -> State {
        self.worker.is_empty = !messages_wait;
        if self.stop().is_none() {
            return self.start();
        }
        if !messages_wait || !self.may_have_last() {
            return State::Gone;
        }
        self.worker.has_had_last = true;
        self.worker.is_start_canceled = false;
        self.actions.push(Action::Start { worker: self.worker.id });
        State::Starting
    }

    /// Allows one drain worker for each worker, and only during the time in which the other workers handle what waits.
    /// So drain workers that keep failing do not delay the stop.
    fn may_have_last(&self) -> bool {
        let Some(stop) = self.stop().filter(|stop| stop.is_complete) else { return false };
        let until = self.pool.spec.drain_time().and_then(|time| stop.since.checked_add(time));
        !self.worker.has_had_last && until.is_none_or(|until| self.now < until)
    }

    fn start_after(&self, pause: Duration) -> State {
        // Only a delay beyond the clock's range cannot be added: then there is none.
        State::Waiting { until: self.now.checked_add(pause).unwrap_or(self.now) }
    }

    fn refused(&mut self) -> State {
        if self.stop().is_some() {
            return self.part();
        }
        let pause = self.worker.refusals.fail(&self.pool.spec.restart, &mut self.pool.random);
        self.start_after(pause)
    }

    fn run(&mut self, pid: Pid) -> State {
        self.worker.starts = self.worker.starts.saturating_add(1);
        self.worker.refusals = Row::default();
        self.worker.is_recycled = false;
        let life = Life { pid, since: self.now };
        if self.stop().is_some() {
            return self.ask(life, StopReason::Requested);
        }
        let Pool { spec, random, .. } = &mut *self.pool;
        let lifetime = spec.max_lifetime.map(|most| time_limit(most, random.draw()));
        State::Running {
            life,
            retires: lifetime.and_then(|limit| self.now.checked_add(limit)),
            max_memory: spec.max_memory.map(|most| limit(most, random.draw())),
        }
    }

    fn ask(&mut self, life: Life, why: StopReason) -> State {
        self.actions.push(Action::Terminate { worker: self.worker.id, pid: life.pid });
        // A process that is started after the stop began has no more time than the others.
        let since = self.stop().map_or(self.now, |stop| stop.since);
        let kill_at = self.pool.spec.max_wait.and_then(|wait| since.checked_add(wait));
        State::Stopping { life, kill_at, why }
    }

    /// A process that was asked to stop before the whole pool stops is told so, because no later process will handle
    /// what waits for it. It gets no more time by that.
    fn ask_again(&mut self, life: Life, kill_at: Option<Instant>, why: StopReason) -> State {
        self.actions.push(Action::Terminate { worker: self.worker.id, pid: life.pid });
        State::Stopping { life, kill_at, why }
    }

    fn kill(&mut self, life: Life, why: StopReason) -> State {
        self.actions.push(Action::Kill { worker: self.worker.id, pid: life.pid });
        State::Killed { life, why }
    }

    /// It exited by itself. A running worker belongs to a pool that does not stop.
    fn ended(&mut self, life: Life, ending: Ending, has_worked: bool) -> State {
        if ending == Ending::Code(0) {
            return self.ended_well(life, has_worked, true);
        }
        self.worker.idle = 0;
        let Rule { restart, pause: shortest } = self.worker.rule;
        if matches!(restart, Restart::Never | Restart::Once) {
            self.report(life, ending, false, None);
            return self.finish();
        }
        let Pool { spec, random, budget, .. } = &mut *self.pool;
        let is_quick = self.now.saturating_duration_since(life.since) < spec.restart.max_delay;
        budget.fail(&spec.restart, self.now);
        let is_spent = budget.is_spent();
        let pause = if is_quick {
            self.worker.failures.fail(&spec.restart, random)
        } else {
            self.recover();
            Duration::ZERO
        };
        let pause = pause.max(shortest);
        self.report(life, ending, false, (!is_spent).then_some(pause));
        match is_spent {
            true => State::Gone,
            false if pause.is_zero() => self.start(),
            false => self.start_after(pause),
        }
    }

    /// It exited after it was asked to stop. Status 0 and the signals of the request are not reported.
    fn ended_as_asked(&mut self, life: Life, ending: Ending, why: StopReason, has_worked: bool) -> State {
        match ending {
            Ending::Code(0) | Ending::Signal(SIGTERM | SIGKILL) => {}
            Ending::Code(_) | Ending::Signal(_) => {
                let delay = self.stop().is_none().then_some(Duration::ZERO);
                self.report(life, ending, true, delay);
            }
        }
        match why {
            StopReason::Limit => self.ended_well(life, has_worked, false),
            StopReason::Requested => self.replace(),
        }
    }

    /// It exited normally, or has left the pool: by itself, or because of a limit.
    fn ended_well(&mut self, life: Life, has_worked: bool, by_itself: bool) -> State {
        let Rule { restart, pause } = self.worker.rule;
        let by_itself = by_itself && !self.worker.is_recycled;
        if self.stop().is_none() {
            if restart == Restart::Once || (restart != Restart::Always && by_itself) {
                return self.finish();
            }
            if by_itself && !pause.is_zero() {
                self.recover();
                return self.start_after(pause);
            }
            if let Some(pause) = self.pause_for_idle(life, has_worked) {
                return self.start_after(pause);
            }
            self.actions.extend(self.pool.churn.take(self.now).map(|restarts| Action::Churn { restarts }));
            self.pool.churn.note(self.now);
        }
        self.replace()
    }

    /// The delay after a normal exit without work: the same as after a failure.
    fn pause_for_idle(&mut self, life: Life, has_worked: bool) -> Option<Duration> {
        let Pool { spec, random, idle, .. } = &mut *self.pool;
        let is_quick = self.now.saturating_duration_since(life.since) < IDLE.min(spec.restart.max_delay);
        if has_worked || !is_quick {
            return None;
        }
        let pause = self.worker.failures.fail(&spec.restart, random);
        if pause.is_zero() {
            return None;
        }
        self.worker.idle = self.worker.idle.saturating_add(1);
        if idle.is_none() && self.worker.idle >= TELLING {
            *idle = Some(self.worker.id);
            self.actions.push(Action::Idle { worker: self.worker.id });
        }
        Some(pause)
    }

    fn replace(&mut self) -> State {
        self.recover();
        self.start()
    }

    /// Ends its row of failures.
    fn recover(&mut self) {
        self.worker.failures = Row::default();
        self.worker.idle = 0;
        self.pool.idle = self.pool.idle.filter(|&idle| idle != self.worker.id);
    }

    fn report(&mut self, life: Life, ending: Ending, asked: bool, delay: Option<Duration>) {
        self.actions.push(Action::Report(Crash {
            worker: self.worker.id,
            pid: life.pid,
            ending,
            uptime: self.now.saturating_duration_since(life.since),
            restarts: self.worker.restarts(),
            asked,
            delay,
        }));
    }
}
