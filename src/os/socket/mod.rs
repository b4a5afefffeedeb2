//! Sockets that never wait in the kernel: a call that would have to wait returns `EAGAIN`.

mod options;
mod path;

use crate::os::address::{Address, Raw};
use crate::os::fault::{Call, check, shorten};
use crate::os::owned::{own, own_pair};
use crate::os::spare::Spare;
use crate::os::{Errno, Result, poll, signal};
use nix::fcntl::{FcntlArg, OFlag};
use nix::sys::socket::{MsgFlags, Shutdown};
use std::io::IoSlice;
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd};

pub use options::{
    OptionName, OptionType, linger, number, parts, reuse_address, reuse_port, send_at_once, set_buffers,
    set_linger, set_number, set_text, take_error, text, time_limit,
};
pub(super) use options::{get, set};
pub use path::{PathIdentity, identity, is_socket, remove};

pub use libc::{AF_INET, AF_INET6, AF_UNIX, MSG_DONTWAIT, MSG_WAITALL, SOCK_STREAM};

/// The arguments of socket(2), as scripts give them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// `AF_*`.
    pub domain: i32,
    /// `SOCK_*`.
    pub kind: i32,
    /// `IPPROTO_*`, 0 for the default.
    pub protocol: i32,
}

/// The address family of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `AF_INET`.
    Inet,
    /// `AF_INET6`.
    Inet6,
    /// `AF_UNIX`.
    Unix,
}

/// The default number of connections that may wait to be accepted.
pub const BACKLOG: i32 = 512;

impl Spec {
    /// A stream socket, or a datagram socket.
    pub fn of(family: Family, is_stream: bool) -> Spec {
        let domain = match family {
            Family::Inet => libc::AF_INET,
            Family::Inet6 => libc::AF_INET6,
            Family::Unix => libc::AF_UNIX,
        };
        Spec { domain, kind: if is_stream { libc::SOCK_STREAM } else { libc::SOCK_DGRAM }, protocol: 0 }
    }

    /// Whether it is a stream, without message boundaries.
    pub fn is_stream(self) -> bool {
        self.kind == libc::SOCK_STREAM
    }

    /// Whether an empty read means EOF. Not for datagrams, which may be empty.
    pub fn knows_an_end(self) -> bool {
        matches!(self.kind, libc::SOCK_STREAM | libc::SOCK_SEQPACKET)
    }

    /// Whether its addresses have ports.
    pub fn has_ports(self) -> bool {
        matches!(self.domain, libc::AF_INET | libc::AF_INET6)
    }

    /// Whether a connection needs the port of its peer. A raw socket sees no ports.
    pub fn needs_port(self) -> bool {
        self.has_ports() && self.kind != libc::SOCK_RAW
    }

    /// Whether its addresses are paths.
    pub fn has_paths(self) -> bool {
        self.domain == libc::AF_UNIX
    }

    /// The same, as a datagram socket.
    pub fn as_datagrams(self) -> Spec {
        Spec { kind: libc::SOCK_DGRAM, ..self }
    }
}

/// Close-on-exec and nonblocking.
const FLAGS: i32 = libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;

/// For data: no waiting, whatever the descriptor's flags are, and no SIGPIPE.
const DONTWAIT: i32 = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;

/// socket(2).
pub fn open(spec: Spec) -> Result<OwnedFd> {
    check(Call::Socket)?;
    // SAFETY: socket takes numbers.
    let fd = Errno::result(unsafe { libc::socket(spec.domain, spec.kind | FLAGS, spec.protocol) })?;
    // SAFETY: the kernel has just returned this number; it has no other owner.
    unsafe { own(fd) }
}

/// socketpair(2).
pub fn pair(spec: Spec) -> Result<[OwnedFd; 2]> {
    pair_with(spec, FLAGS).map(<[OwnedFd; 2]>::from)
}

/// socketpair(2) with these flags.
pub(super) fn pair_with(spec: Spec, flags: i32) -> Result<(OwnedFd, OwnedFd)> {
    check(Call::Socketpair)?;
    let mut ends = [-1; 2];
    // SAFETY: the kernel writes two numbers to `ends`.
    Errno::result(unsafe {
        libc::socketpair(spec.domain, spec.kind | flags, spec.protocol, ends.as_mut_ptr())
    })?;
    // SAFETY: socketpair has just returned these numbers; they have no other owner.
    unsafe { own_pair(ends) }
}

