//! What happens when the kernel says no: each system call that matters is made to fail, and what was promised
//! must hold all the same. The file needs the feature `fault-injection`.
#![cfg(test)]

mod alone;

use alone::pipes::{END, KINDS, read, with_pipe, with_small_pipe};
use alone::{Gate, descriptors, found, leaks_nothing, live, reap, start};
use nix::sys::signal::{SigSet, Signal};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use swoole_process::os::fault::{self, Call, plan, plan_from, plan_short};
use swoole_process::os::msgq::{self, TYPE, Wait};
use swoole_process::os::pipe::{self as socket, Half};
use swoole_process::os::process::{self, WaitMode};
use swoole_process::os::{self, Errno, clock, fd, scheduling};
use swoole_process::rt::core::child::Child;
use swoole_process::rt::core::child::{Forked, Role};
use swoole_process::rt::core::handles::PipeToken;
use swoole_process::rt::core::syscall_error::SyscallError;
use swoole_process::rt::process::peer::{Kin, Peer, Watch};
use swoole_process::rt::process::pipe::{Kind, Stop, Target};
use swoole_process::rt::process::queue::{Queue, Take};
use swoole_process::rt::process::queue_registry::{Abandoned, Registry};
use swoole_process::rt::runtime::Runtime;

/// For a plan whose faults do not stop.
const ALWAYS: u32 = u32::MAX;

/// The failure of a system call, as the runtime tells of it.
fn failed<T>(call: &'static str, errno: Errno) -> Result<T, SyscallError> {
    Err(SyscallError { call, errno })
}

/// Starts a process that answers, and talks to it until it ends.
fn works(rt: &mut Runtime, pipe: PipeToken) {
    let child = start(rt, Some(pipe), |rt| {
        assert_eq!(read(rt, pipe), found("question"));
        rt.pipes.write(pipe, b"answer", rt.core.env()).unwrap();
    });
    rt.pipes.write(pipe, b"question", rt.core.env()).unwrap();
    assert_eq!(read(rt, pipe), found("answer"));
    assert_eq!(read(rt, pipe), END);
    reap(rt, child);
}

/// Writes until it does not go; why it did not.
fn fill(rt: &mut Runtime, pipe: PipeToken) -> Stop {
    loop {
        if let Err(stop) = rt.pipes.write(pipe, &[b'x'; 1000], rt.core.env()) {
            return stop;
        }
    }
}

fn a_fork_that_fails_changes_nothing() {
    SigSet::from(Signal::SIGUSR2).thread_block().unwrap();
    let mask = SigSet::thread_get_mask().unwrap();
    for kind in KINDS {
        let (mut rt, pipe) = with_small_pipe(kind);
        let number = rt.pipes.get(pipe).unwrap().number();
        rt.pipes.write(pipe, b"waits", rt.core.env()).unwrap();
        plan(Call::Fork, 1, Errno::EAGAIN, 1);
        leaks_nothing(|| assert_eq!(rt.fork(Child::process(Some(pipe))), failed("fork()", Errno::EAGAIN)));
        assert_eq!(SigSet::thread_get_mask().unwrap(), mask);
        assert_eq!(process::reap(WaitMode::Poll), Err(Errno::ECHILD));
        assert_eq!(rt.role(), Role::Main);
        assert_eq!(rt.pipes.get(pipe).unwrap().number(), number);
        let child = start(&mut rt, Some(pipe), |rt| {
            assert_eq!(SigSet::thread_get_mask().unwrap(), mask);
            assert_eq!(read(rt, pipe), found("waits"));
        });
        assert_eq!(SigSet::thread_get_mask().unwrap(), mask);
        reap(&mut rt, child);
    }
}

fn without_its_signals_blocked_nothing_is_forked() {
    let mut rt = Runtime::default();
    plan(Call::Sigprocmask, 1, Errno::EINVAL, 1);
    assert_eq!(rt.fork(Child::process(None)), failed("fork()", Errno::EINVAL));
    assert_eq!(process::reap(WaitMode::Poll), Err(Errno::ECHILD));
}

fn a_daemon_that_cannot_be_forked_leaves_the_program_as_it_is() {
    let (mut rt, pipe) = with_small_pipe(Kind::Message);
    plan(Call::Fork, 1, Errno::ENOMEM, 1);
    leaks_nothing(|| {
        assert_eq!(rt.fork(Child::Daemon), Err(SyscallError { call: "fork()", errno: Errno::ENOMEM }))
    });
    assert_eq!(rt.role(), Role::Main);
    works(&mut rt, pipe);
}

fn a_fork_that_fails_after_the_pipe_was_renewed_leaves_one_that_works() {
    for kind in KINDS {
        let (mut rt, pipe) = with_small_pipe(kind);
        let number = rt.pipes.get(pipe).unwrap().number();
        works(&mut rt, pipe);
        let open = descriptors().len();
        plan(Call::Fork, 1, Errno::EAGAIN, 1);
        assert_eq!(rt.fork(Child::process(Some(pipe))), failed("fork()", Errno::EAGAIN));
        assert_eq!(rt.pipes.get(pipe).unwrap().number(), number, "{kind:?}");
        assert_eq!(descriptors().len(), open + 1, "{kind:?}: the new pair has both its ends");
        works(&mut rt, pipe);
    }
}

