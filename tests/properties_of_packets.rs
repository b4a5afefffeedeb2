//! Packets and lines are found as they were sent, however the bytes come, and whatever else is received in between.
#![cfg(test)]

mod alone;

use alone::random::for_all;
use proptest::prelude::*;
use std::process::ExitCode;
use swoole_process::os::socket::Spec;
use swoole_process::os::spare::Spare;
use swoole_process::rt::core::handles::SocketToken;
use swoole_process::rt::runtime::Runtime;
use swoole_process::rt::socket::protocol::{Framing, LengthField, LengthFormat, Protocol, line};
use swoole_process::rt::socket::{Attempt, Next, Stop};

const STREAM: Spec = Spec { domain: libc::AF_UNIX, kind: libc::SOCK_STREAM, protocol: 0 };

/// The length of the longest packet.
const MOST: usize = 24;

/// How packets are told apart, in few enough ways that they meet each other's bytes.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Whatever,
    Eof(&'static [u8]),
    Length,
    Mqtt,
    Told,
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Whatever),
        Just(Kind::Eof(b"\n")),
        Just(Kind::Eof(b"\r\n")),
        Just(Kind::Eof(b"aab")),
        Just(Kind::Length),
        Just(Kind::Mqtt),
        Just(Kind::Told),
    ]
}

impl Kind {
    fn protocol(self) -> Protocol {
        let framing = match self {
            Kind::Whatever => Framing::None,
            Kind::Eof(eof) => Framing::Eof(eof.to_vec()),
            Kind::Length => {
                let format = LengthFormat::of(b'n').unwrap();
                Framing::Length(LengthField { offset: 1, format, body_offset: 3 })
            }
            Kind::Mqtt => Framing::Mqtt,
            Kind::Told => Framing::Callback,
        };
        Protocol { framing, max_length: MOST }
    }

    /// What comes next when all of `bytes` has come, found in the simplest way; `None` when more has to come.
    fn next(self, bytes: &[u8]) -> Option<Next> {
        let check = |len: usize| match len {
            len if len > MOST => Some(Next::TooLong),
            len => (len <= bytes.len()).then_some(Next::Packet(len)),
        };
        match self {
            Kind::Whatever => (!bytes.is_empty()).then_some(Next::Packet(bytes.len().min(MOST))),
            Kind::Eof(eof) => match bytes.windows(eof.len()).position(|window| window == eof) {
                Some(at) => check(at + eof.len()),
                None => (bytes.len() >= MOST).then_some(Next::TooLong),
            },
            Kind::Length => {
                let number = bytes.get(1..3)?;
                check(3 + usize::from(u16::from_be_bytes([number[0], number[1]])))
            }
            // No byte that is sent begins a number of two.
            Kind::Mqtt => check(2 + usize::from(*bytes.get(1)?)),
            Kind::Told => check(tell(bytes).filter(|&len| len > 0)?),
        }
    }
}

/// As a script may tell the length: nought when it needs the second byte. `None` when nothing has come.
fn tell(bytes: &[u8]) -> Option<usize> {
    bytes.first().map(|_| bytes.get(1).map_or(0, |byte| usize::from(byte % 32) + 1))
}

#[derive(Clone, Debug)]
enum Action {
    Send(Vec<u8>),
    Protocol(Kind),
    Packet,
    Line(usize),
    Bytes(usize),
    Receive(usize),
    Peek(usize),
}

/// Bytes that are often ends, or small numbers.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'a'), Just(b'b'), 0..30_u8], 1..20)
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let size = || prop_oneof![1..6_usize, 1..100_usize];
    let action = prop_oneof![
        4 => bytes().prop_map(Action::Send),
        1 => kinds().prop_map(Action::Protocol),
        4 => Just(Action::Packet),
        2 => size().prop_map(Action::Line),
        1 => size().prop_map(Action::Bytes),
        1 => size().prop_map(Action::Receive),
        1 => size().prop_map(Action::Peek),
    ];
    prop::collection::vec(action, 1..60)
}

/// Two sockets, and what was sent by one and not taken from the other.
struct Connection {
    rt: Runtime,
    sockets: [SocketToken; 2],
    there: Vec<u8>,
    kind: Kind,
}