/// bind(2).
pub fn bind(fd: BorrowedFd<'_>, address: &Address) -> Result<()> {
    let raw = Raw::of(address)?;
    check(Call::Bind)?;
    // SAFETY: the pointer and the length describe an address.
    Errno::result(unsafe { libc::bind(fd.as_raw_fd(), raw.as_ptr(), raw.len()) })?;
    Ok(())
}

/// listen(2).
pub fn listen(fd: BorrowedFd<'_>, backlog: i32) -> Result<()> {
    check(Call::Listen)?;
    // SAFETY: listen takes numbers.
    Errno::result(unsafe { libc::listen(fd.as_raw_fd(), backlog) })?;
    Ok(())
}

/// accept4(2). Waits if the descriptor is blocking: see [`set_nonblocking`].
pub fn accept(fd: BorrowedFd<'_>) -> Result<OwnedFd> {
    check(Call::Accept)?;
    let (address, len) = (std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: without a place for it the kernel writes no address.
    let fd = Errno::result(unsafe { libc::accept4(fd.as_raw_fd(), address, len, FLAGS) })?;
    // SAFETY: the kernel has just returned this number; it has no other owner.
    unsafe { own(fd) }
}

/// connect(2). `EINPROGRESS` when the attempt continues. Waits if the descriptor is blocking: see [`set_nonblocking`].
pub fn connect(fd: BorrowedFd<'_>, address: &Address) -> Result<()> {
    let raw = Raw::of(address)?;
    check(Call::Connect)?;
    // SAFETY: the pointer and the length describe an address.
    Errno::result(unsafe { libc::connect(fd.as_raw_fd(), raw.as_ptr(), raw.len()) })?;
    Ok(())
}

/// fcntl(2), `O_NONBLOCK`: no call waits on this open file description any more, nor on its duplicates.
pub fn set_nonblocking(fd: BorrowedFd<'_>) -> Result<()> {
    set_blocking(fd, false)
}

/// fcntl(2), `O_NONBLOCK`: whether calls on this open file description wait, unless a flag of the call forbids it.
pub fn set_blocking(fd: BorrowedFd<'_>, blocking: bool) -> Result<()> {
    let flags = status_flags(fd)?;
    let mut wanted = flags;
    wanted.set(OFlag::O_NONBLOCK, !blocking);
    if wanted != flags {
        check(Call::Fcntl)?;
        nix::fcntl::fcntl(fd, FcntlArg::F_SETFL(wanted))?;
    }
    Ok(())
}

/// fcntl(2), `F_GETFL`.
pub(super) fn status_flags(fd: BorrowedFd<'_>) -> Result<OFlag> {
    check(Call::Fcntl)?;
    nix::fcntl::fcntl(fd, FcntlArg::F_GETFL).map(OFlag::from_bits_retain)
}

/// send(2): returns the number of bytes taken.
#[inline]
pub fn send(fd: BorrowedFd<'_>, data: &[u8]) -> Result<usize> {
    check(Call::Send)?;
    let len = shorten(Call::Send, data.len());
    // SAFETY: `len` is at most the length of `data`.
    let sent = unsafe { libc::send(fd.as_raw_fd(), data.as_ptr().cast(), len, DONTWAIT) };
    Errno::result(sent).map(isize::unsigned_abs)
}

/// sendto(2): returns the number of bytes taken.
pub fn send_to(fd: BorrowedFd<'_>, data: &[u8], address: &Address) -> Result<usize> {
    let raw = Raw::of(address)?;
    check(Call::Send)?;
    let (text, len) = (data.as_ptr().cast(), data.len());
    // SAFETY: the pointers and the lengths describe the data and an address.
    let sent = unsafe { libc::sendto(fd.as_raw_fd(), text, len, DONTWAIT, raw.as_ptr(), raw.len()) };
    Errno::result(sent).map(isize::unsigned_abs)
}

/// recv(2): returns the number of bytes stored; 0 at EOF.
#[inline]
pub fn receive<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>) -> Result<usize> {
    receive_with(fd, buffer.into(), DONTWAIT)
}

