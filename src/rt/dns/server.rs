//! Queries to a name server that the script has chosen (RFC 1035), instead of the system's servers. They block, so a
//! helper process sends them.

use crate::os::address::Address;
use crate::os::lookup::{self, LookupError};
use crate::os::pipe::{self, Half};
use crate::os::prepared_wait::prepare_wait;
use crate::os::socket::{self, Family, Spec};
use crate::os::socket::{AF_INET, AF_INET6};
use crate::os::{Errno, Result};
use crate::rt::core::clock::now;
use crate::rt::dns::answer::Answer;
use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, QTYPE, Question, RCODE, TYPE};
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

/// `domain`.
const PORT: u16 = 53;
/// The time limit of a query, and the number of attempts: those of the C library (resolv.conf(5)).
const PATIENCE: Duration = Duration::from_secs(5);
const ATTEMPTS: usize = 2;
/// The largest answer in bytes.
const LARGEST: usize = u16::MAX as usize;

/// A name server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server(SocketAddr);

impl Server {
    /// Parses the address of a server: `192.0.2.1`, `192.0.2.1:53`, `2001:db8::1` or `[2001:db8::1]:53`.
    pub fn parse(text: &str) -> Option<Server> {
        let whole = text.parse().or_else(|_| text.parse().map(|ip: IpAddr| SocketAddr::new(ip, PORT)));
        whole.ok().map(Server)
    }

    /// The addresses of a name in /etc/hosts, otherwise those from the server. `ETIMEDOUT` if the server does not
    /// answer.
    pub(super) fn addresses(self, name: &[u8], family: i32) -> Answer {
        let unknown = LookupError::Unknown(lookup::NO_NAME);
        let name = std::str::from_utf8(name).map_err(|_| unknown)?;
        let name = name.strip_suffix('.').unwrap_or(name);
        // Without the file the server is asked for all names.
        let known = listed(&lookup::hosts().unwrap_or_default(), name, family);
        if !known.is_empty() {
            return Ok(known);
        }
        let name = Name::new(name).map_err(|_| unknown)?;
        let kinds: &[TYPE] = match family {
            AF_INET => &[TYPE::A],
            AF_INET6 => &[TYPE::AAAA],
            _ => &[TYPE::A, TYPE::AAAA],
        };
        let questions =
            kinds.iter().map(|kind| Question::new(name.clone(), QTYPE::TYPE(*kind), CLASS::IN.into(), false));
        let answers: Vec<Answer> = questions.map(|question| self.ask_again(&question)).collect();
        let found: Vec<IpAddr> = answers.iter().flatten().flatten().copied().collect();
        if !found.is_empty() {
            return Ok(found);
        }
        answers.into_iter().next().unwrap_or(Err(unknown))
    }

    /// Sends the query until there is an answer, a limited number of times.
    fn ask_again(self, question: &Question<'_>) -> Answer {
        let mut failed = Errno::ETIMEDOUT;
        for _ in 0..ATTEMPTS {
            match self.ask(question) {
                Ok(answer) => return answer,
                Err(errno) => failed = errno,
            }
        }
        Err(match failed {
            Errno::ECONNREFUSED => LookupError::Unknown(lookup::AGAIN),
            errno => LookupError::Failed(errno),
        })
    }

    /// Sends the query once.
    fn ask(self, question: &Question<'_>) -> Result<Answer> {
        let deadline = now() + PATIENCE;
        // An attacker who does not see the query has to guess its number, and the port.
        let id = u16::from_ne_bytes(
            RandomState::new().hash_one(now()).to_ne_bytes().first_chunk().copied().unwrap_or_default(),
        );
        let mut packet = Packet::new_query(id);
        packet.set_flags(PacketFlag::RECURSION_DESIRED);
        packet.questions.push(question.clone());
        let Ok(text) = packet.build_bytes_vec() else {
            return Ok(Err(LookupError::Unknown(lookup::NO_NAME)));
        };
        let fd = self.open(false, deadline)?;
        socket::send(fd.as_fd(), &text)?;
        let mut buffer = vec![0; LARGEST];
        loop {
            let len = receive(&fd, &mut buffer, deadline)?;
            match read(buffer.get(..len).unwrap_or_default(), id, question) {
                Reply::Answer(answer) => return Ok(answer),
                Reply::Cut => break,
                Reply::Nothing => {}
            }
        }
        // An answer that does not fit into a datagram is requested through a stream, where its length precedes it.
        let fd = self.open(true, deadline)?;
        let len = u16::try_from(text.len()).map_err(|_| Errno::EMSGSIZE)?;
        socket::send(fd.as_fd(), &[&len.to_be_bytes()[..], &text].concat())?;
        let mut filled = 0;
        loop {
            let room = buffer.get_mut(filled..).filter(|room| !room.is_empty()).ok_or(Errno::EMSGSIZE)?;
            match receive(&fd, room, deadline)? {
                0 => return Err(Errno::ECONNRESET),
                len => filled += len,
            }
            let Some((len, rest)) = buffer.get(..filled).and_then(|buffer| buffer.split_first_chunk()) else {
                continue;
            };
            let Some(message) = rest.get(..usize::from(u16::from_be_bytes(*len))) else { continue };
            return match read(message, id, question) {
                Reply::Answer(answer) => Ok(answer),
                Reply::Cut | Reply::Nothing => Err(Errno::EBADMSG),
            };
        }
    }

