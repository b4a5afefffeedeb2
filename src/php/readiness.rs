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
use std::collections::BTreeMap;
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

/// The descriptors that coroutines wait for, by coroutine, and by their places in its list.
type Users = BTreeMap<(Cid, usize), User>;

per_thread! {
    static USERS: RefCell<Users> = RefCell::new(BTreeMap::new());
}

/// Forgets all waits at the end of the request.
#[cold]
fn end() {
    USERS.with(|users| *users.borrow_mut() = BTreeMap::new());
}

/// Whether a coroutine waits.
pub(super) fn has_users() -> bool {
    USERS.with(|users| !users.borrow().is_empty())
}

/// Another coroutine that waits for the descriptor of this owner.
pub(super) fn user(owner: usize, interest: Interest) -> Option<Cid> {
    let is_it = |user: &User| user.wanted.owner == owner && user.wanted.interest.intersects(interest);
    USERS.with(|users| users.borrow().iter().find(|(_, user)| is_it(user)).map(|((cid, _), _)| *cid))
}

/// Before the descriptor of this owner is closed: resumes all coroutines that wait for it, until each waits again or
/// has ended.
pub(super) fn release(owner: usize) -> Outcome<()> {
    while let Some(user) =
        take(|users| users.iter().find(|(_, user)| user.wanted.owner == owner).map(|(key, _)| *key))
    {
        for waiter in forget(user).into_iter().flatten() {
            waiting::wake(waiter, Wake::Ready)?;
        }
    }
    Ok(())
}

fn take(key_of: impl Fn(&Users) -> Option<(Cid, usize)>) -> Option<User> {
    USERS.with(|users| {
        let mut users = users.borrow_mut();
        let key = key_of(&users)?;
        users.remove(&key)
    })
}

/// What a coroutine waits for.
fn own(users: &Users, cid: Cid) -> impl Iterator<Item = (&(Cid, usize), &User)> {
    users.range((cid, 0)..=(cid, usize::MAX))
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
    while let Some(user) = take(|users| own(users, cid).next().map(|(key, _)| *key)) {
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
            (own(&users, cid).count(), own(&users, cid).any(|(_, user)| is_ready(&user.wanted, true)))
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
        let watches =
            own(&users, cid).filter_map(|(_, user)| Some((user.watch?, directions(user.wanted.interest))));
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
