//! What coroutines wait for of the system, with real processes, signals and descriptors: nobody's status and no signal is
//! lost, and nothing is left behind.
#![cfg(test)]

mod alone;

use alone::{Gate, catch_signal, live};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, raise, sigaction};
use nix::sys::wait::{Id, WaitPidFlag, waitid};
use nix::unistd;
use std::cell::RefCell;
use std::os::fd::{AsRawFd, RawFd};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use swoole_process::os::epoll::Interest;
use swoole_process::os::fault::{Call, clear, plan, plan_from};
use swoole_process::os::msgq::{self, TYPE};
use swoole_process::os::pipe::{self, Kind, Wait};
use swoole_process::os::process::{self, End as How, Fork, Pid, Reaped, WaitMode};
use swoole_process::os::socket::Spec;
use swoole_process::os::{Errno, fd, signal};
use swoole_process::rt::core::Core;
use swoole_process::rt::core::child::{Child, Forked};
use swoole_process::rt::core::clock::now;
use swoole_process::rt::core::handles::PoolToken;
use swoole_process::rt::core::reactor::Callbacks;
use swoole_process::rt::core::registrations::Direction;
use swoole_process::rt::core::signals::Round;
use swoole_process::rt::core::source::{DescriptorWait, SignalWait, Source};
use swoole_process::rt::core::switch::{self, Stacks, SwitchResult};
use swoole_process::rt::core::wait::{Slot, WaitKind, Waiter, Wake};
use swoole_process::rt::dns::LookupTurn;
use swoole_process::rt::pool::{Ipc, Plan, SendTurn};
use swoole_process::rt::process::children::ChildWait;
use swoole_process::rt::process::queue::{Queue, Take};
use swoole_process::rt::runtime::Runtime;
use swoole_process::rt::selections::SelectionWait;
use swoole_process::rt::shared::atomic;
use swoole_process::rt::socket::wait::{RetryPause, SocketWait};
use swoole_process::rt::streams::{Directions, StreamWait};
use swoole_process::rt::supervisor;

thread_local! {
    static RUNTIME: RefCell<Runtime> = RefCell::new(Runtime::default());
    static BEGUN: RefCell<Option<Waiter>> = const { RefCell::new(None) };
}

/// Ends the runtime with the test: the harness looks for what is left.
struct End;

impl Drop for End {
    fn drop(&mut self) {
        drop(RUNTIME.take());
    }
}

/// Coroutines without a stack: each waits once, and ends when it is woken.
struct OneWait;

impl Stacks for OneWait {
    fn core<R>(body: impl FnOnce(&mut Core) -> R) -> R {
        RUNTIME.with_borrow_mut(|runtime| body(&mut runtime.core))
    }

    fn enter(slot: Slot) -> SwitchResult {
        let begun = BEGUN.with_borrow_mut(|begun| {
            begun.is_none().then(|| *begun = switch::begin_wait::<OneWait>(WaitKind::Event, None))
        });
        if begun.is_none() {
            return SwitchResult::Ended;
        }
        rt(|rt| rt.core.scheduler.leave(slot));
        SwitchResult::Waits
    }

    fn leave(_slot: Slot) {}
}

fn rt<R>(body: impl FnOnce(&mut Runtime) -> R) -> R {
    RUNTIME.with_borrow_mut(body)
}

/// The wait of a new coroutine.
fn waiter() -> Waiter {
    let (slot, _) = rt(|rt| rt.core.scheduler.create(now()));
    assert_eq!(switch::run::<OneWait>(slot), SwitchResult::Waits);
    BEGUN.with_borrow_mut(Option::take).unwrap()
}

/// Lets a coroutine end.
fn wake(waiter: Waiter) {
    BEGUN.with_borrow_mut(|begun| *begun = Some(waiter));
    assert_eq!(switch::wake::<OneWait>(waiter, Wake::Ready), Some(SwitchResult::Ended));
    BEGUN.with_borrow_mut(Option::take);
}

/// Starts a process that ends with this status when the gate has opened.
fn child(gate: &Gate, status: i32) -> Pid {
    match rt(|rt| rt.fork(Child::process(None))).unwrap() {
        Forked::Parent { child } => child,
        Forked::Child => {
            gate.pass();
            process::exit_now(status)
        }
    }
}

/// Waits until a child has ended, without reaping it.
fn wait_for_the_end_of(pid: Pid) {
    let options = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT;
    waitid(Id::Pid(unistd::Pid::from_raw(pid)), options).unwrap();
}

fn wait_for(pid: Option<Pid>) -> Waiter {
    let waiter = waiter();
    rt(|rt| {
        rt.core.events.hold_child_signal().unwrap();
        assert_eq!(rt.pipes.take_child(&mut rt.core, pid), Ok(None));
        rt.core.wait_for_child(pid, waiter);
    });
    waiter
}

