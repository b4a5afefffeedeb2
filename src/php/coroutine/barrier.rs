//! `Swoole\Coroutine\Barrier`: waits until no other code uses an object.
//!
//! In Swoole it is written in PHP. Here the property `cid` is the waiting coroutine; the other properties have no
//! meaning.

use crate::php::{exceptions, launch, outcome, waiting};
use crate::rt::sync::barrier;
use crate::zend::arguments::Reference;
use crate::zend::class::Initial::Int;
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::fiber::Fibers;
use crate::zend::gc::Visitor;
use crate::zend::object::{Instance, PhpClass, This, object_of};
use crate::zend::{method, static_method};
use std::cell::Cell;

/// The index of the property.
const CID: usize = 0;

pub(super) static CLASS: Class = Class::new("Swoole\\Coroutine\\Barrier")
    .objects::<Barrier>()
    .not_serializable()
    .properties(&[
        Property::private("cid").default(Int(-1)),
        Property::private("timer").default(Int(-1)),
        Property::private("cancel_list").shared(),
    ])
    .methods(table![
        method!("userland public function __destruct()", destruct),
        static_method!("userland public static function make(): self", make),
        static_method!(
            "userland public static function wait(Swoole\\Coroutine\\Barrier &$barrier, float $timeout = -1.0): void",
            wait_for_others
        ),
    ]);

/// The Rust value of an object: the wait that ends when the object is destroyed.
#[derive(Default)]
pub(super) struct Barrier(Cell<Option<barrier::Barrier>>);

impl PhpClass for Barrier {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, _visitor: &mut Visitor) {}
}

fn make() -> Outcome<Instance> {
    Instance::plain(&CLASS)
}

fn wait_for_others(reference: Reference<'_>, timeout: Option<f64>) -> Outcome<()> {
    let barrier = {
        let Some(this): Option<This<'_, Barrier>> = object_of(reference.value()) else {
            return Err(outcome::wrong_type(1, "barrier", CLASS.name(), reference.value()));
        };
        if this.0.get().is_some() {
            return Err(Failure::Throw {
                class: &exceptions::EXCEPTION,
                message: "The barrier is waiting, cannot wait again.".into(),
                code: 0,
            });
        }
        let barrier = barrier::close::<Fibers>();
        this.0.set(Some(barrier));
        this.set_plain(CID, launch::current().unwrap_or(-1));
        barrier
    };
    // From here on the object may be gone. If a destructor has run and thrown, there is no wait.
    if let Err(failure) = reference.assign(()) {
        barrier::forget::<Fibers>(barrier);
        return Err(failure);
    }
    waiting::wakened(barrier::wait::<Fibers>(barrier, timeout.and_then(waiting::limit)))
}

fn destruct(this: This<'_, Barrier>) -> Outcome<()> {
    match this.0.get() {
        Some(barrier) => waiting::wakened(barrier::open::<Fibers>(barrier)),
        None => Ok(()),
    }
}
