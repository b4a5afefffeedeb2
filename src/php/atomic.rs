//! `Swoole\Atomic` and `Swoole\Atomic\Long`: numbers that processes share.

use crate::os::Errno;
use crate::php::constructed::{Constructed, not_constructed};
use crate::php::{outcome, waiting};
use crate::rt::core::clock::now;
use crate::rt::shared::atomic::{Count, Place, Wait};
use crate::zend::class::{Class, table};
use crate::zend::errors::Outcome;
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{Part, once};
use crate::zend::object::{PhpClass, This};
use crate::zend::{globals, interrupt, method};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

pub(super) const PART: Part = Part {
    start: once!(|_| {
        ATOMIC.register();
        LONG.register();
    }),
    ..Part::NONE
};

static ATOMIC: Class = Class::new("Swoole\\Atomic").objects::<Atomic>().not_serializable().methods(table![
    method!("public function __construct(int $value = 0)", construct),
    method!("public function add(int $add_value = 1): int", add),
    method!("public function sub(int $sub_value = 1): int", sub),
    method!("public function get(): int", get),
    method!("public function set(int $value): void", set),
    method!("public function wait(float $timeout = 1.0): bool", wait),
    method!("public function wakeup(int $count = 1): bool", wakeup),
    method!("public function cmpset(int $cmp_value, int $new_value): bool", cmpset),
]);

static LONG: Class = Class::new("Swoole\\Atomic\\Long").objects::<Long>().not_serializable().methods(table![
    method!("public function __construct(int $value = 0)", construct_long),
    method!("public function add(int $add_value = 1): int", add_long),
    method!("public function sub(int $sub_value = 1): int", sub_long),
    method!("public function get(): int", get_long),
    method!("public function set(int $value): void", set_long),
    method!("public function cmpset(int $cmp_value, int $new_value): bool", cmpset_long),
]);

/// The number of an object.
#[derive(Default)]
struct Atomic(Constructed<Place<AtomicU32>>);

/// As [`Atomic`], with 64 bits.
#[derive(Default)]
struct Long(Constructed<Place<AtomicU64>>);

impl PhpClass for Atomic {
    fn class() -> &'static Class {
        &ATOMIC
    }

    fn visit(&self, _visitor: &mut Visitor) {}
}

impl PhpClass for Long {
    fn class() -> &'static Class {
        &LONG
    }

    fn visit(&self, _visitor: &mut Visitor) {}
}

/// The number of an object. Fails before its constructor has run.
#[inline(always)]
fn number<T: Count>(place: &Constructed<Place<T>>) -> Outcome<&T> {
    place.peek().and_then(Place::first).ok_or_else(not_constructed)
}

/// A script's number in 32 bits: the higher bits are dropped.
#[inline(always)]
fn narrow(value: i64) -> u32 {
    u32::try_from(value.cast_unsigned() & u64::from(u32::MAX)).unwrap_or(0)
}

fn construct(this: This<'_, Atomic>, value: i64) -> Outcome<()> {
    let place = globals::with(|runtime| runtime.shared.short.take());
    let place = place.map_err(|errno| outcome::exception("mmap()", errno))?;
    if let Some(number) = place.first() {
        number.store(narrow(value), Ordering::SeqCst);
    }
    this.0.set(this, place)
}

fn add(this: This<'_, Atomic>, value: i64) -> Outcome<i64> {
    let value = narrow(value);
    Ok(number(&this.0)?.fetch_add(value, Ordering::SeqCst).wrapping_add(value).into())
}

fn sub(this: This<'_, Atomic>, value: i64) -> Outcome<i64> {
    add(this, value.wrapping_neg())
}

fn get(this: This<'_, Atomic>) -> Outcome<i64> {
    Ok(number(&this.0)?.load(Ordering::SeqCst).into())
}

fn set(this: This<'_, Atomic>, value: i64) -> Outcome<()> {
    number(&this.0)?.store(narrow(value), Ordering::SeqCst);
    Ok(())
}

fn cmpset(this: This<'_, Atomic>, expected: i64, value: i64) -> Outcome<bool> {
    let (expected, value) = (narrow(expected), narrow(value));
    Ok(number(&this.0)?.compare_exchange(expected, value, Ordering::SeqCst, Ordering::SeqCst).is_ok())
}

fn wait(this: This<'_, Atomic>, timeout: Option<f64>) -> Outcome<bool> {
    let deadline = waiting::deadline(timeout.unwrap_or(1.0));
    loop {
        let signal = this.0.peek().and_then(Place::signal).ok_or_else(not_constructed)?;
        match signal.wait(deadline, now()) {
            Wait::Woken => return Ok(true),
            Wait::TimedOut => return Err(outcome::silent(Errno::ETIMEDOUT)),
            Wait::Impossible => return Err(outcome::silent(Errno::EAGAIN)),
            Wait::Failed(errno) => return Err(outcome::system("futex()", errno)),
            Wait::Pause => {
                interrupt::dispatch()?;
            }
        }
    }
}

fn wakeup(this: This<'_, Atomic>, count: i64) -> Outcome<bool> {
    let signal = this.0.peek().and_then(Place::signal).ok_or_else(not_constructed)?;
    let count = u32::try_from(count.max(0)).unwrap_or(u32::MAX);
    signal.wake(count).map(|()| true).map_err(|errno| outcome::system("futex()", errno))
}

fn construct_long(this: This<'_, Long>, value: i64) -> Outcome<()> {
    let place = globals::with(|runtime| runtime.shared.long.take());
    let place = place.map_err(|errno| outcome::exception("mmap()", errno))?;
    if let Some(number) = place.first() {
        number.store(value.cast_unsigned(), Ordering::SeqCst);
    }
    this.0.set(this, place)
}

fn add_long(this: This<'_, Long>, value: i64) -> Outcome<i64> {
    let value = value.cast_unsigned();
    Ok(number(&this.0)?.fetch_add(value, Ordering::SeqCst).wrapping_add(value).cast_signed())
}

fn sub_long(this: This<'_, Long>, value: i64) -> Outcome<i64> {
    add_long(this, value.wrapping_neg())
}

fn get_long(this: This<'_, Long>) -> Outcome<i64> {
    Ok(number(&this.0)?.load(Ordering::SeqCst).cast_signed())
}

fn set_long(this: This<'_, Long>, value: i64) -> Outcome<()> {
    number(&this.0)?.store(value.cast_unsigned(), Ordering::SeqCst);
    Ok(())
}

fn cmpset_long(this: This<'_, Long>, expected: i64, value: i64) -> Outcome<bool> {
    let (expected, value) = (expected.cast_unsigned(), value.cast_unsigned());
    Ok(number(&this.0)?.compare_exchange(expected, value, Ordering::SeqCst, Ordering::SeqCst).is_ok())
}
