//! One worker: its states, and what each event makes of each.

use crate::os::process::Pid;
use crate::rt::supervisor::event::{Action, Crash, Ending, Status, View};
use crate::rt::supervisor::limits::{Random, limit, time_limit};
use crate::rt::supervisor::restart::{Budget, Churn, IDLE, Row, TELLING};
use crate::rt::supervisor::spec::Spec;
use std::time::{Duration, Instant};

const SIGKILL: i32 = 9;
const SIGTERM: i32 = 15;

/// What all workers share.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) spec: Spec,
    pub(super) random: Random,
    pub(super) budget: Budget,
    pub(super) churn: Churn,
    /// The worker that was told of because it returns at once, until it recovers.
    pub(super) idle: Option<usize>,
    pub(super) stop: Option<Stop>,
}

/// That a pool stops, or has stopped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    pub(super) since: Instant,
    /// Whether a worker without a process, for which messages wait, gets a last one.
    pub(super) is_complete: bool,
}

/// A process that runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    pub(super) pid: Pid,
    since: Instant,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    /// The pool has not begun.
    New,
    /// The next process is started at this time.
    Waiting { until: Instant },
    /// A process was asked for, and the answer is not here.
    Starting,
    /// A process runs, until it is that old or that large.
    Running { life: Life, retires: Option<Instant>, max_memory: Option<u64> },
    /// A process was asked to stop. It is killed at this time, or never.
    Stopping { life: Life, kill_at: Option<Instant>, why: Why },
    /// A process was killed.
    Killed { life: Life, why: Why },
    /// The pool stops, and there is no process. It was asked whether messages wait, and the answer is not here.
    Looking,
    /// The pool stops, and there is no process.
    Gone,
}

/// Why a process was asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The caller wished it.
    Wished,
    /// It had reached a limit.
    Limit,
}

/// What may happen to a worker.
#[derive(Clone, Copy, Debug)]
pub(super) enum Input {
    Begin,
    Started(Pid),
    NotStarted,
    Ended {
        ending: Ending,
        has_worked: bool,
    },
    Detached {
        has_worked: bool,
    },
    Memory(u64),
    /// It is its turn to be replaced.
    Turn,
    Stop,
    /// Whether messages wait for it.
    BacklogChecked(bool),
    /// The pool is about to finish.
    Last,
    Time,
}

#[derive(Debug)]
pub(super) struct Worker {
    id: usize,
    pub(super) state: State,
    /// How many processes it has had.
    starts: u64,
    /// Quick failures in a row, and quick ends without work.
    failures: Row,
    /// Quick ends without work in a row.
    idle: u32,
    /// Processes in a row that could not be started.
    refusals: Row,
    /// It is to be replaced: its process was asked for before the last reload.
    pub(super) is_stale: bool,
    /// While the pool stops: it has had its last process, or is to have none.
    has_had_last: bool,
    /// While the pool stops: no messages wait for it. No longer known when somebody else's process, which may have
    /// sent some, has ended.
    pub(super) is_empty: bool,
}

impl Worker {
    pub(super) fn new(id: usize) -> Worker {
        let (failures, refusals) = Default::default();
        let (is_stale, has_had_last, is_empty) = (false, false, false);
        Worker {
            id,
            state: State::New,
            starts: 0,
            failures,
            idle: 0,
            refusals,
            is_stale,
            has_had_last,
            is_empty,
        }
    }

    /// Its process, if there is one.
    pub(super) fn life(&self) -> Option<Life> {
        match self.state {
            State::Running { life, .. } | State::Stopping { life, .. } | State::Killed { life, .. } => {
                Some(life)
            }
            State::New | State::Waiting { .. } | State::Starting | State::Looking | State::Gone => None,
        }
    }

    /// When time alone changes it.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Waiting { until } => Some(until),
            State::Running { retires, .. } => retires,
            State::Stopping { kill_at, .. } => kill_at,
            State::New | State::Starting | State::Killed { .. } | State::Looking | State::Gone => None,
        }
    }

    pub(super) fn view(&self) -> View {
        let status = match self.state {
            State::New | State::Waiting { .. } | State::Starting | State::Looking => Status::Waiting,
            State::Running { .. } => Status::Running,
            State::Stopping { .. } | State::Killed { .. } => Status::Stopping,
            State::Gone => Status::Gone,
        };
        let life = self.life();
        View {
            worker: self.id,
            status,
            pid: life.map(|life| life.pid),
            started: life.map(|life| life.since),
            restarts: self.restarts(),
        }
    }

    pub(super) fn starts(&self) -> u64 {
        self.starts
    }

    fn restarts(&self) -> u64 {
        self.starts.saturating_sub(1)
    }
}

