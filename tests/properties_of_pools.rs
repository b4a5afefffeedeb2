//! What comes to the workers of a pool from outside is taken for what it is, whatever it is: packets of anybody who has
//! their socket, with or without descriptors, requests of clients, messages of other programs in the queue.
#![cfg(test)]

mod alone;

use alone::leaks_nothing;
use alone::random::for_all;
use nix::sched::{CloneFlags, unshare};
use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::sys::socket::{ControlMessage, MsgFlags, sendmsg};
use proptest::prelude::*;
use std::fs::File;
use std::io::{IoSlice, Read, Write};
use std::net::Shutdown;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::ExitCode;
use swoole_process::os::msgq::Wait;
use swoole_process::os::process::{self, End, WaitMode};
use swoole_process::os::{Errno, pipe, system};
use swoole_process::rt::core::handles::PoolToken;
use swoole_process::rt::handle::Mark;
use swoole_process::rt::pool::inbox::{INLINE, Inbox, Outgoing};
use swoole_process::rt::pool::server::{Place, Progress, Server};
use swoole_process::rt::pool::{ForkResult, Ipc, NewWorker, Plan, RecvError, StopDelivery};
use swoole_process::rt::process::queue::{Outbox, Queue, Take};
use swoole_process::rt::runtime::Runtime;
use swoole_process::rt::supervisor::Spec;

const SIGTERM: i32 = 15;

/// A descriptor that somebody sends with a packet.
#[derive(Clone, Debug)]
enum Sent {
    /// A file in memory with this text.
    File(Vec<u8>),
    /// A file with a hole, larger than any memory.
    Huge,
    Pipe,
    Socket,
    Device,
    Folder,
}

fn sent() -> impl Strategy<Value = Sent> {
    let text = prop::collection::vec(any::<u8>(), 0..3000);
    prop_oneof![
        3 => text.prop_map(Sent::File),
        1 => Just(Sent::Huge),
        1 => Just(Sent::Pipe),
        1 => Just(Sent::Socket),
        1 => Just(Sent::Device),
        1 => Just(Sent::Folder),
    ]
}

impl Sent {
    fn open(&self) -> OwnedFd {
        let file = |text: &[u8]| {
            let mut file = File::from(memfd_create(c"sent", MFdFlags::MFD_CLOEXEC).unwrap());
            file.write_all(text).unwrap();
            file
        };
        match self {
            Sent::File(text) => file(text).into(),
            Sent::Huge => {
                let file = file(b"");
                file.set_len(1 << 60).unwrap();
                file.into()
            }
            Sent::Pipe => std::io::pipe().unwrap().0.into(),
            Sent::Socket => UnixStream::pair().unwrap().0.into(),
            Sent::Device => File::open("/dev/zero").unwrap().into(),
            Sent::Folder => File::open("/").unwrap().into(),
        }
    }

    /// What a worker finds in it, behind what is in the packet; an error when it can be none.
    fn content(&self) -> Result<&[u8], Errno> {
        match self {
            Sent::File(text) => Ok(text),
            Sent::Huge => Err(Errno::ENOMEM),
            Sent::Pipe | Sent::Socket | Sent::Device => Ok(b""),
            // What a folder tells as its size is that of no text.
            Sent::Folder if std::fs::metadata("/").unwrap().len() > 0 => Err(Errno::EISDIR),
            Sent::Folder => Ok(b""),
        }
    }
}

fn a_packet_of_anybody_is_a_message_or_none_and_keeps_no_descriptor() {
    let packet = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..2000),
        (INLINE - 2..INLINE + 2).prop_map(|len| vec![7; len]),
    ];
    // What is none of these is a handle.
    let packet = packet.prop_filter("a handle", |packet| !matches!(packet[..], [0xfd | 0xfe]));
    let descriptors = prop_oneof![prop::collection::vec(sent(), 0..2), prop::collection::vec(sent(), 0..6)];
    for_all(400, (packet, descriptors, any::<bool>()), |(packet, descriptors, bus)| {
        let (worker, stranger) = pipe::pair(pipe::Kind::Message).unwrap();
        let mut inbox = Inbox::with_room(INLINE).unwrap();
        leaks_nothing(|| {
            let open: Vec<OwnedFd> = descriptors.iter().map(Sent::open).collect();
            let numbers: Vec<i32> = open.iter().map(AsRawFd::as_raw_fd).collect();
            let rights = [ControlMessage::ScmRights(&numbers)];
            let controls = if numbers.is_empty() { &rights[..0] } else { &rights[..] };
            let number = stranger.as_raw_fd();
            sendmsg::<()>(number, &[IoSlice::new(&packet)], controls, MsgFlags::empty(), None).unwrap();
            Outgoing::new(b"next", bus).unwrap().send(stranger.as_fd()).unwrap();
            drop(open);

            // The first descriptor is that of the rest; on the bus alone there are any.
            let rest = descriptors.first().filter(|_| bus);
            let content = rest.map_or(Ok(&b""[..]), Sent::content);
            prop_assert_eq!(
                inbox.receive(worker.as_fd(), bus, &Mark::random(), pipe::Wait::Never),
                Ok(packet.len())
            );
            let head = &packet[..packet.len().min(INLINE)];
            if content == Err(Errno::ENOMEM) {
                prop_assert_eq!(inbox.len(), (1 << 60) + head.len());
            } else {
                let mut target = vec![0; inbox.len()];
                let taken = inbox.take(&mut target);
                prop_assert_eq!(taken, content.map(|content| head.len() + content.len()));
                if let Ok(content) = content {
                    prop_assert!(target == [head, content].concat(), "the bytes differ");
                }
            }
            // Whatever that was, the next one is read as it is.
            prop_assert_eq!(inbox.receive(worker.as_fd(), bus, &Mark::random(), pipe::Wait::Never), Ok(4));
            let mut target = vec![0; inbox.len()];
            prop_assert_eq!((inbox.take(&mut target), target), (Ok(4), b"next".to_vec()));
            prop_assert_eq!(
                inbox.receive(worker.as_fd(), bus, &Mark::random(), pipe::Wait::Never),
                Err(Errno::EAGAIN)
            );
            Ok(())
        })
    });
}

