//! The supervisor of a pool: every state by every event, and each of its rules.
//! Random pools are in supervisor_worlds.rs.
#![cfg(test)]

use Action::{CheckBacklog, Finish, GiveUp, Kill, Report, Start, Terminate};
use std::time::{Duration, Instant};
use swoole_process::os::Errno;
use swoole_process::os::process::Pid;
use swoole_process::rt::supervisor::restart::{IDLE, TELLING};
use swoole_process::rt::supervisor::{Action, Crash, Ending, Event, Policy, Spec, Status, Supervisor, View};

const SEGV: Ending = Ending::Signal(11);
const DONE: Ending = Ending::Code(0);
const MEGABYTE: u64 = 1 << 20;

fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// A pool, and the time in it.
struct Desk {
    supervisor: Supervisor,
    now: Instant,
    last: Pid,
    /// Workers for which messages wait.
    waiting: Vec<usize>,
}

impl Desk {
    fn new(spec: Spec) -> Desk {
        let waiting = Vec::new();
        Desk { supervisor: Supervisor::new(spec, 7).unwrap(), now: Instant::now(), last: 100, waiting }
    }

    /// A pool whose workers run, with the pids from 101.
    fn running(spec: Spec) -> Desk {
        let mut desk = Desk::new(spec);
        let actions = desk.send(Event::Begin);
        let expected: Vec<Action> = (0..actions.len()).map(|worker| Start { worker }).collect();
        assert_eq!(actions, expected);
        for worker in 0..actions.len() {
            assert_eq!(desk.started(worker), []);
        }
        desk
    }

    fn raw(&mut self, event: Event) -> Vec<Action> {
        let mut actions = Vec::new();
        self.supervisor.handle(event, self.now, &mut actions);
        actions
    }

    /// What comes of an event when it is told at once for whom messages wait.
    fn send(&mut self, event: Event) -> Vec<Action> {
        let (mut done, mut to_do) = (Vec::new(), self.raw(event));
        while !to_do.is_empty() {
            match to_do.remove(0) {
                CheckBacklog { worker } => {
                    let messages_wait = self.waiting.contains(&worker);
                    to_do.extend(self.raw(Event::BacklogChecked { worker, messages_wait }));
                }
                action => done.push(action),
            }
        }
        done
    }

    /// The next process has been started for this worker.
    fn started(&mut self, worker: usize) -> Vec<Action> {
        self.last += 1;
        self.send(Event::Started { worker, pid: self.last })
    }

    fn ended(&mut self, pid: Pid, ending: Ending) -> Vec<Action> {
        self.send(Event::Ended { pid, ending, has_worked: true })
    }

    /// The last process has ended normally, and has received no message.
    fn ended_idle(&mut self) -> Vec<Action> {
        self.send(Event::Ended { pid: self.last, ending: DONE, has_worked: false })
    }

    /// Time passes.
    fn after(&mut self, time: Duration) -> Vec<Action> {
        self.now += time;
        self.send(Event::Time)
    }

    /// How long until the deadline.
    fn due(&self) -> Option<Duration> {
        self.supervisor.deadline().map(|deadline| deadline - self.now)
    }

    fn view(&self, worker: usize) -> View {
        self.supervisor.workers().nth(worker).unwrap()
    }

    fn statuses(&self) -> Vec<Status> {
        self.supervisor.workers().map(|view| view.status).collect()
    }

    /// A crash of the process of `worker`, and the pause after it. Nothing else may come of it.
    fn crash(&mut self, worker: usize) -> Duration {
        let pid = self.view(worker).pid.unwrap();
        let actions = self.ended(pid, SEGV);
        let crash = crash_in(&actions);
        let delay = crash.delay.unwrap();
        assert_eq!((crash.worker, crash.pid, crash.ending, crash.asked), (worker, pid, SEGV, false));
        let expected = if delay.is_zero() { vec![Start { worker }] } else { vec![] };
        assert_eq!(actions[1..], expected);
        delay
    }

    /// Crashes at once, waits, starts again.
    fn crash_and_start(&mut self, worker: usize) -> Duration {
        let delay = self.crash(worker);
        if !delay.is_zero() {
            assert_eq!(self.after(delay), [Start { worker }]);
        }
        assert_eq!(self.started(worker), []);
        delay
    }
}

fn crash_in(actions: &[Action]) -> Crash {
    match actions.first() {
        Some(Report(crash)) => *crash,
        other => panic!("no report but {other:?}"),
    }
}

fn pool(workers: usize) -> Spec {
    Spec { workers, ..Spec::default() }
}

fn budget(workers: usize, max_restarts: u32) -> Spec {
    let restart = Policy { max_restarts: Some(max_restarts), ..Policy::default() };
    Spec { restart, ..pool(workers) }
}

/// Brings a pool of one worker into a situation; the process is 101.
fn situation(name: &str) -> Desk {
    let spec = Spec { max_lifetime: Some(ms(60_000)), max_memory: Some(100 * MEGABYTE), ..pool(1) };
    let mut desk = Desk::new(spec);
    let steps: &[&str] = match name {
        "new" => &[],
        "starting" => &["begin"],
        "running" => &["begin", "started"],
        "waiting" => &["begin", "started", "crash"],
        "stopping" => &["begin", "started", "reload"],
        "killed" => &["begin", "started", "reload", "time"],
        "starting-at-stop" => &["begin", "stop"],
        "stopping-at-stop" => &["begin", "started", "stop"],
        "killed-at-stop" => &["begin", "started", "stop", "time"],
        "looking" => &["begin", "started", "crash", "stop"],
        "gone" => &["begin", "started", "stop", "end", "empty"],
        "starting-last" => &["begin", "started", "stop", "end", "waits"],
        "stopping-last" => &["begin", "started", "stop", "end", "waits", "started"],
        other => panic!("{other}?"),
    };
    for step in steps {
        happen(&mut desk, step);
    }
    desk
}

