//! Pools whose workers are forked from a template: workers are children of the master, whatever dies or fails on the way.
//! The file needs the feature `fault-injection`.
#![cfg(test)]

mod alone;

use alone::{leaks_nothing, live};
use std::io::{PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::time::Duration;
use swoole_process::os::clock;
use swoole_process::os::fault::{Call, clear, plan};
use swoole_process::os::process::{self, End, Fork, Pid, WaitMode};
use swoole_process::os::{Errno, socket, subreaper};
use swoole_process::rt::core::child::Forked;
use swoole_process::rt::core::handles::PoolToken;
use swoole_process::rt::pool::master_signals::LOOK_AT_BOARD;
use swoole_process::rt::pool::{ForkResult, NewWorker, Plan, StopDelivery, TemplateEvent, TemplateFailure};
use swoole_process::rt::runtime::Runtime;
use swoole_process::rt::supervisor::{Action, Ending, Event, Policy, Spec};

const SIGKILL: i32 = 9;

fn plan_of(workers: usize) -> Plan {
    let restart = Policy { delay: Duration::ZERO, ..Policy::default() };
    Plan { spec: Spec { workers, restart, ..Spec::default() }, ..Plan::default() }
}

/// What the master has seen.
#[derive(Debug, Default)]
struct Seen {
    /// The pids of templates that have booted.
    ready: Vec<Pid>,
    failed: Vec<TemplateFailure>,
    /// The pids of workers.
    workers: Vec<Pid>,
    /// The numbers of forks of templates that failed.
    refused: usize,
}

/// What a template does with a request.
#[derive(Clone, Copy)]
enum Template {
    Forks,
    /// It exits instead of forking, if it is one of the first `usize`.
    Exits(usize),
}

/// Runs a pool of one worker until it stops. `act` is called in the master when a worker has begun.
fn run(template: Template, act: impl FnMut(&mut Runtime, PoolToken, &Seen)) -> Seen {
    run_after(|| (), template, act)
}

/// As [`run`], and calls `begin` when the pool has started.
fn run_after(
    begin: impl FnOnce(),
    template: Template,
    mut act: impl FnMut(&mut Runtime, PoolToken, &Seen),
) -> Seen {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan_of(1), 1).unwrap();
    let (mut reader, writer) = std::io::pipe().unwrap();
    socket::set_nonblocking(reader.as_fd()).unwrap();
    begin();
    let mut seen = Seen::default();
    rt.pools.tell_master(token, Event::Begin);
    loop {
        while let Some(action) = rt.pools.next_action(&mut rt.pipes, token) {
            match action {
                Action::Start { worker: number } => {
                    let stop_delivery = StopDelivery::Nothing;
                    let new = NewWorker { number, stop_delivery, random: 1, at: 0 };
                    rt.pools.start_from_template(token, new);
                }
                Action::Finish => {
                    rt.pools.end(&mut rt.core, &mut rt.pipes, token);
                    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
                    return seen;
                }
                _ => {}
            }
        }
        if let Some(event) = rt.pools.next_template_event(token) {
            match event {
                TemplateEvent::Boot => match rt.fork_template(token) {
                    Ok(Forked::Child) => be_template(&mut rt, token, template, seen.ready.len(), &writer),
                    Ok(Forked::Parent { .. }) => {}
                    Err(_) => {
                        seen.refused += 1;
                        rt.pools.note_no_template(token);
                    }
                },
                TemplateEvent::Ready { pid, .. } => seen.ready.push(pid),
                TemplateEvent::Failed(failure) => {
                    // The next template would inherit the same failure.
                    clear();
                    seen.failed.push(failure);
                }
            }
            continue;
        }
        let mut text = [0; 8];
        if reader.read(&mut text).is_ok_and(|count| count == text.len()) {
            let [own, parent] = [0, 4].map(|at| Pid::from_ne_bytes(text[at..at + 4].try_into().unwrap()));
            assert_eq!(parent, process::pid());
            seen.workers.push(own);
            act(&mut rt, token, &seen);
            continue;
        }
        // What fails once is tried again.
        let _ = rt.pools.wait_as_master(&mut rt.core, token);
        let _ = rt.pools.look_after_workers(&mut rt.pipes, token);
    }
}

