//! Supervised pools whose size changes while they run, workers that run again or not by their rules, and restarts of
//! single workers: each rule, and random pools against a small model.
#![cfg(test)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at once where something is not as it must be"
)]

use Action::{CheckBacklog, Done, Finish, GiveUp, Kill, Report, Start, Terminate};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use swoole_process::os::process::Pid;
use swoole_process::rt::supervisor::{
    Action, Ending, Event, Policy, Restart, Rule, Spec, Status, Supervisor,
};

const FINE: Ending = Ending::Code(0);
const FAILED: Ending = Ending::Code(3);
const TERM: Ending = Ending::Signal(15);

fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// A pool whose processes are started as soon as they are asked for, and end as the test says.
struct Desk {
    supervisor: Supervisor,
    now: Instant,
    pids: Pid,
    /// The process of each worker, and whether it was asked to stop.
    living: BTreeMap<usize, (Pid, bool)>,
    /// Workers for which messages wait.
    waiting: Vec<usize>,
    has_finished: bool,
    is_done: bool,
    /// The worker and delay of each report.
    reports: Vec<(usize, Option<Duration>)>,
}

impl Desk {
    fn new(spec: Spec) -> Desk {
        let mut desk = Desk {
            supervisor: Supervisor::new(spec, 7).unwrap(),
            now: Instant::now(),
            pids: 100,
            living: BTreeMap::new(),
            waiting: Vec::new(),
            has_finished: false,
            is_done: false,
            reports: Vec::new(),
        };
        desk.send(Event::Begin);
        desk
    }

    fn send(&mut self, event: Event) {
        let mut actions = Vec::new();
        self.supervisor.handle(event, self.now, &mut actions);
        while !actions.is_empty() {
            let action = actions.remove(0);
            assert!(!self.has_finished, "{action:?} after the finish");
            match action {
                Start { worker } => {
                    self.pids += 1;
                    let pid = self.pids;
                    assert_eq!(self.living.insert(worker, (pid, false)), None, "two of {worker}");
                    self.supervisor.handle(Event::Started { worker, pid }, self.now, &mut actions);
                }
                Terminate { worker, pid } => {
                    let (living, is_asked) = self.living.get_mut(&worker).expect("one that lives");
                    assert_eq!(*living, pid);
                    *is_asked = true;
                }
                Kill { worker, pid } => assert_eq!(self.living[&worker], (pid, true)),
                CheckBacklog { worker } => {
                    let messages_wait = self.waiting.contains(&worker);
                    let answer = Event::BacklogChecked { worker, messages_wait };
                    self.supervisor.handle(answer, self.now, &mut actions);
                }
                Report(crash) => self.reports.push((crash.worker, crash.delay)),
                Done => self.is_done = true,
                Finish => {
                    assert!(self.living.is_empty());
                    self.has_finished = true;
                }
                GiveUp => panic!("given up"),
                Action::Churn { .. } | Action::Idle { .. } => {}
            }
        }
    }

    /// The process of a worker ends after it has run for a second.
    fn end(&mut self, worker: usize, ending: Ending) {
        self.now += ms(1_000);
        let (pid, _) = self.living.remove(&worker).unwrap();
        // Who was told to stop has handled what waited.
        self.waiting.retain(|waiting| *waiting != worker);
        self.send(Event::Ended { pid, ending, has_worked: true });
    }

    /// Everyone who was asked to stop ends.
    fn obey(&mut self) {
        while let Some(worker) = self.asked().first() {
            self.end(*worker, TERM);
        }
    }

    fn asked(&self) -> Vec<usize> {
        self.living.iter().filter(|(_, (_, is_asked))| *is_asked).map(|(worker, _)| *worker).collect()
    }

    fn running(&self) -> Vec<usize> {
        self.living.keys().copied().collect()
    }

    fn after(&mut self, time: Duration) {
        self.now += time;
        self.send(Event::Time);
    }

    fn status(&self, worker: usize) -> Status {
        self.supervisor.workers().nth(worker).unwrap().status
    }
}

fn pool(workers: usize, max_workers: usize) -> Spec {
    Spec { workers, max_workers, ..Spec::default() }
}

