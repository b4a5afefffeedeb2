//! `Swoole\\Coroutine\\System`: waits for system events. `Swoole\\Coroutine` has the same methods.

use super::{command, files, hosts, life};
use crate::os::fd;
use crate::os::process::Pid;
use crate::os::{self, Errno};
use crate::php::{event, outcome, waiting};
use crate::rt::core::registrations::Watch;
use crate::rt::core::source::{DescriptorWait, SignalWait, Source};
use crate::rt::core::wait::Wake;
use crate::rt::process::children::ChildWait;
use crate::rt::runtime::Runtime;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::class::{Class, table};
use crate::zend::coercion::IntOrArray;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::static_method;
use crate::zend::values::Value;
use std::os::fd::RawFd;
use std::time::Instant;

pub(super) static CLASS: Class = Class::new("Swoole\\Coroutine\\System").not_instantiable().methods(table![
    static_method!(
        "public static function gethostbyname(string $domain_name, int $type = AF_INET, float $timeout = -1): string|false",
        hosts::gethostbyname
    ),
    static_method!(
        "public static function dnsLookup(string $domain_name, float $timeout = 60, int $type = AF_INET): string|false",
        hosts::dns_lookup
    ),
    static_method!(
        "public static function exec(string $command, bool $get_error_stream = false): array|false",
        command::exec
    ),
    static_method!("public static function sleep(float $seconds): bool", life::sleep),
    static_method!(
        "public static function getaddrinfo(string $domain, int $family = AF_INET, int $socktype = SOCK_STREAM, int $protocol = STREAM_IPPROTO_TCP, ?string $service = null, float $timeout = -1): array|bool",
        hosts::getaddrinfo
    ),
    static_method!("public static function statvfs(string $path): array", files::statvfs),
    static_method!("public static function readFile(string $filename, int $flag = 0): string|false", files::read_file),
    static_method!(
        "public static function writeFile(string $filename, string $fileContent, int $flags = 0): int|false",
        files::write_file
    ),
    static_method!("public static function wait(float $timeout = -1): array|false", wait_any),
    static_method!("public static function waitPid(int $pid, float $timeout = -1): array|false", wait_pid),
    static_method!("public static function waitSignal(array|int $signals, float $timeout = -1): int|false", wait_signal),
    static_method!(
        "public static function waitEvent(mixed $socket, int $events = SWOOLE_EVENT_READ, float $timeout = -1): int|false",
        wait_event
    ),
]);

/// One more than the highest signal number that a script may use.
const SIGNALS: i64 = 128;

/// The result of a wait without a result: false, and the error code.
fn nothing(wake: Wake) -> Failure {
    // A cancellation has set its code already.
    if wake == Wake::TimedOut { outcome::silent(Errno::ETIMEDOUT) } else { Failure::False }
}

pub(super) fn wait_any(timeout: f64) -> Outcome<NewArray> {
    wait_for_child(None, timeout)
}

pub(super) fn wait_pid(pid: i64, timeout: f64) -> Outcome<NewArray> {
    if pid == -1 {
        return wait_any(timeout);
    }
    // A number that does not fit must not become another one; 0 and other negative numbers mean groups.
    let pid = Pid::try_from(pid).ok().filter(|&pid| pid > 0).ok_or_else(|| outcome::silent(Errno::ECHILD))?;
    wait_for_child(Some(pid), timeout)
}

fn wait_for_child(pid: Option<Pid>, timeout: f64) -> Outcome<NewArray> {
    waiting::must_be_inside()?;
    if pid.is_none() {
        globals::with(|runtime| runtime.core.events.hold_child_signal())
            .map_err(|errno| outcome::system("sigaction()", errno))?;
    }
    let found =
        globals::with(|runtime| runtime.pipes.take_child(&mut runtime.core, pid)).map_err(outcome::silent)?;
    if let Some(report) = found {
        return Ok(outcome::end_of(report.reaped));
    }
    let (wake, result) = wait_on(ChildWait(pid), waiting::deadline(timeout))?;
    match result {
        // Even if the time limit expired in the same moment: a status that was taken must not be lost.
        Some(Ok(report)) => Ok(outcome::end_of(report.reaped)),
        Some(Err(errno)) if wake == Wake::Ready => Err(outcome::silent(errno)),
        _ => Err(nothing(wake)),
    }
}

