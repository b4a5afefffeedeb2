//! `Swoole\Process\Channel`: a channel of values between processes, in shared memory.

use crate::os::epoll::Interest;
use crate::os::{Errno, fd};
use crate::php::constructed::Constructed;
use crate::php::readiness::{self, Target, WaitResult};
use crate::php::serialized::{self, Encoded};
use crate::php::{handles, outcome, waiting};
use crate::rt::core::clock::now;
use crate::rt::fd_passing::Place;
use crate::rt::shared::channel::{AcquireError, Channel, LARGEST, MOST, OpenError, Side, Stop};
use crate::zend::arguments::Reference;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::class::{Class, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{Part, once};
use crate::zend::object::{PhpClass, This};
use crate::zend::values::{Owned, Value};
use crate::zend::{globals, interrupt, method, recv_buffer};
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

pub(super) const PART: Part = Part { start: once!(|_| CLASS.register()), ..Part::NONE };

/// How long a coroutine waits before it checks by itself: a killed process may owe it a wakeup.
const LOOK: Duration = Duration::from_millis(100);

/// The room for a value that is tried first.
const USUAL: usize = 2048;

static CLASS: Class =
    Class::new("Swoole\\Process\\Channel").objects::<Object>().not_serializable().methods(table![
        method!("public function __construct(int $capacity = 1024, int $size = 1048576)", construct),
        method!("public function push(mixed $value, float $timeout = -1): bool", push),
        method!(
            "public function pop(float $timeout = -1, mixed &$received = null, array $options = []): mixed",
            pop
        ),
        method!("public function close(): bool", close),
        method!("public function isClosed(): bool", is_closed),
        method!("public function length(): int", length),
        method!("public function capacity(): int", capacity),
        method!("public function stats(): array", stats),
        method!("public function stream(): mixed", stream),
    ]);

#[derive(Default)]
struct Object(Constructed<State>);

struct State {
    channel: Channel,
    /// Texts of values whose senders wait for room: a coroutine that waits may never continue.
    parked: RefCell<Vec<(u64, Encoded)>>,
    last: Cell<u64>,
    /// Whether this process has a stream that tells of values.
    has_stream: Cell<bool>,
}

impl PhpClass for Object {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, _visitor: &mut Visitor) {}
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn construct(this: This<'_, Object>, capacity: i64, size: i64) -> Outcome<()> {
    let within = |value: i64, most: u64| u64::try_from(value).ok().filter(|value| (1..=most).contains(value));
    let most = within(capacity, MOST).ok_or(Failure::BadValue(1, c"must be between 1 and 16777215"))?;
    let size = within(size, LARGEST).ok_or(Failure::BadValue(2, c"must be between 1 and 137438953472"))?;
    let channel = Channel::new(most, size).map_err(|reason| match reason {
        OpenError::NoRoom(no_room) => outcome::no_room("the channel", no_room),
        OpenError::Failed(errno) => outcome::exception("eventfd()", errno),
    })?;
    let state =
        State { channel, parked: RefCell::new(Vec::new()), last: Cell::new(0), has_stream: Cell::new(false) };
    this.0.set(this, state)
}

/// Waits until a call that found nothing may find something. `seen` is the state that the call found.
fn wait(state: &State, side: Side, seen: u64, deadline: Option<Instant>) -> Outcome<()> {
    let channel = &state.channel;
    let failed = |errno| outcome::system("eventfd", errno);
    let time = deadline.map(|deadline| deadline.saturating_duration_since(now()));
    if time.is_some_and(|time| time.is_zero()) {
        if side == Side::Messages && state.has_stream.get() && channel.arm(side, seen).map_err(failed)? {
            return Ok(());
        }
        return Err(outcome::silent(Errno::ETIMEDOUT));
    }
    if waiting::must_be_inside().is_ok() {
        if channel.arm(side, seen).map_err(failed)? {
            return Ok(());
        }
        let until = now().checked_add(time.map_or(LOOK, |time| time.min(LOOK)));
        let owner = std::ptr::from_ref(channel).addr();
        let wanted = Target::new(owner, fd::number(&channel.event(side)), Interest::READ);
        return match readiness::wait(vec![wanted], until)? {
            WaitResult::Canceled => Err(outcome::silent(Errno::ECANCELED)),
            WaitResult::Ready | WaitResult::TimedOut | WaitResult::Closed => Ok(()),
        };
    }
    match channel.sleep(side, seen, deadline, waiting::env()) {
        Ok(()) => Ok(()),
        Err(AcquireError::Pause) => interrupt::dispatch().map(drop),
        Err(refused) => Err(refuse(refused)),
    }
}

/// The failure of a call that did not get what it needs.
#[cold]
fn refuse(refused: AcquireError) -> Failure {
    match refused {
        AcquireError::TimedOut => outcome::silent(Errno::ETIMEDOUT),
        AcquireError::Failed(errno) => outcome::system("futex()", errno),
        AcquireError::Busy | AcquireError::Deadlock | AcquireError::Full | AcquireError::Pause => {
            outcome::silent(Errno::EAGAIN)
        }
    }
}

fn push(this: This<'_, Object>, value: Value<'_>, timeout: f64) -> Outcome<bool> {
    let state = this.0.get()?;
    let encoded = Encoded::new(value)?;
    let seen = state.channel.seen(Side::Room);
    let pushed = state.channel.push(encoded.form(), encoded.text(), waiting::env());
    if pushed.is_ok() {
        return Ok(true);
    }
    let name = state.last.get().wrapping_add(1);
    state.last.set(name);
    state.parked.borrow_mut().push((name, encoded));
    let pushed = push_later(state, name, seen, pushed, waiting::until(timeout));
    let place = state.parked.borrow().iter().position(|(parked, _)| *parked == name);
    let text = place.map(|place| state.parked.borrow_mut().swap_remove(place));
    drop(text);
    pushed.map(|()| true)
}

/// Pushes a parked value, after a first attempt.
#[cold]
fn push_later(
    state: &State,
    name: u64,
    mut seen: u64,
    mut pushed: Result<(), Stop>,
    deadline: Option<Instant>,
) -> Outcome<()> {
    loop {
        match pushed {
            Ok(()) => {
                state.channel.pass_on(Side::Room);
                return Ok(());
            }
            Err(Stop::Again) => wait(state, Side::Room, seen, deadline)?,
            Err(stop) => stopped(stop, "the channel is closed, cannot push into it")?,
        }
        seen = state.channel.seen(Side::Room);
        pushed = match state.parked.borrow().iter().find(|(parked, _)| *parked == name) {
            Some((_, encoded)) => state.channel.push(encoded.form(), encoded.text(), waiting::env()),
            None => Err(Stop::Closed),
        };
    }
}

/// The failure of a call, unless it only has to be repeated. `closed` is the text for a closed channel.
#[cold]
fn stopped(stop: Stop, closed: &'static str) -> Outcome<()> {
    match stop {
        Stop::Refused(AcquireError::Pause) => interrupt::dispatch().map(drop),
        Stop::Refused(refused) => Err(refuse(refused)),
        Stop::Closed if closed.is_empty() => Err(outcome::silent(Errno::ECONNRESET)),
        Stop::Closed => {
            outcome::note(Errno::EPIPE);
            Err(outcome::warning(closed))
        }
        Stop::TooLarge => {
            outcome::note(Errno::EMSGSIZE);
            Err(outcome::warning(
                "the value is larger than the channel: pass a larger $size to the constructor",
            ))
        }
        Stop::Again | Stop::Needs(_) => Ok(()),
    }
}

fn pop(
    this: This<'_, Object>,
    timeout: f64,
    received: Option<Reference<'_>>,
    options: Array<'_>,
) -> Outcome<Owned> {
    serialized::received(received, || pop_value(this, timeout, options))
}

fn pop_value(this: This<'_, Object>, timeout: f64, options: Array<'_>) -> Outcome<Owned> {
    let state = this.0.get()?;
    // Before a value is taken, which would be lost.
    serialized::check_options(options)?;
    let mut until = None;
    let (mut room, mut form) = (USUAL, 0);
    loop {
        let seen = state.channel.seen(Side::Messages);
        let popped = recv_buffer::receive(room, |_, buffer| {
            let (kind, len) = state.channel.pop(&mut buffer.text(), waiting::env())?;
            form = kind;
            Ok(len)
        })?;
        match popped {
            Ok(text) => {
                if until.is_some() {
                    state.channel.pass_on(Side::Messages);
                }
                return serialized::decode(form, text, options);
            }
            Err(Stop::Needs(len)) => room = len,
            Err(Stop::Again) => {
                let until = *until.get_or_insert_with(|| waiting::until(timeout));
                wait(state, Side::Messages, seen, until)?;
            }
            Err(stop) => stopped(stop, "")?,
        }
    }
}

fn close(this: This<'_, Object>) -> Outcome<bool> {
    let state = this.0.get()?;
    loop {
        match state.channel.close(waiting::env()) {
            Ok(first) => return Ok(first),
            Err(stop) => stopped(stop, "")?,
        }
    }
}

fn is_closed(this: This<'_, Object>) -> Outcome<bool> {
    Ok(this.0.get()?.channel.is_closed())
}

fn length(this: This<'_, Object>) -> Outcome<i64> {
    Ok(number(this.0.get()?.channel.stats().len))
}

fn capacity(this: This<'_, Object>) -> Outcome<i64> {
    Ok(number(this.0.get()?.channel.most()))
}

fn stats(this: This<'_, Object>) -> Outcome<NewArray> {
    let channel = &this.0.get()?.channel;
    let stats = channel.stats();
    Ok(NewArray::with_capacity(7)
        .with("length", number(stats.len))
        .with("capacity", number(channel.most()))
        .with("bytes", number(stats.used))
        .with("size", number(channel.size()))
        .with("pushed", number(stats.pushed))
        .with("popped", number(stats.popped))
        .with("closed", channel.is_closed()))
}

/// A stream that can be read when `pop()` may find a value, or the end.
fn stream(this: This<'_, Object>) -> Outcome<Owned> {
    let state = this.0.get()?;
    let number = fd::number(&state.channel.event(Side::Messages));
    globals::with(|runtime| runtime.fd_passing.duplicate(number)).map_err(handles::unusable)?;
    let stream = handles::stream(Place::Duplicate).map_err(handles::HandOverError::settle);
    globals::with(|runtime| runtime.fd_passing.forget_duplicate());
    let stream = stream?;
    state.has_stream.set(true);
    // What is there already counts as new.
    let seen = if state.channel.stats().len > 0 { u64::MAX } else { state.channel.seen(Side::Messages) };
    state.channel.arm(Side::Messages, seen).map_err(|errno| outcome::system("eventfd", errno))?;
    Ok(stream)
}