fn ruled(workers: usize, restart: Restart) -> Spec {
    Spec { rule: Rule { restart, pause: Duration::ZERO }, ..pool(workers, 0) }
}

#[test]
fn a_pool_grows_up_to_its_room_and_shrinks_from_its_highest_number() {
    let mut desk = Desk::new(pool(2, 5));
    desk.send(Event::Resize { workers: 9 });
    assert_eq!((desk.running(), desk.supervisor.size()), (vec![0, 1, 2, 3, 4], 5));
    desk.send(Event::Resize { workers: 3 });
    assert_eq!(desk.asked(), [3, 4]);
    desk.obey();
    assert_eq!(desk.running(), [0, 1, 2]);
    assert_eq!((desk.status(3), desk.status(2)), (Status::Gone, Status::Running));
    // A crash of one of the rest is an ordinary one.
    desk.end(2, FAILED);
    desk.after(ms(60_000));
    assert_eq!(desk.running(), [0, 1, 2]);
    desk.send(Event::Resize { workers: 4 });
    assert_eq!(desk.running(), [0, 1, 2, 3]);
}

#[test]
fn a_worker_that_comes_back_while_its_process_stops_gets_another_one() {
    let mut desk = Desk::new(pool(2, 2));
    desk.send(Event::Resize { workers: 1 });
    desk.send(Event::Resize { workers: 2 });
    assert_eq!(desk.asked(), [1]);
    desk.obey();
    assert_eq!(desk.running(), [0, 1]);
}

#[test]
fn what_waits_for_a_removed_worker_is_for_one_last_process() {
    let mut desk = Desk::new(pool(2, 2));
    desk.send(Event::Resize { workers: 1 });
    let (pid, _) = desk.living.remove(&1).unwrap();
    // It ends without having handled everything, and so does the last one.
    desk.waiting = vec![1];
    desk.send(Event::Ended { pid, ending: FAILED, has_worked: true });
    assert_eq!((desk.running(), desk.asked()), (vec![0, 1], vec![1]));
    let (pid, _) = desk.living.remove(&1).unwrap();
    desk.send(Event::Ended { pid, ending: FAILED, has_worked: true });
    assert_eq!((desk.running(), desk.status(1)), (vec![0], Status::Gone));
    // The stop of the pool looks once more.
    desk.send(Event::Stop);
    desk.end(0, TERM);
    assert_eq!(desk.running(), [1]);
    desk.end(1, TERM);
    assert!(desk.has_finished);
}

#[test]
fn a_pool_of_no_workers_waits_for_some() {
    let mut desk = Desk::new(ruled(1, Restart::Never));
    desk.send(Event::Resize { workers: 0 });
    desk.obey();
    assert!(!desk.is_done && desk.running().is_empty());
    desk.send(Event::Resize { workers: 1 });
    assert_eq!(desk.running(), [0]);
    desk.end(0, FINE);
    assert!(desk.is_done && desk.has_finished);
}

#[test]
fn a_pool_that_stops_changes_no_more() {
    let mut desk = Desk::new(pool(1, 4));
    desk.send(Event::Stop);
    desk.send(Event::Resize { workers: 4 });
    desk.send(Event::Replace { worker: 0 });
    assert_eq!((desk.running(), desk.supervisor.size()), (vec![0], 1));
    desk.obey();
    assert!(desk.has_finished);
}

#[test]
fn a_reload_that_waits_for_a_removed_worker_goes_on() {
    let mut desk = Desk::new(pool(3, 3));
    desk.send(Event::Reload);
    desk.end(0, TERM);
    desk.end(1, TERM);
    assert_eq!(desk.asked(), [2]);
    desk.send(Event::Resize { workers: 2 });
    desk.obey();
    assert!(!desk.supervisor.is_reloading());
    desk.send(Event::Reload);
    assert_eq!(desk.asked(), [0]);
}

#[test]
fn by_its_rule_a_worker_runs_again_or_not() {
    let cases = [
        (Restart::Always, true, true),
        (Restart::OnFailure, false, true),
        (Restart::Never, false, false),
        (Restart::Once, false, false),
    ];
    for (restart, after_success, after_failure) in cases {
        for (ending, expected) in [(FINE, after_success), (FAILED, after_failure)] {
            let mut desk = Desk::new(ruled(2, restart));
            desk.end(1, ending);
            desk.after(ms(60_000));
            let status = if expected { Status::Running } else { Status::Ended };
            assert_eq!(desk.status(1), status, "{restart:?} {ending:?}");
            if ending == FAILED {
                assert_eq!(desk.reports[0].1.is_some(), expected, "{restart:?}");
            }
            assert!(!desk.is_done);
        }
    }
}

