//! Host name lookups: the queries, the answers that the helper process sends, and the cache.

mod answer;
mod server;

pub(super) use answer::encode;
pub use answer::{Answer, decode};
pub use server::Server;

use crate::os::lookup::{self, Hints, LookupError};
use crate::os::socket::{AF_INET, AF_INET6};
use crate::rt::core::Core;
use crate::rt::core::child::{Child, Part};
use crate::rt::core::source::Source;
use crate::rt::core::wait::{Waiter, Wake};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::ffi::CString;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// A query for addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The host's name, or an address in some form.
    pub name: CString,
    /// A service that the host must have, by name or number.
    pub service: Option<CString>,
    /// The kind of addresses.
    pub hints: Hints,
    /// A name server that replaces the system's name servers.
    pub server: Option<Server>,
}

impl Query {
    /// Asks, and waits for the answer.
    pub fn ask(&self) -> Answer {
        match self.server {
            Some(server) => server.addresses(self.name.as_bytes(), self.hints.family),
            None => lookup::addresses(&self.name, self.service.as_deref(), self.hints),
        }
    }
}

/// The answer for a text that is an address, which needs no lookup; `None` for a name. An address of another family is
/// an error.
pub fn literal(name: &str, hints: Hints) -> Option<Answer> {
    let ip: IpAddr = name.parse().ok()?;
    let fits = match ip {
        IpAddr::V4(_) => [AF_INET, lookup::ANY].contains(&hints.family),
        IpAddr::V6(_) => [AF_INET6, lookup::ANY].contains(&hints.family),
    };
    Some(if fits { Ok(vec![ip]) } else { Err(LookupError::Unknown(lookup::NO_NAME)) })
}

/// The default size of the cache, and the default lifetime of an entry.
const CAPACITY: usize = 1000;
const LIFE: Duration = Duration::from_secs(60);

/// The cached addresses of names.
#[derive(Debug)]
pub struct DnsCache {
    known: FxHashMap<(i32, Vec<u8>), (Vec<IpAddr>, Instant)>,
    capacity: usize,
    life: Duration,
    /// The coroutines that wait until fewer lookups run.
    pub(in crate::rt) turns: VecDeque<Waiter>,
    /// The time limit of a lookup without a limit of its own.
    pub limit: Option<Duration>,
    /// Whether a random address of a name is used, not always the first.
    pub picks_any: bool,
    server: Option<Server>,
    is_off: bool,
}

impl Default for DnsCache {
    fn default() -> Self {
        DnsCache {
            known: FxHashMap::default(),
            capacity: CAPACITY,
            life: LIFE,
            turns: VecDeque::new(),
            limit: None,
            picks_any: false,
            server: None,
            is_off: false,
        }
    }
}

impl DnsCache {
    /// The cached addresses of a name in a family, in the order in which to try them, if they are not too old.
    pub fn all(&self, family: i32, name: &[u8], now: Instant) -> Option<&[IpAddr]> {
        let (list, until) = self.known.get(&(family, name.to_ascii_lowercase()))?;
        (*until > now).then_some(list)
    }

    /// The first of [`DnsCache::all`].
    pub fn get(&self, family: i32, name: &[u8], now: Instant) -> Option<IpAddr> {
        self.all(family, name, now)?.first().copied()
    }

    /// Caches addresses. If there is no room, the entry that expires next is removed.
    pub fn put(&mut self, family: i32, name: &[u8], list: &[IpAddr], now: Instant) {
        let until = now.checked_add(self.life).filter(|&until| until > now && !self.is_off);
        let Some(until) = until else { return };
        let key = (family, name.to_ascii_lowercase());
        if !self.known.contains_key(&key) {
            self.make_room(1, now);
            if self.known.len() >= self.capacity {
                return;
            }
        }
        self.known.insert(key, (list.to_vec(), until));
    }

    fn make_room(&mut self, wanted: usize, now: Instant) {
        if self.known.len() + wanted <= self.capacity {
            return;
        }
        self.known.retain(|_, (_, until)| *until > now);
        while self.known.len() + wanted > self.capacity {
            let oldest = self.known.iter().min_by_key(|(_, (_, until))| *until);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else { return };
            self.known.remove(&key);
        }
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        self.known.clear();
    }

    /// Wakes the next coroutine that waits for its turn, after a lookup has ended or was given up.
    pub fn call_next(&mut self, core: &mut Core) {
        if let Some(next) = self.turns.pop_front() {
            core.wake_later(next, Wake::Ready);
        }
    }

    /// Switches the cache on or off.
    pub fn set_on(&mut self, on: bool) {
        self.is_off = !on;
        if self.is_off {
            self.clear();
        }
    }

    /// The name server that replaces the system's name servers.
    pub fn server(&self) -> Option<Server> {
        self.server
    }