impl Connection {
    fn new() -> Connection {
        let mut rt = Runtime::default();
        let sockets = rt.sockets.open_pair(STREAM).unwrap();
        let mut connection = Connection { rt, sockets, there: Vec::new(), kind: Kind::Whatever };
        connection.set_protocol(Kind::Whatever);
        connection
    }

    fn send(&mut self, bytes: &[u8]) {
        let socket = self.rt.sockets.get(self.sockets[0]).unwrap();
        assert_eq!(socket.send(bytes), Ok(bytes.len()));
        self.there.extend_from_slice(bytes);
    }

    fn set_protocol(&mut self, kind: Kind) {
        self.rt.sockets.get(self.sockets[1]).unwrap().set_protocol(kind.protocol());
        self.kind = kind;
    }

    /// The next packet, whose length is told when it is asked for.
    fn next_packet(&mut self) -> Attempt<Next> {
        loop {
            match self.rt.sockets.next_packet(&self.rt.core, self.sockets[1])? {
                Next::Ask => {
                    let socket = self.rt.sockets.get(self.sockets[1]).unwrap();
                    let len = tell(socket.received()).unwrap();
                    socket.tell_length(len);
                }
                next => return Ok(next),
            }
        }
    }

    /// Takes the first `len` bytes that were received, which are those that were sent first.
    fn take(&mut self, len: usize) -> Result<Vec<u8>, TestCaseError> {
        let mut buffer = vec![0xAA; len];
        let socket = self.rt.sockets.get(self.sockets[1]).unwrap();
        prop_assert_eq!(socket.take(Spare::from(buffer.as_mut_slice())), len);
        self.compare(buffer)
    }

    fn compare(&mut self, taken: Vec<u8>) -> Result<Vec<u8>, TestCaseError> {
        prop_assert!(taken.len() <= self.there.len());
        let sent: Vec<u8> = self.there.drain(..taken.len()).collect();
        prop_assert_eq!(&taken, &sent);
        Ok(taken)
    }

    fn run(&mut self, action: Action) -> Result<(), TestCaseError> {
        match action {
            Action::Send(bytes) => self.send(&bytes),
            Action::Protocol(kind) => self.set_protocol(kind),
            Action::Packet => {
                let expected = self.kind.next(&self.there);
                match self.next_packet() {
                    // The kernel may have more than was received so far.
                    Ok(Next::Packet(len)) if matches!(self.kind, Kind::Whatever) => {
                        prop_assert!((1..=MOST).contains(&len));
                        self.take(len)?;
                    }
                    Ok(next) => {
                        prop_assert_eq!(Some(next), expected);
                        if let Next::Packet(len) = next {
                            self.take(len)?;
                        }
                    }
                    stop => {
                        prop_assert_eq!(stop, Err(Stop::Again));
                        prop_assert_eq!(expected, None);
                    }
                }
            }
            Action::Line(most) => {
                let expected = line(&self.there, 0, most);
                let found = self.rt.sockets.next_line(self.sockets[1], most);
                prop_assert_eq!(found, expected.ok_or(Stop::Again));
                if let Ok(len) = found {
                    self.take(len)?;
                }
            }
            Action::Bytes(most) => match self.rt.sockets.next_bytes(self.sockets[1], most) {
                Ok(len) => {
                    prop_assert!((1..=most).contains(&len));
                    self.take(len)?;
                }
                stop => {
                    prop_assert_eq!(stop, Err(Stop::Again));
                    prop_assert!(self.there.is_empty());
                }
            },
            Action::Receive(most) | Action::Peek(most) => {
                let peeks = matches!(action, Action::Peek(_));
                let mut buffer = vec![0xAA; most];
                let socket = self.rt.sockets.get(self.sockets[1]).unwrap();
                let room = Spare::from(buffer.as_mut_slice());
                let received =
                    if peeks { socket.peek(room) } else { socket.receive(room).map(|received| received.len) };
                match received {
                    Ok(len) => {
                        prop_assert!((1..=most).contains(&len));
                        buffer.truncate(len);
                        let taken = self.compare(buffer)?;
                        if peeks {
                            self.there.splice(..0, taken);
                        }
                    }
                    stop => {
                        prop_assert_eq!(stop, Err(Stop::Again));
                        prop_assert!(self.there.is_empty());
                    }
                }
            }
        }
        Ok(())
    }
}

