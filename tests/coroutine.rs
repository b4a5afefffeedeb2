//! The scheduler of coroutines on stacks that are not the engine's: who runs when, how waits end, and that a random
//! program of coroutines goes the way a simple model says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at once where something is not as it must be"
)]
#![allow(unsafe_code, reason = "the other implementation of stacks keeps a pointer to its own frame")]

use corosensei::{Coroutine, CoroutineResult, Yielder};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::{Duration, Instant};
use swoole_process::rt::coroutine::channel::{Blocked, Channel};
use swoole_process::rt::coroutine::switch::{self, Back, Stacks};
use swoole_process::rt::coroutine::{Cid, On, Refused, Slot, Waiter, Wake};
use swoole_process::rt::runtime::{Runtime, now};
use swoole_process::rt::timers::Target;

type Stack = Coroutine<(), (), Back>;

thread_local! {
    static RUNTIME: RefCell<Runtime> = RefCell::new(Runtime::default());
    static STACKS: RefCell<HashMap<Slot, Stack>> = RefCell::new(HashMap::new());
    static YIELDERS: RefCell<HashMap<Slot, *const Yielder<(), ()>>> = RefCell::new(HashMap::new());
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

struct Own;

impl Stacks for Own {
    fn runtime<R>(body: impl FnOnce(&mut Runtime) -> R) -> R {
        RUNTIME.with_borrow_mut(body)
    }

    fn enter(slot: Slot) -> Back {
        // Not borrowed while it runs: it may make others.
        let mut stack = STACKS.with_borrow_mut(|stacks| stacks.remove(&slot)).expect("a stack");
        match stack.resume(()) {
            CoroutineResult::Yield(()) => {
                STACKS.with_borrow_mut(|stacks| stacks.insert(slot, stack));
                Back::Waits
            }
            CoroutineResult::Return(back) => back,
        }
    }

    fn leave(slot: Slot) {
        let yielder = YIELDERS.with_borrow(|yielders| yielders[&slot]);
        // SAFETY: the yielder lives on the stack that runs, below this frame.
        unsafe { &*yielder }.suspend(());
    }
}

/// Makes a coroutine and runs it until it gives way.
fn go(body: impl FnOnce() + 'static) -> Cid {
    go_and(move || {
        body();
        Back::Ended
    })
    .0
}

fn go_and(body: impl FnOnce() -> Back + 'static) -> (Cid, Back) {
    let (slot, cid) = Own::runtime(|runtime| runtime.coroutines.create(now()));
    let stack = Stack::new(move |yielder, ()| {
        YIELDERS.with_borrow_mut(|yielders| yielders.insert(slot, std::ptr::from_ref(yielder)));
        body()
    });
    STACKS.with_borrow_mut(|stacks| stacks.insert(slot, stack));
    (cid, switch::run::<Own>(slot))
}

fn wait(on: On, limit: Option<Duration>) -> Wake {
    let waiter = switch::begin_wait::<Own>(on, limit).expect("inside of a coroutine");
    switch::give_way::<Own>(waiter)
}

/// A wait that somebody else will end, by the name that `tell` gets.
fn wait_for(tell: impl FnOnce(Waiter), limit: Option<Duration>) -> Wake {
    let waiter = switch::begin_wait::<Own>(On::Event, limit).expect("inside of a coroutine");
    tell(waiter);
    switch::give_way::<Own>(waiter)
}

fn say(what: impl Into<String>) {
    LOG.with_borrow_mut(|log| log.push(what.into()));
}

fn said() -> String {
    LOG.take().join(" ")
}

/// Fires the timers that are due at a time.
fn pass(until: Instant) {
    let round = Own::runtime(|runtime| runtime.events.timers.begin(until));
    while let Some(due) = Own::runtime(|runtime| runtime.events.timers.due(round)) {
        match due.target {
            Target::Wake(waiter) => {
                switch::wake::<Own>(waiter, Wake::TimedOut);
            }
            Target::Call(_) => panic!("nothing was to be called"),
        }
    }
}

fn cancel(cid: Cid) -> Result<(), Refused> {
    let waiter = Own::runtime(|runtime| runtime.coroutines.wait_to_cancel(cid))?;
    assert!(switch::wake::<Own>(waiter, Wake::Canceled).is_some());
    Ok(())
}

#[test]
fn a_new_one_runs_at_once_on_top_of_its_maker() {
    go(|| {
        say("a1");
        go(|| {
            say("b1");
            wait(On::Resume, None);
            say("b2");
        });
        say("a2");
        assert_eq!(switch::resume::<Own>(2), Ok(Back::Ended));
        say("a3");
    });
    assert_eq!(said(), "a1 b1 a2 b2 a3");
    assert!(Own::runtime(|runtime| runtime.coroutines.is_empty()));
}

#[test]
fn each_knows_its_number_and_its_maker() {
    let own = || Own::runtime(|runtime| runtime.coroutines.current());
    assert_eq!(own(), None);
    go(move || {
        assert_eq!(own(), Some(1));
        go(move || {
            assert_eq!(own(), Some(2));
            assert_eq!(Own::runtime(|runtime| runtime.coroutines.parent(2)), Some(Some(1)));
        });
        assert_eq!(Own::runtime(|runtime| runtime.coroutines.parent(2)), None);
        assert_eq!(Own::runtime(|runtime| runtime.coroutines.parent(1)), Some(None));
    });
    let (len, peak, last) = Own::runtime(|runtime| {
        (runtime.coroutines.len(), runtime.coroutines.peak(), runtime.coroutines.last())
    });
    assert_eq!((len, peak, last), (0, 2, 2));
}

#[test]
fn only_one_that_waits_for_it_is_resumed() {
    let cid = go(|| {
        assert_eq!(switch::resume::<Own>(1), Err(Refused::Runs));
        assert_eq!(wait(On::Event, None), Wake::Canceled);
        assert!(Own::runtime(|runtime| runtime.coroutines.is_canceled()));
        assert_eq!(wait(On::Resume, None), Wake::Ready);
        assert!(!Own::runtime(|runtime| runtime.coroutines.is_canceled()));
    });
    assert_eq!(switch::resume::<Own>(cid), Err(Refused::Waits));
    assert_eq!(cancel(cid), Ok(()));
    assert_eq!(switch::resume::<Own>(cid), Ok(Back::Ended));
    assert_eq!(switch::resume::<Own>(cid), Err(Refused::Unknown));
    assert_eq!(cancel(cid), Err(Refused::Unknown));
}

#[test]
fn a_wait_ends_once() {
    thread_local! { static NAME: RefCell<Option<Waiter>> = const { RefCell::new(None) }; }
    let name = || NAME.with_borrow(|name| name.expect("a wait"));
    go(|| {
        let limit = Some(Duration::from_millis(5));
        assert_eq!(wait_for(|waiter| NAME.set(Some(waiter)), limit), Wake::Ready);
        // The time limit of the first wait is gone with it.
        assert_eq!(wait(On::Resume, None), Wake::Ready);
    });
    assert!(switch::wake::<Own>(name(), Wake::Ready).is_some());
    assert_eq!(switch::wake::<Own>(name(), Wake::Ready), None);
    assert!(Own::runtime(|runtime| runtime.events.timers.is_empty()));
    pass(now() + Duration::from_secs(1));
    assert_eq!(switch::resume::<Own>(1), Ok(Back::Ended));
}

#[test]
fn sleepers_wake_in_the_order_of_their_deadlines_and_of_their_creation() {
    let start = now();
    for (name, ms) in [("d", 40), ("a", 10), ("b1", 20), ("b2", 20), ("c", 30)] {
        go(move || {
            assert_eq!(wait(On::Time, Some(Duration::from_millis(ms))), Wake::TimedOut);
            say(name);
        });
    }
    pass(start + Duration::from_millis(5));
    assert_eq!(said(), "");
    // Deadlines count from the moment in which each was made.
    pass(now() + Duration::from_millis(40));
    assert_eq!(said(), "a b1 b2 c d");
}

#[test]
fn joiners_go_on_when_the_other_has_ended() {
    let sleeper = go(|| {
        wait(On::Resume, None);
        say("sleeper ends");
    });
    for name in ["first", "second"] {
        go(move || {
            let joined = |waiter| {
                assert!(Own::runtime(|runtime| runtime.coroutines.join(sleeper, waiter)));
            };
            assert_eq!(wait_for(joined, None), Wake::Ready);
            say(name);
        });
    }
    switch::resume::<Own>(sleeper).unwrap();
    assert_eq!(said(), "sleeper ends first second");
}

#[test]
fn a_fatal_failure_is_passed_on_to_whoever_runs_below() {
    let (_, back) = go_and(|| {
        let (_, back) = go_and(|| Back::Failed);
        assert_eq!(back, Back::Failed);
        back
    });
    assert_eq!(back, Back::Failed);
    assert!(Own::runtime(|runtime| runtime.coroutines.is_empty() && runtime.coroutines.running().is_none()));
}

#[test]
fn in_a_child_only_those_below_the_one_that_forked_go_on() {
    go(|| {
        wait(On::Time, Some(Duration::from_secs(1)));
    });
    go(|| {
        go(|| {
            Own::runtime(|runtime| runtime.coroutines.keep_running_ones());
            assert_eq!(Own::runtime(|runtime| runtime.coroutines.ids()), [2, 3]);
            say("the one that forked");
        });
        say("the one below");
    });
    assert_eq!(said(), "the one that forked the one below");
    assert!(Own::runtime(|runtime| runtime.coroutines.is_empty()));
    // Its stack is not resumed: in a real child it is the parent's.
    STACKS.with_borrow_mut(|stacks| stacks.drain().for_each(|(_, stack)| std::mem::forget(stack)));
}

/// What one coroutine of a random program does, step by step.
#[derive(Clone, Copy, Debug)]
enum Step {
    Push(usize),
    Pop(usize),
    Sleep(u64),
    Cancel(i64),
    Close(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3usize).prop_map(Step::Push),
        4 => (0..3usize).prop_map(Step::Pop),
        2 => (1..20u64).prop_map(Step::Sleep),
        1 => (1..12i64).prop_map(Step::Cancel),
        1 => (0..30usize).prop_map(Step::Close),
    ]
}

