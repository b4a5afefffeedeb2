//! Handles and values among other data: nothing is lost, nothing changes places, and nothing stays open.
#![cfg(test)]

mod alone;

use alone::pipes::{KINDS, read, with_pipe};
use alone::random::for_all;
use alone::{descriptors, found, reap, start};
use proptest::prelude::*;
use std::collections::VecDeque;
use std::process::ExitCode;
use std::rc::Rc;
use swoole_process::os::fault::{Call, clear, plan};
use swoole_process::os::fd::{self, Access, FdKind};
use swoole_process::os::fd_passing;
use swoole_process::os::pipe::{self as os_pipe, Wait};
use swoole_process::os::socket::Spec;
use swoole_process::os::{Errno, memory};
use swoole_process::rt::core::child::{Child, Part};
use swoole_process::rt::core::handles::{PipeToken, SocketToken};
use swoole_process::rt::fd_passing::Place;
use swoole_process::rt::handle::{
    ArrivalKind, Handle, Outgoing, PACKET, ReceiveError, SURE_PART, packet_len,
};
use swoole_process::rt::process::pipe::{Kind, Side, Stop as PipeStop};
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
    rt.fd_passing.hold(&mut rt.core, &mut rt.pipes, &mut rt.sockets, pipe, ArrivalKind::Handle, None)
}

fn first(rt: &mut Runtime, place: Place) -> Option<&mut Handle> {
    rt.fd_passing.first(&mut rt.pipes, &mut rt.sockets, place)
}

fn give_away(rt: &mut Runtime, place: Place) {
    rt.fd_passing.give_away(&mut rt.pipes, &mut rt.sockets, place);
}

/// Receives a handle: its data.
fn receive(rt: &mut Runtime, socket: SocketToken) -> Result<Vec<u8>, Stop> {
    rt.fd_passing.try_to_hold(&mut rt.pipes, &mut rt.sockets, socket, ArrivalKind::Handle)?;
    let place = Place::Socket(socket);
    let handle = first(rt, place).unwrap();
    assert_eq!(handle.nature(), Ok(FdKind::File(Access::Both)));
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
                        Some(Sent::Handle(_)) => Err(Stop::Meets(ArrivalKind::Handle)),
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
                        Some(Sent::Handle(_)) => prop_assert_eq!(seen, Err(Stop::Meets(ArrivalKind::Handle))),
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
                        Some(Sent::Text(_)) => {
                            prop_assert_eq!(got, Err(Stop::Refused(ReceiveError::Data(ArrivalKind::Handle))))
                        }
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
        assert_eq!(read(&mut rt, pipe), Err(PipeStop::Meets(ArrivalKind::Handle)));
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
        assert_eq!(hold(&mut rt, pipe), Err(PipeStop::Refused(ReceiveError::Ended)));
        drop(rt);
        assert_eq!(descriptors(), before);
    }
}

fn a_worker_of_a_pool_has_none_of_the_handles_that_its_master_has_met() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        rt.pipes.get(pipe).unwrap().share_in_pool();
        send_null(&mut rt, pipe);
        assert_eq!(hold(&mut rt, pipe), Ok(()));
        rt.pipes.get(pipe).unwrap().become_pool_worker();
        assert!(first(&mut rt, Place::Pipe(pipe)).is_none());
    }
}

/// Sends a value from the other side of a pipe.
fn send_value(rt: &mut Runtime, pipe: PipeToken, text: &[u8]) -> Result<(), Errno> {
    let pipe = rt.pipes.get(pipe).unwrap();
    let value = if packet_len(text) > PACKET {
        Outgoing::long(b'x', text)?
    } else {
        let end = (pipe.kind() == Kind::Stream).then(|| Rc::new(fd::dev_null().unwrap()));
        Outgoing::short(&pipe.mark(), b'x', text, end)?
    };
    value.send(pipe.descriptor(Side::Worker).unwrap())
}

/// Sends /dev/null from the other side of a pipe.
fn send_null(rt: &mut Runtime, pipe: PipeToken) {
    let null = fd::dev_null().unwrap();
    let handle = Outgoing::new(fd::number(&null), b"").unwrap();
    handle.send(rt.pipes.get(pipe).unwrap().descriptor(Side::Worker).unwrap()).unwrap();
}

