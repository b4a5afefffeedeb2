//! Coroutines without PHP, on stacks of another library: who runs when, how waits end, and what waits for each other,
//! against models.
#![cfg(test)]
#![allow(unsafe_code, reason = "a stack is entered while the table that holds it is not borrowed")]

mod alone;

use alone::random::for_all;
use corosensei::{Coroutine, CoroutineResult, Yielder};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant};
use swoole_process::rt::core::Core;
use swoole_process::rt::core::child::{Child, Forked};
use swoole_process::rt::core::clock::now;
use swoole_process::rt::core::scheduler::ResumeError;
use swoole_process::rt::core::switch::{self, Stacks, Stop, SwitchResult};
use swoole_process::rt::core::timers::Target;
use swoole_process::rt::core::wait::{Cid, Slot, WaitKind, Waiter, Wake};
use swoole_process::rt::runtime::Runtime;
use swoole_process::rt::shared::lock::{Acquisition, Kind, Lock as Shared};
use swoole_process::rt::sync::barrier;
use swoole_process::rt::sync::channel::{Channel, ChannelError, WaiterCounts};
use swoole_process::rt::sync::lock::{Lock, LockError};
use swoole_process::rt::sync::wait_group::{WaitGroup, WaitGroupError};
use swoole_process::rt::sync::work::{self, BeginResult};

type Stack = Coroutine<(), (), SwitchResult>;

thread_local! {
    static CORE: RefCell<Core> = RefCell::default();
    static STACKS: RefCell<HashMap<Slot, *mut Stack>> = RefCell::default();
    static YIELDERS: RefCell<HashMap<Slot, *const Yielder<(), ()>>> = RefCell::default();
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static BLOCKED: Cell<bool> = const { Cell::new(false) };
    /// The lowest address of a stack at which a coroutine was entered from the main program.
    static LOWEST: Cell<usize> = const { Cell::new(0) };
}

struct Library;

impl Stacks for Library {
    fn core<R>(body: impl FnOnce(&mut Core) -> R) -> R {
        CORE.with_borrow_mut(body)
    }

    fn enter(slot: Slot) -> SwitchResult {
        let here = 0_u8;
        LOWEST.set(LOWEST.get().min(std::ptr::from_ref(&here).addr()));
        let stack = STACKS.with(|stacks| stacks.borrow()[&slot]);
        // SAFETY: the stack is freed below, when it has ended, and nobody else enters it meanwhile.
        match unsafe { (*stack).resume(()) } {
            CoroutineResult::Yield(()) => SwitchResult::Waits,
            CoroutineResult::Return(back) => {
                STACKS.with(|stacks| stacks.borrow_mut().remove(&slot));
                // SAFETY: it was made by Box::into_raw, and nobody knows it any more.
                drop(unsafe { Box::from_raw(stack) });
                back
            }
        }
    }

    fn leave(slot: Slot) {
        let yielder = YIELDERS.with(|yielders| yielders.borrow()[&slot]);
        // SAFETY: the yielder lives as long as the stack that runs.
        unsafe { (*yielder).suspend(()) };
    }

    fn is_blocked() -> bool {
        BLOCKED.get()
    }
}

/// Runs `body` as a coroutine until it waits.
fn go(body: impl FnOnce() + 'static) -> Cid {
    let (cid, back) = go_and(move || {
        body();
        SwitchResult::Ended
    });
    assert_ne!(back, SwitchResult::Failed);
    cid
}

/// As [`go`], for a body that says how it ends; what came back.
fn go_and(body: impl FnOnce() -> SwitchResult + 'static) -> (Cid, SwitchResult) {
    let (slot, cid) = Library::core(|core| core.scheduler.create(now()));
    let stack: Stack = Coroutine::new(move |yielder, ()| {
        YIELDERS.with(|yielders| yielders.borrow_mut().insert(slot, std::ptr::from_ref(yielder)));
        body()
    });
    STACKS.with(|stacks| stacks.borrow_mut().insert(slot, Box::into_raw(Box::new(stack))));
    (cid, switch::run_when_possible::<Library>(slot))
}

/// Ends the wait of a coroutine from outside; false when there is none.
fn end_wait(cid: Cid, wake: Wake) -> bool {
    let waiter = Library::core(|core| core.scheduler.wait_to_cancel(cid));
    waiter.is_ok_and(|waiter| switch::wake::<Library>(waiter, wake).is_some())
}

/// Does what the loop would: all that is due now. Sleeps never end.
fn turn() {
    let round = Library::core(|core| core.events.timers.begin(now));
    while let Some(due) = Library::core(|core| core.events.timers.due(round)) {
        let Target::Wake(waiter, wake) = due.target else { panic!("nobody has made such a timer") };
        switch::wake::<Library>(waiter, wake);
    }
}

/// Runs `body` where no switch may be made.
fn blocked<R>(body: impl FnOnce() -> R) -> R {
    BLOCKED.set(true);
    let result = body();
    BLOCKED.set(false);
    result
}

/// Nothing of a test is left for the next one on this thread.
fn finish() {
    for cid in Library::core(|core| core.scheduler.ids()) {
        end_wait(cid, Wake::Unwound);
    }
    assert!(STACKS.with(|stacks| stacks.borrow().is_empty()));
    drop(CORE.take());
}

/// What a coroutine of a random program came to.
type Log = Rc<RefCell<BTreeMap<usize, Result<u32, ChannelError>>>>;