    fn open(self, is_stream: bool, deadline: Instant) -> Result<OwnedFd> {
        let family = if self.0.is_ipv4() { Family::Inet } else { Family::Inet6 };
        let fd = socket::open(Spec::of(family, is_stream))?;
        match socket::connect(fd.as_fd(), &Address::of(self.0.ip(), self.0.port())) {
            Err(Errno::EINPROGRESS) => wait(&fd, Half::Write, deadline)?,
            result => result?,
        }
        socket::take_error(fd.as_fd())?;
        Ok(fd)
    }
}

fn wait(fd: &OwnedFd, half: Half, deadline: Instant) -> Result<()> {
    let left = deadline.saturating_duration_since(now());
    let prepared = prepare_wait([])?;
    let ready = pipe::wait(fd.as_fd(), half, None, Some(left), &prepared);
    prepared.release();
    if ready?.pipe { Ok(()) } else { Err(Errno::ETIMEDOUT) }
}

fn receive(fd: &OwnedFd, buffer: &mut [u8], deadline: Instant) -> Result<usize> {
    loop {
        match socket::receive(fd.as_fd(), &mut *buffer) {
            // A damaged datagram was reported, but cannot be read.
            Err(Errno::EAGAIN | Errno::EINTR) if now() >= deadline => return Err(Errno::ETIMEDOUT),
            Err(Errno::EAGAIN) => wait(fd, Half::Read, deadline)?,
            Err(Errno::EINTR) => {}
            result => return result,
        }
    }
}

/// The content of a message.
#[derive(Debug, PartialEq, Eq)]
enum Reply {
    Answer(Answer),
    /// The answer is too long for a datagram.
    Cut,
    /// It is not the answer to this query.
    Nothing,
}

fn read(message: &[u8], id: u16, question: &Question<'_>) -> Reply {
    let Ok(packet) = Packet::parse(message) else { return Reply::Nothing };
    let same = |asked: &Question<'_>| {
        asked.qtype == question.qtype
            && asked.qname.to_string().eq_ignore_ascii_case(&question.qname.to_string())
    };
    if packet.id() != id
        || !packet.has_flags(PacketFlag::RESPONSE)
        || !packet.questions.first().is_some_and(same)
    {
        return Reply::Nothing;
    }
    if packet.has_flags(PacketFlag::TRUNCATION) {
        return Reply::Cut;
    }
    let mut found = Vec::new();
    for record in &packet.answers {
        let ip = match &record.rdata {
            RData::A(a) => IpAddr::from(a.address.to_be_bytes()),
            RData::AAAA(a) => IpAddr::from(a.address.to_be_bytes()),
            _ => continue,
        };
        let is_wanted = ip.is_ipv4() == (question.qtype == QTYPE::TYPE(TYPE::A));
        if is_wanted && !found.contains(&ip) {
            found.push(ip);
        }
    }
    Reply::Answer(match packet.rcode() {
        RCODE::NoError if !found.is_empty() => Ok(found),
        RCODE::NoError | RCODE::NameError => Err(LookupError::Unknown(lookup::NO_NAME)),
        _ => Err(LookupError::Unknown(lookup::AGAIN)),
    })
}

