//! Conversion of PHP values into columns of a row, and back.

use super::state::Columns;
use crate::php::log;
use crate::rt::shared::table::schema::{Column, Kind};
use crate::rt::shared::table::{Changes, Draft};
use crate::zend::arrays::{Array, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::jump::is_thrown;
use crate::zend::recv_buffer::{bytes_of_words, with_words};
use crate::zend::values::{Owned, Text, Value};

/// Calls `body` with those elements of an array that have the name of a column; others are ignored. Converting them may
/// run code of the script, and the values hold nothing that a long jump would leak.
#[inline(always)]
pub(super) fn with_given<R>(
    columns: &Columns,
    array: Array<'_>,
    body: impl FnOnce(Changes<'_>) -> Outcome<R>,
) -> Outcome<R> {
    with_words(columns.schema.words_of_draft(), |words| {
        let mut draft = Draft::new(&columns.schema, words);
        for (column, name) in columns.schema.columns().iter().zip(&columns.names) {
            if let Some(value) = array.named(name) {
                put(&mut draft, column, value)?;
            }
        }
        body(draft.changes())
    })
}

/// Converts a value as Swoole does: a value that is not a number becomes 0, a text that is too long is cut off.
#[inline(always)]
fn put(draft: &mut Draft<'_>, column: &Column, value: Value<'_>) -> Outcome<()> {
    match column.kind {
        Kind::Int => draft.number(column, value.to_int().cast_unsigned()),
        Kind::Float => draft.number(column, value.to_float().to_bits()),
        Kind::Text(size) => match value.as_bytes() {
            Some(bytes) => put_text(draft, column, size, bytes),
            None => put_text(draft, column, size, value.to_text().ok_or(Failure::Thrown)?.bytes()),
        },
    }
    // The script may have turned a warning into an exception.
    if is_thrown() { Err(Failure::Thrown) } else { Ok(()) }
}

#[inline(always)]
fn put_text(draft: &mut Draft<'_>, column: &Column, size: usize, bytes: &[u8]) {
    if bytes.len() > size {
        report_cut(column, size, bytes.len());
    }
    draft.text(column, bytes);
}

#[cold]
fn report_cut(column: &Column, size: usize, given: usize) {
    let name = String::from_utf8_lossy(&column.name);
    log::warning(&format!(
        "Swoole\\Table: a text of {given} bytes for column[{name}] was cut to {size} bytes"
    ));
}

/// A row as an array.
pub(super) fn row(columns: &Columns, image: &[u64]) -> NewArray {
    let mut array = NewArray::with_capacity(u32::try_from(columns.names.len()).unwrap_or(0));
    for (column, name) in columns.schema.columns().iter().zip(&columns.names) {
        let words = image.get(column.first..).unwrap_or_default();
        match column.kind {
            Kind::Int => array.put(name, int(words)),
            Kind::Float => array.put(name, float(words)),
            Kind::Text(_) => array.put(name, text(words)),
        }
    }
    array
}

/// A column as a PHP value.
pub(super) fn value(column: &Column, words: &[u64]) -> Owned {
    match column.kind {
        Kind::Int => Owned::new(int(words)),
        Kind::Float => Owned::new(float(words)),
        Kind::Text(_) => Owned::new(text(words)),
    }
}

fn int(words: &[u64]) -> i64 {
    words.first().copied().unwrap_or(0).cast_signed()
}

fn float(words: &[u64]) -> f64 {
    f64::from_bits(words.first().copied().unwrap_or(0))
}

fn text(words: &[u64]) -> Text {
    let Some((len, words)) = words.split_first() else { return Text::new(b"") };
    let len = usize::try_from(*len).unwrap_or(usize::MAX);
    Text::new(bytes_of_words(words).get(..len).unwrap_or_default())
}