#[test]
fn who_is_asked_to_stop_is_replaced_unless_it_runs_once() {
    for restart in [Restart::Always, Restart::OnFailure, Restart::Never, Restart::Once] {
        let mut desk = Desk::new(Spec { max_lifetime: Some(ms(10_000)), ..ruled(2, restart) });
        desk.send(Event::Reload);
        let is_once = restart == Restart::Once;
        assert_eq!(desk.asked().is_empty(), is_once, "{restart:?}");
        desk.obey();
        desk.after(ms(20_000));
        assert_eq!(desk.asked(), [0, 1], "{restart:?}");
        desk.obey();
        assert_eq!(desk.is_done, is_once, "{restart:?}");
    }
}

#[test]
fn who_has_handled_its_number_of_messages_is_replaced() {
    for (restart, is_replaced) in [(Restart::OnFailure, true), (Restart::Never, true), (Restart::Once, false)]
    {
        let mut desk = Desk::new(ruled(2, restart));
        let (pid, _) = desk.living[&0];
        desk.send(Event::Recycled { pid });
        desk.end(0, FINE);
        assert_eq!(desk.living.contains_key(&0), is_replaced, "{restart:?}");
        // The next process has handled none.
        if is_replaced {
            desk.end(0, FINE);
            assert_eq!(desk.status(0), Status::Ended);
        }
    }
}

#[test]
fn a_worker_that_has_ended_runs_again_when_asked_for() {
    for restart in [Restart::OnFailure, Restart::Never, Restart::Once] {
        let mut desk = Desk::new(ruled(2, restart));
        desk.end(0, FINE);
        desk.send(Event::Reload);
        desk.obey();
        assert_eq!(desk.status(0), Status::Ended, "a reload starts none");
        desk.send(Event::Replace { worker: 0 });
        assert_eq!(desk.running(), [0, 1]);
        desk.send(Event::Replace { worker: 1 });
        desk.obey();
        assert_eq!(desk.running(), [0, 1]);
        desk.send(Event::Replace { worker: 7 });
    }
}

#[test]
fn a_worker_that_ends_for_good_before_its_turn_in_a_reload_does_not_run_again() {
    for restart in [Restart::OnFailure, Restart::Never] {
        let mut desk = Desk::new(ruled(3, restart));
        desk.send(Event::Reload);
        desk.end(1, FINE);
        desk.obey();
        assert_eq!(desk.status(1), Status::Ended, "{restart:?}");
        assert_eq!(desk.running(), [0, 2], "{restart:?}");
        // One that was requested by its number does.
        desk.send(Event::Reload);
        desk.send(Event::Replace { worker: 2 });
        desk.end(2, FINE);
        desk.obey();
        assert_eq!(desk.running(), [0, 2], "{restart:?}");
    }
}

#[test]
fn a_reload_leaves_a_request_for_one_worker_as_it_is() {
    let mut desk = Desk::new(ruled(3, Restart::Once));
    desk.end(1, FINE);
    desk.send(Event::Replace { worker: 0 });
    desk.send(Event::Replace { worker: 1 });
    desk.send(Event::Replace { worker: 2 });
    let before = desk.living.clone();
    desk.send(Event::Reload);
    desk.obey();
    assert_eq!(desk.running(), [0, 1, 2]);
    assert!(before.iter().all(|(worker, process)| desk.living.get(worker) != Some(process)));
}

#[test]
fn each_worker_may_have_a_rule_of_its_own() {
    let once = Rule { restart: Restart::Once, ..Rule::default() };
    let mut desk = Desk::new(Spec { rules: vec![once], ..pool(2, 0) });
    desk.end(0, FINE);
    desk.end(1, FINE);
    assert_eq!((desk.status(0), desk.status(1)), (Status::Ended, Status::Running));
}

