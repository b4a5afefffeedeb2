//! Sockets that never wait in the kernel: a call that would have to wait returns `EAGAIN`.

use crate::os::address::{Address, Raw};
use crate::os::fault::{Call, check, shorten};
use crate::os::owned::{own, own_pair};
use crate::os::spare::Spare;
use crate::os::{Errno, Result, signal};
use nix::sys::socket::MsgFlags;
use nix::sys::socket::Shutdown;
use std::ffi::CString;
use std::io::IoSlice;
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd};
use std::time::Duration;

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
    check(Call::Socketpair)?;
    let mut ends = [-1; 2];
    // SAFETY: the kernel writes two numbers to `ends`.
    Errno::result(unsafe {
        libc::socketpair(spec.domain, spec.kind | FLAGS, spec.protocol, ends.as_mut_ptr())
    })?;
    // SAFETY: socketpair has just returned these numbers; they have no other owner.
    unsafe { own_pair(ends) }.map(<[OwnedFd; 2]>::from)
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
    check(Call::Fcntl)?;
    // SAFETY: fcntl takes numbers.
    let flags = Errno::result(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_GETFL) })?;
    if flags & libc::O_NONBLOCK == 0 {
        check(Call::Fcntl)?;
        // SAFETY: as above.
        Errno::result(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_SETFL, flags | libc::O_NONBLOCK) })?;
    }
    Ok(())
}

/// fcntl(2), without `O_NONBLOCK`: calls on this open file description wait, unless a flag of the call forbids it.
pub fn set_blocking(fd: BorrowedFd<'_>) -> Result<()> {
    check(Call::Fcntl)?;
    // SAFETY: fcntl takes numbers.
    let flags = Errno::result(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_GETFL) })?;
    check(Call::Fcntl)?;
    // SAFETY: as above.
    Errno::result(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_SETFL, flags & !libc::O_NONBLOCK) })?;
    Ok(())
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
    check(Call::Poll)?;
    let mut poll = libc::pollfd { fd: fd.as_raw_fd(), events: libc::POLLRDHUP, revents: 0 };
    // SAFETY: the pointer and the count describe `poll`.
    Errno::result(unsafe { libc::poll(&raw mut poll, 1, 0) })?;
    Ok(poll.revents != 0)
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

/// The name of an option: its level and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionName {
    /// `SOL_*` or `IPPROTO_*`.
    pub level: i32,
    /// `SO_*`, `TCP_*` and so on.
    pub number: i32,
}

/// The form of an option's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A number.
    Number,
    /// The time for which a close waits for unsent data: `SO_LINGER`.
    Linger,
    /// The timeout of reads: `SO_RCVTIMEO`.
    ReadLimit,
    /// The timeout of writes: `SO_SNDTIMEO`.
    WriteLimit,
    /// A text: the name of a network device, or of a congestion control.
    Name,
    /// A hop limit between 0, or -1 for the default, and 255.
    Hops {
        /// The smallest allowed value.
        least: i32,
    },
    /// A multicast group.
    Group,
    /// A multicast group and a sender.
    Source,
    /// The outgoing interface, for IPv4.
    Interface,
    /// The same for IPv6, by its number.
    InterfaceNumber,
    /// The source address.
    SourceAddress,
}

impl OptionName {
    const fn of_socket(number: i32) -> OptionName {
        OptionName { level: libc::SOL_SOCKET, number }
    }

    /// The form of its value.
    pub fn form(self) -> Form {
        match (self.level, self.number) {
            (libc::SOL_SOCKET, libc::SO_LINGER) => Form::Linger,
            (libc::SOL_SOCKET, libc::SO_RCVTIMEO) => Form::ReadLimit,
            (libc::SOL_SOCKET, libc::SO_SNDTIMEO) => Form::WriteLimit,
            (libc::SOL_SOCKET, libc::SO_BINDTODEVICE) | (libc::IPPROTO_TCP, libc::TCP_CONGESTION) => {
                Form::Name
            }
            (libc::IPPROTO_IP, libc::IP_MULTICAST_TTL) => Form::Hops { least: 0 },
            (libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_HOPS) => Form::Hops { least: -1 },
            (libc::IPPROTO_IP, libc::IP_MULTICAST_IF) => Form::Interface,
            (libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_IF) => Form::InterfaceNumber,
            (libc::IPPROTO_IPV6, libc::IPV6_PKTINFO) => Form::SourceAddress,
            (libc::IPPROTO_IP | libc::IPPROTO_IPV6, libc::MCAST_JOIN_GROUP | libc::MCAST_LEAVE_GROUP) => {
                Form::Group
            }
            (
                libc::IPPROTO_IP | libc::IPPROTO_IPV6,
                libc::MCAST_JOIN_SOURCE_GROUP
                | libc::MCAST_LEAVE_SOURCE_GROUP
                | libc::MCAST_BLOCK_SOURCE
                | libc::MCAST_UNBLOCK_SOURCE,
            ) => Form::Source,
            _ => Form::Number,
        }
    }
}

