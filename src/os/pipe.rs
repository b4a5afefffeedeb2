//! Unix socket pairs as pipes between processes.
//!
//! Message pipes are `SOCK_SEQPACKET`: they have the boundaries, truncation and sizes of a datagram pair, and EOF when
//! every copy of the other end is closed (unix(7)).

use crate::os::fault::{Call, check, shorten};
use crate::os::prepared_wait::PreparedWait;
use crate::os::socket::{OptionName, Shut, Spec};
use crate::os::spare::Spare;
use crate::os::{Errno, Result, clock, poll, socket};
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd};
use std::time::Duration;

/// What a pipe carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Bytes without boundaries.
    Stream,
    /// Messages: one send is one receive.
    Message,
}

/// Whether a call may wait in the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// As the descriptor is set: until there is data or room, or its timeout has expired.
    Allowed,
    /// The call returns `EAGAIN` immediately.
    Never,
}

/// A direction of one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The direction in which this end receives.
    Read,
    /// The direction in which this end sends.
    Write,
}

/// socketpair(2): two connected ends, close-on-exec, blocking.
pub fn pair(kind: Kind) -> Result<(OwnedFd, OwnedFd)> {
    let kind = match kind {
        Kind::Stream => libc::SOCK_STREAM,
        Kind::Message => libc::SOCK_SEQPACKET,
    };
    socket::pair_with(Spec { domain: libc::AF_UNIX, kind, protocol: 0 }, libc::SOCK_CLOEXEC)
}

/// send(2) with `MSG_NOSIGNAL`: returns the number of bytes taken.
#[inline]
pub fn send(fd: BorrowedFd<'_>, data: &[u8], wait: Wait) -> Result<usize> {
    check(Call::Send)?;
    let len = shorten(Call::Send, data.len());
    // SAFETY: `len` is at most the length of `data`.
    let sent =
        unsafe { libc::send(fd.as_raw_fd(), data.as_ptr().cast(), len, wait.flags() | libc::MSG_NOSIGNAL) };
    Errno::result(sent).map(isize::unsigned_abs)
}

/// recv(2) with `MSG_TRUNC`: for a message pipe the full length of the message, of which at most `buffer.len()` bytes
/// were stored; for a stream the number of bytes stored. 0 is EOF.
#[inline]
pub fn receive<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>, wait: Wait) -> Result<usize> {
    receive_with(fd, buffer.into(), wait.flags() | libc::MSG_TRUNC)
}

/// recv(2) of one message, or of one part of a stream that ends with a descriptor and has at most `buffer.len()` bytes.
/// The descriptors that come with it are closed, and never opened: the call needs no free number.
#[inline]
pub fn receive_part<'b>(
    kind: Kind,
    fd: BorrowedFd<'_>,
    buffer: impl Into<Spare<'b>>,
    wait: Wait,
) -> Result<usize> {
    receive_with(fd, buffer.into(), wait.flags() | kind.whole())
}

/// recv(2), `MSG_PEEK`: as [`receive`], and nothing is consumed. Descriptors that come with a message stay with it. For
/// a stream the number of bytes stored.
#[inline]
pub fn peek(kind: Kind, fd: BorrowedFd<'_>, buffer: &mut [u8], wait: Wait) -> Result<usize> {
    receive_with(fd, Spare::from(buffer), wait.flags() | kind.whole() | libc::MSG_PEEK)
}

#[inline]
fn receive_with(fd: BorrowedFd<'_>, mut buffer: Spare<'_>, flags: i32) -> Result<usize> {
    check(Call::Recv)?;
    // SAFETY: the pointer and the length describe `buffer`.
    let got = unsafe { libc::recv(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len(), flags) };
    Errno::result(got).map(isize::unsigned_abs)
}

impl Kind {
    /// The flag by which recv(2) returns the full length of a message. On a stream it would discard the bytes.
    pub(super) fn whole(self) -> i32 {
        match self {
            Kind::Message => libc::MSG_TRUNC,
            Kind::Stream => 0,
        }
    }
}

impl Wait {
    /// The flag of send(2) and recv(2).
    pub(super) fn flags(self) -> i32 {
        match self {
            Wait::Allowed => 0,
            Wait::Never => libc::MSG_DONTWAIT,
        }
    }
}

/// shutdown(2) of one direction, for all processes that share this end.
pub fn shut(fd: BorrowedFd<'_>, half: Half) -> Result<()> {
    socket::shut(fd, if half == Half::Read { Shut::Read } else { Shut::Write })
}