pub(super) fn wait_signal(signals: IntOrArray<'_>, timeout: f64) -> Outcome<i64> {
    waiting::must_be_inside()?;
    let numbers = match signals {
        IntOrArray::Int(number) => number_of(number).into_iter().collect(),
        IntOrArray::Array(array) => numbers_of(array)?,
    };
    let invalid = || outcome::warning("Invalid signal in the given list");
    if numbers.is_empty() {
        return Err(invalid());
    }
    match globals::with(|runtime| runtime.core.events.prepare_signal_wait(&numbers)) {
        Ok(None) => {}
        Ok(Some(number)) => return Ok(i64::from(number)),
        Err(Errno::EBUSY) => {
            return Err(outcome::warning("Unable to wait signal, async signal listener has been registered"));
        }
        Err(Errno::EINVAL) => return Err(invalid()),
        Err(errno) => return Err(outcome::system("sigaction()", errno)),
    }
    let (wake, number) = wait_on(SignalWait(numbers), waiting::deadline(timeout))?;
    number.filter(|_| wake != Wake::Canceled).map(i64::from).ok_or_else(|| nothing(wake))
}

fn number_of(number: i64) -> Option<i32> {
    i32::try_from(number).ok().filter(|_| (1..SIGNALS).contains(&number))
}

/// The numbers in a list; an empty list when one of them is not a signal.
fn numbers_of(array: Array<'_>) -> Outcome<Vec<i32>> {
    // Conversions may run PHP code, which may leave by a long jump: nothing of ours is on the heap until they are done.
    let numbers = array.convert(|value| Some(value.to_int())).ok_or(Failure::Thrown)?;
    let numbers = numbers.as_array().iter().map(|(_, value)| value.as_int().and_then(number_of));
    Ok(numbers.collect::<Option<Vec<i32>>>().unwrap_or_default())
}

pub(super) fn wait_event(socket: Value<'_>, events: Option<i64>, timeout: f64) -> Outcome<i64> {
    waiting::must_be_inside()?;
    let fd = event::expect_descriptor(socket)?;
    let events = events.unwrap_or(event::READ);
    if event::interest(events).is_empty() {
        return Err(outcome::silent(Errno::EINVAL));
    }
    if timeout == 0.0 {
        let ready = ready(fd, events).map_err(outcome::silent)?;
        return if ready == 0 { Err(nothing(Wake::TimedOut)) } else { Ok(ready) };
    }
    let deadline = waiting::deadline(timeout);
    let watch = match globals::with(|runtime| runtime.core.events.reactor.watch_once(fd)) {
        Ok(watch) => watch,
        // A plain file is always ready.
        Err(Errno::EPERM) => return ready(fd, events).map_err(outcome::silent),
        Err(errno) => return Err(outcome::silent(errno)),
    };
    let result = wait_until_ready(fd, watch, events, deadline);
    globals::with(|runtime| runtime.core.events.reactor.unwatch(watch));
    result
}

/// The kernel has reported each change since the watch began. The cause of a change may be gone by the time the
/// coroutine continues.
fn wait_until_ready(fd: RawFd, watch: Watch, events: i64, deadline: Option<Instant>) -> Outcome<i64> {
    let directions = [event::READ, event::WRITE].map(|bit| events & bit != 0);
    loop {
        let (wake, ()) = wait_on(DescriptorWait { watch, directions }, deadline)?;
        if wake != Wake::Ready {
            return Err(nothing(wake));
        }
        match ready(fd, events).map_err(outcome::silent)? {
            0 => {}
            what => return Ok(what),
        }
    }
}

/// Waits for a source that another party ends.
fn wait_on<S: Source>(source: S, deadline: Option<Instant>) -> Outcome<(Wake, S::Output)>
where
    for<'a> S::Parts<'a>: From<&'a mut Runtime>,
{
    waiting::on(source, deadline)?.and_then(|came| came.ok_or(Errno::EAGAIN)).map_err(outcome::silent)
}

/// Which of the wanted events are present now.
fn ready(fd: RawFd, events: i64) -> os::Result<i64> {
    let ready = fd::readiness(fd, event::interest(events))?;
    Ok(event::bits(ready))
}
