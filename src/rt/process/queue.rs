//! The message queue of a process object: which messages it takes, and whether calls wait.

use crate::os::msgq::{self, Message, QueueId, Status, Wait};
use crate::os::parent_death_guard::DeathAction;
use crate::os::shared_room::{SharedRoom, type_with_len};
use crate::os::spare::Spare;
use crate::os::{Errno, Result, prepared_wait, signal};
use crate::rt::core::Core;

pub use crate::os::msgq::{Origin, TYPE, Users};

/// The largest message of the API, in bytes; the kernel's own limit (kernel.msgmax) may be lower.
pub const LARGEST: usize = 65536;

/// The permissions of a queue with a key, as in Swoole: all users may push and pop.
pub const ALL_USERS: i32 = 0o666;

/// A key as the kernel has it. Its keys have 32 bits, and scripts write the upper half as positive numbers. `None` for a
/// number that does not fit.
pub fn key(number: i64) -> Option<i32> {
    u32::try_from(number).map(u32::cast_signed).or_else(|_| i32::try_from(number)).ok()
}

/// A buffer in which a message is composed before it is pushed.
#[derive(Debug, Default)]
pub struct Outbox(Option<Message>);

impl Outbox {
    /// A buffer for messages of up to `capacity` bytes; without one messages may have up to [`LARGEST`] bytes.
    pub fn with_capacity(capacity: usize) -> Outbox {
        Outbox(Some(Message::with_capacity(capacity)))
    }

    fn buffer(&mut self) -> &mut Message {
        self.0.get_or_insert_with(|| Message::with_capacity(LARGEST))
    }
}

/// The messages that `pop` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// The oldest message of any type: several processes share the work.
    Any,
    /// The oldest message that was pushed through the same object.
    Own,
}

/// A queue that an object uses. It stays in the system until it is removed, as other processes may use it.
#[derive(Clone, Copy, Debug)]
pub struct Queue {
    id: QueueId,
    take: Take,
    wait: Wait,
    /// Whether the types of its messages have their lengths.
    with_len: bool,
}

impl Queue {
    /// As [`Queue::open_with`], for all users.
    pub fn open(key: i32, take: Take, wait: Wait, capacity: Option<u64>) -> Result<(Queue, Option<Errno>)> {
        Queue::open_with(key, ALL_USERS, take, wait, capacity)
    }

    /// Opens the queue of `key`, or creates it with these permissions. Limits it to `capacity` bytes of text, if given.
    pub fn open_with(
        key: i32,
        mode: i32,
        take: Take,
        wait: Wait,
        capacity: Option<u64>,
    ) -> Result<(Queue, Option<Errno>)> {
        let id = msgq::open(key, mode)?;
        // A limit that is refused (more than kernel.msgmnb, without privilege) leaves a working queue.
        let refused = capacity.and_then(|bytes| msgq::set_capacity(id, bytes).err());
        Ok((Queue { id, take, wait, with_len: false }, refused))
    }

    /// The queue of this number, whose calls do not wait.
    pub fn of_number(number: i32) -> Queue {
        Queue { id: QueueId::of_number(number), take: Take::Any, wait: Wait::Never, with_len: false }
    }

    /// The system's number of the queue.
    pub fn id(&self) -> i32 {
        self.id.get()
    }

    /// The removal of the queue, for a signal handler.
    pub fn death_action(&self) -> DeathAction {
        msgq::death_action(self.id)
    }

    /// The queue for system calls.
    pub(in crate::rt) fn handle(&self) -> QueueId {
        self.id
    }

    /// The same queue; messages get types that have their lengths, so that [`Queue::pop_kept`] keeps them.
    pub fn with_len(self) -> Queue {
        Queue { with_len: true, ..self }
    }