/// One turn: who is told, in order, and with what. Who is told with `None` was told for nothing.
fn turn() -> Vec<(Waiter, Option<Result<Reaped, Errno>>)> {
    assert!(rt(|rt| rt.core.events.is_alive()));
    let mut ready = Vec::new();
    rt(|rt| rt.core.wait_for_events(&mut ready)).unwrap();
    while rt(|rt| rt.core.events.take_signal(&mut Round::default())).is_some() {}
    let mut told = Vec::new();
    for one in ready {
        if let Some(waiter) = rt(|rt| rt.core.events.reactor.take_waiter(one, Direction::Read)) {
            told.push((waiter, end(waiter)));
        }
    }
    while let Some(waiter) = rt(|rt| rt.pipes.next_child_waiter(&mut rt.core)) {
        told.push((waiter, end(waiter)));
    }
    told
}

fn end(waiter: Waiter) -> Option<Result<Reaped, Errno>> {
    wake(waiter);
    let ended = rt(|rt| ChildWait(None).disarm(rt.into(), waiter, Wake::Ready));
    ended.map(|result| result.map(|report| report.reaped))
}

/// Waits for any child, past the runtime.
fn reap() -> Result<Option<Reaped>, Errno> {
    process::reap(WaitMode::Wait).map(|report| report.map(|report| report.reaped))
}

/// Takes a child that has ended.
fn take(pid: Option<Pid>) -> Result<Option<Reaped>, Errno> {
    rt(|rt| rt.pipes.take_child(&mut rt.core, pid)).map(|report| report.map(|report| report.reaped))
}

/// Turns until somebody is told.
fn told() -> Vec<(Waiter, Option<Result<Reaped, Errno>>)> {
    loop {
        let told = turn();
        if !told.is_empty() {
            return told;
        }
    }
}

fn exited(pid: Pid, status: i32) -> Option<Result<Reaped, Errno>> {
    Some(Ok(Reaped { pid, end: How::Exited(status) }))
}

// ---- Children ----

fn a_child_that_has_ended_already_is_taken_at_once() {
    let _end = End;
    let gate = Gate::new();
    let (a, b) = (child(&gate, 1), child(&gate, 2));
    gate.open();
    gate.open();
    wait_for_the_end_of(a);
    wait_for_the_end_of(b);
    assert_eq!(take(Some(b)), Ok(Some(Reaped { pid: b, end: How::Exited(2) })));
    assert_eq!(take(None), Ok(Some(Reaped { pid: a, end: How::Exited(1) })));
    assert_eq!(take(None), Err(Errno::ECHILD));
    assert_eq!(take(Some(a)), Err(Errno::ECHILD));
}

fn a_child_that_ends_between_the_look_and_the_wait_is_told() {
    let _end = End;
    let gate = Gate::new();
    let pid = child(&gate, 3);
    let any = wait_for(None);
    gate.open();
    wait_for_the_end_of(pid);
    // As if the signal had been looked at before.
    while rt(|rt| rt.core.events.take_signal(&mut Round::default())).is_some() {}
    assert_eq!(told(), [(any, exited(pid, 3))]);
}

fn a_child_that_ends_during_the_wait_is_told() {
    let _end = End;
    for by_id in [false, true] {
        let gate = Gate::new();
        let pid = child(&gate, 4);
        let waiter = wait_for(by_id.then_some(pid));
        let me = process::pid();
        let helper = match rt(|rt| rt.fork(Child::process(None))).unwrap() {
            Forked::Parent { child } => child,
            Forked::Child => live(|| {
                alone::wait_for_the_sleep_of(me);
                gate.open();
            }),
        };
        let told = told();
        // Any child: it may have been the helper.
        if told == [(waiter, exited(pid, 4))] {
            wait_for_the_end_of(helper);
        } else {
            assert_eq!(told, [(waiter, exited(helper, 0))]);
            assert_eq!(reap(), Ok(Some(Reaped { pid, end: How::Exited(4) })));
            continue;
        }
        assert_eq!(reap(), Ok(Some(Reaped { pid: helper, end: How::Exited(0) })));
    }
}

fn each_of_several_who_wait_for_any_gets_one() {
    let _end = End;
    let gate = Gate::new();
    let mut pids = [child(&gate, 0), child(&gate, 0), child(&gate, 0)];
    let mut waiters = vec![wait_for(None), wait_for(None), wait_for(None)];
    let mut gone = Vec::new();
    while !waiters.is_empty() {
        gate.open();
        for (waiter, result) in told() {
            assert_eq!(waiters.remove(0), waiter);
            gone.push(result.unwrap().unwrap().pid);
        }
    }
    gone.sort_unstable();
    pids.sort_unstable();
    assert_eq!(gone, pids);
}

fn a_child_that_is_waited_for_by_its_id_is_not_given_to_others() {
    let _end = End;
    let gate = Gate::new();
    let (wanted, other) = (child(&gate, 5), child(&gate, 5));
    let (any, one, also) = (wait_for(None), wait_for(Some(wanted)), wait_for(Some(wanted)));
    gate.open();
    gate.open();
    wait_for_the_end_of(wanted);
    wait_for_the_end_of(other);
    let mut all = Vec::new();
    while all.len() < 3 {
        all.extend(told());
    }
    for expected in [(any, exited(other, 5)), (one, exited(wanted, 5)), (also, exited(wanted, 5))] {
        assert!(all.contains(&expected), "{expected:?} is missing in {all:?}");
    }
    assert!(!rt(|rt| rt.core.events.is_alive()));
}

