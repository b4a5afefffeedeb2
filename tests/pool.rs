//! Pools with real processes: what is sent arrives once, whoever dies; what the kernel refuses leaves nothing behind; no
//! worker outlives its master for long. The file needs the feature `fault-injection`.
#![cfg(test)]

mod alone;

use alone::{Gate, leaks_nothing, live, start};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use nix::sys::wait::waitpid;
use std::io::{PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsRawFd;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use swoole_process::os::epoll::Interest;
use swoole_process::os::fault::{self, Call, clear, plan, plan_from};
use swoole_process::os::process::{self, End, WaitMode};
use swoole_process::os::{Errno, msgq::Wait};
use swoole_process::os::{msgq, prepared_wait};
use swoole_process::rt::core::clock::now;
use swoole_process::rt::core::handles::PoolToken;
use swoole_process::rt::core::reactor::Callbacks;
use swoole_process::rt::core::signals::Round;
use swoole_process::rt::core::syscall_error::SyscallError;
use swoole_process::rt::core::timers::{Repeat, Target};
use swoole_process::rt::fd_passing;
use swoole_process::rt::handle::{ArrivalKind, Outgoing};
use swoole_process::rt::pool::master_signals::MasterRequests;
use swoole_process::rt::pool::server::{Place, Server};
use swoole_process::rt::pool::{ForkResult, Ipc, NewWorker, Plan, RecvError, StopDelivery};
use swoole_process::rt::process::pipe::Side;
use swoole_process::rt::process::queue::{Queue, Take};
use swoole_process::rt::runtime::Runtime;
use swoole_process::rt::supervisor::{Action, Event, Policy, Spec};

const SIGUSR2: i32 = 12;
const SIGALRM: i32 = 14;
const SIGTERM: i32 = 15;
const SIGKILL: i32 = 9;

fn plan_of(workers: usize, ipc: Ipc) -> Plan {
    let restart = Policy { delay: Duration::ZERO, ..Policy::default() };
    let spec = Spec { workers, restart, ..Spec::default() };
    Plan { spec, ipc, handles: true, largest: 200_000, ..Plan::default() }
}

/// What the master has seen.
#[derive(Debug, Default)]
struct Seen {
    refused: Vec<SyscallError>,
    crashes: usize,
    gave_up: bool,
    lost: u64,
}

/// Runs a pool until it has stopped.
fn run(
    rt: &mut Runtime,
    token: PoolToken,
    work: fn(&mut Runtime, PoolToken, &PipeWriter),
    out: &PipeWriter,
) -> Seen {
    let mut seen = Seen::default();
    rt.pools.tell_master(token, Event::Begin);
    loop {
        while let Some(action) = rt.pools.next_action(&mut rt.pipes, token) {
            match action {
                Action::Start { worker } => {
                    match rt.fork_worker(
                        token,
                        NewWorker {
                            number: worker,
                            stop_delivery: StopDelivery::BetweenMessages,
                            random: 1,
                            at: 0,
                        },
                    ) {
                        Ok(ForkResult::Master { child }) => {
                            rt.pools.tell_master(token, Event::Started { worker, pid: child })
                        }
                        Ok(ForkResult::Worker) => live(|| work(rt, token, out)),
                        Ok(ForkResult::Unable(_)) => process::exit_now(1),
                        Err(failed) => {
                            seen.refused.push(failed);
                            rt.pools.tell_master(token, Event::NotStarted { worker });
                        }
                    }
                }
                Action::Report(_) => seen.crashes += 1,
                Action::Idle { .. } | Action::Done => {}
                Action::GiveUp => seen.gave_up = true,
                Action::Finish => {
                    seen.lost = rt.pools.end(&mut rt.core, &mut rt.pipes, token);
                    return seen;
                }
                Action::Terminate { .. }
                | Action::Kill { .. }
                | Action::Churn { .. }
                | Action::CheckBacklog { .. } => {}
            }
        }
        let heard = rt.pools.wait_as_master(&mut rt.core, token).unwrap();
        if heard.stop {
            rt.pools.tell_master(token, Event::Stop);
        }
        rt.pools.look_after_workers(&mut rt.pipes, token).unwrap();
    }
}

/// The next message, as a worker takes it; `None` when the worker is to end.
fn message(rt: &mut Runtime, token: PoolToken) -> Option<Vec<u8>> {
    rt.pools.next_message(&mut rt.core, &mut rt.pipes, token).ok()?;
    let mut text = vec![0; rt.pools.inbox().len()];
    rt.pools.inbox().take(&mut text).unwrap();
    rt.pools.note_message(token);
    Some(text)
}

/// Tells each message that it handles, dies after every third, and ends the pool after `end`.
fn dies_often(rt: &mut Runtime, token: PoolToken, mut out: &PipeWriter) {
    let mut count = 0;
    while let Some(text) = message(rt, token) {
        if text == b"end" {
            process::kill(process::parent(), SIGTERM).unwrap();
            continue;
        }
        out.write_all(&text).unwrap();
        count += 1;
        if count == 3 {
            process::kill(process::pid(), SIGKILL).unwrap();
        }
    }
}

/// Handles messages until it is asked to end.
fn works(rt: &mut Runtime, token: PoolToken, mut out: &PipeWriter) {
    while let Some(text) = message(rt, token) {
        out.write_all(&text).unwrap();
    }
    rt.pools.end_worker(token);
}

/// Ends, and is asked to stop when nothing but its process is left.
fn is_asked_late(rt: &mut Runtime, token: PoolToken, out: &PipeWriter) {
    ends_the_pool(rt, token, out);
    rt.pools.ignore_stop_signals();
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
    for stop in [SIGTERM, 2, 3, 1] {
        process::kill(process::pid(), stop).unwrap();
    }
    { out }.write_all(b"!").unwrap();
}

fn ends_the_pool(rt: &mut Runtime, token: PoolToken, out: &PipeWriter) {
    process::kill(process::parent(), SIGTERM).unwrap();
    works(rt, token, out);
}

/// Never ends by itself.
fn is_stuck(_rt: &mut Runtime, _token: PoolToken, mut out: &PipeWriter) {
    out.write_all(b"x").unwrap();
    loop {
        std::thread::sleep(Duration::from_secs(10));
    }
}

fn read_all(mut reader: PipeReader, writer: PipeWriter) -> Vec<u8> {
    drop(writer);
    let mut all = Vec::new();
    reader.read_to_end(&mut all).unwrap();
    all
}

fn messages_outlive_the_workers_that_they_were_sent_to() {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan_of(1, Ipc::Pairs), 1).unwrap();
    let sent: Vec<u8> = (0..50).collect();
    for byte in &sent {
        rt.pools.send_to_worker(&mut rt.pipes, token, 0, &[*byte]).unwrap();
    }
    rt.pools.send_to_worker(&mut rt.pipes, token, 0, b"end").unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    let seen = run(&mut rt, token, dies_often, &writer);
    assert_eq!(read_all(reader, writer), sent);
    assert_eq!((seen.crashes, seen.lost), (16, 0));
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
}

