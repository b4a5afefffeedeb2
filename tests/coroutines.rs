//! Coroutines without PHP, on stacks of another library: what waits for each other, against models.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at once where something is not as it must be"
)]
#![allow(unsafe_code, reason = "a stack is entered while the table that holds it is not borrowed")]

use corosensei::{Coroutine, CoroutineResult, Yielder};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::rc::Rc;
use std::time::Duration;
use swoole_process::rt::coroutine::channel::{Channel, Refused, Waiting};
use swoole_process::rt::coroutine::switch::{self, Back, Stacks, Stop};
use swoole_process::rt::coroutine::wait_group::{self, WaitGroup};
use swoole_process::rt::coroutine::{Cid, On, Slot, Wake, barrier};
use swoole_process::rt::runtime::{Runtime, now};
use swoole_process::rt::timers::Target;

type Stack = Coroutine<(), (), ()>;

thread_local! {
    static RUNTIME: RefCell<Runtime> = RefCell::default();
    static STACKS: RefCell<HashMap<Slot, *mut Stack>> = RefCell::default();
    static YIELDERS: RefCell<HashMap<Slot, *const Yielder<(), ()>>> = RefCell::default();
    static BLOCKED: Cell<bool> = const { Cell::new(false) };
}

struct Library;

impl Stacks for Library {
    fn runtime<R>(body: impl FnOnce(&mut Runtime) -> R) -> R {
        RUNTIME.with(|runtime| body(&mut runtime.borrow_mut()))
    }