/// The addresses of a name in the text of /etc/hosts (hosts(5)).
fn listed(hosts: &str, name: &str, family: i32) -> Vec<IpAddr> {
    let mut found = Vec::new();
    for line in hosts.lines() {
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
        let Some(ip) = words.next().and_then(|word| word.parse::<IpAddr>().ok()) else { continue };
        let is_wanted = match family {
            AF_INET => ip.is_ipv4(),
            AF_INET6 => ip.is_ipv6(),
            _ => true,
        };
        if is_wanted && !found.contains(&ip) && words.any(|word| word.eq_ignore_ascii_case(name)) {
            found.push(ip);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use simple_dns::ResourceRecord;
    use simple_dns::rdata::{A, CNAME};

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn question(name: &str) -> Question<'_> {
        Question::new(Name::new(name).unwrap(), QTYPE::TYPE(TYPE::A), CLASS::IN.into(), false)
    }

    fn record<'r>(name: &'r str, data: RData<'r>) -> ResourceRecord<'r> {
        ResourceRecord::new(Name::new(name).unwrap(), CLASS::IN, 60, data)
    }

    fn address(name: &str, last: u8) -> ResourceRecord<'_> {
        record(name, RData::A(A { address: u32::from_be_bytes([192, 0, 2, last]) }))
    }

    /// An answer to the query with the number 7.
    fn reply(name: &str) -> Packet<'_> {
        let mut packet = Packet::new_reply(7);
        packet.questions.push(question(name));
        packet
    }

    fn told(packet: &Packet<'_>, name: &str) -> Reply {
        read(&packet.build_bytes_vec_compressed().unwrap(), 7, &question(name))
    }

    #[test]
    fn a_server_has_a_port() {
        let server = |text: &str| Server::parse(text).map(|server| server.0.to_string());
        assert_eq!(server("192.0.2.1").as_deref(), Some("192.0.2.1:53"));
        assert_eq!(server("192.0.2.1:5353").as_deref(), Some("192.0.2.1:5353"));
        assert_eq!(server("2001:db8::1").as_deref(), Some("[2001:db8::1]:53"));
        assert_eq!(server("[2001:db8::1]:5353").as_deref(), Some("[2001:db8::1]:5353"));
        for text in ["", "name", "192.0.2.1:", "192.0.2.1:65536", ":53"] {
            assert_eq!(server(text), None);
        }
    }

    #[test]
    fn hosts_are_read_as_the_c_library_does() {
        let hosts = "# 192.0.2.9 a\n192.0.2.1\ta A.example # b\n2001:db8::1 a\nno address a\n192.0.2.2 a\n192.0.2.1 a";
        assert_eq!(listed(hosts, "a", AF_INET), [ip("192.0.2.1"), ip("192.0.2.2")]);
        assert_eq!(listed(hosts, "a.EXAMPLE", AF_INET), [ip("192.0.2.1")]);
        assert_eq!(listed(hosts, "a", AF_INET6), [ip("2001:db8::1")]);
        assert!(listed(hosts, "b", AF_INET).is_empty());
        assert_eq!(listed(hosts, "a", lookup::ANY).len(), 3);
    }

    #[test]
    fn an_answer_may_lead_to_another_name() {
        let mut packet = reply("www.example");
        packet.answers.push(record("www.example", RData::CNAME(CNAME(Name::new("host.example").unwrap()))));
        packet.answers.push(address("host.example", 1));
        packet.answers.push(address("host.example", 2));
        packet.answers.push(address("host.example", 1));
        let both = Reply::Answer(Ok(vec![ip("192.0.2.1"), ip("192.0.2.2")]));
        assert_eq!(told(&packet, "www.example"), both);
        assert_eq!(told(&packet, "WWW.example"), both);
    }

    #[test]
    fn what_does_not_answer_the_question_is_passed_over() {
        let mut packet = reply("a.example");
        packet.answers.push(address("a.example", 1));
        assert_eq!(told(&packet, "b.example"), Reply::Nothing);
        packet.set_id(8);
        assert_eq!(told(&packet, "a.example"), Reply::Nothing);
        packet.set_id(7);
        packet.set_flags(PacketFlag::TRUNCATION);
        assert_eq!(told(&packet, "a.example"), Reply::Cut);
        packet.remove_flags(PacketFlag::TRUNCATION | PacketFlag::RESPONSE);
        assert_eq!(told(&packet, "a.example"), Reply::Nothing);
    }

    #[test]
    fn a_server_that_cannot_tell_is_no_name_that_does_not_exist() {
        for (code, status) in [
            (RCODE::NoError, lookup::NO_NAME),
            (RCODE::NameError, lookup::NO_NAME),
            (RCODE::ServerFailure, lookup::AGAIN),
            (RCODE::Refused, lookup::AGAIN),
        ] {
            let mut packet = reply("a.example");
            *packet.rcode_mut() = code;
            assert_eq!(told(&packet, "a.example"), Reply::Answer(Err(LookupError::Unknown(status))));
        }
    }

    proptest! {
        #[test]
        fn no_message_is_taken_amiss(text in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(read(&text, 7, &question("a.example")), Reply::Nothing);
        }

        #[test]
        fn a_changed_byte_does_no_harm(at: prop::sample::Index, byte: u8, cut in 0_usize..60) {
            let mut packet = reply("a.example");
            packet.answers.push(address("a.example", 1));
            let mut text = packet.build_bytes_vec_compressed().unwrap();
            let at = at.index(text.len());
            text[at] = byte;
            text.truncate(text.len() - cut.min(text.len()));
            // Whatever the result is, the function returns.
            let _ = read(&text, 7, &question("a.example"));
        }
    }
}
