//! Generators in which a coroutine waits.
//!
//! When a request ends the engine destroys all objects, and thereby closes generators. A generator whose frame is on a
//! suspended stack must stay as it is: the unwinding of that stack closes it. The engine knows this for the stacks of
//! its own Fibers only, so this module checks before the engine's handler runs.

use crate::zend::bindings::*;
use crate::zend::net;
use std::sync::OnceLock;

type Destroy = unsafe extern "C" fn(*mut zend_object);

/// The engine's destructor of generators, and the handlers that contain it.
static ORIGINAL: OnceLock<(Destroy, Handlers)> = OnceLock::new();

/// The handlers of generators, which live as long as the engine.
struct Handlers(*mut zend_object_handlers);

// SAFETY: it is written to by one thread, as `guard` and `release` tell.
unsafe impl Send for Handlers {}

// SAFETY: as above.
unsafe impl Sync for Handlers {}

/// From now on running generators are left alone. Their handlers can be reached only through an object, so a request
/// must be running.
#[cold]
pub(super) fn guard() {
    if ORIGINAL.get().is_some() {
        return;
    }
    let mut generator = undef();
    // SAFETY: the engine's own class is registered before modules start; one of no function counts as closed.
    if unsafe { object_init_ex(&raw mut generator, zend_ce_generator) } != 0 {
        return;
    }
    // SAFETY: the value holds an object, and every object has handlers.
    let handlers = unsafe { (*generator.value.obj).handlers.cast_mut() };
    // SAFETY: the engine has written these when it started: they are constant for others only. Of threads that come here
    // together one writes.
    let destroy = unsafe { &mut (*handlers).dtor_obj };
    if let Some(original) = *destroy
        && ORIGINAL.set((original, Handlers(handlers))).is_ok()
    {
        *destroy = Some(destroy_unless_running);
    }
    // SAFETY: the reference is ours.
    unsafe { zval_ptr_dtor(&raw mut generator) };
}

/// Restores the previous handler, unless another extension has installed its own after ours. At module shutdown only.
pub(super) fn release() {
    let Some((original, handlers)) = ORIGINAL.get() else { return };
    // SAFETY: the engine's handlers are there until it has ended; no code runs any more.
    let destroy = unsafe { &mut (*handlers.0).dtor_obj };
    if destroy.is_some_and(|now| now as usize == destroy_unless_running as Destroy as usize) {
        *destroy = Some(*original);
    }
}

unsafe extern "C" fn destroy_unless_running(object: *mut zend_object) {
    // SAFETY: the handler of generators gets generators.
    if net::silent(|| unsafe { runs(object.cast()) }) == Some(true) {
        return;
    }
    if let Some((destroy, _)) = ORIGINAL.get() {
        // SAFETY: the engine's own function, with what it passed.
        unsafe { destroy(object) };
    }
}

/// Whether a generator runs, or one that it delegates to (`yield from`).
///
/// # Safety
/// The object is a generator.
unsafe fn runs(generator: *const zend_generator) -> bool {
    let mut at = generator;
    while !at.is_null() {
        // SAFETY: as the caller promises; a generator keeps the one that it yields from alive.
        let (flags, from) = unsafe { ((*at).flags, (*at).node.parent) };
        if flags & ZEND_GENERATOR_CURRENTLY_RUNNING != 0 {
            return true;
        }
        at = from;
    }
    false
}
