//! `Swoole\Exception` and `Swoole\Error`.

use crate::zend::class::{Class, Parent};
use crate::zend::lifecycle::Part;

pub(super) static EXCEPTION: Class = Class::new("Swoole\\Exception").extends(Parent::Exception);
pub(super) static ERROR: Class = Class::new("Swoole\\Error").extends(Parent::Error);

pub(super) const PART: Part = Part {
    start: |_| {
        EXCEPTION.register();
        ERROR.register();
    },
    ..Part::NONE
};