fn a_rest_that_is_cut_between_packet_and_copy_is_an_error() {
    let lengths = (0..3000_usize, 1..3000_usize, 0..3000_usize);
    for_all(200, lengths, |(head, len, left)| {
        let (worker, stranger) = pipe::pair(pipe::Kind::Message).unwrap();
        let mut file = File::from(memfd_create(c"sent", MFdFlags::MFD_CLOEXEC).unwrap());
        file.write_all(&vec![7; len]).unwrap();
        let numbers = [file.as_raw_fd()];
        let rights = [ControlMessage::ScmRights(&numbers)];
        let text = vec![6; head];
        sendmsg::<()>(stranger.as_raw_fd(), &[IoSlice::new(&text)], &rights, MsgFlags::empty(), None)
            .unwrap();
        let mut inbox = Inbox::with_room(INLINE).unwrap();
        prop_assert_eq!(inbox.receive(worker.as_fd(), true, &Mark::random(), pipe::Wait::Never), Ok(head));
        prop_assert_eq!(inbox.len(), head + len);
        // Longer than it was changes nothing, shorter ends the message.
        file.set_len(left as u64).unwrap();
        let mut target = vec![0xAA; head + len];
        let whole = if left < len { Err(Errno::EIO) } else { Ok(head + len) };
        prop_assert_eq!(inbox.take(&mut target), whole);
        // Somebody has made less room than there is to be.
        prop_assert_eq!(inbox.take(&mut [0; 0]), if head == 0 { Ok(0) } else { Err(Errno::EINVAL) });
        Ok(())
    });
}

/// What a client sends: a request, cut off or longer or not, or anything.
fn request() -> impl Strategy<Value = Vec<u8>> {
    let well_formed = (prop::collection::vec(any::<u8>(), 0..300), -5..6_i64).prop_map(|(body, more)| {
        let told = u32::try_from((body.len() as i64 + more).max(0)).unwrap();
        [&told.to_be_bytes()[..], &body].concat()
    });
    prop_oneof![3 => well_formed, 1 => prop::collection::vec(any::<u8>(), 0..40)]
}

fn a_request_is_what_its_header_tells_however_it_comes() {
    let path = std::env::temp_dir().join(format!("requests-{}", process::pid()));
    let path = path.to_str().unwrap().to_owned();
    let server = Server::listen(&Place::Path(path.clone().into_bytes()), 5).unwrap();
    let cuts = prop::collection::vec(1..50_usize, 1..8);
    let most = prop_oneof![1..10_usize, 200..310_usize, Just(usize::MAX)];
    for_all(300, (request(), cuts, most, any::<bool>()), |(sent, cuts, most, stays)| {
        let mut there = UnixStream::connect(&path).unwrap();
        let mut client = server.accept().unwrap();
        // Something is there already.
        let mut body = b"before".to_vec();
        let told = sent.first_chunk::<4>().map(|header| u32::from_be_bytes(*header) as usize);
        let (mut rest, mut cuts, mut given) = (&sent[..], cuts.iter().cycle(), 0);
        let last = loop {
            let piece;
            (piece, rest) = rest.split_at((*cuts.next().unwrap()).min(rest.len()));
            there.write_all(piece).unwrap();
            given += piece.len();
            if rest.is_empty() && !stays {
                there.shutdown(Shutdown::Write).unwrap();
            }
            let progress = client.receive(&mut body, most.min(1_000_000));
            let is_over = given < 4 || told.is_some_and(|told| given < 4 + told);
            let expected = match told {
                Some(told) if given >= 4 && !(1..=most.min(1_000_000)).contains(&told) => Progress::Gone,
                _ if !is_over => Progress::Done,
                _ if rest.is_empty() && !stays => Progress::Gone,
                _ => Progress::Waits(pipe::Half::Read),
            };
            prop_assert_eq!(progress, Ok(expected));
            if expected != Progress::Waits(pipe::Half::Read) || rest.is_empty() {
                break expected;
            }
        };
        prop_assert!(body.len() <= most.clamp(6, 1_000_000), "{} bytes", body.len());
        if last == Progress::Done {
            let told = told.unwrap();
            prop_assert_eq!((client.request_len(), &body[..told]), (told, &sent[4..4 + told]));
            // An answer has its own header, whatever the client has sent behind its request.
            prop_assert!(client.answer(b"an").is_ok() && client.answer(b"swer").is_ok());
            prop_assert_eq!(client.send_answer(), Ok(Progress::Done));
            let mut answer = [0; 10];
            there.read_exact(&mut answer).unwrap();
            prop_assert_eq!(&answer, b"\0\0\0\x06answer");
        }
        Ok(())
    });
}