/// Receives a value without waiting: its text.
fn receive_value(rt: &mut Runtime, pipe: PipeToken) -> Result<Vec<u8>, PipeStop> {
    let now = Some(std::time::Instant::now());
    rt.fd_passing.hold(&mut rt.core, &mut rt.pipes, &mut rt.sockets, pipe, ArrivalKind::Value, now)?;
    let place = Place::Pipe(pipe);
    let value = rt.fd_passing.first_value(&mut rt.pipes, &mut rt.sockets, place).unwrap();
    let (form, len) = value.head().map_err(PipeStop::Failed)?;
    let mut text = vec![0; len];
    let taken = value.take(&mut text).map_err(PipeStop::Failed)?;
    rt.fd_passing.drop_value(&mut rt.pipes, &mut rt.sockets, place);
    assert_eq!((form, taken), (b'x', text.len()));
    Ok(text)
}

/// As `receive_value`, by the copy for coroutines.
fn receive_by_copy(rt: &mut Runtime, socket: SocketToken) -> Result<Vec<u8>, Stop> {
    rt.fd_passing.try_to_hold(&mut rt.pipes, &mut rt.sockets, socket, ArrivalKind::Value)?;
    let place = Place::Socket(socket);
    let value = rt.fd_passing.first_value(&mut rt.pipes, &mut rt.sockets, place).unwrap();
    let (_, len) = value.head().map_err(Stop::Failed)?;
    let mut text = vec![0; len];
    value.take(&mut text).map_err(Stop::Failed)?;
    rt.fd_passing.drop_value(&mut rt.pipes, &mut rt.sockets, place);
    Ok(text)
}

/// Whether the pipe, or its copy, has met something. Each of both does not see what the other has met when it reads text.
fn holds(rt: &mut Runtime, pipe: PipeToken) -> bool {
    let place = Place::Pipe(pipe);
    first(rt, place).is_some() || rt.fd_passing.first_value(&mut rt.pipes, &mut rt.sockets, place).is_some()
}

fn the_largest_packet_that_fits_is_one_part_of_a_stream() {
    for buffer in [1, 8192, 20_000, 32_768, 100_000, 8 << 20] {
        let mut rt = Runtime::default();
        rt.pipes.set_default_buffer_size(buffer);
        let pipe = rt.pipes.open(Kind::Stream).unwrap();
        let (mut fits, mut fits_not) = (SURE_PART, PACKET + 1);
        assert_eq!(rt.pipes.get(pipe).unwrap().takes_in_one_part(fits), Ok(true));
        while fits + 1 < fits_not {
            let len = usize::midpoint(fits, fits_not);
            if rt.pipes.get(pipe).unwrap().takes_in_one_part(len) == Ok(true) {
                fits = len;
            } else {
                fits_not = len;
            }
        }
        let text = vec![b'x'; fits - packet_len(b"")];
        for _ in 0..2 {
            send_value(&mut rt, pipe, &text).unwrap();
            let end = rt.pipes.get(pipe).unwrap().descriptor(Side::Master).unwrap();
            let mut packet = vec![0; PACKET + 1];
            assert_eq!(os_pipe::receive_part(Kind::Stream, end, &mut packet, Wait::Never), Ok(fits));
            send_value(&mut rt, pipe, &text).unwrap();
            assert_eq!(receive_value(&mut rt, pipe).as_ref(), Ok(&text));
        }
    }
}

fn a_value_on_a_stream_needs_a_descriptor_once() {
    let (mut rt, pipe) = with_pipe(Kind::Stream);
    let before = descriptors();
    let begin = |rt: &mut Runtime, text: &[u8]| rt.fd_passing.begin_value(&mut rt.pipes, pipe, b'x', text);
    plan(Call::MemfdCreate, 1, Errno::EMFILE, 1);
    assert_eq!(begin(&mut rt, b"text").err(), Some(Errno::EMFILE));
    plan(Call::Malloc, 1, Errno::ENOMEM, 1);
    assert_eq!(begin(&mut rt, b"text").err(), Some(Errno::ENOMEM));
    plan(Call::Getsockopt, 1, Errno::ENOBUFS, 1);
    assert_eq!(begin(&mut rt, &[b'x'; 3000]).err(), Some(Errno::ENOBUFS));
    // A long value has a file of its own, which is closed again.
    for text in [b"text".as_slice(), &[b'x'; PACKET], b"more"] {
        let name = begin(&mut rt, text).unwrap();
        rt.fd_passing.end(name);
        assert_eq!(descriptors().len(), before.len() + 1);
    }
    rt.fd_passing.in_child(Child::Foreign);
    assert_eq!(descriptors(), before);
    clear();
}