fn a_child_that_somebody_else_has_reaped_is_reported_as_gone() {
    let _end = End;
    let gate = Gate::new();
    let pid = child(&gate, 6);
    let (any, one) = (wait_for(None), wait_for(Some(pid)));
    gate.open();
    assert_eq!(reap(), Ok(Some(Reaped { pid, end: How::Exited(6) })));
    let mut all = told();
    while all.len() < 2 {
        all.extend(told());
    }
    let gone = Some(Err(Errno::ECHILD));
    assert!(all.contains(&(any, gone)) && all.contains(&(one, gone)), "{all:?}");
}

fn without_pidfds_children_are_told_all_the_same() {
    let _end = End;
    let gate = Gate::new();
    let pid = child(&gate, 7);
    plan(Call::PidfdOpen, 1, Errno::ENOSYS, 1);
    let waiter = wait_for(Some(pid));
    gate.open();
    assert_eq!(told(), [(waiter, exited(pid, 7))]);
}

/// A wait for any child that came first must not keep the other from its turn.
fn without_pidfds_a_waiter_that_reaps_its_child_itself_is_told() {
    let _end = End;
    let gate = Gate::new();
    let pid = child(&gate, 5);
    let any = wait_for(None);
    plan(Call::PidfdOpen, 1, Errno::ENOSYS, 1);
    let own = waiter();
    rt(|rt| rt.core.wait_for_end(pid, own));
    gate.open();
    // This one does not reap it, so that it goes to the other.
    assert_eq!(told(), [(own, Some(Err(Errno::ECHILD))), (any, exited(pid, 5))]);
}

fn with_sigchld_blocked_children_are_told_all_the_same() {
    let _end = End;
    let mut set = SigSet::empty();
    set.add(Signal::SIGCHLD);
    set.thread_block().unwrap();
    let gate = Gate::new();
    let pid = child(&gate, 8);
    let waiter = wait_for(None);
    gate.open();
    assert_eq!(told(), [(waiter, exited(pid, 8))]);
}

fn somebody_elses_handler_for_sigchld_stays() {
    let _end = End;
    extern "C" fn theirs(_: i32) {}
    let action = |handler| nix::sys::signal::SigAction::new(handler, SaFlags::empty(), SigSet::empty());
    let set = |handler| {
        #[allow(unsafe_code, reason = "nix marks what runs in a signal handler as unsafe")]
        // SAFETY: the handler does nothing.
        unsafe { nix::sys::signal::sigaction(Signal::SIGCHLD, &action(handler)) }.unwrap()
    };
    set(SigHandler::Handler(theirs));
    let gate = Gate::new();
    let pid = child(&gate, 9);
    let waiter = wait_for(None);
    gate.open();
    assert_eq!(told(), [(waiter, exited(pid, 9))]);
    assert!(!signal::is_watched(libc::SIGCHLD) && signal::is_handled(libc::SIGCHLD));
    // Taken away while somebody waits, it is replaced.
    let pid = child(&gate, 10);
    let waiter = wait_for(None);
    set(SigHandler::SigDfl);
    gate.open();
    assert_eq!(told(), [(waiter, exited(pid, 10))]);
    assert!(signal::is_watched(libc::SIGCHLD));
}

fn a_wait_that_was_given_up_takes_no_status() {
    let _end = End;
    let gate = Gate::new();
    let pid = child(&gate, 11);
    let (any, one) = (wait_for(None), wait_for(Some(pid)));
    assert_eq!(end(any), None);
    assert_eq!(end(one), None);
    assert!(!rt(|rt| rt.core.events.is_alive()));
    gate.open();
    assert_eq!(reap(), Ok(Some(Reaped { pid, end: How::Exited(11) })));
}

fn the_child_of_a_fork_waits_for_nobody() {
    let _end = End;
    let gate = Gate::new();
    let pid = child(&gate, 0);
    let (any, one) = (wait_for(None), wait_for(Some(pid)));
    let copy = match rt(|rt| rt.fork(Child::process(None))).unwrap() {
        Forked::Parent { child } => child,
        Forked::Child => live(|| {
            assert!(!rt(|rt| rt.core.events.is_alive()));
            assert_eq!(rt(|rt| rt.pipes.next_child_waiter(&mut rt.core)), None);
            assert!(!signal::is_handled(libc::SIGCHLD));
        }),
    };
    gate.open();
    let mut all = told();
    while all.len() < 2 {
        all.extend(told());
    }
    assert!(all.contains(&(any, exited(copy, 0))) && all.contains(&(one, exited(pid, 0))), "{all:?}");
}

// ---- Signals ----