/// getsockopt(2) of a number.
pub fn number(fd: BorrowedFd<'_>, name: OptionName) -> Result<i32> {
    get(fd, name, 0)
}

/// setsockopt(2) of a number.
pub fn set_number(fd: BorrowedFd<'_>, name: OptionName, value: i32) -> Result<()> {
    set(fd, name, &value)
}

/// getsockopt(2), `SO_LINGER`: whether it is on, and the number of seconds.
pub fn linger(fd: BorrowedFd<'_>) -> Result<(bool, i32)> {
    let value = libc::linger { l_onoff: 0, l_linger: 0 };
    get(fd, OptionName::of_socket(libc::SO_LINGER), value).map(|value| (value.l_onoff != 0, value.l_linger))
}

/// setsockopt(2), `SO_LINGER`.
pub fn set_linger(fd: BorrowedFd<'_>, enabled: bool, seconds: i32) -> Result<()> {
    let value = libc::linger { l_onoff: enabled.into(), l_linger: seconds };
    set(fd, OptionName::of_socket(libc::SO_LINGER), &value)
}

/// getsockopt(2), `SO_RCVTIMEO` or `SO_SNDTIMEO`: the longest time that a call waits which receives, or sends.
pub fn time_limit(fd: BorrowedFd<'_>, receives: bool) -> Result<Option<Duration>> {
    let name = if receives { libc::SO_RCVTIMEO } else { libc::SO_SNDTIMEO };
    let value = get(fd, OptionName::of_socket(name), libc::timeval { tv_sec: 0, tv_usec: 0 })?;
    let limit = Duration::from_secs(u64::try_from(value.tv_sec).unwrap_or(0))
        + Duration::from_micros(u64::try_from(value.tv_usec).unwrap_or(0));
    Ok((!limit.is_zero()).then_some(limit))
}

/// getsockopt(2) of a text.
pub fn text(fd: BorrowedFd<'_>, name: OptionName) -> Result<Vec<u8>> {
    check(Call::Getsockopt)?;
    let mut text = [0; 64];
    let mut len = libc::socklen_t::try_from(text.len()).map_err(|_| Errno::EINVAL)?;
    let place = text.as_mut_ptr().cast();
    // SAFETY: the pointer and the length describe `text`.
    Errno::result(unsafe { libc::getsockopt(fd.as_raw_fd(), name.level, name.number, place, &raw mut len) })?;
    let used = usize::try_from(len).unwrap_or(0);
    Ok(text.iter().copied().take(used).take_while(|&byte| byte != 0).collect())
}

/// setsockopt(2) of a text. `EINVAL` for a text with a NUL.
pub fn set_text(fd: BorrowedFd<'_>, name: OptionName, text: &[u8]) -> Result<()> {
    let text = CString::new(text).map_err(|_| Errno::EINVAL)?;
    let bytes = text.as_bytes_with_nul();
    check(Call::Setsockopt)?;
    let len = libc::socklen_t::try_from(bytes.len()).map_err(|_| Errno::EINVAL)?;
    // SAFETY: the pointer and the length describe `bytes`.
    Errno::result(unsafe {
        libc::setsockopt(fd.as_raw_fd(), name.level, name.number, bytes.as_ptr().cast(), len)
    })?;
    Ok(())
}

/// getsockopt(2), `SO_ERROR`: an error that occurred in the background. It is reported once.
pub fn take_error(fd: BorrowedFd<'_>) -> Result<()> {
    match number(fd, OptionName::of_socket(libc::SO_ERROR))? {
        0 => Ok(()),
        errno => Err(Errno::from_raw(errno)),
    }
}

/// setsockopt(2), `SO_REUSEADDR`: the address of a closed connection may be bound again at once.
pub fn reuse_address(fd: BorrowedFd<'_>) -> Result<()> {
    set_number(fd, OptionName::of_socket(libc::SO_REUSEADDR), 1)
}

/// setsockopt(2), `SO_REUSEPORT`: several sockets may listen at the address.
pub fn reuse_port(fd: BorrowedFd<'_>) -> Result<()> {
    set_number(fd, OptionName::of_socket(libc::SO_REUSEPORT), 1)
}

