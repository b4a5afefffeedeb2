//! Clocks: the monotonic one for deadlines, the calendar for log lines.

use crate::os::fault::{Call, check};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// clock_gettime(2), `CLOCK_MONOTONIC`.
#[inline]
pub fn monotonic() -> Instant {
    Instant::now()
}

/// The time as system calls take it.
pub(super) fn timespec(time: Duration) -> libc::timespec {
    // The same type as `time_t`, which the crate libc calls deprecated for musl.
    let tv_sec = libc::c_long::try_from(time.as_secs()).unwrap_or(libc::c_long::MAX);
    libc::timespec { tv_sec, tv_nsec: time.subsec_nanos().into() }
}

/// The same for older calls, in microseconds.
pub(super) fn timeval(time: Duration) -> libc::timeval {
    let tv_sec = libc::c_long::try_from(time.as_secs()).unwrap_or(libc::c_long::MAX);
    libc::timeval { tv_sec, tv_usec: time.subsec_micros().into() }
}

/// nanosleep(2): waits for `time`, or less when a signal handler runs.
pub fn pause(time: Duration) {
    let time = timespec(time);
    if check(Call::Nanosleep).is_err() {
        return;
    }
    // SAFETY: `time` is read; a null remainder is allowed.
    unsafe { libc::nanosleep(&raw const time, std::ptr::null_mut()) };
}

/// gettimeofday(2): seconds since 1970 and the microseconds of that second.
pub fn wall() -> (i64, u32) {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), since.subsec_micros())
}

/// localtime_r(3) and strftime(3): `seconds` since 1970 in the local time zone, formatted by `format`.
/// `None` when the format is empty, contains a NUL or yields more than 256 bytes.
pub fn local_time(seconds: i64, format: &str) -> Option<String> {
    let format = std::ffi::CString::new(format).ok()?;
    let mut parts = std::mem::MaybeUninit::<libc::tm>::uninit();
    // SAFETY: both pointers are valid for the call; localtime_r writes the whole of `parts` when it succeeds.
    let result = unsafe { libc::localtime_r(&raw const seconds, parts.as_mut_ptr()) };
    if result.is_null() {
        return None;
    }
    let mut text = vec![0u8; 256];
    // SAFETY: `parts` was initialised by localtime_r, `format` ends with NUL, `text` has the stated length.
    let len =
        unsafe { libc::strftime(text.as_mut_ptr().cast(), text.len(), format.as_ptr(), parts.as_ptr()) };
    text.truncate(len);
    if len == 0 { None } else { String::from_utf8(text).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_that_yields_nothing_or_too_much_is_refused() {
        assert_eq!(local_time(0, ""), None);
        assert_eq!(local_time(0, "a\0b"), None);
        assert_eq!(local_time(0, &"x".repeat(300)), None);
        assert!(local_time(86_400, "%Y-%m-%d").is_some_and(|text| text.starts_with("1970-01-0")));
    }
}
