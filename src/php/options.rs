//! Options of the whole process that `swoole_async_set` and `Coroutine::set` share.

use crate::php::{library, log, outcome, settings, waiting};
use crate::rt::core::clock::now;
use crate::rt::dns::Server;
use crate::rt::socket::Limits;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::values::Value;
use crate::zend::{cwd, globals};
use std::time::Duration;

/// The names of options that `Coroutine::set` knows as well.
pub(super) const NAMES: &[&str] = &[
    "disable_dns_cache",
    "display_errors",
    "dns_cache_capacity",
    "dns_cache_expire",
    "dns_cache_refresh_time",
    "dns_lookup_random",
    "dns_server",
    "log_date_format",
    "log_date_with_microseconds",
    "log_file",
    "log_level",
    "socket_buffer_size",
    "socket_connect_timeout",
    "socket_dns_timeout",
    "socket_read_timeout",
    "socket_recv_timeout",
    "socket_send_timeout",
    "socket_timeout",
    "socket_write_timeout",
];

/// The known name that was meant, unless more than a third of it differs, or Swoole has the name: that is no typing error.
pub(super) fn nearest(
    name: &str,
    known: impl IntoIterator<Item = &'static &'static str>,
) -> Option<&'static str> {
    if library::is_option(name) {
        return None;
    }
    let name = name.to_lowercase();
    let distances = known.into_iter().map(|&known| (strsim::damerau_levenshtein(known, &name), known));
    distances.min().filter(|(distance, known)| distance * 3 <= known.len()).map(|(_, known)| known)
}

/// Refuses values that [`set_common`] would refuse, except a file that cannot be opened.
pub(super) fn check_common(key: &[u8], value: Value<'_>) -> Outcome<()> {
    match key {
        b"dns_server" => name_server(value).map(drop),
        b"log_date_format" => date_format(value).map(drop),
        b"socket_buffer_size" => buffer_size(value).map(drop),
        _ => Ok(()),
    }
}

/// Sets an option that `Coroutine::set` knows as well. False for other options.
pub(super) fn set_common(key: &[u8], value: Value<'_>) -> Outcome<bool> {
    match key {
        b"log_file" => {
            let path = text(value)?;
            cwd::resolve(&path)
                .and_then(|file| log::set_file(&file))
                .map_err(|errno| outcome::system(format!("open({path})"), errno))?;
        }
        b"log_level" => log::set_level(value.to_int()),
        b"log_date_format" => log::set_date_format(date_format(value)?),
        b"log_date_with_microseconds" => log::set_microseconds(value.to_bool()),
        b"display_errors" => settings::set_display_errors(value.to_bool()),
        b"dns_server" => {
            let server = name_server(value)?;
            globals::with(|runtime| runtime.dns.set_server(server));
        }
        b"socket_buffer_size" => {
            let bytes = buffer_size(value)?;
            globals::with(|runtime| runtime.pipes.set_buffer_size(bytes));
        }
        _ => return Ok(set_timeout(key, value) || set_names(key, value)),
    }
    Ok(true)
}

/// Sets an option of name lookups and their cache.
fn set_names(key: &[u8], value: Value<'_>) -> bool {
    match key {
        b"socket_dns_timeout" => {
            let limit = waiting::limit(value.to_float());
            globals::with(|runtime| runtime.dns.limit = limit);
        }
        b"dns_cache_expire" | b"dns_cache_refresh_time" => {
            let life = waiting::limit(value.to_float()).unwrap_or_default();
            globals::with(|runtime| runtime.dns.set_life(life));
        }
        b"disable_dns_cache" => {
            let on = !value.to_bool();
            globals::with(|runtime| runtime.dns.set_on(on));
        }
        b"dns_lookup_random" => {
            let picks_any = value.to_bool();
            globals::with(|runtime| runtime.dns.picks_any = picks_any);
        }
        b"dns_cache_capacity" => {
            let capacity = usize::try_from(value.to_int()).unwrap_or(0);
            globals::with(|runtime| runtime.dns.set_capacity(capacity, now()));
        }
        _ => return false,
    }
    true
}

/// Sets the default timeout of a kind of socket calls.
fn set_timeout(key: &[u8], value: Value<'_>) -> bool {
    let change = |change: fn(&mut Limits, Option<Duration>)| {
        let limit = waiting::limit(value.to_float());
        globals::with(|runtime| change(&mut runtime.sockets.defaults, limit));
        true
    };
    match key {
        b"socket_connect_timeout" => change(|limits, limit| limits.connect = limit),
        b"socket_read_timeout" | b"socket_recv_timeout" => change(|limits, limit| limits.read = limit),
        b"socket_write_timeout" | b"socket_send_timeout" => change(|limits, limit| limits.write = limit),
        b"socket_timeout" => change(|limits, limit| (limits.read, limits.write) = (limit, limit)),
        _ => false,
    }
}

/// The name server; `None` for no text: those of the system.
fn name_server(value: Value<'_>) -> Outcome<Option<Server>> {
    let text = text(value)?;
    if text.is_empty() {
        return Ok(None);
    }
    let server = Server::parse(&text);
    server
        .map(Some)
        .ok_or_else(|| outcome::warning("dns_server must be an IP address, with a port or without"))
}

fn date_format(value: Value<'_>) -> Outcome<String> {
    let format = text(value)?;
    if log::is_date_format(&format) { Ok(format) } else { Err(outcome::warning("invalid log_date_format")) }
}

fn buffer_size(value: Value<'_>) -> Outcome<i32> {
    let bytes = i32::try_from(value.to_int()).ok().filter(|&bytes| bytes > 0);
    bytes.ok_or_else(|| outcome::warning("socket_buffer_size must be from 1 to 2147483647"))
}

fn text(value: Value<'_>) -> Outcome<String> {
    let text = value.to_text().ok_or(Failure::Thrown)?;
    Ok(String::from_utf8_lossy(text.bytes()).into_owned())
}
