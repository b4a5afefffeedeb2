//! `Swoole\Event` and the `swoole_event_*` functions.

use crate::os::Errno;
use crate::os::epoll::Interest;
use crate::os::fd;
use crate::php::event_loop::{self, Until};
use crate::php::{exceptions, loop_access, outcome, process, settings, socket};
use crate::rt::core::event_loop::Cycle;
use crate::rt::core::reactor::Callbacks;
use crate::rt::core::timers::Token;
use crate::zend::arguments::Callable;
use crate::zend::callback::Callback;
use crate::zend::callbacks::{self, Leading};
use crate::zend::class::{Class, table};
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::lifecycle::{Part, once};
use crate::zend::values::Value;
use crate::zend::{globals, static_method, streams};
use std::os::fd::RawFd;

pub(super) const PART: Part = Part { start: once!(|_| CLASS.register()), ..Part::NONE };

static CLASS: Class = Class::new("Swoole\\Event").not_instantiable().methods(table![
    static_method!(
        "public static function add(mixed $fd, ~?callable $read_callback = null, ~?callable $write_callback = null, int $events = SWOOLE_EVENT_READ): int|false",
        add
    ),
    static_method!("lenient public static function del(mixed $fd): bool", del),
    static_method!(
        "lenient public static function set(mixed $fd, ~?callable $read_callback = null, ~?callable $write_callback = null, int $events = 0): bool",
        set
    ),
    static_method!("public static function isset(mixed $fd, int $events = 1536): bool", isset),
    static_method!("lenient public static function dispatch(): bool", dispatch),
    static_method!("public static function defer(callable $callback): bool", defer),
    static_method!("lenient public static function cycle(?callable $callback, bool $before = false): bool", cycle),
    static_method!("public static function write(mixed $fd, string $data): bool", write),
    static_method!("public static function wait(): void", wait),
    static_method!("lenient public static function rshutdown(): void", event_loop::run_at_shutdown),
    static_method!("lenient public static function exit(): void", exit),
]);

/// `SWOOLE_EVENT_READ`.
pub(super) const READ: i64 = 512;
/// `SWOOLE_EVENT_WRITE`.
pub(super) const WRITE: i64 = 1024;

/// The interest that these bits of a script stand for.
pub(super) fn interest(events: i64) -> Interest {
    let mut interest = Interest::empty();
    interest.set(Interest::READ, events & READ != 0);
    interest.set(Interest::WRITE, events & WRITE != 0);
    interest
}

/// The reverse of [`interest`].
pub(super) fn bits(interest: Interest) -> i64 {
    let bit = |part, bit| if interest.contains(part) { bit } else { 0 };
    bit(Interest::READ, READ) | bit(Interest::WRITE, WRITE)
}

/// The descriptor to watch for a value: an int, a stream, a socket of ext-sockets or of coroutines, a process.
fn descriptor(value: Value<'_>) -> Option<RawFd> {
    process::descriptor(value).or_else(|| socket::descriptor(value)).or_else(|| streams::pollable(value))
}

/// As [`descriptor`], with Swoole's warnings for values without one, except for objects.
fn convert(value: Value<'_>) -> Option<RawFd> {
    if let Some(fd) = descriptor(value) {
        return Some(fd);
    }
    if settings::display_errors() {
        if let Some(number) = value.as_int() {
            let text = format!("invalid file descriptor#{number} passed");
            errors::warn_owned(text);
        } else if value.is_resource() {
            streams::warn_without_descriptor(value);
            errors::warn("fd argument must be either valid PHP stream or valid PHP socket resource");
        } else if !value.is_object() {
            errors::warn("invalid file descriptor passed");
        }
    }
    None
}

/// As [`descriptor`], with Swoole's warnings for values without one.
pub(super) fn expect_descriptor(value: Value<'_>) -> Outcome<RawFd> {
    convert(value).ok_or_else(|| outcome::warning("unknown fd type"))
}

/// As [`expect_descriptor`], in the words of the methods for descriptors that are watched already.
fn expect_watched(value: Value<'_>) -> Outcome<RawFd> {
    convert(value).ok_or_else(|| outcome::warning("unknown type"))
}

