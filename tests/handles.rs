//! Handles among other data: nothing is lost, nothing changes places, and nothing stays open.
#![cfg(test)]

mod alone;

use alone::pipes::{KINDS, read, with_pipe};
use alone::random::for_all;
use alone::{descriptors, found, reap, start};
use proptest::prelude::*;
use std::collections::VecDeque;
use std::process::ExitCode;
use swoole_process::os::fault::{Call, clear, plan};
use swoole_process::os::fd::{self, Access, Nature};
use swoole_process::os::socket::Spec;
use swoole_process::os::{Errno, memory};
use swoole_process::rt::core::handles::{PipeToken, SocketToken};
use swoole_process::rt::fd_passing::Place;
use swoole_process::rt::handle::{Handle, Refused};
use swoole_process::rt::process::pipe::Stop as PipeStop;
use swoole_process::rt::runtime::Runtime;
use swoole_process::rt::socket::Stop;

const KIND_NUMBERS: [i32; 3] = [libc::SOCK_STREAM, libc::SOCK_DGRAM, libc::SOCK_SEQPACKET];

fn spec(kind: i32) -> Spec {
    Spec { domain: libc::AF_UNIX, kind, protocol: 0 }
}

/// Sends /dev/null with data.
fn send(rt: &mut Runtime, socket: SocketToken, data: &[u8]) -> Result<(), Stop> {
    let null = fd::dev_null().unwrap();
    let name = rt.fd_passing.begin(fd::number(&null), data).map_err(Stop::Failed)?;
    let sent = rt.fd_passing.try_to_send(&mut rt.sockets, socket, name);
    rt.fd_passing.end(name);
    sent
}

fn hold(rt: &mut Runtime, pipe: PipeToken) -> Result<(), PipeStop> {
    rt.fd_passing.hold(&mut rt.core, &mut rt.pipes, &mut rt.sockets, pipe, None)
}

fn first(rt: &mut Runtime, place: Place) -> Option<&mut Handle> {
    rt.fd_passing.first(&mut rt.pipes, &mut rt.sockets, place)
}

fn give_away(rt: &mut Runtime, place: Place) {
    rt.fd_passing.give_away(&mut rt.pipes, &mut rt.sockets, place);
}

/// Receives a handle: its data.
fn receive(rt: &mut Runtime, socket: SocketToken) -> Result<Vec<u8>, Stop> {
    rt.fd_passing.try_to_hold(&mut rt.pipes, &mut rt.sockets, socket)?;
    let place = Place::Socket(socket);
    let handle = first(rt, place).unwrap();
    assert_eq!(handle.nature(), Ok(Nature::File(Access::Both)));
    let data = handle.data().map_err(Stop::Failed)?.to_vec();
    // As who takes it over closes it.
    let number = handle.number();
    assert!(number > 2);
    give_away(rt, place);
    nix::unistd::close(number).unwrap();
    Ok(data)
}

fn receive_text(rt: &mut Runtime, socket: SocketToken, most: usize) -> Result<Vec<u8>, Stop> {
    let mut buffer = vec![0; most];
    let received = rt.sockets.get(socket).unwrap().receive(&mut buffer)?;
    buffer.truncate(received.len);
    Ok(buffer)
}

/// What is done to a pair of sockets.
#[derive(Clone, Debug)]
enum Step {
    Text(Vec<u8>),
    Handle(Vec<u8>),
    /// Reads up to so many bytes.
    Read(usize),
    Peek(usize),
    Receive,
}

fn step() -> impl Strategy<Value = Step> {
    // The bytes of handles are among those of texts.
    let text = || prop::collection::vec(prop_oneof![Just(0xfd_u8), Just(0xfe), any::<u8>()], 1..6);
    prop_oneof![
        text().prop_map(Step::Text),
        prop_oneof![Just(Vec::new()), text()].prop_map(Step::Handle),
        (1..9_usize).prop_map(Step::Read),
        (1..9_usize).prop_map(Step::Peek),
        Just(Step::Receive),
    ]
}

