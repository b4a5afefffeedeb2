//! `Swoole\Lock`: locks between processes.

use crate::os::Errno;
use crate::php::constructed::Constructed;
use crate::php::exceptions::EXCEPTION;
use crate::php::operations::{error_code, operation, shared_lock};
use crate::php::{outcome, waiting};
use crate::rt::shared::lock::{AcquireError, Kind, Lock, READERS, WaitLimit};
use crate::zend::class::Initial::Int;
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{Part, once};
use crate::zend::object::{PhpClass, This};
use crate::zend::{interrupt, method};

pub(super) const PART: Part = Part { start: once!(|_| CLASS.register()), ..Part::NONE };

/// The index of the property.
const ERR_CODE: usize = 0;

/// `SWOOLE_MUTEX` and the other kinds.
const MUTEX: i64 = 3;
const RWLOCK: i64 = 1;
const SPINLOCK: i64 = 5;

static CLASS: Class = Class::new("Swoole\\Lock")
    .objects::<Object>()
    .not_serializable()
    .constants(&[("MUTEX", MUTEX), ("RWLOCK", RWLOCK), ("SPINLOCK", SPINLOCK)])
    .properties(&[Property::public("errCode").default(Int(0))])
    .methods(table![
        method!("public function __construct(int $type = SWOOLE_MUTEX)", construct),
        method!("public function lock(int $operation = LOCK_EX, float $timeout = -1): bool", lock),
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

fn construct(this: This<'_, Object>, kind: Option<i64>) -> Outcome<()> {
    let kind = match kind.unwrap_or(MUTEX) {
        MUTEX => Kind::Mutex,
        RWLOCK => Kind::ReadWrite,
        SPINLOCK => Kind::Spin,
        other => {
            let message = format!("lock type[{other}] is not support").into();
            return Err(Failure::Throw { class: &EXCEPTION, message, code: 0 });
        }
    };
    this.0.set(this, shared_lock(kind)?)
}

fn lock(this: This<'_, Object>, operation_: Option<i64>, timeout: f64) -> Outcome<bool> {
    let (mode, waits) = operation(operation_);
    let deadline = waiting::deadline(timeout);
    let limit = if waits { WaitLimit::Until(deadline) } else { WaitLimit::None };
    let env = waiting::env();
    loop {
        let refused = match this.0.get()?.lock(mode, limit, env) {
            Ok(taken) => {
                this.set_plain(ERR_CODE, error_code(taken));
                return Ok(true);
            }
            Err(AcquireError::Pause) => {
                interrupt::dispatch()?;
                continue;
            }
            Err(refused) => refused,
        };
        let (failure, errno) = refuse(refused);
        this.set_plain(ERR_CODE, errno as i64);
        return Err(failure);
    }
}

#[cold]
fn refuse(refused: AcquireError) -> (Failure, Errno) {
    let (text, errno) = match refused {
        AcquireError::Busy | AcquireError::Pause => return (outcome::silent(Errno::EBUSY), Errno::EBUSY),
        AcquireError::TimedOut => return (outcome::silent(Errno::ETIMEDOUT), Errno::ETIMEDOUT),
        AcquireError::Failed(errno) => return (outcome::system("futex()", errno), errno),
        AcquireError::Deadlock => (
            "this process holds the lock already and would wait for itself; \
             for coroutines of one process use Swoole\\Coroutine\\Lock"
                .into(),
            Errno::EDEADLK,
        ),
        AcquireError::Full => (format!("{READERS} processes hold the lock for reading"), Errno::EAGAIN),
    };
    outcome::note(errno);
    (outcome::warning(text), errno)
}

fn unlock(this: This<'_, Object>) -> Outcome<bool> {
    if this.0.get()?.unlock() {
        this.set_plain(ERR_CODE, 0);
        return Ok(true);
    }
    this.set_plain(ERR_CODE, Errno::EPERM as i64);
    Err(outcome::silent(Errno::EPERM))
}
