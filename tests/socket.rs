//! Sockets and those who wait for them, with real sockets and processes, and coroutines that are made of steps.
#![cfg(test)]

mod alone;

use alone::random::for_all;
use alone::{Gate, descriptors, reap, start};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;
use swoole_process::os::address::Address;
use swoole_process::os::epoll::Interest;
use swoole_process::os::fault::{Call, clear, plan, plan_short};
use swoole_process::os::socket::{Shut, Spec};
use swoole_process::os::{Errno, process};
use swoole_process::rt::core::Core;
use swoole_process::rt::core::clock::now;
use swoole_process::rt::core::handles::SocketToken;
use swoole_process::rt::core::reactor::Callbacks;
use swoole_process::rt::core::registrations::Direction::{self, Read, Write};
use swoole_process::rt::core::switch::{self, Stacks, SwitchResult};
use swoole_process::rt::core::timers::Target;
use swoole_process::rt::core::wait::{Slot, Waiter, Wake};
use swoole_process::rt::process::pipe::Kind;
use swoole_process::rt::runtime::Runtime;
use swoole_process::rt::socket::{Connect, Stop};

const STREAM: Spec = Spec { domain: libc::AF_UNIX, kind: libc::SOCK_STREAM, protocol: 0 };
const DATAGRAM: Spec = Spec { domain: libc::AF_UNIX, kind: libc::SOCK_DGRAM, protocol: 0 };
const TCP: Spec = Spec { domain: libc::AF_INET, kind: libc::SOCK_STREAM, protocol: 0 };

/// A step of a coroutine: what it does until it gives way or ends.
type Step = Box<dyn FnOnce() -> SwitchResult>;