fn wait_for_signals(numbers: &[i32]) -> Waiter {
    let waiter = waiter();
    assert_eq!(rt(|rt| rt.core.events.prepare_signal_wait(numbers)), Ok(None));
    rt(|rt| rt.core.events.wait_for_signals(waiter, numbers.to_vec()));
    waiter
}

fn one_turn() {
    rt(|rt| rt.core.wait_for_events(&mut Vec::new())).unwrap();
}

fn signaled(number: i32) -> Vec<Waiter> {
    assert_eq!(rt(|rt| rt.core.events.take_signal(&mut Round::default())), Some(number));
    rt(|rt| rt.core.events.signal_waiters(number))
}

fn all_who_wait_for_a_signal_go_on() {
    let _end = End;
    let a = wait_for_signals(&[libc::SIGUSR1]);
    let b = wait_for_signals(&[libc::SIGUSR2, libc::SIGUSR1]);
    let c = wait_for_signals(&[libc::SIGUSR2]);
    raise(Signal::SIGUSR1).unwrap();
    one_turn();
    assert_eq!(signaled(libc::SIGUSR1), [a, b]);
    // Each signal ends a wait once.
    raise(Signal::SIGUSR2).unwrap();
    one_turn();
    assert_eq!(signaled(libc::SIGUSR2), [c]);
    for (waiter, number) in [(a, libc::SIGUSR1), (b, libc::SIGUSR1), (c, libc::SIGUSR2)] {
        assert_eq!(rt(|rt| rt.core.events.end_signal_wait(waiter)), Some(number));
    }
    assert!(!rt(|rt| rt.core.events.is_alive()));
}

fn a_signal_that_comes_with_another_one_waits_for_the_next_wait() {
    let _end = End;
    let both = [libc::SIGUSR1, libc::SIGUSR2];
    let a = wait_for_signals(&both);
    raise(Signal::SIGUSR1).unwrap();
    raise(Signal::SIGUSR2).unwrap();
    one_turn();
    assert_eq!(signaled(libc::SIGUSR1), [a]);
    assert_eq!(rt(|rt| rt.core.events.end_signal_wait(a)), Some(libc::SIGUSR1));
    assert_eq!(rt(|rt| rt.core.events.prepare_signal_wait(&both)), Ok(Some(libc::SIGUSR2)));
    assert_eq!(rt(|rt| rt.core.events.prepare_signal_wait(&both)), Ok(None));
}

fn a_signal_that_comes_with_the_end_of_the_time_is_not_lost() {
    let _end = End;
    let a = wait_for_signals(&[libc::SIGUSR1]);
    raise(Signal::SIGUSR1).unwrap();
    assert_eq!(rt(|rt| rt.core.events.end_signal_wait(a)), Some(libc::SIGUSR1));
}

fn a_signal_nobody_waits_for_any_more_does_what_it_did_before() {
    let _end = End;
    catch_signal(SaFlags::empty());
    let (a, b) = (wait_for_signals(&[libc::SIGUSR1]), wait_for_signals(&[libc::SIGUSR1]));
    assert_eq!(rt(|rt| rt.core.events.end_signal_wait(a)), None);
    rt(|rt| rt.core.events.defer(0));
    one_turn();
    assert!(signal::is_watched(libc::SIGUSR1));
    assert_eq!(rt(|rt| rt.core.events.end_signal_wait(b)), None);
    // Not before the loop waits: who waits again at once misses nothing.
    assert!(signal::is_watched(libc::SIGUSR1));
    one_turn();
    assert!(!signal::is_watched(libc::SIGUSR1) && signal::is_handled(libc::SIGUSR1));
    assert_eq!(rt(|rt| rt.core.events.signals()), 0);
}

fn a_worker_gets_the_action_of_a_signal_back_unless_other_code_has_changed_it() {
    let _end = End;
    let before = signal::watch(libc::SIGUSR1).unwrap();
    assert!(signal::is_ours(libc::SIGUSR1));
    signal::restore_in_child(libc::SIGUSR1, before);
    assert!(!signal::is_ours(libc::SIGUSR1) && !signal::is_handled(libc::SIGUSR1));
    let before = signal::watch(libc::SIGUSR1).unwrap();
    catch_signal(SaFlags::empty());
    signal::restore_in_child(libc::SIGUSR1, before);
    assert!(!signal::is_watched(libc::SIGUSR1) && signal::is_handled(libc::SIGUSR1));
}

fn a_signal_is_waited_for_or_handled_but_not_both() {
    let _end = End;
    let a = wait_for_signals(&[libc::SIGUSR1]);
    rt(|rt| {
        assert_eq!(rt.core.events.handle_signal(libc::SIGUSR1, 1), Err(Errno::EBUSY));
        assert_eq!(rt.core.events.ignore_signal(libc::SIGUSR1), Err(Errno::EBUSY));
        assert_eq!(rt.core.events.remove_signal(libc::SIGUSR1), Err(Errno::ENOENT));
        assert_eq!(rt.core.events.end_signal_wait(a), None);
        assert_eq!(rt.core.events.handle_signal(libc::SIGUSR1, 1), Ok(None));
        assert_eq!(rt.core.events.prepare_signal_wait(&[libc::SIGUSR2, libc::SIGUSR1]), Err(Errno::EBUSY));
        assert_eq!(rt.core.events.prepare_signal_wait(&[libc::SIGKILL]), Err(Errno::EINVAL));
        rt.core.events.hold_child_signal().unwrap();
        assert_eq!(rt.core.events.handle_signal(libc::SIGCHLD, 2), Err(Errno::EBUSY));
        assert_eq!(rt.core.events.give_signals_back(), [1]);
    });
}

