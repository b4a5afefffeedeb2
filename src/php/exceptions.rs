//! The classes of exceptions and errors.

use crate::zend::class::{Class, Parent};
use crate::zend::lifecycle::{Part, once};

pub(super) static EXCEPTION: Class = Class::new("Swoole\\Exception").extends(Parent::Exception);
pub(super) static ERROR: Class = Class::new("Swoole\\Error").extends(Parent::Error);

/// A wait was cancelled.
pub(super) static CANCELED: Class =
    Class::new("Swoole\\Coroutine\\CanceledException").extends(Parent::Exception).not_extensible();
/// A coroutine has used up its time.
pub(super) static TIMED_OUT: Class =
    Class::new("Swoole\\Coroutine\\TimeoutException").extends(Parent::Exception).not_extensible();

pub(super) const PART: Part = Part {
    start: once!(|_| {
        EXCEPTION.register();
        ERROR.register();
        CANCELED.register();
        TIMED_OUT.register();
    }),
    ..Part::NONE
};
