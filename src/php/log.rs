//! The log: lines that a script does not see as PHP warnings, such as those about truncated messages.
//!
//! Its form is `[2026-01-31 10:00:00 *123.0]<TAB>WARNING<TAB>text`, with one write(2) for each line, to stderr or to
//! the file set by `swoole_async_set(['log_file' => ...])`.
//!
//! The log must not stop the program: it never waits for a reader, for room, or for a terminal. A line that cannot be
//! written is dropped and counted; the count is written before the next line that succeeds, or at the end. The errno of
//! the program stays the same.

use crate::os::process::Pid;
use crate::os::shared::SharedWords;
use crate::os::{self, Errno, clock, fd, process};
use crate::rt::core::clock::now;
use crate::rt::log_limit::LogLimit;
use crate::zend::globals::per_thread;
use crate::zend::lifecycle::Part;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ffi::CString;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::atomic::Ordering;

/// The level of a line, by the `SWOOLE_LOG_*` numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i64)]
pub(super) enum Level {
    Debug = 0,
    Trace = 1,
    Info = 2,
    Notice = 3,
    Warning = 4,
    Error = 5,
}

impl Level {
    /// By its number; the nearest for others.
    pub(super) fn of(number: i64) -> Level {
        match number {
            ..=0 => Level::Debug,
            1 => Level::Trace,
            2 => Level::Info,
            3 => Level::Notice,
            4 => Level::Warning,
            5.. => Level::Error,
        }
    }

    /// As lines have it.
    fn name(self) -> &'static str {
        match self {
            Level::Debug => "DEBUG",
            Level::Trace => "TRACE",
            Level::Info => "INFO",
            Level::Notice => "NOTICE",
            Level::Warning => "WARNING",
            Level::Error => "ERROR",
        }
    }
}

struct Log {
    /// `None` for stderr.
    file: Option<LogFile>,
    /// Lines below this level are not written.
    level: i64,
    date_format: Option<String>,
    microseconds: bool,
    lost: LostLines,
}

/// The log file.
struct LogFile {
    /// Its writes never wait.
    file: OwnedFd,
    path: CString,
    /// How often it is to have been opened again, in memory that is shared with the children.
    reopenings: SharedWords,
    /// How often this process has opened it again.
    reopened: u64,
}

impl LogFile {
    /// Opens the file again if that was asked for, in this process or another one. The error when that fails: then the
    /// old file is used, and it is not tried again.
    fn follow(&mut self) -> os::Result<()> {
        let wanted = self.reopenings.get(0).map_or(0, |word| word.load(Ordering::Relaxed));
        if wanted != self.reopened {
            self.reopened = wanted;
            self.file = fd::append(&self.path)?;
        }
        Ok(())
    }
}

/// Lines that could not be written.
struct LostLines {
    count: u64,
    /// The process that has lost them; the child of a fork has lost none.
    owner: Pid,
    /// Whether a part of the last one was written.
    is_cut: bool,
}

impl LostLines {
    const NONE: LostLines = LostLines { count: 0, owner: 0, is_cut: false };
}

impl Log {
    const DEFAULT: Log =
        Log { file: None, level: 0, date_format: None, microseconds: false, lost: LostLines::NONE };

    /// Writes a line, after the count of lost lines. `swoole_errno()` still shows the failure that the line is about.
    fn put(&mut self, level: Level, text: &str) {
        os::keep_errno(|| {
            self.follow();
            let written = if self.tell_lost() {
                self.try_text(&self.line(level, text))
            } else {
                WriteProgress::Nothing
            };
            if written != WriteProgress::Whole {
                self.lost.count += 1;
                self.lost.is_cut |= written == WriteProgress::Part;
            }
        });
    }

    /// Opens the file again if that was requested. False if that fails; then the old file gets a line about it.
    fn follow(&mut self) -> bool {
        let Some(Err(errno)) = self.file.as_mut().map(LogFile::follow) else { return true };
        let notice = format!("the log file cannot be opened again: {errno}");
        self.try_text(&self.line(Level::Warning, &notice));
        false
    }

    /// Writes the count of lost lines, if any. False when that cannot be written either.
    #[cold]
    fn tell_lost(&mut self) -> bool {
        let owner = process::pid();
        if self.lost.owner != owner {
            self.lost = LostLines { owner, ..LostLines::NONE };
        }
        if self.lost.count == 0 {
            return true;
        }
        let rest = if self.lost.is_cut { "\n" } else { "" };
        let notice = match self.lost.count {
            1 => "1 log line was lost: it could not be written".to_owned(),
            count => format!("{count} log lines were lost: they could not be written"),
        };
        let written = self.try_text(&format!("{rest}{}", self.line(Level::Warning, &notice)));
        self.lost.is_cut |= written == WriteProgress::Part;
        if written == WriteProgress::Whole {
            self.lost = LostLines { owner, ..LostLines::NONE };
        }
        written == WriteProgress::Whole
    }

