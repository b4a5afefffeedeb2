//! The network interfaces that are up, and their addresses.

use crate::os::Result;
use crate::os::fault::{Call, check};
use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;
use std::net::Ipv4Addr;

/// getifaddrs(3): the interfaces with addresses of IPv4.
pub fn addresses() -> Result<Vec<(String, Ipv4Addr)>> {
    check(Call::Socket)?;
    let mut found = Vec::new();
    for entry in getifaddrs()?.filter(|entry| entry.flags.contains(InterfaceFlags::IFF_UP)) {
        if let Some(address) = entry.address.and_then(|address| Some(address.as_sockaddr_in()?.ip())) {
            found.push((entry.interface_name, address));
        }
    }
    Ok(found)
}

/// getifaddrs(3): the interfaces with hardware addresses.
pub fn hardware() -> Result<Vec<(String, [u8; 6])>> {
    check(Call::Socket)?;
    let mut found = Vec::new();
    for entry in getifaddrs()?.filter(|entry| entry.flags.contains(InterfaceFlags::IFF_UP)) {
        if let Some(address) = entry.address.and_then(|address| address.as_link_addr()?.addr()) {
            found.push((entry.interface_name, address));
        }
    }
    Ok(found)
}
