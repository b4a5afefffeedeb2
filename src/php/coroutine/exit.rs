//! `exit` in a coroutine, and `Swoole\ExitException`.

use crate::php::{exceptions, launch};
use crate::zend::class::Initial::Int;
use crate::zend::class::{Class, Parent, Property, table};
use crate::zend::errors::Outcome;
use crate::zend::exit::{self, Hook};
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{Part, once};
use crate::zend::method;
use crate::zend::object::{PhpClass, This};
use crate::zend::values::{Owned, Value};

pub(super) const PART: Part =
    Part { start: once!(|_| exit::intercept(HOOK)), stop: once!(|_| exit::release()), ..Part::NONE };

/// An exit in a coroutine is an exception there. If it is caught, the other coroutines and the loop continue.
const HOOK: Hook = Hook { when: launch::is_inside, throw };

pub(super) static CLASS: Class = Class::new("Swoole\\ExitException")
    .extends(Parent::Ours(&exceptions::EXCEPTION))
    .properties(&[Property::private("flags").default(Int(0)), Property::private("status").default(Int(0))])
    .methods(table![
        method!("lenient public function getFlags(): int", flags),
        method!("lenient public function getStatus(): mixed", status),
    ]);

/// `SWOOLE_EXIT_IN_COROUTINE`.
const IN_COROUTINE: i64 = 2;

/// The Rust value of the exception, which is empty.
#[derive(Default)]
struct Exit;

impl PhpClass for Exit {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, _visitor: &mut Visitor) {}
}

fn throw(status: Option<Value<'_>>) {
    let status = status.map(Owned::of);
    CLASS.throw(c"swoole exit", |exception: This<'_, Exit>| {
        exception.set("flags", IN_COROUTINE);
        match &status {
            Some(status) => exception.set_value("status", status.as_value()),
            None => exception.set("status", ()),
        }
    });
}

fn flags(this: This<'_, Exit>) -> Outcome<i64> {
    // A script may have changed the property.
    Ok(this.get("flags").as_value().to_int())
}

fn status(this: This<'_, Exit>) -> Outcome<Owned> {
    Ok(this.get("status"))
}