fn happen(desk: &mut Desk, event: &str) -> Vec<Action> {
    let pid = desk.last;
    match event {
        "begin" => desk.raw(Event::Begin),
        "started" => {
            desk.last += 1;
            desk.raw(Event::Started { worker: 0, pid: desk.last })
        }
        "not-started" => desk.raw(Event::NotStarted { worker: 0 }),
        "end" => desk.raw(Event::Ended { pid, ending: DONE, has_worked: true }),
        "idle-end" => desk.raw(Event::Ended { pid, ending: DONE, has_worked: false }),
        "idle-det" => desk.raw(Event::Detached { pid, has_worked: false }),
        "crash" => desk.raw(Event::Ended { pid, ending: SEGV, has_worked: false }),
        "detached" => desk.raw(Event::Detached { pid, has_worked: true }),
        "small" => desk.raw(Event::Memory { pid, bytes: 89 * MEGABYTE }),
        "large" => desk.raw(Event::Memory { pid, bytes: 101 * MEGABYTE }),
        "reload" => desk.raw(Event::Reload),
        "stop" => desk.raw(Event::Stop),
        "no-time" => desk.raw(Event::Time),
        "time" => {
            desk.now += ms(3_600_000);
            desk.raw(Event::Time)
        }
        "waits" => desk.raw(Event::BacklogChecked { worker: 0, messages_wait: true }),
        "empty" => desk.raw(Event::BacklogChecked { worker: 0, messages_wait: false }),
        other => panic!("{other}?"),
    }
}

/// What comes out: `s`tart, `t`erminate, `k`ill, `r`eport, `l`ook, `f`inish; then the status that the worker has.
const TABLE: &str = "
                  begin started not-started end crash detached small large reload stop no-time time waits empty idle-end idle-det
new               s:W   :W      :W          :W  :W    :W       :W    :W    :W     f:G  :W      :W   :W    :W    :W       :W
starting          :W    :R      :W          :W  :W    :W       :W    :W    :W     :W   :W      :W   :W    :W    :W       :W
running           :R    :R      :R          s:W r:W   s:W      :R    t:S   t:S    t:S  :R      t:S  :R    :R    :W       :W
waiting           :W    :W      :W          :W  :W    :W       :W    :W    s:W    l:W  :W      s:W  :W    :W    :W       :W
stopping          :S    :S      :S          s:W rs:W  s:W      :S    :S    :S     t:S  :S      k:S  :S    :S    s:W      :W
killed            :S    :S      :S          s:W rs:W  s:W      :S    :S    :S     :S   :S      :S   :S    :S    s:W      s:W
starting-at-stop  :W    t:S     l:W         :W  :W    :W       :W    :W    :W     :W   :W      :W   :W    :W    :W       :W
stopping-at-stop  :S    :S      :S          l:W rl:W  l:W      :S    :S    :S     :S   :S      k:S  :S    :S    l:W      l:W
killed-at-stop    :S    :S      :S          f:G rf:G  f:G      :S    :S    :S     :S   :S      :S   :S    :S    f:G      f:G
looking           :W    :W      :W          :W  :W    :W       :W    :W    :W     :W   :W      :W   s:W   f:G   :W       :W
starting-last     :W    t:S     f:G         :W  :W    :W       :W    :W    :W     :W   :W      :W   :W    :W    :W       :W
stopping-last     :S    :S      :S          f:G rf:G  f:G      :S    :S    :S     :S   :S      k:S  :S    :S    f:G      f:G
gone              :G    :G      :G          :G  :G    :G       :G    :G    :G     :G   :G      :G   :G    :G    :G       :G
";

#[test]
fn every_state_by_every_event() {
    let mut lines = TABLE.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).skip(1);
    let events = lines.next().unwrap();
    for line in lines {
        assert_eq!(line.len(), events.len() + 1, "{line:?}");
        for (event, expected) in events.iter().zip(&line[1..]) {
            let mut desk = situation(line[0]);
            let found: String = happen(&mut desk, event).into_iter().map(letter).collect();
            let status = match desk.view(0).status {
                Status::Waiting => 'W',
                Status::Running => 'R',
                Status::Stopping => 'S',
                Status::Gone => 'G',
                Status::Ended => 'E',
            };
            assert_eq!(format!("{found}:{status}"), **expected, "{} and {event}", line[0]);
        }
    }
}

fn letter(action: Action) -> char {
    match action {
        Start { worker: 0 } => 's',
        Terminate { worker: 0, pid: 101 | 102 } => 't',
        Kill { worker: 0, pid: 101 | 102 } => 'k',
        Report(crash) if matches!(crash.pid, 101 | 102) && crash.ending == SEGV => 'r',
        CheckBacklog { worker: 0 } => 'l',
        Finish => 'f',
        other => panic!("{other:?}"),
    }
}

