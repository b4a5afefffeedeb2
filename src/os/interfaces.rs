//! The network interfaces that are up, without loopback interfaces, and their addresses.

use crate::os::Result;
use crate::os::fault::{Call, check};
use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;
use nix::sys::socket::SockaddrStorage;
use std::net::IpAddr;

/// getifaddrs(3): the interfaces with addresses of IPv4 and IPv6.
pub fn addresses() -> Result<Vec<(String, IpAddr)>> {
    list(|address| {
        let of_4 = address.as_sockaddr_in().map(|address| address.ip().into());
        of_4.or_else(|| address.as_sockaddr_in6().map(|address| address.ip().into()))
    })
}

/// getifaddrs(3): the interfaces with hardware addresses.
pub fn hardware() -> Result<Vec<(String, [u8; 6])>> {
    list(|address| address.as_link_addr()?.addr())
}

fn list<A>(read: impl Fn(SockaddrStorage) -> Option<A>) -> Result<Vec<(String, A)>> {
    check(Call::Socket)?;
    let is_used = |flags: InterfaceFlags| {
        flags.contains(InterfaceFlags::IFF_UP) && !flags.contains(InterfaceFlags::IFF_LOOPBACK)
    };
    let up = getifaddrs()?.filter(|entry| is_used(entry.flags));
    Ok(up.filter_map(|entry| Some((entry.interface_name, entry.address.and_then(&read)?))).collect())
}
