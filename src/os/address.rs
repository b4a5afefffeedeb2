//! Socket addresses, as scripts write and read them, and as the kernel has them.

use crate::os::{Errno, Result};
use std::ffi::c_char;
use std::mem::offset_of;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

/// A socket address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// An IPv4 address and a port.
    Inet(SocketAddrV4),
    /// An IPv6 address and a port.
    Inet6(SocketAddrV6),
    /// A path; a name in the abstract namespace, which begins with NUL (unix(7)); or nothing, for a socket without a
    /// name.
    Unix(Vec<u8>),
    /// Of a family that is not supported here.
    Other,
}

impl Address {
    /// An address of other code, in the form of the kernel.
    ///
    /// # Safety
    /// The pointer and the length describe an address.
    pub unsafe fn copy(address: *const std::ffi::c_void, len: u32) -> Address {
        // SAFETY: as the caller promises.
        unsafe { Raw::copy(address.cast(), len) }.address()
    }

    /// Its path, if it has one in the file system.
    pub fn path(&self) -> Option<&[u8]> {
        match self {
            Address::Unix(path) if !matches!(path.first(), None | Some(0)) => Some(path),
            _ => None,
        }
    }
}

/// An address as the kernel has it.
pub(super) struct Raw {
    storage: libc::sockaddr_storage,
    len: libc::socklen_t,
}

/// The size of a structure that is smaller than the largest address.
const fn size<T>() -> libc::socklen_t {
    #[allow(clippy::cast_possible_truncation, reason = "evaluated by the compiler")]
    let len = size_of::<T>() as libc::socklen_t;
    len
}

impl Raw {
    /// Room for any address.
    pub(super) fn empty() -> Raw {
        // SAFETY: all zeroes is a valid, unspecified address.
        let storage = unsafe { std::mem::zeroed() };
        Raw { storage, len: size::<libc::sockaddr_storage>() }
    }

    /// # Safety
    /// The pointer and the length describe an address.
    pub(super) unsafe fn copy(address: *const libc::sockaddr, len: libc::socklen_t) -> Raw {
        let mut raw = Raw::empty();
        let room = usize::try_from(raw.len.min(len)).unwrap_or(0);
        let place: *mut libc::sockaddr_storage = &raw mut raw.storage;
        // SAFETY: there are at least so many bytes on both sides.
        unsafe { place.cast::<u8>().copy_from_nonoverlapping(address.cast(), room) };
        raw.len = raw.len.min(len);
        raw
    }

    /// `ENAMETOOLONG` for a path that does not fit, `EINVAL` for one with a NUL inside.
    // Not inlined: in a loop of retries the compiler would test in front of the loop whether the path is empty, even
    // for an address without a path. That is harmless, but an error to valgrind.
    #[inline(never)]
    pub(super) fn of(address: &Address) -> Result<Raw> {
        let mut raw = Raw::empty();
        match address {
            Address::Inet(address) => raw.write(libc::sockaddr_in {
                sin_family: family(libc::AF_INET),
                sin_port: address.port().to_be(),
                sin_addr: libc::in_addr { s_addr: u32::from_ne_bytes(address.ip().octets()) },
                sin_zero: [0; 8],
            }),
            Address::Inet6(address) => raw.write(libc::sockaddr_in6 {
                sin6_family: family(libc::AF_INET6),
                sin6_port: address.port().to_be(),
                sin6_flowinfo: address.flowinfo(),
                sin6_addr: libc::in6_addr { s6_addr: address.ip().octets() },
                sin6_scope_id: address.scope_id(),
            }),
            Address::Unix(path) => raw.write_path(path)?,
            Address::Other => return Err(Errno::EAFNOSUPPORT),
        }
        Ok(raw)
    }

    /// The same in the structure that the kernel uses for addresses inside of other structures.
    pub(super) fn into_storage(self) -> libc::sockaddr_storage {
        self.storage
    }

    fn write<T>(&mut self, address: T) {
        let place: *mut libc::sockaddr_storage = &raw mut self.storage;
        // SAFETY: the storage is larger than every address, and aligned for each (RFC 3493, 3.10).
        unsafe { place.cast::<T>().write(address) };
        self.len = size::<T>();
    }