fn what_is_left_at_the_end_is_counted() {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    let mut plan = plan_of(1, Ipc::Pairs);
    plan.spec.max_wait = Some(Duration::from_millis(50));
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan, 1).unwrap();
    for text in [&b"a"[..], b"", b"c"] {
        rt.pools.send_to_worker(&mut rt.pipes, token, 0, text).unwrap();
    }
    let (reader, writer) = std::io::pipe().unwrap();
    process::kill(process::pid(), SIGTERM).unwrap();
    let seen = run(&mut rt, token, is_stuck, &writer);
    assert_eq!(seen.lost, 3);
    assert!(read_all(reader, writer).len() <= 1);
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
}

fn a_start_that_is_refused_leaves_nothing() {
    let refusals = [
        (Call::Mmap, Errno::ENOMEM, "mmap()"),
        (Call::Socketpair, Errno::EMFILE, "socketpair()"),
        (Call::Setsockopt, Errno::EINVAL, "setsockopt()"),
        (Call::Sigaction, Errno::EINVAL, "sigaction()"),
    ];
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    for (call, errno, name) in refusals {
        leaks_nothing(|| {
            let (queue, _) = Queue::open(0, Take::Any, Wait::Allowed, None).unwrap();
            let mut own = plan_of(2, Ipc::Pairs);
            own.queue = Some((queue, true));
            plan(call, 1, errno, 1);
            assert_eq!(
                rt.pools.start(&mut rt.core, &mut rt.pipes, token, own, 1),
                Err(SyscallError { call: name, errno })
            );
            assert!(matches!(queue.status(), Err(Errno::EIDRM | Errno::EINVAL)), "the queue is still there");
            assert!(!rt.pools.is_any_running());
        });
    }
    // Now it works, and the signals are the pool's only while it runs.
    let (_reader, writer) = std::io::pipe().unwrap();
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan_of(2, Ipc::Pairs), 1).unwrap();
    assert_eq!(run(&mut rt, token, ends_the_pool, &writer).crashes, 0);
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
}

