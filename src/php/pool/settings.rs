//! What `Pool::set()` takes.

use super::refused;
use crate::php::coroutine;
use crate::rt::supervisor::Policy;
use crate::zend::arrays::Array;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::values::Value;
use std::time::Duration;

/// The settings of a pool.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) coroutine: bool,
    pub(super) bus: bool,
    /// The largest message in bytes.
    pub(super) largest: usize,
    pub(super) max_wait: Option<Duration>,
    pub(super) max_requests: Option<u64>,
    pub(super) max_lifetime: Option<Duration>,
    pub(super) max_memory: Option<u64>,
    pub(super) restart: Policy,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            coroutine: false,
            bus: false,
            largest: 2 * 1024 * 1024,
            max_wait: Some(Duration::from_secs(3)),
            max_requests: None,
            max_lifetime: None,
            max_memory: None,
            restart: Policy::default(),
        }
    }
}

/// The largest `max_package_size`: half of what the kernel takes as a size of one message.
const LARGEST: usize = 1 << 30;

impl Settings {
    /// Takes what a script gives. Options of coroutines and of the whole process may be among it, and unknown ones are
    /// passed over, as in Swoole.
    pub(super) fn set(&mut self, given: Array<'_>) -> Outcome<()> {
        for (key, value) in given.iter() {
            let key = key.unwrap_or_default();
            match key {
                b"enable_coroutine" => self.coroutine = value.to_bool(),
                b"enable_message_bus" => self.bus = value.to_bool(),
                b"max_package_size" => {
                    let bytes = usize::try_from(value.to_int()).ok();
                    self.largest = bytes
                        .filter(|bytes| (1..=LARGEST).contains(bytes))
                        .ok_or_else(|| bad("max_package_size", "from 1 byte to 1 GB"))?;
                }
                b"max_wait_time" => self.max_wait = time(value, "max_wait_time")?,
                b"max_requests" | b"max_request" => {
                    self.max_requests = number(value, "max_requests")?;
                }
                b"max_lifetime" => self.max_lifetime = time(value, "max_lifetime")?,
                b"max_memory" => self.max_memory = bytes(value, "max_memory")?,
                b"restart_delay" => {
                    self.restart.delay = time(value, "restart_delay")?.unwrap_or(Duration::ZERO);
                }
                b"restart_max_delay" => {
                    self.restart.max_delay = time(value, "restart_max_delay")?.unwrap_or(Duration::ZERO);
                }
                b"restart_window" => {
                    self.restart.window = time(value, "restart_window")?
                        .ok_or_else(|| bad("restart_window", "more than 0 seconds"))?;
                }
                b"max_restarts" => {
                    let most = number(value, "max_restarts")?;
                    self.restart.max_restarts = most.map(|most| u32::try_from(most).unwrap_or(u32::MAX));
                }
                _ => coroutine::set_option(key, value)?,
            }
        }
        Ok(())
    }
}

#[cold]
fn bad(name: &str, expected: &str) -> Failure {
    refused(format!("the setting {name} must be {expected}"))
}

/// A time in seconds; none for nought.
fn time(value: Value<'_>, name: &str) -> Outcome<Option<Duration>> {
    let seconds = value.to_float();
    let time =
        Duration::try_from_secs_f64(seconds).map_err(|_| bad(name, "a number of seconds, not negative"))?;
    Ok(Some(time).filter(|time| !time.is_zero()))
}

/// A number; none for nought.
fn number(value: Value<'_>, name: &str) -> Outcome<Option<u64>> {
    let number = u64::try_from(value.to_int()).map_err(|_| bad(name, "a number, not negative"))?;
    Ok(Some(number).filter(|&number| number > 0))
}

/// A number of bytes, with K, M or G behind it as in php.ini; none for nought.
fn bytes(value: Value<'_>, name: &str) -> Outcome<Option<u64>> {
    let Some(text) = value.as_bytes() else { return number(value, name) };
    let (digits, unit) = match text.last().map(u8::to_ascii_lowercase) {
        Some(b'k') => (text.len() - 1, 1 << 10),
        Some(b'm') => (text.len() - 1, 1 << 20),
        Some(b'g') => (text.len() - 1, 1 << 30),
        _ => (text.len(), 1),
    };
    let digits = text.get(..digits).and_then(|digits| std::str::from_utf8(digits).ok());
    let number: Option<u64> = digits.and_then(|digits| digits.trim().parse().ok());
    let number = number.and_then(|number| number.checked_mul(unit));
    let number = number.ok_or_else(|| bad(name, "a number of bytes, such as 128M"))?;
    Ok(Some(number).filter(|&number| number > 0))
}