/// What is on its way.
#[derive(Debug)]
enum Sent {
    Text(VecDeque<u8>),
    Handle(Vec<u8>),
}

fn what_is_sent_arrives_in_its_order_whatever_is_asked_for() {
    let before = descriptors();
    let steps = prop::collection::vec(step(), 1..40);
    for_all(600, (0..KIND_NUMBERS.len(), steps), |(kind, steps)| {
        let is_stream = KIND_NUMBERS[kind] == libc::SOCK_STREAM;
        let mut rt = Runtime::default();
        let [a, b] = rt.sockets.open_pair(spec(KIND_NUMBERS[kind])).unwrap();
        let mut queue: VecDeque<Sent> = VecDeque::new();
        for step in steps {
            match step {
                Step::Text(text) => {
                    prop_assert_eq!(rt.sockets.get(a).unwrap().send(&text), Ok(text.len()));
                    match queue.back_mut() {
                        Some(Sent::Text(last)) if is_stream => last.extend(text),
                        _ => queue.push_back(Sent::Text(text.into())),
                    }
                }
                Step::Handle(data) => {
                    prop_assert_eq!(send(&mut rt, a, &data), Ok(()));
                    queue.push_back(Sent::Handle(data));
                }
                Step::Read(most) => {
                    let expected = match queue.front_mut() {
                        None => Err(Stop::Again),
                        Some(Sent::Handle(_)) => Err(Stop::Handle),
                        Some(Sent::Text(text)) => Ok(text.drain(..most.min(text.len())).collect()),
                    };
                    // The rest of a message is cut.
                    if expected.is_ok()
                        && let Some(Sent::Text(rest)) = queue.front()
                        && (!is_stream || rest.is_empty())
                    {
                        queue.pop_front();
                    }
                    prop_assert_eq!(receive_text(&mut rt, b, most), expected);
                }
                Step::Peek(most) => {
                    let mut buffer = vec![0; most];
                    let seen = rt.sockets.get(b).unwrap().peek((&mut buffer).into());
                    match queue.front() {
                        None => prop_assert_eq!(seen, Err(Stop::Again)),
                        Some(Sent::Handle(_)) => prop_assert_eq!(seen, Err(Stop::Handle)),
                        Some(Sent::Text(text)) => {
                            let there: Vec<u8> = text.iter().copied().take(most).collect();
                            prop_assert_eq!(seen, Ok(there.len()));
                            prop_assert_eq!(&buffer[..there.len()], there.as_slice());
                        }
                    }
                }
                Step::Receive => {
                    let got = receive(&mut rt, b);
                    match queue.front() {
                        None => prop_assert_eq!(got, Err(Stop::Again)),
                        Some(Sent::Text(_)) => prop_assert_eq!(got, Err(Stop::Refused(Refused::Data))),
                        Some(Sent::Handle(data)) => {
                            prop_assert_eq!(got, Ok(data.clone()));
                            queue.pop_front();
                        }
                    }
                }
            }
        }
        Ok(())
    });
    assert_eq!(descriptors(), before);
}

fn whatever_fails_before_a_handle_is_taken_leaves_it_where_it_is() {
    let before = descriptors();
    for kind in KIND_NUMBERS {
        let mut rt = Runtime::default();
        let [a, b] = rt.sockets.open_pair(spec(kind)).unwrap();
        for (call, nth) in
            [(Call::Recv, 1), (Call::Recv, 2), (Call::Malloc, 1), (Call::Fstat, 1), (Call::Pread, 1)]
        {
            send(&mut rt, a, b"data").unwrap();
            plan(call, nth, Errno::ENOMEM, 1);
            assert_eq!(receive(&mut rt, b), Err(Stop::Failed(Errno::ENOMEM)), "{call:?} {nth}");
            clear();
            assert_eq!(receive(&mut rt, b), Ok(b"data".to_vec()), "{call:?} {nth}");
        }
        for call in [Call::MemfdCreate, Call::Write, Call::Send] {
            plan(call, 1, Errno::ENOMEM, 1);
            assert_eq!(send(&mut rt, a, b"data"), Err(Stop::Failed(Errno::ENOMEM)), "{call:?}");
            clear();
        }
        assert_eq!(receive(&mut rt, b), Err(Stop::Again));
        // Interrupted, and as a file that is too large.
        plan(Call::Send, 1, Errno::EINTR, 2);
        plan(Call::Write, 1, Errno::EFBIG, 1);
        send(&mut rt, a, b"in a pipe").unwrap();
        clear();
        plan(Call::Recv, 1, Errno::EINTR, 2);
        plan(Call::Pread, 1, Errno::EINTR, 1);
        assert_eq!(receive(&mut rt, b), Ok(b"in a pipe".to_vec()));
        clear();
        drop(rt);
        assert_eq!(descriptors(), before);
    }
    assert!(memory::zeroed(1).is_ok());
}

