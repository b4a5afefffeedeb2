//! The data of a coroutine besides its stack: its context and its deferred calls.
//!
//! Most coroutines have neither; an entry is made when there is something to store.

use crate::rt::core::wait::Cid;
use crate::zend::callback::Callback;
use crate::zend::class::{Class, Parent};
use crate::zend::errors::Outcome;
use crate::zend::globals::per_thread;
use crate::zend::lifecycle::Part;
use crate::zend::object::Instance;
use crate::zend::values::Owned;
use std::cell::RefCell;
use std::collections::BTreeMap;

pub(super) const PART: Part = Part { request_end: forget_all, ..Part::NONE };

/// The class of contexts.
pub(super) static CONTEXT: Class =
    Class::new("Swoole\\Coroutine\\Context").extends(Parent::ArrayObject).with_any_property();

#[derive(Default)]
struct Local {
    context: Option<Owned>,
    deferred: Vec<Callback>,
}

per_thread! {
    static LOCALS: RefCell<BTreeMap<Cid, Local>> = RefCell::new(BTreeMap::new());
}

/// Calls `callback` when the coroutine ends.
pub(super) fn defer(cid: Cid, callback: Callback) {
    LOCALS.with(|locals| locals.borrow_mut().entry(cid).or_default().deferred.push(callback));
}

/// The next deferred call.
pub(super) fn take_deferred(cid: Cid) -> Option<Callback> {
    LOCALS.with(|locals| {
        let mut locals = locals.borrow_mut();
        if locals.is_empty() { None } else { locals.get_mut(&cid)?.deferred.pop() }
    })
}

/// The context of a coroutine, created on first use.
pub(super) fn context(cid: Cid) -> Outcome<Owned> {
    let known = |cid| {
        LOCALS.with(|locals| {
            let locals = locals.borrow();
            locals.get(&cid)?.context.as_ref().map(|context| Owned::of(context.as_value()))
        })
    };
    if let Some(context) = known(cid) {
        return Ok(context);
    }
    let context = Owned::new(Instance::plain(&CONTEXT)?);
    let shared = Owned::of(context.as_value());
    LOCALS.with(|locals| locals.borrow_mut().entry(cid).or_default().context = Some(context));
    Ok(shared)
}

/// A coroutine has ended: releases its data.
pub(super) fn end(cid: Cid) {
    let local = LOCALS.with(|locals| {
        let mut locals = locals.borrow_mut();
        if locals.is_empty() { None } else { locals.remove(&cid) }
    });
    // Destructors may run, so the table is not borrowed.
    drop(local);
}

/// At the end of the request: releases data of coroutines that never end here, those of a parent process.
#[cold]
pub(super) fn end_all() {
    let all = LOCALS.with(|locals| std::mem::take(&mut *locals.borrow_mut()));
    drop(all);
}

/// When the request's memory is gone, and this data with it.
#[cold]
fn forget_all() {
    LOCALS.with(|locals| {
        for (_, local) in std::mem::take(&mut *locals.borrow_mut()) {
            std::mem::forget(local.context);
            local.deferred.into_iter().for_each(std::mem::forget);
        }
    });
}