/// sendmsg(2) of several parts in a row, or of one message composed of them where there are messages. Returns the
/// number of bytes sent.
pub fn send_parts(fd: BorrowedFd<'_>, parts: &[IoSlice<'_>]) -> Result<usize> {
    check(Call::Send)?;
    nix::sys::socket::sendmsg::<()>(fd.as_raw_fd(), parts, &[], MsgFlags::from_bits_truncate(DONTWAIT), None)
}

/// sendfile(2): sends at most `len` bytes of a file, from `offset` on. Returns the number of bytes sent; zero at the
/// file's end. Waits for room if the descriptor is blocking ([`set_nonblocking`]).
pub fn send_file(fd: BorrowedFd<'_>, file: BorrowedFd<'_>, offset: usize, len: usize) -> Result<usize> {
    let mut offset = libc::off_t::try_from(offset).map_err(|_| Errno::EOVERFLOW)?;
    check(Call::Sendfile)?;
    // sendfile(2) has no flag that suppresses SIGPIPE.
    signal::without_signals_of_writes(|| nix::sys::sendfile::sendfile(fd, file, Some(&mut offset), len))
}

/// recv(2), `MSG_TRUNC`: the length of the next message, of which at most `buffer.len()` bytes were stored. Not for
/// streams, where the kernel would discard the bytes (recv(2)).
#[inline]
pub fn receive_message<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>) -> Result<usize> {
    receive_with(fd, buffer.into(), DONTWAIT | libc::MSG_TRUNC)
}

/// recv(2), `MSG_PEEK`: as [`receive`], but consumes nothing.
pub fn peek<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>) -> Result<usize> {
    receive_with(fd, buffer.into(), DONTWAIT | libc::MSG_PEEK)
}

/// recv(2), `MSG_PEEK` and `MSG_TRUNC`: the length of the next message.
pub fn next_message(fd: BorrowedFd<'_>) -> Result<usize> {
    receive_with(fd, Spare::from(&mut []), DONTWAIT | libc::MSG_PEEK | libc::MSG_TRUNC)
}

#[inline]
fn receive_with(fd: BorrowedFd<'_>, mut buffer: Spare<'_>, flags: i32) -> Result<usize> {
    check(Call::Recv)?;
    // SAFETY: the pointer and the length describe `buffer`.
    let got = unsafe { libc::recv(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len(), flags) };
    Errno::result(got).map(isize::unsigned_abs)
}

/// recvfrom(2): the number of bytes stored, and the sender.
pub fn receive_from<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>) -> Result<(usize, Address)> {
    receive_from_with(fd, buffer.into(), DONTWAIT)
}

/// recvfrom(2), `MSG_PEEK`: as [`receive_from`], and what was there stays there.
pub fn peek_from<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>) -> Result<(usize, Address)> {
    receive_from_with(fd, buffer.into(), DONTWAIT | libc::MSG_PEEK)
}

fn receive_from_with(fd: BorrowedFd<'_>, mut buffer: Spare<'_>, flags: i32) -> Result<(usize, Address)> {
    check(Call::Recv)?;
    let mut raw = Raw::empty();
    let (place, len) = (raw.as_mut_ptr(), raw.len_mut());
    // SAFETY: the pointers and the lengths describe `buffer` and the room for an address.
    let got = unsafe {
        libc::recvfrom(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len(), flags, place, len)
    };
    Ok((Errno::result(got).map(isize::unsigned_abs)?, raw.address()))
}

/// ioctl(2), `FIONREAD`: the number of bytes that can be received.
pub fn pending(fd: BorrowedFd<'_>) -> Result<usize> {
    check(Call::Ioctl)?;
    let mut bytes: libc::c_int = 0;
    // SAFETY: the kernel writes one int.
    Errno::result(unsafe { libc::ioctl(fd.as_raw_fd(), libc::FIONREAD, &raw mut bytes) })?;
    usize::try_from(bytes).map_err(|_| Errno::EINVAL)
}

/// poll(2), `POLLRDHUP`: whether the other side sends nothing more.
pub fn is_over(fd: BorrowedFd<'_>) -> Result<bool> {
    Ok(poll::check_now(fd.as_raw_fd(), libc::POLLRDHUP)? != 0)
}