fn a_pipe_that_cannot_be_made_leaves_nothing_behind() {
    for kind in KINDS {
        let mut rt = Runtime::default();
        plan(Call::Socketpair, 1, Errno::EMFILE, 1);
        leaks_nothing(|| assert_eq!(rt.pipes.open(kind), failed("socketpair()", Errno::EMFILE)));
        for end in [1, 2] {
            plan(Call::Setsockopt, end, Errno::ENOBUFS, 1);
            leaks_nothing(|| assert_eq!(rt.pipes.open(kind), failed("setsockopt()", Errno::ENOBUFS)));
        }
        let pipe = rt.pipes.open(kind).unwrap();
        works(&mut rt, pipe);
    }
}

fn a_pipe_that_cannot_be_renewed_stays_at_its_end() {
    let faults = [
        (Call::Socketpair, 1, "socketpair()", Errno::EMFILE),
        (Call::Setsockopt, 1, "setsockopt()", Errno::ENOBUFS),
        (Call::Setsockopt, 2, "setsockopt()", Errno::ENOBUFS),
        (Call::Dup, 1, "dup3()", Errno::EBUSY),
    ];
    for kind in KINDS {
        let (mut rt, pipe) = with_small_pipe(kind);
        let number = rt.pipes.get(pipe).unwrap().number();
        works(&mut rt, pipe);
        for (call, nth, name, errno) in faults {
            plan(call, nth, errno, 1);
            leaks_nothing(|| {
                assert_eq!(rt.fork(Child::process(Some(pipe))), failed(name, errno), "{call:?}")
            });
            assert_eq!(process::reap(WaitMode::Poll), Err(Errno::ECHILD));
            assert_eq!(rt.pipes.get(pipe).unwrap().number(), number, "{kind:?}, {call:?}");
            assert_eq!(read(&mut rt, pipe), END, "{kind:?}, {call:?}");
            assert_eq!(
                rt.pipes.write(pipe, b"x", rt.core.env()),
                Err(Stop::Failed(Errno::EPIPE)),
                "{kind:?}, {call:?}"
            );
        }
        works(&mut rt, pipe);
    }
}

/// All that a pipe promises; for both processes under the plans of the caller.
fn keeps_its_promises(kind: Kind) {
    let (mut rt, pipe) = with_small_pipe(kind);
    works(&mut rt, pipe);
    works(&mut rt, pipe);

    // Time limits, of reads and of writes.
    let (mut rt, pipe) = with_small_pipe(kind);
    let gate = Gate::new();
    let child = start(&mut rt, Some(pipe), |_| gate.pass());
    rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::from_millis(20)));
    assert_eq!(read(&mut rt, pipe), Err(Stop::TimedOut), "{kind:?}");
    assert_eq!(fill(&mut rt, pipe), Stop::TimedOut, "{kind:?}");
    gate.open();
    reap(&mut rt, child);
    assert_eq!(fill(&mut rt, pipe), Stop::Failed(Errno::EPIPE), "{kind:?}");
    assert_eq!(read(&mut rt, pipe), END, "{kind:?}");

    // A write that waits for room.
    let (mut rt, pipe) = with_small_pipe(kind);
    let data = vec![b'x'; 1000];
    let child = start(&mut rt, Some(pipe), |rt| {
        clock::pause(Duration::from_millis(20));
        let mut got = 0;
        while got < 50 * data.len() {
            got += read(rt, pipe).unwrap().len();
        }
    });
    for _ in 0..50 {
        assert_eq!(rt.pipes.write(pipe, &data, rt.core.env()), Ok(data.len()), "{kind:?}");
    }
    reap(&mut rt, child);

    // A process that somebody else has reaped, with input that it has not read.
    let (mut rt, pipe) = with_small_pipe(kind);
    rt.pipes.write(pipe, b"never read", rt.core.env()).unwrap();
    start(&mut rt, Some(pipe), |_| {});
    process::reap(WaitMode::Wait).unwrap();
    assert_eq!(read(&mut rt, pipe), END, "{kind:?}");

    // A grandchild that still holds the end.
    let (mut rt, pipe) = with_small_pipe(kind);
    let child = start(&mut rt, Some(pipe), |rt| {
        start(rt, None, |rt| {
            gate.pass();
            rt.pipes.write(pipe, b"from the grandchild", rt.core.env()).unwrap();
        });
    });
    reap(&mut rt, child);
    rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::from_millis(20)));
    assert_eq!(read(&mut rt, pipe), Err(Stop::TimedOut), "{kind:?}");
    gate.open();
    rt.pipes.get(pipe).unwrap().set_timeout(None);
    assert_eq!(read(&mut rt, pipe), found("from the grandchild"), "{kind:?}");
    assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
    alone::wait_for_all();

    // The end of the parent.
    let parent = start(&mut rt, None, |rt| {
        let pipe = rt.pipes.open(kind).unwrap();
        start(rt, Some(pipe), |rt| {
            gate.open();
            assert_eq!(read(rt, pipe), END, "{kind:?}");
        });
        gate.pass();
    });
    reap(&mut rt, parent);
    alone::wait_for_all();
}