fn be_template(rt: &mut Runtime, token: PoolToken, template: Template, before: usize, out: &PipeWriter) -> ! {
    if rt.pools.template_is_ready(token).is_err() {
        process::exit_now(0);
    }
    loop {
        if rt.pools.next_start(token) != Ok(true) {
            process::exit_now(0);
        }
        if matches!(template, Template::Exits(times) if before < times) {
            process::exit_now(3);
        }
        match rt.fork_from_template(token, StopDelivery::Nothing) {
            Ok((_, ForkResult::Worker)) => live(|| work(out)),
            Ok((_, ForkResult::Unable(_))) => process::exit_now(1),
            Ok((_, ForkResult::Master { .. })) | Err(_) => {}
        }
        // The next worker would inherit the same failure.
        clear();
    }
}

/// Tells who it is, and works until it is stopped.
fn work(mut out: &PipeWriter) {
    clear();
    let text: Vec<u8> = [process::pid(), process::parent()].into_iter().flat_map(Pid::to_ne_bytes).collect();
    out.write_all(&text).unwrap();
    process::kill(process::parent(), LOOK_AT_BOARD).unwrap();
    loop {
        clock::pause(Duration::from_secs(10));
    }
}

fn stop(rt: &mut Runtime, token: PoolToken) {
    rt.pools.tell_master(token, Event::Stop);
}

fn a_process_is_forked_for_the_nearest_subreaper() {
    let was_one = subreaper::is_one().unwrap();
    subreaper::become_one(true).unwrap();
    let here = process::pid();
    // As a template does.
    let Fork::Parent { child } = process::fork().unwrap() else {
        match subreaper::fork_grandchild().unwrap() {
            Fork::Parent { .. } => process::exit_now(0),
            Fork::Child { .. } => process::exit_now(if process::parent() == here { 7 } else { 8 }),
        }
    };
    let mut ends = [WaitMode::Wait, WaitMode::Wait].map(|mode| process::reap(mode).unwrap().unwrap().reaped);
    ends.sort_by_key(|end| end.pid != child);
    assert_eq!(ends.map(|end| end.end), [End::Exited(0), End::Exited(7)]);
    subreaper::become_one(was_one).unwrap();
    assert_eq!(subreaper::is_one(), Ok(was_one));
}

fn a_fork_that_fails_in_between_is_told_with_its_error() {
    plan(Call::Fork, 1, Errno::ENOMEM, 1);
    assert_eq!(subreaper::fork_grandchild().unwrap_err(), Errno::ENOMEM);
    clear();
    plan(Call::Clone, 1, Errno::EAGAIN, 1);
    assert_eq!(subreaper::fork_grandchild().unwrap_err(), Errno::EAGAIN);
}

fn workers_outlive_templates_and_templates_outlive_workers() {
    let kill = |pid: Pid| process::kill(pid, SIGKILL).unwrap();
    let seen = leaks_nothing(|| {
        run(Template::Forks, |rt, token, seen| match seen.workers.as_slice() {
            [first] => kill(*first),
            [_, second] => {
                let template = *seen.ready.last().unwrap();
                kill(template);
                // Its worker is still there, and needs another template for the next one.
                kill(*second);
            }
            [_, _, _] => rt.pools.renew_template(token, true),
            _ => stop(rt, token),
        })
    });
    assert_eq!((seen.workers.len(), seen.ready.len(), seen.refused), (4, 3, 0));
    let [TemplateFailure { pid, ending, has_booted, .. }] = seen.failed[..] else { panic!("{seen:?}") };
    assert_eq!((pid, ending, has_booted), (seen.ready[0], Ending::Signal(SIGKILL), true));
}

fn a_start_that_a_template_does_not_answer_is_tried_again() {
    let seen = leaks_nothing(|| run(Template::Exits(3), |rt, token, _| stop(rt, token)));
    assert_eq!((seen.workers.len(), seen.ready.len(), seen.failed.len()), (1, 4, 3));
}

/// A pool that ends while a template forks a worker: the master, which lives on, has no zombie of it.
fn a_worker_that_is_forked_while_the_pool_ends_is_reaped() {
    for fails in [false, true] {
        leaks_nothing(|| end_while_a_template_forks(fails));
        assert_eq!(process::reap(WaitMode::Wait), Err(Errno::ECHILD));
    }
}

