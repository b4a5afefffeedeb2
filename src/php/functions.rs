//! Functions that belong to no class.

use crate::os::process::processors;
use crate::os::{self, system};
use crate::php::{constants, coroutine_settings, dup, event, event_loop, options, outcome, process, timer};
use crate::zend::arrays::Array;
use crate::zend::bindings::zend_function_entry;
use crate::zend::class::table;
use crate::zend::errors::Outcome;
use crate::zend::function;
use crate::zend::globals;
use crate::zend::values::Value;

/// The level of Swoole's API that is provided.
pub(super) const API_VERSION: &str = "6.2.2";

pub(super) const TABLE: &[zend_function_entry] = &table![
    function!("function swoole_version(): string", version),
    function!("lenient function swoole_cpu_num(): int", cpu_num),
    function!("function swoole_last_error(): int", last_error),
    function!("function swoole_errno(): int", errno),
    function!(
        "lenient function swoole_strerror(int $errno, int $error_type = SWOOLE_STRERROR_SYSTEM): string",
        strerror
    ),
    function!("lenient function swoole_clear_error(): void", clear_error),
    function!(
        "function swoole_set_process_name(string $process_name): bool",
        process::set_title
    ),
    function!("function swoole_async_set(array $settings): bool", set_async),
    function!(
        "function swoole_event_add(mixed $fd, ~?callable $read_callback = null, ~?callable $write_callback = null, int $events = SWOOLE_EVENT_READ): int|false",
        event::add
    ),
    function!("lenient function swoole_event_del(mixed $fd): bool", event::del),
    function!(
        "lenient function swoole_event_set(mixed $fd, ~?callable $read_callback = null, ~?callable $write_callback = null, int $events = 0): bool",
        event::set
    ),
    function!("function swoole_event_wait(): void", event::wait),
    function!("function swoole_event_isset(mixed $fd, int $events = 1536): bool", event::isset),
    function!("lenient function swoole_event_dispatch(): bool", event::dispatch),
    function!("function swoole_event_defer(callable $callback): bool", event::defer),
    function!("lenient function swoole_event_cycle(?callable $callback, bool $before = false): bool", event::cycle),
    function!("function swoole_event_write(mixed $fd, string $data): bool", event::write),
    function!("lenient function swoole_event_exit(): void", event::exit),
    function!("lenient function swoole_event_rshutdown(): void", event_loop::run_at_shutdown),
    function!("function swoole_timer_after(int $ms, callable $callback, mixed ...$params): int|false", timer::after),
    function!("function swoole_timer_tick(int $ms, callable $callback, mixed ...$params): int|false", timer::tick),
    function!("lenient function swoole_timer_info(int $timer_id): array|false|null", timer::info),
    function!("function swoole_timer_list(): Swoole\\Timer\\Iterator", timer::list),
    function!("function swoole_timer_exists(int $timer_id): bool", timer::exists),
    function!("lenient function swoole_timer_stats(): array", timer::stats),
    function!("function swoole_timer_clear(int $timer_id): bool", timer::clear),
    function!("lenient function swoole_timer_clear_all(): bool", timer::clear_all),
    function!("function Swoole\\dup(mixed $handle): mixed", dup::dup),
]
.0;

fn version() -> Outcome<&'static str> {
    Ok(API_VERSION)
}

fn cpu_num() -> Outcome<i64> {
    Ok(i64::try_from(processors()).unwrap_or(i64::MAX))
}

fn last_error() -> Outcome<i64> {
    Ok(outcome::last_error())
}

fn errno() -> Outcome<i64> {
    Ok(i64::from(os::errno()))
}

fn clear_error() -> Outcome<()> {
    outcome::set_last_error(0);
    os::set_errno(0);
    Ok(())
}

/// What an error code means; by `error_type` one of the system, of getaddrinfo(3) or of Swoole.
fn strerror(code: i64, error_type: Option<i64>) -> Outcome<String> {
    /// `SWOOLE_STRERROR_GAI`.
    const LOOKUP: i64 = 1;
    /// `SWOOLE_STRERROR_DNS`.
    const RESOLVER: i64 = 2;
    let number = i32::try_from(code).unwrap_or(i32::MAX);
    Ok(match error_type {
        Some(LOOKUP) => system::describe_lookup(number),
        Some(RESOLVER) => system::describe_resolver(number),
        _ => constants::describe_error(code).unwrap_or_else(|| system::describe(number)),
    })
}

/// Sets options. A value that makes no sense is refused with a warning and false; the options before it are set. As in
/// Swoole, an option that means nothing here is accepted in silence.
fn set_async(settings: Array<'_>) -> Outcome<bool> {
    for (key, value) in settings.iter() {
        let key = key.unwrap_or_default();
        if !options::set_common(key, value)? {
            set_async_option(key, value);
        }
    }
    Ok(true)
}

fn set_async_option(key: &[u8], value: Value<'_>) {
    match key {
        b"wait_signal" => {
            let wait = value.to_bool();
            globals::with(|runtime| runtime.core.events.set_wait_for_signals(wait));
        }
        b"enable_coroutine" => coroutine_settings::set_callbacks(value.to_bool()),
        _ => (),
    }
}
