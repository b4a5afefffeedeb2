//! The network interfaces that are up, and their addresses.

use crate::os::Result;
use crate::os::fault::{Call, check};
use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;
use nix::sys::socket::SockaddrStorage;
use std::net::Ipv4Addr;

/// getifaddrs(3): the interfaces with addresses of IPv4.
pub fn addresses() -> Result<Vec<(String, Ipv4Addr)>> {
    list(|address| Some(address.as_sockaddr_in()?.ip()))
}

/// getifaddrs(3): the interfaces with hardware addresses.
pub fn hardware() -> Result<Vec<(String, [u8; 6])>> {
    list(|address| address.as_link_addr()?.addr())
}

fn list<A>(read: impl Fn(SockaddrStorage) -> Option<A>) -> Result<Vec<(String, A)>> {
    check(Call::Socket)?;
    let up = getifaddrs()?.filter(|entry| entry.flags.contains(InterfaceFlags::IFF_UP));
    Ok(up.filter_map(|entry| Some((entry.interface_name, entry.address.and_then(&read)?))).collect())
}