/// The direction of a shutdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// Receive nothing more.
    Read,
    /// Send nothing more: the other side reads EOF.
    Write,
    /// Both.
    Both,
}

/// shutdown(2), for all processes that share the socket.
pub fn shut(fd: BorrowedFd<'_>, what: Shut) -> Result<()> {
    check(Call::Shutdown)?;
    let how = match what {
        Shut::Read => Shutdown::Read,
        Shut::Write => Shutdown::Write,
        Shut::Both => Shutdown::Both,
    };
    nix::sys::socket::shutdown(fd.as_raw_fd(), how)
}

/// getsockopt(2): the domain, type and protocol of a socket. `ENOTSOCK` for other descriptors.
pub fn spec(fd: BorrowedFd<'_>) -> Result<Spec> {
    let get = |option| number(fd, OptionName::of_socket(option));
    Ok(Spec { domain: get(libc::SO_DOMAIN)?, kind: get(libc::SO_TYPE)?, protocol: get(libc::SO_PROTOCOL)? })
}

/// getsockname(2): the address of this side.
pub fn name(fd: BorrowedFd<'_>) -> Result<Address> {
    check(Call::Getsockname)?;
    let mut raw = Raw::empty();
    let (place, len) = (raw.as_mut_ptr(), raw.len_mut());
    // SAFETY: both pointers are valid for writing an address.
    Errno::result(unsafe { libc::getsockname(fd.as_raw_fd(), place, len) })?;
    Ok(raw.address())
}

/// getpeername(2): the address of the other side. `ENOTCONN` without one.
pub fn peer(fd: BorrowedFd<'_>) -> Result<Address> {
    check(Call::Getpeername)?;
    let mut raw = Raw::empty();
    let (place, len) = (raw.as_mut_ptr(), raw.len_mut());
    // SAFETY: both pointers are valid for writing an address.
    Errno::result(unsafe { libc::getpeername(fd.as_raw_fd(), place, len) })?;
    Ok(raw.address())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsFd;

    const STREAM: Spec = Spec { domain: libc::AF_UNIX, kind: libc::SOCK_STREAM, protocol: 0 };

    #[test]
    fn nothing_waits() {
        let [a, b] = pair(STREAM).unwrap();
        assert_eq!(receive(a.as_fd(), &mut [0; 4]), Err(Errno::EAGAIN));
        while send(a.as_fd(), &[0; 65536]).is_ok() {}
        assert_eq!(send(a.as_fd(), &[0]), Err(Errno::EAGAIN));
        // Not by a drop: the child of another test may have a copy.
        shut(b.as_fd(), Shut::Both).unwrap();
        assert_eq!(send(a.as_fd(), &[0]), Err(Errno::EPIPE));
    }

    #[test]
    #[cfg(feature = "fault-injection")]
    fn a_check_that_a_signal_interrupts_is_repeated() {
        use crate::os::{fault, pipe};
        let [a, b] = pair(STREAM).unwrap();
        let checks: [fn(BorrowedFd<'_>) -> Result<bool>; 2] = [is_over, pipe::is_readable];
        for check in checks {
            fault::plan(Call::Poll, 1, Errno::EINTR, 2);
            assert_eq!(check(a.as_fd()), Ok(false));
            fault::clear();
        }
        shut(b.as_fd(), Shut::Write).unwrap();
        assert_eq!(is_over(a.as_fd()), Ok(true));
    }

    #[test]
    fn a_socket_tells_what_it_is() {
        let [a, _b] = pair(STREAM).unwrap();
        assert_eq!(spec(a.as_fd()), Ok(STREAM));
        let file = crate::os::fd::dev_null().unwrap();
        assert_eq!(spec(file.as_fd()), Err(Errno::ENOTSOCK));
    }

    #[test]
    fn the_length_of_a_message_is_known_before_it_is_received() {
        let [a, b] = pair(Spec { kind: libc::SOCK_DGRAM, ..STREAM }).unwrap();
        assert_eq!(next_message(b.as_fd()), Err(Errno::EAGAIN));
        send(a.as_fd(), &[1; 100_000]).unwrap();
        assert_eq!(next_message(b.as_fd()), Ok(100_000));
        assert_eq!(receive(b.as_fd(), &mut vec![0; 200_000]), Ok(100_000));
    }
}
