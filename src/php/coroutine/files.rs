//! Whole files, and file systems.
//!
//! Plain files are read and written immediately: the kernel offers no way to wait for them. A coroutine waits for named
//! pipes, terminals, and locks of other processes.

use crate::os::file::{self, Kind, Lock, OpenMode};
use crate::os::{self, Errno};
use crate::php::{outcome, transfer, waiting};
use crate::rt::core::handles::TransferToken;
use crate::rt::core::registrations::Direction;
use crate::zend::arrays::NewArray;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::recv_buffer::StringBuffer;
use crate::zend::values::Text;
use crate::zend::{cwd, globals};
use std::ffi::{CString, OsStr};
use std::os::unix::ffi::OsStrExt;

/// `LOCK_EX`.
const LOCK: i64 = 2;
/// `FILE_APPEND`.
const APPEND: i64 = 8;

/// The initial room for a file of unknown size, in bytes.
const SMALL: usize = 8192;

/// The path that a script gave. `EINVAL` when it contains a NUL.
fn path(name: &[u8]) -> os::Result<CString> {
    let path = cwd::resolve(OsStr::from_bytes(name))?;
    CString::new(path.into_os_string().as_encoded_bytes()).map_err(|_| Errno::EINVAL)
}

fn must_be_name(name: &[u8]) -> Outcome<()> {
    if name.is_empty() {
        return Err(Failure::ValueError(c"Filename cannot be empty"));
    }
    if name.contains(&0) {
        return Err(Failure::BadValue(1, c"must not contain any null bytes"));
    }
    waiting::must_be_inside()
}

fn open(name: &[u8], mode: OpenMode) -> Outcome<TransferToken> {
    let opened = transfer::retry(|| {
        let path = path(name)?;
        globals::with(|runtime| runtime.transfers.open(&path, mode))
    });
    opened?.map_err(transfer::refusal)
}

pub(super) fn read_file(name: &[u8], flags: i64) -> Outcome<Text> {
    must_be_name(name)?;
    let token = open(name, OpenMode::Read)?;
    let text = read(token, flags);
    transfer::close(token);
    text?.map_err(transfer::refusal)
}

fn read(token: TransferToken, flags: i64) -> Outcome<os::Result<Text>> {
    let kind = match globals::with(|runtime| runtime.transfers.kind(token)) {
        Ok(kind) => kind,
        Err(errno) => return Ok(Err(errno)),
    };
    if flags & LOCK != 0
        && let Err(errno) = lock(token, Lock::Shared)?
    {
        return Ok(Err(errno));
    }
    match kind {
        // One byte more than expected, to detect EOF.
        Kind::Plain { size } => {
            read_rest(token, usize::try_from(size).unwrap_or(usize::MAX).saturating_add(1).max(SMALL))
        }
        Kind::Fifo => {
            let readable = || match globals::with(|runtime| runtime.transfers.is_readable(token)) {
                Ok(false) => Err(Errno::EAGAIN),
                result => result.map(drop),
            };
            match transfer::until(token, Direction::Read, None, readable)? {
                Ok(()) => read_rest(token, SMALL),
                Err(errno) => Ok(Err(errno)),
            }
        }
        Kind::Other => read_rest(token, SMALL),
    }
}

/// Reads to EOF, with initial room for `expected` bytes.
fn read_rest(token: TransferToken, expected: usize) -> Outcome<os::Result<Text>> {
    let mut text = StringBuffer::new();
    text.reserve(expected)?;
    let read = transfer::read_to_end(token, &mut text)?;
    Ok(read.map(|()| text.into_text()))
}

fn lock(token: TransferToken, lock: Lock) -> Outcome<os::Result<()>> {
    transfer::retry(|| globals::with(|runtime| runtime.transfers.lock(token, lock)))
}

pub(super) fn write_file(name: &[u8], content: &[u8], flags: i64) -> Outcome<i64> {
    must_be_name(name)?;
    let mode = match (flags & APPEND != 0, flags & LOCK != 0) {
        (true, _) => OpenMode::Append,
        // The file's content belongs to the holder of the lock, so it is not truncated yet.
        (false, true) => OpenMode::Write,
        (false, false) => OpenMode::Replace,
    };
    let token = open(name, mode)?;
    let written = write(token, mode, content, flags);
    transfer::close(token);
    written?.map_err(transfer::refusal)?;
    Ok(i64::try_from(content.len()).unwrap_or(i64::MAX))
}

fn write(token: TransferToken, mode: OpenMode, content: &[u8], flags: i64) -> Outcome<os::Result<()>> {
    if flags & LOCK != 0
        && let Err(errno) = lock(token, Lock::Exclusive)?
    {
        return Ok(Err(errno));
    }
    let emptied = globals::with(|runtime| match mode {
        OpenMode::Write if matches!(runtime.transfers.kind(token)?, Kind::Plain { .. }) => {
            runtime.transfers.empty(token)
        }
        _ => Ok(()),
    });
    if emptied.is_err() {
        return Ok(emptied);
    }
    let mut sent = 0;
    transfer::until(token, Direction::Write, None, || {
        globals::with(|runtime| runtime.transfers.write_rest(token, content, &mut sent))
    })
}

/// Returns an empty array on failure, because the declaration does not allow false.
pub(super) fn statvfs(name: &[u8]) -> Outcome<NewArray> {
    if name.is_empty() {
        return Err(Failure::ValueError(c"Path cannot be empty"));
    }
    if name.contains(&0) {
        return Err(Failure::BadValue(1, c"must not contain any null bytes"));
    }
    let system = match path(name).and_then(|path| file::file_system(&path)) {
        Ok(system) => system,
        Err(errno) => {
            outcome::note(errno);
            return Ok(NewArray::with_capacity(0));
        }
    };
    let members = [
        ("bsize", system.block),
        ("frsize", system.fragment),
        ("blocks", system.fragments),
        ("bfree", system.free),
        ("bavail", system.available),
        ("files", system.inodes),
        ("ffree", system.inodes_free),
        ("favail", system.inodes_available),
        ("fsid", system.id),
        ("flag", system.flags),
        ("namemax", system.longest_name),
    ];
    let list = NewArray::with_capacity(11);
    Ok(members.into_iter().fold(list, |list, (name, number)| list.with(name, number.cast_signed())))
}