#[test]
fn between_two_runs_is_a_pause() {
    let pause = ms(5_000);
    let rule = Rule { restart: Restart::Always, pause };
    let mut desk = Desk::new(Spec { rule, ..pool(1, 0) });
    for ending in [FINE, FAILED] {
        desk.end(0, ending);
        assert_eq!(desk.status(0), Status::Waiting);
        desk.after(pause - ms(1));
        assert_eq!(desk.status(0), Status::Waiting);
        desk.after(ms(1));
        assert_eq!(desk.status(0), Status::Running);
    }
    assert_eq!(desk.reports, [(0, Some(pause))]);
    // Who was asked to stop has none.
    desk.send(Event::Reload);
    desk.obey();
    assert_eq!(desk.status(0), Status::Running);
    // Where the pause after failures is longer, it counts.
    let restart = Policy { delay: ms(20_000), max_delay: ms(20_000), ..Policy::default() };
    let mut desk = Desk::new(Spec { rule, restart, ..pool(1, 0) });
    desk.end(0, FAILED);
    desk.after(pause);
    assert_eq!(desk.status(0), Status::Waiting);
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Resize(usize),
    Replace(usize),
    Reload,
    End(usize, Ending),
    Send(usize),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let number = 0..6usize;
    let ending = prop_oneof![3 => Just(FINE), 2 => Just(FAILED), 1 => Just(TERM)];
    prop_oneof![
        3 => number.clone().prop_map(Step::Resize),
        3 => number.clone().prop_map(Step::Replace),
        2 => Just(Step::Reload),
        6 => (number.clone(), ending).prop_map(|(number, ending)| Step::End(number, ending)),
        2 => number.prop_map(Step::Send),
        2 => (0..20_000u64).prop_map(Step::Wait),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    let restart = prop_oneof![
        2 => Just(Restart::Always),
        1 => Just(Restart::OnFailure),
        1 => Just(Restart::Never),
        1 => Just(Restart::Once)
    ];
    (restart, prop_oneof![Just(0), 0..5_000u64])
        .prop_map(|(restart, pause)| Rule { restart, pause: ms(pause) })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn a_pool_has_the_workers_that_its_size_and_their_rules_tell(
        workers in 0..4usize,
        rules in prop::collection::vec(rule(), 6),
        steps in prop::collection::vec(step(), 0..60),
    ) {
        let mut desk = Desk::new(Spec { rules: rules.clone(), ..pool(workers, 5) });
        let mut size = workers;
        for step in steps {
            match step {
                _ if desk.has_finished => break,
                Step::Resize(workers) => {
                    // A pool that is done has stopped.
                    size = if desk.is_done { size } else { workers.min(5) };
                    desk.send(Event::Resize { workers });
                }
                Step::Replace(worker) => desk.send(Event::Replace { worker }),
                Step::Reload => desk.send(Event::Reload),
                Step::End(number, ending) => {
                    let chosen = desk.running().get(number % desk.living.len().max(1)).copied();
                    if let Some(worker) = chosen {
                        desk.end(worker, ending);
                    }
                }
                Step::Send(worker) => desk.waiting.push(worker),
                Step::Wait(time) => desk.after(ms(time)),
            }
            prop_assert_eq!(desk.supervisor.size(), size);
        }
        // Everything that is under way comes to its end.
        for _ in 0..50 {
            desk.obey();
            desk.after(ms(11_000));
        }
        prop_assert!(!desk.supervisor.is_reloading() || desk.is_done);
        if !desk.is_done {
            for view in desk.supervisor.workers() {
                let restart = rules[view.worker].restart;
                let fits = match view.status {
                    Status::Running => view.worker < size,
                    Status::Ended => view.worker < size && restart != Restart::Always,
                    Status::Gone => view.worker >= size,
                    Status::Waiting | Status::Stopping => false,
                };
                prop_assert!(fits, "{:?} of {}", view, size);
            }
            let all_ended = |desk: &Desk| (0..size).all(|worker| desk.status(worker) == Status::Ended);
            prop_assert!(size == 0 || !all_ended(&desk), "nobody told that all have ended");
            desk.send(Event::Stop);
        }
        for _ in 0..10 {
            desk.obey();
        }
        prop_assert!(desk.has_finished);
        prop_assert_eq!(desk.supervisor.deadline(), None);
    }
}
