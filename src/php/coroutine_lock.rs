//! `Swoole\Coroutine\Lock`: a coroutine that has to wait yields.

use crate::os::Errno;
use crate::php::constructed::Constructed;
use crate::php::operations::{error_code, operation, shared_lock};
use crate::php::{outcome, waiting};
use crate::rt::core::wait::Wake;
use crate::rt::shared::lock::Kind;
use crate::rt::sync::lock::{Lock, LockError};
use crate::zend::class::Initial::Int;
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::fiber::Fibers;
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{Part, once};
use crate::zend::method;
use crate::zend::object::{PhpClass, This};

pub(super) const PART: Part = Part { start: once!(|_| CLASS.register()), ..Part::NONE };

/// The index of the property.
const ERR_CODE: usize = 0;

static CLASS: Class = Class::new("Swoole\\Coroutine\\Lock")
    .objects::<Object>()
    .not_serializable()
    .properties(&[Property::public("errCode").default(Int(0))])
    .methods(table![
        method!("public function __construct(bool $shared = false)", construct),
        method!("public function lock(int $operation = LOCK_EX): bool", lock),
        method!("public function unlock(): bool", unlock),
    ]);

#[derive(Default)]
struct Object(Constructed<Lock>);

impl PhpClass for Object {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, _visitor: &mut Visitor) {}
}

fn construct(this: This<'_, Object>, shared: bool) -> Outcome<()> {
    let lock = if shared { Lock::shared(shared_lock(Kind::Mutex)?) } else { Lock::default() };
    this.0.set(this, lock)
}

fn lock(this: This<'_, Object>, operation_: Option<i64>) -> Outcome<bool> {
    let (_, waits) = operation(operation_);
    match this.0.get()?.lock::<Fibers>(waits) {
        Ok(taken) => {
            this.set_plain(ERR_CODE, error_code(taken));
            Ok(true)
        }
        Err(refused) => Err(refuse(this, refused)),
    }
}

fn unlock(this: This<'_, Object>) -> Outcome<bool> {
    match this.0.get()?.unlock::<Fibers>() {
        Ok(()) => {
            this.set_plain(ERR_CODE, 0);
            Ok(true)
        }
        Err(refused) => Err(refuse(this, refused)),
    }
}

/// Returns false, with the reason in the object.
#[cold]
fn refuse(this: This<'_, Object>, refused: LockError) -> Failure {
    let errno = match refused {
        LockError::Busy => Errno::EBUSY,
        LockError::NotHeld => Errno::EPERM,
        LockError::Stopped(stop) => match waiting::stopped(stop) {
            Ok(Wake::Canceled) => {
                // The code of the cancellation is set already.
                this.set_plain(ERR_CODE, Errno::ECANCELED as i64);
                return Failure::False;
            }
            Ok(_) => Errno::ETIMEDOUT,
            Err(failure) => return failure,
        },
    };
    this.set_plain(ERR_CODE, errno as i64);
    outcome::silent(errno)
}
