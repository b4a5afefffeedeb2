//! Addresses as scripts write and read them.

use crate::os::Errno;
use crate::os::address::Address;
use crate::os::socket::Spec;
use crate::php::dns::{self, ResolveError};
use crate::php::waiting::Halt;
use crate::rt::core::handles::SocketToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::zend::arrays::NewArray;
use crate::zend::globals;
use crate::zend::values::Text;
use std::net::IpAddr;

/// An address as scripts read it.
pub(super) fn show(address: &Address) -> NewArray {
    NewArray::with_capacity(2)
        .with("address", Text::new(&address.host()))
        .with("port", i32::from(address.port()))
}

/// The type of the socket. `EBADF` if it is closed.
pub(super) fn spec(token: SocketToken) -> Result<Spec, Errno> {
    globals::with(|runtime| runtime.sockets.get(token).map(|socket| socket.spec())).ok_or(Errno::EBADF)
}

/// The host that a script has named.
#[derive(Clone, Copy)]
pub(super) enum Host<'h> {
    /// The text is an address already: a numeric one, or a path.
    Given(&'h [u8]),
    /// The text was a name with this address.
    Found(IpAddr),
}

/// Looks up a name, which yields to other coroutines. `EINVAL` for a text that is neither an address nor a name.
pub(super) fn find(token: SocketToken, host: &[u8]) -> Result<Host<'_>, Halt> {
    let spec = spec(token)?;
    match Address::parse(spec.domain, host, 0) {
        Err(Errno::EINVAL) if spec.has_ports() => {
            let name = name(host).ok_or(Errno::EINVAL)?;
            let found = dns::address(name.as_bytes(), spec.domain, dns::deadline(0.0));
            let ip = found.map_err(|unresolved| match unresolved {
                ResolveError::Code(code) => Halt::Code(code),
                ResolveError::Unknown(_) => Halt::Code(dns::NOT_RESOLVED),
                ResolveError::Errno(errno) | ResolveError::Failed(SyscallError { errno, .. }) => {
                    Halt::Errno(errno)
                }
                ResolveError::Failure(failure) => Halt::Failure(failure),
            })?;
            // Another coroutine may have closed the socket meanwhile.
            self::spec(token).map_err(|_| Errno::ECANCELED)?;
            Ok(Host::Found(ip))
        }
        Err(errno) => Err(Halt::Errno(errno)),
        Ok(_) => Ok(Host::Given(host)),
    }
}

/// The address for a socket.
pub(super) fn parse(token: SocketToken, host: Host<'_>, port: i64) -> Result<Address, Errno> {
    let spec = spec(token)?;
    let port = if spec.has_ports() { u16::try_from(port).map_err(|_| Errno::EINVAL)? } else { 0 };
    match host {
        Host::Given(host) => Address::parse(spec.domain, host, port),
        Host::Found(ip) => Ok(Address::of(ip, port)),
    }
}

/// Whether a text can be the name of a host: it has letters, digits, hyphens, underscores and dots, and is not an
/// address of another family.
pub(super) fn name(host: &[u8]) -> Option<&str> {
    let name = std::str::from_utf8(host).ok()?;
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        && name.chars().any(|c| c.is_ascii_alphabetic());
    is_name.then_some(name)
}
