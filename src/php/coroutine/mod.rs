//! `Swoole\Coroutine`: coroutines on stacks of their own, and what all that waits in them is made of.

mod body;
mod deadlock;
mod functions;
mod hooks;
mod info;
mod life;
mod local;
mod options;
mod scheduler;
mod share;
mod system;
pub(super) mod wait;

use crate::php::exceptions;
use crate::php::settings;
use crate::rt::coroutine::switch::Back;
use crate::zend::class::Initial::Int;
use crate::zend::class::{Class, Parent, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::lifecycle::Part;
use crate::zend::{exit, method, static_method};

pub(super) use deadlock::check as check_deadlock;
pub(super) use life::{call_kept, is_inside, run_callback};
pub(super) use options::{are_callbacks_coroutines, may_loop_end, set_callbacks};

pub(super) const PART: Part = Part {
    start: |_| {
        for class in [
            &CLASS,
            &ITERATOR,
            &CONTEXT,
            &CANCELED,
            &TIMED_OUT,
            &EXIT,
            &scheduler::CLASS,
            &system::CLASS,
            &hooks::CLASS,
        ] {
            class.register();
        }
        if settings::use_shortname() {
            CLASS.alias("co");
            ITERATOR.alias("Co\\Iterator");
            CONTEXT.alias("Co\\Context");
            scheduler::CLASS.alias("Co\\Scheduler");
            system::CLASS.alias("Co\\System");
        }
        functions::register();
        exit::intercept(life::intercept_exit);
        hooks::install();
        share::install();
    },
    stop: |_| {
        hooks::uninstall();
        share::uninstall();
    },
    request_stop: body::unwind_all,
    request_end: body::end,
};

static CLASS: Class = Class::new("Swoole\\Coroutine").not_instantiable().methods(table![
    static_method!("public static function create(callable $func, mixed ...$param): int|false", life::create_from_script),
    static_method!("public static function defer(callable $callback): void", life::defer_from_script),
    static_method!("public static function set(array $options): void", options::set),
    static_method!("public static function getOptions(): ?array", options::get),
    static_method!("public static function exists(int $cid): bool", info::exists),
    static_method!("public static function yield(): bool", life::give_way),
    static_method!("public static function cancel(int $cid, bool $throw_exception = false): bool", life::cancel),
    static_method!("public static function join(array $cid_array, float $timeout = -1): bool", life::join),
    static_method!("public static function isCanceled(): bool", info::is_canceled),
    static_method!("public static function setTimeLimit(float $timeout): bool", share::set_time_limit),
    static_method!("public static function suspend(): bool", life::give_way),
    static_method!("public static function resume(int $cid): bool", life::resume),
    static_method!("public static function stats(): array", info::stats),
    static_method!("public static function getCid(): int", info::current),
    static_method!("public static function getuid(): int", info::current),
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
    static_method!("public static function list(): Swoole\\Coroutine\\Iterator", info::list),
    static_method!("public static function listCoroutines(): Swoole\\Coroutine\\Iterator", info::list),
    static_method!("public static function enableScheduler(): bool", share::enable),
    static_method!("public static function disableScheduler(): bool", share::disable),
    static_method!("public static function sleep(float $seconds): bool", life::sleep),
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
static CONTEXT: Class = Class::new("Swoole\\Coroutine\\Context").extends(Parent::ArrayObject);
static CANCELED: Class =
    Class::new("Swoole\\Coroutine\\CanceledException").extends(Parent::Exception).is_final();
static TIMED_OUT: Class =
    Class::new("Swoole\\Coroutine\\TimeoutException").extends(Parent::Exception).is_final();
static EXIT: Class = Class::new("Swoole\\ExitException")
    .extends(Parent::Ours(&exceptions::EXCEPTION))
    .properties(&[Property::private("flags").default(Int(0)), Property::private("status").default(Int(0))])
    .methods(table![
        method!("public function getFlags(): int", life::exit_flags),
        method!("public function getStatus(): mixed", life::exit_status),
    ]);

/// After a coroutine has run and given way: the request may have to end.
fn came_back(back: Back) -> Outcome<()> {
    if back == Back::Failed { Err(Failure::Bailout) } else { Ok(()) }
}