/// What is done to the pipe of a process.
#[derive(Clone, Debug)]
enum Act {
    Text(Vec<u8>),
    /// As many bytes of the mark, and another one.
    BeginningOfMark(usize),
    Value(usize),
    Handle,
    Read(usize),
    ReadByCopy(usize),
    Receive,
    ReceiveByCopy,
    ReceiveHandle,
}

fn act() -> impl Strategy<Value = Act> {
    let room = || prop_oneof![1..9_usize, 9..60_usize, Just(8192)];
    let byte = || prop_oneof![Just(0xfc_u8), Just(0xfd), Just(0xfe), any::<u8>()];
    prop_oneof![
        prop::collection::vec(byte(), 1..6).prop_map(Act::Text),
        (1..16_usize).prop_map(Act::BeginningOfMark),
        prop_oneof![0..40_usize, PACKET - 30..PACKET, 60_000..70_000_usize].prop_map(Act::Value),
        Just(Act::Handle),
        room().prop_map(Act::Read),
        room().prop_map(Act::ReadByCopy),
        Just(Act::Receive),
        Just(Act::ReceiveByCopy),
        Just(Act::ReceiveHandle),
    ]
}

/// What is on its way through a pipe.
#[derive(Debug)]
enum Way {
    Text(VecDeque<u8>),
    Value(Vec<u8>),
    Handle,
}

/// Takes up to `most` bytes of the text that comes first; what comes instead, or nothing, is the error.
fn expected_text(
    queue: &mut VecDeque<Way>,
    most: usize,
    is_stream: bool,
) -> Result<Vec<u8>, Option<ArrivalKind>> {
    let text = match queue.front_mut() {
        None => return Err(None),
        Some(Way::Handle) => return Err(Some(ArrivalKind::Handle)),
        Some(Way::Value(_)) => return Err(Some(ArrivalKind::Value)),
        Some(Way::Text(text)) => text.drain(..most.min(text.len())).collect(),
    };
    // The rest of a message is cut.
    if matches!(queue.front(), Some(Way::Text(rest)) if !is_stream || rest.is_empty()) {
        queue.pop_front();
    }
    Ok(text)
}

