//! The log: lines for what a script did not ask to see as a PHP warning, such as cut messages.
//!
//! `[2026-01-31 10:00:00 *123.0]<TAB>WARNING<TAB>text`, one write(2) a line, to stderr or to the file set by
//! `swoole_async_set(['log_file' => ...])`.

use crate::os::{self, Errno, clock, fd, process};
use crate::rt::log_limit::LogLimit;
use crate::rt::runtime::now;
use crate::zend::lifecycle::Part;
use std::cell::RefCell;
use std::ffi::CString;
use std::mem::ManuallyDrop;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// How much a line matters, by the `SWOOLE_LOG_*` numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i64)]
pub(super) enum Level {
    Warning = 4,
}

struct Log {
    file: Option<OwnedFd>,
    /// Lines below this are not written.
    level: i64,
    date_format: Option<String>,
    microseconds: bool,
}

impl Log {
    const DEFAULT: Log = Log { file: None, level: 0, date_format: None, microseconds: false };
}

const DATE_FORMAT: &str = "%Y-%m-%d %H:%M:%S";

thread_local! {
    // ManuallyDrop: a destructor registered for the thread's end would run after the module was unloaded.
    static LOG: ManuallyDrop<RefCell<Log>> = const { ManuallyDrop::new(RefCell::new(Log::DEFAULT)) };
}

pub(super) const PART: Part = Part {
    request_stop: end_limit,
    request_end: || LOG.with(|log| drop(log.replace(Log::DEFAULT))),
    ..Part::NONE
};

/// Writes lines to the end of this file from now on.
pub(super) fn set_file(path: &Path) -> os::Result<()> {
    let path = CString::new(path.as_os_str().as_bytes()).map_err(|_| Errno::EINVAL)?;
    let file = fd::append(&path)?;
    LOG.with(|log| log.borrow_mut().file = Some(file));
    Ok(())
}

/// Drops lines below this level (`SWOOLE_LOG_*`).
pub(super) fn set_level(level: i64) {
    LOG.with(|log| log.borrow_mut().level = level);
}

/// Whether a date's format yields something, as strftime(3) reads it.
pub(super) fn is_date_format(format: &str) -> bool {
    clock::local_time(0, format).is_some()
}

/// Sets the date's format.
pub(super) fn set_date_format(format: String) {
    LOG.with(|log| log.borrow_mut().date_format = Some(format));
}

/// Adds microseconds to the date.
pub(super) fn set_microseconds(microseconds: bool) {
    LOG.with(|log| log.borrow_mut().microseconds = microseconds);
}

thread_local! {
    /// What was written lately, and the process that has written it.
    static LIMIT: ManuallyDrop<RefCell<(LogLimit, process::Pid)>> =
        const { ManuallyDrop::new(RefCell::new((LogLimit::new(), 0))) };
}

/// Uses the limit of this process: what its parent has written is the parent's.
fn with_limit<R>(body: impl FnOnce(&mut LogLimit) -> R) -> R {
    LIMIT.with(|limit| {
        let (limit, owner) = &mut *limit.borrow_mut();
        if *owner != process::pid() {
            (*limit, *owner) = (LogLimit::new(), process::pid());
        }
        body(limit)
    })
}

/// Writes a line, unless it is one of many.
pub(super) fn warning(text: &str) {
    let lines = with_limit(|limit| limit.take(text, now()));
    for line in lines.counts.iter().map(String::as_str).chain(lines.line.then_some(text)) {
        write(Level::Warning, "WARNING", line);
    }
}

/// At the end of the request: tells of the lines that were not written.
fn end_limit() {
    for line in with_limit(LogLimit::end) {
        write(Level::Warning, "WARNING", &line);
    }
}

fn write(level: Level, name: &str, text: &str) {
    LOG.with(|log| {
        let log = log.borrow();
        if (level as i64) < log.level {
            return;
        }
        let (seconds, micros) = clock::wall();
        let format = log.date_format.as_deref().unwrap_or(DATE_FORMAT);
        let date = clock::local_time(seconds, format).unwrap_or_default();
        let fraction = if log.microseconds { format!("<.{micros:06}>") } else { String::new() };
        let line = format!("[{date}{fraction} *{}.0]\t{name}\t{text}\n", process::pid());
        put(log.file.as_ref(), line.as_bytes());
    });
}

/// How often a line that a signal interrupts is tried.
const TRIES: u32 = 10;

/// Writes a line: as a whole, unless the file takes only a part at a time. A log never raises an error, so what
/// cannot be written is lost.
fn put(file: Option<&OwnedFd>, line: &[u8]) {
    let mut rest = line;
    let mut tries = TRIES;
    while !rest.is_empty() && tries > 0 {
        match fd::write(file.map(AsFd::as_fd), rest) {
            Ok(count) => rest = rest.get(count..).unwrap_or_default(),
            Err(Errno::EINTR) => tries -= 1,
            Err(_) => return,
        }
    }
}