#[test]
fn processes_that_are_no_workers_are_ignored() {
    let mut desk = Desk::running(pool(2));
    assert_eq!(desk.ended(99, SEGV), []);
    assert_eq!(desk.send(Event::Detached { pid: 99, has_worked: true }), []);
    assert_eq!(desk.send(Event::Memory { pid: 99, bytes: u64::MAX }), []);
    assert_eq!(desk.send(Event::NotStarted { worker: 2 }), []);
    assert_eq!(desk.started(2), []);
    assert_eq!(desk.statuses(), [Status::Running; 2]);
    assert_eq!([99, 101, 102, 103].map(|pid| desk.supervisor.worker_of(pid)), [None, Some(0), Some(1), None]);
}

#[test]
fn a_worker_that_ends_normally_is_started_again_at_once_and_without_limit() {
    let mut desk = Desk::running(budget(1, 0));
    for restarts in 0..1000 {
        assert_eq!(desk.view(0).restarts, restarts);
        let actions = desk.ended(desk.last, DONE);
        assert_eq!(actions, [Start { worker: 0 }]);
        desk.started(0);
    }
}

#[test]
fn pauses_double_with_each_quick_failure_in_a_row_up_to_the_longest() {
    let mut shortest = Vec::new();
    for seed in 0..200 {
        let mut desk = Desk::new(pool(1));
        desk.supervisor = Supervisor::new(pool(1), seed).unwrap();
        desk.send(Event::Begin);
        desk.started(0);
        let mut most = ms(10);
        for number in 0..20 {
            let delay = desk.crash_and_start(0);
            assert!((most / 2..=most).contains(&delay), "{delay:?} of {most:?}");
            if number == 19 {
                shortest.push(delay);
            }
            most = (most * 2).min(ms(10_000));
        }
    }
    // They differ: workers that crash together do not start together.
    let (least, most) = (shortest.iter().min().unwrap(), shortest.iter().max().unwrap());
    assert!(*least < ms(5_500) && *most > ms(9_500), "{least:?} to {most:?}");
}

#[test]
fn each_worker_has_its_own_row_of_failures() {
    let mut desk = Desk::running(pool(2));
    for _ in 0..8 {
        desk.crash_and_start(0);
    }
    assert!(desk.crash(1) <= ms(10));
}

#[test]
fn a_failure_that_is_not_quick_has_no_pause_and_ends_the_row() {
    let mut desk = Desk::running(pool(1));
    for _ in 0..8 {
        desk.crash_and_start(0);
    }
    assert_eq!(desk.after(ms(9_999)), []);
    let delay = desk.crash_and_start(0);
    assert!(delay > ms(1_000), "{delay:?}");
    desk.after(ms(10_000));
    assert_eq!(desk.crash(0), Duration::ZERO);
    desk.started(0);
    assert!(desk.crash(0) <= ms(10));
}

#[test]
fn a_normal_end_ends_the_row() {
    let mut desk = Desk::running(pool(1));
    for _ in 0..8 {
        desk.crash_and_start(0);
    }
    assert_eq!(desk.ended(desk.last, DONE), [Start { worker: 0 }]);
    desk.started(0);
    assert!(desk.crash(0) <= ms(10));
}

#[test]
fn a_worker_that_returns_at_once_has_pauses_that_double_and_spends_no_budget() {
    let mut desk = Desk::running(budget(1, 0));
    let mut most = ms(10);
    for number in 1..=20 {
        desk.after(IDLE - ms(1));
        let told = if number == TELLING { vec![Action::Idle { worker: 0 }] } else { vec![] };
        assert_eq!(desk.ended_idle(), told, "it is told of once");
        let delay = desk.due().unwrap();
        assert!((most / 2..=most).contains(&delay), "{delay:?} of {most:?}");
        assert_eq!(desk.after(delay), [Start { worker: 0 }]);
        assert_eq!(desk.started(0), []);
        most = (most * 2).min(ms(10_000));
    }
}

#[test]
fn a_worker_that_fails_and_returns_by_turns_has_one_row_and_is_not_told_of() {
    let mut desk = Desk::running(pool(1));
    let mut most = ms(10);
    for number in 0..10 {
        let delay = if number % 2 == 0 {
            desk.crash(0)
        } else {
            assert_eq!(desk.ended_idle(), []);
            desk.due().unwrap()
        };
        assert!((most / 2..=most).contains(&delay), "{delay:?} of {most:?}");
        assert_eq!(desk.after(delay), [Start { worker: 0 }]);
        desk.started(0);
        most = (most * 2).min(ms(10_000));
    }
}

#[test]
fn a_worker_that_leaves_the_pool_at_once_has_the_same_pauses() {
    let mut desk = Desk::running(budget(1, 0));
    for number in 1..=20 {
        let told = if number == TELLING { vec![Action::Idle { worker: 0 }] } else { vec![] };
        assert_eq!(desk.send(Event::Detached { pid: desk.last, has_worked: false }), told);
        let delay = desk.due().unwrap();
        assert_eq!(desk.after(delay), [Start { worker: 0 }]);
        desk.started(0);
    }
    assert!(desk.supervisor.deadline().is_none());
    assert_eq!(desk.send(Event::Detached { pid: desk.last, has_worked: true }), [Start { worker: 0 }]);
}

#[test]
fn a_message_or_a_little_time_is_work() {
    let mut desk = Desk::running(pool(1));
    for _ in 0..1000 {
        assert_eq!(desk.ended(desk.last, DONE), [Start { worker: 0 }]);
        desk.started(0);
        desk.after(IDLE);
        assert_eq!(desk.ended_idle(), [Start { worker: 0 }]);
        desk.started(0);
    }
}