fn values_arrive_whole_and_in_their_order_whatever_is_asked_for() {
    let before = descriptors();
    let acts = prop::collection::vec(act(), 1..40);
    for_all(400, (0..KINDS.len(), acts), |(kind, acts)| {
        let is_stream = KINDS[kind] == Kind::Stream;
        let (mut rt, pipe) = with_pipe(KINDS[kind]);
        rt.pipes.get(pipe).unwrap().set_blocking(false);
        let copy = rt.sockets.export(&mut rt.pipes, pipe).unwrap();
        let mut queue: VecDeque<Way> = VecDeque::new();
        for (number, act) in acts.into_iter().enumerate() {
            let mark = rt.pipes.get(pipe).unwrap().mark();
            let act = match act {
                Act::BeginningOfMark(len) => {
                    // What follows must not complete the mark.
                    Act::Text([&mark.bytes()[..len], &[!mark.bytes()[len]]].concat())
                }
                act => act,
            };
            match act {
                Act::BeginningOfMark(_) => unreachable!(),
                Act::Text(text) => {
                    let end = rt.pipes.get(pipe).unwrap().descriptor(Side::Worker).unwrap();
                    prop_assert_eq!(os_pipe::send(end, &text, Wait::Never), Ok(text.len()));
                    match queue.back_mut() {
                        Some(Way::Text(last)) if is_stream => last.extend(text),
                        _ => queue.push_back(Way::Text(text.into())),
                    }
                }
                Act::Value(len) => {
                    let text = vec![u8::try_from(number).unwrap(); len];
                    match send_value(&mut rt, pipe, &text) {
                        Ok(()) => queue.push_back(Way::Value(text)),
                        // Full.
                        Err(errno) => prop_assert_eq!(errno, Errno::EAGAIN),
                    }
                }
                Act::Handle => {
                    send_null(&mut rt, pipe);
                    queue.push_back(Way::Handle);
                }
                Act::Read(most) => {
                    if holds(&mut rt, pipe) {
                        continue;
                    }
                    let expected = expected_text(&mut queue, most, is_stream);
                    let expected =
                        expected.map_err(|comes| comes.map_or(PipeStop::WouldBlock, PipeStop::Meets));
                    let mut buffer = vec![0; rt.pipes.get(pipe).unwrap().room(most)];
                    let read = rt.read_up_to(pipe, &mut buffer, most);
                    prop_assert_eq!(read.map(|received| buffer[..received.len].to_vec()), expected);
                }
                Act::ReadByCopy(most) => {
                    if holds(&mut rt, pipe) {
                        continue;
                    }
                    let expected = expected_text(&mut queue, most, is_stream);
                    let expected = expected.map_err(|comes| comes.map_or(Stop::Again, Stop::Meets));
                    prop_assert_eq!(receive_text(&mut rt, copy, most), expected);
                }
                Act::Receive | Act::ReceiveByCopy => {
                    let by_copy = matches!(act, Act::ReceiveByCopy);
                    let expected = match queue.front() {
                        None => Err(None),
                        Some(Way::Value(text)) => Ok(text.clone()),
                        Some(Way::Text(_)) => Err(Some(ArrivalKind::Value)),
                        Some(Way::Handle) => Err(Some(ArrivalKind::Handle)),
                    };
                    let is_refused = if by_copy {
                        let got = receive_by_copy(&mut rt, copy);
                        match got {
                            Ok(text) => Ok(text),
                            Err(Stop::Again) => Err(None),
                            Err(
                                Stop::Refused(ReceiveError::Data(comes) | ReceiveError::Other(comes))
                                | Stop::Meets(comes),
                            ) => Err(Some(comes)),
                            Err(stop) => panic!("{stop:?}"),
                        }
                    } else {
                        match receive_value(&mut rt, pipe) {
                            Ok(text) => Ok(text),
                            Err(PipeStop::TimedOut) => Err(None),
                            Err(
                                PipeStop::Refused(ReceiveError::Data(comes) | ReceiveError::Other(comes))
                                | PipeStop::Meets(comes),
                            ) => Err(Some(comes)),
                            Err(stop) => panic!("{stop:?}"),
                        }
                    };
                    prop_assert_eq!(&is_refused, &expected);
                    if is_refused.is_ok() {
                        queue.pop_front();
                    }
                }
                Act::ReceiveHandle => {
                    let now = Some(std::time::Instant::now());
                    let held = rt.fd_passing.hold(
                        &mut rt.core,
                        &mut rt.pipes,
                        &mut rt.sockets,
                        pipe,
                        ArrivalKind::Handle,
                        now,
                    );
                    match queue.front() {
                        None => prop_assert_eq!(held, Err(PipeStop::TimedOut)),
                        Some(Way::Text(_)) => {
                            prop_assert_eq!(
                                held,
                                Err(PipeStop::Refused(ReceiveError::Data(ArrivalKind::Handle)))
                            )
                        }
                        Some(Way::Value(_)) => prop_assert!(matches!(
                            held,
                            Err(PipeStop::Meets(ArrivalKind::Value)
                                | PipeStop::Refused(ReceiveError::Other(ArrivalKind::Value)))
                        )),
                        Some(Way::Handle) => {
                            prop_assert_eq!(held, Ok(()));
                            let number = first(&mut rt, Place::Pipe(pipe)).unwrap().number();
                            give_away(&mut rt, Place::Pipe(pipe));
                            nix::unistd::close(number).unwrap();
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

fn whatever_fails_before_a_value_is_taken_leaves_it_where_it_is() {
    let before = descriptors();
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        for (text, calls) in [
            (b"short".to_vec(), [(Call::Recv, 1), (Call::Recv, 2), (Call::Poll, 1)]),
            (vec![b'l'; 50_000], [(Call::Recv, 3), (Call::Fstat, 1), (Call::Pread, 2)]),
        ] {
            for (call, nth) in calls {
                send_value(&mut rt, pipe, &text).unwrap();
                plan(call, nth, Errno::ENOMEM, 1);
                let failed = receive_value(&mut rt, pipe);
                clear();
                match failed {
                    Err(PipeStop::Refused(ReceiveError::Failed(errno)) | PipeStop::Failed(errno)) => {
                        assert_eq!(errno, Errno::ENOMEM);
                        assert_eq!(receive_value(&mut rt, pipe), Ok(text.clone()), "{call:?} {nth}");
                    }
                    // The call was not made.
                    whole => assert_eq!(whole, Ok(text.clone())),
                }
            }
            for call in [Call::Malloc, Call::MemfdCreate, Call::Write, Call::Send] {
                plan(call, 1, Errno::ENOMEM, 1);
                let sent = send_value(&mut rt, pipe, &text);
                clear();
                if sent.is_ok() {
                    assert_eq!(receive_value(&mut rt, pipe), Ok(text.clone()), "{call:?}");
                } else {
                    assert_eq!(sent, Err(Errno::ENOMEM));
                }
                assert_eq!(receive_value(&mut rt, pipe), Err(PipeStop::TimedOut));
            }
            // In a pipe, where a file may not be so large, and read in several parts.
            plan(Call::Write, 1, Errno::EFBIG, 1);
            let sent = send_value(&mut rt, pipe, &text);
            clear();
            assert_eq!(sent, Ok(()));
            plan(Call::Recv, 1, Errno::ECONNRESET, 1);
            assert_eq!(receive_value(&mut rt, pipe), Ok(text.clone()));
            clear();
        }
        drop(rt);
        assert_eq!(descriptors(), before);
    }
}

fn without_memory_a_read_that_meets_a_value_takes_nothing() {
    for kind in KINDS {
        for reads_copy in [false, true] {
            let (mut rt, pipe) = with_pipe(kind);
            rt.pipes.get(pipe).unwrap().set_blocking(false);
            let copy = rt.sockets.export(&mut rt.pipes, pipe).unwrap();
            let get = |rt: &mut Runtime| {
                if reads_copy {
                    receive_text(rt, copy, PACKET).map_err(|stop| format!("{stop:?}"))
                } else {
                    read(rt, pipe).map_err(|stop| format!("{stop:?}"))
                }
            };
            let mut failures = 0;
            for nth in 1..=3 {
                let end = rt.pipes.get(pipe).unwrap().descriptor(Side::Worker).unwrap();
                os_pipe::send(end, b"text", Wait::Never).unwrap();
                send_value(&mut rt, pipe, b"value").unwrap();
                plan(Call::Malloc, nth, Errno::ENOMEM, 1);
                let mut first = get(&mut rt);
                clear();
                if first.as_ref().is_err_and(|stop| stop.contains("ENOMEM")) {
                    failures += 1;
                    first = get(&mut rt);
                }
                assert_eq!(first, Ok(b"text".to_vec()));
                plan(Call::Malloc, nth, Errno::ENOMEM, 1);
                if get(&mut rt).is_err_and(|stop| stop.contains("ENOMEM")) {
                    failures += 1;
                    get(&mut rt).unwrap_err();
                }
                clear();
                let value = if reads_copy {
                    receive_by_copy(&mut rt, copy).unwrap()
                } else {
                    receive_value(&mut rt, pipe).unwrap()
                };
                assert_eq!(value, b"value");
            }
            assert!(failures > 0, "{kind:?}");
        }
    }
}

fn text_before_a_value_whose_rest_is_gone_arrives() {
    let (mut rt, pipe) = with_pipe(Kind::Stream);
    rt.pipes.get(pipe).unwrap().set_blocking(false);
    let null = fd::dev_null().unwrap();
    for taken in [&b""[..], b"..."] {
        let mark = rt.pipes.get(pipe).unwrap().mark();
        let end = rt.pipes.get(pipe).unwrap().descriptor(Side::Worker).unwrap();
        os_pipe::send(end, b"text", Wait::Never).unwrap();
        // As if another process had received the rest of the packet, after this one has received its head.
        let head = [mark.bytes().as_slice(), &5_u32.to_ne_bytes(), taken].concat();
        fd_passing::send(end, &head, &[fd::number(&null)]).unwrap();
        assert_eq!(read(&mut rt, pipe), Ok(b"text".to_vec()));
        assert_eq!(read(&mut rt, pipe), Err(PipeStop::Meets(ArrivalKind::Value)));
        assert_eq!(receive_value(&mut rt, pipe), Err(PipeStop::Failed(Errno::EBADMSG)));
        rt.fd_passing.drop_value(&mut rt.pipes, &mut rt.sockets, Place::Pipe(pipe));
        send_value(&mut rt, pipe, b"value").unwrap();
        assert_eq!(receive_value(&mut rt, pipe), Ok(b"value".to_vec()));
    }
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        what_is_sent_arrives_in_its_order_whatever_is_asked_for,
        whatever_fails_before_a_handle_is_taken_leaves_it_where_it_is,
        a_handle_that_waits_is_not_the_one_that_is_closed_meanwhile,
        a_child_sends_handles_to_its_parent_and_has_none_of_those_that_its_parent_has_met,
        a_worker_of_a_pool_has_none_of_the_handles_that_its_master_has_met,
        the_largest_packet_that_fits_is_one_part_of_a_stream,
        a_value_on_a_stream_needs_a_descriptor_once,
        values_arrive_whole_and_in_their_order_whatever_is_asked_for,
        whatever_fails_before_a_value_is_taken_leaves_it_where_it_is,
        without_memory_a_read_that_meets_a_value_takes_nothing,
        text_before_a_value_whose_rest_is_gone_arrives,
    ])
}
