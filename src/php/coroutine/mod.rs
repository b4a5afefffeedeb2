//! `Swoole\Coroutine`: coroutines on stacks of their own, and what all that waits in them is made of.

mod barrier;
mod batch;
mod body;
mod channel;
mod command;
mod deadlock;
mod files;
mod functions;
mod hooks;
mod hosts;
mod info;
mod life;
mod local;
mod options;
mod scheduler;
mod share;
mod system;
mod wait_group;

use crate::php::exceptions;
use crate::php::settings;
use crate::php::waiting::{self as wait, came_back};
use crate::rt::core::timers::Token;
use crate::zend::callback::Callback;
use crate::zend::class::Initial::Int;
use crate::zend::class::{Class, Parent, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::lifecycle::Part;
use crate::zend::values::{Owned, Value};
use crate::zend::{exit, fiber, method, static_method};

pub(super) const PART: Part = Part {
    start: |_| {
        for class in [&CLASS, &ITERATOR, &CONTEXT, &EXIT, &scheduler::CLASS, &system::CLASS, &hooks::CLASS] {
            class.register();
        }
        for class in [&channel::CLASS, &wait_group::CLASS, &barrier::CLASS] {
            class.register();
        }
        if settings::use_shortname() {
            CLASS.alias("co");
            ITERATOR.alias("Co\\Iterator");
            CONTEXT.alias("Co\\Context");
            scheduler::CLASS.alias("Co\\Scheduler");
            channel::CLASS.alias("chan");
            channel::CLASS.alias("Co\\Channel");
            wait_group::CLASS.alias("Co\\WaitGroup");
            system::CLASS.alias("Co\\System");
        }
        functions::register();
        batch::register();
        exit::intercept(life::intercept_exit);
        hooks::install();
        share::install();
        fiber::install();
    },
    stop: |_| {
        exit::release();
        hooks::uninstall();
        fiber::uninstall();
        share::uninstall();
    },
    request_stop: body::unwind_all,
    request_end: body::end,
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
    static_method!("public static function setTimeLimit(float $timeout): bool", share::set_time_limit),
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
    static_method!("lenient public static function enableScheduler(): bool", share::enable),
    static_method!("lenient public static function disableScheduler(): bool", share::disable),
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

static ITERATOR: Class = Class::new("Swoole\\Coroutine\\Iterator").extends(Parent::ArrayIterator);
static CONTEXT: Class =
    Class::new("Swoole\\Coroutine\\Context").extends(Parent::ArrayObject).with_any_property();
static EXIT: Class = Class::new("Swoole\\ExitException")
    .extends(Parent::Ours(&exceptions::EXCEPTION))
    .properties(&[Property::private("flags").default(Int(0)), Property::private("status").default(Int(0))])
    .methods(table![
        method!("lenient public function getFlags(): int", life::exit_flags),
        method!("lenient public function getStatus(): mixed", life::exit_status),
    ]);

/// Whether a coroutine runs.
pub(super) fn is_inside() -> bool {
    life::is_inside()
}

/// Runs the loop until nothing is left to do.
pub(super) fn run_loop() -> Outcome<()> {
    life::start()
}

/// Runs a callback of the loop as a coroutine. These do not count for the limit: an event must not be lost.
pub(super) fn call_kept(token: Token, number: i64) -> Outcome<()> {
    life::call_kept(token, number)
}

/// Whether callbacks of the loop run as coroutines.
pub(super) fn are_callbacks_coroutines() -> bool {
    options::are_callbacks_coroutines()
}

/// Sets whether callbacks of the loop run as coroutines.
pub(super) fn set_callbacks(enabled: bool) {
    options::set_callbacks(enabled);
}

/// Runs the function of a process as a coroutine, and then the loop.
pub(super) fn run_callback(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<()> {
    life::create_always(callback, arguments)?;
    life::start()
}

/// As [`run_callback`], as the function `run()` does it: everything is hooked unless an option says otherwise.
pub(super) fn run_hooked(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<()> {
    options::set_default_hooks()?;
    run_callback(callback, arguments)
}

/// Makes a coroutine of a callback that must not be refused, and runs it until it gives way.
pub(super) fn create_always(callback: Callback, arguments: impl Iterator<Item = Owned>) -> Outcome<()> {
    life::create_always(callback, arguments)
}

/// Sets an option that `Coroutine::set` knows; others are passed over.
/// The names of the options of coroutines.
pub(super) const OPTIONS: &[&str] = options::NAMES;

/// Refuses a value that [`set_option`] would refuse, but for a file that cannot be opened.
pub(super) fn check_option(key: &[u8], value: Value<'_>) -> Outcome<()> {
    options::check(key, value)
}

pub(super) fn set_option(key: &[u8], value: Value<'_>) -> Outcome<()> {
    match options::set_one(key, value) {
        Ok(()) | Err(Failure::False) => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// Coroutines that wait for ever are not reported: they are about to be ended.
pub(super) fn expect_leftovers() {
    options::set_deadlock_check(false);
}

/// Whether there are coroutines that wait for ever when the loop has come to its end, and that is to be reported.
pub(super) fn is_deadlock_due() -> bool {
    deadlock::is_due()
}

/// When the loop has come to its end: coroutines that are left now wait for ever, which is reported.
pub(super) fn check_deadlock() -> Outcome<()> {
    deadlock::check()
}

/// Whether the loop may end now that there is nothing left to do: the script may have a condition of its own.
pub(super) fn may_loop_end() -> Outcome<bool> {
    options::may_loop_end()
}

/// The time of the coroutine that runs is over.
pub(super) fn time_is_over() -> Failure {
    share::time_is_over()
}