#[test]
fn work_ends_the_row_of_an_idle_worker_which_is_told_of_again_then() {
    let mut desk = Desk::running(pool(2));
    for _ in 0..2 {
        for number in 1..=TELLING {
            let told = if number == TELLING { vec![Action::Idle { worker: 1 }] } else { vec![] };
            assert_eq!(desk.ended_idle(), told);
            assert_eq!(desk.after(ms(10_000)), [Start { worker: 1 }]);
            desk.started(1);
        }
        // Another one that is idle is nothing new.
        let pid = desk.view(0).pid.unwrap();
        assert_eq!(desk.ended(pid, DONE), [Start { worker: 0 }]);
        desk.started(0);
        let pid = desk.view(1).pid.unwrap();
        assert_eq!(desk.ended(pid, DONE), [Start { worker: 1 }]);
        desk.started(1);
    }
    assert_eq!(desk.ended_idle(), []);
    assert!(desk.due().unwrap() <= ms(10));
}

#[test]
fn without_pauses_an_idle_worker_is_started_at_once() {
    let restart = Policy { delay: Duration::ZERO, ..Policy::default() };
    let mut desk = Desk::running(Spec { restart, ..pool(1) });
    for _ in 0..10 {
        assert_eq!(desk.ended_idle(), [Start { worker: 0 }]);
        desk.started(0);
    }
}

#[test]
fn who_was_asked_to_stop_need_not_work() {
    let mut desk = Desk::running(pool(1));
    desk.send(Event::Reload);
    assert_eq!(desk.ended_idle(), [Start { worker: 0 }]);
    desk.started(0);
    desk.send(Event::Stop);
    assert_eq!(desk.ended_idle(), [Finish]);
}

#[test]
fn a_report_tells_how_long_it_ran_and_how_often_it_was_started_again() {
    let mut desk = Desk::running(pool(2));
    desk.ended(102, DONE);
    desk.started(1);
    desk.after(ms(1_234));
    let actions = desk.ended(103, Ending::Code(255));
    let Crash { worker, pid, ending, uptime, restarts, asked, delay } = crash_in(&actions);
    assert_eq!((worker, pid, ending, uptime), (1, 103, Ending::Code(255), ms(1_234)));
    assert_eq!((restarts, asked, actions.len()), (1, false, 1));
    assert_eq!(desk.due(), delay);
}

#[test]
fn a_process_that_cannot_be_started_is_tried_again_after_growing_pauses() {
    let mut desk = Desk::new(budget(1, 0));
    desk.send(Event::Begin);
    let mut most = ms(10);
    for _ in 0..20 {
        assert_eq!(desk.send(Event::NotStarted { worker: 0 }), [], "it is no crash");
        let delay = desk.due().unwrap();
        assert!((most / 2..=most).contains(&delay), "{delay:?} of {most:?}");
        assert_eq!(desk.after(delay), [Start { worker: 0 }]);
        most = (most * 2).min(ms(10_000));
    }
    desk.started(0);
    assert_eq!(desk.view(0).restarts, 0);
    desk.ended(101, DONE);
    desk.send(Event::NotStarted { worker: 0 });
    assert!(desk.due().unwrap() <= ms(10), "a process that was started ends the row");
}

#[test]
fn an_end_that_was_asked_for_is_no_crash() {
    for ending in [DONE, Ending::Signal(15), Ending::Signal(9)] {
        let mut desk = Desk::running(budget(1, 0));
        assert_eq!(desk.send(Event::Reload), [Terminate { worker: 0, pid: 101 }]);
        assert_eq!(desk.ended(101, ending), [Start { worker: 0 }]);
    }
}

#[test]
fn another_end_of_one_that_was_asked_to_stop_is_reported_and_nothing_else() {
    for ending in [SEGV, Ending::Code(1), Ending::Code(143)] {
        let mut desk = Desk::running(budget(1, 0));
        desk.send(Event::Reload);
        let actions = desk.ended(101, ending);
        let crash = crash_in(&actions);
        assert_eq!((crash.ending, crash.asked, crash.delay), (ending, true, Some(Duration::ZERO)));
        assert_eq!(actions[1..], [Start { worker: 0 }]);
        desk.started(0);
        desk.send(Event::Stop);
        let actions = desk.ended(102, ending);
        assert_eq!((crash_in(&actions).asked, crash_in(&actions).delay), (true, None));
        assert_eq!(actions[1..], [Finish]);
        assert!(!desk.supervisor.has_given_up());
    }
}

#[test]
fn the_same_signals_are_crashes_when_nobody_asked() {
    for signal in [15, 9] {
        let mut desk = Desk::running(pool(1));
        let crash = crash_in(&desk.ended(101, Ending::Signal(signal)));
        assert!(!crash.asked && crash.delay.is_some());
    }
}

#[test]
fn a_worker_that_does_not_stop_in_time_is_killed_once() {
    let mut desk = Desk::running(pool(1));
    desk.send(Event::Reload);
    assert_eq!(desk.due(), Some(ms(3_000)));
    assert_eq!(desk.after(ms(2_999)), []);
    assert_eq!(desk.after(ms(1)), [Kill { worker: 0, pid: 101 }]);
    assert_eq!(desk.due(), None);
    assert_eq!(desk.after(ms(60_000)), []);
    assert_eq!(desk.ended(101, Ending::Signal(9)), [Start { worker: 0 }]);
}

