//! `run()`, `go()`, `defer()` and their aliases.

use super::{hosts, life, options, scheduler};
use crate::php::{deadlock, launch, outcome, settings};
use crate::rt::core::wait::Cid;
use crate::zend::arguments::Rest;
use crate::zend::callback::Callback;
use crate::zend::class::table;
use crate::zend::errors::Outcome;
use crate::zend::function;
use crate::zend::lifecycle;
use crate::zend::values::{Owned, Value};

/// Defines the functions; the short names only if the settings allow them.
pub(super) fn register() {
    lifecycle::register_functions(
        &table![
            function!(
                "function swoole_coroutine_create(callable $func, mixed ...$params): int|false",
                life::create_from_script
            ),
            function!("function swoole_coroutine_defer(callable $callback): void", life::defer_from_script),
            function!(
                "function swoole_async_dns_lookup_coro(string $domain_name, float $timeout = 60, int $type = AF_INET): string|false",
                hosts::dns_lookup
            ),
            function!("userland function Swoole\\Coroutine\\run(callable $fn, ...$args): bool", run),
            function!("userland function Swoole\\Coroutine\\go(callable $fn, ...$args): int|false", go),
            function!("userland function Swoole\\Coroutine\\defer(callable $fn): void", defer),
            function!("function Swoole\\Coroutine\\deadlock_check(): void", deadlock::report),
        ]
        .0,
    );
    if settings::use_shortname() {
        lifecycle::register_functions(
            &table![
                function!(
                    "function go(callable $func, mixed ...$params): int|false",
                    life::create_from_script
                ),
                function!("function defer(callable $callback): void", life::defer_from_script),
                function!("userland function Co\\run(callable $fn, ...$args): bool", run),
                function!("userland function Co\\go(callable $fn, ...$args): int|false", go),
                function!("userland function Co\\defer(callable $fn): void", defer),
            ]
            .0,
        );
    }
}

/// In Swoole these functions are written in PHP, so they refuse arguments in other words than built-in functions.
pub(super) fn callable(value: Value<'_>, number: u32, name: &str) -> Outcome<Callback> {
    Callback::find(value).ok_or_else(|| outcome::wrong_type(number, name, "callable", value))
}

fn run(function: Value<'_>, arguments: Rest<'_>) -> Outcome<bool> {
    let callback = callable(function, 1, "fn")?;
    options::set_default_hooks()?;
    scheduler::run(callback, arguments.iter().map(Owned::of))
}

fn go(function: Value<'_>, arguments: Rest<'_>) -> Outcome<Cid> {
    launch::create(callable(function, 1, "fn")?, arguments.iter().map(Owned::of))
}

fn defer(function: Value<'_>) -> Outcome<()> {
    life::defer(callable(function, 1, "fn")?)
}