thread_local! {
    static RUNTIME: RefCell<Runtime> = RefCell::new(Runtime::default());
    static STEPS: RefCell<BTreeMap<Slot, VecDeque<Step>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Coroutines without stacks: each time one is entered it does its next step and returns.
struct Steps;

impl Stacks for Steps {
    fn core<R>(body: impl FnOnce(&mut Core) -> R) -> R {
        RUNTIME.with_borrow_mut(|runtime| body(&mut runtime.core))
    }

    fn enter(slot: Slot) -> SwitchResult {
        let step = STEPS.with_borrow_mut(|steps| steps.get_mut(&slot).unwrap().pop_front().unwrap());
        let back = step();
        if back == SwitchResult::Waits {
            rt(|rt| rt.core.scheduler.leave(slot));
        }
        back
    }

    fn leave(_: Slot) {
        panic!("a step gives way by returning");
    }
}

fn rt<R>(body: impl FnOnce(&mut Runtime) -> R) -> R {
    RUNTIME.with_borrow_mut(body)
}

/// Runs a coroutine of these steps up to the end of the first.
fn go(steps: Vec<Step>) {
    let (slot, _) = rt(|rt| rt.core.scheduler.create(now()));
    STEPS.with_borrow_mut(|all| all.insert(slot, steps.into()));
    switch::run::<Steps>(slot);
}

/// What a coroutine that waited has seen.
type Seen = Rc<Cell<Option<Result<(), Errno>>>>;

/// A coroutine that waits for a direction of a socket, and notes how that ended.
fn wait_for(token: SocketToken, direction: Direction, limit: Option<Duration>) -> Seen {
    let seen = Seen::default();
    let waiter: Rc<Cell<Option<Waiter>>> = Rc::default();
    let (begun, noted, result) = (waiter.clone(), waiter, seen.clone());
    go(vec![
        Box::new(move || {
            let deadline = limit.map(|limit| now() + limit);
            begun.set(
                rt(|rt| rt.sockets.begin_wait(&mut rt.core, &mut rt.pipes, token, direction, deadline))
                    .unwrap(),
            );
            assert!(begun.get().is_some());
            SwitchResult::Waits
        }),
        Box::new(move || {
            let waiter = noted.get().unwrap();
            result
                .set(Some(rt(|rt| rt.sockets.end_wait(&mut rt.core, token, direction, waiter, Wake::Ready))));
            SwitchResult::Ended
        }),
    ]);
    seen
}

/// One turn of the loop: whoever is ready or late goes on.
fn turn() {
    let mut ready = Vec::new();
    rt(|rt| rt.core.wait_for_events(&mut ready)).unwrap();
    for one in ready {
        for direction in [Read, Write] {
            if let Some(waiter) = rt(|rt| rt.core.events.reactor.take_waiter(one, direction)) {
                switch::wake::<Steps>(waiter, Wake::Ready);
            }
        }
    }
    let round = rt(|rt| rt.core.events.timers.begin(now));
    while let Some(due) = rt(|rt| rt.core.events.timers.due(round)) {
        if let Target::Wake(waiter, _) = due.target {
            switch::wake::<Steps>(waiter, Wake::TimedOut);
        }
        rt(|rt| rt.core.events.timers.clear(due.id));
    }
}

fn pair(spec: Spec) -> [SocketToken; 2] {
    rt(|rt| rt.sockets.open_pair(spec)).unwrap()
}

fn receive(token: SocketToken, room: usize) -> Result<Vec<u8>, Stop> {
    let mut buffer = vec![0; room];
    let received = rt(|rt| rt.sockets.claim(token, Read)?.receive(&mut buffer))?;
    buffer.truncate(received.len);
    Ok(buffer)
}

fn send(token: SocketToken, data: &[u8]) -> Result<usize, Stop> {
    rt(|rt| rt.sockets.claim(token, Write)?.send(data))
}

fn close(token: SocketToken) {
    for waiter in rt(|rt| rt.sockets.close(&mut rt.core, token)).unwrap().into_iter().flatten() {
        switch::wake::<Steps>(waiter, Wake::Ready);
    }
}

/// The test is over: what the runtime itself holds is closed.
fn end() {
    drop(RUNTIME.take());
}

fn a_reader_goes_on_when_something_comes() {
    let [a, b] = pair(STREAM);
    assert_eq!(receive(a, 10), Err(Stop::Again));
    let seen = wait_for(a, Read, None);
    send(b, b"hello").unwrap();
    while seen.get().is_none() {
        turn();
    }
    assert_eq!((seen.get(), receive(a, 10)), (Some(Ok(())), Ok(b"hello".to_vec())));
    close(a);
    close(b);
    end();
}

fn a_writer_goes_on_when_there_is_room() {
    let [a, b] = pair(STREAM);
    while send(a, &[0; 65536]).is_ok() {}
    let seen = wait_for(a, Write, None);
    while receive(b, 1 << 20).is_ok() {}
    while seen.get().is_none() {
        turn();
    }
    assert_eq!(seen.get(), Some(Ok(())));
    assert!(send(a, b"x").is_ok());
    close(a);
    close(b);
    end();
}

fn one_may_read_and_one_may_write_and_no_more() {
    let [a, b] = pair(STREAM);
    while send(a, &[0; 65536]).is_ok() {}
    let (reader, writer) = (wait_for(a, Read, None), wait_for(a, Write, None));
    assert!(matches!(receive(a, 1), Err(Stop::Busy { .. })));
    assert!(matches!(send(a, b"x"), Err(Stop::Busy { .. })));
    assert!(
        rt(|rt| rt.sockets.get(a).unwrap().holder(Read)) != rt(|rt| rt.sockets.get(a).unwrap().holder(Write))
    );
    send(b, b"x").unwrap();
    while reader.get().is_none() {
        turn();
    }
    assert_eq!((reader.get(), writer.get()), (Some(Ok(())), None));
    assert_eq!(receive(a, 1), Ok(b"x".to_vec()));
    close(a);
    assert_eq!(writer.get(), Some(Err(Errno::ECANCELED)));
    close(b);
    end();
}

/// The events that are there now.
fn events() -> usize {
    let mut ready = Vec::new();
    rt(|rt| rt.core.events.reactor.wait(Some(Duration::ZERO), None, &mut ready)).unwrap();
    ready.len()
}

fn a_socket_that_only_reads_is_not_woken_for_room() {
    let [a, b] = pair(STREAM);
    let reader = wait_for(a, Read, None);
    assert_eq!(send(a, b"question"), Ok(8));
    assert_eq!(receive(b, 10), Ok(b"question".to_vec()));
    assert_eq!(events(), 0);
    while send(a, &[0; 65536]).is_ok() {}
    plan(Call::EpollCtl, 1, Errno::ENOMEM, 1);
    go(vec![Box::new(move || {
        let begun = rt(|rt| rt.sockets.begin_wait(&mut rt.core, &mut rt.pipes, a, Write, None));
        assert_eq!(begun, Err(Errno::ENOMEM));
        SwitchResult::Ended
    })]);
    assert_eq!(rt(|rt| rt.sockets.get(a).unwrap().holder(Write)), None);
    // There is room before the wait begins.
    while receive(b, 1 << 20).is_ok() {}
    let writer = wait_for(a, Write, None);
    while writer.get().is_none() {
        turn();
    }
    assert_eq!((writer.get(), reader.get()), (Some(Ok(())), None));
    close(a);
    close(b);
    end();
}

fn closing_wakes_both_and_ends_the_connection() {
    let [a, b] = pair(STREAM);
    while send(a, &[0; 65536]).is_ok() {}
    let (reader, writer) = (wait_for(a, Read, None), wait_for(a, Write, None));
    close(a);
    assert_eq!(reader.get(), Some(Err(Errno::ECANCELED)));
    assert_eq!(writer.get(), Some(Err(Errno::ECANCELED)));
    assert_eq!(receive(a, 1), Err(Stop::Failed(Errno::EBADF)));
    assert_eq!(rt(|rt| rt.sockets.close(&mut rt.core, a)), Err(Errno::EBADF));
    while receive(b, 1 << 20).is_ok_and(|data| !data.is_empty()) {}
    assert_eq!(send(b, b"x"), Err(Stop::Failed(Errno::EPIPE)));
    close(b);
    assert!(rt(|rt| rt.core.events.reactor.is_empty()));
    end();
}

fn what_is_shut_down_already_cannot_be_shut_down_again() {
    // The other side of the connection is open: the kernel would accept it.
    for steps in [&[Shut::Both][..], &[Shut::Write, Shut::Read], &[Shut::Read, Shut::Read, Shut::Both]] {
        let [a, b] = pair(STREAM);
        let shut = |what| rt(|rt| rt.sockets.get(a).unwrap().shut(what));
        for &step in steps {
            assert_eq!(shut(step), Ok(()));
        }
        for again in [Shut::Read, Shut::Write, Shut::Both] {
            assert_eq!(shut(again), Err(Errno::ENOTCONN));
        }
        close(a);
        close(b);
    }
    end();
}

fn a_cancelled_wait_leaves_a_socket_that_works() {
    let [a, b] = pair(STREAM);
    assert!(rt(|rt| rt.sockets.cancel_wait(a, Read)).is_none());
    let seen = wait_for(a, Read, None);
    assert!(rt(|rt| rt.sockets.cancel_wait(a, Write)).is_none());
    let waiter = rt(|rt| rt.sockets.cancel_wait(a, Read)).unwrap();
    switch::wake::<Steps>(waiter, Wake::Ready);
    assert_eq!(seen.get(), Some(Err(Errno::ECANCELED)));
    assert!(rt(|rt| rt.core.events.reactor.is_empty()));
    let seen = wait_for(a, Read, None);
    send(b, b"again").unwrap();
    while seen.get().is_none() {
        turn();
    }
    assert_eq!(receive(a, 10), Ok(b"again".to_vec()));
    close(a);
    close(b);
    end();
}

fn a_pause_before_connecting_again_is_a_wait_of_the_socket() {
    for is_cancelled in [true, false] {
        let socket = rt(|rt| rt.sockets.open(STREAM)).unwrap();
        let seen = Seen::default();
        let waiter: Rc<Cell<Option<Waiter>>> = Rc::default();
        let (begun, noted, result) = (waiter.clone(), waiter, seen.clone());
        go(vec![
            Box::new(move || {
                begun.set(Some(rt(|rt| rt.sockets.begin_retry_pause(&mut rt.core, socket, None)).unwrap()));
                SwitchResult::Waits
            }),
            Box::new(move || {
                let waiter = noted.get().unwrap();
                result.set(Some(rt(|rt| {
                    rt.sockets.end_wait(&mut rt.core, socket, Write, waiter, Wake::Ready)
                })));
                SwitchResult::Ended
            }),
        ]);
        assert!(matches!(send(socket, b"x"), Err(Stop::Busy { .. })));
        assert_eq!(rt(|rt| rt.sockets.cancel_wait(socket, Read)), None);
        if is_cancelled {
            let waiter = rt(|rt| rt.sockets.cancel_wait(socket, Write)).unwrap();
            switch::wake::<Steps>(waiter, Wake::Ready);
            assert_eq!(seen.get(), Some(Err(Errno::ECANCELED)));
        }
        close(socket);
        assert_eq!(seen.get(), Some(Err(Errno::ECANCELED)));
    }
    end();
}

fn a_wait_whose_time_is_over_is_not_begun_again() {
    let [a, b] = pair(STREAM);
    let seen = wait_for(a, Read, Some(Duration::from_millis(1)));
    while seen.get().is_none() {
        turn();
    }
    go(vec![Box::new(move || {
        assert_eq!(
            rt(|rt| rt.sockets.begin_wait(&mut rt.core, &mut rt.pipes, a, Read, Some(now()))),
            Err(Errno::ETIMEDOUT)
        );
        SwitchResult::Ended
    })]);
    assert_eq!(rt(|rt| rt.sockets.get(a).unwrap().holder(Read)), None);
    close(a);
    close(b);
    end();
}

fn watchers_and_coroutines_share_a_descriptor() {
    let [a, b] = pair(STREAM);
    let number = rt(|rt| rt.sockets.get(a).unwrap().number());
    let callbacks = Callbacks { read: None, write: None };
    // The watcher comes second, then first.
    for watcher_first in [false, true] {
        let add = || rt(|rt| rt.core.events.reactor.add(number, callbacks, Interest::READ)).unwrap();
        if watcher_first {
            add();
        }
        let seen = wait_for(a, Read, None);
        if !watcher_first {
            add();
        }
        send(b, b"x").unwrap();
        while seen.get().is_none() {
            turn();
        }
        assert_eq!(receive(a, 1), Ok(b"x".to_vec()));
        rt(|rt| rt.core.events.reactor.remove(number)).unwrap();
        if !watcher_first {
            // The next wait begins with a watcher in the way.
            rt(|rt| rt.core.events.end());
        }
    }
    close(a);
    close(b);
    end();
}

fn a_path_is_removed_by_the_socket_that_made_it() {
    let folder = std::env::temp_dir().join(format!("socket-test-{}", process::pid()));
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("one.sock");
    let address = Address::parse(libc::AF_UNIX, path.as_os_str().as_encoded_bytes(), 0).unwrap();
    let bound = || {
        let token = rt(|rt| rt.sockets.open(DATAGRAM)).unwrap();
        rt(|rt| rt.sockets.get(token).unwrap().bind(&address)).unwrap();
        token
    };
    let first = bound();
    // A child that ends closes its copy; the path is not its own.
    let child = RUNTIME.with_borrow_mut(|runtime| {
        start(runtime, None, |rt| {
            rt.sockets.close(&mut rt.core, first).unwrap();
        })
    });
    rt(|rt| reap(rt, child));
    assert!(path.exists());
    std::fs::remove_file(&path).unwrap();
    let second = bound();
    close(first);
    assert!(path.exists(), "the path of another socket was removed");
    close(second);
    assert!(!path.exists());

    // Nor is one left behind that could not be told from others later.
    let third = rt(|rt| rt.sockets.open(DATAGRAM)).unwrap();
    plan(Call::Stat, 1, Errno::ENOMEM, 1);
    assert_eq!(rt(|rt| rt.sockets.get(third).unwrap().bind(&address)), Err(Errno::ENOMEM));
    assert!(!path.exists());
    close(third);
    std::fs::remove_dir(&folder).unwrap();
    end();
}

fn a_connection_over_the_internet_is_made_and_refused() {
    let listener = rt(|rt| rt.sockets.open(TCP)).unwrap();
    let any = Address::parse(libc::AF_INET, b"127.0.0.1", 0).unwrap();
    rt(|rt| rt.sockets.get(listener).unwrap().bind(&any)).unwrap();
    let name = rt(|rt| swoole_process::os::socket::name(rt.sockets.get(listener).unwrap().fd())).unwrap();
    let connect = || {
        let token = rt(|rt| rt.sockets.open(TCP)).unwrap();
        let begun = rt(|rt| rt.sockets.claim(token, Write)?.connect(&name));
        if begun == Ok(Connect::Begun) {
            while rt(|rt| rt.sockets.get(token).unwrap().finish_connect()) == Err(Stop::Again) {
                let seen = wait_for(token, Write, None);
                while seen.get().is_none() {
                    turn();
                }
            }
        }
        (token, begun)
    };
    let (refused, begun) = connect();
    assert!(matches!(begun, Ok(Connect::Begun) | Err(Stop::Failed(Errno::ECONNREFUSED))));
    close(refused);
    rt(|rt| swoole_process::os::socket::listen(rt.sockets.get(listener).unwrap().fd(), 8)).unwrap();
    assert_eq!(rt(|rt| rt.sockets.accept(listener)), Err(Stop::Again));
    let (client, _) = connect();
    let server = rt(|rt| rt.sockets.accept(listener)).unwrap();
    send(client, b"request").unwrap();
    let seen = wait_for(server, Read, None);
    while seen.get().is_none() {
        turn();
    }
    assert_eq!(receive(server, 100), Ok(b"request".to_vec()));
    assert_eq!(rt(|rt| rt.sockets.get(client).unwrap().check_liveness()), Ok(()));
    rt(|rt| rt.sockets.get(server).unwrap().shut(Shut::Write)).unwrap();
    let seen = wait_for(client, Read, None);
    while seen.get().is_none() {
        turn();
    }
    assert_eq!(rt(|rt| rt.sockets.get(client).unwrap().check_liveness()), Err(Errno::ECONNRESET));
    for token in [client, server, listener] {
        close(token);
    }
    end();
}

/// Receives parts until there are `wanted` bytes; whether it was the last one.
fn collect(token: SocketToken, wanted: usize, collected: &mut Vec<u8>) -> Result<bool, Stop> {
    while collected.len() < wanted {
        let have = collected.len();
        let room = rt(|rt| rt.sockets.room_for_part(token, wanted - have))?;
        collected.resize(have + room, 0);
        let part = rt(|rt| rt.sockets.receive_part(token, &mut collected[have..]));
        collected.truncate(have + part.map_or(0, |(len, _)| len));
        if part?.1 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Sends and collects in turn until all is there.
fn carry(data: &[u8], steps: &[(usize, usize)]) -> Vec<u8> {
    let [a, b] = pair(STREAM);
    let (mut sent, mut done, mut all) = (0, false, Vec::new());
    for (number, &(short, part)) in steps.iter().cycle().enumerate() {
        assert!(number < 1_000_000, "no progress");
        if !done {
            plan_short(Call::Send, 1, short.max(1));
            done = match rt(|rt| rt.sockets.send_rest(a, data, &mut sent)) {
                Ok(()) => true,
                Err(stop) => {
                    assert_eq!(stop, Stop::Again);
                    false
                }
            };
            clear();
            if done {
                rt(|rt| rt.sockets.get(a).unwrap().shut(Shut::Write)).unwrap();
            }
        }
        let mut collected = Vec::new();
        match collect(b, part, &mut collected) {
            Err(stop) => {
                assert_eq!(stop, Stop::Again);
                // Now and then the one who collects is made to end, and another one receives.
                rt(|rt| rt.sockets.give_back(b, &collected));
                if part % 3 == 0 {
                    match receive(b, part / 2 + 1) {
                        Ok(some) => all.extend_from_slice(&some),
                        Err(stop) => assert_eq!(stop, Stop::Again),
                    }
                }
            }
            Ok(is_end) => {
                assert!(is_end || collected.len() >= part);
                all.extend_from_slice(&collected);
                if is_end {
                    break;
                }
            }
        }
    }
    assert_eq!(sent, data.len());
    close(a);
    close(b);
    all
}

fn what_is_sent_in_parts_is_collected_in_others() {
    let sizes = (0_usize..1_500_000, prop::collection::vec((1_usize..300_000, 1_usize..400_000), 1..8));
    for_all(60, sizes, |(len, steps)| {
        let data: Vec<u8> = (0..len).map(|at| (at % 251).to_le_bytes()[0]).collect();
        prop_assert!(carry(&data, &steps) == data);
        Ok(())
    });
    end();
}

fn a_message_is_collected_whole_and_its_cut_is_told() {
    let [a, b] = pair(DATAGRAM);
    assert_eq!(rt(|rt| rt.sockets.room_for_part(b, 1000)), Err(Stop::Again));
    send(a, &[7; 300]).unwrap();
    send(a, &[8; 300]).unwrap();
    let mut buffer = [0; 1000];
    assert_eq!(rt(|rt| rt.sockets.room_for_part(b, 1000)), Ok(300));
    assert_eq!(rt(|rt| rt.sockets.receive_part(b, &mut buffer)), Ok((300, true)));
    let received = rt(|rt| rt.sockets.claim(b, Read)?.receive(&mut buffer[..100])).unwrap();
    assert_eq!((received.len, received.message), (100, 300));
    close(a);
    close(b);
    end();
}

const KINDS: [Kind; 2] = [Kind::Stream, Kind::Message];

fn the_end_of_a_child_ends_the_wait_for_its_pipe() {
    for kind in KINDS {
        let gate = Gate::new();
        let pipe = rt(|rt| rt.pipes.open(kind)).unwrap();
        let token = rt(|rt| rt.sockets.export(&mut rt.pipes, pipe)).unwrap();
        let child = RUNTIME.with_borrow_mut(|runtime| start(runtime, Some(pipe), |_| gate.pass()));
        let seen = wait_for(token, Read, None);
        gate.open();
        while seen.get().is_none() {
            turn();
        }
        // Nothing to read, and the peer is known to be gone: the kernel tells the end after this.
        assert_eq!(receive(token, 10), Err(Stop::Again));
        go(vec![Box::new(move || {
            assert_eq!(
                rt(|rt| rt.sockets.begin_wait(&mut rt.core, &mut rt.pipes, token, Read, None)),
                Ok(None)
            );
            SwitchResult::Ended
        })]);
        assert_eq!(receive(token, 10), Ok(Vec::new()));
        rt(|rt| reap(rt, child));
        close(token);
        rt(|rt| rt.pipes.close(&mut rt.core, pipe));
    }
    end();
}

fn without_pidfds_the_end_of_a_child_is_seen_all_the_same() {
    let gate = Gate::new();
    let pipe = rt(|rt| rt.pipes.open(Kind::Message)).unwrap();
    let token = rt(|rt| rt.sockets.export(&mut rt.pipes, pipe)).unwrap();
    let child = RUNTIME.with_borrow_mut(|runtime| start(runtime, Some(pipe), |_| gate.pass()));
    plan(Call::PidfdOpen, 1, Errno::ENOSYS, u32::MAX);
    let seen = wait_for(token, Read, None);
    gate.open();
    while receive(token, 10) != Ok(Vec::new()) {
        while seen.get().is_none() {
            turn();
        }
        go(vec![Box::new(move || {
            // Either it is known to be gone, or it is asked again after a while.
            let begun =
                rt(|rt| rt.sockets.begin_wait(&mut rt.core, &mut rt.pipes, token, Read, None)).unwrap();
            if let Some(waiter) = begun {
                rt(|rt| rt.core.end_wait(waiter, Wake::Canceled));
                rt(|rt| rt.sockets.end_wait(&mut rt.core, token, Read, waiter, Wake::Ready)).unwrap();
            }
            SwitchResult::Ended
        })]);
    }
    clear();
    rt(|rt| reap(rt, child));
    close(token);
    rt(|rt| rt.pipes.close(&mut rt.core, pipe));
    end();
}

fn without_pidfds_a_wait_that_blocks_sees_the_end_of_a_child() {
    let gate = Gate::new();
    let pipe = rt(|rt| rt.pipes.open(Kind::Message)).unwrap();
    let token = rt(|rt| rt.sockets.export(&mut rt.pipes, pipe)).unwrap();
    let child = RUNTIME.with_borrow_mut(|runtime| start(runtime, Some(pipe), |_| gate.pass()));
    plan(Call::PidfdOpen, 1, Errno::ENOSYS, u32::MAX);
    let block = |direction, deadline| {
        rt(|rt| rt.sockets.block(&mut rt.core, &mut rt.pipes, token, Some(direction), deadline))
    };
    let soon = now() + Duration::from_millis(1);
    while let Ok(()) = block(Read, Some(soon)) {}
    assert_eq!(block(Read, Some(soon)), Err(Errno::ETIMEDOUT));
    gate.open();
    while receive(token, 10) != Ok(Vec::new()) {
        assert_eq!(block(Read, None), Ok(()));
    }
    assert_eq!(block(Write, None), Err(Errno::EPIPE));
    clear();
    rt(|rt| reap(rt, child));
    close(token);
    rt(|rt| rt.pipes.close(&mut rt.core, pipe));
    end();
}

fn a_child_has_one_end_of_its_pipe_and_nobody_waits_in_it() {
    let pipe = rt(|rt| rt.pipes.open(Kind::Stream)).unwrap();
    let [a, b] = pair(STREAM);
    let token = rt(|rt| rt.sockets.export(&mut rt.pipes, pipe)).unwrap();
    let (seen, other) = (wait_for(token, Read, None), wait_for(a, Read, None));
    let child = RUNTIME.with_borrow_mut(|runtime| {
        start(runtime, Some(pipe), |rt| {
            // The copy of the parent's end is closed, what is shared is not.
            assert!(rt.sockets.get(token).is_none());
            assert_eq!(rt.sockets.get(a).unwrap().holder(Read), None);
            assert!(rt.core.events.reactor.is_empty());
            rt.sockets.get(b).unwrap().send(b"from the child").unwrap();
            rt.sockets.close(&mut rt.core, a).unwrap();
            rt.pipes.write(pipe, b"by the pipe", rt.core.env()).unwrap();
        })
    });
    while seen.get().is_none() || other.get().is_none() {
        turn();
    }
    assert_eq!(receive(token, 100), Ok(b"by the pipe".to_vec()));
    assert_eq!(receive(a, 100), Ok(b"from the child".to_vec()));
    rt(|rt| reap(rt, child));
    for token in [token, a, b] {
        close(token);
    }
    rt(|rt| rt.pipes.close(&mut rt.core, pipe));
    end();
}

fn a_pipe_that_is_renewed_takes_its_copy_along() {
    for kind in KINDS {
        let pipe = rt(|rt| rt.pipes.open(kind)).unwrap();
        let token = rt(|rt| rt.sockets.export(&mut rt.pipes, pipe)).unwrap();
        for round in [b"one", b"two"] {
            // The one who waits has begun before the start, or in the run before.
            let seen = wait_for(token, Read, None);
            let child = RUNTIME.with_borrow_mut(|runtime| {
                start(runtime, Some(pipe), |rt| {
                    rt.pipes.write(pipe, round, rt.core.env()).unwrap();
                })
            });
            while seen.get().is_none() {
                turn();
            }
            assert_eq!(receive(token, 10), Ok(round.to_vec()));
            rt(|rt| reap(rt, child));
            go(vec![Box::new(move || {
                assert_eq!(
                    rt(|rt| rt.sockets.begin_wait(&mut rt.core, &mut rt.pipes, token, Read, None)),
                    Ok(None)
                );
                SwitchResult::Ended
            })]);
            assert_eq!(receive(token, 10), Ok(Vec::new()));
        }
        close(token);
        rt(|rt| rt.pipes.close(&mut rt.core, pipe));
    }
    end();
}

fn what_the_kernel_refuses_leaves_nothing_behind() {
    let before = descriptors();
    let listener = rt(|rt| rt.sockets.open(STREAM)).unwrap();
    let name = Address::Unix([b"\0", process::pid().to_string().as_bytes()].concat());
    rt(|rt| rt.sockets.get(listener).unwrap().bind(&name)).unwrap();
    rt(|rt| swoole_process::os::socket::listen(rt.sockets.get(listener).unwrap().fd(), 8)).unwrap();
    let client = rt(|rt| rt.sockets.open(STREAM)).unwrap();
    assert_eq!(rt(|rt| rt.sockets.claim(client, Write)?.connect(&name)), Ok(Connect::Done));
    let alive = descriptors();

    plan(Call::Socket, 1, Errno::EMFILE, 1);
    assert_eq!(rt(|rt| rt.sockets.open(STREAM)), Err(Errno::EMFILE));
    plan(Call::Socketpair, 1, Errno::ENFILE, 1);
    assert_eq!(rt(|rt| rt.sockets.open_pair(STREAM)), Err(Errno::ENFILE));
    plan(Call::Accept, 1, Errno::EMFILE, 1);
    assert_eq!(rt(|rt| rt.sockets.accept(listener)), Err(Stop::Failed(Errno::EMFILE)));
    plan(Call::Fcntl, 1, Errno::EMFILE, 1);
    assert_eq!(rt(|rt| rt.sockets.import(0)), Err(Errno::EMFILE));
    for call in [Call::EpollCreate, Call::EpollCtl] {
        plan(call, 1, Errno::ENOMEM, 1);
        go(vec![Box::new(move || {
            assert_eq!(
                rt(|rt| rt.sockets.begin_wait(&mut rt.core, &mut rt.pipes, listener, Read, None)),
                Err(Errno::ENOMEM)
            );
            SwitchResult::Ended
        })]);
        assert_eq!(rt(|rt| rt.sockets.get(listener).unwrap().holder(Read)), None);
    }
    rt(|rt| rt.core.events.end());
    assert_eq!(descriptors(), alive);

    // A signal, and a connection that has ended in between, mean nothing.
    plan(Call::Accept, 1, Errno::EINTR, 1);
    plan(Call::Accept, 2, Errno::ECONNABORTED, 1);
    let server = rt(|rt| rt.sockets.accept(listener)).unwrap();
    plan(Call::Send, 1, Errno::EINTR, 1);
    assert_eq!(send(server, b"x"), Ok(1));
    plan(Call::Recv, 1, Errno::EINTR, 2);
    assert_eq!(receive(client, 10), Ok(b"x".to_vec()));
    for token in [server, client, listener] {
        close(token);
    }
    assert_eq!(descriptors(), before);
    end();
}

fn a_socket_that_blocks_waits_outside_of_coroutines() {
    rt(|rt| {
        let [a, b] = rt.sockets.open_pair(STREAM).unwrap();
        assert!(!rt.sockets.is_blocking(&rt.core, a));
        rt.sockets.get(a).unwrap().is_blocking = true;
        assert!(rt.sockets.is_blocking(&rt.core, a) && !rt.sockets.is_blocking(&rt.core, b));
        let soon = || Some(now() + Duration::from_millis(1));
        assert_eq!(rt.sockets.block(&mut rt.core, &mut rt.pipes, a, Some(Write), None), Ok(()));
        assert_eq!(
            rt.sockets.block(&mut rt.core, &mut rt.pipes, a, Some(Read), soon()),
            Err(Errno::ETIMEDOUT)
        );
        assert_eq!(
            rt.sockets.block(&mut rt.core, &mut rt.pipes, a, Some(Read), Some(now())),
            Err(Errno::ETIMEDOUT)
        );
        // The pause before another attempt to connect is no time limit.
        assert_eq!(rt.sockets.block(&mut rt.core, &mut rt.pipes, a, None, None), Ok(()));
        rt.sockets.get(b).unwrap().send(b"x").unwrap();
        assert_eq!(rt.sockets.block(&mut rt.core, &mut rt.pipes, a, Some(Read), None), Ok(()));
        plan(Call::Poll, 1, Errno::ENOMEM, 1);
        assert_eq!(rt.sockets.block(&mut rt.core, &mut rt.pipes, a, Some(Read), None), Err(Errno::ENOMEM));
        clear();
        rt.sockets.close(&mut rt.core, a).unwrap();
        assert_eq!(rt.sockets.block(&mut rt.core, &mut rt.pipes, a, Some(Read), None), Err(Errno::EBADF));
        rt.sockets.close(&mut rt.core, b).unwrap();
    });
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_reader_goes_on_when_something_comes,
        a_writer_goes_on_when_there_is_room,
        one_may_read_and_one_may_write_and_no_more,
        a_socket_that_only_reads_is_not_woken_for_room,
        closing_wakes_both_and_ends_the_connection,
        what_is_shut_down_already_cannot_be_shut_down_again,
        a_cancelled_wait_leaves_a_socket_that_works,
        a_pause_before_connecting_again_is_a_wait_of_the_socket,
        a_wait_whose_time_is_over_is_not_begun_again,
        watchers_and_coroutines_share_a_descriptor,
        a_path_is_removed_by_the_socket_that_made_it,
        a_connection_over_the_internet_is_made_and_refused,
        a_socket_that_blocks_waits_outside_of_coroutines,
        what_is_sent_in_parts_is_collected_in_others,
        a_message_is_collected_whole_and_its_cut_is_told,
        the_end_of_a_child_ends_the_wait_for_its_pipe,
        without_pidfds_the_end_of_a_child_is_seen_all_the_same,
        without_pidfds_a_wait_that_blocks_sees_the_end_of_a_child,
        a_child_has_one_end_of_its_pipe_and_nobody_waits_in_it,
        a_pipe_that_is_renewed_takes_its_copy_along,
        what_the_kernel_refuses_leaves_nothing_behind,
    ])
}