fn a_pipe_without_time_limits_in_the_kernel_keeps_its_promises() {
    for kind in KINDS {
        // Before the faults: the buffers of a new pipe are set by the same call.
        let (mut rt, pipe) = with_small_pipe(kind);
        plan(Call::Setsockopt, 1, Errno::ENOPROTOOPT, ALWAYS);
        let gate = Gate::new();
        let child = start(&mut rt, Some(pipe), |rt| {
            assert_eq!(read(rt, pipe), found("question"));
            rt.pipes.write(pipe, b"answer", rt.core.env()).unwrap();
            gate.pass();
        });
        rt.pipes.write(pipe, b"question", rt.core.env()).unwrap();
        assert_eq!(read(&mut rt, pipe), found("answer"), "{kind:?}");
        rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::from_millis(20)));
        assert_eq!(read(&mut rt, pipe), Err(Stop::TimedOut), "{kind:?}");
        assert_eq!(fill(&mut rt, pipe), Stop::TimedOut, "{kind:?}");
        gate.open();
        rt.pipes.get(pipe).unwrap().set_timeout(None);
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        reap(&mut rt, child);
        fault::clear();
    }
}

fn a_pipe_without_pidfds_keeps_its_promises() {
    for errno in [Errno::ENOSYS, Errno::EMFILE] {
        for kind in KINDS {
            plan(Call::PidfdOpen, 1, errno, ALWAYS);
            keeps_its_promises(kind);
            fault::clear();
        }
    }
}

fn a_poll_that_fails_ends_the_call_and_loses_nothing() {
    for kind in KINDS {
        let (mut rt, pipe) = with_small_pipe(kind);
        let gate = Gate::new();
        let child = start(&mut rt, Some(pipe), |rt| {
            gate.pass();
            rt.pipes.write(pipe, b"hello", rt.core.env()).unwrap();
        });
        plan(Call::Poll, 1, Errno::EINTR, 1);
        plan(Call::Poll, 2, Errno::ENOMEM, 1);
        leaks_nothing(|| {
            assert_eq!(read(&mut rt, pipe), Err(Stop::Interrupted { sent: 0 }), "{kind:?}");
            assert_eq!(read(&mut rt, pipe), Err(Stop::Failed(Errno::ENOMEM)), "{kind:?}");
        });
        gate.open();
        assert_eq!(read(&mut rt, pipe), found("hello"), "{kind:?}");
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        reap(&mut rt, child);
    }
}

fn a_poll_that_is_interrupted_ends_a_write_that_waits_for_room() {
    for kind in KINDS {
        let (mut rt, pipe) = with_small_pipe(kind);
        let gate = Gate::new();
        let child = start(&mut rt, Some(pipe), |_| gate.pass());
        plan(Call::Poll, 1, Errno::EINTR, 1);
        assert!(matches!(fill(&mut rt, pipe), Stop::Interrupted { .. }), "{kind:?}");
        gate.open();
        reap(&mut rt, child);
    }
}

fn a_receive_that_fails_ends_the_read_and_loses_nothing() {
    for kind in KINDS {
        let (mut rt, pipe) = with_small_pipe(kind);
        let child = start(&mut rt, Some(pipe), |rt| {
            rt.pipes.write(pipe, b"hello", rt.core.env()).unwrap();
        });
        plan(Call::Recv, 1, Errno::EINTR, 1);
        assert_eq!(read(&mut rt, pipe), Err(Stop::Interrupted { sent: 0 }), "{kind:?}");
        plan(Call::Recv, 1, Errno::ENOMEM, 1);
        assert_eq!(read(&mut rt, pipe), Err(Stop::Failed(Errno::ENOMEM)), "{kind:?}");
        assert_eq!(read(&mut rt, pipe), found("hello"), "{kind:?}");
        reap(&mut rt, child);
    }
}

fn a_reset_that_a_read_or_a_write_is_told_of_does_not_end_it() {
    for kind in KINDS {
        let (mut rt, pipe) = with_small_pipe(kind);
        let child = start(&mut rt, Some(pipe), |rt| {
            assert_eq!(read(rt, pipe), found("question"));
            rt.pipes.write(pipe, b"answer", rt.core.env()).unwrap();
        });
        plan(Call::Send, 1, Errno::ECONNRESET, 2);
        plan(Call::Recv, 1, Errno::ECONNRESET, 2);
        assert_eq!(rt.pipes.write(pipe, b"question", rt.core.env()), Ok(8), "{kind:?}");
        assert_eq!(read(&mut rt, pipe), found("answer"), "{kind:?}");
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        reap(&mut rt, child);
    }
}

