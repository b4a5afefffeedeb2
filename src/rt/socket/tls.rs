//! A TLS session on a socket.

use crate::os::process::{self, Pid};
use crate::os::spare::Spare;
use crate::os::tls::Session;
use crate::os::tls::settings::{Failure, Step};
use crate::os::{Errno, socket};
use crate::rt::socket::attempt::{Attempt, Stop, uninterrupted};
use std::os::fd::BorrowedFd;

/// The session, and the data between it and the kernel.
#[derive(Debug)]
pub(super) struct Tls {
    session: Session,
    /// The number of bytes that the session has taken, but that no call has counted yet.
    unsent: usize,
    has_ended: bool,
    failure: Option<Failure>,
    owner: Pid,
}

/// The largest content of a record, in bytes.
pub(super) const RECORD: usize = 16 * 1024;
/// The size of one receive, in bytes: a record with its frame.
const CHUNK: usize = RECORD + 512;

impl Tls {
    pub(super) fn new(session: Session) -> Tls {
        Tls { session, unsent: 0, has_ended: false, failure: None, owner: process::pid() }
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    pub(super) fn take_failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    /// See `Socket::forget_unsent`.
    pub(super) fn forget_unsent(&mut self) {
        self.unsent = 0;
    }

    pub(super) fn handshake(&mut self, fd: BorrowedFd<'_>) -> Attempt<()> {
        loop {
            let step = self.session.handshake();
            // An alert tells the other side the reason.
            let flushed = self.flush(fd);
            match self.fail(step)? {
                Step::Done(()) => return flushed,
                Step::NeedsInput => {
                    // Data without room is sent later, when the other side has read.
                    if !matches!(flushed, Ok(()) | Err(Stop::Again)) {
                        return flushed;
                    }
                    if !self.hear(fd)? {
                        return Err(Stop::Failed(Errno::ECONNRESET));
                    }
                }
            }
        }
    }

    pub(super) fn receive(&mut self, fd: BorrowedFd<'_>, mut buffer: Spare<'_>) -> Attempt<usize> {
        self.until_read(fd, |session| session.read(buffer.lend()))
    }

    pub(super) fn peek(&mut self, fd: BorrowedFd<'_>, mut buffer: Spare<'_>) -> Attempt<usize> {
        self.until_read(fd, |session| session.peek(buffer.lend()))
    }

    fn until_read(
        &mut self,
        fd: BorrowedFd<'_>,
        mut read: impl FnMut(&mut Session) -> Result<Step<usize>, Failure>,
    ) -> Attempt<usize> {
        loop {
            let step = read(&mut self.session);
            // The session may have an answer of its own. If there is no room, the next send sends it.
            let _ = self.flush(fd);
            match self.fail(step)? {
                Step::Done(len) => return Ok(len),
                Step::NeedsInput if self.has_ended => return Ok(0),
                Step::NeedsInput => {
                    self.hear(fd)?;
                }
            }
        }
    }

    /// Sends a part of the data. If there is no room for the part, the session has taken it already: the caller must
    /// repeat the same call.
    pub(super) fn send(&mut self, fd: BorrowedFd<'_>, data: &[u8]) -> Attempt<usize> {
        if self.unsent == 0 {
            self.flush(fd)?;
            let taken = self.session.write(data);
            self.unsent = self.fail(taken)?;
        }
        self.flush(fd)?;
        Ok(std::mem::take(&mut self.unsent))
    }

    /// Sends the end of TLS (close_notify), if there is room for it. A forked child does not send it, because its
    /// parent continues the session.
    pub(super) fn close(&mut self, fd: BorrowedFd<'_>) {
        if self.owner == process::pid() && self.session.is_established() {
            self.session.close();
            let _ = self.flush(fd);
        }
    }

    fn flush(&mut self, fd: BorrowedFd<'_>) -> Attempt<()> {
        while !self.session.to_send().is_empty() {
            let sent = uninterrupted(|| socket::send(fd, self.session.to_send()))?;
            self.session.note_sent(sent);
        }
        Ok(())
    }

    /// Receives; false at the end.
    fn hear(&mut self, fd: BorrowedFd<'_>) -> Attempt<bool> {
        let mut chunk = [0; CHUNK];
        let len = uninterrupted(|| socket::receive(fd, &mut chunk))?;
        self.session.hear(chunk.get(..len).unwrap_or_default());
        self.has_ended = len == 0;
        Ok(len > 0)
    }

    fn fail<T>(&mut self, result: Result<T, Failure>) -> Attempt<T> {
        result.map_err(|failure| {
            self.failure = Some(failure);
            Stop::Failed(Errno::EPROTO)
        })
    }
}
