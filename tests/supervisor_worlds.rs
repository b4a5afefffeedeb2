//! Supervised pools in worlds of simulated processes, which start late or never, crash, ignore signals and leave: no
//! worker is lost, doubled or left unkilled, a stop ends, and what crashes for ever costs little.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at once where something is not as it must be"
)]

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use swoole_process::os::process::Pid;
use swoole_process::rt::supervisor::{Action, Crash, Ending, Event, Policy, Spec, Status, Supervisor};

fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// What the next process will be like.
#[derive(Clone, Copy, Debug)]
struct FdKind {
    /// Whether there will be one.
    forks: bool,
    /// After how long that is known.
    latency: Duration,
    /// How long it runs by itself, and how it ends then.
    life: Option<(Duration, Ending)>,
    /// How it answers to SIGTERM, if it does.
    obeys: Option<(Duration, Ending)>,
    /// Whether it receives a message.
    works: bool,
}

const GENTLE: FdKind = FdKind {
    forks: true,
    latency: Duration::ZERO,
    life: None,
    obeys: Some((Duration::ZERO, Ending::Signal(15))),
    works: true,
};

#[derive(Clone, Debug)]
struct Process {
    /// `None` when it has left the pool.
    worker: Option<usize>,
    nature: FdKind,
    began: Instant,
    ends: Option<(Instant, Ending)>,
    asked: Option<Instant>,
    /// It was asked once more, because the whole pool stops.
    is_told: bool,
    is_killed: bool,
    /// How many reloads there had been when it was asked for.
    reloads: u32,
}

/// A process that was asked for.
#[derive(Clone, Copy, Debug)]
struct UnderWay {
    known: Instant,
    nature: FdKind,
    reloads: u32,
}

struct World {
    supervisor: Supervisor,
    spec: Spec,
    now: Instant,
    natures: Vec<FdKind>,
    /// How many processes were asked for.
    starts: usize,
    pids: Pid,
    living: BTreeMap<Pid, Process>,
    under_way: BTreeMap<usize, UnderWay>,
    reloads: u32,
    /// The worker that a reload has asked to stop, and that has no new process yet.
    replaced: Option<usize>,
    failures: Vec<Instant>,
    last_churn: Option<Instant>,
    /// How often it was told of workers that return at once.
    idle: usize,
    /// What waits for each worker.
    messages: Vec<u32>,
    is_stopped: bool,
    stopped: Option<Instant>,
    has_given_up: bool,
    /// Workers that have had a process since the stop for what waited.
    last: Vec<usize>,
    /// Workers that got a message when they had no process, and nobody has looked since.
    late: BTreeSet<usize>,
    is_finished: bool,
}

impl World {
    fn new(spec: Spec, natures: Vec<FdKind>, seed: u64) -> World {
        World {
            supervisor: Supervisor::new(spec.clone(), seed).unwrap(),
            messages: vec![0; spec.workers],
            spec,
            now: Instant::now(),
            natures,
            starts: 0,
            pids: 1000,
            living: BTreeMap::new(),
            under_way: BTreeMap::new(),
            reloads: 0,
            replaced: None,
            failures: Vec::new(),
            last_churn: None,
            idle: 0,
            is_stopped: false,
            stopped: None,
            has_given_up: false,
            last: Vec::new(),
            late: BTreeSet::new(),
            is_finished: false,
        }
    }

    /// Hands in an event and does what is to be done; the reports that came.
    fn happen(&mut self, event: Event) -> Vec<Crash> {
        match event {
            Event::Stop => self.stop(),
            Event::Reload => self.reloads += 1,
            _ => {}
        }
        let mut actions = Vec::new();
        self.supervisor.handle(event, self.now, &mut actions);
        let mut reports = Vec::new();
        while !actions.is_empty() {
            let action = actions.remove(0);
            assert!(!self.is_finished, "{action:?} after the finish");
            match action {
                Action::CheckBacklog { worker } => {
                    assert!(self.is_stopped, "a look before the stop");
                    let messages_wait = self.messages[worker] > 0;
                    self.late.remove(&worker);
                    self.supervisor.handle(
                        Event::BacklogChecked { worker, messages_wait },
                        self.now,
                        &mut actions,
                    );
                }
                Action::Start { worker } => self.fork(worker),
                Action::Terminate { worker, pid } => self.terminate(worker, pid),
                Action::Kill { worker, pid } => self.kill(worker, pid),
                Action::Report(crash) => reports.push(crash),
                Action::Churn { restarts } => {
                    assert!(restarts > 10 && self.last_churn.is_none_or(|last| self.now - last >= ms(1_000)));
                    self.last_churn = Some(self.now);
                }
                Action::Idle { .. } => self.idle += 1,
                Action::GiveUp => {
                    assert!(!self.is_stopped, "given up while it stops");
                    self.has_given_up = true;
                    self.stop();
                }
                Action::Done => panic!("done, though every worker runs again"),
                Action::Finish => self.finish(),
            }
        }
        if event == Event::Time {
            assert!(
                self.supervisor.deadline().is_none_or(|deadline| deadline > self.now),
                "a deadline passed"
            );
            for (pid, process) in self.living.iter().filter(|(_, process)| process.worker.is_some()) {
                let is_late = self.kill_time(process).is_some_and(|at| at <= self.now);
                assert!(process.is_killed || !is_late, "{pid} should be killed");
            }
        }
        self.compare();
        reports
    }