fn an_interrupted_send_has_sent_nothing_of_a_message() {
    let (mut rt, pipe) = with_small_pipe(Kind::Message);
    plan(Call::Send, 1, Errno::EINTR, 1);
    assert_eq!(rt.pipes.write(pipe, b"hello", rt.core.env()), Err(Stop::Interrupted { sent: 0 }));
    assert_eq!(rt.pipes.write(pipe, b"hello", rt.core.env()), Ok(5));
    let child = start(&mut rt, Some(pipe), |rt| {
        assert_eq!(read(rt, pipe), found("hello"));
        rt.pipes.get(pipe).unwrap().set_blocking(false);
        assert_eq!(read(rt, pipe), Err(Stop::WouldBlock));
    });
    reap(&mut rt, child);
}

fn an_interrupted_stream_write_tells_how_much_it_has_sent() {
    let (mut rt, pipe) = with_small_pipe(Kind::Stream);
    plan_short(Call::Send, 1, 4);
    plan_short(Call::Send, 2, 3);
    plan(Call::Send, 3, Errno::EINTR, 1);
    assert_eq!(rt.pipes.write(pipe, b"all of this", rt.core.env()), Err(Stop::Interrupted { sent: 7 }));
    assert_eq!(rt.pipes.write(pipe, b"this", rt.core.env()), Ok(4));
    let child = start(&mut rt, Some(pipe), |rt| assert_eq!(read(rt, pipe), found("all of this")));
    reap(&mut rt, child);
}

fn a_stream_write_in_many_short_sends_is_complete() {
    let (mut rt, pipe) = with_small_pipe(Kind::Stream);
    // A plan counts the calls of its kind from when it is made, so these are for one call each.
    for (nth, len) in (1..).zip([1, 2, 0, 3]) {
        plan_short(Call::Send, nth, len);
    }
    assert_eq!(rt.pipes.write(pipe, b"all of this", rt.core.env()), Ok(11));
    let child = start(&mut rt, Some(pipe), |rt| assert_eq!(read(rt, pipe), found("all of this")));
    reap(&mut rt, child);
}

fn a_stream_write_that_fails_after_a_part_tells_the_part_and_then_the_failure() {
    let (mut rt, pipe) = with_small_pipe(Kind::Stream);
    plan_short(Call::Send, 1, 4);
    plan(Call::Send, 2, Errno::ENOBUFS, 2);
    assert_eq!(rt.pipes.write(pipe, b"all of this", rt.core.env()), Ok(4));
    assert_eq!(rt.pipes.write(pipe, b"of this", rt.core.env()), Err(Stop::Failed(Errno::ENOBUFS)));
    assert_eq!(rt.pipes.write(pipe, b"of this", rt.core.env()), Ok(7));
}

fn a_send_that_found_no_room_is_made_again() {
    for kind in KINDS {
        let (mut rt, pipe) = with_small_pipe(kind);
        let child = start(&mut rt, Some(pipe), |rt| assert_eq!(read(rt, pipe), found("hello")));
        plan(Call::Send, 1, Errno::EAGAIN, 3);
        assert_eq!(rt.pipes.write(pipe, b"hello", rt.core.env()), Ok(5), "{kind:?}");
        reap(&mut rt, child);
    }
}

fn a_direction_that_cannot_be_closed_stays_open() {
    let (mut rt, pipe) = with_small_pipe(Kind::Stream);
    plan(Call::Shutdown, 1, Errno::ENOTCONN, 1);
    let closed = rt.pipes.get(pipe).unwrap().close(Target::Half(Half::Write));
    assert_eq!(closed, failed("shutdown()", Errno::ENOTCONN));
    works(&mut rt, pipe);
}

fn a_pipe_that_cannot_become_an_input_stays_a_pipe() {
    let (mut rt, pipe) = with_small_pipe(Kind::Stream);
    let child = start(&mut rt, Some(pipe), |rt| {
        plan(Call::Dup, 1, Errno::EMFILE, 1);
        let redirected = leaks_nothing(|| rt.pipes.get(pipe).unwrap().redirect(fd::Standard::Input));
        assert_eq!(redirected, failed("dup2()", Errno::EMFILE));
        assert_eq!(read(rt, pipe), found("hello"));
    });
    rt.pipes.write(pipe, b"hello", rt.core.env()).unwrap();
    reap(&mut rt, child);
}

/// A queue that goes with the test.
struct Own(Queue);

impl Own {
    fn new() -> Own {
        Own(Queue::open(libc::IPC_PRIVATE, Take::Any, Wait::Never, None).unwrap().0)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.0.remove();
    }
}

fn a_queue_that_cannot_be_opened_says_why() {
    for errno in [Errno::ENOSPC, Errno::EACCES, Errno::ENOSYS] {
        plan(Call::Msgget, 1, errno, 1);
        let opened = Queue::open(libc::IPC_PRIVATE, Take::Any, Wait::Never, Some(1));
        assert_eq!(opened.map(|_| ()), Err(errno));
    }
}

fn a_push_that_fails_leaves_the_queue_as_it_is() {
    let queue = Own::new();
    let mut rt = Runtime::default();
    for errno in [Errno::EINTR, Errno::EAGAIN, Errno::EIDRM, Errno::EACCES, Errno::ENOMEM] {
        plan(Call::Msgsnd, 1, errno, 1);
        assert_eq!(rt.push(queue.0, 1, b"lost?"), Err(errno));
        assert_eq!(queue.0.status().unwrap().messages, 0);
    }
    rt.push(queue.0, 1, b"hello").unwrap();
    assert_eq!(Runtime::default().pop(queue.0, 1, &mut [0; TYPE + 8]), Ok(5));
}