thread_local! {
    static CHANNELS: RefCell<Vec<Channel<u32>>> = const { RefCell::new(Vec::new()) };
    static PUSHED: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    static POPPED: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

fn with<R>(channel: usize, body: impl FnOnce(&mut Channel<u32>) -> R) -> R {
    CHANNELS.with_borrow_mut(|channels| body(&mut channels[channel]))
}

fn wake_all(next: impl Fn() -> Option<Waiter>) {
    while let Some(waiter) = next() {
        switch::wake::<Own>(waiter, Wake::Ready);
    }
}

fn push(at: usize, value: u32) {
    let mut turn = false;
    loop {
        match with(at, |channel| channel.may_push(turn)) {
            Ok(()) => break,
            Err(Blocked::Closed) => return,
            Err(Blocked::Wait) => {
                let limit = Some(Duration::from_millis(7));
                let waiter = switch::begin_wait::<Own>(On::Event, limit).expect("inside");
                with(at, |channel| channel.wait_for_room(waiter));
                if switch::give_way::<Own>(waiter) != Wake::Ready {
                    with(at, |channel| channel.stop_waiting(waiter));
                    return;
                }
                turn = true;
            }
        }
    }
    PUSHED.with_borrow_mut(|pushed| pushed.push(value));
    with(at, |channel| channel.push(value));
    if let Some(waiter) = with(at, Channel::next_consumer) {
        switch::wake::<Own>(waiter, Wake::Ready);
    }
}

fn pop(at: usize) {
    let mut turn = false;
    loop {
        match with(at, |channel| channel.pop(turn)) {
            Ok(value) => {
                POPPED.with_borrow_mut(|popped| popped.push(value));
                break;
            }
            Err(Blocked::Closed) => return,
            Err(Blocked::Wait) => {
                let limit = Some(Duration::from_millis(11));
                let waiter = switch::begin_wait::<Own>(On::Event, limit).expect("inside");
                with(at, |channel| channel.wait_for_value(waiter));
                if switch::give_way::<Own>(waiter) != Wake::Ready {
                    with(at, |channel| channel.stop_waiting(waiter));
                    return;
                }
                turn = true;
            }
        }
    }
    if let Some(waiter) = with(at, Channel::next_producer) {
        switch::wake::<Own>(waiter, Wake::Ready);
    }
}

fn perform(step: Step, value: u32) {
    match step {
        Step::Push(at) => push(at, value),
        Step::Pop(at) => pop(at),
        Step::Sleep(ms) => {
            wait(On::Time, Some(Duration::from_millis(ms)));
        }
        Step::Cancel(cid) => {
            let _ = cancel(cid);
        }
        // Rarely: a closed channel is a dull one.
        Step::Close(at @ 0..3) => {
            if with(at, Channel::close) {
                wake_all(|| with(at, Channel::next_consumer));
                wake_all(|| with(at, Channel::next_producer));
            }
        }
        Step::Close(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_program_ends_and_no_value_is_lost_or_doubled(
        programs in prop::collection::vec(prop::collection::vec(step(), 0..12), 1..12)
    ) {
        RUNTIME.set(Runtime::default());
        CHANNELS.set((1..4).map(Channel::new).collect());
        PUSHED.take();
        POPPED.take();
        for (number, program) in programs.into_iter().enumerate() {
            go(move || {
                for (index, step) in program.into_iter().enumerate() {
                    perform(step, u32::try_from(number * 100 + index).unwrap());
                }
            });
        }
        // Every wait has a limit: time alone brings the program to its end.
        let mut time = now();
        for _ in 0..200 {
            time += Duration::from_millis(5);
            pass(time);
        }
        prop_assert!(Own::runtime(|runtime| runtime.coroutines.is_empty()));
        prop_assert!(Own::runtime(|runtime| runtime.events.timers.is_empty()));
        let mut seen = POPPED.take();
        CHANNELS.with_borrow(|channels| {
            for channel in channels {
                assert_eq!((channel.producers(), channel.consumers()), (0, 0));
                seen.extend(channel.values());
            }
        });
        let mut pushed = PUSHED.take();
        seen.sort_unstable();
        pushed.sort_unstable();
        prop_assert_eq!(seen, pushed);
    }
}