    fn stop(&mut self) {
        self.is_stopped = true;
        self.stopped.get_or_insert(self.now);
    }

    /// Whether what waits may still get a process.
    fn has_time(&self) -> bool {
        let time = self.spec.max_wait.map(|wait| wait / 2);
        let passed = self.stopped.map(|stopped| self.now - stopped);
        time.is_none_or(|time| passed.is_none_or(|passed| passed < time))
    }

    /// When a process that was asked to stop has to be killed: who came after the stop, together with the others.
    fn kill_time(&self, process: &Process) -> Option<Instant> {
        let since = self.stopped.filter(|&stopped| process.asked.is_some_and(|asked| asked > stopped));
        since.or(process.asked)?.checked_add(self.spec.max_wait?)
    }

    fn fork(&mut self, worker: usize) {
        if self.is_stopped {
            assert!(self.messages[worker] > 0, "a start in vain");
            assert!(!self.last.contains(&worker), "two starts after the stop");
            assert!(self.has_time() && !self.has_given_up, "a start after the stop");
            self.last.push(worker);
        }
        assert!(self.living.values().all(|process| process.worker != Some(worker)), "two of {worker}");
        let nature = self.natures[self.starts % self.natures.len()];
        self.starts += 1;
        let under_way = UnderWay { known: self.now + nature.latency, nature, reloads: self.reloads };
        assert!(self.under_way.insert(worker, under_way).is_none(), "two of {worker} under way");
    }

    fn member(&mut self, worker: usize, pid: Pid) -> &mut Process {
        let process = self.living.get_mut(&pid).expect("a signal for a process that is no more");
        assert_eq!(process.worker, Some(worker), "a signal for a process of somebody else");
        process
    }

    fn terminate(&mut self, worker: usize, pid: Pid) {
        if self.living.get(&pid).is_some_and(|process| process.asked.is_some()) {
            // Once more, when the whole pool stops.
            let process = &self.living[&pid];
            assert!(self.is_stopped && process.asked <= self.stopped && !process.is_told, "asked twice");
            self.member(worker, pid).is_told = true;
            return;
        }
        let by_reload =
            !self.is_stopped && self.spec.max_lifetime.is_none() && self.spec.max_memory.is_none();
        if by_reload {
            assert_eq!(self.replaced.replace(worker), None, "two are replaced at a time");
        }
        let now = self.now;
        let process = self.member(worker, pid);
        assert_eq!(process.asked.replace(now), None, "asked twice");
        let obeys = process.nature.obeys.map(|(delay, ending)| (now + delay, ending));
        process.ends = process.ends.into_iter().chain(obeys).min_by_key(|(at, _)| *at);
    }

    fn kill(&mut self, worker: usize, pid: Pid) {
        let now = self.now;
        let at = self.kill_time(&self.living[&pid]);
        let process = self.member(worker, pid);
        // One that came when the time was over is killed as soon as it was asked.
        let at = at.max(process.asked.filter(|_| at.is_some()));
        assert_eq!(at, Some(now), "killed at another time than it must be");
        assert!(!process.is_killed, "killed twice");
        process.is_killed = true;
        process.ends = Some((now + ms(1), Ending::Signal(9)));
    }

    fn finish(&mut self) {
        assert!(self.is_stopped && self.under_way.is_empty(), "finished too early");
        assert!(self.living.values().all(|process| process.worker.is_none()), "somebody was left");
        if self.has_time() && !self.has_given_up {
            let mut waiting = (0..self.spec.workers).filter(|&worker| self.messages[worker] > 0);
            let is_excused = |worker| self.last.contains(&worker) || self.late.contains(&worker);
            assert!(waiting.all(is_excused), "messages without a process");
        }
        self.is_finished = true;
    }