    fn write_path(&mut self, path: &[u8]) -> Result<()> {
        let is_abstract = path.first() == Some(&0);
        if !is_abstract && path.contains(&0) {
            return Err(Errno::EINVAL);
        }
        let mut address = libc::sockaddr_un { sun_family: family(libc::AF_UNIX), sun_path: [0; 108] };
        // A path ends with NUL. For an abstract name, and for no name at all, the length says where it ends.
        let ends_with_nul = !is_abstract && !path.is_empty();
        let room = if is_abstract { address.sun_path.len() } else { address.sun_path.len() - 1 };
        if path.len() > room {
            return Err(Errno::ENAMETOOLONG);
        }
        for (place, &byte) in address.sun_path.iter_mut().zip(path) {
            *place = c_char::from_ne_bytes([byte]);
        }
        self.write(address);
        let used = offset_of!(libc::sockaddr_un, sun_path) + path.len() + usize::from(ends_with_nul);
        self.len = libc::socklen_t::try_from(used).map_err(|_| Errno::EINVAL)?;
        Ok(())
    }

    pub(super) fn as_ptr(&self) -> *const libc::sockaddr {
        (&raw const self.storage).cast()
    }

    pub(super) fn as_mut_ptr(&mut self) -> *mut libc::sockaddr {
        (&raw mut self.storage).cast()
    }

    pub(super) fn len(&self) -> libc::socklen_t {
        self.len
    }

    /// Sets the number of stored bytes.
    pub(super) fn set_len(&mut self, len: libc::socklen_t) {
        self.len = len;
    }

    /// Where the kernel writes the length of what it stored.
    pub(super) fn len_mut(&mut self) -> *mut libc::socklen_t {
        &raw mut self.len
    }

    /// What the kernel stored.
    pub(super) fn address(&self) -> Address {
        let place: *const libc::sockaddr_storage = &raw const self.storage;
        match i32::from(self.storage.ss_family) {
            libc::AF_INET => {
                // SAFETY: the family tells what it is, and the storage is zeroed where the kernel wrote nothing.
                let address = unsafe { place.cast::<libc::sockaddr_in>().read() };
                let ip = Ipv4Addr::from(address.sin_addr.s_addr.to_ne_bytes());
                Address::Inet(SocketAddrV4::new(ip, u16::from_be(address.sin_port)))
            }
            libc::AF_INET6 => {
                // SAFETY: as above.
                let address = unsafe { place.cast::<libc::sockaddr_in6>().read() };
                let ip = Ipv6Addr::from(address.sin6_addr.s6_addr);
                let port = u16::from_be(address.sin6_port);
                Address::Inet6(SocketAddrV6::new(ip, port, address.sin6_flowinfo, address.sin6_scope_id))
            }
            libc::AF_UNIX => {
                // SAFETY: as above.
                let address = unsafe { place.cast::<libc::sockaddr_un>().read() };
                Address::Unix(path_of(&address, self.len))
            }
            // A datagram from a socket without a name has no sender address.
            _ if self.len == 0 => Address::Unix(Vec::new()),
            _ => Address::Other,
        }
    }
}

fn family(number: i32) -> libc::sa_family_t {
    libc::sa_family_t::try_from(number).unwrap_or(0)
}

fn path_of(address: &libc::sockaddr_un, len: libc::socklen_t) -> Vec<u8> {
    let used = usize::try_from(len).unwrap_or(0).saturating_sub(offset_of!(libc::sockaddr_un, sun_path));
    let mut path: Vec<u8> =
        address.sun_path.iter().take(used).map(|&byte| u8::from_ne_bytes(byte.to_ne_bytes())).collect();
    if path.first() != Some(&0)
        && let Some(end) = path.iter().position(|&byte| byte == 0)
    {
        path.truncate(end);
    }
    path
}

