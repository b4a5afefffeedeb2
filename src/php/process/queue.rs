//! The message queue: `useQueue`, `push`, `pop`, `statQueue`, `freeQueue`.

use super::child as one_child;
use super::state::Process;
use crate::os::msgq::{self, Wait};
use crate::os::{Errno, process, system};
use crate::php::{log, outcome, settings};
use crate::rt::process::queue::{self, LARGEST, Queue, Take};
use crate::rt::process::queue_registry::Registry;
use crate::zend::arrays::NewArray;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::This;
use crate::zend::running::running_file;
use crate::zend::values::Text;
use crate::zend::{globals, recv_buffer};
use std::fmt::Display;

/// `Process::IPC_NOWAIT`, which is added to the mode.
pub(super) const NOWAIT: i64 = 256;
/// `SWOOLE_MSGQUEUE_BALANCE`.
const BALANCE: i64 = 2;

pub(super) fn open(this: This<'_, Process>, key: i64, mode: i64, capacity: i64) -> Outcome<bool> {
    let state = this.state()?;
    let key = if key > 0 {
        key
    } else {
        i64::from(msgq::key_of_file(running_file()).map_err(|errno| outcome::system("ftok()", errno))?)
    };
    let narrow =
        queue::key(key).ok_or_else(|| outcome::warning("the key of a queue must fit into 32 bits"))?;
    let wait = if mode & NOWAIT != 0 { Wait::Never } else { Wait::Allowed };
    let take = if mode & !NOWAIT == BALANCE { Take::Any } else { Take::Own };
    let capacity = u64::try_from(capacity).ok().filter(|&bytes| bytes > 0);
    let (queue, refused) = Queue::open_with(narrow, settings::queue_mode(), take, wait, capacity)
        .map_err(|errno| fail("useQueue(): msgget()", errno))?;
    if let Some(errno) = refused {
        outcome::log_failure("Process::useQueue(): msgctl() for the capacity", errno);
        outcome::note(errno);
    }
    if state
        .child
        .get()
        .is_some_and(|child| child.started_by == process::pid() && one_child::is_started(child))
    {
        log::notice_once("queue", || {
            "Process::useQueue(): the process has started already and does not have the queue: call useQueue() before \
             start()"
                .to_owned()
        });
    }
    let id = queue.id();
    state.queue.set(Some(queue));
    this.set("msgQueueId", id);
    this.set("msgQueueKey", key);
    Ok(true)
}

/// Returns false and sets both error codes. Logs what a script does not expect in normal operation.
#[cold]
fn fail(what: impl Display, errno: Errno) -> Failure {
    if !matches!(errno, Errno::EAGAIN | Errno::ENOMSG | Errno::EINTR) {
        outcome::log_failure(format_args!("Process::{what}"), errno);
    }
    outcome::silent(errno)
}

/// The room that is tried first: the kernel's default limit of a message (kernel.msgmax).
const USUAL: usize = 8192;

#[inline]
pub(super) fn push(this: This<'_, Process>, data: &[u8]) -> Outcome<bool> {
    let state = this.state()?;
    if data.is_empty() {
        return Err(outcome::warning("the data to push is empty"));
    }
    if data.len() >= LARGEST {
        return Err(outcome::warning("the data to push is too big"));
    }
    let queue = state.queue.get().ok_or_else(|| outcome::warning("no msgqueue, cannot use push()"))?;
    match globals::with(|runtime| runtime.push(queue, state.number, data)) {
        Ok(()) => Ok(true),
        Err(errno) => Err(refused(data.len(), errno)),
    }
}

/// As [`fail`], for a message that was not sent. The line in the log has the kernel's limit if that is the reason.
#[cold]
fn refused(length: usize, errno: Errno) -> Failure {
    let limit = if errno == Errno::EINVAL { system::limit("kernel/msgmax") } else { None };
    match limit.filter(|&limit| u64::try_from(length).is_ok_and(|length| length > limit)) {
        Some(limit) => fail(
            format_args!("push(): msgsnd() of {length} bytes, more than kernel.msgmax ({limit}),"),
            errno,
        ),
        None => fail(format_args!("push(): msgsnd() of {length} bytes"), errno),
    }
}

#[inline]
pub(super) fn pop(this: This<'_, Process>, size: i64) -> Outcome<Text> {
    let state = this.state()?;
    let size = usize::try_from(size).ok().filter(|size| (1..=LARGEST).contains(size)).unwrap_or(LARGEST);
    let queue = state.queue.get().ok_or_else(|| outcome::warning("no msgqueue, cannot use pop()"))?;
    let mut room = size.min(USUAL);
    loop {
        match recv_buffer::receive(room, |runtime, buffer| {
            runtime.pop(queue, state.number, buffer.message())
        })? {
            Ok(text) => return Ok(text),
            // The kernel's limit is above the default here, and the message is still in the queue.
            Err(Errno::E2BIG) if room < size => room = size,
            Err(errno) => return Err(fail(format_args!("pop(): msgrcv() of up to {size} bytes"), errno)),
        }
    }
}

pub(super) fn status(this: This<'_, Process>) -> Outcome<NewArray> {
    let queue = this.state()?.queue.get();
    let queue = queue.ok_or_else(|| outcome::warning("no queue, can't get stats of the queue"))?;
    let status = queue.status().map_err(|errno| fail("statQueue(): msgctl()", errno))?;
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(NewArray::with_capacity(2)
        .with("queue_num", number(status.messages))
        .with("queue_bytes", number(status.bytes)))
}

/// Lists the queues without a key whose pools are gone.
pub(super) fn abandoned(remove: bool) -> Outcome<NewArray> {
    let found = Registry::of_user().and_then(|registry| registry.abandoned(remove));
    let found = found.map_err(|errno| outcome::system("reading the registry of queues", errno))?;
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let mut list = NewArray::with_capacity(u32::try_from(found.len()).unwrap_or(0));
    for queue in found {
        if let Err(errno) = queue.removed {
            let what = format_args!("Process::queues(): msgctl() of queue {}", queue.id);
            outcome::log_failure(what, errno);
        }
        list.push(
            NewArray::with_capacity(5)
                .with("id", queue.id)
                .with("pid", queue.maker)
                .with("queue_num", number(queue.messages))
                .with("queue_bytes", number(queue.bytes))
                .with("removed", queue.removed == Ok(true)),
        );
    }
    Ok(list)
}

pub(super) fn free(this: This<'_, Process>) -> Outcome<bool> {
    let state = this.state()?;
    let Some(queue) = state.queue.get() else {
        return Ok(false);
    };
    queue.remove().map_err(|errno| fail("freeQueue(): msgctl()", errno))?;
    state.queue.set(None);
    Ok(true)
}