#[derive(Clone, Debug)]
enum Step {
    Push,
    Pop,
    Close,
    /// Ends the wait of what an earlier step has begun, when it still waits.
    End {
        step: usize,
        wake: Wake,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let wake = prop_oneof![Just(Wake::TimedOut), Just(Wake::Canceled), Just(Wake::Interrupted)];
    prop_oneof![
        10 => Just(Step::Push),
        10 => Just(Step::Pop),
        1 => Just(Step::Close),
        5 => (0..40usize, wake).prop_map(|(step, wake)| Step::End { step, wake }),
    ]
}

/// A channel as one would write it down: nobody runs, everybody has a number.
#[derive(Default)]
struct Model {
    capacity: usize,
    values: VecDeque<u32>,
    producers: VecDeque<(usize, u32)>,
    consumers: VecDeque<usize>,
    closed: bool,
    log: BTreeMap<usize, Result<u32, ChannelError>>,
}

impl Model {
    fn push(&mut self, step: usize, value: u32) {
        if self.closed {
            self.log.insert(step, Err(ChannelError::Closed));
        } else if let Some(consumer) = self.consumers.pop_front() {
            self.log.insert(consumer, Ok(value));
            self.log.insert(step, Ok(value));
        } else if self.values.len() < self.capacity {
            self.values.push_back(value);
            self.log.insert(step, Ok(value));
        } else {
            self.producers.push_back((step, value));
        }
    }

    fn pop(&mut self, step: usize) {
        if let Some(value) = self.values.pop_front() {
            self.log.insert(step, Ok(value));
            if let Some((producer, value)) = self.producers.pop_front() {
                self.log.insert(producer, Ok(value));
                self.values.push_back(value);
            }
        } else if self.closed {
            self.log.insert(step, Err(ChannelError::Closed));
        } else {
            self.consumers.push_back(step);
        }
    }

    fn close(&mut self) {
        self.closed = true;
        let producers = self.producers.drain(..).map(|(step, _)| step);
        for step in producers.chain(self.consumers.drain(..)) {
            self.log.insert(step, Err(ChannelError::Closed));
        }
    }