/// What a worker of a pool gets of messages that other programs have put into its queue: exactly these, in their order, and
/// then none.
fn gets_all(rt: &mut Runtime, token: PoolToken, texts: &[(i64, Vec<u8>)]) -> bool {
    let all = texts.iter().all(|(_, text)| {
        let came = rt.pools.next_message(&mut rt.core, &mut rt.pipes, token);
        let mut target = vec![0; rt.pools.inbox().len()];
        came == Ok(()) && rt.pools.inbox().take(&mut target) == Ok(text.len()) && target == *text
    });
    process::kill(process::pid(), SIGTERM).unwrap();
    all && rt.pools.next_message(&mut rt.core, &mut rt.pipes, token) == Err(RecvError::Exit)
}

fn a_message_of_any_program_in_the_queue_of_a_pool_is_handled_whatever_its_type_and_size() {
    // With limits of its own this process can send what is larger than most systems allow.
    if unshare(CloneFlags::CLONE_NEWIPC).is_ok() {
        for (name, bytes) in [("msgmax", "300000"), ("msgmnb", "1000000")] {
            // Refused where /proc/sys can only be read.
            let _ = std::fs::write(format!("/proc/sys/kernel/{name}"), bytes);
        }
    }
    let limit = |name: &str| usize::try_from(system::limit(&format!("kernel/{name}")).unwrap()).unwrap();
    let (largest, room) = (limit("msgmax").min(300_000), limit("msgmnb"));
    let size = prop_oneof![0..100_usize, 0..=largest, Just(largest)];
    // The type is one more than this number.
    let number = prop_oneof![0..5_i64, any::<i64>(), Just(i64::MAX)];
    let texts = prop::collection::vec((number, size.prop_map(|size| vec![7; size])), 1..4);
    for_all(40, texts, |texts| {
        let mut rt = Runtime::default();
        let token = rt.pools.open();
        let (queue, _) = Queue::open(0, Take::Any, Wait::Never, None).unwrap();
        let mut all = 0;
        let texts: Vec<(i64, Vec<u8>)> = texts
            .into_iter()
            .take_while(|(_, text)| {
                all += text.len();
                all <= room
            })
            .collect();
        let plan = Plan {
            spec: Spec { workers: 1, ..Spec::default() },
            ipc: Ipc::Queue,
            handles: true,
            largest: 100,
            queue: Some((queue, true)),
            ..Plan::default()
        };
        rt.pools.start(&mut rt.core, &mut rt.pipes, token, plan, 1).unwrap();
        for (number, text) in &texts {
            let mut outbox = Outbox::with_capacity(text.len());
            prop_assert_eq!(queue.push(&mut rt.core, *number, text, &mut outbox), Ok(()));
        }
        match rt
            .fork_worker(
                token,
                NewWorker { number: 0, stop_delivery: StopDelivery::BetweenMessages, random: 1, at: 0 },
            )
            .unwrap()
        {
            ForkResult::Master { .. } => {}
            ForkResult::Worker => process::exit_now(i32::from(!gets_all(&mut rt, token, &texts))),
            ForkResult::Unable(failed) => panic!("{failed:?}"),
        }
        let end = rt.pipes.reap(WaitMode::Wait).unwrap().unwrap().end;
        rt.pools.close(&mut rt.core, &mut rt.pipes, token);
        prop_assert_eq!(end, End::Exited(0), "the worker has found something wrong");
        Ok(())
    });
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_packet_of_anybody_is_a_message_or_none_and_keeps_no_descriptor,
        a_rest_that_is_cut_between_packet_and_copy_is_an_error,
        a_request_is_what_its_header_tells_however_it_comes,
        a_message_of_any_program_in_the_queue_of_a_pool_is_handled_whatever_its_type_and_size,
    ])
}
