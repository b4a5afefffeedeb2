//! Addresses as scripts write and read them.

use super::Socket;
use super::io::{Halt, finish};
use crate::os::Errno;
use crate::os::address::Address;
use crate::os::socket::Spec;
use crate::php::{constants, outcome};
use crate::rt::socket::SocketToken;
use crate::zend::arrays::NewArray;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::object::This;
use crate::zend::values::Text;

/// `SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED`.
const NOT_RESOLVED: i64 = 711;

/// An address as scripts read it.
pub(super) fn show(address: &Address) -> NewArray {
    NewArray::with_capacity(2)
        .with("address", Text::new(&address.host()))
        .with("port", i32::from(address.port()))
}

/// What the socket is. `EBADF` when it is closed.
pub(super) fn spec(token: SocketToken) -> Result<Spec, Errno> {
    globals::with(|runtime| runtime.sockets.get(token).map(|socket| socket.spec())).ok_or(Errno::EBADF)
}

/// The address that is meant for a socket. A name is looked up, which waits for the name servers: `ENOENT` when
/// they do not know it. `EINVAL` for what is neither address nor name.
pub(super) fn parse(token: SocketToken, host: &[u8], port: i64) -> Result<Address, Errno> {
    let spec = spec(token)?;
    let port = if spec.has_ports() { u16::try_from(port).map_err(|_| Errno::EINVAL)? } else { 0 };
    match Address::parse(spec.domain, host, port) {
        Err(Errno::EINVAL) if spec.has_ports() => {
            let name = name(host).ok_or(Errno::EINVAL)?;
            Address::resolve(spec.domain, name, port)
        }
        parsed => parsed,
    }
}

/// As [`finish`], for what was done with an address that may have been a name nobody knows.
pub(super) fn settle<T>(this: This<'_, Socket>, token: SocketToken, result: Result<T, Halt>) -> Outcome<T> {
    match result {
        Err(Halt::Errno(Errno::ENOENT)) if spec(token).is_ok_and(Spec::has_ports) => {
            this.set("errCode", NOT_RESOLVED);
            this.set("errMsg", constants::describe_error(NOT_RESOLVED).unwrap_or_default());
            outcome::set_last_error(NOT_RESOLVED);
            Err(Failure::False)
        }
        result => finish(this, result),
    }
}

/// What can be the name of a host: letters, digits, hyphens, underscores and dots, and no address of another family.
fn name(host: &[u8]) -> Option<&str> {
    let name = std::str::from_utf8(host).ok()?;
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        && name.chars().any(|c| c.is_ascii_alphabetic());
    is_name.then_some(name)
}
