//! Waiting until a descriptor of other code can be read or written: of a stream, or of a socket of ext-sockets.

use crate::os::epoll::Interest;
use crate::os::{Errno, fd};
use crate::php::waiting;
use crate::rt::core::clock::now;
use crate::rt::core::registrations::Watch;
use crate::rt::core::source::AnyDescriptorWait;
use crate::rt::core::wait::{Cid, WaitKind, Waiter, Wake};
use crate::zend::errors::Outcome;
use crate::zend::globals::{self, per_thread};
use crate::zend::lifecycle::Part;
use crate::zend::stdio;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::os::fd::RawFd;
use std::time::{Duration, Instant};

pub(super) const PART: Part = Part { request_stop: stdio::free_abandoned, request_end: end, ..Part::NONE };

/// The result of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WaitResult {
    /// A descriptor is ready, or has an error to report.
    Ready,
    TimedOut,
    Canceled,
    /// The owner of a descriptor closes it.
    Closed,
}

/// A descriptor, the id of its owner, and the events to wait for.
#[derive(Clone, Copy)]
pub(super) struct Target {
    owner: usize,
    fd: RawFd,
    interest: Interest,
}

impl Target {
    pub(super) fn new(owner: usize, fd: RawFd, interest: Interest) -> Target {
        Target { owner, fd, interest }
    }
}

/// What a coroutine waits for.
#[derive(Clone, Copy)]
struct User {
    wanted: Target,
    /// `None` if the kernel cannot watch the descriptor.
    watch: Option<Watch>,
}

/// The pauses between checks if the kernel cannot watch a descriptor.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(20);

/// The coroutine that waits for a descriptor, and the place of the descriptor in its list.
type Key = (Cid, usize);

/// The descriptors that coroutines wait for. Thousands of coroutines may wait, so each use is a search.
struct Users {
    all: BTreeMap<Key, User>,
    by_owner: BTreeSet<(usize, Key)>,
}

impl Users {
    const NONE: Users = Users { all: BTreeMap::new(), by_owner: BTreeSet::new() };

    fn insert(&mut self, key: Key, user: User) {
        self.by_owner.insert((user.wanted.owner, key));
        self.all.insert(key, user);
    }

    fn remove(&mut self, key: Key) -> Option<User> {
        let user = self.all.remove(&key)?;
        self.by_owner.remove(&(user.wanted.owner, key));
        Some(user)
    }

    /// What one coroutine waits for.
    fn of_coroutine(&self, cid: Cid) -> impl Iterator<Item = (&Key, &User)> {
        self.all.range((cid, 0)..=(cid, usize::MAX))
    }

    /// The waits for the descriptors of one owner.
    fn of_owner(&self, owner: usize) -> impl Iterator<Item = Key> {
        let keys = self.by_owner.range((owner, (Cid::MIN, 0))..=(owner, (Cid::MAX, usize::MAX)));
        keys.map(|(_, key)| *key)
    }
}

per_thread! {
    static USERS: RefCell<Users> = RefCell::new(Users::NONE);
}

/// Forgets all waits at the end of the request.
#[cold]
fn end() {
    USERS.with(|users| *users.borrow_mut() = Users::NONE);
}

/// Whether a coroutine waits.
pub(super) fn has_users() -> bool {
    USERS.with(|users| !users.borrow().all.is_empty())
}

/// Another coroutine that waits for the descriptor of this owner.
pub(super) fn user(owner: usize, interest: Interest) -> Option<Cid> {
    USERS.with(|users| {
        let users = users.borrow();
        let is_it =
            |key: &Key| users.all.get(key).is_some_and(|user| user.wanted.interest.intersects(interest));
        users.of_owner(owner).find(is_it).map(|(cid, _)| cid)
    })
}

/// Before the descriptor of this owner is closed: resumes all coroutines that wait for it, until each waits again or
/// has ended.
pub(super) fn release(owner: usize) -> Outcome<()> {
    while let Some(user) = take(|users| users.of_owner(owner).next()) {
        for waiter in forget(user).into_iter().flatten() {
            waiting::wake(waiter, Wake::Ready)?;
        }
    }
    Ok(())
}