fn a_handle_that_waits_is_not_the_one_that_is_closed_meanwhile() {
    let mut rt = Runtime::default();
    let [a, b] = rt.sockets.open_pair(spec(libc::SOCK_DGRAM)).unwrap();
    let null = fd::dev_null().unwrap();
    let number = fd::number(&null);
    let name = rt.fd_passing.begin(number, b"").unwrap();
    plan(Call::Send, 1, Errno::EAGAIN, 1);
    assert_eq!(rt.fd_passing.try_to_send(&mut rt.sockets, a, name), Err(Stop::Again));
    drop(null);
    // Something else has the number.
    let others: Vec<_> = (0..3).map(|_| rt.sockets.open(spec(libc::SOCK_STREAM)).unwrap()).collect();
    assert_eq!(rt.fd_passing.try_to_send(&mut rt.sockets, a, name), Ok(()));
    rt.fd_passing.end(name);
    assert_eq!(rt.fd_passing.try_to_send(&mut rt.sockets, a, name), Err(Stop::Failed(Errno::EBADF)));
    assert_eq!(receive(&mut rt, b), Ok(Vec::new()));
    assert_eq!(others.len(), 3);
}

fn a_child_sends_handles_to_its_parent_and_has_none_of_those_that_its_parent_has_met() {
    for kind in KINDS {
        let before = descriptors();
        let (mut rt, pipe) = with_pipe(kind);
        let child = start(&mut rt, Some(pipe), |rt| {
            let null = fd::dev_null().unwrap();
            for data in ["first", "second"] {
                let name = rt.fd_passing.begin(fd::number(&null), data.as_bytes()).unwrap();
                assert_eq!(rt.fd_passing.send(&rt.core, &mut rt.pipes, pipe, name), Ok(()));
                rt.fd_passing.end(name);
            }
            assert_eq!(alone::pipes::write_all(rt, pipe, b"end"), Ok(3));
        });
        reap(&mut rt, child);
        assert_eq!(read(&mut rt, pipe), Err(PipeStop::Handle));
        let other = start(&mut rt, None, |rt| {
            assert!(first(rt, Place::Pipe(pipe)).is_none());
        });
        reap(&mut rt, other);
        for data in ["first", "second"] {
            assert_eq!(hold(&mut rt, pipe), Ok(()));
            assert_eq!(first(&mut rt, Place::Pipe(pipe)).unwrap().data(), Ok(data.as_bytes()));
            let number = first(&mut rt, Place::Pipe(pipe)).unwrap().number();
            give_away(&mut rt, Place::Pipe(pipe));
            nix::unistd::close(number).unwrap();
        }
        assert_eq!(read(&mut rt, pipe), found("end"));
        assert_eq!(hold(&mut rt, pipe), Err(PipeStop::Refused(Refused::Ended)));
        drop(rt);
        assert_eq!(descriptors(), before);
    }
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        what_is_sent_arrives_in_its_order_whatever_is_asked_for,
        whatever_fails_before_a_handle_is_taken_leaves_it_where_it_is,
        a_handle_that_waits_is_not_the_one_that_is_closed_meanwhile,
        a_child_sends_handles_to_its_parent_and_has_none_of_those_that_its_parent_has_met,
    ])
}