    fn enter(slot: Slot) -> Back {
        let stack = STACKS.with(|stacks| stacks.borrow()[&slot]);
        // SAFETY: the stack is freed below, when it has ended, and nobody else enters it meanwhile.
        match unsafe { (*stack).resume(()) } {
            CoroutineResult::Yield(()) => Back::Waits,
            CoroutineResult::Return(()) => {
                STACKS.with(|stacks| stacks.borrow_mut().remove(&slot));
                // SAFETY: it was made by Box::into_raw, and nobody knows it any more.
                drop(unsafe { Box::from_raw(stack) });
                Back::Ended
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
    let (slot, cid) = Library::runtime(|runtime| runtime.coroutines.create(now()));
    let stack: Stack = Coroutine::new(move |yielder, ()| {
        YIELDERS.with(|yielders| yielders.borrow_mut().insert(slot, std::ptr::from_ref(yielder)));
        body();
    });
    STACKS.with(|stacks| stacks.borrow_mut().insert(slot, Box::into_raw(Box::new(stack))));
    assert_ne!(switch::run::<Library>(slot), Back::Failed);
    cid
}

/// Ends the wait of a coroutine from outside; false when there is none.
fn end_wait(cid: Cid, wake: Wake) -> bool {
    let waiter = Library::runtime(|runtime| runtime.coroutines.wait_to_cancel(cid));
    waiter.is_ok_and(|waiter| switch::wake::<Library>(waiter, wake).is_some())
}

/// Does what the loop would: all that is due now. Sleeps never end.
fn turn() {
    let round = Library::runtime(|runtime| runtime.events.timers.begin(now()));
    while let Some(due) = Library::runtime(|runtime| runtime.events.timers.due(round)) {
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
    while let Some(waiter) = Library::runtime(|runtime| runtime.coroutines.any_waiting()) {
        switch::wake::<Library>(waiter, Wake::Unwound);
    }
    assert!(STACKS.with(|stacks| stacks.borrow().is_empty()));
    RUNTIME.with(|runtime| *runtime.borrow_mut() = Runtime::default());
}

/// What a coroutine of a random program came to.
type Log = Rc<RefCell<BTreeMap<usize, Result<u32, Refused>>>>;

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
    log: BTreeMap<usize, Result<u32, Refused>>,
}

impl Model {
    fn push(&mut self, step: usize, value: u32) {
        if self.closed {
            self.log.insert(step, Err(Refused::Closed));
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
            self.log.insert(step, Err(Refused::Closed));
        } else {
            self.consumers.push_back(step);
        }
    }

    fn close(&mut self) {
        self.closed = true;
        let producers = self.producers.drain(..).map(|(step, _)| step);
        for step in producers.chain(self.consumers.drain(..)) {
            self.log.insert(step, Err(Refused::Closed));
        }
    }

    fn end(&mut self, step: usize, wake: Wake) -> bool {
        let before = self.producers.len() + self.consumers.len();
        self.producers.retain(|(other, _)| *other != step);
        self.consumers.retain(|other| *other != step);
        let waited = before > self.producers.len() + self.consumers.len();
        if waited {
            self.log.insert(step, Err(Refused::Stopped(Stop::Woken(wake))));
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

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_channel_does_what_its_model_does(capacity in 0..4usize, steps in prop::collection::vec(step(), 1..40)) {
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
            let waiting = Waiting { producers: model.producers.len(), consumers: model.consumers.len() };
            prop_assert_eq!(channel.waiting::<Library>(), waiting);
        }
        finish();
    }

    /// Where no switch may be made those who wait are woken later, and meanwhile everything may happen.
    #[test]
    fn no_value_is_lost_when_waking_has_to_wait(
        capacity in 1..4usize,
        steps in prop::collection::vec((step(), any::<bool>(), any::<bool>()), 1..40),
    ) {
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
        turn();
        let waiting = channel.waiting::<Library>();
        prop_assert!(channel.is_empty() || waiting.consumers == 0, "{:?} with {}", waiting, channel.len());
        prop_assert!(channel.is_full() || waiting.producers == 0, "{:?} with {}", waiting, channel.len());
        let log = log.borrow();
        let done = |is_push: bool| {
            let log = &log;
            steps.iter().enumerate().filter(move |(_, (step, ..))| matches!(step, Step::Push) == is_push)
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
    }
}

#[test]
fn the_main_program_cannot_push_pop_or_wait() {
    let channel = Channel::new(1);
    let outside = Err(Refused::Stopped(Stop::Outside));
    assert_eq!(channel.push::<Library>(None, || 1), outside);
    assert_eq!(channel.pop::<Library>(None), outside.map(|()| 1));
    assert_eq!(channel.close::<Library>(), Ok(true));
    let group = WaitGroup::new(1);
    assert_eq!(group.wait::<Library>(None), Err(wait_group::Refused::Stopped(Stop::Outside)));
    finish();
}

#[test]
fn a_value_goes_to_the_next_one_when_the_first_is_cancelled_before_it_runs() {
    let channel = Rc::new(Channel::new(2));
    let log = Log::default();
    let first = pop(&channel, &log, 1);
    pop(&channel, &log, 2);
    let pushing = Rc::clone(&channel);
    go(move || assert_eq!(blocked(|| pushing.push::<Library>(None, || 7)), Ok(())));
    assert!(end_wait(first, Wake::Interrupted));
    assert_eq!(log.borrow()[&1], Err(Refused::Stopped(Stop::Woken(Wake::Interrupted))));
    assert_eq!(log.borrow()[&2], Ok(7));
    turn();
    finish();
}

#[test]
fn in_a_forked_child_nobody_waits_for_the_parents_coroutines() {
    let channel = Rc::new(Channel::new(1));
    let log = Log::default();
    pop(&channel, &log, 1);
    let child = Rc::clone(&channel);
    go(move || {
        Library::runtime(|runtime| runtime.coroutines.keep_running_ones());
        assert_eq!(child.waiting::<Library>(), Waiting { producers: 0, consumers: 0 });
        assert_eq!(child.push::<Library>(None, || 5), Ok(()));
        assert_eq!(child.pop::<Library>(None), Ok(5));
    });
    assert!(log.borrow().is_empty());
    // The stack of the one that waited is nobody's now.
    STACKS.with(|stacks| {
        for (_, stack) in stacks.borrow_mut().drain() {
            // SAFETY: made by Box::into_raw. Its frames are the test's and hold only counted pointers.
            drop(unsafe { Box::from_raw(stack) });
        }
    });
    finish();
}

#[test]
fn a_group_wakes_the_one_who_waits_when_the_last_task_is_done() {
    let group = Rc::new(WaitGroup::new(2));
    let result = Rc::new(Cell::new(None));
    let (waiting, told) = (Rc::clone(&group), Rc::clone(&result));
    go(move || told.set(Some(waiting.wait::<Library>(None))));
    assert_eq!(group.add::<Library>(1), Err(wait_group::Refused::AddedWhileWaiting));
    assert_eq!(group.wait::<Library>(None), Err(wait_group::Refused::AlreadyWaiting));
    group.done().unwrap();
    group.release::<Library>().unwrap();
    assert_eq!(result.get(), None);
    group.done().unwrap();
    group.release::<Library>().unwrap();
    assert_eq!(result.get(), Some(Ok(())));
    assert_eq!(group.done(), Err(wait_group::Refused::Negative));
    assert_eq!(group.add::<Library>(-1), Err(wait_group::Refused::Negative));
    assert_eq!(group.count(), 0);
    finish();
}

#[test]
fn a_group_can_be_used_again_after_a_wait_that_came_to_nothing() {
    for wake in [Wake::TimedOut, Wake::Canceled, Wake::Interrupted] {
        let group = Rc::new(WaitGroup::new(1));
        let result = Rc::new(Cell::new(None));
        let (waiting, told) = (Rc::clone(&group), Rc::clone(&result));
        let cid = go(move || told.set(Some(waiting.wait::<Library>(Some(Duration::from_secs(1000))))));
        assert!(end_wait(cid, wake));
        assert_eq!(result.get(), Some(Err(wait_group::Refused::Stopped(Stop::Woken(wake)))));
        assert!(!group.is_waiting::<Library>());
        assert_eq!(group.add::<Library>(1), Ok(()));
        assert!(Library::runtime(|runtime| runtime.events.timers.is_empty()), "the time limit is gone");
    }
    finish();
}

#[test]
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

#[test]
fn a_late_opening_of_a_barrier_wakes_nobody() {
    let barrier = barrier::close::<Library>();
    let cid = go(move || {
        assert_eq!(barrier::wait::<Library>(barrier, None), Err(Stop::Woken(Wake::TimedOut)));
        switch::begin_wait::<Library>(On::Resume, None).unwrap();
        assert_eq!(switch::give_way::<Library>(), Wake::Unwound, "the barrier has woken another wait");
    });
    assert!(end_wait(cid, Wake::TimedOut));
    barrier::open::<Library>(barrier).unwrap();
    finish();
}