impl Address {
    /// The address of `host` and `port` for a socket of `domain` (`AF_*`), without a lookup: a numeric address for
    /// internet domains, a path for `AF_UNIX`. `EINVAL` for other text, `EAFNOSUPPORT` for other domains.
    pub fn parse(domain: i32, host: &[u8], port: u16) -> Result<Address> {
        let text = || std::str::from_utf8(host).map_err(|_| Errno::EINVAL);
        match domain {
            libc::AF_INET => {
                let ip: Ipv4Addr = text()?.parse().map_err(|_| Errno::EINVAL)?;
                Ok(Address::Inet(SocketAddrV4::new(ip, port)))
            }
            libc::AF_INET6 => {
                let ip: Ipv6Addr = text()?.parse().map_err(|_| Errno::EINVAL)?;
                Ok(Address::Inet6(SocketAddrV6::new(ip, port, 0, 0)))
            }
            libc::AF_UNIX => {
                let address = Address::Unix(host.to_vec());
                Raw::of(&address)?;
                Ok(address)
            }
            _ => Err(Errno::EAFNOSUPPORT),
        }
    }

    /// The address of a known IP address and port.
    pub fn of(ip: IpAddr, port: u16) -> Address {
        match ip {
            IpAddr::V4(ip) => Address::Inet(SocketAddrV4::new(ip, port)),
            IpAddr::V6(ip) => Address::Inet6(SocketAddrV6::new(ip, port, 0, 0)),
        }
    }

    /// The host or path as scripts read it.
    pub fn host(&self) -> Vec<u8> {
        match self {
            Address::Inet(address) => address.ip().to_string().into_bytes(),
            Address::Inet6(address) => address.ip().to_string().into_bytes(),
            Address::Unix(path) => path.clone(),
            Address::Other => Vec::new(),
        }
    }

    /// The port; 0 where there are none.
    pub fn port(&self) -> u16 {
        match self {
            Address::Inet(address) => address.port(),
            Address::Inet6(address) => address.port(),
            Address::Unix(_) | Address::Other => 0,
        }
    }

    /// The IP address, if it has one.
    pub fn ip(&self) -> Option<IpAddr> {
        match self {
            Address::Inet(address) => Some((*address.ip()).into()),
            Address::Inet6(address) => Some((*address.ip()).into()),
            Address::Unix(_) | Address::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back_from_the_kernels_form_as_it_was() {
        for (domain, host, port) in [
            (libc::AF_INET, "127.0.0.1", 80),
            (libc::AF_INET, "0.0.0.0", 0),
            (libc::AF_INET, "255.255.255.255", 65535),
            (libc::AF_INET6, "::1", 8080),
            (libc::AF_INET6, "2001:db8::7", 1),
            (libc::AF_UNIX, "/tmp/some.sock", 0),
            (libc::AF_UNIX, "\0abstract\0name", 0),
            (libc::AF_UNIX, "", 0),
        ] {
            let address = Address::parse(domain, host.as_bytes(), port).unwrap();
            let back = Raw::of(&address).unwrap().address();
            assert_eq!(back, address);
            assert_eq!((back.host(), back.port()), (host.as_bytes().to_vec(), port));
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (domain, host, errno) in [
            (libc::AF_INET, "not an address", Errno::EINVAL),
            (libc::AF_INET, "", Errno::EINVAL),
            (libc::AF_INET, "::1", Errno::EINVAL),
            (libc::AF_INET, "1.2.3", Errno::EINVAL),
            (libc::AF_INET, "1.2.3.256", Errno::EINVAL),
            (libc::AF_INET6, "127.0.0.1", Errno::EINVAL),
            (libc::AF_UNIX, "/a\0b", Errno::EINVAL),
            (9999, "127.0.0.1", Errno::EAFNOSUPPORT),
        ] {
            assert_eq!(Address::parse(domain, host.as_bytes(), 1), Err(errno), "{host:?}");
        }
    }

    #[test]
    fn a_path_has_room_for_its_nul_and_an_abstract_name_needs_none() {
        let parse = |path: Vec<u8>| Address::parse(libc::AF_UNIX, &path, 0);
        assert!(parse(vec![b'x'; 107]).is_ok());
        assert_eq!(parse(vec![b'x'; 108]), Err(Errno::ENAMETOOLONG));
        let name = |len| [vec![0], vec![b'x'; len]].concat();
        assert!(parse(name(107)).is_ok());
        assert_eq!(parse(name(108)), Err(Errno::ENAMETOOLONG));
    }
}
