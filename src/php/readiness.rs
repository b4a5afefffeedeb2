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

/// A coroutine that waits for a descriptor.
#[derive(Clone, Copy)]
struct User {
    wanted: Target,
    cid: Cid,
    /// `None` if the kernel cannot watch the descriptor.
    watch: Option<Watch>,
}

/// The pauses between checks if the kernel cannot watch a descriptor.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(20);

per_thread! {
    static USERS: RefCell<Vec<User>> = RefCell::new(Vec::new());
}

/// Forgets all waits at the end of the request.
fn end() {
    USERS.with(|users| *users.borrow_mut() = Vec::new());
}

/// Whether a coroutine waits.
pub(super) fn has_users() -> bool {
    USERS.with(|users| !users.borrow().is_empty())
}

/// Another coroutine that waits for the descriptor of this owner.
pub(super) fn user(owner: usize, interest: Interest) -> Option<Cid> {
    let is_it = |user: &&User| user.wanted.owner == owner && user.wanted.interest.intersects(interest);
    USERS.with(|users| users.borrow().iter().find(is_it).map(|user| user.cid))
}

/// Before the descriptor of this owner is closed: resumes all coroutines that wait for it, until each waits again or
/// has ended.
pub(super) fn release(owner: usize) -> Outcome<()> {
    while let Some(user) = take(|user| user.wanted.owner == owner) {
        for waiter in forget(user).into_iter().flatten() {
            waiting::wake(waiter, Wake::Ready)?;
        }
    }
    Ok(())
}

fn take(is_it: impl Fn(&User) -> bool) -> Option<User> {
    USERS.with(|users| {
        let mut users = users.borrow_mut();
        let index = users.iter().position(is_it)?;
        Some(users.remove(index))
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
    for &wanted in &all {
        let watch = match globals::with(|runtime| runtime.core.events.reactor.watch_once(wanted.fd)) {
            Ok(watch) => Some(watch),
            Err(errno) => {
                // A plain file is always ready.
                is_plain |= errno == Errno::EPERM;
                None
            }
        };
        USERS.with(|users| users.borrow_mut().push(User { wanted, cid, watch }));
    }
    let count = all.len();
    drop(all);
    let came = if is_plain { Ok(WaitResult::Ready) } else { until_changed(cid, count, deadline) };
    while let Some(user) = take(|user| user.cid == cid) {
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
            let own = || users.iter().filter(|user| user.cid == cid);
            (own().count(), own().any(|user| is_ready(&user.wanted, true)))
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
        let own = users.iter().filter(|user| user.cid == cid);
        own.filter_map(|user| Some((user.watch?, directions(user.wanted.interest)))).collect()
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