    /// What the supervisor says of the workers is what they are.
    fn compare(&self) {
        let deadline = self.supervisor.deadline();
        for view in self.supervisor.workers() {
            let mut members = self.living.iter().filter(|(_, process)| process.worker == Some(view.worker));
            let member = members.next();
            assert_eq!(view.pid, member.map(|(pid, _)| *pid));
            assert_eq!(view.started, member.map(|(_, process)| process.began));
            let is_lost = match (view.status, member) {
                (Status::Waiting, None) => {
                    let waits = deadline.is_some() && !self.is_stopped;
                    !waits && !self.under_way.contains_key(&view.worker)
                }
                (Status::Running, Some((_, process))) => process.asked.is_some() || self.is_stopped,
                (Status::Stopping, Some((_, process))) => process.asked.is_none(),
                (Status::Gone, None) => !self.is_stopped,
                _ => true,
            };
            assert!(!is_lost, "{view:?} is {member:?}");
        }
        for (pid, process) in &self.living {
            assert_eq!(self.supervisor.worker_of(*pid), process.worker);
        }
        assert_eq!(self.supervisor.is_stopping(), self.is_stopped);
    }

    /// The process that was asked for is there, or will never be.
    fn answer(&mut self, worker: usize) {
        let UnderWay { nature, reloads, .. } = self.under_way.remove(&worker).unwrap();
        if !nature.forks {
            assert_eq!(self.happen(Event::NotStarted { worker }), []);
            return;
        }
        self.pids += 1;
        let ends = nature.life.map(|(time, ending)| (self.now + time, ending));
        let (began, pid) = (self.now, self.pids);
        let (asked, is_told, is_killed) = (None, false, false);
        let process =
            Process { worker: Some(worker), nature, began, ends, asked, is_told, is_killed, reloads };
        self.living.insert(pid, process);
        self.replaced = self.replaced.filter(|replaced| *replaced != worker);
        assert_eq!(self.happen(Event::Started { worker, pid }), []);
    }

    /// Who is asked to stop with the whole pool handles all that is there, unless it fails; others leave the rest. The
    /// end of some sends a message to others.
    fn handle_messages(&mut self, worker: usize, process: &Process, ending: Ending) {
        let is_with_all = process.asked.zip(self.stopped).is_some_and(|(asked, stopped)| asked >= stopped);
        let messages = &mut self.messages[worker];
        *messages = match ending {
            Ending::Code(0) | Ending::Signal(15) if is_with_all => 0,
            _ => messages.saturating_sub(1),
        };
        if self.pids % 3 == 0 {
            let other = (worker + 1) % self.spec.workers;
            self.messages[other] += 1;
        }
    }

    /// A process ends.
    fn end(&mut self, pid: Pid, ending: Ending) {
        let process = self.living.remove(&pid).unwrap();
        if let Some(worker) = process.worker {
            self.handle_messages(worker, &process, ending);
        }
        let is_asked = process.asked.is_some();
        let is_told = process.worker.is_some()
            && match ending {
                Ending::Code(0) => false,
                Ending::Signal(15 | 9) => !is_asked,
                Ending::Code(_) | Ending::Signal(_) => true,
            };
        let was_stopped = self.is_stopped;
        if is_told && !is_asked {
            self.failures.push(self.now);
        }
        let has_worked = process.nature.works;
        let reports = self.happen(Event::Ended { pid, ending, has_worked });
        assert_eq!(reports.len(), usize::from(is_told), "{reports:?} of {process:?}");
        if let Some(crash) = reports.first() {
            assert_eq!(Some(crash.worker), process.worker);
            assert_eq!((crash.pid, crash.ending, crash.asked), (pid, ending, is_asked));
            assert_eq!(crash.uptime, self.now - process.began);
            assert_eq!(crash.delay.is_none(), self.is_stopped);
        }
        let counted = self.failures.iter().filter(|&&failure| self.now - failure <= self.spec.restart.window);
        let is_spent = self.spec.restart.max_restarts.is_some_and(|most| counted.count() > most as usize);
        let gave_up = self.is_stopped && !was_stopped;
        assert_eq!(gave_up, is_told && !is_asked && is_spent && !was_stopped);
    }

