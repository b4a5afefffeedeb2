//! `Swoole\Coroutine\WaitGroup`: waits until a number of tasks is done.
//!
//! In Swoole it is written in PHP. The properties show its state; changing them has no effect.

use crate::php::waiting;
use crate::rt::core::wait::Wake;
use crate::rt::sync::wait_group::{self, WaitGroupError};
use crate::zend::class::Initial::{Bool, Int};
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::fiber::Fibers;
use crate::zend::gc::Visitor;
use crate::zend::method;
use crate::zend::object::{PhpClass, This};

/// The indexes of the properties.
const COUNT: usize = 1;
const WAITING: usize = 2;

pub(super) static CLASS: Class = Class::new("Swoole\\Coroutine\\WaitGroup")
    .objects::<WaitGroup>()
    .not_serializable()
    .properties(&[
        Property::protected("chan"),
        Property::protected("count").default(Int(0)),
        Property::protected("waiting").default(Bool(false)),
    ])
    .methods(table![
        method!("userland public function __construct(int $delta = 0)", construct),
        method!("userland public function add(int $delta = 1): void", add),
        method!("userland public function done(): void", done),
        method!("userland public function wait(float $timeout = -1.0): bool", wait_for_all),
        method!("userland public function count(): int", count),
    ]);

/// The Rust value of an object.
#[derive(Default)]
pub(super) struct WaitGroup(wait_group::WaitGroup);

impl PhpClass for WaitGroup {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, _visitor: &mut Visitor) {}
}

fn construct(this: This<'_, WaitGroup>, delta: i64) -> Outcome<()> {
    if delta > 0 { add(this, delta) } else { Ok(()) }
}

fn add(this: This<'_, WaitGroup>, delta: i64) -> Outcome<()> {
    this.0.add::<Fibers>(delta).map_err(|refused| match refused {
        WaitGroupError::Negative => Failure::InvalidArgument("WaitGroup misuse: negative counter"),
        other => refuse(other),
    })?;
    this.set_plain(COUNT, this.0.count());
    Ok(())
}

fn done(this: This<'_, WaitGroup>) -> Outcome<()> {
    this.0.done().map_err(refuse)?;
    this.set_plain(COUNT, this.0.count());
    waiting::wakened(this.0.release::<Fibers>())
}

fn wait_for_all(this: This<'_, WaitGroup>, timeout: Option<f64>) -> Outcome<bool> {
    if this.0.is_waiting::<Fibers>() {
        return Err(refuse(WaitGroupError::AlreadyWaiting));
    }
    this.set_plain(WAITING, this.0.count() > 0);
    let result = this.0.wait::<Fibers>(timeout.and_then(waiting::limit));
    this.set_plain(WAITING, false);
    match result {
        Ok(()) => Ok(true),
        Err(WaitGroupError::Stopped(stop)) => match waiting::stopped(stop)? {
            Wake::Ready => Ok(true),
            _ => Ok(false),
        },
        Err(refused) => Err(refuse(refused)),
    }
}

fn refuse(refused: WaitGroupError) -> Failure {
    match refused {
        WaitGroupError::AddedWhileWaiting => {
            Failure::BadMethodCall("WaitGroup misuse: add called concurrently with wait")
        }
        WaitGroupError::AlreadyWaiting => {
            Failure::BadMethodCall("WaitGroup misuse: reused before previous wait has returned")
        }
        WaitGroupError::Negative => Failure::BadMethodCall("WaitGroup misuse: negative counter"),
        WaitGroupError::Stopped(stop) => waiting::stopped(stop).err().unwrap_or(Failure::False),
    }
}

fn count(this: This<'_, WaitGroup>) -> Outcome<i64> {
    Ok(this.0.count())
}