fn a_pop_that_fails_leaves_the_message_where_it_is() {
    let queue = Own::new();
    Runtime::default().push(queue.0, 1, b"hello").unwrap();
    let mut buffer = [0; TYPE + 8];
    for errno in [Errno::EINTR, Errno::E2BIG, Errno::ENOMSG, Errno::EIDRM, Errno::EACCES] {
        plan(Call::Msgrcv, 1, errno, 1);
        assert_eq!(Runtime::default().pop(queue.0, 1, &mut buffer), Err(errno));
        assert_eq!(queue.0.status().unwrap().messages, 1);
    }
    assert_eq!(Runtime::default().pop(queue.0, 1, &mut buffer), Ok(5));
    assert_eq!(&buffer[TYPE..TYPE + 5], b"hello");
}

fn a_capacity_that_is_refused_leaves_a_queue_that_works() {
    // The first call asks what the queue is, the second one changes it.
    for (nth, errno) in [(1, Errno::EACCES), (2, Errno::EPERM)] {
        plan(Call::Msgctl, nth, errno, 1);
        let (queue, refused) = Queue::open(libc::IPC_PRIVATE, Take::Any, Wait::Never, Some(4)).unwrap();
        let queue = Own(queue);
        assert_eq!(refused, Some(errno));
        Runtime::default().push(queue.0, 1, b"more than four").unwrap();
        assert_eq!(queue.0.status().unwrap().bytes, 14);
    }
}

fn a_queue_that_cannot_be_removed_is_still_there() {
    let queue = Own::new();
    plan(Call::Msgctl, 1, Errno::EPERM, 1);
    assert_eq!(queue.0.remove(), Err(Errno::EPERM));
    plan(Call::Msgctl, 1, Errno::EACCES, 1);
    assert_eq!(queue.0.status(), Err(Errno::EACCES));
    assert_eq!(queue.0.status().unwrap().messages, 0);
}

/// A folder for a registry of queues, which goes with the test.
struct Folder(String);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn a_queue_that_cannot_be_registered_works_and_leaves_no_file() {
    let folder = std::env::temp_dir().join(format!("registry-{}", process::pid()));
    let folder = Folder(folder.to_str().unwrap().to_owned());
    let registry = Registry::in_folder(folder.0.clone()).unwrap();
    let queue = Queue::open(libc::IPC_PRIVATE, Take::Any, Wait::Never, None).unwrap().0;
    // The first open() is that of /proc/self/stat, which may fail.
    registry.add(queue).unwrap().remove().unwrap();
    for (call, nth, errno) in [
        (Call::Mkdir, 1, Errno::EROFS),
        (Call::Open, 1, Errno::EMFILE),
        (Call::Fstat, 1, Errno::ENOMEM),
        (Call::Open, 2, Errno::ENOSPC),
        (Call::Flock, 1, Errno::ENOLCK),
        (Call::Msgctl, 1, Errno::EACCES),
        (Call::Utimensat, 1, Errno::EPERM),
    ] {
        plan(call, nth, errno, 1);
        leaks_nothing(|| assert_eq!(registry.add(queue).err(), Some(errno), "{call:?}"));
        assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0, "{call:?}");
    }
    // What cannot be removed is removed the next time.
    plan(Call::Open, 3, Errno::ENFILE, 1);
    let entry = registry.add(queue).unwrap();
    queue.remove().unwrap();
    plan(Call::Unlink, 1, Errno::EACCES, 1);
    assert_eq!(entry.remove(), Err(Errno::EACCES));
    assert_eq!(registry.abandoned(false), Ok(vec![]));
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0);
}

fn an_abandoned_queue_that_cannot_be_examined_stays() {
    let folder = std::env::temp_dir().join(format!("abandoned-{}", process::pid()));
    let folder = Folder(folder.to_str().unwrap().to_owned());
    let registry = Registry::in_folder(folder.0.clone()).unwrap();
    let mut rt = Runtime::default();
    let child = start(&mut rt, None, |_| {
        let queue = Queue::open(libc::IPC_PRIVATE, Take::Any, Wait::Never, None).unwrap().0;
        std::mem::forget(registry.add(queue).unwrap());
    });
    reap(&mut rt, child);
    let [found] = registry.abandoned(false).unwrap().try_into().unwrap();
    assert_eq!((found.maker, found.removed), (child, Ok(false)));
    for (call, nth, errno) in [
        (Call::Open, 1, Errno::EMFILE),
        (Call::Fstat, 1, Errno::ENOMEM),
        (Call::Open, 2, Errno::ENOMEM),
        (Call::Open, 3, Errno::EMFILE),
        (Call::Flock, 1, Errno::ENOLCK),
        (Call::Fstat, 2, Errno::ENOMEM),
    ] {
        plan(call, nth, errno, 1);
        leaks_nothing(|| assert_eq!(registry.abandoned(true), Err(errno), "{call:?} {nth}"));
    }
    for (call, nth, errno) in [
        // Nobody knows whether the queue exists, or whose it is.
        (Call::Msgctl, 2, Errno::EACCES),
        (Call::Msgctl, 3, Errno::EIDRM),
        // A process has the lock, or has removed the file.
        (Call::Flock, 1, Errno::EAGAIN),
        (Call::Open, 3, Errno::ENOENT),
    ] {
        plan(call, nth, errno, 1);
        leaks_nothing(|| assert_eq!(registry.abandoned(true), Ok(vec![]), "{call:?} {nth}"));
    }
    plan(Call::Msgctl, 4, Errno::EPERM, 1);
    assert_eq!(registry.abandoned(true), Ok(vec![Abandoned { removed: Err(Errno::EPERM), ..found }]));
    assert_eq!(registry.abandoned(true), Ok(vec![Abandoned { removed: Ok(true), ..found }]));
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0);
}

