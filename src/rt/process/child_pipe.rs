//! The pipe that is a standard descriptor of a child: lines are read from our end, or that becomes a stream.

use crate::os::pipe::{self, Half};
use crate::os::prepared_wait::prepare_wait;
use crate::os::{Errno, Result, fd, file, uninterrupted};
use crate::rt::core::clock::WaitEnv;
use std::os::fd::{AsFd, AsRawFd, IntoRawFd, OwnedFd, RawFd};
use std::time::Instant;

/// How much a read of a line takes at once.
const CHUNK: usize = 8192;

/// A longer line comes in parts.
const LONGEST: usize = 16 << 20;

/// Our end of the pipe.
#[derive(Debug, Default)]
pub enum ChildPipe {
    /// The descriptor is no pipe, or the end was closed.
    #[default]
    None,
    /// It is ours.
    Ours {
        /// Our end.
        fd: OwnedFd,
        /// The data that was read and is not a whole line yet.
        ahead: Vec<u8>,
    },
    /// A stream has it.
    GivenAway,
}

/// What a read of a line has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line of so many bytes, its end included, which the last one may lack: [`ChildPipe::ahead`]. 0 at the end of
    /// the pipe.
    Whole(usize),
    /// Nothing yet. The descriptor to wait for.
    Wait(RawFd),
    /// There is no pipe.
    NoPipe,
    /// A stream has the pipe.
    GivenAway,
}

impl ChildPipe {
    pub(super) fn new(end: Option<OwnedFd>) -> ChildPipe {
        end.map_or(ChildPipe::None, |fd| ChildPipe::Ours { fd, ahead: Vec::new() })
    }

    /// The line that comes next, without waiting.
    pub fn read_line(&mut self) -> Result<Line> {
        let (fd, ahead) = match self {
            ChildPipe::None => return Ok(Line::NoPipe),
            ChildPipe::GivenAway => return Ok(Line::GivenAway),
            ChildPipe::Ours { fd, ahead } => (fd, ahead),
        };
        let mut seen = 0;
        loop {
            if let Some(at) = memchr::memchr(b'\n', ahead.get(seen..).unwrap_or_default()) {
                return Ok(Line::Whole(seen + at + 1));
            }
            seen = ahead.len();
            if !uninterrupted(|| pipe::is_readable(fd.as_fd()))? {
                return Ok(Line::Wait(fd.as_raw_fd()));
            }
            let mut chunk = [0; CHUNK];
            let count = uninterrupted(|| file::read(fd.as_fd(), &mut chunk))?;
            ahead.extend_from_slice(chunk.get(..count).unwrap_or_default());
            // The second is true of a line that was too long before this read.
            if count == 0 || seen >= LONGEST {
                return Ok(Line::Whole(ahead.len()));
            }
        }
    }

    /// The data that was read ahead.
    pub fn ahead(&self) -> &[u8] {
        if let ChildPipe::Ours { ahead, .. } = self { ahead } else { &[] }
    }

    /// A line of this length was read.
    pub fn consume_line(&mut self, len: usize) {
        if let ChildPipe::Ours { ahead, .. } = self {
            ahead.drain(..len.min(ahead.len()));
        }
    }

    /// Our end, for a stream: it stays with the runtime until [`ChildPipe::give_away`]. `EBADF` when there is none,
    /// `EBUSY` when lines were read ahead.
    pub fn for_stream(&self) -> Result<RawFd> {
        match self {
            ChildPipe::Ours { ahead, .. } if !ahead.is_empty() => Err(Errno::EBUSY),
            ChildPipe::Ours { fd, .. } => Ok(fd.as_raw_fd()),
            _ => Err(Errno::EBADF),
        }
    }

    /// Our end belongs to a stream.
    pub fn give_away(&mut self) {
        if let ChildPipe::Ours { fd, .. } = std::mem::replace(self, ChildPipe::GivenAway) {
            let _ = fd.into_raw_fd();
        }
    }
}

/// Waits until a read of a line may find more, or `deadline` has passed. `EINTR` when a signal handler has run.
pub fn wait_for_line(fd: RawFd, deadline: Option<Instant>, env: WaitEnv) -> Result<()> {
    let left = deadline.map(|deadline| deadline.saturating_duration_since((env.now)()));
    let prepared = prepare_wait([])?;
    let result = match (env.interrupted)() {
        true => Err(Errno::EINTR),
        false => fd::with_foreign(fd, |fd| pipe::wait(fd, Half::Read, None, left, &prepared)),
    };
    prepared.release();
    result.map(drop)
}