/// Stores a callback for a descriptor, if one is given. It gets the value that the script passed for the descriptor.
fn callback(value: Option<Value<'_>>, fd: Value<'_>, name: &str) -> Outcome<Option<Token>> {
    let Some(value) = value else { return Ok(None) };
    let Some(callback) = Callback::find(value) else {
        errors::warn_owned(outcome::not_callable(value));
        return Err(Failure::Throw {
            class: &exceptions::EXCEPTION,
            message: format!("{name} must be of type callable, {} given", value.type_name()).into(),
            code: 0,
        });
    };
    Ok(Some(callbacks::keep(callback, Leading::No, std::iter::once(fd))))
}

fn callbacks(fd: Value<'_>, read: Option<Value<'_>>, write: Option<Value<'_>>) -> Outcome<Callbacks> {
    let read = callback(read, fd, "readable_callback")?;
    match callback(write, fd, "writable_callback") {
        Ok(write) => Ok(Callbacks { read, write }),
        Err(failure) => {
            callbacks::release_each(read);
            Err(failure)
        }
    }
}

/// The callbacks of a new watcher. Those of the wanted events must be there.
fn callbacks_for(
    fd: Value<'_>,
    number: RawFd,
    wanted: Interest,
    read: Option<Value<'_>>,
    write: Option<Value<'_>>,
) -> Outcome<Callbacks> {
    let take = |given, event, name, kind| match callback(given, fd, name) {
        Ok(None) if wanted.contains(event) => Err(missing(number, kind)),
        Err(failure) if wanted.contains(event) => {
            // As in Swoole, the warning follows the exception: an error handler does not get it.
            failure.raise();
            Err(missing(number, kind))
        }
        taken => taken,
    };
    let read = take(read, Interest::READ, "readable_callback", "readable")?;
    let write = take(write, Interest::WRITE, "writable_callback", "writable");
    if write.is_err() {
        callbacks::release_each(read);
    }
    Ok(Callbacks { read, write: write? })
}

fn release(callbacks: Callbacks) {
    callbacks::release_each(callbacks.read.into_iter().chain(callbacks.write));
}

fn missing(fd: RawFd, kind: &str) -> Failure {
    outcome::warning(format!("Swoole\\Event: unable to find {kind} callback of fd [{fd}]"))
}

/// Checks that every wanted event has a callback.
fn check(fd: RawFd, callbacks: Callbacks, wanted: Interest) -> Outcome<()> {
    let kind = if wanted.contains(Interest::READ) && callbacks.read.is_none() {
        "readable"
    } else if wanted.contains(Interest::WRITE) && callbacks.write.is_none() {
        "writable"
    } else {
        return Ok(());
    };
    Err(missing(fd, kind))
}

pub(super) fn add(
    fd: Value<'_>,
    read: Option<Value<'_>>,
    write: Option<Value<'_>>,
    events: Option<i64>,
) -> Outcome<i64> {
    loop_access::announce()?;
    let number = expect_descriptor(fd)?;
    let wanted = interest(events.unwrap_or(READ));
    if number == 0 && wanted.contains(Interest::WRITE) {
        return Err(outcome::warning("invalid socket fd [0]"));
    }
    if globals::with(|runtime| runtime.core.events.reactor.is_watched(number)) {
        outcome::note(Errno::EEXIST);
        return Err(outcome::warning("already exist"));
    }
    if wanted.is_empty() {
        return Err(outcome::warning("invalid events"));
    }
    let callbacks = callbacks_for(fd, number, wanted, read, write)?;
    // Calls on it return at once from now on, as in Swoole: one that asks for more than there is would stop the loop.
    let added = globals::with(|runtime| {
        runtime.core.events.reactor.add_and(number, callbacks, wanted, fd::end_waits)
    });
    let added = added.map_err(|errno| {
        outcome::note(errno);
        match errno {
            Errno::EEXIST => outcome::warning("already exist"),
            _ => outcome::warning("swoole_event_add failed"),
        }
    });
    match added {
        Ok(forgotten) => {
            forgotten.into_iter().for_each(release);
            Ok(i64::from(number))
        }
        Err(failure) => {
            release(callbacks);
            Err(failure)
        }
    }
}

fn not_ready(name: &str) -> Failure {
    outcome::warning(format!("reactor is not ready, cannot call swoole_event_{name}"))
}

fn not_found(fd: RawFd) -> Failure {
    outcome::warning(format!("socket[{fd}] is not found in the reactor"))
}