/// Takes what is pushed into its queue until the pool ends, and ends it after the first message.
fn ends_the_pool_after_a_message(rt: &mut Runtime, token: PoolToken, _out: &PipeWriter) {
    while rt.pools.next_message(&mut rt.core, &mut rt.pipes, token).is_ok() {
        rt.pools.note_message(token);
        rt.pools.ask_to_stop(token).unwrap();
    }
    rt.pools.end_worker(token);
}

fn what_a_pool_can_do_without_need_not_be_had() {
    let refusals = [
        (Call::Pipe, Errno::EMFILE),
        (Call::Clone, Errno::EAGAIN),
        (Call::Setpgid, Errno::EPERM),
        (Call::PidfdOpen, Errno::ENOSYS),
        (Call::PidfdOpen, Errno::EMFILE),
        (Call::PidfdSendSignal, Errno::ENOSYS),
    ];
    for (call, errno) in refusals {
        leaks_nothing(|| {
            let mut rt = Runtime::default();
            let token = rt.pools.open();
            let (queue, _) = Queue::open(0, Take::Any, Wait::Allowed, None).unwrap();
            let mut own = plan_of(2, Ipc::Queue);
            own.queue = Some((queue, true));
            plan(call, 1, errno, 1);
            rt.pools.start(&mut rt.core, &mut rt.pipes, token, own, 1).unwrap();
            rt.push(queue, 1, b"x").unwrap();
            let (_reader, writer) = std::io::pipe().unwrap();
            assert_eq!(run(&mut rt, token, ends_the_pool_after_a_message, &writer).crashes, 0);
            assert!(matches!(queue.status(), Err(Errno::EIDRM | Errno::EINVAL)), "the queue is still there");
            rt.pools.close(&mut rt.core, &mut rt.pipes, token);
            clear();
        });
    }
}

fn a_push_that_would_wait_for_this_process_alone_fails() {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    let (queue, _) = Queue::open(0, Take::Any, Wait::Allowed, None).unwrap();
    let mut own = plan_of(1, Ipc::Queue);
    own.queue = Some((queue, true));
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, own, 1).unwrap();
    while rt.push(queue, 1, &[7; 4000]).is_ok() {}
    // The master.
    assert_eq!(rt.push(queue, 1, &[7; 4000]), Err(Errno::EDEADLK));
    let (_reader, writer) = std::io::pipe().unwrap();
    let fills = |rt: &mut Runtime, token: PoolToken, _out: &PipeWriter| {
        let queue = rt.pools.queue(token).unwrap();
        for _ in 0..10 {
            rt.pools.next_message(&mut rt.core, &mut rt.pipes, token).unwrap();
            while rt.push(queue, 1, &[7; 4000]).is_ok() {}
            assert_eq!(rt.push(queue, 1, &[7; 4000]), Err(Errno::EDEADLK));
            // What is for nobody else is not waited for in any case.
            assert_eq!(rt.push(queue.at_once(), 1, &[7; 4000]), Err(Errno::EAGAIN));
            rt.pools.note_message(token);
        }
        rt.pools.ask_to_stop(token).unwrap();
        while rt.pools.next_message(&mut rt.core, &mut rt.pipes, token).is_ok() {}
        rt.pools.end_worker(token);
    };
    assert_eq!(run(&mut rt, token, fills, &writer).crashes, 0);
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
}

/// As a signal handler of a script, which waits for its turn afterwards.
static HANDLED: AtomicBool = AtomicBool::new(false);

