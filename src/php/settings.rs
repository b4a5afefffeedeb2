//! Settings in php.ini.

use crate::zend::ini::{self, Scope, Setting};
use crate::zend::lifecycle::{Part, once};
use std::ffi::CStr;

const AS_SWOOLE: &CStr = c"swoole_process.as_swoole";
const FAST_EXIT: &CStr = c"swoole_process.fast_exit";
const QUEUE_MODE: &CStr = c"swoole_process.queue_mode";
const DISPLAY_ERRORS: &CStr = c"swoole.display_errors";
const USE_SHORTNAME: &CStr = c"swoole.use_shortname";
const SOCKET_BUFFER_SIZE: &CStr = c"swoole.socket_buffer_size";
const PREEMPTIVE: &CStr = c"swoole.enable_preemptive_scheduler";

/// Settings of this module.
const OWN: &[Setting] = &[
    Setting { name: AS_SWOOLE, default: c"Off", scope: Scope::Startup },
    Setting { name: FAST_EXIT, default: c"On", scope: Scope::Everywhere },
    Setting { name: QUEUE_MODE, default: c"0666", scope: Scope::Everywhere },
];

/// Settings that Swoole has as well.
const SWOOLE: &[Setting] = &[
    Setting { name: DISPLAY_ERRORS, default: c"On", scope: Scope::Everywhere },
    Setting { name: USE_SHORTNAME, default: c"On", scope: Scope::Startup },
    Setting { name: SOCKET_BUFFER_SIZE, default: c"8M", scope: Scope::Everywhere },
    Setting { name: PREEMPTIVE, default: c"Off", scope: Scope::Everywhere },
];

/// Starts before the module has a second name.
pub(super) const OWN_PART: Part =
    Part { start: once!(|module| ini::register(module, OWN)), stop: ini::unregister, ..Part::NONE };

pub(super) const PART: Part =
    Part { start: once!(|module| ini::register(module, SWOOLE)), stop: ini::unregister, ..Part::NONE };

/// Forgets the settings of the module of the second name.
#[cold]
pub(super) fn forget(module: i32) {
    ini::unregister(module);
}

/// Whether the module is also known as `swoole`.
#[cold]
pub(super) fn as_swoole() -> bool {
    ini::is_on(AS_SWOOLE)
}

/// Whether a forked child exits as soon as its request has ended, without PHP's module shutdown and the C library's
/// exit handlers. Off for profilers and sanitizers that report at process end.
pub(super) fn fast_exit() -> bool {
    ini::is_on(FAST_EXIT)
}

/// The permissions of new queues with a key. When the setting is invalid, only the own user has access.
pub(super) fn queue_mode() -> i32 {
    ini::octal(QUEUE_MODE).unwrap_or(0o600)
}

/// Whether the extension raises its warnings.
pub(super) fn display_errors() -> bool {
    ini::is_on(DISPLAY_ERRORS)
}

/// Switches the extension's warnings on or off until the request ends.
pub(super) fn set_display_errors(display: bool) {
    ini::set(DISPLAY_ERRORS, if display { c"1" } else { c"0" });
}

/// Whether the scheduler is preemptive by default.
pub(super) fn is_preemptive() -> bool {
    ini::is_on(PREEMPTIVE)
}

/// Whether the short names (`co`, `go()`, ...) are defined.
pub(super) fn use_shortname() -> bool {
    ini::is_on(USE_SHORTNAME)
}

/// The requested socket buffer of each end of a pipe, in bytes; `None` when the setting is invalid.
pub(super) fn socket_buffer_size() -> Option<i32> {
    ini::size(SOCKET_BUFFER_SIZE)
        .filter(|&bytes| bytes > 0)
        .map(|bytes| i32::try_from(bytes).unwrap_or(i32::MAX))
}
