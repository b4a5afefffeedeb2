//! Host name lookups by the C library, as configured in /etc/nsswitch.conf.

use crate::os::address::{Address, Raw};
use crate::os::fault::{Call, check};
use crate::os::{Errno, Result, errno_of};
use std::ffi::CStr;
use std::net::IpAddr;

/// `AF_UNSPEC`: of any family.
pub const ANY: i32 = libc::AF_UNSPEC;
/// `EAI_AGAIN`: no server could answer.
pub const AGAIN: i32 = libc::EAI_AGAIN;
/// `EAI_NONAME`: the name has no such address.
pub const NO_NAME: i32 = libc::EAI_NONAME;

/// The hints of getaddrinfo(3), as scripts give them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hints {
    /// `AF_*`.
    pub family: i32,
    /// `SOCK_*`; 0 for any.
    pub kind: i32,
    /// `IPPROTO_*`; 0 for any.
    pub protocol: i32,
}

/// Why a lookup has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookupError {
    /// The name has no such address, or no server could tell: `EAI_*`.
    Unknown(i32),
    /// The system failed.
    Failed(Errno),
}

/// What getaddrinfo(3) has found.
struct AddressList(*mut libc::addrinfo);

impl AddressList {
    /// getaddrinfo(3). The error is a status (`EAI_*`).
    fn look_up(
        name: &CStr,
        service: Option<&CStr>,
        hints: &libc::addrinfo,
    ) -> std::result::Result<AddressList, i32> {
        let service = service.map_or(std::ptr::null(), CStr::as_ptr);
        let mut list = std::ptr::null_mut();
        // SAFETY: the texts end with NUL or are null; a list is written to `list` on success.
        match unsafe { libc::getaddrinfo(name.as_ptr(), service, std::ptr::from_ref(hints), &raw mut list) } {
            0 => Ok(AddressList(list)),
            status => Err(status),
        }
    }

    fn addresses(&self) -> impl Iterator<Item = Address> {
        let mut next = self.0;
        std::iter::from_fn(move || {
            // SAFETY: null, or an element of the list, which lives as long as `self`.
            let element = unsafe { next.as_ref() }?;
            next = element.ai_next;
            // SAFETY: the pointer and the length describe an address.
            Some(unsafe { Raw::copy(element.ai_addr, element.ai_addrlen) }.address())
        })
    }
}

impl Drop for AddressList {
    fn drop(&mut self) {
        // SAFETY: the list is the C library's own, and not used any more.
        unsafe { libc::freeaddrinfo(self.0) };
    }
}

fn no_hints() -> libc::addrinfo {
    // SAFETY: zeroed is a valid addrinfo: no flags, and null pointers.
    unsafe { std::mem::zeroed() }
}

/// getaddrinfo(3): the addresses of a name, each once, in the order in which to try them. May block on name servers for
/// seconds.
pub fn addresses(
    name: &CStr,
    service: Option<&CStr>,
    hints: Hints,
) -> std::result::Result<Vec<IpAddr>, LookupError> {
    let wanted = libc::addrinfo {
        ai_family: hints.family,
        ai_socktype: hints.kind,
        ai_protocol: hints.protocol,
        ..no_hints()
    };
    check(Call::Getaddrinfo).map_err(LookupError::Failed)?;
    let list = AddressList::look_up(name, service, &wanted).map_err(|status| match status {
        libc::EAI_SYSTEM => LookupError::Failed(Errno::last()),
        libc::EAI_MEMORY => LookupError::Failed(Errno::ENOMEM),
        status => LookupError::Unknown(status),
    })?;
    let mut found = Vec::new();
    for ip in list.addresses().filter_map(|address| address.ip()) {
        if !found.contains(&ip) {
            found.push(ip);
        }
    }
    Ok(found)
}

/// getaddrinfo(3), `AI_NUMERICHOST`: whether this is an address in one of its forms, and no name. It does not wait.
pub fn is_numeric(name: &CStr) -> bool {
    let numeric = libc::addrinfo { ai_flags: libc::AI_NUMERICHOST, ..no_hints() };
    check(Call::Getaddrinfo).is_ok() && AddressList::look_up(name, None, &numeric).is_ok()
}

/// The text of /etc/hosts.
pub fn hosts() -> Result<String> {
    check(Call::Open)?;
    let text = std::fs::read("/etc/hosts").map_err(errno_of)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: Hints = Hints { family: libc::AF_INET, kind: libc::SOCK_STREAM, protocol: 0 };

    #[test]
    fn numbers_are_addresses_and_services_are_looked_up() {
        let one: Vec<IpAddr> = vec!["127.0.0.1".parse().unwrap()];
        assert_eq!(addresses(c"127.0.0.1", None, ANY), Ok(one.clone()));
        assert_eq!(addresses(c"127.1", Some(c"80"), ANY), Ok(one));
        assert!(matches!(addresses(c"::1", None, ANY), Err(LookupError::Unknown(_))));
        let six = Hints { family: libc::AF_INET6, ..ANY };
        assert_eq!(addresses(c"::1", None, six), Ok(vec!["::1".parse().unwrap()]));
        let service = addresses(c"127.0.0.1", Some(c"no-such-service"), ANY);
        assert!(matches!(service, Err(LookupError::Unknown(_))));
    }

    #[test]
    fn addresses_in_all_forms_are_numeric_and_names_are_not() {
        for (name, expected) in [(c"127.1", true), (c"::1", true), (c"localhost", false), (c"", false)] {
            assert_eq!(is_numeric(name), expected, "{name:?}");
        }
    }
}
