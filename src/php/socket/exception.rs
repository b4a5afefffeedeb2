//! `Swoole\Coroutine\Socket\Exception`.

use crate::php::exceptions;
use crate::zend::class::{Class, Parent};

pub(super) static EXCEPTION: Class =
    Class::new("Swoole\\Coroutine\\Socket\\Exception").extends(Parent::Ours(&exceptions::EXCEPTION));
