//! What belongs to one coroutine besides its stack: its context and what it has deferred.
//!
//! Most coroutines have neither; an entry is made when something is put there.

use super::CONTEXT;
use crate::rt::coroutine::Slot;
use crate::zend::callback::Callback;
use crate::zend::class::Instance;
use crate::zend::errors::Outcome;
use crate::zend::globals::per_thread;
use crate::zend::values::Owned;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::mem::ManuallyDrop;

#[derive(Default)]
struct Local {
    context: Option<Owned>,
    deferred: Vec<Callback>,
}

per_thread! {
    static LOCALS: ManuallyDrop<RefCell<BTreeMap<Slot, Local>>> =
        ManuallyDrop::new(RefCell::new(BTreeMap::new()));
}

/// Calls `callback` when the coroutine has ended.
pub(super) fn defer(slot: Slot, callback: Callback) {
    LOCALS.with(|locals| locals.borrow_mut().entry(slot).or_default().deferred.push(callback));
}

/// What is to be called next.
pub(super) fn take_deferred(slot: Slot) -> Option<Callback> {
    LOCALS.with(|locals| {
        let mut locals = locals.borrow_mut();
        if locals.is_empty() { None } else { locals.get_mut(&slot)?.deferred.pop() }
    })
}

/// The context of a coroutine, made when it is first asked for.
pub(super) fn context(slot: Slot) -> Outcome<Owned> {
    let known = |slot| {
        LOCALS.with(|locals| {
            let locals = locals.borrow();
            locals.get(&slot)?.context.as_ref().map(|context| Owned::of(context.as_value()))
        })
    };
    if let Some(context) = known(slot) {
        return Ok(context);
    }
    let context = Owned::new(Instance::plain(&CONTEXT)?);
    let shared = Owned::of(context.as_value());
    LOCALS.with(|locals| locals.borrow_mut().entry(slot).or_default().context = Some(context));
    Ok(shared)
}

/// A coroutine has ended.
pub(super) fn end(slot: Slot) {
    let local = LOCALS.with(|locals| {
        let mut locals = locals.borrow_mut();
        if locals.is_empty() { None } else { locals.remove(&slot) }
    });
    // Destructors may run: the table is not borrowed.
    drop(local);
}

/// When the request's memory is gone, and what is left here with it.
pub(super) fn forget_all() {
    LOCALS.with(|locals| {
        for (_, local) in std::mem::take(&mut *locals.borrow_mut()) {
            std::mem::forget(local.context);
            local.deferred.into_iter().for_each(std::mem::forget);
        }
    });
}
