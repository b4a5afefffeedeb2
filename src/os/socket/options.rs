//! Options of sockets (getsockopt(2), setsockopt(2)).

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result};
use std::ffi::CString;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::time::Duration;

/// The name of an option: its level and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionName {
    /// `SOL_*` or `IPPROTO_*`.
    pub level: i32,
    /// `SO_*`, `TCP_*` and so on.
    pub number: i32,
}

/// The type of an option's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionType {
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
    pub(in crate::os) const fn of_socket(number: i32) -> OptionName {
        OptionName { level: libc::SOL_SOCKET, number }
    }

    /// The type of its value.
    pub fn value_type(self) -> OptionType {
        match (self.level, self.number) {
            (libc::SOL_SOCKET, libc::SO_LINGER) => OptionType::Linger,
            (libc::SOL_SOCKET, libc::SO_RCVTIMEO) => OptionType::ReadLimit,
            (libc::SOL_SOCKET, libc::SO_SNDTIMEO) => OptionType::WriteLimit,
            (libc::SOL_SOCKET, libc::SO_BINDTODEVICE) | (libc::IPPROTO_TCP, libc::TCP_CONGESTION) => {
                OptionType::Name
            }
            (libc::IPPROTO_IP, libc::IP_MULTICAST_TTL) => OptionType::Hops { least: 0 },
            (libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_HOPS) => OptionType::Hops { least: -1 },
            (libc::IPPROTO_IP, libc::IP_MULTICAST_IF) => OptionType::Interface,
            (libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_IF) => OptionType::InterfaceNumber,
            (libc::IPPROTO_IPV6, libc::IPV6_PKTINFO) => OptionType::SourceAddress,
            (libc::IPPROTO_IP | libc::IPPROTO_IPV6, libc::MCAST_JOIN_GROUP | libc::MCAST_LEAVE_GROUP) => {
                OptionType::Group
            }
            (
                libc::IPPROTO_IP | libc::IPPROTO_IPV6,
                libc::MCAST_JOIN_SOURCE_GROUP
                | libc::MCAST_LEAVE_SOURCE_GROUP
                | libc::MCAST_BLOCK_SOURCE
                | libc::MCAST_UNBLOCK_SOURCE,
            ) => OptionType::Source,
            _ => OptionType::Number,
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

/// The value of an option. It consists of numbers, for which every bit pattern is valid.
pub(in crate::os) trait OptionValue {}

impl OptionValue for libc::c_int {}
impl OptionValue for libc::linger {}
impl OptionValue for libc::timeval {}
impl OptionValue for libc::in_addr {}
impl OptionValue for libc::ip_mreqn {}
impl OptionValue for libc::in6_pktinfo {}
impl OptionValue for libc::group_req {}
impl OptionValue for libc::group_source_req {}

pub(in crate::os) fn get<T: OptionValue>(fd: BorrowedFd<'_>, name: OptionName, mut value: T) -> Result<T> {
    check(Call::Getsockopt)?;
    let mut len = libc::socklen_t::try_from(size_of::<T>()).map_err(|_| Errno::EINVAL)?;
    let place: *mut T = &raw mut value;
    // SAFETY: the pointer and the length describe one T, of which every bit pattern is valid.
    Errno::result(unsafe {
        libc::getsockopt(fd.as_raw_fd(), name.level, name.number, place.cast(), &raw mut len)
    })?;
    Ok(value)
}

pub(in crate::os) fn set<T: OptionValue>(fd: BorrowedFd<'_>, name: OptionName, value: &T) -> Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::socket::{Spec, open};
    use std::os::fd::AsFd;

    #[test]
    fn options_have_their_forms() {
        let socket = open(Spec { domain: libc::AF_INET, kind: libc::SOCK_STREAM, protocol: 0 }).unwrap();
        let fd = socket.as_fd();
        reuse_address(fd).unwrap();
        assert_eq!(number(fd, OptionName::of_socket(libc::SO_REUSEADDR)), Ok(1));
        set_linger(fd, true, 5).unwrap();
        assert_eq!(linger(fd), Ok((true, 5)));
        let congestion = OptionName { level: libc::IPPROTO_TCP, number: libc::TCP_CONGESTION };
        assert_eq!(congestion.value_type(), OptionType::Name);
        let name = text(fd, congestion).unwrap();
        assert!(!name.is_empty());
        set_text(fd, congestion, &name).unwrap();
        assert_eq!(number(fd, OptionName::of_socket(9999)), Err(Errno::ENOPROTOOPT));
    }
}