fn a_signal_of_the_runtimes_own_is_waited_for_beside_it_and_not_taken_from_it() {
    let _end = End;
    rt(|rt| assert_eq!(rt.core.events.handle_own_signal(libc::SIGUSR1, 1), Ok(None)));
    let a = wait_for_signals(&[libc::SIGUSR1]);
    raise(Signal::SIGUSR1).unwrap();
    rt(|rt| {
        // It is for the loop to tell both: neither the wait that ends now nor the next one takes it.
        assert_eq!(rt.core.events.end_signal_wait(a), None);
        assert_eq!(rt.core.events.prepare_signal_wait(&[libc::SIGUSR1]), Ok(None));
        assert_eq!(rt.core.events.take_signal(&mut Round::default()), Some(libc::SIGUSR1));
        assert_eq!(rt.core.events.signal(libc::SIGUSR1), Some(1));
        // A script's handler takes its place, and nobody waits beside that.
        assert_eq!(rt.core.events.handle_signal(libc::SIGUSR1, 2), Ok(Some(1)));
        assert_eq!(rt.core.events.prepare_signal_wait(&[libc::SIGUSR1]), Err(Errno::EBUSY));
        assert_eq!(rt.core.events.give_signals_back(), [2]);
    });
}

// ---- Descriptors ----

fn watch(fd: RawFd) -> Waiter {
    let waiter = waiter();
    rt(|rt| {
        let watch = rt.core.events.reactor.watch_once(fd).unwrap();
        assert!(rt.core.events.reactor.registrations.wait(watch, Direction::Read, waiter));
    });
    waiter
}

fn readable() -> Vec<Waiter> {
    let mut ready = Vec::new();
    rt(|rt| {
        rt.core.wait_for_events(&mut ready).unwrap();
        ready.into_iter().filter_map(|one| rt.core.events.reactor.take_waiter(one, Direction::Read)).collect()
    })
}

fn several_wait_for_one_descriptor_and_the_loop_watches_it_too() {
    let _end = End;
    let (a, b) = pipe::pair(Kind::Stream).unwrap();
    let callbacks = Callbacks { read: Some(1), write: None };
    rt(|rt| rt.core.events.reactor.add(a.as_raw_fd(), callbacks, Interest::READ)).unwrap();
    let waiters = [watch(a.as_raw_fd()), watch(a.as_raw_fd())];
    pipe::send(std::os::fd::AsFd::as_fd(&b), b"x", Wait::Never).unwrap();
    let mut told = readable();
    told.sort_unstable_by_key(|waiter| waiters.iter().position(|other| other == waiter));
    assert_eq!(told, waiters);
    rt(|rt| rt.core.events.end());
}

fn readiness_from_before_the_wait_ends_it() {
    let _end = End;
    let (a, b) = pipe::pair(Kind::Stream).unwrap();
    pipe::send(std::os::fd::AsFd::as_fd(&b), b"x", Wait::Never).unwrap();
    let waiter = watch(a.as_raw_fd());
    assert_eq!(readable(), [waiter]);
    assert_eq!(
        fd::readiness(a.as_raw_fd(), Interest::READ | Interest::WRITE),
        Ok(Interest::READ | Interest::WRITE)
    );
    rt(|rt| rt.core.events.end());
}

fn a_number_that_is_somebody_elses_by_now_stays_watched() {
    let _end = End;
    let (a, _a) = pipe::pair(Kind::Stream).unwrap();
    let (b, far) = pipe::pair(Kind::Stream).unwrap();
    let number = a.as_raw_fd();
    let watch = rt(|rt| rt.core.events.reactor.watch_once(number)).unwrap();
    drop(a);
    let again = fd::duplicate(b.as_raw_fd()).unwrap();
    assert_eq!(again.as_raw_fd(), number, "the lowest free number");
    let callbacks = Callbacks { read: Some(1), write: None };
    rt(|rt| rt.core.events.reactor.add(number, callbacks, Interest::READ)).unwrap();
    assert_eq!(rt(|rt| rt.core.events.reactor.unwatch(watch)), [None, None]);
    pipe::send(std::os::fd::AsFd::as_fd(&far), b"x", Wait::Never).unwrap();
    let mut ready = Vec::new();
    rt(|rt| rt.core.events.reactor.wait(Some(Duration::ZERO), None, &mut ready)).unwrap();
    assert_eq!(ready.len(), 1);
    rt(|rt| rt.core.events.end());
}