    fn line(&self, level: Level, text: &str) -> String {
        let (seconds, micros) = clock::wall();
        let format = self.date_format.as_deref().unwrap_or(DATE_FORMAT);
        let date = clock::local_time(seconds, format).unwrap_or_default();
        let fraction = if self.microseconds { format!("<.{micros:06}>") } else { String::new() };
        format!("[{date}{fraction} *{}.0]\t{}\t{text}\n", process::pid(), level.name())
    }

    /// Writes a text as a whole, or in parts if the file takes only parts.
    fn try_text(&self, text: &str) -> WriteProgress {
        let mut rest = text.as_bytes();
        let mut tries = TRIES;
        while !rest.is_empty() && tries > 0 {
            let written = match &self.file {
                Some(log) => fd::write(log.file.as_fd(), rest),
                None => fd::write_to_stderr(rest),
            };
            match written {
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(Errno::EINTR) => tries -= 1,
                Err(_) => break,
            }
        }
        match rest.len() {
            0 => WriteProgress::Whole,
            left if left < text.len() => WriteProgress::Part,
            _ => WriteProgress::Nothing,
        }
    }
}

/// How much of a text was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WriteProgress {
    Nothing,
    Part,
    Whole,
}

const DATE_FORMAT: &str = "%Y-%m-%d %H:%M:%S";

per_thread! {
    static LOG: RefCell<Log> = RefCell::new(Log::DEFAULT);
}

pub(super) const PART: Part = Part { request_stop: end_limit, request_end: end, ..Part::NONE };

/// Closes the file, after writing the count of lost lines if there is room now.
#[cold]
fn end() {
    NOTICED.with(|noticed| noticed.borrow_mut().0.clear());
    let mut log = LOG.with(|log| log.replace(Log::DEFAULT));
    log.tell_lost();
}

/// Appends lines to this file from now on.
pub(super) fn set_file(path: &Path) -> os::Result<()> {
    let path = CString::new(path.as_os_str().as_bytes()).map_err(|_| Errno::EINVAL)?;
    let file = fd::append(&path)?;
    let file = LogFile { file, path, reopenings: SharedWords::new(1)?, reopened: 0 };
    LOG.with(|log| log.borrow_mut().file = Some(file));
    Ok(())
}

/// Whether the log is a file.
pub(super) fn has_file() -> bool {
    LOG.with(|log| log.borrow().file.is_some())
}

/// Opens the log file again, for a program that has renamed it. Processes that have it from the same `set_file()` do
/// so before their next line.
pub(super) fn reopen() {
    let is_open = LOG.with(|log| {
        let log = &mut *log.borrow_mut();
        if let Some(word) = log.file.as_ref().and_then(|file| file.reopenings.get(0)) {
            word.fetch_add(1, Ordering::Relaxed);
        }
        log.follow()
    });
    if is_open {
        notice("the log file was opened again");
    }
}

/// Drops lines below this level (`SWOOLE_LOG_*`).
pub(super) fn set_level(level: i64) {
    LOG.with(|log| log.borrow_mut().level = level);
}

/// Whether a date format yields text, as strftime(3) reads it.
pub(super) fn is_date_format(format: &str) -> bool {
    clock::local_time(0, format).is_some()
}

/// Sets the date format.
pub(super) fn set_date_format(format: String) {
    LOG.with(|log| log.borrow_mut().date_format = Some(format));
}

/// Adds microseconds to the date. The counting of repeated lines starts again.
pub(super) fn set_microseconds(microseconds: bool) {
    LOG.with(|log| log.borrow_mut().microseconds = microseconds);
    with_limit(|limit| *limit = LogLimit::new());
}

per_thread! {
    /// The recent lines, and the process that has written them.
    static LIMIT: RefCell<(LogLimit, process::Pid)> = RefCell::new((LogLimit::new(), 0));
}

/// Calls `body` with the limit of this process, which does not count its parent's lines.
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
        write(Level::Warning, line);
    }
}

per_thread! {
    /// The kinds of notices that were written, and the process that has written them.
    static NOTICED: RefCell<(BTreeSet<&'static str>, process::Pid)> = RefCell::new((BTreeSet::new(), 0));
}

/// Writes a line that reports no fault, once in a process for each kind.
#[cold]
pub(super) fn notice_once(kind: &'static str, text: impl FnOnce() -> String) {
    let is_new = NOTICED.with(|noticed| {
        let (kinds, owner) = &mut *noticed.borrow_mut();
        if *owner != process::pid() {
            (*kinds, *owner) = (BTreeSet::new(), process::pid());
        }
        kinds.insert(kind)
    });
    if is_new {
        notice(&text());
    }
}

/// Writes a line that reports no fault. The caller writes it once.
pub(super) fn notice(text: &str) {
    write(Level::Notice, text);
}

/// At the end of the request: writes how many lines were dropped.
#[cold]
fn end_limit() {
    for line in with_limit(LogLimit::end) {
        write(Level::Warning, &line);
    }
}

/// Writes a line of this level, however many there are.
pub(super) fn write(level: Level, text: &str) {
    LOG.with(|log| {
        let mut log = log.borrow_mut();
        if level as i64 >= log.level {
            log.put(level, text);
        }
    });
}

/// How often a line is tried again when signals interrupt it.
const TRIES: u32 = 10;