    /// Sets another name server. The entries of the previous server are removed.
    pub fn set_server(&mut self, server: Option<Server>) {
        if self.server != server {
            self.server = server;
            self.clear();
        }
    }

    /// One of the addresses of a name: the first, or a random one ([`DnsCache::picks_any`]).
    pub fn choose(&self, found: &[IpAddr]) -> Option<IpAddr> {
        let random = if self.picks_any { RandomState::new().hash_one(found) } else { 0 };
        let count = u64::try_from(found.len()).ok().filter(|&count| count > 0)?;
        found.get(usize::try_from(random % count).ok()?).copied()
    }

    /// Sets the size of the cache; 0 for no cache.
    pub fn set_capacity(&mut self, capacity: usize, now: Instant) {
        self.capacity = capacity;
        self.make_room(0, now);
    }

    /// Sets the lifetime of new entries.
    pub fn set_life(&mut self, life: Duration) {
        self.life = life;
    }
}

/// A wait until fewer lookups run. If the wait fails when it is this coroutine's turn, the next coroutine gets the
/// turn.
#[derive(Clone, Copy, Debug)]
pub struct LookupTurn;

impl Source for LookupTurn {
    type Parts<'a> = (&'a mut Core, &'a mut DnsCache);
    type Output = ();

    fn arm(
        &mut self,
        parts: Self::Parts<'_>,
        deadline: Option<Instant>,
    ) -> crate::os::Result<Option<Waiter>> {
        let (core, dns) = parts;
        let waiter = core.begin_until(deadline)?;
        dns.turns.push_back(waiter);
        Ok(Some(waiter))
    }

    fn disarm(self, (core, dns): Self::Parts<'_>, waiter: Waiter, wake: Wake) {
        if wake == Wake::Ready {
            // `call_next` has removed it.
            return;
        }
        let before = dns.turns.len();
        dns.turns.retain(|other| *other != waiter);
        let was_called = dns.turns.len() == before;
        if was_called {
            dns.call_next(core);
        }
    }
}

impl Part for DnsCache {
    /// The coroutines that wait for their turn belong to the parent.
    #[cold]
    fn in_child(&mut self, child: Child) {
        if !child.is_program() {
            self.turns.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rt::core::clock::now;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_cleared_cache_knows_no_name() {
        let mut cache = DnsCache::default();
        cache.put(AF_INET, b"name", &[ip("127.0.0.1")], now());
        assert_eq!(cache.get(AF_INET, b"NAME", now()), Some(ip("127.0.0.1")));
        cache.clear();
        assert_eq!(cache.get(AF_INET, b"name", now()), None);
    }

    #[test]
    fn what_is_written_as_an_address_is_one_of_its_own_family() {
        let hints = Hints { family: AF_INET, kind: 1, protocol: 0 };
        assert_eq!(literal("127.0.0.1", hints), Some(Ok(vec![ip("127.0.0.1")])));
        assert!(matches!(literal("::1", hints), Some(Err(LookupError::Unknown(_)))));
        assert_eq!(literal("localhost", hints), None);
        let hints = Hints { family: AF_INET6, ..hints };
        assert_eq!(literal("::1", hints), Some(Ok(vec![ip("::1")])));
    }

    #[test]
    fn a_name_is_remembered_for_its_time_and_by_family() {
        let (mut names, start) = (DnsCache::default(), now());
        names.put(4, b"A.example", &[ip("192.0.2.1")], start);
        assert_eq!(names.get(4, b"a.EXAMPLE", start + LIFE / 2), Some(ip("192.0.2.1")));
        assert_eq!(names.get(6, b"a.example", start), None);
        assert_eq!(names.get(4, b"a.example", start + LIFE), None);
        names.set_life(Duration::ZERO);
        names.put(4, b"b.example", &[ip("192.0.2.2")], start);
        assert_eq!(names.get(4, b"b.example", start), None);
    }

    #[test]
    fn the_one_to_be_forgotten_next_makes_room() {
        let (mut names, start) = (DnsCache::default(), now());
        names.set_capacity(2, start);
        for (at, name) in [b"a", b"b", b"c"].into_iter().enumerate() {
            names.put(4, name, &[ip("192.0.2.1")], start + Duration::from_secs(at as u64));
        }
        let known = |names: &DnsCache, name| names.get(4, name, start).is_some();
        assert_eq!([b"a", b"b", b"c"].map(|name| known(&names, name)), [false, true, true]);
        names.put(4, b"c", &[ip("192.0.2.9")], start);
        assert_eq!(names.get(4, b"c", start), Some(ip("192.0.2.9")));
        names.set_capacity(1, start);
        assert_eq!(names.known.len(), 1);
        names.set_capacity(0, start);
        names.put(4, b"d", &[ip("192.0.2.1")], start);
        assert!(names.known.is_empty());
    }
}