fn a_handler_of_the_script_that_runs_just_before_a_worker_waits_has_its_turn() {
    extern "C" fn handle(_: i32) {
        HANDLED.store(true, Ordering::SeqCst);
    }
    let mut rt = Runtime::default();
    rt.core.set_interrupted(|| HANDLED.swap(false, Ordering::SeqCst));
    let (_reader, writer) = std::io::pipe().unwrap();
    for ipc in [Ipc::Pairs, Ipc::Queue] {
        let token = rt.pools.open();
        let mut own = plan_of(1, ipc);
        own.queue =
            (ipc == Ipc::Queue).then(|| (Queue::open(0, Take::Any, Wait::Allowed, None).unwrap().0, true));
        rt.pools.start(&mut rt.core, &mut rt.pipes, token, own, 1).unwrap();
        let work = |rt: &mut Runtime, token: PoolToken, _out: &PipeWriter| {
            let action = SigAction::new(SigHandler::Handler(handle), SaFlags::SA_RESTART, SigSet::empty());
            #[allow(unsafe_code, reason = "nix marks what runs in a signal handler as unsafe")]
            // SAFETY: the handler stores to an atomic.
            unsafe { sigaction(Signal::SIGUSR1, &action) }.unwrap();
            // The first call does not wait.
            assert!(plan_from("msgrcv:2:RAISE=10,poll:1:RAISE=10"));
            assert_eq!(
                rt.pools.next_message(&mut rt.core, &mut rt.pipes, token),
                Err(RecvError::Interrupted)
            );
            clear();
            rt.pools.ask_to_stop(token).unwrap();
            while rt.pools.next_message(&mut rt.core, &mut rt.pipes, token).is_ok() {}
            rt.pools.end_worker(token);
        };
        assert_eq!(run(&mut rt, token, work, &writer).crashes, 0);
        rt.pools.close(&mut rt.core, &mut rt.pipes, token);
    }
}

fn a_worker_that_ends_is_not_ended_by_a_stop_signal() {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan_of(1, Ipc::Pairs), 1).unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    run(&mut rt, token, is_asked_late, &writer);
    assert_eq!(read_all(reader, writer), b"!");
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
}

fn a_worker_that_cannot_be_forked_is_tried_again() {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan_of(2, Ipc::Pairs), 1).unwrap();
    let (_reader, writer) = std::io::pipe().unwrap();
    plan(Call::Fork, 1, Errno::EAGAIN, 3);
    let seen = run(&mut rt, token, ends_the_pool, &writer);
    assert_eq!(seen.refused, vec![SyscallError { call: "fork()", errno: Errno::EAGAIN }; 3]);
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
}

fn workers_that_cannot_begin_fail() {
    for (call, errno) in [
        (Call::Prctl, Errno::EINVAL),
        (Call::TimerCreate, Errno::EAGAIN),
        (Call::TimerCreate, Errno::ENOMEM),
        (Call::Malloc, Errno::ENOMEM),
    ] {
        let mut rt = Runtime::default();
        let token = rt.pools.open();
        let mut own = plan_of(1, Ipc::Pairs);
        own.spec.restart.max_restarts = Some(2);
        rt.pools.start(&mut rt.core, &mut rt.pipes, token, own, 1).unwrap();
        let (_reader, writer) = std::io::pipe().unwrap();
        // Each worker inherits it.
        plan(call, 1, errno, 1);
        let seen = run(&mut rt, token, works, &writer);
        assert!(seen.gave_up && seen.crashes == 3, "{seen:?}");
        rt.pools.close(&mut rt.core, &mut rt.pipes, token);
    }
}

fn a_message_that_cannot_be_put_into_a_file_is_not_sent() {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    let mut own = plan_of(1, Ipc::Pairs);
    own.bus = true;
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, own, 1).unwrap();
    let text = vec![7; 100_000];
    leaks_nothing(|| {
        for (call, errno) in [
            (Call::MemfdCreate, Errno::EMFILE),
            (Call::Write, Errno::ENOSPC),
            (Call::Send, Errno::ETOOMANYREFS),
            (Call::Poll, Errno::ENOMEM),
        ] {
            plan(call, 1, errno, 1);
            assert_eq!(rt.pools.send_to_worker(&mut rt.pipes, token, 0, &text), Err(errno));
        }
    });
    assert_eq!(rt.pools.end(&mut rt.core, &mut rt.pipes, token), 0);
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
}