#[test]
fn without_a_longest_wait_nobody_is_killed() {
    let mut desk = Desk::running(Spec { max_wait: None, ..pool(1) });
    desk.send(Event::Stop);
    assert_eq!(desk.due(), None);
    assert_eq!(desk.after(ms(1_000_000)), []);
    assert_eq!(desk.ended(101, DONE), [Finish]);
}

#[test]
fn a_worker_is_replaced_when_it_is_old_enough_each_at_its_own_time() {
    let mut desk = Desk::running(Spec { max_lifetime: Some(ms(100_000)), ..pool(20) });
    assert_eq!(desk.after(ms(89_999)), []);
    let mut times = 0;
    let mut asked = 0;
    while asked < 20 {
        let wait = desk.supervisor.deadline().unwrap() - desk.now;
        let actions = desk.after(wait);
        let terminated = actions.iter().filter(|action| matches!(action, Terminate { .. })).count();
        asked += terminated;
        times += usize::from(terminated > 0);
        for action in actions {
            if let Terminate { pid, worker } = action {
                assert_eq!(desk.ended(pid, Ending::Signal(15)), [Start { worker }]);
                // The new one does not start, so that the old ones' times are not mixed with those of new ones.
            }
        }
    }
    assert!(times >= 19, "{times}");
    assert_eq!(desk.supervisor.deadline(), None);
}

#[test]
fn a_worker_is_replaced_when_it_is_large_enough() {
    let mut limits = Vec::new();
    for seed in 0..50 {
        let spec = Spec { max_memory: Some(1_000), ..pool(1) };
        let mut desk = Desk::new(spec.clone());
        desk.supervisor = Supervisor::new(spec, seed).unwrap();
        desk.send(Event::Begin);
        desk.started(0);
        let asked = (0..).find(|&bytes| !desk.send(Event::Memory { pid: 101, bytes }).is_empty());
        limits.push(asked.unwrap() - 1);
        assert_eq!(desk.due(), Some(ms(3_000)));
    }
    assert!(limits.iter().all(|limit| (900..=1_000).contains(limit)), "{limits:?}");
    limits.sort_unstable();
    limits.dedup();
    assert!(limits.len() > 10, "{limits:?}");
}

#[test]
fn a_worker_that_has_detached_is_replaced_at_once_and_left_alone() {
    let mut desk = Desk::running(Spec { max_lifetime: Some(ms(10_000)), ..pool(1) });
    assert_eq!(desk.send(Event::Detached { pid: 101, has_worked: true }), [Start { worker: 0 }]);
    assert_eq!(desk.supervisor.worker_of(101), None);
    desk.started(0);
    assert_eq!(desk.after(ms(10_000)), [Terminate { worker: 0, pid: 102 }]);
    assert_eq!(desk.ended(101, SEGV), []);
    assert_eq!(desk.send(Event::Detached { pid: 102, has_worked: true }), [Start { worker: 0 }]);
    assert_eq!(desk.after(ms(10_000)), [], "who has left is not killed");
    desk.started(0);
    desk.send(Event::Stop);
    assert_eq!(desk.ended(103, DONE), [Finish]);
}

#[test]
fn a_reload_replaces_one_worker_after_the_other() {
    let mut desk = Desk::running(pool(3));
    assert_eq!(desk.send(Event::Reload), [Terminate { worker: 0, pid: 101 }]);
    for (worker, pid) in [(0, 101), (1, 102)] {
        assert_eq!(desk.ended(pid, DONE), [Start { worker }]);
        assert_eq!(desk.started(worker), [Terminate { worker: worker + 1, pid: pid + 1 }]);
    }
    assert_eq!(desk.ended(103, DONE), [Start { worker: 2 }]);
    assert!(desk.supervisor.is_reloading());
    assert_eq!(desk.started(2), []);
    assert!(!desk.supervisor.is_reloading());
    assert_eq!(desk.supervisor.workers().map(|view| view.pid).collect::<Vec<_>>(), [104, 105, 106].map(Some));
}

#[test]
fn in_a_reload_each_has_its_kill_timer_from_the_moment_it_is_asked() {
    let mut desk = Desk::running(pool(2));
    desk.send(Event::Reload);
    assert_eq!(desk.after(ms(3_000)), [Kill { worker: 0, pid: 101 }]);
    desk.ended(101, Ending::Signal(9));
    assert_eq!(desk.started(0), [Terminate { worker: 1, pid: 102 }]);
    assert_eq!(desk.due(), Some(ms(3_000)));
}

#[test]
fn a_reload_waits_for_a_process_that_cannot_be_started() {
    let mut desk = Desk::running(pool(2));
    desk.send(Event::Reload);
    desk.ended(101, DONE);
    assert_eq!(desk.send(Event::NotStarted { worker: 0 }), []);
    assert_eq!(desk.after(ms(10)), [Start { worker: 0 }]);
    assert_eq!(desk.started(0), [Terminate { worker: 1, pid: 102 }]);
}

#[test]
fn a_worker_that_waits_is_started_when_its_turn_comes() {
    let mut desk = Desk::running(pool(2));
    for _ in 0..10 {
        desk.crash_and_start(1);
    }
    desk.crash(1);
    desk.send(Event::Reload);
    desk.ended(101, DONE);
    assert_eq!(desk.started(0), [Start { worker: 1 }]);
    desk.started(1);
    assert!(!desk.supervisor.is_reloading());
}

