//! `Swoole\Timer`, `Swoole\Timer\Iterator` and the `swoole_timer_*` functions.

use crate::php::{loop_access, outcome};
use crate::rt::core::clock::now;
use crate::rt::core::timers::{Repeat, Target};
use crate::zend::arguments::{Callable, Rest};
use crate::zend::arrays::NewArray;
use crate::zend::callbacks::{self, Leading};
use crate::zend::class::{Class, Parent, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::lifecycle::{Part, once};
use crate::zend::object::Instance;
use crate::zend::static_method;
use std::time::Duration;

pub(super) const PART: Part = Part {
    start: once!(|_| {
        CLASS.register();
        ITERATOR.register();
    }),
    ..Part::NONE
};

static CLASS: Class = Class::new("Swoole\\Timer").not_instantiable().methods(table![
    static_method!(
        "public static function tick(int $ms, callable $callback, mixed ...$params): int|false",
        tick
    ),
    static_method!(
        "public static function after(int $ms, callable $callback, mixed ...$params): int|false",
        after
    ),
    static_method!("public static function exists(int $timer_id): bool", exists),
    static_method!("lenient public static function info(int $timer_id): array|false|null", info),
    static_method!("lenient public static function stats(): array", stats),
    static_method!("public static function list(): Swoole\\Timer\\Iterator", list),
    static_method!("public static function clear(int $timer_id): bool", clear),
    static_method!("lenient public static function clearAll(): bool", clear_all),
]);

static ITERATOR: Class = Class::new("Swoole\\Timer\\Iterator").extends(Parent::ArrayIterator);

pub(super) fn tick(ms: i64, callback: Callable<'_>, params: Rest<'_>) -> Outcome<i64> {
    add(ms, callback, params, Repeat::Always)
}

pub(super) fn after(ms: i64, callback: Callable<'_>, params: Rest<'_>) -> Outcome<i64> {
    add(ms, callback, params, Repeat::Once)
}

fn add(ms: i64, callback: Callable<'_>, params: Rest<'_>, repeat: Repeat) -> Outcome<i64> {
    let Some(ms) = u64::try_from(ms).ok().filter(|&ms| ms >= 1) else {
        return Err(outcome::warning("Timer must be greater than or equal to 1"));
    };
    // The callback of a tick gets the timer's number as its first argument.
    let leading = if repeat == Repeat::Always { Leading::Number } else { Leading::No };
    let token = callbacks::keep(callback.keep(), leading, params.iter());
    loop_access::with(|events| {
        events.timers.add(Target::Call(token), Duration::from_millis(ms), repeat, now())
    })
}

pub(super) fn clear(id: i64) -> Outcome<bool> {
    let token = globals::with(|runtime| runtime.core.events.timers.clear(id));
    callbacks::release_each(token);
    Ok(token.is_some())
}

pub(super) fn clear_all() -> Outcome<bool> {
    let used = globals::with(|runtime| runtime.core.events.timers.is_in_use());
    callbacks::release_each(globals::with(|runtime| runtime.core.events.timers.clear_all()));
    Ok(used)
}

pub(super) fn exists(id: i64) -> Outcome<bool> {
    Ok(globals::with(|runtime| runtime.core.events.timers.info(id).is_some_and(|info| !info.removed)))
}

pub(super) fn info(id: i64) -> Outcome<Option<NewArray>> {
    let ms = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    // As in Swoole: false while there are no timers at all.
    if !globals::with(|runtime| runtime.core.events.timers.is_in_use()) {
        return Err(Failure::False);
    }
    Ok(globals::with(|runtime| runtime.core.events.timers.info(id)).map(|info| {
        NewArray::with_capacity(5)
            .with("exec_msec", ms(info.deadline))
            .with("exec_count", number(info.fired))
            .with("interval", if info.repeat == Repeat::Always { ms(info.interval) } else { 0 })
            .with("round", number(info.round))
            .with("removed", info.removed)
    }))
}

pub(super) fn stats() -> Outcome<NewArray> {
    let (used, count, round) = globals::with(|runtime| {
        (
            runtime.core.events.timers.is_in_use(),
            runtime.core.events.timers.count(),
            runtime.core.events.timers.round(),
        )
    });
    Ok(NewArray::with_capacity(3)
        .with("initialized", used)
        .with("num", i64::try_from(count).unwrap_or(i64::MAX))
        .with("round", i64::try_from(round).unwrap_or(i64::MAX)))
}

pub(super) fn list() -> Outcome<Instance> {
    let ids = globals::with(|runtime| runtime.core.events.timers.ids());
    let mut array = NewArray::with_capacity(u32::try_from(ids.len()).unwrap_or(0));
    for id in ids {
        array.push(id);
    }
    Instance::of(&ITERATOR, array)
}