pub(super) fn del(fd: Value<'_>) -> Outcome<bool> {
    if !globals::with(|runtime| runtime.core.events.is_in_use()) {
        return Err(not_ready("del"));
    }
    let number = expect_watched(fd)?;
    let removed =
        globals::with(|runtime| runtime.core.events.reactor.remove(number)).map_err(outcome::silent)?;
    release(removed);
    Ok(true)
}

pub(super) fn set(
    fd: Value<'_>,
    read: Option<Value<'_>>,
    write: Option<Value<'_>>,
    events: i64,
) -> Outcome<bool> {
    if !globals::with(|runtime| runtime.core.events.is_in_use()) {
        return Err(not_ready("set"));
    }
    let number = convert(fd).ok_or(Failure::False)?;
    let Some((old, wanted)) = globals::with(|runtime| runtime.core.events.reactor.get(number)) else {
        return Err(not_found(number));
    };
    let new = callbacks(fd, read, write)?;
    let changed = Callbacks { read: new.read.or(old.read), write: new.write.or(old.write) };
    let wanted = if interest(events).is_empty() { wanted } else { interest(events) };
    let result = check(number, changed, wanted).and_then(|()| {
        globals::with(|runtime| runtime.core.events.reactor.set(number, changed, wanted))
            .map_err(|errno| outcome::system("epoll_ctl()", errno))
    });
    if let Err(failure) = result {
        release(new);
        return Err(failure);
    }
    release(Callbacks {
        read: old.read.filter(|_| new.read.is_some()),
        write: old.write.filter(|_| new.write.is_some()),
    });
    Ok(true)
}

pub(super) fn isset(fd: Value<'_>, events: i64) -> Outcome<bool> {
    if !globals::with(|runtime| runtime.core.events.is_in_use()) {
        return Ok(false);
    }
    let number = expect_watched(fd)?;
    let watched = globals::with(|runtime| runtime.core.events.reactor.get(number));
    Ok(watched.is_some_and(|(_, wanted)| wanted.intersects(interest(events))))
}

pub(super) fn dispatch() -> Outcome<bool> {
    if !globals::with(|runtime| runtime.core.events.is_in_use()) {
        return Ok(false);
    }
    event_loop::run(Until::Turned).map(|()| true)
}

pub(super) fn defer(callable: Callable<'_>) -> Outcome<bool> {
    let token = callbacks::keep(callable.keep(), Leading::No, std::iter::empty());
    loop_access::with(|events| events.defer(token))?;
    Ok(true)
}

/// Sets or removes a `cycle` callback. Removing one returns whether there was one.
pub(super) fn cycle(callable: Option<Callable<'_>>, before: bool) -> Outcome<bool> {
    let when = if before { Cycle::Before } else { Cycle::After };
    let token = callable.map(|callable| callbacks::keep(callable.keep(), Leading::No, std::iter::empty()));
    let old = loop_access::with(|events| events.set_cycle(when, token))?;
    let removed = old.is_some();
    callbacks::release_each(old);
    Ok(token.is_some() || removed)
}

pub(super) fn write(fd: Value<'_>, data: &[u8]) -> Outcome<bool> {
    if data.is_empty() {
        return Err(outcome::warning("data empty"));
    }
    let number = expect_watched(fd)?;
    if fd.is_resource() && streams::descriptor(fd).is_none() {
        return Err(outcome::warning("the stream encrypts or filters what it sends: use fwrite()"));
    }
    let default = settings::socket_buffer_size();
    let (limit, result) = globals::with(|runtime| {
        if let Some(bytes) = default {
            runtime.pipes.set_default_buffer_size(bytes);
        }
        let limit = runtime.pipes.buffer_size();
        (limit, runtime.core.events.reactor.write(number, data, limit))
    });
    match result {
        Ok(()) => Ok(true),
        Err(Errno::ENOENT) => Err(not_found(number)),
        Err(Errno::ENOBUFS) => {
            let limits =
                format!("Event::write(): no room for {} bytes, at most {limit} may wait", data.len());
            crate::php::log::warning(&limits);
            Err(outcome::silent(Errno::ENOBUFS))
        }
        Err(errno) => Err(outcome::system("send()", errno)),
    }
}

pub(super) fn wait() -> Outcome<()> {
    event_loop::run(Until::Empty)
}

pub(super) fn exit() -> Outcome<()> {
    globals::with(|runtime| runtime.core.events.ask_to_leave());
    Ok(())
}