    fn end(&mut self, step: usize, wake: Wake) -> bool {
        let before = self.producers.len() + self.consumers.len();
        self.producers.retain(|(other, _)| *other != step);
        self.consumers.retain(|other| *other != step);
        let waited = before > self.producers.len() + self.consumers.len();
        if waited {
            self.log.insert(step, Err(ChannelError::Stopped(Stop::Woken(wake))));
        }
        waited
    }
}

fn push(channel: &Rc<Channel<u32>>, log: &Log, step: usize) -> Cid {
    let (channel, log) = (Rc::clone(channel), Rc::clone(log));
    go(move || {
        let value = u32::try_from(step).unwrap();
        let result = channel.push::<Library>(None, || value).map(|()| value);
        log.borrow_mut().insert(step, result);
    })
}

fn pop(channel: &Rc<Channel<u32>>, log: &Log, step: usize) -> Cid {
    let (channel, log) = (Rc::clone(channel), Rc::clone(log));
    go(move || {
        let result = channel.pop::<Library>(None);
        log.borrow_mut().insert(step, result);
    })
}

fn a_channel_does_what_its_model_does() {
    for_all(1000, (0..4usize, prop::collection::vec(step(), 1..40)), |(capacity, steps)| {
        let channel = Rc::new(Channel::new(capacity));
        let log = Log::default();
        let mut model = Model { capacity: capacity.max(1), ..Model::default() };
        let mut cids = HashMap::new();
        for (number, step) in steps.iter().enumerate() {
            match *step {
                Step::Push => {
                    cids.insert(number, push(&channel, &log, number));
                    model.push(number, u32::try_from(number).unwrap());
                }
                Step::Pop => {
                    cids.insert(number, pop(&channel, &log, number));
                    model.pop(number);
                }
                Step::Close => {
                    prop_assert_eq!(channel.close::<Library>(), Ok(!model.closed));
                    model.close();
                }
                Step::End { step, wake } => {
                    let ended = cids.get(&step).is_some_and(|&cid| end_wait(cid, wake));
                    prop_assert_eq!(ended, model.end(step, wake));
                }
            }
            prop_assert_eq!(&*log.borrow(), &model.log, "after step {}", number);
            prop_assert_eq!(channel.len(), model.values.len());
            let waiting = WaiterCounts { producers: model.producers.len(), consumers: model.consumers.len() };
            prop_assert_eq!(channel.waiting::<Library>(), waiting);
        }
        finish();
        Ok(())
    });
}

/// Where no switch may be made those who wait are woken later, and meanwhile everything may happen.
fn no_value_is_lost_when_waking_has_to_wait() {
    let steps = prop::collection::vec((step(), any::<bool>(), any::<bool>()), 1..40);
    for_all(1000, (1..4usize, steps), |(capacity, steps)| {
        let channel = Rc::new(Channel::new(capacity));
        let log = Log::default();
        let mut cids = HashMap::new();
        for (number, (step, is_blocked, turns)) in steps.iter().enumerate() {
            match *step {
                Step::Push if *is_blocked => {
                    // As a destructor that the cycle collector runs: in a coroutine, which then goes on.
                    let (channel, log) = (Rc::clone(&channel), Rc::clone(&log));
                    go(move || {
                        let value = u32::try_from(number).unwrap();
                        let result = blocked(|| channel.push::<Library>(None, || value)).map(|()| value);
                        log.borrow_mut().insert(number, result);
                    });
                }
                Step::Push => drop(cids.insert(number, push(&channel, &log, number))),
                Step::Pop if *is_blocked => {
                    let (channel, log) = (Rc::clone(&channel), Rc::clone(&log));
                    go(move || {
                        let result = blocked(|| channel.pop::<Library>(None));
                        log.borrow_mut().insert(number, result);
                    });
                }
                Step::Pop => drop(cids.insert(number, pop(&channel, &log, number))),
                Step::Close if *is_blocked => drop(blocked(|| channel.close::<Library>())),
                Step::Close => drop(channel.close::<Library>()),
                Step::End { step, wake } => {
                    cids.get(&step).map(|&cid| end_wait(cid, wake));
                }
            }
            if *turns {
                turn();
            }
        }
        // Who is woken may have others woken later.
        while !Library::core(|core| core.events.timers.is_empty()) {
            turn();
        }
        let waiting = channel.waiting::<Library>();
        prop_assert!(channel.is_empty() || waiting.consumers == 0, "{:?} with {}", waiting, channel.len());
        prop_assert!(channel.is_full() || waiting.producers == 0, "{:?} with {}", waiting, channel.len());
        let log = log.borrow();
        let done = |is_push: bool| {
            let log = &log;
            steps
                .iter()
                .enumerate()
                .filter(move |(_, (step, ..))| matches!(step, Step::Push) == is_push)
                .filter_map(move |(number, _)| log.get(&number).copied()?.ok())
        };
        let mut pushed: Vec<u32> = done(true).collect();
        let mut found: Vec<u32> = done(false).collect();
        channel.each(|&value| found.push(value));
        pushed.sort_unstable();
        found.sort_unstable();
        prop_assert_eq!(pushed, found);
        drop(log);
        finish();
        Ok(())
    });
}

fn the_main_program_cannot_push_pop_or_wait() {
    let channel = Channel::new(1);
    let outside = Err(ChannelError::Stopped(Stop::Outside));
    assert_eq!(channel.push::<Library>(None, || 1), outside);
    assert_eq!(channel.pop::<Library>(None), outside.map(|()| 1));
    assert_eq!(channel.close::<Library>(), Ok(true));
    let group = WaitGroup::new(1);
    assert_eq!(group.wait::<Library>(None), Err(WaitGroupError::Stopped(Stop::Outside)));
    finish();
}

fn a_value_goes_to_the_next_one_when_the_first_is_cancelled_before_it_runs() {
    let channel = Rc::new(Channel::new(2));
    let log = Log::default();
    let first = pop(&channel, &log, 1);
    pop(&channel, &log, 2);
    let pushing = Rc::clone(&channel);
    go(move || assert_eq!(blocked(|| pushing.push::<Library>(None, || 7)), Ok(())));
    assert!(end_wait(first, Wake::Interrupted));
    assert_eq!(log.borrow()[&1], Err(ChannelError::Stopped(Stop::Woken(Wake::Interrupted))));
    assert_eq!(log.borrow()[&2], Ok(7));
    turn();
    finish();
}

fn in_a_forked_child_nobody_waits_for_the_parents_coroutines() {
    let channel = Rc::new(Channel::new(1));
    let log = Log::default();
    pop(&channel, &log, 1);
    let child = Rc::clone(&channel);
    go(move || {
        Library::core(|core| core.scheduler.abandon_waiting());
        assert_eq!(child.waiting::<Library>(), WaiterCounts { producers: 0, consumers: 0 });
        assert_eq!(child.push::<Library>(None, || 5), Ok(()));
        assert_eq!(child.pop::<Library>(None), Ok(5));
    });
    assert!(log.borrow().is_empty());
    unwind_abandoned();
    assert_eq!(log.borrow()[&1], Err(ChannelError::Stopped(Stop::Woken(Wake::Unwound))));
    finish();
}

fn a_group_wakes_the_one_who_waits_when_the_last_task_is_done() {
    let group = Rc::new(WaitGroup::new(2));
    let result = Rc::new(Cell::new(None));
    let (waiting, told) = (Rc::clone(&group), Rc::clone(&result));
    go(move || told.set(Some(waiting.wait::<Library>(None))));
    assert_eq!(group.add::<Library>(1), Err(WaitGroupError::AddedWhileWaiting));
    assert_eq!(group.wait::<Library>(None), Err(WaitGroupError::AlreadyWaiting));
    group.done().unwrap();
    group.release::<Library>().unwrap();
    assert_eq!(result.get(), None);
    group.done().unwrap();
    group.release::<Library>().unwrap();
    assert_eq!(result.get(), Some(Ok(())));
    assert_eq!(group.done(), Err(WaitGroupError::Negative));
    assert_eq!(group.add::<Library>(-1), Err(WaitGroupError::Negative));
    assert_eq!(group.count(), 0);
    finish();
}

fn a_group_can_be_used_again_after_a_wait_that_came_to_nothing() {
    for wake in [Wake::TimedOut, Wake::Canceled, Wake::Interrupted] {
        let group = Rc::new(WaitGroup::new(1));
        let result = Rc::new(Cell::new(None));
        let (waiting, told) = (Rc::clone(&group), Rc::clone(&result));
        let cid = go(move || told.set(Some(waiting.wait::<Library>(Some(Duration::from_secs(1000))))));
        assert!(end_wait(cid, wake));
        assert_eq!(result.get(), Some(Err(WaitGroupError::Stopped(Stop::Woken(wake)))));
        assert!(!group.is_waiting::<Library>());
        assert_eq!(group.add::<Library>(1), Ok(()));
        assert!(Library::core(|core| core.events.timers.is_empty()), "the time limit is gone");
    }
    finish();
}

fn a_barrier_may_be_opened_before_anybody_waits() {
    let opened = Rc::new(Cell::new(0));
    let count = Rc::clone(&opened);
    go(move || {
        let barrier = barrier::close::<Library>();
        barrier::open::<Library>(barrier).unwrap();
        assert_eq!(barrier::wait::<Library>(barrier, None), Ok(()));
        count.set(count.get() + 1);
    });
    let barrier = barrier::close::<Library>();
    let count = Rc::clone(&opened);
    go(move || {
        assert_eq!(barrier::wait::<Library>(barrier, None), Ok(()));
        count.set(count.get() + 1);
    });
    assert_eq!(opened.get(), 1);
    barrier::open::<Library>(barrier).unwrap();
    assert_eq!(opened.get(), 2);
    finish();
}

fn a_late_opening_of_a_barrier_wakes_nobody() {
    let barrier = barrier::close::<Library>();
    let cid = go(move || {
        assert_eq!(barrier::wait::<Library>(barrier, None), Err(Stop::Woken(Wake::TimedOut)));
        let waiter = switch::begin_wait::<Library>(WaitKind::Resume, None).unwrap();
        assert_eq!(switch::suspend::<Library>(waiter), Wake::Unwound, "the barrier has woken another wait");
    });
    assert!(end_wait(cid, Wake::TimedOut));
    barrier::open::<Library>(barrier).unwrap();
    finish();
}

fn wait(on: WaitKind, limit: Option<Duration>) -> Wake {
    let waiter = switch::begin_wait::<Library>(on, limit).expect("inside of a coroutine");
    switch::suspend::<Library>(waiter)
}

/// A wait that somebody else will end, by the name that `tell` gets.
fn wait_for(tell: impl FnOnce(Waiter), limit: Option<Duration>) -> Wake {
    let waiter = switch::begin_wait::<Library>(WaitKind::Event, limit).expect("inside of a coroutine");
    tell(waiter);
    switch::suspend::<Library>(waiter)
}

fn say(what: impl Into<String>) {
    LOG.with_borrow_mut(|log| log.push(what.into()));
}

fn said() -> String {
    LOG.take().join(" ")
}

/// Fires the timers that are due at a time.
fn pass(until: Instant) {
    let round = Library::core(|core| core.events.timers.begin(|| until));
    while let Some(due) = Library::core(|core| core.events.timers.due(round)) {
        match due.target {
            Target::Wake(waiter, wake) => {
                switch::wake::<Library>(waiter, wake);
            }
            Target::Call(_) => panic!("nothing was to be called"),
        }
    }
}

fn cancel(cid: Cid) -> Result<(), ResumeError> {
    let waiter = Library::core(|core| core.scheduler.wait_to_cancel(cid))?;
    assert!(switch::wake::<Library>(waiter, Wake::Canceled).is_some());
    Ok(())
}

fn a_new_one_runs_at_once_on_top_of_its_maker() {
    go(|| {
        say("a1");
        go(|| {
            say("b1");
            wait(WaitKind::Resume, None);
            say("b2");
        });
        say("a2");
        assert_eq!(switch::resume::<Library>(2), Ok(SwitchResult::Ended));
        say("a3");
    });
    assert_eq!(said(), "a1 b1 a2 b2 a3");
    assert!(Library::core(|core| core.scheduler.is_empty()));
}

fn each_knows_its_number_and_its_maker() {
    let own = || Library::core(|core| core.scheduler.current());
    assert_eq!(own(), None);
    go(move || {
        assert_eq!(own(), Some(1));
        go(move || {
            assert_eq!(own(), Some(2));
            assert_eq!(Library::core(|core| core.scheduler.parent(2)), Some(Some(1)));
        });
        assert_eq!(Library::core(|core| core.scheduler.parent(2)), None);
        assert_eq!(Library::core(|core| core.scheduler.parent(1)), Some(None));
    });
    let (len, peak, last) =
        Library::core(|core| (core.scheduler.len(), core.scheduler.peak(), core.scheduler.last()));
    assert_eq!((len, peak, last), (0, 2, 2));
}

fn only_one_that_waits_for_it_is_resumed() {
    let cid = go(|| {
        assert_eq!(switch::resume::<Library>(1), Err(ResumeError::Runs));
        assert_eq!(wait(WaitKind::Event, None), Wake::Canceled);
        assert!(Library::core(|core| core.scheduler.is_canceled()));
        assert_eq!(wait(WaitKind::Resume, None), Wake::Ready);
        assert!(!Library::core(|core| core.scheduler.is_canceled()));
    });
    assert_eq!(switch::resume::<Library>(cid), Err(ResumeError::Waits));
    assert_eq!(cancel(cid), Ok(()));
    assert_eq!(switch::resume::<Library>(cid), Ok(SwitchResult::Ended));
    assert_eq!(switch::resume::<Library>(cid), Err(ResumeError::Unknown));
    assert_eq!(cancel(cid), Err(ResumeError::Unknown));
}

fn where_no_switch_may_be_made_the_loop_does_what_was_asked_for() {
    let resumed = go(|| {
        assert_eq!(wait(WaitKind::Resume, None), Wake::Ready);
        say("resumed");
    });
    let cancelled = go(|| {
        assert_eq!(wait(WaitKind::Event, None), Wake::Interrupted);
        say("cancelled");
    });
    blocked(|| {
        assert_eq!(switch::resume::<Library>(resumed), Ok(SwitchResult::Waits));
        assert_eq!(switch::resume::<Library>(cancelled), Err(ResumeError::Waits));
        let waiter = Library::core(|core| core.scheduler.wait_to_cancel(cancelled)).unwrap();
        assert_eq!(switch::wake_when_possible::<Library>(waiter, Wake::Interrupted), Ok(()));
        let new = go(|| say("begun"));
        // It waits for its turn alone.
        assert_eq!(cancel(new), Err(ResumeError::Waits));
        assert_eq!(switch::resume::<Library>(new), Err(ResumeError::Waits));
    });
    assert_eq!(said(), "");
    turn();
    assert_eq!(said(), "resumed cancelled begun");
}

fn one_does_work_that_the_others_wait_for() {
    let worker = |name: &'static str| {
        move || {
            let begun = work::begin::<Library>(b"work");
            say(format!("{name} {begun:?}"));
            if begun == Ok(BeginResult::Now) {
                assert_eq!(work::begin::<Library>(b"work"), Ok(BeginResult::Already));
                wait(WaitKind::Resume, None);
                assert_eq!(work::end::<Library>(b"work"), Ok(()));
                say(format!("{name} has ended it"));
            }
        }
    };
    let first = go(worker("first"));
    let second = go(worker("second"));
    let third = go(worker("third"));
    // Who is told not to wait waits on, unless it is told so by an exception.
    assert_eq!(cancel(second), Ok(()));
    assert!(end_wait(third, Wake::Interrupted));
    assert_eq!(blocked(|| work::begin::<Library>(b"work")), Ok(BeginResult::Beside));
    assert_eq!(blocked(|| work::begin::<Library>(b"work")), Ok(BeginResult::Already));
    assert_eq!(work::end::<Library>(b"work"), Ok(()));
    switch::resume::<Library>(first).unwrap();
    assert_eq!(said(), "first Ok(Now) third Err(Woken(Interrupted)) second Ok(ByAnother) first has ended it");
}