#[test]
fn a_worker_that_was_started_after_the_reload_has_been_replaced() {
    let mut desk = Desk::running(pool(3));
    desk.send(Event::Reload);
    assert_eq!(desk.ended(102, DONE), [Start { worker: 1 }]);
    assert_eq!(desk.started(1), []);
    desk.ended(101, DONE);
    assert_eq!(desk.started(0), [Terminate { worker: 2, pid: 103 }]);
}

#[test]
fn a_process_that_was_under_way_at_the_reload_is_waited_for_and_replaced() {
    let mut desk = Desk::running(pool(2));
    desk.ended(101, DONE);
    assert_eq!(desk.send(Event::Reload), [], "one is missing already");
    assert_eq!(desk.started(0), [Terminate { worker: 1, pid: 102 }]);
    desk.ended(102, DONE);
    assert_eq!(desk.started(1), [Terminate { worker: 0, pid: 103 }]);
    desk.ended(103, DONE);
    assert_eq!(desk.started(0), []);
    assert!(!desk.supervisor.is_reloading());
}

#[test]
fn a_second_reload_replaces_those_again_that_have_been_replaced() {
    let mut desk = Desk::running(pool(3));
    desk.send(Event::Reload);
    desk.ended(101, DONE);
    assert_eq!(desk.started(0), [Terminate { worker: 1, pid: 102 }]);
    assert_eq!(desk.send(Event::Reload), []);
    // The one whose turn it is has its new process after the second reload; it is not replaced twice.
    desk.ended(102, DONE);
    assert_eq!(desk.started(1), [Terminate { worker: 2, pid: 103 }]);
    desk.ended(103, DONE);
    assert_eq!(desk.started(2), [Terminate { worker: 0, pid: 104 }]);
    desk.ended(104, DONE);
    assert_eq!(desk.started(0), []);
    assert!(!desk.supervisor.is_reloading());
}

#[test]
fn reloads_in_quick_succession_reach_everybody() {
    let mut desk = Desk::running(pool(3));
    let mut asked = [0; 3];
    let mut actions = desk.send(Event::Reload);
    for _ in 0..30 {
        let [Terminate { worker, pid }] = actions[..] else { panic!("{actions:?}") };
        asked[worker] += 1;
        desk.ended(pid, DONE);
        assert_eq!(desk.send(Event::Reload), []);
        actions = desk.started(worker);
    }
    assert_eq!(asked, [10; 3]);
}

#[test]
fn a_replacement_that_crashes_does_not_hold_up_the_reload() {
    let mut desk = Desk::running(pool(2));
    desk.send(Event::Reload);
    desk.ended(101, DONE);
    desk.started(0);
    desk.crash(0);
    desk.ended(102, DONE);
    desk.started(1);
    assert!(!desk.supervisor.is_reloading());
}

#[test]
fn a_stop_asks_all_at_once() {
    let mut desk = Desk::running(pool(4));
    desk.crash(2);
    desk.ended(104, DONE);
    let actions = desk.send(Event::Stop);
    assert_eq!(actions, [Terminate { worker: 0, pid: 101 }, Terminate { worker: 1, pid: 102 }]);
    assert_eq!(desk.view(2).status, Status::Gone);
    assert_eq!((desk.send(Event::Stop), desk.send(Event::Reload)), (vec![], vec![]));
    assert_eq!(desk.started(3), [Terminate { worker: 3, pid: 105 }]);
    assert_eq!(desk.ended(101, DONE), []);
    desk.now += ms(1_000);
    assert_eq!(desk.ended(105, DONE), []);
    assert_eq!(desk.after(ms(2_000)), [Kill { worker: 1, pid: 102 }]);
    assert_eq!(desk.ended(102, Ending::Signal(9)), [Finish]);
    assert!(desk.supervisor.is_stopping() && !desk.supervisor.has_given_up());
    assert_eq!(desk.supervisor.deadline(), None);
}

#[test]
fn what_waits_for_a_worker_that_waits_for_its_restart_is_for_a_last_process() {
    let mut desk = Desk::running(pool(1));
    desk.crash(0);
    desk.waiting = vec![0];
    assert_eq!(desk.send(Event::Stop), [Start { worker: 0 }]);
    desk.now += ms(1_000);
    assert_eq!(desk.started(0), [Terminate { worker: 0, pid: 102 }]);
    assert_eq!(desk.due(), Some(ms(2_000)), "it has no more time than the others");
    assert_eq!(desk.ended(102, DONE), [Finish], "there is one only");
}

#[test]
fn what_waits_for_a_worker_that_is_being_replaced_is_for_a_last_process() {
    let mut desk = Desk::running(pool(2));
    desk.send(Event::Reload);
    desk.waiting = vec![0];
    // The one that is being replaced is told once more: what comes to it from now on is its own.
    assert_eq!(
        desk.send(Event::Stop),
        [Terminate { worker: 0, pid: 101 }, Terminate { worker: 1, pid: 102 }]
    );
    assert_eq!(desk.supervisor.processes(), 2);
    assert_eq!(desk.ended(101, DONE), [Start { worker: 0 }]);
    assert_eq!(desk.supervisor.processes(), 2, "one is under way");
    assert_eq!(desk.started(0), [Terminate { worker: 0, pid: 103 }]);
    desk.waiting.clear();
    assert_eq!(desk.ended(103, DONE), []);
    assert_eq!(desk.ended(102, DONE), [Finish]);
    assert_eq!(desk.supervisor.processes(), 0);
}