/// With `fails`, the template does not reap the process between itself and the worker.
fn end_while_a_template_forks(fails: bool) {
    let mut rt = Runtime::default();
    let token = rt.pools.open();
    rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan_of(1), 1).unwrap();
    let (mut go, mut going) = std::io::pipe().unwrap();
    let (mut told, mut telling) = std::io::pipe().unwrap();
    rt.pools.tell_master(token, Event::Begin);
    let mut has_stopped = false;
    loop {
        match rt.pools.next_action(&mut rt.pipes, token) {
            Some(Action::Start { worker: number }) => {
                let new = NewWorker { number, stop_delivery: StopDelivery::Nothing, random: 1, at: 0 };
                rt.pools.start_from_template(token, new);
            }
            Some(Action::Finish) => break,
            _ => {}
        }
        match rt.pools.next_template_event(token) {
            Some(TemplateEvent::Boot) => {
                if let Forked::Child = rt.fork_template(token).unwrap() {
                    rt.pools.template_is_ready(token).unwrap();
                    assert_eq!(rt.pools.next_start(token), Ok(true));
                    telling.write_all(b"requested").unwrap();
                    go.read_exact(&mut [0; 2]).unwrap();
                    if fails {
                        plan(Call::Waitid, 1, Errno::ECHILD, 1);
                    }
                    let forked = rt.fork_from_template(token, StopDelivery::Nothing);
                    assert_eq!(forked.is_err(), fails);
                    telling.write_all(b"forked").unwrap();
                    loop {
                        clock::pause(Duration::from_secs(10));
                    }
                }
            }
            Some(TemplateEvent::Ready { .. }) => {
                // Requests the worker.
                assert_eq!(rt.pools.next_template_event(token), None);
                told.read_exact(&mut [0; 9]).unwrap();
                stop(&mut rt, token);
                has_stopped = true;
            }
            Some(event @ TemplateEvent::Failed(_)) => panic!("{event:?}"),
            None if has_stopped => {}
            None => {
                let _ = rt.pools.wait_as_master(&mut rt.core, token);
            }
        }
    }
    going.write_all(b"go").unwrap();
    told.read_exact(&mut [0; 6]).unwrap();
    rt.pools.end(&mut rt.core, &mut rt.pipes, token);
    rt.pools.close(&mut rt.core, &mut rt.pipes, token);
}

fn whatever_fails_once_a_worker_begins() {
    let calls = [
        (Call::Prctl, Errno::EINVAL),
        (Call::Socketpair, Errno::EMFILE),
        (Call::Setsockopt, Errno::EINVAL),
        (Call::Send, Errno::ENOBUFS),
        (Call::Recv, Errno::EMFILE),
        (Call::Recv, Errno::EINTR),
        (Call::Recv, Errno::ENOMEM),
        (Call::Clone, Errno::EAGAIN),
        (Call::Fork, Errno::EAGAIN),
        (Call::Waitid, Errno::EINTR),
        (Call::PidfdOpen, Errno::ENOSYS),
        (Call::TimerCreate, Errno::EAGAIN),
        (Call::Sigaction, Errno::EINVAL),
        (Call::Sigprocmask, Errno::EINVAL),
        (Call::Poll, Errno::ENOMEM),
    ];
    for (call, errno) in calls {
        for nth in 1..=6 {
            let seen = leaks_nothing(|| {
                run_after(
                    || plan(call, nth, errno, 1),
                    Template::Forks,
                    |rt, token, _| {
                        clear();
                        stop(rt, token);
                    },
                )
            });
            assert_eq!(seen.workers.len(), 1, "{call:?} {errno:?} {nth}");
            clear();
        }
    }
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_process_is_forked_for_the_nearest_subreaper,
        a_fork_that_fails_in_between_is_told_with_its_error,
        workers_outlive_templates_and_templates_outlive_workers,
        a_start_that_a_template_does_not_answer_is_tried_again,
        a_worker_that_is_forked_while_the_pool_ends_is_reaped,
        whatever_fails_once_a_worker_begins,
    ])
}