fn nobody_waits_for_itself() {
    go(|| {
        assert_eq!(work::begin::<Library>(b"a"), Ok(BeginResult::Now));
        wait(WaitKind::Resume, None);
        say(format!("first {:?}", work::begin::<Library>(b"b")));
        assert_eq!(work::end::<Library>(b"a"), Ok(()));
    });
    let second = go(|| {
        assert_eq!(work::begin::<Library>(b"b"), Ok(BeginResult::Now));
        wait(WaitKind::Resume, None);
        say(format!("second {:?}", work::begin::<Library>(b"a")));
        assert_eq!(work::begin::<Library>(b"a"), Ok(BeginResult::Already));
        assert_eq!(work::end::<Library>(b"a"), Ok(()));
        assert_eq!(work::end::<Library>(b"b"), Ok(()));
    });
    switch::resume::<Library>(1).unwrap();
    switch::resume::<Library>(second).unwrap();
    assert_eq!(said(), "second Ok(Beside) first Ok(ByAnother)");
    // What the main program does is not waited for: it goes on when all others wait.
    assert_eq!(work::begin::<Library>(b"a"), Ok(BeginResult::Now));
    go(|| assert_eq!(work::begin::<Library>(b"a"), Ok(BeginResult::Already)));
    assert_eq!(work::end::<Library>(b"a"), Ok(()));
}