fn a_refusal_of_the_kernel_leaves_nothing_behind() {
    let _end = End;
    let (a, _b) = pipe::pair(Kind::Stream).unwrap();
    rt(|rt| {
        plan(Call::EpollCtl, 1, Errno::ENOSPC, 1);
        assert_eq!(rt.core.events.reactor.watch_once(a.as_raw_fd()), Err(Errno::ENOSPC));
        let first = rt.core.events.reactor.watch_once(a.as_raw_fd()).unwrap();
        plan(Call::Fcntl, 1, Errno::EMFILE, 1);
        assert_eq!(rt.core.events.reactor.watch_once(a.as_raw_fd()), Err(Errno::EMFILE));
        let second = rt.core.events.reactor.watch_once(a.as_raw_fd()).unwrap();
        rt.core.events.reactor.unwatch(second);
        rt.core.events.reactor.unwatch(first);
        assert!(rt.core.events.reactor.watch_once(a.as_raw_fd()).is_ok());
        rt.core.events.end();
    });
}

// ---- Sources ----

fn a_source_that_cannot_be_waited_for_leaves_nothing_behind() {
    fn is_refused<S: Source>(source: impl Fn() -> S)
    where
        for<'a> S::Parts<'a>: From<&'a mut Runtime>,
    {
        // Not in the main program, and not when the time is over.
        assert_eq!(rt(|rt| source().arm(rt.into(), None)), Err(Errno::EPERM));
        let late = rt(|rt| source().arm(rt.into(), Some(now())));
        assert!(matches!(late, Err(Errno::EPERM | Errno::ETIMEDOUT)));
        assert!(!rt(|rt| rt.core.events.has_work()));
    }
    let _end = End;
    let [token, _] =
        rt(|rt| rt.sockets.open_pair(Spec { domain: libc::AF_UNIX, kind: libc::SOCK_STREAM, protocol: 0 }))
            .unwrap();
    let (a, _b) = pipe::pair(Kind::Stream).unwrap();
    let watch = rt(|rt| rt.core.events.reactor.watch_once(a.as_raw_fd())).unwrap();
    is_refused(|| SignalWait(vec![libc::SIGUSR1]));
    is_refused(|| DescriptorWait { watch, directions: [true; 2] });
    is_refused(|| ChildWait(None));
    is_refused(|| LookupTurn);
    is_refused(|| SocketWait { token, direction: Direction::Read });
    is_refused(|| RetryPause(token));
    let stream = rt(|rt| rt.streams.insert(a.as_raw_fd()));
    is_refused(|| StreamWait { token: stream, needs: Directions::Both, or_other: true });
    let selection = rt(|rt| rt.selections.open());
    rt(|rt| rt.selections.add(selection, a.as_raw_fd(), Interest::READ));
    is_refused(|| SelectionWait(selection));
    is_refused(|| SendTurn { pool: PoolToken::default(), worker: 0 });
}

fn a_turn_to_send_that_comes_too_late_goes_to_the_next_sender() {
    let _end = End;
    let token = rt(|rt| rt.pools.open());
    let plan = Plan {
        spec: supervisor::Spec { workers: 1, ..supervisor::Spec::default() },
        ipc: Ipc::Pairs,
        handles: true,
        largest: 100,
        ..Plan::default()
    };
    rt(|rt| rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan, 1)).unwrap();
    let is_taken = || rt(|rt| rt.pools.send_queue(token, 0).unwrap().is_taken());
    let pass_on = || rt(|rt| rt.pools.send_queue(token, 0).unwrap().pass_on());
    let mut turn = SendTurn { pool: token, worker: 0 };
    assert!(!is_taken());
    let [first, second, third] = [0; 3].map(|_| begin(&mut turn).unwrap());
    // The second one gives up before its turn, the first one at the moment when its turn has come.
    rt(|rt| turn.disarm(rt.into(), second, Wake::Canceled));
    assert_eq!(pass_on(), Some(first));
    assert_eq!(rt(|rt| rt.core.events.timers.len()), 0);
    rt(|rt| turn.disarm(rt.into(), first, Wake::Canceled));
    assert_eq!(rt(|rt| rt.core.events.timers.len()), 1, "the loop wakes the third one");
    assert!(is_taken());
    rt(|rt| turn.disarm(rt.into(), third, Wake::Ready));
    assert_eq!(pass_on(), None);
    assert!(!is_taken());
    rt(|rt| rt.pools.close(&mut rt.core, &mut rt.pipes, token));
    rt(|rt| rt.core.events.end());
}

static HANDLED: AtomicBool = AtomicBool::new(false);

/// As a signal handler of a script, which waits for its turn afterwards.
extern "C" fn handle(_: i32) {
    HANDLED.store(true, Ordering::SeqCst);
}