/// setsockopt(2), `TCP_NODELAY`: small packets do not wait for others.
pub fn send_at_once(fd: BorrowedFd<'_>) -> Result<()> {
    set_number(fd, OptionName { level: libc::IPPROTO_TCP, number: libc::TCP_NODELAY }, 1)
}

/// setsockopt(2), `SO_SNDBUF` and `SO_RCVBUF`, in bytes.
pub fn set_buffers(fd: BorrowedFd<'_>, size: i32) -> Result<()> {
    set_number(fd, OptionName::of_socket(libc::SO_SNDBUF), size)?;
    set_number(fd, OptionName::of_socket(libc::SO_RCVBUF), size)
}

/// getsockopt(2): the domain, type and protocol of a socket. `ENOTSOCK` for other descriptors.
pub fn spec(fd: BorrowedFd<'_>) -> Result<Spec> {
    let get = |option| number(fd, OptionName::of_socket(option));
    Ok(Spec { domain: get(libc::SO_DOMAIN)?, kind: get(libc::SO_TYPE)?, protocol: get(libc::SO_PROTOCOL)? })
}

pub(super) fn get<T>(fd: BorrowedFd<'_>, name: OptionName, mut value: T) -> Result<T> {
    check(Call::Getsockopt)?;
    let mut len = libc::socklen_t::try_from(size_of::<T>()).map_err(|_| Errno::EINVAL)?;
    let place: *mut T = &raw mut value;
    // SAFETY: the pointer and the length describe one T, all of whose bit patterns are valid: numbers.
    Errno::result(unsafe {
        libc::getsockopt(fd.as_raw_fd(), name.level, name.number, place.cast(), &raw mut len)
    })?;
    Ok(value)
}

pub(super) fn set<T>(fd: BorrowedFd<'_>, name: OptionName, value: &T) -> Result<()> {
    check(Call::Setsockopt)?;
    let len = libc::socklen_t::try_from(size_of::<T>()).map_err(|_| Errno::EINVAL)?;
    let value: *const T = value;
    // SAFETY: the pointer and the length describe one T.
    Errno::result(unsafe { libc::setsockopt(fd.as_raw_fd(), name.level, name.number, value.cast(), len) })?;
    Ok(())
}

/// A timeout as seconds and microseconds, the form of `SO_RCVTIMEO`. No timeout is zero.
pub fn parts(limit: Option<Duration>) -> (u64, u32) {
    limit.map_or((0, 0), |limit| (limit.as_secs(), limit.subsec_micros()))
}

fn c_path(path: &[u8]) -> Result<CString> {
    CString::new(path).map_err(|_| Errno::EINVAL)
}

/// Identifies the socket at a path. The inode number alone is not enough, because it is reused; the time of the last
/// modification distinguishes two sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathIdentity {
    device: libc::dev_t,
    inode: libc::ino_t,
    modified: (i64, i64),
}

/// stat(2): the identity of the file at a path.
pub fn identity(path: &[u8]) -> Result<PathIdentity> {
    let stat = stat(path)?;
    let modified = (stat.st_mtime, stat.st_mtime_nsec);
    Ok(PathIdentity { device: stat.st_dev, inode: stat.st_ino, modified })
}

fn stat(path: &[u8]) -> Result<libc::stat> {
    let path = c_path(path)?;
    check(Call::Stat)?;
    nix::sys::stat::stat(path.as_c_str())
}

/// stat(2): whether a path is that of a socket.
pub fn is_socket(path: &[u8]) -> Result<bool> {
    Ok(stat(path)?.st_mode & libc::S_IFMT == libc::S_IFSOCK)
}

/// unlink(2).
pub fn remove(path: &[u8]) -> Result<()> {
    let path = c_path(path)?;
    check(Call::Unlink)?;
    nix::unistd::unlink(path.as_c_str())
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
        drop(b);
        assert_eq!(send(a.as_fd(), &[0]), Err(Errno::EPIPE));
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

    #[test]
    fn options_have_their_forms() {
        let socket = open(Spec { domain: libc::AF_INET, ..STREAM }).unwrap();
        let fd = socket.as_fd();
        reuse_address(fd).unwrap();
        assert_eq!(number(fd, OptionName::of_socket(libc::SO_REUSEADDR)), Ok(1));
        set_linger(fd, true, 5).unwrap();
        assert_eq!(linger(fd), Ok((true, 5)));
        let congestion = OptionName { level: libc::IPPROTO_TCP, number: libc::TCP_CONGESTION };
        assert_eq!(congestion.form(), Form::Name);
        let name = text(fd, congestion).unwrap();
        assert!(!name.is_empty());
        set_text(fd, congestion, &name).unwrap();
        assert_eq!(number(fd, OptionName::of_socket(9999)), Err(Errno::ENOPROTOOPT));
    }
}
