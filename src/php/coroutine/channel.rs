//! `Swoole\Coroutine\Channel`: passes values between coroutines.

use crate::php::constructed::Constructed;
use crate::php::waiting;
use crate::rt::core::wait::Wake;
use crate::rt::sync::channel::{self, ChannelError};
use crate::zend::arrays::NewArray;
use crate::zend::class::Initial::Int;
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::fiber::Fibers;
use crate::zend::gc::Visitor;
use crate::zend::method;
use crate::zend::object::{PhpClass, This};
use crate::zend::values::{Owned, Value};

/// The indexes of the properties.
const CAPACITY: usize = 0;
const ERR_CODE: usize = 1;

const OK: i64 = 0;
/// `SWOOLE_CHANNEL_TIMEOUT`.
const TIMED_OUT: i64 = -1;
/// `SWOOLE_CHANNEL_CLOSED`.
const CLOSED: i64 = -2;
/// `SWOOLE_CHANNEL_CANCELED`.
const CANCELED: i64 = -3;

pub(super) static CLASS: Class = Class::new("Swoole\\Coroutine\\Channel")
    .objects::<Channel>()
    .not_serializable()
    .properties(&[Property::public("capacity").default(Int(0)), Property::public("errCode").default(Int(0))])
    .methods(table![
        method!("public function __construct(int $size = 1)", construct),
        method!("public function push(mixed $data, float $timeout = -1): bool", push),
        method!("public function pop(float $timeout = -1): mixed", pop),
        method!("lenient public function isEmpty(): bool", is_empty),
        method!("lenient public function isFull(): bool", is_full),
        method!("lenient public function close(): bool", close),
        method!("lenient public function stats(): array", stats),
        method!("lenient public function length(): int", length),
    ]);

#[derive(Default)]
pub(super) struct Channel(Constructed<channel::Channel<Owned>>);

impl PhpClass for Channel {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, visitor: &mut Visitor) {
        if let Some(channel) = self.0.peek() {
            channel.each(|value| value.visit(visitor));
        }
    }
}

fn construct(this: This<'_, Channel>, size: i64) -> Outcome<()> {
    let capacity = size.max(1);
    this.0.set(this, channel::Channel::new(usize::try_from(capacity).unwrap_or(usize::MAX)))?;
    this.set_plain(CAPACITY, capacity);
    Ok(())
}

fn push(this: This<'_, Channel>, data: Value<'_>, timeout: f64) -> Outcome<bool> {
    match this.0.get()?.push::<Fibers>(waiting::limit(timeout), || Owned::of(data)) {
        Ok(()) => {
            this.set_plain(ERR_CODE, OK);
            Ok(true)
        }
        Err(refused) => Err(refuse(this, refused)),
    }
}

fn pop(this: This<'_, Channel>, timeout: f64) -> Outcome<Owned> {
    match this.0.get()?.pop::<Fibers>(waiting::limit(timeout)) {
        Ok(value) => {
            this.set_plain(ERR_CODE, OK);
            Ok(value)
        }
        Err(refused) => Err(refuse(this, refused)),
    }
}

/// Returns false, with the reason in the object.
#[cold]
fn refuse(this: This<'_, Channel>, refused: ChannelError) -> Failure {
    let code = match refused {
        ChannelError::Closed => CLOSED,
        ChannelError::Stopped(stop) => match waiting::stopped(stop) {
            Ok(Wake::TimedOut) => TIMED_OUT,
            Ok(_) => CANCELED,
            Err(failure) => return failure,
        },
    };
    this.set_plain(ERR_CODE, code);
    Failure::False
}

fn close(this: This<'_, Channel>) -> Outcome<bool> {
    this.0.get()?.close::<Fibers>().or_else(|stop| waiting::stopped(stop).map(|_| true))
}

fn is_empty(this: This<'_, Channel>) -> Outcome<bool> {
    Ok(this.0.get()?.is_empty())
}

fn is_full(this: This<'_, Channel>) -> Outcome<bool> {
    Ok(this.0.get()?.is_full())
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn length(this: This<'_, Channel>) -> Outcome<i64> {
    Ok(number(this.0.get()?.len()))
}

fn stats(this: This<'_, Channel>) -> Outcome<NewArray> {
    let channel = this.0.get()?;
    let waiting = channel.waiting::<Fibers>();
    Ok(NewArray::with_capacity(3)
        .with("consumer_num", number(waiting.consumers))
        .with("producer_num", number(waiting.producers))
        .with("queue_num", number(channel.len())))
}
