//! `getOption` and `setOption`.

use super::address;
use super::state::{Socket, fail, small, succeed};
use crate::os::address::Address;
use crate::os::socket::{self, OptionName, OptionType};
use crate::os::{Errno, multicast};
use crate::php::outcome;
use crate::rt::socket as sockets;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::object::This;
use crate::zend::values::{Owned, Text, Value};
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

/// An option's value, between the script and the kernel.
enum Setting {
    Number(i32),
    Linger(bool, i32),
    /// `None` means no limit.
    Limit(Option<Duration>),
    Name(Vec<u8>),
    Group {
        interface: u32,
        group: IpAddr,
    },
    Source {
        interface: u32,
        group: IpAddr,
        source: IpAddr,
    },
    Interface(u32),
    SourceAddress(Ipv6Addr, u32),
}

fn name(level: i64, number: i64) -> Result<OptionName, Errno> {
    Ok(OptionName { level: small(level)?, number: small(number)? })
}

pub(super) fn get(this: This<'_, Socket>, level: i64, number: i64) -> Outcome<Owned> {
    let token = this.token()?;
    let (fd, found) = globals::with(|runtime| match runtime.sockets.get(token) {
        Some(socket) => (socket.number(), name(level, number).and_then(|name| read(socket, name))),
        None => (-1, Err(Errno::EBADF)),
    });
    match found {
        Ok(setting) => {
            succeed(this);
            Ok(show(setting))
        }
        Err(errno) if fd < 0 => Err(fail(this, errno)),
        Err(errno) => {
            fail(this, errno);
            let text = outcome::describe(format!("getsockopt({fd}, {level}, {number})"), errno);
            // In Swoole this warning has no verb.
            Err(outcome::warning(text.replacen(" failed", "", 1)))
        }
    }
}

fn read(socket: &sockets::Socket, name: OptionName) -> Result<Setting, Errno> {
    let fd = socket.fd();
    Ok(match name.value_type() {
        OptionType::Number
        | OptionType::Hops { .. }
        | OptionType::InterfaceNumber
        | OptionType::SourceAddress
        | OptionType::Group
        | OptionType::Source => Setting::Number(socket::number(fd, name)?),
        OptionType::Interface => Setting::Interface(multicast::get_interface(fd, name)?),
        OptionType::Linger => socket::linger(fd).map(|(on, seconds)| Setting::Linger(on, seconds))?,
        OptionType::ReadLimit => Setting::Limit(socket.limits.read),
        OptionType::WriteLimit => Setting::Limit(socket.limits.write),
        OptionType::Name => Setting::Name(socket::text(fd, name)?),
    })
}

fn show(setting: Setting) -> Owned {
    match setting {
        Setting::Number(number) => Owned::new(number),
        Setting::Linger(on, seconds) => {
            Owned::new(NewArray::with_capacity(2).with("l_onoff", i32::from(on)).with("l_linger", seconds))
        }
        Setting::Limit(limit) => {
            let (seconds, micros) = socket::parts(limit);
            let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
            Owned::new(NewArray::with_capacity(2).with("sec", seconds).with("usec", i64::from(micros)))
        }
        Setting::Name(name) => Owned::new(Text::new(&name)),
        Setting::Interface(index) => Owned::new(i64::from(index)),
        // These options can only be set.
        Setting::Group { .. } | Setting::Source { .. } | Setting::SourceAddress(..) => Owned::new(()),
    }
}

pub(super) fn set(this: This<'_, Socket>, level: i64, number: i64, value: Value<'_>) -> Outcome<bool> {
    let token = this.token()?;
    let name = name(level, number).map_err(|errno| fail(this, errno))?;
    let domain = address::spec(token).map_err(|errno| fail(this, errno))?.domain;
    // The conversion comes first: it may run PHP code, which may close the socket.
    let setting = match name.value_type() {
        OptionType::Number => Setting::Number(small(value.to_int()).map_err(|errno| fail(this, errno))?),
        OptionType::Linger => {
            let [on, seconds] = members(value, ["l_onoff", "l_linger"])?;
            let seconds = small(seconds).map_err(|errno| fail(this, errno))?;
            Setting::Linger(on != 0, seconds)
        }
        OptionType::ReadLimit | OptionType::WriteLimit => {
            let [seconds, micros] = members(value, ["sec", "usec"])?;
            Setting::Limit(limit(seconds, micros).map_err(|errno| fail(this, errno))?)
        }
        OptionType::Name => {
            let text = value.to_text().ok_or(Failure::Thrown)?;
            Setting::Name(text.bytes().to_vec())
        }
        OptionType::Hops { least } => Setting::Number(hops(value, least)?),
        OptionType::Interface => Setting::Interface(interface(value)?),
        OptionType::InterfaceNumber => Setting::Number(interface(value)?.cast_signed()),
        OptionType::Group => {
            Setting::Group { interface: member_interface(value)?, group: ip(value, "group", domain)? }
        }
        OptionType::Source => Setting::Source {
            interface: member_interface(value)?,
            group: ip(value, "group", domain)?,
            source: ip(value, "source", domain)?,
        },
        OptionType::SourceAddress => packet_info(value)?,
    };
    let (fd, written) = globals::with(|runtime| match runtime.sockets.get(token) {
        Some(socket) => (socket.number(), write(socket, name, &setting)),
        None => (-1, Err(Errno::EBADF)),
    });
    match written {
        Ok(()) => {
            succeed(this);
            Ok(true)
        }
        Err(errno) if fd < 0 => Err(fail(this, errno)),
        Err(errno) => {
            fail(this, errno);
            Err(outcome::system(format!("setsockopt({fd})"), errno))
        }
    }
}