/// Starts the worker of a pool when it is due. It exits at once, and is reaped as by a callback of the master.
fn start_and_reap(rt: &mut Runtime, token: PoolToken) {
    loop {
        match rt.pools.next_action(&mut rt.pipes, token) {
            Some(Action::Start { worker }) => {
                let stop_delivery = StopDelivery::BetweenMessages;
                let new = NewWorker { number: worker, stop_delivery, random: 1, at: 0 };
                let Ok(ForkResult::Master { child }) = rt.fork_worker(token, new) else {
                    process::exit_now(0);
                };
                rt.pools.tell_master(token, Event::Started { worker, pid: child });
                waitpid(nix::unistd::Pid::from_raw(child), None).unwrap();
                return;
            }
            Some(_) => {}
            None => {
                rt.pools.wait_as_master(&mut rt.core, token).unwrap();
                rt.pools.look_after_workers(&mut rt.pipes, token).unwrap();
            }
        }
    }
}

/// If they were found late, they would seem to have run longer, and restart without a pause.
fn workers_that_others_reap_are_missed_at_once() {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan_of(1, Ipc::Pairs), 1).unwrap();
    rt.pools.tell_master(token, Event::Begin);
    for _ in 0..3 {
        start_and_reap(&mut rt, token);
        let pid = |rt: &mut Runtime| rt.pools.board(token).and_then(|board| board.row(0)?.pid);
        assert!(pid(&mut rt).is_some());
        rt.pools.look_after_workers(&mut rt.pipes, token).unwrap();
        assert_eq!(pid(&mut rt), None);
    }
    assert_eq!(rt.pools.end(&mut rt.core, &mut rt.pipes, token), 0);
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
}

/// Forks a master whose pool has one worker that does `work`, and kills it; how the worker has ended.
fn end_after_its_master(work: fn(&mut Runtime, PoolToken, &PipeWriter), ipc: Ipc) -> End {
    let mut rt = Runtime::default();
    let (mut reader, writer) = std::io::pipe().unwrap();
    let gate = Gate::new();
    let queue = (ipc == Ipc::Queue).then(|| Queue::open(0, Take::Any, Wait::Allowed, None).unwrap().0);
    let master = start(&mut rt, None, |rt| {
        let token = rt.pools.open();
        let mut own = plan_of(1, ipc);
        own.spec.max_wait = Some(Duration::from_millis(200));
        own.queue = queue.map(|queue| (queue, true));
        rt.pools.start(&mut rt.core, &mut rt.pipes, token, own, 1).unwrap();
        if ipc == Ipc::Pairs {
            rt.pools.send_to_worker(&mut rt.pipes, token, 0, b"x").unwrap();
        } else {
            rt.push(queue.unwrap(), 1, b"x").unwrap();
        }
        gate.open();
        run(rt, token, work, &writer);
    });
    gate.pass();
    // The worker is there, and tied.
    reader.read_exact(&mut [0]).unwrap();
    process::kill(master, SIGKILL).unwrap();
    let mut ends = Vec::new();
    while let Ok(Some(reaped)) = rt.pipes.reap(WaitMode::Wait) {
        if reaped.pid != master {
            ends.push(reaped.end);
        }
    }
    if queue.is_some() {
        // The process that looks after the queue.
        let cleaner = ends.iter().position(|end| *end == End::Exited(0)).unwrap();
        ends.remove(cleaner);
    }
    if let Some(queue) = queue {
        assert!(matches!(queue.status(), Err(Errno::EIDRM | Errno::EINVAL)), "the queue is still there");
    }
    assert_eq!(ends.len(), 1);
    ends.remove(0)
}

fn workers_end_with_their_master() {
    for ipc in [Ipc::Pairs, Ipc::Queue] {
        // It is told by SIGTERM and leaves; or it does not, and is killed.
        assert_eq!(end_after_its_master(works, ipc), End::Exited(0));
        assert_eq!(end_after_its_master(is_stuck, ipc), End::Killed(SIGKILL));
    }
    // No queue of this test is left.
    assert!(msgq::open(0, 0o600).and_then(msgq::remove).is_ok());
}