fn a_wait_ends_once() {
    thread_local! { static NAME: RefCell<Option<Waiter>> = const { RefCell::new(None) }; }
    let name = || NAME.with_borrow(|name| name.expect("a wait"));
    go(|| {
        let limit = Some(Duration::from_millis(5));
        assert_eq!(wait_for(|waiter| NAME.set(Some(waiter)), limit), Wake::Ready);
        // The time limit of the first wait is gone with it.
        assert_eq!(wait(WaitKind::Resume, None), Wake::Ready);
    });
    assert!(switch::wake::<Library>(name(), Wake::Ready).is_some());
    assert_eq!(switch::wake::<Library>(name(), Wake::Ready), None);
    assert!(Library::core(|core| core.events.timers.is_empty()));
    pass(now() + Duration::from_secs(1));
    assert_eq!(switch::resume::<Library>(1), Ok(SwitchResult::Ended));
}

fn sleepers_wake_in_the_order_of_their_deadlines_and_of_their_creation() {
    let start = now();
    for (name, ms) in [("d", 40), ("a", 10), ("b1", 20), ("b2", 20), ("c", 30)] {
        go(move || {
            assert_eq!(wait(WaitKind::Time, Some(Duration::from_millis(ms))), Wake::TimedOut);
            say(name);
        });
    }
    pass(start + Duration::from_millis(5));
    assert_eq!(said(), "");
    // Deadlines count from the moment in which each was made.
    pass(now() + Duration::from_millis(40));
    assert_eq!(said(), "a b1 b2 c d");
}