fn calls_in_any_order_find_what_is_there_and_lose_nothing() {
    for_all(1500, actions(), |actions| {
        let mut connection = Connection::new();
        for action in actions {
            connection.run(action)?;
        }
        // The other side ends: what is left comes first, then the end.
        let sender = connection.sockets[0];
        connection.rt.sockets.close(&mut connection.rt.core, sender).unwrap();
        connection.set_protocol(Kind::Whatever);
        while !connection.there.is_empty() {
            connection.run(Action::Packet)?;
        }
        prop_assert_eq!(connection.next_packet(), Ok(Next::End));
        Ok(())
    });
}

fn packets_come_as_they_were_sent_wherever_they_are_split() {
    let bodies = prop::collection::vec(prop::collection::vec(b'c'..b'z', 0..10), 1..30);
    let cuts = prop::collection::vec(1..12_usize, 1..20);
    for_all(500, (bodies, cuts, kinds()), |(bodies, cuts, kind)| {
        let packets: Vec<Vec<u8>> = bodies
            .into_iter()
            .map(|body| match kind {
                Kind::Eof(eof) => [&body, eof].concat(),
                Kind::Length => {
                    [&[b'#'][..], &u16::try_from(body.len()).unwrap().to_be_bytes(), &body].concat()
                }
                Kind::Mqtt => [&[b'#', u8::try_from(body.len()).unwrap()][..], &body].concat(),
                Kind::Told => [&[b'#', u8::try_from(body.len() + 1).unwrap()][..], &body].concat(),
                // Any bytes are a packet.
                Kind::Whatever => body,
            })
            .collect();
        let stream = packets.concat();
        let mut connection = Connection::new();
        connection.set_protocol(kind);
        let (mut found, mut rest, mut cuts) = (Vec::new(), stream.as_slice(), cuts.into_iter().cycle());
        while !rest.is_empty() {
            let (piece, more) = rest.split_at(cuts.next().unwrap().min(rest.len()));
            connection.send(piece);
            rest = more;
            loop {
                match connection.next_packet() {
                    Ok(Next::Packet(len)) => found.push(connection.take(len)?),
                    stop => {
                        prop_assert_eq!(stop, Err(Stop::Again));
                        break;
                    }
                }
            }
        }
        if matches!(kind, Kind::Whatever) {
            prop_assert_eq!(found.concat(), stream);
        } else {
            prop_assert_eq!(found, packets);
        }
        Ok(())
    });
}

fn lines_of_any_length_come_whole_or_in_pieces() {
    let lines = prop::collection::vec(prop::collection::vec(b'c'..b'z', 0..40), 1..20);
    let cuts = prop::collection::vec(1..50_usize, 1..20);
    for_all(500, (lines, cuts, prop::collection::vec(1..50_usize, 1..10)), |(lines, cuts, limits)| {
        let stream: Vec<u8> = lines.iter().flat_map(|line| line.iter().copied().chain([b'\n'])).collect();
        let mut connection = Connection::new();
        let (mut rest, mut cuts, mut limits) =
            (stream.as_slice(), cuts.into_iter().cycle(), limits.into_iter().cycle());
        while !rest.is_empty() {
            let (piece, more) = rest.split_at(cuts.next().unwrap().min(rest.len()));
            connection.send(piece);
            rest = more;
            // The limit is another one each time, as a script may say.
            for _ in 0..3 {
                connection.run(Action::Line(limits.next().unwrap()))?;
            }
        }
        while !connection.there.is_empty() {
            connection.run(Action::Line(limits.next().unwrap()))?;
        }
        Ok(())
    });
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        calls_in_any_order_find_what_is_there_and_lose_nothing,
        packets_come_as_they_were_sent_wherever_they_are_split,
        lines_of_any_length_come_whole_or_in_pieces,
    ])
}
