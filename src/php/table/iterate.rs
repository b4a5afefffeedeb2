//! `foreach` over a table. Each row is visited once, whatever is added or removed meanwhile.

use super::state::{Cursor, Object, refuse};
use super::values;
use crate::zend::errors::Outcome;
use crate::zend::object::This;
use crate::zend::recv_buffer::{bytes_of_words, with_words};
use crate::zend::values::{Owned, Text};

pub(super) fn rewind(this: This<'_, Object>) -> Outcome<()> {
    go_to(this, 0)
}

pub(super) fn next(this: This<'_, Object>) -> Outcome<()> {
    let at = this.cursor.borrow().as_ref().map(|cursor| cursor.at.row);
    match at {
        Some(row) => go_to(this, row + 1),
        None => this.with(|_| ()),
    }
}

/// Goes to the first row from a number on.
fn go_to(this: This<'_, Object>, from: usize) -> Outcome<()> {
    let columns = this.columns()?;
    with_words(columns.schema.words(), |image| {
        let found = this.with(|table| table.next(from, image))?;
        let found = found.map_err(|failed| refuse(failed, "visit", b""))?;
        // The engine allocates nothing while the cursor is borrowed.
        let cursor = found.map(|at| Cursor { at, row: Owned::new(values::row(columns, image)) });
        let old = this.cursor.replace(cursor);
        drop(old);
        Ok(())
    })
}

pub(super) fn valid(this: This<'_, Object>) -> Outcome<bool> {
    Ok(this.cursor.borrow().is_some())
}

pub(super) fn current(this: This<'_, Object>) -> Outcome<Option<Owned>> {
    Ok(this.cursor.borrow().as_ref().map(|cursor| cursor.row.share()))
}

pub(super) fn key(this: This<'_, Object>) -> Outcome<Option<Text>> {
    let at = this.cursor.borrow().as_ref().map(|cursor| cursor.at);
    Ok(at.map(|at| Text::new(bytes_of_words(&at.key).get(..at.key_len).unwrap_or_default())))
}
