//! The value that the constructor of a class gives an object, once.

use crate::php::outcome;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::{PhpClass, This};
use std::cell::OnceCell;

/// The Rust value of an object; nothing until the constructor has run.
pub(super) struct Constructed<T>(OnceCell<T>);

impl<T> Default for Constructed<T> {
    fn default() -> Constructed<T> {
        Constructed(OnceCell::new())
    }
}

impl<T> Constructed<T> {
    /// The value. Fails before the constructor has run.
    #[inline(always)]
    pub(super) fn get(&self) -> Outcome<&T> {
        self.0.get().ok_or_else(not_constructed)
    }

    /// As [`Constructed::get`], for callers that may come before the constructor.
    #[inline(always)]
    pub(super) fn peek(&self) -> Option<&T> {
        self.0.get()
    }

    /// Sets the value, in the constructor. Fails when the constructor has run already.
    pub(super) fn set<C: PhpClass>(&self, this: This<'_, C>, value: T) -> Outcome<()> {
        self.0.set(value).map_err(|_| outcome::error(constructed_twice(this)))
    }

    /// Fails with the engine's own `Error` when the constructor has run already.
    pub(super) fn must_be_new<C: PhpClass>(&self, this: This<'_, C>) -> Outcome<()> {
        match self.0.get() {
            Some(_) => Err(Failure::Error(constructed_twice(this).into())),
            None => Ok(()),
        }
    }
}

#[cold]
pub(super) fn not_constructed() -> Failure {
    outcome::error("must call constructor first")
}

#[cold]
pub(super) fn constructed_twice<C: PhpClass>(this: This<'_, C>) -> String {
    format!("Constructor of {} can only be called once", this.class_name())
}