fn a_handler_of_the_script_that_runs_just_before_a_wait_in_the_kernel_ends_it() {
    let action = SigAction::new(SigHandler::Handler(handle), SaFlags::SA_RESTART, SigSet::empty());
    #[allow(unsafe_code, reason = "nix marks what runs in a signal handler as unsafe")]
    // SAFETY: the handler stores to an atomic.
    unsafe { sigaction(Signal::SIGUSR1, &action) }.unwrap();
    let mut rt = Runtime::default();
    rt.core.set_interrupted(|| HANDLED.swap(false, Ordering::SeqCst));
    let queue = Queue::open(libc::IPC_PRIVATE, Take::Any, msgq::Wait::Allowed, Some(1)).unwrap().0;
    let gate = Gate::new();
    let Fork::Parent { child } = process::fork().unwrap() else {
        gate.pass();
        process::exit_now(7);
    };
    // The first call does not wait.
    assert!(plan_from(
        "msgrcv@here:2:RAISE=10,msgsnd@here:3:RAISE=10,waitpid@here:2:RAISE=10,futex@here:1:RAISE=10"
    ));
    assert_eq!(rt.pop(queue, 1, &mut [0; TYPE + 8]), Err(Errno::EINTR));
    rt.push(queue, 1, b"x").unwrap();
    assert_eq!(rt.push(queue, 1, b"y"), Err(Errno::EINTR));
    assert_eq!(rt.pipes.wait(&mut rt.core), Err(Errno::EINTR));
    gate.open();
    let end = How::Exited(7);
    assert_eq!(rt.pipes.wait(&mut rt.core), Ok(Some(Reaped { pid: child, end })));
    let number = rt.shared.short.take().unwrap();
    assert!(matches!(number.signal().unwrap().wait(None, now()), atomic::Wait::Pause));
    queue.remove().unwrap();
    clear();
}

type Arm = Box<dyn FnOnce() -> Option<Waiter>>;

thread_local! {
    static ARM: RefCell<Option<Arm>> = const { RefCell::new(None) };
}

/// Coroutines that begin the wait that is in `ARM`.
struct Arming;

impl Stacks for Arming {
    fn core<R>(body: impl FnOnce(&mut Core) -> R) -> R {
        OneWait::core(body)
    }

    fn enter(slot: Slot) -> SwitchResult {
        let arm = ARM.take().unwrap();
        let Some(waiter) = arm() else { return SwitchResult::Ended };
        BEGUN.with_borrow_mut(|begun| *begun = Some(waiter));
        rt(|rt| rt.core.scheduler.leave(slot));
        SwitchResult::Waits
    }

    fn leave(_slot: Slot) {}
}

/// A new coroutine begins a wait, if it need not go on at once.
fn begin<S: Source + Clone + 'static>(source: &mut S) -> Option<Waiter>
where
    for<'a> S::Parts<'a>: From<&'a mut Runtime>,
{
    let (slot, _) = rt(|rt| rt.core.scheduler.create(now()));
    let mut source = source.clone();
    ARM.set(Some(Box::new(move || rt(|rt| source.arm(rt.into(), None)).unwrap())));
    switch::run::<Arming>(slot);
    BEGUN.with_borrow_mut(Option::take)
}

fn changes(direction: Direction) -> Vec<Waiter> {
    let mut ready = Vec::new();
    rt(|rt| {
        rt.core.events.reactor.wait(Some(Duration::ZERO), None, &mut ready).unwrap();
        ready.into_iter().filter_map(|one| rt.core.events.reactor.take_waiter(one, direction)).collect()
    })
}

fn a_stream_has_one_reader_and_one_writer() {
    let _end = End;
    let (a, b) = pipe::pair(Kind::Stream).unwrap();
    let token = rt(|rt| rt.streams.insert(a.as_raw_fd()));
    let mut reader = StreamWait { token, needs: Directions::Read, or_other: false };
    let waiter = begin(&mut reader).unwrap();
    let holder = |wanted| rt(|rt| rt.streams.holder(token, wanted)).map(|holder| holder.waiter);
    assert_eq!(
        [Directions::Read, Directions::Write, Directions::Both].map(holder),
        [Some(waiter), None, Some(waiter)]
    );
    assert_eq!(changes(Direction::Read), []);
    pipe::send(std::os::fd::AsFd::as_fd(&b), b"x", Wait::Never).unwrap();
    assert_eq!(changes(Direction::Read), [waiter]);
    assert!(rt(|rt| reader.disarm(rt.into(), waiter, Wake::Ready)), "still open");
    assert_eq!(holder(Directions::Both), None);
    let mut writer = StreamWait { token, needs: Directions::Write, or_other: false };
    let waiter = begin(&mut writer).unwrap();
    let holders =
        rt(|rt| rt.streams.close(&mut rt.core, token)).map(|holder| holder.map(|holder| holder.waiter));
    assert_eq!(holders, [None, Some(waiter)]);
    assert!(!rt(|rt| writer.disarm(rt.into(), waiter, Wake::Ready)), "closed");
    assert!(!rt(|rt| rt.core.events.has_work()));
    rt(|rt| rt.core.events.end());
}

