//! Functions that belong to no class.

use crate::os::scheduling::processors;
use crate::os::socket::{AF_INET, AF_INET6};
use crate::os::{self, interfaces, system};
use crate::php::{
    constants, coroutine_settings, dup, event, event_loop, log, options, outcome, process, select, timer,
};
use crate::zend::arrays::{Array, NewArray};
use crate::zend::bindings::zend_function_entry;
use crate::zend::class::table;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::function;
use crate::zend::globals::{self, per_thread};
use crate::zend::lifecycle::Part;
use crate::zend::object_store;
use crate::zend::values::{Owned, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::net::IpAddr;

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
    function!("function swoole_error_log(int $level, string $msg): void", error_log),
    function!("function swoole_error_log_ex(int $level, int $error, string $msg): void", error_log_ex),
    function!("function swoole_ignore_error(int $error): void", ignore_error),
    function!("function swoole_hashcode(string $data, int $type = 0): int|false", hashcode),
    function!("function swoole_get_local_ip(int $family = AF_INET): array|false", local_ip),
    function!("lenient function swoole_get_local_mac(): array|false", local_mac),
    function!("lenient function swoole_clear_dns_cache(): void", clear_dns_cache),
    function!("function swoole_async_set(array $settings): bool", set_async),
    function!("function swoole_get_objects(): array|false", objects),
    function!("function swoole_get_vm_status(): array", vm_status),
    function!("function swoole_get_object_by_handle(int $handle): object|false", object_by_handle),
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
    function!(
        "function swoole_client_select(?array &$read, ?array &$write, ?array &$except, float $timeout = 0.5): int|false",
        select::select
    ),
    function!(
        "function swoole_select(?array &$read, ?array &$write, ?array &$except, float $timeout = 0.5): int|false",
        select::select
    ),
    function!("function Swoole\\dup(mixed $handle): mixed", dup::dup),
    function!("function Swoole\\dup2(mixed $handle, int $standard): bool", dup::dup2),
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

per_thread! {
    /// The codes that `swoole_error_log_ex()` writes no lines about.
    static IGNORED: RefCell<BTreeSet<i64>> = RefCell::new(BTreeSet::new());
}

pub(super) const PART: Part = Part { request_end: forget_ignored, ..Part::NONE };

#[cold]
fn forget_ignored() {
    IGNORED.with(|ignored| ignored.borrow_mut().clear());
}

fn error_log(level: i64, text: &[u8]) -> Outcome<()> {
    log::write(log::Level::of(level), &String::from_utf8_lossy(text));
    Ok(())
}

fn error_log_ex(level: i64, error: i64, text: &[u8]) -> Outcome<()> {
    outcome::set_last_error(error);
    if !IGNORED.with(|ignored| ignored.borrow().contains(&error)) {
        let line = format!("(ERRNO {error}): {}", String::from_utf8_lossy(text));
        log::write(log::Level::of(level), &line);
    }
    Ok(())
}

fn ignore_error(error: i64) -> Outcome<()> {
    IGNORED.with(|ignored| ignored.borrow_mut().insert(error));
    Ok(())
}

fn objects() -> Outcome<NewArray> {
    Ok(object_store::all())
}

fn object_by_handle(handle: i64) -> Outcome<Owned> {
    object_store::find(handle).ok_or(Failure::False)
}

fn vm_status() -> Outcome<NewArray> {
    Ok(NewArray::with_capacity(2)
        .with("object_num", object_store::count())
        .with("resource_num", object_store::resources()))
}

/// The hash that PHP's arrays use, or that of `one_at_a_time` for the type 1.
fn hashcode(data: &[u8], kind: i64) -> Outcome<i64> {
    match kind {
        0 => {
            let sum = |hash: u64, &byte: &u8| hash.wrapping_mul(33).wrapping_add(u64::from(byte));
            Ok((data.iter().fold(5381, sum) | 1 << 63).cast_signed())
        }
        1 => {
            let mix = |hash: u32, &byte: &u8| {
                // Bytes are signed there.
                let hash = hash.wrapping_add_signed(i32::from(byte.cast_signed()));
                let hash = hash.wrapping_add(hash << 10);
                hash ^ (hash >> 6)
            };
            let hash = data.iter().fold(0, mix);
            let hash = hash.wrapping_add(hash << 3);
            let hash = hash ^ (hash >> 11);
            Ok(i64::from(hash.wrapping_add(hash << 15)))
        }
        _ => Err(Failure::False),
    }
}

/// The addresses of IPv4 or IPv6 by their interfaces.
fn local_ip(family: Option<i64>) -> Outcome<NewArray> {
    let found = interfaces::addresses().map_err(|errno| outcome::system("getifaddrs()", errno))?;
    let is_wanted = |address: &IpAddr| match family {
        None => address.is_ipv4(),
        Some(family) if family == i64::from(AF_INET) => address.is_ipv4(),
        Some(family) => family == i64::from(AF_INET6) && address.is_ipv6(),
    };
    let wanted = found.into_iter().filter(|(_, address)| is_wanted(address));
    Ok(wanted.fold(NewArray::with_capacity(4), |list, (name, address)| list.with(&name, address.to_string())))
}

/// The hardware addresses by their interfaces.
fn local_mac() -> Outcome<NewArray> {
    let found = interfaces::hardware().map_err(|errno| outcome::system("getifaddrs()", errno))?;
    Ok(found.into_iter().fold(NewArray::with_capacity(4), |list, (name, address)| {
        let digits: Vec<String> = address.iter().map(|byte| format!("{byte:02X}")).collect();
        list.with(&name, digits.join(":"))
    }))
}

fn clear_dns_cache() -> Outcome<()> {
    globals::with(|runtime| runtime.dns.clear());
    Ok(())
}
