//! A file that the kernel sends.

use super::state::{Socket, fail};
use super::wait::{finish, halt, transfer};
use crate::os::file::{self, OpenMode};
use crate::os::{self, Errno};
use crate::php::outcome;
use crate::php::waiting::Halt;
use crate::rt::core::handles::SocketToken;
use crate::rt::core::registrations::Direction;
use crate::zend::errors::Outcome;
use crate::zend::object::This;
use crate::zend::{cwd, globals};
use std::ffi::{CString, OsStr};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;

fn open(path: &[u8]) -> os::Result<OwnedFd> {
    let path = cwd::resolve(OsStr::from_bytes(path))?;
    let path = CString::new(path.into_os_string().as_encoded_bytes()).map_err(|_| Errno::EINVAL)?;
    file::open(&path, OpenMode::Read)
}

pub(super) fn send(this: This<'_, Socket>, path: &[u8], offset: i64, length: i64) -> Outcome<bool> {
    let token = this.token()?;
    if path.is_empty() {
        return Err(outcome::warning("file to send is empty"));
    }
    let (Ok(offset), Ok(length)) = (usize::try_from(offset), usize::try_from(length)) else {
        return Err(fail(this, Errno::EINVAL));
    };
    let file = open(path).map_err(|errno| {
        fail(this, errno);
        outcome::system(format!("open({})", String::from_utf8_lossy(path)), errno)
    })?;
    let result = send_part(token, file, offset, Some(length).filter(|&length| length > 0));
    // If an exception has ended the wait, the file is still open.
    globals::with(|runtime| runtime.sockets.end_file(token));
    finish(this, result.map(|()| true))
}

fn send_part(token: SocketToken, file: OwnedFd, offset: usize, length: Option<usize>) -> Result<(), Halt> {
    let begun = globals::with(|runtime| runtime.sockets.begin_file(token, file, offset, length));
    begun.map_err(|stop| halt(stop, Direction::Write))?;
    transfer(token, Direction::Write, 0.0, || Ok(globals::with(|runtime| runtime.sockets.send_file(token))))
}
