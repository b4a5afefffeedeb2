//! `Swoole\Runtime`: hooks make functions of PHP yield to other coroutines while they wait. Each file has the hooks of
//! one or several flags (`SWOOLE_HOOK_*`).

mod curl;
mod file_lock;
mod flags;
mod net;
mod process;
mod sleep;
mod sockets;
mod stdio;
mod streams;

use crate::zend::async_files;
use crate::zend::class::{Class, table};
use crate::zend::errors::Outcome;
use crate::zend::function_hooks;
use crate::zend::lifecycle::{Part, once};
use crate::zend::static_method;
use crate::zend::transports;
use flags::Hook;

/// `SWOOLE_HOOK_ALL`.
pub(super) const ALL: i64 = flags::ALL;

const HOOKS: &[&[Hook]] = &[
    &[net::HOOK],
    &[sleep::HOOK],
    &[process::HOOK],
    &[sockets::HOOK],
    stdio::HOOKS,
    &[streams::HOOK],
    curl::HOOKS,
];

pub(super) const PART: Part = Part {
    start: once!(|_| {
        CLASS.register();
        for hook in HOOKS.iter().copied().flatten() {
            function_hooks::install(hook.functions);
        }
        streams::start();
        async_files::register();
    }),
    stop: once!(|_| {
        for hook in HOOKS.iter().copied().flatten() {
            function_hooks::restore(hook.functions);
        }
        async_files::unregister();
    }),
    request_stop: transports::restore,
    request_end: once!(|| {
        transports::release_persistent();
        transports::copy::end();
        flags::reset();
    }),
    parts: &[process::PART, stdio::PART, curl::PART],
};

static CLASS: Class = Class::new("Swoole\\Runtime").not_instantiable().methods(table![
    static_method!("public static function enableCoroutine(int $flags = SWOOLE_HOOK_ALL): bool", enable),
    static_method!("public static function getHookFlags(): int", get),
    static_method!("public static function setHookFlags(int $flags): bool", set_from_script),
]);

/// The flags that have hooks.
fn existing() -> i64 {
    let there = HOOKS.iter().copied().flatten().filter(|hook| hook.exists());
    there.fold(streams::existing(), |flags, hook| flags | hook.flag.0)
}

/// Switches these hooks on (`SWOOLE_HOOK_*`), and all others off.
pub(super) fn set(flags: i64) {
    flags::set(flags, existing());
    streams::note_flags();
}

fn enable(flags: Option<i64>) -> Outcome<bool> {
    set(flags.unwrap_or(ALL));
    Ok(true)
}

fn set_from_script(flags: i64) -> Outcome<bool> {
    set(flags);
    Ok(true)
}

fn get() -> Outcome<i64> {
    Ok(flags::on())
}