    /// Time passes: first what is answered, then what ends, then the deadlines.
    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        for _ in 0..100_000 {
            let answer = self.under_way.iter().map(|(worker, way)| (way.known, *worker)).min();
            let end = self.living.iter().filter_map(|(pid, process)| Some((process.ends?.0, *pid))).min();
            let times = [answer.map(|(at, _)| at), end.map(|(at, _)| at), self.supervisor.deadline()];
            let Some(next) = times.into_iter().flatten().min().filter(|next| *next <= until) else {
                self.now = until;
                return;
            };
            self.now = self.now.max(next);
            match (answer, end) {
                (Some((at, worker)), _) if at <= self.now => self.answer(worker),
                (_, Some((at, pid))) if at <= self.now => {
                    let (_, ending) = self.living[&pid].ends.unwrap();
                    self.end(pid, ending);
                }
                _ => assert_eq!(self.happen(Event::Time), []),
            }
        }
        panic!("the world stands still");
    }

    fn chosen(&self, number: usize) -> Option<Pid> {
        let count = self.living.len().max(1);
        self.living.keys().nth(number % count).copied()
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Reload => drop(self.happen(Event::Reload)),
            Step::Stop => drop(self.happen(Event::Stop)),
            Step::End(number, ending) => {
                if let Some(pid) = self.chosen(number) {
                    self.end(pid, ending);
                }
            }
            Step::Detach(number) => {
                if let Some(pid) = self.chosen(number) {
                    let process = self.living.get_mut(&pid).unwrap();
                    process.worker = None;
                    let has_worked = process.nature.works;
                    assert_eq!(self.happen(Event::Detached { pid, has_worked }), []);
                }
            }
            Step::Send(number) => {
                if let Some(messages) = self.messages.get_mut(number) {
                    *messages += 1;
                    // Nobody is there to take it, and it may be that nobody looks again.
                    let is_there = self.under_way.contains_key(&number)
                        || self.living.values().any(|process| process.worker == Some(number));
                    if self.is_stopped && !is_there {
                        self.late.insert(number);
                    }
                }
            }
            Step::Memory(number, bytes) => {
                if let Some(pid) = self.chosen(number) {
                    assert_eq!(self.happen(Event::Memory { pid, bytes }), []);
                }
            }
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Reload,
    Stop,
    End(usize, Ending),
    Detach(usize),
    Send(usize),
    Memory(usize, u64),
}

