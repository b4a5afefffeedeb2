//! `getOption` and `setOption`.

use super::state::{Socket, fail, small, succeed};
use crate::os::Errno;
use crate::os::socket::{self, Form, OptionName};
use crate::php::outcome;
use crate::rt::socket as sockets;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::object::This;
use crate::zend::values::{Owned, Text, Value};
use std::time::Duration;

/// An option's value, between the script and the kernel.
enum Setting {
    Number(i32),
    Linger(bool, i32),
    /// None for no limit.
    Limit(Option<Duration>),
    Name(Vec<u8>),
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
            // Swoole's words for this one lack the verb.
            Err(outcome::warning(text.replacen(" failed", "", 1)))
        }
    }
}

fn read(socket: &sockets::Socket, name: OptionName) -> Result<Setting, Errno> {
    let fd = socket.fd();
    Ok(match name.form() {
        Form::Number => Setting::Number(socket::number(fd, name)?),
        Form::Linger => socket::linger(fd).map(|(on, seconds)| Setting::Linger(on, seconds))?,
        Form::ReadLimit => Setting::Limit(socket.limits.read),
        Form::WriteLimit => Setting::Limit(socket.limits.write),
        Form::Name => Setting::Name(socket::text(fd, name)?),
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
    }
}

pub(super) fn set(this: This<'_, Socket>, level: i64, number: i64, value: Value<'_>) -> Outcome<bool> {
    let token = this.token()?;
    let name = name(level, number).map_err(|errno| fail(this, errno))?;
    // Converted first: that may run PHP code, which may close the socket.
    let setting = match name.form() {
        Form::Number => Setting::Number(small(value.to_int()).map_err(|errno| fail(this, errno))?),
        Form::Linger => {
            let [on, seconds] = members(value, ["l_onoff", "l_linger"])?;
            let seconds = small(seconds).map_err(|errno| fail(this, errno))?;
            Setting::Linger(on != 0, seconds)
        }
        Form::ReadLimit | Form::WriteLimit => {
            let [seconds, micros] = members(value, ["sec", "usec"])?;
            Setting::Limit(limit(seconds, micros).map_err(|errno| fail(this, errno))?)
        }
        Form::Name => {
            let text = value.to_text().ok_or(Failure::Thrown)?;
            Setting::Name(text.bytes().to_vec())
        }
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

/// A time limit of so many seconds and microseconds; none for nought, as the kernel has it. `EDOM` for what is no
/// such time.
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
            if name.form() == Form::ReadLimit {
                socket.limits.read = *limit;
            } else {
                socket.limits.write = *limit;
            }
            Ok(())
        }
        Setting::Name(text) => socket::set_text(socket.fd(), name, text),
    }
}
