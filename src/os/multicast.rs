//! Options of datagram sockets: multicast groups, the outgoing interface, and the source address.

use crate::os::address::{Address, Raw};
use crate::os::fault::{Call, check};
use crate::os::socket::{OptionName, get, set};
use crate::os::{Errno, Result};
use nix::ifaddrs::getifaddrs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::BorrowedFd;

/// if_nametoindex(3). `ENODEV` when no interface has this name.
pub fn interface(name: &[u8]) -> Result<u32> {
    check(Call::Ioctl)?;
    nix::net::if_::if_nametoindex(name)
}

fn group_of(ip: IpAddr) -> Result<libc::sockaddr_storage> {
    Raw::of(&Address::of(ip, 0)).map(Raw::into_storage)
}

/// setsockopt(2), `MCAST_JOIN_GROUP` and `MCAST_LEAVE_GROUP`, on an interface; 0 lets the kernel choose one.
pub fn set_group(fd: BorrowedFd<'_>, name: OptionName, interface: u32, group: IpAddr) -> Result<()> {
    // SAFETY: its fields are numbers, for which nought is valid. The kernel reads what is between them, too.
    let mut request: libc::group_req = unsafe { std::mem::zeroed() };
    request.gr_interface = interface;
    request.gr_group = group_of(group)?;
    set(fd, name, &request)
}

/// setsockopt(2), `MCAST_JOIN_SOURCE_GROUP`, `MCAST_LEAVE_SOURCE_GROUP`, `MCAST_BLOCK_SOURCE`, `MCAST_UNBLOCK_SOURCE`.
pub fn set_source(
    fd: BorrowedFd<'_>,
    name: OptionName,
    interface: u32,
    group: IpAddr,
    source: IpAddr,
) -> Result<()> {
    // SAFETY: as above.
    let mut request: libc::group_source_req = unsafe { std::mem::zeroed() };
    request.gsr_interface = interface;
    request.gsr_group = group_of(group)?;
    request.gsr_source = group_of(source)?;
    set(fd, name, &request)
}

/// setsockopt(2), `IP_MULTICAST_IF`; 0 lets the kernel choose an interface. `EADDRNOTAVAIL` for an interface without an
/// address.
pub fn set_interface(fd: BorrowedFd<'_>, name: OptionName, interface: u32) -> Result<()> {
    let own = match interface {
        0 => Ipv4Addr::UNSPECIFIED,
        _ => {
            let own = addresses()?.into_iter().find(|(index, _)| *index == interface);
            own.ok_or(Errno::EADDRNOTAVAIL)?.1
        }
    };
    let number = i32::try_from(interface).map_err(|_| Errno::EADDRNOTAVAIL)?;
    let any = libc::in_addr { s_addr: 0 };
    let address = libc::in_addr { s_addr: u32::from_ne_bytes(own.octets()) };
    set(fd, name, &libc::ip_mreqn { imr_multiaddr: any, imr_address: address, imr_ifindex: number })
}

/// getsockopt(2), `IP_MULTICAST_IF`; 0 when the kernel chooses.
pub fn get_interface(fd: BorrowedFd<'_>, name: OptionName) -> Result<u32> {
    let own = get(fd, name, libc::in_addr { s_addr: 0 })?;
    if own.s_addr == 0 {
        return Ok(0);
    }
    let own = Ipv4Addr::from(own.s_addr.to_ne_bytes());
    let found = addresses()?.into_iter().find(|(_, address)| *address == own);
    found.map(|(index, _)| index).ok_or(Errno::EADDRNOTAVAIL)
}

/// getifaddrs(3): the interfaces with IPv4 addresses.
fn addresses() -> Result<Vec<(u32, Ipv4Addr)>> {
    check(Call::Socket)?;
    let mut found = Vec::new();
    for entry in getifaddrs()? {
        let Some(own) = entry.address.and_then(|address| Some(address.as_sockaddr_in()?.ip())) else {
            continue;
        };
        match interface(entry.interface_name.as_bytes()) {
            Ok(index) => found.push((index, own)),
            // The interface has gone in between.
            Err(Errno::ENODEV) => {}
            Err(errno) => return Err(errno),
        }
    }
    Ok(found)
}

/// setsockopt(2), `IPV6_PKTINFO`: the source address and the outgoing interface.
pub fn set_source_address(fd: BorrowedFd<'_>, name: OptionName, ip: Ipv6Addr, interface: u32) -> Result<()> {
    let address = libc::in6_addr { s6_addr: ip.octets() };
    set(fd, name, &libc::in6_pktinfo { ipi6_addr: address, ipi6_ifindex: interface })
}