fn members(value: Value<'_>, keys: [&str; 2]) -> Outcome<[i64; 2]> {
    let array = Array::of(value);
    let mut numbers = [0; 2];
    for (number, key) in numbers.iter_mut().zip(keys) {
        let member = array.and_then(|array| array.get(key));
        let member = member.ok_or_else(|| outcome::warning(format!("no key \"{key}\" passed in optval")))?;
        *number = member.to_int();
    }
    Ok(numbers)
}

fn hops(value: Value<'_>, least: i32) -> Outcome<i32> {
    let refused = match least {
        0 => c"must be between 0 and 255",
        _ => c"must be between -1 and 255",
    };
    let hops = i32::try_from(value.to_int()).ok().filter(|hops| (least..=255).contains(hops));
    hops.ok_or(Failure::BadValue(3, refused))
}

/// An interface, by its number or its name.
fn interface(value: Value<'_>) -> Outcome<u32> {
    if let Some(number) = value.as_int() {
        return u32::try_from(number)
            .map_err(|_| Failure::ValueError(c"Index must be between 0 and 4294967295"));
    }
    let name = value.to_text().ok_or(Failure::Thrown)?;
    multicast::interface(name.bytes()).map_err(|_| {
        let name = String::from_utf8_lossy(name.bytes());
        outcome::warning(format!("No interface with name \"{name}\" could be found"))
    })
}

fn member_interface(value: Value<'_>) -> Outcome<u32> {
    let found = Array::of(value).and_then(|array| array.get("interface"));
    found.map_or(Ok(0), interface)
}

/// An address of the socket's family.
fn ip(value: Value<'_>, key: &'static str, domain: i32) -> Outcome<IpAddr> {
    let found = Array::of(value).and_then(|array| array.get(key)).ok_or(Failure::ValueError(match key {
        "group" => c"No key \"group\" passed in optval",
        _ => c"No key \"source\" passed in optval",
    }))?;
    let text = found.to_text().ok_or(Failure::Thrown)?;
    let ip = Address::parse(domain, text.bytes(), 0).ok().and_then(|address| address.ip());
    ip.ok_or_else(|| no_address(text.bytes()))
}

fn no_address(text: &[u8]) -> Failure {
    outcome::warning(format!("{} is no address of the socket's family", String::from_utf8_lossy(text)))
}

fn packet_info(value: Value<'_>) -> Outcome<Setting> {
    let wrong =
        |what: &str| outcome::warning(format!("error converting user data (path: in6_pktinfo): {what}"));
    let Some(array) = Array::of(value) else {
        return Err(wrong("expected an array here"));
    };
    let member = |key: &str| array.get(key).ok_or_else(|| wrong(&format!("The key '{key}' is required")));
    let text = member("addr")?.to_text().ok_or(Failure::Thrown)?;
    let ip = std::str::from_utf8(text.bytes()).ok().and_then(|text| text.parse().ok());
    let ip = ip.ok_or_else(|| no_address(text.bytes()))?;
    Ok(Setting::SourceAddress(ip, interface(member("ifindex")?)?))
}

/// A time limit of seconds and microseconds. Zero means no limit, as in the kernel. `EDOM` if the numbers are out of
/// range.
fn limit(seconds: i64, micros: i64) -> Result<Option<Duration>, Errno> {
    let seconds = u64::try_from(seconds).map_err(|_| Errno::EDOM)?;
    let micros = u32::try_from(micros).ok().filter(|&micros| micros < 1_000_000).ok_or(Errno::EDOM)?;
    Ok(Some(Duration::new(seconds, micros * 1000)).filter(|limit| !limit.is_zero()))
}

fn write(socket: &mut sockets::Socket, name: OptionName, setting: &Setting) -> Result<(), Errno> {
    match setting {
        Setting::Number(number) => socket::set_number(socket.fd(), name, *number),
        Setting::Linger(on, seconds) => socket::set_linger(socket.fd(), *on, *seconds),
        Setting::Limit(limit) => {
            if name.value_type() == OptionType::ReadLimit {
                socket.limits.read = *limit;
            } else {
                socket.limits.write = *limit;
            }
            Ok(())
        }
        Setting::Name(text) => socket::set_text(socket.fd(), name, text),
        Setting::Group { interface, group } => multicast::set_group(socket.fd(), name, *interface, *group),
        Setting::Source { interface, group, source } => {
            multicast::set_source(socket.fd(), name, *interface, *group, *source)
        }
        Setting::Interface(index) => multicast::set_interface(socket.fd(), name, *index),
        Setting::SourceAddress(ip, index) => multicast::set_source_address(socket.fd(), name, *ip, *index),
    }
}
