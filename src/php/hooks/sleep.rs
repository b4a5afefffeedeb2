//! Hooks of functions that sleep.

use super::flags::{Flag, Hook, may_wait};
use crate::os::clock;
use crate::php::{loop_access, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::wait::{WaitKind, Wake};
use crate::zend::arrays::NewArray;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::function_hooks::replacement;
use crate::zend::values::Owned;
use std::time::Duration;

pub(super) const HOOK: Hook = Hook {
    functions: &[
        replacement!("sleep", "function sleep(int $seconds): int", may_pause, sleep),
        replacement!("usleep", "function usleep(int $microseconds): void", may_pause, usleep),
        replacement!(
            "time_nanosleep",
            "function time_nanosleep(int $seconds, int $nanoseconds): array|bool",
            may_pause,
            time_nanosleep
        ),
        replacement!(
            "time_sleep_until",
            "function time_sleep_until(float $timestamp): bool",
            may_pause,
            time_sleep_until
        ),
    ],
    ..Hook::of(Flag::SLEEP)
};

const SECOND: u64 = 1_000_000_000;

fn may_pause() -> bool {
    loop_access::tell_of_signals();
    may_wait(Flag::SLEEP)
}

/// Sleeps for this time while other coroutines run. Returns the time left if the sleep was cancelled.
fn pause(time: Duration) -> Outcome<Duration> {
    let begun = now();
    let wake = waiting::wait(WaitKind::Time, Some(time))?;
    let left = time.saturating_sub(now().saturating_duration_since(begun));
    Ok(if wake == Wake::TimedOut { Duration::ZERO } else { left })
}

const NEGATIVE: &std::ffi::CStr = c"must be greater than or equal to 0";

fn sleep(seconds: i64) -> Outcome<i64> {
    let seconds = u64::try_from(seconds).map_err(|_| Failure::BadValue(1, NEGATIVE))?;
    let left = pause(Duration::from_secs(seconds))?;
    let whole = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    Ok(i64::try_from(whole).unwrap_or(i64::MAX))
}

fn usleep(microseconds: i64) -> Outcome<()> {
    let microseconds = u64::try_from(microseconds).map_err(|_| Failure::BadValue(1, NEGATIVE))?;
    pause(Duration::from_micros(microseconds)).map(drop)
}

fn time_nanosleep(seconds: i64, nanoseconds: i64) -> Outcome<Owned> {
    let seconds = u64::try_from(seconds).map_err(|_| Failure::BadValue(1, NEGATIVE))?;
    let nanoseconds = u64::try_from(nanoseconds).map_err(|_| Failure::BadValue(2, NEGATIVE))?;
    if nanoseconds >= SECOND {
        let text = c"Nanoseconds was not in the range 0 to 999 999 999 or seconds was negative";
        return Err(Failure::ValueError(text));
    }
    let left = pause(Duration::from_secs(seconds).saturating_add(Duration::from_nanos(nanoseconds)))?;
    if left.is_zero() {
        return Ok(Owned::new(true));
    }
    let left = NewArray::with_capacity(2)
        .with("seconds", i64::try_from(left.as_secs()).unwrap_or(i64::MAX))
        .with("nanoseconds", i64::from(left.subsec_nanos()));
    Ok(Owned::new(left))
}

fn time_sleep_until(timestamp: f64) -> Outcome<bool> {
    let (seconds, micros) = clock::wall();
    let since = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
    let now = since.saturating_add(Duration::from_micros(micros.into()));
    // NAN and negative numbers are in the past. A time that no clock will reach is for ever.
    let until = Duration::try_from_secs_f64(timestamp.max(0.0)).unwrap_or(Duration::MAX);
    if until <= now {
        let text = "Argument #1 ($timestamp) must be greater than or equal to the current time";
        return Err(Failure::Warning(text.into()));
    }
    Ok(pause(until.saturating_sub(now))?.is_zero())
}