/// setsockopt(2), `SO_RCVTIMEO` or `SO_SNDTIMEO`: how long a call may wait until it returns `EAGAIN`.
pub fn limit_wait(fd: BorrowedFd<'_>, half: Half, limit: Duration) -> Result<()> {
    let option = match half {
        Half::Read => libc::SO_RCVTIMEO,
        Half::Write => libc::SO_SNDTIMEO,
    };
    socket::set(fd, OptionName::of_socket(option), &clock::timeval(limit))
}

/// setsockopt(2), `SO_SNDBUF`: asks for `bytes` of send buffer; the kernel grants at most
/// net.core.wmem_max and doubles it for its own bookkeeping (socket(7)).
pub fn set_send_buffer(fd: BorrowedFd<'_>, bytes: i32) -> Result<()> {
    socket::set_number(fd, OptionName::of_socket(libc::SO_SNDBUF), bytes)
}

/// getsockopt(2), `SO_SNDBUF`: the bytes that may be in flight, bookkeeping included. Every message is smaller.
pub fn send_buffer(fd: BorrowedFd<'_>) -> Result<usize> {
    let bytes = socket::number(fd, OptionName::of_socket(libc::SO_SNDBUF))?;
    usize::try_from(bytes).map_err(|_| Errno::EINVAL)
}

/// poll(2): whether a read would not wait.
pub fn is_readable(fd: BorrowedFd<'_>) -> Result<bool> {
    Ok(poll::check_now(fd.as_raw_fd(), libc::POLLIN)? != 0)
}

/// The result of [`wait`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ready {
    /// The pipe can be read or written without waiting, or has an error or EOF to report.
    pub pipe: bool,
    /// The watched descriptor has become readable.
    pub watched: bool,
}

/// ppoll(2): waits until `fd` is ready for `half`, `watched` is readable, or `limit` has passed (then neither). A signal
/// ends the wait (`EINTR`), even if it came since the wait was prepared.
pub fn wait(
    fd: BorrowedFd<'_>,
    half: Half,
    watched: Option<BorrowedFd<'_>>,
    limit: Option<Duration>,
    prepared: &PreparedWait,
) -> Result<Ready> {
    let events = match half {
        Half::Read => libc::POLLIN,
        Half::Write => libc::POLLOUT,
    };
    // poll(2) ignores negative descriptors.
    let watched = watched.map_or(-1, |fd| fd.as_raw_fd());
    let mut fds = [
        libc::pollfd { fd: fd.as_raw_fd(), events, revents: 0 },
        libc::pollfd { fd: watched, events: libc::POLLIN, revents: 0 },
    ];
    prepared.poll(&mut fds, limit)?;
    Ok(Ready { pipe: fds[0].revents != 0, watched: fds[1].revents != 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsFd;

    #[test]
    fn a_message_keeps_its_boundary_and_tells_its_full_length() {
        let (a, b) = pair(Kind::Message).unwrap();
        send(a.as_fd(), b"first message", Wait::Never).unwrap();
        send(a.as_fd(), b"second", Wait::Never).unwrap();
        let mut buffer = [0; 5];
        assert_eq!(receive(b.as_fd(), &mut buffer, Wait::Never), Ok(13));
        assert_eq!(&buffer, b"first");
        assert_eq!(receive(b.as_fd(), &mut buffer, Wait::Never), Ok(6));
        assert_eq!(receive(b.as_fd(), &mut buffer, Wait::Never), Err(Errno::EAGAIN));
    }

    #[test]
    fn both_kinds_report_the_end_when_the_other_end_closes() {
        for kind in [Kind::Stream, Kind::Message] {
            let (a, b) = pair(kind).unwrap();
            drop(a);
            assert_eq!(receive_part(kind, b.as_fd(), &mut [0; 4], Wait::Allowed), Ok(0));
            assert_eq!(send(b.as_fd(), b"x", Wait::Allowed), Err(Errno::EPIPE));
        }
    }

    #[test]
    fn what_has_come_and_an_end_are_readable() {
        let (a, b) = pair(Kind::Message).unwrap();
        assert_eq!(is_readable(b.as_fd()), Ok(false));
        send(a.as_fd(), b"x", Wait::Never).unwrap();
        assert_eq!(is_readable(b.as_fd()), Ok(true));
        receive(b.as_fd(), &mut [0; 4], Wait::Never).unwrap();
        assert_eq!(is_readable(b.as_fd()), Ok(false));
        drop(a);
        assert_eq!(is_readable(b.as_fd()), Ok(true));
    }

    #[test]
    fn a_time_limit_ends_a_wait_with_eagain() {
        let (a, _b) = pair(Kind::Message).unwrap();
        limit_wait(a.as_fd(), Half::Read, Duration::from_millis(5)).unwrap();
        assert_eq!(receive(a.as_fd(), &mut [0; 4], Wait::Allowed), Err(Errno::EAGAIN));
    }
}