fn a_session_waits_for_both_directions_and_leaves_one_to_another() {
    let _end = End;
    let (a, _b) = pipe::pair(Kind::Stream).unwrap();
    let token = rt(|rt| rt.streams.insert(a.as_raw_fd()));
    let mut reader = StreamWait { token, needs: Directions::Read, or_other: true };
    let first = begin(&mut reader).unwrap();
    assert_eq!(changes(Direction::Write), [first], "a new descriptor has room");
    rt(|rt| reader.disarm(rt.into(), first, Wake::Ready));
    let mut writer = StreamWait { token, needs: Directions::Write, or_other: false };
    let second = begin(&mut writer).unwrap();
    let first = begin(&mut reader).unwrap();
    rt(|rt| reader.disarm(rt.into(), first, Wake::Canceled));
    let holders =
        rt(|rt| rt.streams.close(&mut rt.core, token)).map(|holder| holder.map(|holder| holder.waiter));
    assert_eq!(holders, [None, Some(second)]);
    rt(|rt| rt.core.events.end());
}

fn a_selection_ends_when_one_is_ready_or_closed() {
    let _end = End;
    let (a, b) = pipe::pair(Kind::Stream).unwrap();
    let (c, _d) = pipe::pair(Kind::Stream).unwrap();
    let file = std::fs::File::open("Cargo.toml").unwrap();
    let token = rt(|rt| rt.selections.open());
    assert!(rt(|rt| rt.selections.is_empty(token)));
    for fd in [a.as_raw_fd(), c.as_raw_fd(), c.as_raw_fd()] {
        rt(|rt| rt.selections.add(token, fd, Interest::READ));
    }
    assert!(!rt(|rt| rt.selections.is_ready(token)));
    let mut wait = SelectionWait(token);
    let waiter = begin(&mut wait).unwrap();
    assert_eq!((changes(Direction::Write), changes(Direction::Read)), (vec![], vec![]), "there is room");
    pipe::send(std::os::fd::AsFd::as_fd(&b), b"x", Wait::Never).unwrap();
    assert_eq!(changes(Direction::Read), [waiter]);
    rt(|rt| wait.disarm(rt.into(), waiter, Wake::Ready));
    assert!(rt(|rt| rt.selections.is_ready(token)));
    rt(|rt| rt.selections.close(token));
    let token = rt(|rt| rt.selections.open());
    rt(|rt| rt.selections.add(token, file.as_raw_fd(), Interest::READ));
    assert!(rt(|rt| rt.selections.is_ready(token)), "a plain file always is");
    rt(|rt| rt.selections.close(token));

    let token = rt(|rt| rt.selections.open());
    rt(|rt| rt.selections.add(token, c.as_raw_fd(), Interest::READ));
    let mut wait = SelectionWait(token);
    let waiter = begin(&mut wait).unwrap();
    assert_eq!(rt(|rt| rt.core.events.timers.len()), 0);
    rt(|rt| rt.selections.note_close(&mut rt.core, c.as_raw_fd()));
    assert_eq!(rt(|rt| rt.core.events.timers.len()), 1, "the loop wakes whoever selects");
    rt(|rt| wait.disarm(rt.into(), waiter, Wake::Ready));
    assert!(rt(|rt| rt.core.events.reactor.is_empty()));
    rt(|rt| rt.core.events.end());
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_handler_of_the_script_that_runs_just_before_a_wait_in_the_kernel_ends_it,
        a_stream_has_one_reader_and_one_writer,
        a_session_waits_for_both_directions_and_leaves_one_to_another,
        a_selection_ends_when_one_is_ready_or_closed,
        a_source_that_cannot_be_waited_for_leaves_nothing_behind,
        a_turn_to_send_that_comes_too_late_goes_to_the_next_sender,
        a_child_that_has_ended_already_is_taken_at_once,
        a_child_that_ends_between_the_look_and_the_wait_is_told,
        a_child_that_ends_during_the_wait_is_told,
        each_of_several_who_wait_for_any_gets_one,
        a_child_that_is_waited_for_by_its_id_is_not_given_to_others,
        a_child_that_somebody_else_has_reaped_is_reported_as_gone,
        without_pidfds_children_are_told_all_the_same,
        without_pidfds_a_waiter_that_reaps_its_child_itself_is_told,
        with_sigchld_blocked_children_are_told_all_the_same,
        somebody_elses_handler_for_sigchld_stays,
        a_wait_that_was_given_up_takes_no_status,
        the_child_of_a_fork_waits_for_nobody,
        all_who_wait_for_a_signal_go_on,
        a_signal_that_comes_with_another_one_waits_for_the_next_wait,
        a_signal_that_comes_with_the_end_of_the_time_is_not_lost,
        a_signal_nobody_waits_for_any_more_does_what_it_did_before,
        a_worker_gets_the_action_of_a_signal_back_unless_other_code_has_changed_it,
        a_signal_is_waited_for_or_handled_but_not_both,
        a_signal_of_the_runtimes_own_is_waited_for_beside_it_and_not_taken_from_it,
        several_wait_for_one_descriptor_and_the_loop_watches_it_too,
        readiness_from_before_the_wait_ends_it,
        a_number_that_is_somebody_elses_by_now_stays_watched,
        a_refusal_of_the_kernel_leaves_nothing_behind,
    ])
}