#[test]
fn what_the_last_worker_has_sent_to_others_is_for_last_processes() {
    let mut desk = Desk::running(pool(3));
    desk.send(Event::Stop);
    assert_eq!((desk.ended(101, DONE), desk.ended(102, DONE)), (vec![], vec![]));
    desk.waiting = vec![0, 1];
    assert_eq!(desk.ended(103, DONE), [Start { worker: 0 }, Start { worker: 1 }]);
    desk.started(0);
    desk.started(1);
    // One of these sends to the third.
    desk.waiting = vec![0, 2];
    assert_eq!(desk.ended(104, DONE), []);
    assert_eq!(desk.ended(105, DONE), [Start { worker: 2 }], "the first has had its last");
    desk.started(2);
    assert_eq!(desk.ended(106, DONE), [Finish]);
}

#[test]
fn when_nothing_waits_each_is_looked_after_once() {
    let mut desk = Desk::running(pool(1));
    desk.raw(Event::Stop);
    assert_eq!(
        desk.raw(Event::Ended { pid: 101, ending: DONE, has_worked: true }),
        [CheckBacklog { worker: 0 }]
    );
    assert_eq!(desk.raw(Event::BacklogChecked { worker: 0, messages_wait: false }), [Finish]);
}

#[test]
fn a_last_process_is_started_in_the_first_half_of_the_longest_wait_only() {
    for (late, expected) in [(1_499, Start { worker: 0 }), (1_500, Finish)] {
        let mut desk = Desk::running(pool(1));
        desk.send(Event::Stop);
        desk.waiting = vec![0];
        assert_eq!(desk.after(ms(late)), []);
        assert_eq!(desk.ended(101, DONE), [expected]);
    }
    let mut desk = Desk::running(pool(1));
    desk.raw(Event::Stop);
    desk.raw(Event::Ended { pid: 101, ending: DONE, has_worked: true });
    desk.now += ms(1_500);
    assert_eq!(
        desk.raw(Event::BacklogChecked { worker: 0, messages_wait: true }),
        [Finish],
        "the answer comes late"
    );
    let mut desk = Desk::running(Spec { max_wait: None, ..pool(1) });
    desk.send(Event::Stop);
    desk.waiting = vec![0];
    assert_eq!(desk.after(ms(1_000_000)), []);
    assert_eq!(desk.ended(101, DONE), [Start { worker: 0 }]);
    desk.started(0);
    assert_eq!(desk.due(), None);
}

#[test]
fn a_last_process_is_killed_when_all_others_are() {
    let mut desk = Desk::running(pool(1));
    desk.send(Event::Stop);
    desk.waiting = vec![0];
    desk.after(ms(1_000));
    desk.ended(101, SEGV);
    assert_eq!(desk.started(0), [Terminate { worker: 0, pid: 102 }]);
    assert_eq!(desk.after(ms(1_999)), []);
    assert_eq!(desk.after(ms(1)), [Kill { worker: 0, pid: 102 }]);
    assert_eq!(desk.ended(102, Ending::Signal(9)), [Finish]);
}

#[test]
fn a_last_process_that_fails_is_reported_and_was_the_last() {
    let mut desk = Desk::running(pool(1));
    desk.crash(0);
    desk.waiting = vec![0];
    desk.send(Event::Stop);
    desk.started(0);
    let actions = desk.ended(102, SEGV);
    assert_eq!((crash_in(&actions).asked, crash_in(&actions).delay), (true, None));
    assert_eq!(actions[1..], [Finish]);
}

#[test]
fn a_last_process_that_cannot_be_started_is_not_tried_again() {
    let mut desk = Desk::new(pool(1));
    desk.send(Event::Begin);
    desk.waiting = vec![0];
    assert_eq!(desk.send(Event::Stop), []);
    assert_eq!(desk.send(Event::NotStarted { worker: 0 }), [Start { worker: 0 }], "that was not the last");
    assert_eq!(desk.send(Event::NotStarted { worker: 0 }), [Finish]);
}

#[test]
fn a_pool_that_gives_up_or_has_not_begun_starts_nothing_for_what_waits() {
    let mut desk = Desk::running(budget(2, 1));
    desk.crash(0);
    desk.waiting = vec![0, 1];
    assert_eq!(desk.ended(102, SEGV)[1..], [GiveUp, Finish]);
    let mut desk = Desk::new(pool(1));
    desk.waiting = vec![0];
    assert_eq!(desk.send(Event::Stop), [Finish]);
}

#[test]
fn a_stop_leaves_the_kill_timer_of_a_reload_as_it_is() {
    let mut desk = Desk::running(pool(2));
    desk.send(Event::Reload);
    desk.after(ms(2_000));
    assert_eq!(
        desk.send(Event::Stop),
        [Terminate { worker: 0, pid: 101 }, Terminate { worker: 1, pid: 102 }]
    );
    assert_eq!(desk.after(ms(1_000)), [Kill { worker: 0, pid: 101 }]);
    assert_eq!(desk.after(ms(2_000)), [Kill { worker: 1, pid: 102 }]);
}

#[test]
fn more_workers_than_there_is_memory_for_are_refused() {
    assert_eq!(Supervisor::new(pool(usize::MAX), 7).unwrap_err(), Errno::ENOMEM);
}

