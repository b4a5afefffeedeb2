//! The runtime of this thread, and the storage of per-thread values.
//!
//! The runtime outlives the objects of a request, which the engine frees after the modules' request shutdown.

use crate::rt::runtime::Runtime;
use crate::zend::interrupt_flag;
use std::cell::RefCell;
#[cfg(php_zts)]
use std::mem::ManuallyDrop;
#[cfg(php_zts)]
use std::thread::LocalKey;

/// A value for each thread that runs PHP. In a PHP without threads it is a plain static, because a thread-local of a
/// loaded library costs a function call at each use.
#[cfg(not(php_zts))]
pub(crate) struct PerThread<T>(pub(crate) T);

// SAFETY: this PHP runs scripts in one thread only, and we start none.
#[cfg(not(php_zts))]
unsafe impl<T> Sync for PerThread<T> {}

#[cfg(not(php_zts))]
impl<T> PerThread<T> {
    #[inline(always)]
    pub(crate) fn with<R>(&self, body: impl FnOnce(&T) -> R) -> R {
        body(&self.0)
    }
}

/// The same for a thread-safe PHP.
#[cfg(php_zts)]
pub(crate) struct PerThread<T: 'static>(pub(crate) LocalKey<ManuallyDrop<T>>);

#[cfg(php_zts)]
impl<T> PerThread<T> {
    #[inline(always)]
    pub(crate) fn with<R>(&'static self, body: impl FnOnce(&T) -> R) -> R {
        self.0.with(|value| body(value))
    }
}

/// Declares a static with a value for each thread. It is never dropped: a destructor registered for the thread's end
/// would run after the module was unloaded.
#[cfg(not(php_zts))]
macro_rules! per_thread {
    ($(#[$doc:meta])* $visible:vis static $name:ident: $type:ty = $value:expr;) => {
        $(#[$doc])*
        $visible static $name: $crate::zend::globals::PerThread<$type> =
            $crate::zend::globals::PerThread($value);
    };
}

#[cfg(php_zts)]
macro_rules! per_thread {
    ($(#[$doc:meta])* $visible:vis static $name:ident: $type:ty = $value:expr;) => {
        $(#[$doc])*
        $visible static $name: $crate::zend::globals::PerThread<$type> = {
            thread_local! {
                static VALUE: std::mem::ManuallyDrop<$type> = const { std::mem::ManuallyDrop::new($value) };
            }
            $crate::zend::globals::PerThread(VALUE)
        };
    };
}

pub(crate) use per_thread;

per_thread! {
    static RUNTIME: RefCell<Option<Runtime>> = RefCell::new(None);
}

/// Calls `body` with the runtime. PHP must not run inside, because it may call this function again.
#[inline(always)]
pub(crate) fn with<R>(body: impl FnOnce(&mut Runtime) -> R) -> R {
    RUNTIME.with(|slot| {
        let mut slot = slot.borrow_mut();
        let runtime = match &mut *slot {
            Some(runtime) => runtime,
            empty => begin(empty),
        };
        runtime.notice_foreign_fork();
        body(runtime)
    })
}

/// Whether the request has used the runtime. What ends a request need not make one.
pub(crate) fn is_used() -> bool {
    RUNTIME.with(|slot| slot.borrow().is_some())
}

#[cold]
#[inline(never)]
fn begin(slot: &mut Option<Runtime>) -> &mut Runtime {
    let runtime = slot.insert(Runtime::default());
    runtime.core.set_interrupted(interrupt_flag::is_pending);
    runtime
}

/// Closes what a request has left open.
pub(crate) fn end() {
    drop(RUNTIME.with(|slot| slot.borrow_mut().take()));
}