/// Runs a pool of one worker that gives up at the first failure of it; how often the worker has failed. `send` sends it
/// what it needs.
fn failures(
    ipc: Ipc,
    bus: bool,
    send: impl FnOnce(&mut Runtime, PoolToken, Option<Queue>),
    work: fn(&mut Runtime, PoolToken, &PipeWriter),
) -> usize {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    let mut own = plan_of(1, ipc);
    own.bus = bus;
    own.spec.restart.max_restarts = Some(0);
    let queue = (ipc == Ipc::Queue).then(|| Queue::open(0, Take::Any, Wait::Allowed, None).unwrap().0);
    own.queue = queue.map(|queue| (queue, true));
    if ipc == Ipc::Server {
        let path = std::env::temp_dir().join(format!("pool-{}", process::pid()));
        let place = Place::Path(path.to_str().unwrap().as_bytes().to_vec());
        rt.pools.set_server(token, Server::listen(&place, 5).unwrap()).unwrap();
    }
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, own, 1).unwrap();
    send(&mut rt, token, queue);
    let (_reader, writer) = std::io::pipe().unwrap();
    let seen = run(&mut rt, token, work, &writer);
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
    seen.crashes
}

const MESSAGES: u32 = 20;

/// Takes what waits, and counts the system calls.
fn counts_its_calls(rt: &mut Runtime, token: PoolToken, out: &PipeWriter) {
    // The first message: what is made ready once is made ready.
    assert!(message(rt, token).is_some());
    let calls = |rt: &mut Runtime| {
        fault::start_counting().unwrap();
        (0..MESSAGES).for_each(|_| assert!(message(rt, token).is_some()));
        fault::stop_counting();
        fault::counts().here
    };
    let queue = rt.pools.queue(token).is_some();
    let one = [(if queue { Call::Msgrcv } else { Call::Recv }, MESSAGES)];
    assert_eq!(calls(rt), one);
    // Nor does a timer cost any, or a handler, as long as messages wait.
    rt.core.events.timers.add(Target::Call(0), Duration::from_secs(3600), Repeat::Once, now());
    rt.core.events.handle_signal(SIGUSR2, 0).unwrap();
    assert_eq!(calls(rt), one);
    ends_the_pool(rt, token, out);
}

fn a_message_costs_a_worker_one_system_call() {
    for (ipc, bus) in [(Ipc::Pairs, false), (Ipc::Pairs, true), (Ipc::Queue, false)] {
        let send = |rt: &mut Runtime, token: PoolToken, queue: Option<Queue>| {
            for _ in 0..=2 * MESSAGES {
                match queue {
                    Some(queue) => rt.push(queue, 1, b"x").unwrap(),
                    None => rt.pools.send_to_worker(&mut rt.pipes, token, 0, b"x").unwrap(),
                }
            }
        };
        assert_eq!(failures(ipc, bus, send, counts_its_calls), 0, "{ipc:?}");
    }
}

/// Meets an empty queue, and counts the system calls for the messages that come later.
fn counts_its_calls_after_a_wait(rt: &mut Runtime, token: PoolToken, out: &PipeWriter) {
    assert!(prepared_wait::allow_unmasked_waits());
    rt.core.events.handle_signal(SIGALRM, 9).unwrap();
    process::set_interval(0, 1_000).unwrap();
    assert_eq!(rt.pools.next_message(&mut rt.core, &mut rt.pipes, token), Err(RecvError::Interrupted));
    process::set_interval(0, 0).unwrap();
    assert_eq!(rt.core.events.take_signal(&mut Round::default()), Some(SIGALRM));
    rt.core.events.remove_signal(SIGALRM).unwrap();
    let queue = rt.pools.queue(token).unwrap();
    let mut calls = |messages: u32| {
        (0..messages).for_each(|_| rt.push(queue, 1, b"x").unwrap());
        fault::start_counting().unwrap();
        (0..messages).for_each(|_| assert!(message(rt, token).is_some()));
        fault::stop_counting();
        fault::counts().here
    };
    assert_eq!(calls(16), [(Call::Msgrcv, 16), (Call::Prctl, 16)]);
    assert_eq!(calls(4), [(Call::Msgrcv, 4)]);
    ends_the_pool(rt, token, out);
}