#[test]
fn a_pool_without_processes_stops_at_once() {
    let mut desk = Desk::new(pool(0));
    assert_eq!((desk.send(Event::Begin), desk.send(Event::Reload)), (vec![], vec![]));
    assert_eq!(desk.send(Event::Stop), [Finish]);
    let mut desk = Desk::new(pool(2));
    assert_eq!(desk.send(Event::Stop), [Finish]);
    assert_eq!(desk.send(Event::Begin), []);
}

#[test]
fn a_pool_whose_budget_is_spent_gives_up() {
    let mut desk = Desk::running(budget(3, 2));
    desk.crash_and_start(0);
    desk.crash_and_start(1);
    let pid = desk.view(0).pid.unwrap();
    let actions = desk.ended(pid, SEGV);
    assert_eq!(crash_in(&actions).delay, None);
    let asked = [1, 2].map(|worker| Terminate { worker, pid: desk.view(worker).pid.unwrap() });
    assert_eq!(actions[1..], [GiveUp, asked[0], asked[1]]);
    assert!(desk.supervisor.is_stopping() && desk.supervisor.has_given_up());
    assert_eq!(desk.send(Event::Stop), []);
    desk.ended(asked_pid(asked[0]), DONE);
    assert_eq!(desk.ended(asked_pid(asked[1]), DONE), [Finish]);
}

fn asked_pid(action: Action) -> Pid {
    match action {
        Terminate { pid, .. } => pid,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_last_of_a_pool_that_gives_up_finishes_it() {
    let mut desk = Desk::running(budget(1, 0));
    let actions = desk.ended(101, SEGV);
    assert_eq!(actions[1..], [GiveUp, Finish]);
}

#[test]
fn failures_that_are_older_than_the_window_are_forgotten() {
    let mut desk = Desk::running(budget(1, 2));
    for _ in 0..10 {
        for _ in 0..2 {
            desk.crash_and_start(0);
        }
        assert_eq!(desk.after(ms(60_001)), []);
    }
    assert!(!desk.supervisor.is_stopping());
    for _ in 0..2 {
        desk.crash_and_start(0);
    }
    desk.now += ms(59_000);
    let pid = desk.last;
    assert_eq!(desk.ended(pid, SEGV)[1..], [GiveUp, Finish]);
}

#[test]
fn failures_that_are_as_old_as_the_window_still_count() {
    for (age, is_given_up) in [(ms(60_000), true), (ms(60_001), false)] {
        let mut desk = Desk::running(budget(2, 1));
        desk.crash(0);
        desk.now += age;
        desk.ended(102, SEGV);
        assert_eq!(desk.supervisor.has_given_up(), is_given_up);
    }
}

#[test]
fn many_normal_ends_are_told_of_once_a_second() {
    let mut desk = Desk::running(pool(1));
    let mut told = Vec::new();
    for _ in 0..3_000 {
        let mut actions = desk.after(ms(1));
        actions.extend(desk.ended(desk.last, DONE));
        desk.started(0);
        told.extend(actions.into_iter().filter(|action| *action != Start { worker: 0 }));
    }
    assert!((2..=3).contains(&told.len()), "{told:?}");
    assert!(told.iter().all(|action| *action == Action::Churn { restarts: 1_000 }), "{told:?}");
}

#[test]
fn ten_normal_ends_in_a_second_are_nothing_and_eleven_are_told_of_when_it_is_over() {
    let mut desk = Desk::running(pool(1));
    for _ in 0..10 {
        desk.ended(desk.last, DONE);
        desk.started(0);
    }
    assert_eq!(desk.supervisor.deadline(), None);
    assert_eq!(desk.after(ms(999)), []);
    desk.ended(desk.last, DONE);
    desk.started(0);
    assert_eq!(desk.due(), Some(ms(1)));
    assert_eq!(desk.after(ms(1)), [Action::Churn { restarts: 11 }]);
    assert_eq!(desk.supervisor.deadline(), None);
}

#[test]
fn workers_that_reach_their_limits_or_leave_in_quick_succession_are_told_of() {
    let mut desk = Desk::running(Spec { max_memory: Some(1_000), ..pool(1) });
    for number in 0..12 {
        let pid = desk.last;
        if number % 2 == 0 {
            desk.send(Event::Memory { pid, bytes: 1_001 });
            desk.ended(pid, Ending::Signal(15));
        } else {
            desk.send(Event::Detached { pid, has_worked: true });
        }
        desk.started(0);
    }
    assert_eq!(desk.after(ms(1_000)), [Action::Churn { restarts: 12 }]);
}

#[test]
fn a_pool_that_stops_has_nothing_more_to_tell_of_normal_ends() {
    let mut desk = Desk::running(Spec { max_wait: None, ..pool(1) });
    for _ in 0..20 {
        desk.ended(desk.last, DONE);
        desk.started(0);
    }
    desk.send(Event::Stop);
    assert_eq!(desk.supervisor.deadline(), None);
    assert_eq!(desk.after(ms(1_000)), []);
    assert_eq!(desk.ended(desk.last, DONE), [Finish]);
}

#[test]
fn a_reload_is_not_told_of_as_many_normal_ends() {
    let mut desk = Desk::running(pool(50));
    let mut actions = desk.send(Event::Reload);
    while let [Terminate { worker, pid }] = actions[..] {
        assert_eq!(desk.ended(pid, DONE), [Start { worker }]);
        actions = desk.started(worker);
    }
    assert_eq!((actions, desk.supervisor.deadline()), (vec![], None));
}