/// One step of one worker.
pub(super) struct Step<'a> {
    pub(super) pool: &'a mut Pool,
    pub(super) worker: &'a mut Worker,
    pub(super) now: Instant,
    pub(super) actions: &'a mut Vec<Action>,
}

impl Step<'_> {
    /// Each state by each input. What changes nothing is listed too, so that a new state or input has to be thought
    /// through for all.
    pub(super) fn take(&mut self, input: Input) {
        use {Input as I, State as S};
        let state = self.worker.state;
        self.worker.state = match (state, input) {
            (S::New, I::Begin) | (S::Waiting { .. }, I::Turn) => self.start(),
            (S::Waiting { until }, I::Time) if until <= self.now => self.start(),
            (S::New, I::Stop) => self.never_begin(),
            (S::Waiting { .. }, I::Stop) => self.part(),

            (S::Starting, I::Started(pid)) => self.run(pid),
            (S::Starting, I::NotStarted) => self.refused(),

            (S::Running { life, .. }, I::Ended { ending, has_worked }) => self.ended(life, ending, has_worked),
            (S::Running { life, .. }, I::Turn | I::Stop) => self.ask(life, Why::Wished),
            (S::Running { life, max_memory: Some(most), .. }, I::Memory(bytes)) if bytes > most => {
                self.ask(life, Why::Limit)
            }
            (S::Running { life, retires: Some(at), .. }, I::Time) if at <= self.now => self.ask(life, Why::Limit),

            (S::Stopping { life, kill_at: Some(at), why }, I::Time) if at <= self.now => self.kill(life, why),
            (S::Stopping { life, kill_at, why }, I::Stop) => self.ask_again(life, kill_at, why),
            (S::Stopping { life, why, .. } | S::Killed { life, why }, I::Ended { ending, has_worked }) => {
                self.ended_as_asked(life, ending, why, has_worked)
            }
            (
                S::Running { life, .. } | S::Stopping { life, .. } | S::Killed { life, .. },
                I::Detached { has_worked },
            ) => self.ended_well(life, has_worked),

            (S::Looking, I::BacklogChecked(messages_wait)) => self.looked(messages_wait),
            (S::Gone, I::Last) if !self.worker.is_empty => self.part(),

            // Not yet.
            (S::Waiting { .. } | S::Running { .. } | S::Stopping { .. }, I::Time)
            | (S::Running { .. }, I::Memory(_))
            // It is on its way: to a process, or to the end of one. What is under way when the pool stops is asked to
            // stop when it is there.
            | (S::Starting, I::Turn | I::Stop | I::Time)
            | (S::Stopping { .. } | S::Killed { .. }, I::Memory(_) | I::Turn)
            | (S::Killed { .. }, I::Time | I::Stop)
            // Nothing is there that it could happen to.
            | (S::New, I::Turn | I::Time)
            | (S::Looking | S::Gone, I::Begin | I::Turn | I::Stop | I::Time | I::Last)
            | (
                S::New | S::Waiting { .. } | S::Starting | S::Looking | S::Gone,
                I::Ended { .. } | I::Detached { .. } | I::Memory(_),
            )
            // The pool has begun already.
            | (
                S::Waiting { .. } | S::Starting | S::Running { .. } | S::Stopping { .. } | S::Killed { .. },
                I::Begin,
            )
            // An answer that nobody waits for.
            | (
                S::New
                | S::Waiting { .. }
                | S::Running { .. }
                | S::Stopping { .. }
                | S::Killed { .. }
                | S::Looking
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
            // The pool does not finish while one is like this.
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

    /// Asks for a process, unless the pool stops.
    fn start(&mut self) -> State {
        if self.pool.stop.is_some() {
            return self.part();
        }
        self.worker.is_stale = false;
        self.actions.push(Action::Start { worker: self.worker.id });
        State::Starting
    }

    /// The pool stops before it has begun.
    fn never_begin(&mut self) -> State {
        self.worker.has_had_last = true;
        State::Gone
    }

    /// The pool stops, and there is no process: whether there has to be a last one depends on what waits.
    fn part(&mut self) -> State {
        if !self.may_have_last() {
            return State::Gone;
        }
        self.actions.push(Action::CheckBacklog { worker: self.worker.id });
        State::Looking
    }

    fn looked(&mut self, messages_wait: bool) -> State {
        self.worker.is_empty = !messages_wait;
        if !messages_wait || !self.may_have_last() {
            return State::Gone;
        }
        self.worker.has_had_last = true;
        self.actions.push(Action::Start { worker: self.worker.id });
        State::Starting
    }

    /// One more process for each worker, in the time in which all the others handle what is there: one that fails
    /// again and again holds up no stop.
    fn may_have_last(&self) -> bool {
        let Some(stop) = self.pool.stop.filter(|stop| stop.is_complete) else { return false };
        let until = self.pool.spec.drain_time().and_then(|time| stop.since.checked_add(time));
        !self.worker.has_had_last && until.is_none_or(|until| self.now < until)
    }

    fn start_after(&self, pause: Duration) -> State {
        // Not to be had are pauses beyond the clock's range only: none, then.
        State::Waiting { until: self.now.checked_add(pause).unwrap_or(self.now) }
    }

    fn refused(&mut self) -> State {
        if self.pool.stop.is_some() {
            return self.part();
        }
        let pause = self.worker.refusals.fail(&self.pool.spec.restart, &mut self.pool.random);
        self.start_after(pause)
    }

    fn run(&mut self, pid: Pid) -> State {
        self.worker.starts = self.worker.starts.saturating_add(1);
        self.worker.refusals = Row::default();
        let life = Life { pid, since: self.now };
        if self.pool.stop.is_some() {
            return self.ask(life, Why::Wished);
        }
        let Pool { spec, random, .. } = &mut *self.pool;
        let lifetime = spec.max_lifetime.map(|most| time_limit(most, random.draw()));
        State::Running {
            life,
            retires: lifetime.and_then(|limit| self.now.checked_add(limit)),
            max_memory: spec.max_memory.map(|most| limit(most, random.draw())),
        }
    }

    fn ask(&mut self, life: Life, why: Why) -> State {
        self.actions.push(Action::Terminate { worker: self.worker.id, pid: life.pid });
        // Who is started after the stop has no more time than the others.
        let since = self.pool.stop.map_or(self.now, |stop| stop.since);
        let kill_at = self.pool.spec.max_wait.and_then(|wait| since.checked_add(wait));
        State::Stopping { life, kill_at, why }
    }

    /// One that was asked before the whole pool stops learns that: what waits for it now has nobody else. It gets no more
    /// time by that.
    fn ask_again(&mut self, life: Life, kill_at: Option<Instant>, why: Why) -> State {
        self.actions.push(Action::Terminate { worker: self.worker.id, pid: life.pid });
        State::Stopping { life, kill_at, why }
    }

    fn kill(&mut self, life: Life, why: Why) -> State {
        self.actions.push(Action::Kill { worker: self.worker.id, pid: life.pid });
        State::Killed { life, why }
    }

    /// It ended by itself. A worker that runs is one of a pool that does not stop.
    fn ended(&mut self, life: Life, ending: Ending, has_worked: bool) -> State {
        if ending == Ending::Code(0) {
            return self.ended_well(life, has_worked);
        }
        self.worker.idle = 0;
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
        self.report(life, ending, false, (!is_spent).then_some(pause));
        match is_spent {
            true => State::Gone,
            false if pause.is_zero() => self.start(),
            false => self.start_after(pause),
        }
    }

    /// It was asked to end. Status 0 and the signals with which it is asked tell nothing new.
    fn ended_as_asked(&mut self, life: Life, ending: Ending, why: Why, has_worked: bool) -> State {
        match ending {
            Ending::Code(0) | Ending::Signal(SIGTERM | SIGKILL) => {}
            Ending::Code(_) | Ending::Signal(_) => {
                let delay = self.pool.stop.is_none().then_some(Duration::ZERO);
                self.report(life, ending, true, delay);
            }
        }
        match why {
            Why::Limit => self.ended_well(life, has_worked),
            Why::Wished => self.replace(),
        }
    }

    /// It ended as it may, or is none of ours any more.
    fn ended_well(&mut self, life: Life, has_worked: bool) -> State {
        if self.pool.stop.is_none() {
            if let Some(pause) = self.pause_for_idle(life, has_worked) {
                return self.start_after(pause);
            }
            self.actions.extend(self.pool.churn.take(self.now).map(|restarts| Action::Churn { restarts }));
            self.pool.churn.note(self.now);
        }
        self.replace()
    }

    /// The pause after a normal end without work, which is that after a failure.
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

    /// Its failures in a row are over.
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