/// The one that runs waits until all of these have ended.
fn join(cids: &[Cid]) -> Wake {
    wait_for(|waiter| Library::core(|core| core.scheduler.join(cids.iter().copied(), waiter)), None)
}

fn is_joined(cid: Cid) -> Option<bool> {
    Library::core(|core| core.scheduler.is_joined(cid))
}

/// A coroutine that waits to be resumed.
fn waiting() -> Cid {
    go(|| {
        wait(WaitKind::Resume, None);
    })
}

fn a_joiner_goes_on_when_the_last_of_the_others_has_ended() {
    let others = [waiting(), waiting(), waiting()];
    assert_eq!(is_joined(others[0]), Some(false));
    go(move || {
        // One that is named twice, and one that is not there, are no more to wait for.
        assert_eq!(join(&[others[0], others[1], 99, others[2], others[1]]), Wake::Ready);
        say("joined");
    });
    assert_eq!(others.map(is_joined), [Some(true); 3]);
    for other in [others[2], others[0]] {
        assert_eq!(switch::resume::<Library>(other), Ok(SwitchResult::Ended));
        assert_eq!(said(), "");
    }
    assert_eq!(switch::resume::<Library>(others[1]), Ok(SwitchResult::Ended));
    assert_eq!(said(), "joined");
    assert_eq!(is_joined(others[1]), None);
}

fn a_join_that_came_to_nothing_leaves_the_others_free() {
    let others = [waiting(), waiting()];
    let joiner = go(move || {
        assert_eq!(join(&others), Wake::Canceled);
        assert_eq!(join(&others[..1]), Wake::Ready);
        say("joined");
    });
    assert_eq!(cancel(joiner), Ok(()));
    assert_eq!(others.map(is_joined), [Some(true), Some(false)]);
    // The wait that is over is not ended by this, nor is the next one.
    assert_eq!(switch::resume::<Library>(others[1]), Ok(SwitchResult::Ended));
    assert_eq!(said(), "");
    assert_eq!(switch::resume::<Library>(others[0]), Ok(SwitchResult::Ended));
    assert_eq!(said(), "joined");
}

/// How much of the stack of the main program was in use at most when a coroutine was entered, in bytes. Nobody knows
/// with the address sanitizer, which keeps local variables elsewhere.
fn deepest(body: impl FnOnce()) -> Option<usize> {
    let here = 0_u8;
    LOWEST.set(usize::MAX);
    body();
    let lowest = LOWEST.replace(0);
    (!cfg!(leak_check)).then(|| std::ptr::from_ref(&here).addr() - lowest)
}

/// Each joins the one before: how much stack it takes when the first ends, and all of them by that.
fn depth_of_a_chain_of_joins(length: usize) -> Option<usize> {
    let first = waiting();
    let mut before = first;
    let ended = Rc::new(Cell::new(0));
    for _ in 0..length {
        let ended = Rc::clone(&ended);
        before = go(move || {
            assert_eq!(join(&[before]), Wake::Ready);
            ended.set(ended.get() + 1);
        });
    }
    let depth = deepest(|| assert_eq!(switch::resume::<Library>(first), Ok(SwitchResult::Ended)));
    assert_eq!(ended.get(), length);
    depth
}

fn a_chain_of_joins_takes_one_stack_however_long_it_is() {
    assert_eq!(depth_of_a_chain_of_joins(2000), depth_of_a_chain_of_joins(2));
    assert!(Library::core(|core| core.scheduler.is_empty() && core.scheduler.running().is_none()));
}

fn nobody_is_woken_when_the_request_ends() {
    let joined = waiting();
    let channel = Rc::new(Channel::new(1));
    let group = Rc::new(WaitGroup::new(1));
    let barrier = barrier::close::<Library>();
    let ended: [Box<dyn FnOnce() -> bool>; 4] = [
        Box::new(move || join(&[joined]) == Wake::Unwound),
        Box::new({
            let channel: Rc<Channel<u32>> = Rc::clone(&channel);
            move || channel.pop::<Library>(None) == Err(ChannelError::Stopped(Stop::Woken(Wake::Unwound)))
        }),
        Box::new({
            let group = Rc::clone(&group);
            move || {
                let stop = Stop::Woken(Wake::Unwound);
                group.wait::<Library>(None) == Err(WaitGroupError::Stopped(stop))
            }
        }),
        Box::new(move || barrier::wait::<Library>(barrier, None) == Err(Stop::Woken(Wake::Unwound))),
    ];
    let cids = ended.map(|wait| {
        go(move || {
            assert!(wait());
            say("unwound");
        })
    });
    let slots = Library::core(|core| core.scheduler.abandon_waiting());
    assert_eq!(slots.len(), 5);
    // Whatever may still happen meanwhile.
    for cid in cids {
        assert_eq!(cancel(cid), Err(ResumeError::Unknown));
        assert_eq!(switch::resume::<Library>(cid), Err(ResumeError::Unknown));
    }
    assert_eq!(channel.push::<Library>(None, || 1), Err(ChannelError::Stopped(Stop::Outside)));
    assert_eq!(channel.close::<Library>(), Ok(true));
    group.done().unwrap();
    group.release::<Library>().unwrap();
    barrier::open::<Library>(barrier).unwrap();
    assert_eq!(said(), "");
    for slot in slots {
        assert_eq!(switch::unwind::<Library>(slot), SwitchResult::Ended);
    }
    assert_eq!(said(), "unwound unwound unwound unwound");
    assert!(Library::core(|core| core.scheduler.is_empty()));
    finish();
}

