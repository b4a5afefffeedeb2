//! Stored callbacks: callables with their arguments, which are called later, by tokens. They belong to no PHP object.
//!
//! A token may be released while its callable runs, as by a timer that clears itself. Then what the running call needs
//! is freed when it returns. Everything left is released when the request ends.

use crate::zend::bindings::*;
use crate::zend::callback::{Callback, call};
use crate::zend::errors::Outcome;
use crate::zend::globals::per_thread;
use crate::zend::jump::Call;
use crate::zend::values::{IntoValue, Owned, Value, share};
use slab::Slab;
use std::cell::RefCell;

/// Names a stored callback.
pub(crate) type Token = usize;

struct StoredCallback {
    target: Target,
    /// Whether a number, new in each call, comes before its other arguments.
    leading: bool,
    /// Its arguments. Their address does not change when the table grows.
    arguments: Box<[Owned]>,
    /// The number of calls that have not returned.
    running: u32,
    released: bool,
}

per_thread! {
    static STORED: RefCell<Slab<StoredCallback>> = RefCell::new(Slab::new());
}

/// The target of a callback.
enum Target {
    /// A callable of the script.
    Callback(Callback),
    /// A function of ours.
    Native(Native),
}

/// A function of ours that the loop calls like a callback, but never in a coroutine.
pub(crate) type Native = fn() -> Outcome<()>;

/// Stores a function of ours.
pub(crate) fn keep_native(native: Native) -> Token {
    STORED.with(|kept| {
        let target = Target::Native(native);
        kept.borrow_mut().insert(StoredCallback {
            target,
            leading: false,
            arguments: Box::default(),
            running: 0,
            released: false,
        })
    })
}

/// The function of ours that a token names, if it names one.
#[inline]
pub(crate) fn native(token: Token) -> Option<Native> {
    STORED.with(|kept| match kept.borrow().get(token)?.target {
        Target::Native(native) => Some(native),
        Target::Callback(_) => None,
    })
}

/// Whether a number, new in each call, comes before the other arguments.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leading {
    /// There is none.
    No,
    /// There is one.
    Number,
}

/// Stores a callable with its arguments.
pub(crate) fn keep<'v>(
    callback: Callback,
    leading: Leading,
    arguments: impl Iterator<Item = Value<'v>>,
) -> Token {
    let leading = leading == Leading::Number;
    let number = leading.then(|| Owned(undef()));
    let arguments = number.into_iter().chain(arguments.map(|value| Owned(share(value)))).collect();
    STORED.with(|kept| {
        let target = Target::Callback(callback);
        kept.borrow_mut().insert(StoredCallback { target, leading, arguments, running: 0, released: false })
    })
}

/// Releases a stored callback: now, or when its running call has returned.
pub(crate) fn release(token: Token) {
    let gone = STORED.with(|kept| {
        let mut kept = kept.borrow_mut();
        let entry = kept.get_mut(token)?;
        entry.released = true;
        if entry.running == 0 { kept.try_remove(token) } else { None }
    });
    // A destructor may run PHP code, which may call this module again, so the table is not borrowed.
    drop(gone);
}

/// Releases several stored callbacks.
pub(crate) fn release_each(tokens: impl IntoIterator<Item = Token>) {
    for token in tokens {
        release(token);
    }
}

/// Calls a stored callback. `number` is its first argument if it was stored with a leading one. A token that was
/// released is ignored.
pub(crate) fn invoke(token: Token, number: i64) -> Call {
    let found = STORED.with(|kept| {
        let mut kept = kept.borrow_mut();
        let entry = kept.get_mut(token)?;
        let Target::Callback(callback) = &entry.target else { return None };
        let (function, cache) = callback.parts();
        entry.running += 1;
        if let Some(first) = entry.arguments.first_mut().filter(|_| entry.leading) {
            number.store(&mut first.0);
        }
        let arguments: *mut [Owned] = &raw mut *entry.arguments;
        Some((function, cache, arguments as *mut [zval]))
    });
    let Some((function, mut cache, arguments)) = found else {
        return Call::Returned;
    };
    // SAFETY: the entry stays while `running` is not zero, and its arguments are in a box of their own.
    let result = call(function, cache.as_mut(), unsafe { &mut *arguments });
    let gone = STORED.with(|kept| {
        let mut kept = kept.borrow_mut();
        let entry = kept.get_mut(token)?;
        entry.running -= 1;
        if entry.released && entry.running == 0 { kept.try_remove(token) } else { None }
    });
    drop(gone);
    result
}

/// At the end of a request, while PHP can still run destructors: releases everything.
#[cold]
pub(crate) fn release_all() {
    let all = STORED.with(|kept| std::mem::take(&mut *kept.borrow_mut()));
    drop(all);
}

/// When the request's memory is gone: drops what destructors have stored since, without touching it.
#[cold]
pub(crate) fn end() {
    STORED.with(|kept| std::mem::forget(std::mem::take(&mut *kept.borrow_mut())));
}