fn a_wait_that_fails_reaps_nobody() {
    let (mut rt, pipe) = with_small_pipe(Kind::Message);
    let gate = Gate::new();
    let child = start(&mut rt, Some(pipe), |rt| {
        gate.pass();
        rt.pipes.write(pipe, b"alive", rt.core.env()).unwrap();
    });
    for errno in [Errno::EINTR, Errno::ECHILD] {
        plan(Call::Waitpid, 1, errno, 1);
        assert_eq!(rt.pipes.reap(WaitMode::Wait), Err(errno));
    }
    assert_eq!(rt.pipes.reap(WaitMode::Poll), Ok(None));
    gate.open();
    assert_eq!(read(&mut rt, pipe), found("alive"));
    reap(&mut rt, child);
}

fn a_signal_that_may_not_be_sent_says_nothing_of_the_process() {
    let mut rt = Runtime::default();
    let gate = Gate::new();
    let child = start(&mut rt, None, |_| gate.pass());
    plan(Call::Kill, 1, Errno::EPERM, 1);
    assert_eq!(process::kill(child, libc::SIGKILL), Err(Errno::EPERM));
    // To somebody who is not its parent and gets no pidfd, being forbidden to ask means that it exists.
    let peer = Peer::Process { pid: child, kin: Kin::Child, seen_by: process::parent() };
    plan(Call::PidfdOpen, 1, Errno::EMFILE, 3);
    plan(Call::Kill, 1, Errno::EPERM, 1);
    assert!(matches!(peer.watch(), Watch::AskAgain));
    assert!(matches!(peer.watch(), Watch::AskAgain));
    gate.open();
    reap(&mut rt, child);
    assert!(matches!(peer.watch(), Watch::Ended));
    assert!(matches!(peer.watch(), Watch::Ended));
}

fn a_daemon_without_pidfds_sees_the_end_of_a_process_that_is_not_its_child() {
    for kind in KINDS {
        let mut outer = Runtime::default();
        let gate = Gate::new();
        let past = start(&mut outer, None, |rt| {
            plan(Call::PidfdOpen, 1, Errno::ENOSYS, ALWAYS);
            let pipe = rt.pipes.open(kind).unwrap();
            start(rt, Some(pipe), |rt| {
                gate.pass();
                rt.pipes.write(pipe, b"last words", rt.core.env()).unwrap();
            });
            if rt.fork(Child::Daemon) == Ok(Forked::Child) {
                live(|| {
                    rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::from_millis(120)));
                    assert_eq!(read(rt, pipe), Err(Stop::TimedOut), "{kind:?}");
                    gate.open();
                    rt.pipes.get(pipe).unwrap().set_timeout(None);
                    assert_eq!(read(rt, pipe), found("last words"), "{kind:?}");
                    assert_eq!(read(rt, pipe), END, "{kind:?}");
                });
            }
        });
        reap(&mut outer, past);
        // We reap in place of init.
        alone::wait_for_all();
    }
}

fn a_kernel_that_knows_no_children_by_pidfd_is_asked_by_their_number() {
    let mut rt = Runtime::default();
    let gate = Gate::new();
    let child = start(&mut rt, None, |_| gate.pass());
    let peer = Peer::known(child, Kin::Child);
    plan(Call::Waitid, 1, Errno::EINVAL, 1);
    assert!(matches!(peer.watch(), Watch::Until(_)));
    // Where nothing can be asked, the descriptor tells the end.
    plan(Call::Waitid, 1, Errno::ENOSYS, 2);
    assert!(matches!(peer.watch(), Watch::Until(_)));
    gate.open();
    reap(&mut rt, child);
    plan(Call::Waitid, 1, Errno::EINVAL, 1);
    assert!(matches!(peer.watch(), Watch::Ended));
}

fn a_read_whose_child_cannot_be_asked_about_waits_for_what_it_writes() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let gate = Gate::new();
        let child = start(&mut rt, Some(pipe), |rt| {
            gate.pass();
            rt.pipes.write(pipe, b"alive", rt.core.env()).unwrap();
        });
        rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::from_millis(20)));
        plan(Call::Waitid, 1, Errno::EINVAL, ALWAYS);
        assert_eq!(read(&mut rt, pipe), Err(Stop::TimedOut), "{kind:?}");
        rt.pipes.get(pipe).unwrap().set_timeout(None);
        gate.open();
        assert_eq!(read(&mut rt, pipe), found("alive"), "{kind:?}");
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        fault::clear();
        reap(&mut rt, child);
    }
}