fn a_fatal_failure_is_passed_on_to_whoever_runs_below() {
    let (_, back) = go_and(|| {
        let (_, back) = go_and(|| SwitchResult::Failed);
        assert_eq!(back, SwitchResult::Failed);
        back
    });
    assert_eq!(back, SwitchResult::Failed);
    assert!(Library::core(|core| core.scheduler.is_empty() && core.scheduler.running().is_none()));
}

fn in_a_child_only_those_below_the_one_that_forked_go_on() {
    let parents = go(|| {
        assert_eq!(wait(WaitKind::Resume, Some(Duration::from_secs(1))), Wake::Unwound);
        say("unwound");
    });
    go(move || {
        go(move || {
            Library::core(|core| {
                core.scheduler.abandon_waiting();
                assert_eq!(core.scheduler.ids(), [2, 3]);
                assert_eq!(core.scheduler.len(), 2);
                assert_eq!(core.scheduler.wait_to_cancel(parents), Err(ResumeError::Unknown));
            });
            assert_eq!(switch::resume::<Library>(parents), Err(ResumeError::Unknown));
            // Its stack stays in its place.
            go(|| say("a new one"));
            say("the one that forked");
        });
        say("the one below");
    });
    assert_eq!(said(), "a new one the one that forked the one below");
    assert!(Library::core(|core| core.scheduler.is_empty()));
    unwind_abandoned();
    assert_eq!(said(), "unwound");
}

/// Unwinds what a child has of its parent, as at the end of a request.
fn unwind_abandoned() {
    for slot in Library::core(|core| core.scheduler.abandoned()) {
        assert_eq!(switch::unwind::<Library>(slot), SwitchResult::Ended);
    }
    assert!(Library::core(|core| core.scheduler.abandoned().is_empty()));
}

/// Takes a lock, says so, and waits until it is woken; then gives the lock back unless it is to forget that.
fn hold(lock: &Rc<Lock>, name: &'static str, forgets: bool) -> Cid {
    let lock = lock.clone();
    go(move || {
        match lock.lock::<Library>(true) {
            Ok(Acquisition::Clean) => say(name),
            Ok(Acquisition::OwnerDied) => say(format!("{name} after one that has ended")),
            Err(refused) => return say(format!("{name} {refused:?}")),
        }
        let waiter = switch::begin_wait::<Library>(WaitKind::Resume, None).unwrap();
        switch::suspend::<Library>(waiter);
        if !forgets {
            lock.unlock::<Library>().unwrap();
        }
    })
}

fn a_lock_goes_from_one_to_the_next_in_the_order_of_coming() {
    let lock = Rc::new(Lock::default());
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| hold(&lock, name, name == "b"));
    assert!(end_wait(c, Wake::Canceled));
    let late = lock.clone();
    go(move || {
        assert_eq!(late.lock::<Library>(false), Err(LockError::Busy));
        assert_eq!(late.unlock::<Library>(), Err(LockError::NotHeld));
    });
    switch::resume::<Library>(a).unwrap();
    switch::resume::<Library>(b).unwrap();
    // It has ended without giving it back: the next one has it already.
    switch::resume::<Library>(d).unwrap();
    let _ = hold(&lock, "e", true);
    assert_eq!(said(), "a c Stopped(Woken(Canceled)) b d after one that has ended e");
    assert_eq!(lock.lock::<Library>(true), Err(LockError::Stopped(Stop::Outside)));
    finish();
}

/// Takes a lock, is woken, gives it back, and lives on until it is woken once more.
fn hold_and_live_on(lock: &Rc<Lock>, name: &'static str) -> Cid {
    let lock = lock.clone();
    go(move || {
        assert_eq!(lock.lock::<Library>(true), Ok(Acquisition::Clean));
        say(name);
        for gives_back in [true, false] {
            let waiter = switch::begin_wait::<Library>(WaitKind::Resume, None).unwrap();
            switch::suspend::<Library>(waiter);
            if gives_back {
                lock.unlock::<Library>().unwrap();
            }
        }
    })
}

fn the_end_of_an_earlier_holder_of_a_lock_wakes_nobody() {
    let lock = Rc::new(Lock::default());
    let first = hold_and_live_on(&lock, "first");
    let second = hold(&lock, "second", true);
    let third = hold(&lock, "third", false);
    // A joiner of the first one, and the second one as the next holder, hear of the ends that concern them.
    let joiner = go(move || {
        let waiter = switch::begin_wait::<Library>(WaitKind::Event, None).unwrap();
        Library::core(|core| core.scheduler.join(std::iter::once(second), waiter));
        switch::suspend::<Library>(waiter);
        say("joined");
    });
    switch::resume::<Library>(first).unwrap();
    say("handed over");
    switch::resume::<Library>(first).unwrap();
    say("first has ended");
    switch::resume::<Library>(second).unwrap();
    assert_eq!(said(), "first second handed over first has ended joined third after one that has ended");
    assert!(Library::core(|core| core.scheduler.slot(joiner)).is_none());
    switch::resume::<Library>(third).unwrap();
    finish();
}

