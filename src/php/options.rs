//! `swoole_async_set`: options of the whole process.

use crate::php::{coroutine, event_loop, log, outcome};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::values::{Array, Value};
use crate::zend::{folder, globals};

/// Sets options. An option that is unknown, or whose value makes no sense, is refused with a warning and
/// false; those before it are set.
pub(super) fn set(settings: Array<'_>) -> Outcome<bool> {
    for (key, value) in settings.iter() {
        set_one(key.unwrap_or_default(), value)?;
    }
    Ok(true)
}

fn set_one(key: &[u8], value: Value<'_>) -> Outcome<()> {
    match key {
        b"log_file" => {
            let path = text(value)?;
            folder::resolve(&path)
                .and_then(|file| log::set_file(&file))
                .map_err(|errno| outcome::system(format!("open({path})"), errno))
        }
        b"log_level" => {
            log::set_level(value.to_int());
            Ok(())
        }
        b"log_date_format" => {
            let format = text(value)?;
            if log::set_date_format(&format) {
                Ok(())
            } else {
                Err(outcome::warning("invalid log_date_format"))
            }
        }
        b"log_date_with_microseconds" => {
            log::set_microseconds(value.to_bool());
            Ok(())
        }
        b"socket_buffer_size" => match i32::try_from(value.to_int()) {
            Ok(bytes) if bytes > 0 => {
                globals::with(|runtime| runtime.set_buffer_size(bytes));
                Ok(())
            }
            _ => Err(outcome::warning("socket_buffer_size must be from 1 to 2147483647")),
        },
        b"wait_signal" => {
            let wait = value.to_bool();
            event_loop::look(|events| events.set_wait_for_signals(wait));
            Ok(())
        }
        b"enable_coroutine" => {
            coroutine::set_callbacks(value.to_bool());
            Ok(())
        }
        _ => Err(outcome::warning(format!("unknown option {}", String::from_utf8_lossy(key)))),
    }
}

fn text(value: Value<'_>) -> Outcome<String> {
    let text = value.to_text().ok_or(Failure::Thrown)?;
    Ok(String::from_utf8_lossy(text.bytes()).into_owned())
}