type Function = dyn Fn() -> os::Result<()>;

fn every_other_call_passes_its_error_on() {
    let open = || fd::dev_null().map(|_| ());
    let affinity = || scheduling::affinity().map(|_| ());
    let priority = || scheduling::priority(0, 0).map(|_| ());
    let exec = || Err(process::exec(&[c"/bin/true"]));
    let pair = || socket::pair(Kind::Stream).map(|_| ());
    let key = || msgq::open(libc::IPC_PRIVATE, 0o600).map(|_| ());
    let identity = || fd::identity(0).map(|_| ());
    let append = || fd::append(c"/dev/null").map(|_| ());
    let write = || fd::dev_null().and_then(|null| fd::write(null.as_fd(), b"to nobody")).map(|_| ());
    let ftok = || msgq::key_of_file(c"/").map(|_| ());
    let kinship = || process::kinship(1).map(|_| ());
    let calls: [(Call, Errno, &Function); 18] = [
        (Call::PthreadAtfork, Errno::ENOMEM, &process::watch_forks),
        (Call::Fstat, Errno::ENOMEM, &identity),
        (Call::Open, Errno::EROFS, &append),
        (Call::Write, Errno::ENOSPC, &write),
        (Call::Ftok, Errno::ENOENT, &ftok),
        (Call::Waitid, Errno::EINVAL, &kinship),
        (Call::Open, Errno::EMFILE, &open),
        (Call::Execv, Errno::ENOENT, &exec),
        (Call::Setsid, Errno::EPERM, &process::new_session),
        (Call::Chdir, Errno::EACCES, &|| process::enter_folder(Path::new("/"))),
        (Call::Setitimer, Errno::EINVAL, &|| process::set_interval(0, 0)),
        (Call::SchedSetaffinity, Errno::EPERM, &|| scheduling::set_affinity(&[0])),
        (Call::SchedGetaffinity, Errno::EFAULT, &affinity),
        (Call::Setpriority, Errno::EACCES, &|| scheduling::set_priority(0, 0, 0)),
        (Call::Getpriority, Errno::ESRCH, &priority),
        (Call::Dup, Errno::EBADF, &|| fd::duplicate_onto(1, fd::Standard::Input)),
        (Call::Socketpair, Errno::ENFILE, &pair),
        (Call::Msgget, Errno::ENOSPC, &key),
    ];
    for (call, errno, function) in calls {
        plan(call, 1, errno, 1);
        leaks_nothing(|| assert_eq!(function(), Err(errno), "{call:?}"));
    }
}

/// Whether each of five calls of kill(2) fails.
fn five_calls() -> [Result<(), Errno>; 5] {
    [(); 5].map(|()| process::kill(process::pid(), 0))
}

fn a_plan_fails_the_calls_that_it_names_and_no_others() {
    plan(Call::Kill, 2, Errno::EPERM, 2);
    let (good, bad) = (Ok(()), Err(Errno::EPERM));
    assert_eq!(fd::dev_null().map(|_| ()), good);
    assert_eq!(five_calls(), [good, bad, bad, good, good]);
    // One after the other, on one call.
    assert!(plan_from("kill:1:EPERM,kill:1:ESRCH,kill:4:EINVAL"));
    let expected = [bad, Err(Errno::ESRCH), good, Err(Errno::EINVAL), good];
    assert_eq!(five_calls(), expected);
    plan(Call::Kill, 1, Errno::EPERM, ALWAYS);
    fault::clear();
    assert_eq!(five_calls(), [good; 5]);
}

fn a_plan_may_come_again_and_again() {
    let (good, bad) = (Ok(()), Err(Errno::EPERM));
    for (text, expected) in [
        ("kill:3+:EPERM", [good, good, bad, bad, bad]),
        ("kill:3+:EPERM:2", [good, good, bad, bad, good]),
        ("kill:/2:EPERM", [good, bad, good, bad, good]),
        ("kill:/2:EPERM:1", [good, bad, good, good, good]),
        ("kill@here:2:EPERM", [good, bad, good, good, good]),
        ("kill@child:2:EPERM", [good; 5]),
    ] {
        fault::clear();
        assert!(plan_from(text), "{text}");
        assert_eq!(five_calls(), expected, "{text}");
    }
    fault::clear();
    assert!(plan_from("kill@child:2:EPERM,kill@here:1+:EPERM"));
    let mut rt = Runtime::default();
    let child = start(&mut rt, None, |_| assert_eq!(five_calls(), [good, bad, good, good, good]));
    assert_eq!(five_calls(), [bad; 5]);
    fault::clear();
    reap(&mut rt, child);
}