fn a_worker_that_waits_for_most_messages_does_not_ask_for_them_before() {
    assert_eq!(failures(Ipc::Queue, false, |_, _, _| {}, counts_its_calls_after_a_wait), 0);
}

/// Receives values while memory is short, and fails if one is lost.
fn receives_values_without_memory(rt: &mut Runtime, token: PoolToken, out: &PipeWriter) {
    let channel = rt.pools.channel(token, 0).unwrap();
    let mut failures = 0;
    for nth in 1..=VALUES {
        plan(Call::Malloc, nth, Errno::ENOMEM, 1);
        let mut text = message(rt, token);
        clear();
        if text.is_none() {
            failures += 1;
            text = message(rt, token);
        }
        assert_eq!(text, Some(Vec::new()));
        let place = fd_passing::Place::Pipe(channel);
        let value = rt.fd_passing.first_value(&mut rt.pipes, &mut rt.sockets, place).unwrap();
        let mut number = [0];
        assert_eq!((value.head(), value.take(&mut number)), (Ok((b'x', 1)), Ok(1)));
        assert_eq!(number, [u8::try_from(nth).unwrap()]);
        assert_eq!(rt.pools.drop_unreceived(&mut rt.pipes, token), Some(ArrivalKind::Value));
    }
    assert!(failures > 0);
    ends_the_pool(rt, token, out);
}

/// More than a receive allocates.
const VALUES: u32 = 3;

fn a_worker_without_memory_leaves_a_value_in_its_socket() {
    let send = |rt: &mut Runtime, token: PoolToken, _: Option<Queue>| {
        let channel = rt.pools.channel(token, 0).unwrap();
        let pipe = rt.pipes.get(channel).unwrap();
        for number in 1..=VALUES {
            let value = Outgoing::short(&pipe.mark(), b'x', &[u8::try_from(number).unwrap()], None).unwrap();
            value.send(pipe.descriptor(Side::Master).unwrap()).unwrap();
        }
    };
    assert_eq!(failures(Ipc::Pairs, false, send, receives_values_without_memory), 0);
}

/// Waits for a message that does not come, while its loop has something to do.
fn has_a_loop(rt: &mut Runtime, token: PoolToken, _out: &PipeWriter) {
    let waited = |rt: &mut Runtime| {
        assert_eq!(rt.pools.next_message(&mut rt.core, &mut rt.pipes, token), Err(RecvError::Interrupted))
    };
    // A timer, near and not so near.
    for time in [Duration::ZERO, Duration::from_millis(3), Duration::from_millis(150)] {
        let due = now() + time;
        rt.core.events.timers.add(Target::Call(0), time, Repeat::Once, now());
        waited(rt);
        assert!(now() >= due && rt.core.events.wants(now).is_due(now));
        assert_eq!(rt.core.events.timers.end(), [0]);
    }
    // A call that is deferred.
    rt.core.events.defer(7);
    waited(rt);
    assert_eq!(rt.core.events.take_deferred(), Some(7));
    // A descriptor.
    let (reader, mut writer) = std::io::pipe().unwrap();
    let callbacks = Callbacks { read: Some(8), write: None };
    rt.core.events.reactor.add(reader.as_raw_fd(), callbacks, Interest::READ).unwrap();
    writer.write_all(b"x").unwrap();
    waited(rt);
    let mut ready = Vec::new();
    rt.core.events.poll(&mut ready).unwrap();
    assert_eq!(ready.iter().map(|ready| ready.fd()).collect::<Vec<_>>(), [reader.as_raw_fd()]);
    rt.core.events.reactor.remove(reader.as_raw_fd()).unwrap();
    // A signal, that which would ask the worker to stop included: it is the script's now.
    for signal in [SIGUSR2, SIGTERM] {
        rt.core.events.handle_signal(signal, 9).unwrap();
        process::kill(process::pid(), signal).unwrap();
        waited(rt);
        assert_eq!(
            (
                rt.core.events.take_signal(&mut Round::default()),
                rt.core.events.take_signal(&mut Round::default())
            ),
            (Some(signal), None)
        );
    }
    // One that comes while it waits.
    rt.core.events.handle_signal(SIGALRM, 9).unwrap();
    process::set_interval(0, 20_000).unwrap();
    waited(rt);
    process::set_interval(0, 0).unwrap();
    assert_eq!(rt.core.events.take_signal(&mut Round::default()), Some(SIGALRM));
    // While the loop runs it has no turn.
    assert!(rt.core.events.enter());
    rt.core.events.defer(7);
    assert!(!rt.core.events.wants(now).is_due(now));
    rt.core.events.remove_signal(SIGTERM).unwrap();
    process::kill(process::parent(), SIGTERM).unwrap();
    // By SIGTERM, which does what it does by default.
    loop {
        let _ = rt.pools.next_message(&mut rt.core, &mut rt.pipes, token);
    }
}