fn take(key_of: impl Fn(&Users) -> Option<Key>) -> Option<User> {
    USERS.with(|users| {
        let mut users = users.borrow_mut();
        let key = key_of(&users)?;
        users.remove(key)
    })
}

/// Ends the watch of a descriptor. Returns the coroutines that wait for it.
fn forget(user: User) -> [Option<Waiter>; 2] {
    match user.watch {
        Some(watch) => globals::with(|runtime| runtime.core.events.reactor.unwatch(watch)),
        None => [None, None],
    }
}

/// Waits until one of several descriptors is ready, until `deadline` at most.
pub(super) fn until_ready(all: Vec<Target>, deadline: Option<Instant>) -> Outcome<WaitResult> {
    if all.iter().any(|wanted| is_ready(wanted, false)) {
        return Ok(WaitResult::Ready);
    }
    wait(all, deadline)
}

/// As [`until_ready`], but other coroutines have their turn even if a descriptor is ready.
pub(super) fn wait(all: Vec<Target>, deadline: Option<Instant>) -> Outcome<WaitResult> {
    waiting::must_be_inside()?;
    let cid = globals::with(|runtime| runtime.core.scheduler.current()).unwrap_or(-1);
    let mut is_plain = false;
    for (place, &wanted) in all.iter().enumerate() {
        let watch = match globals::with(|runtime| runtime.core.events.reactor.watch_once(wanted.fd)) {
            Ok(watch) => Some(watch),
            Err(errno) => {
                // A plain file is always ready.
                is_plain |= errno == Errno::EPERM;
                None
            }
        };
        USERS.with(|users| users.borrow_mut().insert((cid, place), User { wanted, watch }));
    }
    let count = all.len();
    drop(all);
    let came = if is_plain { Ok(WaitResult::Ready) } else { until_changed(cid, count, deadline) };
    while let Some(user) = take(|users| users.of_coroutine(cid).next().map(|(key, _)| *key)) {
        forget(user);
    }
    came
}

/// Waits for the next event. The kernel has reported each event since the watch began, but the data may be gone when
/// this coroutine runs.
fn until_changed(cid: Cid, count: usize, deadline: Option<Instant>) -> Outcome<WaitResult> {
    let mut pause = SHORTEST;
    loop {
        let watches = own_watches(cid);
        if watches.len() == count {
            match waiting::on(AnyDescriptorWait(watches), deadline)? {
                Ok(Some((Wake::Canceled, ()))) => return Ok(WaitResult::Canceled),
                Ok(_) => {}
                Err(_) => return Ok(WaitResult::TimedOut),
            }
        } else {
            drop(watches);
            if deadline.is_some_and(|deadline| deadline <= now()) {
                return Ok(WaitResult::TimedOut);
            }
            if waiting::wait(WaitKind::Time, Some(pause))? == Wake::Canceled {
                return Ok(WaitResult::Canceled);
            }
            pause = (pause * 2).min(LONGEST);
        }
        let (left, is_any_ready) = USERS.with(|users| {
            let users = users.borrow();
            let own = || users.of_coroutine(cid);
            (own().count(), own().any(|(_, user)| is_ready(&user.wanted, true)))
        });
        if left < count {
            return Ok(WaitResult::Closed);
        }
        if is_any_ready {
            return Ok(WaitResult::Ready);
        }
    }
}

/// The watches of this coroutine.
fn own_watches(cid: Cid) -> Vec<(Watch, [bool; 2])> {
    USERS.with(|users| {
        let users = users.borrow();
        let watches = users
            .of_coroutine(cid)
            .filter_map(|(_, user)| Some((user.watch?, directions(user.wanted.interest))));
        watches.collect()
    })
}

/// Whether the interest includes reading, and writing.
fn directions(interest: Interest) -> [bool; 2] {
    [Interest::READ, Interest::WRITE].map(|direction| interest.contains(direction))
}

/// Whether the next call on the descriptor need not wait; `otherwise` if this cannot be checked.
fn is_ready(wanted: &Target, otherwise: bool) -> bool {
    fd::readiness(wanted.fd, wanted.interest).map_or(otherwise, |ready| !ready.is_empty())
}