    /// Adds a message of the process with the number `process`. `EAGAIN` when the queue is full and the call must not
    /// wait; `EINTR` when a signal handler ended the wait; `EIDRM` or `EINVAL` when the queue is gone; `EINVAL` for a
    /// message larger than the kernel allows; `EACCES` without permission.
    #[inline]
    pub fn push(&self, core: &mut Core, process: i64, data: &[u8], outbox: &mut Outbox) -> Result<()> {
        if self.waits_unprepared() {
            return unless_ours(|| self.push_once(process, data, outbox));
        }
        match self.at_once().push_once(process, data, outbox) {
            Err(Errno::EAGAIN) if self.waits() => {
                unless_ours(|| core.wait_in_kernel(|| self.push_once(process, data, outbox)))
            }
            result => result,
        }
    }

    /// Takes a message into `buffer`, behind room for its type ([`TYPE`]). Returns the length of its text. `ENOMSG`
    /// when there is none and the call must not wait; `E2BIG` when it does not fit, and it stays in the queue;
    /// otherwise as [`Queue::push`].
    #[inline]
    pub fn pop<'b>(&self, core: &mut Core, process: i64, buffer: impl Into<Spare<'b>>) -> Result<usize> {
        let mut buffer = buffer.into();
        let kind = match self.take {
            Take::Any => 0,
            Take::Own => kind_of(process),
        };
        if self.waits_unprepared() {
            return unless_ours(|| msgq::pop(self.id, kind, buffer.lend(), Wait::Allowed));
        }
        match msgq::pop(self.id, kind, buffer.lend(), Wait::Never) {
            Err(Errno::ENOMSG) if self.waits() => {
                unless_ours(|| core.wait_in_kernel(|| msgq::pop(self.id, kind, buffer.lend(), Wait::Allowed)))
            }
            result => result,
        }
    }

    /// As [`Queue::pop`] of any message, but every signal handler that runs ends the wait (`EINTR`).
    #[inline]
    pub fn pop_once<'b>(&self, buffer: impl Into<Spare<'b>>) -> Result<usize> {
        msgq::pop(self.id, 0, buffer, self.wait)
    }

    /// As [`Queue::pop_once`], and the message is in `kept` as soon as it has left the queue. `E2BIG` when it does not fit
    /// there.
    pub fn pop_kept<'b>(&self, kept: SharedRoom<'_>, buffer: impl Into<Spare<'b>>) -> Result<usize> {
        msgq::pop_noted(self.id, kept, buffer, self.wait)
    }

    /// As [`Queue::push`], but every signal handler that runs ends the wait (`EINTR`).
    #[inline]
    pub fn push_once(&self, process: i64, data: &[u8], outbox: &mut Outbox) -> Result<()> {
        let kind = if self.with_len { type_with_len(data.len()) } else { kind_of(process) };
        msgq::push(self.id, kind, data, outbox.buffer(), self.wait)
    }

    /// Whether calls wait, and a wait needs no preparation. Then the kernel is not asked without a wait first.
    fn waits_unprepared(&self) -> bool {
        self.waits() && prepared_wait::is_unmasked()
    }

    /// Whether calls wait.
    pub fn waits(&self) -> bool {
        self.wait == Wait::Allowed
    }

    /// The same queue, with calls that do not wait.
    pub fn at_once(self) -> Queue {
        Queue { wait: Wait::Never, ..self }
    }

    /// Its current state.
    pub fn status(&self) -> Result<Status> {
        msgq::status(self.id)
    }

    /// Where it comes from.
    pub fn origin(&self) -> Result<Origin> {
        msgq::origin(self.id)
    }

    /// Lets other users use it.
    pub fn admit(&self, users: Users) -> Result<()> {
        msgq::admit(self.id, users)
    }

    /// Removes it from the system.
    pub fn remove(&self) -> Result<()> {
        msgq::remove(self.id)
    }
}

/// Repeats a call when only signal handlers of our own have run: what they note is for the loop, and no reason to end the
/// wait.
pub(super) fn unless_ours<T>(mut call: impl FnMut() -> Result<T>) -> Result<T> {
    loop {
        let before = signal::arrivals();
        match call() {
            Err(Errno::EINTR) if signal::arrivals() != before => {}
            result => return result,
        }
    }
}

/// The type of the messages of the process with this number: one more than the number, as in Swoole. Other programs
/// rely on it.
fn kind_of(process: i64) -> i64 {
    process.saturating_add(1).max(1)
}