fn a_lock_of_one_that_has_ended_is_taken_by_who_comes_next() {
    let lock = Rc::new(Lock::default());
    let first = hold(&lock, "first", true);
    switch::resume::<Library>(first).unwrap();
    let second = hold(&lock, "second", false);
    // The holder may take it again, and one unlock is enough.
    let third = lock.clone();
    switch::resume::<Library>(second).unwrap();
    go(move || {
        assert_eq!(
            (third.lock::<Library>(true), third.lock::<Library>(false)),
            (Ok(Acquisition::Clean), Ok(Acquisition::Clean))
        );
        assert_eq!(third.unlock::<Library>(), Ok(()));
        assert_eq!(third.unlock::<Library>(), Err(LockError::NotHeld));
    });
    assert_eq!(said(), "first second after one that has ended");
    finish();
}

fn a_lock_of_one_that_has_ended_is_not_lost_when_its_next_holder_gives_up() {
    let lock = Rc::new(Lock::default());
    let holder = hold(&lock, "holder", true);
    let [first, second] = ["first", "second"].map(|name| hold(&lock, name, false));
    // It runs before the waiter of the ended holder.
    go(move || {
        let waiter = switch::begin_wait::<Library>(WaitKind::Event, None).unwrap();
        Library::core(|core| core.scheduler.join(std::iter::once(holder), waiter));
        switch::suspend::<Library>(waiter);
        assert!(end_wait(first, Wake::Canceled));
    });
    switch::resume::<Library>(holder).unwrap();
    turn();
    assert_eq!(said(), "holder first Stopped(Woken(Canceled)) second after one that has ended");
    switch::resume::<Library>(second).unwrap();
    finish();
}

fn a_lock_that_is_handed_over_where_no_switch_can_be_made_is_not_lost() {
    let lock = Rc::new(Lock::default());
    let holder = lock.clone();
    let cid = go(move || {
        holder.lock::<Library>(true).unwrap();
        let waiter = switch::begin_wait::<Library>(WaitKind::Resume, None).unwrap();
        switch::suspend::<Library>(waiter);
        blocked(|| holder.unlock::<Library>().unwrap());
        wait_for(|_| (), None);
    });
    let [first, _second] = ["first", "second"].map(|name| hold(&lock, name, false));
    switch::resume::<Library>(cid).unwrap();
    // It has the lock, and does not know it yet: the next one gets it.
    assert!(end_wait(first, Wake::Canceled));
    assert_eq!(said(), "second first Stopped(Woken(Canceled))");
    turn();
    finish();
}

fn processes_take_turns_with_a_lock_that_is_shared() {
    let mut runtime = Runtime::default();
    let place = runtime.shared.long.take().unwrap();
    let lock = Rc::new(Lock::shared(Shared::new(Kind::Mutex, place).unwrap()));
    let holder = hold(&lock, "parent", false);
    let gate = alone::Gate::new();
    runtime.core = CORE.take();
    let forked = runtime.fork(Child::process(None)).unwrap();
    CORE.set(std::mem::take(&mut runtime.core));
    let Forked::Parent { .. } = forked else {
        alone::live(|| {
            said();
            let [_, _] = ["child", "another"].map(|name| hold(&lock, name, false));
            assert_eq!(said(), "");
            gate.open();
            while said() != "child" {
                turn();
                std::thread::yield_now();
            }
            // It ends without giving it back.
        });
    };
    gate.pass();
    switch::resume::<Library>(holder).unwrap();
    alone::wait_for_all();
    let _ = hold(&lock, "parent again", false);
    assert_eq!(said(), "parent parent again after one that has ended");
    drop(lock);
    finish();
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_channel_does_what_its_model_does,
        no_value_is_lost_when_waking_has_to_wait,
        the_main_program_cannot_push_pop_or_wait,
        a_value_goes_to_the_next_one_when_the_first_is_cancelled_before_it_runs,
        in_a_forked_child_nobody_waits_for_the_parents_coroutines,
        a_group_wakes_the_one_who_waits_when_the_last_task_is_done,
        a_group_can_be_used_again_after_a_wait_that_came_to_nothing,
        a_barrier_may_be_opened_before_anybody_waits,
        a_late_opening_of_a_barrier_wakes_nobody,
        a_new_one_runs_at_once_on_top_of_its_maker,
        each_knows_its_number_and_its_maker,
        only_one_that_waits_for_it_is_resumed,
        where_no_switch_may_be_made_the_loop_does_what_was_asked_for,
        one_does_work_that_the_others_wait_for,
        nobody_waits_for_itself,
        a_wait_ends_once,
        sleepers_wake_in_the_order_of_their_deadlines_and_of_their_creation,
        a_joiner_goes_on_when_the_last_of_the_others_has_ended,
        a_join_that_came_to_nothing_leaves_the_others_free,
        a_chain_of_joins_takes_one_stack_however_long_it_is,
        nobody_is_woken_when_the_request_ends,
        a_fatal_failure_is_passed_on_to_whoever_runs_below,
        in_a_child_only_those_below_the_one_that_forked_go_on,
        a_lock_goes_from_one_to_the_next_in_the_order_of_coming,
        the_end_of_an_earlier_holder_of_a_lock_wakes_nobody,
        a_lock_of_one_that_has_ended_is_taken_by_who_comes_next,
        a_lock_of_one_that_has_ended_is_not_lost_when_its_next_holder_gives_up,
        a_lock_that_is_handed_over_where_no_switch_can_be_made_is_not_lost,
        processes_take_turns_with_a_lock_that_is_shared,
    ])
}