fn what_is_due_in_the_loop_of_a_worker_ends_its_wait() {
    for (ipc, bus) in [(Ipc::Pairs, false), (Ipc::Pairs, true), (Ipc::Queue, false), (Ipc::Server, false)] {
        assert_eq!(failures(ipc, bus, |_, _, _| {}, has_a_loop), 0, "{ipc:?}");
    }
}

fn the_loop_of_a_master_does_not_hear_the_signals_of_its_pool() {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    for signal in [SIGUSR2, SIGALRM] {
        rt.core.events.handle_signal(signal, 9).unwrap();
    }
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan_of(1, Ipc::Pairs), 1).unwrap();
    assert_eq!(rt.core.events.handle_signal(SIGUSR2, 9), Err(Errno::EBUSY));
    assert_eq!(rt.core.events.remove_signal(SIGUSR2), Err(Errno::EBUSY));
    process::kill(process::pid(), SIGUSR2).unwrap();
    assert!(!rt.core.events.has_signals() && rt.core.events.take_signal(&mut Round::default()).is_none());
    assert!(rt.pools.wait_as_master(&mut rt.core, token).unwrap().reload);
    // What is the script's ends its wait, and so does a timer.
    process::kill(process::pid(), SIGALRM).unwrap();
    assert_eq!(rt.pools.wait_as_master(&mut rt.core, token), Ok(MasterRequests::default()));
    assert_eq!(rt.core.events.take_signal(&mut Round::default()), Some(SIGALRM));
    let due = now() + Duration::from_millis(5);
    rt.core.events.timers.add(Target::Call(0), Duration::from_millis(5), Repeat::Once, now());
    assert_eq!(rt.pools.wait_as_master(&mut rt.core, token), Ok(MasterRequests::default()));
    assert!(now() >= due);
    rt.core.events.timers.end();
    let (reader, mut writer) = std::io::pipe().unwrap();
    rt.core.events.reactor.add(reader.as_raw_fd(), Callbacks::default(), Interest::READ).unwrap();
    writer.write_all(b"x").unwrap();
    assert_eq!(rt.pools.wait_as_master(&mut rt.core, token), Ok(MasterRequests::default()));
    rt.core.events.end();
    // Afterwards they are the script's again.
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
    rt.core.events.handle_signal(SIGUSR2, 9).unwrap();
    process::kill(process::pid(), SIGUSR2).unwrap();
    assert_eq!(rt.core.events.take_signal(&mut Round::default()), Some(SIGUSR2));
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        messages_outlive_the_workers_that_they_were_sent_to,
        what_is_left_at_the_end_is_counted,
        a_start_that_is_refused_leaves_nothing,
        what_a_pool_can_do_without_need_not_be_had,
        a_push_that_would_wait_for_this_process_alone_fails,
        a_handler_of_the_script_that_runs_just_before_a_worker_waits_has_its_turn,
        a_worker_that_ends_is_not_ended_by_a_stop_signal,
        a_worker_that_cannot_be_forked_is_tried_again,
        workers_that_cannot_begin_fail,
        a_message_that_cannot_be_put_into_a_file_is_not_sent,
        workers_that_others_reap_are_missed_at_once,
        workers_end_with_their_master,
        a_message_costs_a_worker_one_system_call,
        a_worker_that_waits_for_most_messages_does_not_ask_for_them_before,
        a_worker_without_memory_leaves_a_value_in_its_socket,
        what_is_due_in_the_loop_of_a_worker_ends_its_wait,
        the_loop_of_a_master_does_not_hear_the_signals_of_its_pool,
    ])
}
