//! One queue, out of which all workers take their messages.

use crate::os::{Errno, Result, prepared_wait, signal, system};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::pool::inbox::Inbox;
use crate::rt::pool::station::Receiver;
use crate::rt::pool::waits::{RecvError, failed};
use crate::rt::pool::worker::{Directive, Worker};
use crate::rt::process::queue::{LARGEST, Queue, TYPE, Users};
use crate::rt::process::queue_registry::{Entry, Registry};
use std::time::Duration;

/// The queue of a pool.
#[derive(Debug)]
pub(in crate::rt::pool) struct SharedQueue {
    queue: Queue,
    is_own: bool,
    /// Its place in the registry, if it has one.
    entry: Option<Entry>,
    /// For the next messages this process waits without an attempt before: the last attempt found the queue empty.
    expected_waits: u32,
}

/// The number of messages for which a worker waits without an attempt before, after an attempt that found nothing. Where
/// messages come faster than they are handled, each of these waits costs a check of the parent-death guard. Where they
/// come slower, one attempt in so many messages is in vain.
const EXPECTED_WAITS: u32 = 16;

impl SharedQueue {
    /// The room for a message and its type.
    pub(super) const ROOM: usize = TYPE + LARGEST;

    /// `is_own`: it is the pool's, and is removed with it.
    pub(super) fn new(queue: Queue, is_own: bool) -> SharedQueue {
        // Without the registry it is only harder to find after all processes of the pool were killed.
        let registered = || Registry::of_user()?.add(queue);
        let entry = is_own.then(registered).and_then(Result::ok);
        SharedQueue { queue, is_own, entry, expected_waits: 0 }
    }

    pub(super) fn queue(&self) -> Queue {
        self.queue
    }

    pub(super) fn is_own(&self) -> bool {
        self.is_own
    }

    /// Lets other users use the queue, if it is the pool's own.
    pub(super) fn admit(&self, users: Users) {
        // Where this process may not do it, or the queue is gone, the next use of the queue reports it.
        let _ = self.queue.admit(users);
        if let Some(entry) = &self.entry {
            let _ = entry.renew(self.queue);
        }
    }

    /// Removes the queue, if it is the pool's own.
    pub(super) fn remove(&self) {
        if let Some(queue) = self.own() {
            // Another process may have removed it.
            let _ = queue.remove();
        }
        if let Some(entry) = &self.entry {
            let _ = entry.remove();
        }
    }

    pub(super) fn own(&self) -> Option<Queue> {
        self.is_own.then_some(self.queue)
    }

    pub(super) fn next(&mut self, receiver: &mut Receiver<'_>) -> std::result::Result<(), RecvError> {
        // The kernel is asked without waiting first: before a wait there is more to do. But while the queue is mostly
        // empty, the attempt would be in vain.
        let mut may_wait = self.expects_wait() && receiver.station.alerts().are_only_stops();
        if may_wait {
            receiver.station.keep_bond()?;
        }
        loop {
            let directive = receiver.station.directive();
            if directive == Directive::Exit {
                return Err(RecvError::Exit);
            }
            let popped = if directive == Directive::Continue && may_wait {
                wait_and_pop(receiver, self.queue)?
            } else {
                pop(receiver, self.queue.at_once())
            };
            match popped {
                Ok(()) => return Ok(()),
                Err(Errno::ENOMSG) if directive == Directive::Continue => {
                    receiver.station.keep_bond()?;
                    may_wait = true;
                    self.expected_waits = EXPECTED_WAITS;
                }
                Err(Errno::ENOMSG) => return Err(RecvError::Exit),
                // It would stay there, and end each worker that meets it.
                Err(Errno::E2BIG) if make_more_room(receiver.inbox) => {}
                // Without a master the first worker that finds it empty removes it.
                Err(Errno::EIDRM | Errno::EINVAL) if receiver.station.is_ending() => {
                    return Err(RecvError::Exit);
                }
                Err(Errno::EINTR) => {
                    let alerts = receiver.station.alerts();
                    if alerts.wants.asks || alerts.are_for_script() {
                        return Err(RecvError::Interrupted);
                    }
                }
                Err(errno) => return Err(RecvError::Failed(SyscallError { call: "msgrcv()", errno })),
            }
        }
    }

    /// Whether the next message will probably not be there yet.
    fn expects_wait(&mut self) -> bool {
        let left = self.expected_waits.checked_sub(1);
        self.expected_waits = left.unwrap_or_default();
        left.is_some()
    }

    /// The number of messages in the pool's private queue; 0 for a queue that other programs know, because its messages
    /// stay there.
    pub(super) fn waiting(&self) -> usize {
        let messages = self.own().and_then(|queue| queue.status().ok()).map_or(0, |status| status.messages);
        usize::try_from(messages).unwrap_or(usize::MAX)
    }

    pub(super) fn drain(&self) -> u64 {
        let Some(queue) = self.own() else { return 0 };
        let lost = queue.status().map_or(0, |status| status.messages);
        self.remove();
        lost
    }
}

/// Receives a message of the queue into the inbox.
#[inline]
fn pop(receiver: &mut Receiver<'_>, mut queue: Queue) -> Result<()> {
    let number = receiver.station.worker.number();
    if let Some(kept) = receiver.in_flight.and_then(|slots| slots.room(number, None)) {
        let popped = receiver.inbox.fill(|buffer| queue.pop_kept(kept, buffer).map(|len| (TYPE, len)));
        if popped != Err(Errno::E2BIG) {
            return popped;
        }
        // This one is too large to be kept, or only once it has come. The kernel tells all workers that wait, and one of
        // them takes it. The others must not wait here, because their next message is to be kept.
        queue = queue.at_once();
    }
    receiver.inbox.fill(|buffer| queue.pop_once(buffer).map(|len| (TYPE, len)))
}

/// As [`pop`], and waits. A signal, and whatever the loop needs a turn for, ends the wait (`EINTR`).
fn wait_and_pop(receiver: &mut Receiver<'_>, queue: Queue) -> std::result::Result<Result<()>, RecvError> {
    let alerts = receiver.station.alerts();
    // This wait has no mask of its own. A signal that comes just before it starts the wakeup tick, which then interrupts
    // the wait.
    let mask = if prepared_wait::is_unmasked() {
        None
    } else {
        signal::unblock(&alerts.heard().collect::<Vec<_>>()).map_err(failed("sigprocmask()"))?
    };
    let popped = if alerts.are_only_stops() {
        pop(receiver, queue)
    } else {
        tick(receiver.station.worker, Some(alerts.tick()));
        // What comes from here on winds the clock up, or is told by it.
        let popped = if alerts.stops.has_come() || alerts.are_for_script() {
            Err(Errno::EINTR)
        } else {
            pop(receiver, queue)
        };
        tick(receiver.station.worker, None);
        popped
    };
    if let Some(mask) = mask {
        mask.restore();
    }
    Ok(popped)
}

fn tick(worker: &Worker, ticks: Option<Duration>) {
    if let Some(bond) = &worker.bond {
        bond.tick(ticks);
    }
}

/// Messages in a queue may be as large as the system allows, which is seldom more than there is room for: makes more.
/// False when there is enough for all.
#[cold]
fn make_more_room(inbox: &mut Inbox) -> bool {
    let largest = system::limit("kernel/msgmax").and_then(|bytes| usize::try_from(bytes).ok());
    largest.is_some_and(|largest| inbox.grow(largest.saturating_add(TYPE)))
}