fn the_calls_of_a_process_and_of_those_it_forks_are_counted() {
    let mut rt = Runtime::default();
    assert_eq!(five_calls(), [Ok(()); 5]);
    fault::clear();
    fault::start_counting().unwrap();
    assert!(plan_from("kill@child:/2:EPERM,kill@here:1:EPERM"));
    start(&mut rt, None, |_| assert!(five_calls().contains(&Err(Errno::EPERM))));
    start(&mut rt, None, |_| process::kill(process::pid(), 0).unwrap());
    assert_eq!(process::kill(process::pid(), 0), Err(Errno::EPERM));
    alone::wait_for_all();
    fault::stop_counting();
    assert_eq!(five_calls(), [Ok(()); 5]);
    let counts = fault::counts();
    let count = |list: &[(Call, u32)]| list.iter().find(|(call, _)| *call == Call::Kill).map(|(_, n)| *n);
    assert_eq!((count(&counts.here), count(&counts.child)), (Some(1), Some(5)));
    assert_eq!(counts.effects[..3], [2, 1, 0]);
    fault::clear();
}

fn a_plan_that_is_malformed_is_refused_as_a_whole() {
    let malformed = [
        "kill",
        "kill:1",
        "kill:one:EPERM",
        "kill:1:EWHAT",
        "kill:1:1",
        "kill:-1:EPERM",
        "kill:1:EPERM:many",
        "kill:1:EPERM:1:1",
        "kill:1:SHORT=",
        "kill@parent:1:EPERM",
        "kill:/0:EPERM",
        "kill:/:EPERM",
        "kill:+:EPERM",
        "kill:1:SHORT=-1",
        "kill:99999999999:EPERM",
        "murder:1:EPERM",
        " kill:1:EPERM",
    ];
    for text in malformed {
        assert!(!plan_from(text), "{text:?} was taken");
        assert!(!plan_from(&format!("kill:1:EPERM,{text}")), "{text:?} was taken");
        assert_eq!(five_calls(), [Ok(()); 5], "{text:?} was refused, and did something");
    }
}

fn the_environment_makes_a_plan_for_a_whole_process() {
    const NAME: &str = "SWOOLE_PROCESS_FAULT";
    if std::env::var_os(NAME).is_some() {
        let mut rt = Runtime::default();
        let child = start(&mut rt, None, |rt| {
            assert_eq!(rt.pipes.open(Kind::Stream), failed("socketpair()", Errno::EMFILE));
            rt.pipes.open(Kind::Stream).unwrap();
        });
        reap(&mut rt, child);
        assert_eq!(rt.pipes.open(Kind::Stream), failed("socketpair()", Errno::EMFILE));
        return;
    }
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_environment_makes_a_plan_for_a_whole_process"])
        .env(NAME, "socketpair:1:EMFILE")
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_fork_that_fails_changes_nothing,
        without_its_signals_blocked_nothing_is_forked,
        a_daemon_that_cannot_be_forked_leaves_the_program_as_it_is,
        a_fork_that_fails_after_the_pipe_was_renewed_leaves_one_that_works,
        a_pipe_that_cannot_be_made_leaves_nothing_behind,
        a_pipe_that_cannot_be_renewed_stays_at_its_end,
        a_pipe_without_time_limits_in_the_kernel_keeps_its_promises,
        a_pipe_without_pidfds_keeps_its_promises,
        a_poll_that_fails_ends_the_call_and_loses_nothing,
        a_poll_that_is_interrupted_ends_a_write_that_waits_for_room,
        a_receive_that_fails_ends_the_read_and_loses_nothing,
        a_reset_that_a_read_or_a_write_is_told_of_does_not_end_it,
        an_interrupted_send_has_sent_nothing_of_a_message,
        an_interrupted_stream_write_tells_how_much_it_has_sent,
        a_stream_write_in_many_short_sends_is_complete,
        a_stream_write_that_fails_after_a_part_tells_the_part_and_then_the_failure,
        a_send_that_found_no_room_is_made_again,
        a_direction_that_cannot_be_closed_stays_open,
        a_pipe_that_cannot_become_an_input_stays_a_pipe,
        a_queue_that_cannot_be_opened_says_why,
        a_push_that_fails_leaves_the_queue_as_it_is,
        a_pop_that_fails_leaves_the_message_where_it_is,
        a_capacity_that_is_refused_leaves_a_queue_that_works,
        a_queue_that_cannot_be_removed_is_still_there,
        a_queue_that_cannot_be_registered_works_and_leaves_no_file,
        an_abandoned_queue_that_cannot_be_examined_stays,
        a_wait_that_fails_reaps_nobody,
        a_signal_that_may_not_be_sent_says_nothing_of_the_process,
        a_daemon_without_pidfds_sees_the_end_of_a_process_that_is_not_its_child,
        a_kernel_that_knows_no_children_by_pidfd_is_asked_by_their_number,
        a_read_whose_child_cannot_be_asked_about_waits_for_what_it_writes,
        every_other_call_passes_its_error_on,
        a_plan_may_come_again_and_again,
        the_calls_of_a_process_and_of_those_it_forks_are_counted,
        a_plan_fails_the_calls_that_it_names_and_no_others,
        a_plan_that_is_malformed_is_refused_as_a_whole,
        the_environment_makes_a_plan_for_a_whole_process,
    ])
}
