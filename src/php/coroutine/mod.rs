//! `Swoole\Coroutine`, and the classes and functions of its namespace.

mod barrier;
mod batch;
mod channel;
mod command;
mod exit;
mod files;
mod functions;
mod hosts;
mod info;
mod life;
mod options;
mod scheduler;
mod system;
mod wait_group;

use crate::php::coroutine_data::CONTEXT;
use crate::php::{event_loop, preemption, settings};
use crate::zend::callback::Callback;
use crate::zend::class::{Class, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::lifecycle::{Part, once};
use crate::zend::static_method;
use crate::zend::values::{Owned, Value};

pub(super) const PART: Part = Part {
    start: once!(|_| {
        for class in [&CLASS, &info::ITERATOR, &CONTEXT, &exit::CLASS, &scheduler::CLASS, &system::CLASS] {
            class.register();
        }
        for class in [&channel::CLASS, &wait_group::CLASS, &barrier::CLASS] {
            class.register();
        }
        if settings::use_shortname() {
            CLASS.alias("co");
            info::ITERATOR.alias("Co\\Iterator");
            CONTEXT.alias("Co\\Context");
            scheduler::CLASS.alias("Co\\Scheduler");
            channel::CLASS.alias("chan");
            channel::CLASS.alias("Co\\Channel");
            wait_group::CLASS.alias("Co\\WaitGroup");
            system::CLASS.alias("Co\\System");
        }
        functions::register();
        batch::register();
    }),
    parts: &[batch::PART, exit::PART],
    ..Part::NONE
};

static CLASS: Class = Class::new("Swoole\\Coroutine").not_instantiable().methods(table![
    static_method!("public static function create(callable $func, mixed ...$param): int|false", life::create_from_script),
    static_method!("public static function defer(callable $callback): void", life::defer_from_script),
    static_method!("public static function set(array $options): void", options::set),
    static_method!("lenient public static function getOptions(): ?array", options::get),
    static_method!("public static function exists(int $cid): bool", info::exists),
    static_method!("lenient public static function yield(): bool", life::give_way),
    static_method!("public static function cancel(int $cid, bool $throw_exception = false): bool", life::cancel),
    static_method!("public static function join(array $cid_array, float $timeout = -1): bool", life::join),
    static_method!("lenient public static function isCanceled(): bool", info::is_canceled),
    static_method!("public static function setTimeLimit(float $timeout): bool", preemption::set_time_limit),
    static_method!("lenient public static function suspend(): bool", life::suspend),
    static_method!("public static function resume(int $cid): bool", life::resume),
    static_method!("lenient public static function stats(): array", info::stats),
    static_method!("lenient public static function getCid(): int", info::current),
    static_method!("lenient public static function getuid(): int", info::current),
    static_method!("public static function getPcid(int $cid = 0): int|false", info::parent),
    static_method!("public static function getContext(int $cid = 0): ?Swoole\\Coroutine\\Context", info::context),
    static_method!(
        "public static function getBackTrace(int $cid = 0, int $options = DEBUG_BACKTRACE_PROVIDE_OBJECT, int $limit = 0): array|false",
        info::backtrace
    ),
    static_method!(
        "public static function printBackTrace(int $cid = 0, int $options = 0, int $limit = 0): void",
        info::print_backtrace
    ),
    static_method!("public static function getElapsed(int $cid = 0): int", info::elapsed),
    static_method!("public static function getStackUsage(int $cid = 0): int|false", info::stack_usage),
    static_method!("lenient public static function list(): Swoole\\Coroutine\\Iterator", info::list),
    static_method!("lenient public static function listCoroutines(): Swoole\\Coroutine\\Iterator", info::list),
    static_method!("lenient public static function enableScheduler(): bool", preemption::enable),
    static_method!("lenient public static function disableScheduler(): bool", preemption::disable),
    static_method!(
        "public static function gethostbyname(string $domain_name, int $type = AF_INET, float $timeout = -1): string|false",
        hosts::gethostbyname
    ),
    static_method!(
        "public static function dnsLookup(string $domain_name, float $timeout = 60, int $type = AF_INET): string|false",
        hosts::dns_lookup
    ),
    static_method!(
        "public static function exec(string $command, bool $get_error_stream = false): array|false",
        command::exec
    ),
    static_method!("public static function sleep(float $seconds): bool", life::sleep),
    static_method!(
        "public static function getaddrinfo(string $domain, int $family = AF_INET, int $socktype = SOCK_STREAM, int $protocol = STREAM_IPPROTO_TCP, ?string $service = null, float $timeout = -1): array|bool",
        hosts::getaddrinfo
    ),
    static_method!("public static function statvfs(string $path): array", files::statvfs),
    static_method!("public static function readFile(string $filename, int $flag = 0): string|false", files::read_file),
    static_method!(
        "public static function writeFile(string $filename, string $fileContent, int $flags = 0): int|false",
        files::write_file
    ),
    static_method!("public static function wait(float $timeout = -1): array|false", system::wait_any),
    static_method!("public static function waitPid(int $pid, float $timeout = -1): array|false", system::wait_pid),
    static_method!(
        "public static function waitSignal(array|int $signals, float $timeout = -1): int|false",
        system::wait_signal
    ),
    static_method!(
        "public static function waitEvent(mixed $socket, int $events = SWOOLE_EVENT_READ, float $timeout = -1): int|false",
        system::wait_event
    ),
]);

/// Runs a function as `run()` does: with all hooks, unless an option says otherwise.
pub(super) fn run_hooked(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<()> {
    options::set_default_hooks()?;
    event_loop::run_coroutine(callback, arguments)
}

/// The names of the options of coroutines.
pub(super) const OPTIONS: &[&str] = options::NAMES;

/// Refuses values that [`set_option`] would refuse, except a file that cannot be opened.
pub(super) fn check_option(key: &[u8], value: Value<'_>) -> Outcome<()> {
    options::check(key, value)
}

/// Sets an option that `Coroutine::set` knows; others are ignored.
pub(super) fn set_option(key: &[u8], value: Value<'_>) -> Outcome<()> {
    match options::set_one(key, value) {
        Ok(()) | Err(Failure::False) => Ok(()),
        Err(failure) => Err(failure),
    }
}