fn ending() -> impl Strategy<Value = Ending> {
    prop_oneof![
        4 => Just(Ending::Code(0)),
        1 => Just(Ending::Code(255)),
        2 => Just(Ending::Signal(11)),
        2 => Just(Ending::Signal(15)),
        1 => Just(Ending::Signal(9)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let number = 0..8usize;
    prop_oneof![
        4 => Just(Step::Reload),
        1 => Just(Step::Stop),
        6 => (number.clone(), ending()).prop_map(|(number, ending)| Step::End(number, ending)),
        2 => number.clone().prop_map(Step::Detach),
        4 => (0..5usize).prop_map(Step::Send),
        3 => (number, 800..1_100u64).prop_map(|(number, bytes)| Step::Memory(number, bytes)),
    ]
}

/// Mostly short times, some long ones, many that are equal.
fn time() -> impl Strategy<Value = Duration> {
    prop_oneof![Just(0), 0..50u64, 0..2_000u64, 0..12_000u64].prop_map(ms)
}

fn nature() -> impl Strategy<Value = FdKind> {
    let forks = prop::bool::weighted(0.85);
    let life = prop::option::of((time(), ending()));
    let obeys = prop::option::weighted(0.7, (time(), ending()));
    let bools = any::<(bool, bool)>();
    (forks, time(), bools, life, obeys).prop_map(|(forks, latency, (is_late, works), life, obeys)| {
        let latency = if is_late { latency.min(ms(100)) } else { Duration::ZERO };
        // A normal end after work costs no pause: who always ended so at once would let no time pass.
        let life = life.map(|(time, ending)| match ending {
            Ending::Code(0) if works => (time + ms(20), ending),
            Ending::Code(_) | Ending::Signal(_) => (time, ending),
        });
        FdKind { forks, latency, life, obeys, works }
    })
}

fn spec() -> impl Strategy<Value = Spec> {
    let max_lifetime = prop::option::weighted(0.3, (500..20_000u64).prop_map(ms));
    let max_memory = prop::option::weighted(0.3, Just(1_000u64));
    let max_restarts = prop::option::weighted(0.3, 0..20u32);
    (0..5usize, (1..3_000u64).prop_map(ms), max_lifetime, max_memory, max_restarts).prop_map(
        |(workers, max_wait, max_lifetime, max_memory, max_restarts)| Spec {
            workers,
            max_wait: Some(max_wait),
            max_lifetime,
            max_memory,
            restart: Policy { max_restarts, ..Policy::default() },
            ..Spec::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn no_worker_is_lost_doubled_or_left_unkilled(
        spec in spec(),
        seed in any::<u64>(),
        natures in prop::collection::vec(nature(), 1..20),
        steps in prop::collection::vec((time(), step()), 0..40),
    ) {
        let mut world = World::new(spec, natures, seed);
        world.happen(Event::Begin);
        for (time, step) in steps {
            world.take(step);
            world.pass(time);
        }
        // From here on every new process runs well. Reloads come to their ends, and all workers run.
        world.natures = vec![GENTLE];
        for process in world.living.values_mut().filter(|process| !process.is_killed) {
            process.ends = process.ends.filter(|_| process.asked.is_some());
        }
        world.pass(ms(60_000));
        prop_assert!(!world.supervisor.is_reloading());
        if !world.is_stopped {
            prop_assert!(world.supervisor.workers().all(|view| view.status == Status::Running));
            let mut members = world.living.values().filter(|process| process.worker.is_some());
            prop_assert!(members.all(|process| process.reloads == world.reloads), "one missed a reload");
        }
        world.happen(Event::Stop);
        world.pass(world.spec.max_wait.unwrap() + ms(200));
        prop_assert!(world.is_finished, "the stop did not end");
        prop_assert_eq!(world.supervisor.deadline(), None);
        // Those who left live on.
        for pid in world.living.keys().copied().collect::<Vec<_>>() {
            world.end(pid, Ending::Signal(11));
        }
    }

    #[test]
    fn what_crashes_for_ever_costs_little(
        seed in any::<u64>(),
        lives in prop::collection::vec(prop_oneof![Just(0), 0..100u64, 0..15_000u64], 1..20),
        forks in prop::bool::weighted(0.8),
    ) {
        let crashes = |life| FdKind { forks, life: Some((ms(life), Ending::Signal(11))), ..GENTLE };
        let natures = lives.into_iter().map(crashes).collect();
        let mut world = World::new(Spec { workers: 4, ..Spec::default() }, natures, seed);
        world.happen(Event::Begin);
        world.pass(ms(600_000));
        // Eleven pauses of 10 ms to 10 s take at least 10 s, and so does a life that ends the row.
        prop_assert!(world.starts < 4 * 600, "{} starts", world.starts);
        prop_assert!(world.supervisor.workers().all(|view| view.status != Status::Gone));
    }

    #[test]
    fn what_returns_for_ever_without_work_costs_little(
        seed in any::<u64>(),
        lives in prop::collection::vec(prop_oneof![Just(0), 0..100u64, 0..15_000u64], 1..20),
        leaves in any::<bool>(),
    ) {
        let ending = Ending::Code(0);
        let returns = |life| FdKind { life: Some((ms(life), ending)), works: false, ..GENTLE };
        let natures = lives.into_iter().map(returns).collect();
        let spec = Spec { workers: 4, restart: Policy { max_restarts: Some(0), ..Policy::default() }, ..Spec::default() };
        let mut world = World::new(spec, natures, seed);
        world.happen(Event::Begin);
        for _ in 0..20 {
            world.pass(ms(1_000));
            if leaves {
                world.take(Step::Detach(0));
            }
        }
        // What lives for 50 ms is started again at once, and what does not has the first pause after it.
        prop_assert!(world.starts < 4 * 20 * 40, "{} starts", world.starts);
        prop_assert!(!world.is_stopped, "it spends no budget");
    }
}

#[test]
fn ten_minutes_of_crashes_or_returns_at_once_cost_at_most_131_starts() {
    for (seed, code) in (0..100).flat_map(|seed| [(seed, 255), (seed, 0)]) {
        let life = Some((Duration::ZERO, Ending::Code(code)));
        let ends_at_once = FdKind { life, works: false, ..GENTLE };
        let mut world = World::new(Spec { workers: 1, ..Spec::default() }, vec![ends_at_once], seed);
        world.happen(Event::Begin);
        world.pass(ms(600_000));
        // The first, ten pauses that grow, and the rest of pauses of at least 5 s.
        assert!((60..=131).contains(&world.starts), "{}", world.starts);
        assert_eq!(world.idle, usize::from(code == 0));
        assert!(!world.is_stopped);
    }
}
