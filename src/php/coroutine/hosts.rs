//! Addresses of hosts.

use crate::os::Errno;
use crate::os::lookup::Hints;
use crate::os::socket::{AF_INET, AF_INET6};
use crate::php::{dns, outcome, waiting};
use crate::zend::arrays::NewArray;
use crate::zend::errors::Outcome;

/// An address family that has host names.
fn family(number: Option<i64>) -> Outcome<i32> {
    let number = number.unwrap_or(i64::from(AF_INET));
    [AF_INET, AF_INET6]
        .into_iter()
        .find(|&family| i64::from(family) == number)
        .ok_or_else(|| outcome::warning("unknown protocol family, must be AF_INET or AF_INET6"))
}

pub(super) fn gethostbyname(name: &[u8], kind: Option<i64>, timeout: f64) -> Outcome<String> {
    if name.is_empty() {
        return Err(outcome::warning("domain name is empty"));
    }
    let family = family(kind)?;
    waiting::must_be_inside()?;
    let ip = dns::address(name, family, dns::deadline(timeout)).map_err(dns::ResolveError::settle)?;
    Ok(ip.to_string())
}

pub(super) fn dns_lookup(name: &[u8], timeout: f64, kind: Option<i64>) -> Outcome<String> {
    gethostbyname(name, kind, timeout)
}

pub(super) fn getaddrinfo(
    name: &[u8],
    kind: Option<i64>,
    socket_kind: Option<i64>,
    protocol: Option<i64>,
    service: Option<&[u8]>,
    timeout: f64,
) -> Outcome<NewArray> {
    /// `SOCK_STREAM`.
    const STREAM: i64 = 1;
    /// `STREAM_IPPROTO_TCP`.
    const TCP: i64 = 6;
    if name.is_empty() {
        return Err(outcome::warning("hostname is empty"));
    }
    let family = family(kind)?;
    let small = |number| i32::try_from(number).map_err(|_| outcome::silent(Errno::EINVAL));
    let hints = Hints {
        family,
        kind: small(socket_kind.unwrap_or(STREAM))?,
        protocol: small(protocol.unwrap_or(TCP))?,
    };
    waiting::must_be_inside()?;
    let service = service.filter(|service| !service.is_empty());
    let found = dns::addresses(name, service, hints, None, dns::deadline(timeout));
    let found = found.map_err(dns::ResolveError::settle)?;
    let mut list = NewArray::with_capacity(u32::try_from(found.len()).unwrap_or(0));
    for ip in found {
        list.push(ip.to_string());
    }
    Ok(list)
}
