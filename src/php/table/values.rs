//! PHP values into columns of a row, and back.

use super::state::Columns;
use crate::rt::shared::table::Changes;
use crate::rt::shared::table::schema::{Column, Kind, put_text};
use crate::zend::arrays::{Array, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::jump::is_thrown;
use crate::zend::scratch::{Words, bytes_of_words};
use crate::zend::values::{Owned, Text, Value};

/// Values for some columns, in the request's memory: converting them may run code of the script.
pub(super) struct Given {
    words: Words,
    data: usize,
}

impl Given {
    /// Those elements of an array that are named as a column is. The others are passed over.
    pub(super) fn of(columns: &Columns, array: Array<'_>) -> Outcome<Given> {
        let (count, data) = (columns.names.len(), columns.schema.words());
        let mut words = Words::zeroed(data + count.div_ceil(64))?;
        for (index, (column, name)) in columns.schema.columns().iter().zip(&columns.names).enumerate() {
            let Some(value) = array.named(name) else { continue };
            let (image, bits) = words.all().split_at_mut_checked(data).unwrap_or_default();
            let place = image.get_mut(column.first..column.first + column.words()).unwrap_or_default();
            put(column, place, value)?;
            if let Some(bits) = bits.get_mut(index / 64) {
                *bits |= 1 << (index % 64);
            }
        }
        Ok(Given { words, data })
    }

    /// As a table takes them.
    pub(super) fn changes(&mut self) -> Changes<'_> {
        let (image, columns) = self.words.all().split_at_checked(self.data).unwrap_or_default();
        Changes { image, columns }
    }
}

/// Converts a value as Swoole does: what a number cannot be becomes 0, what is too long is cut.
fn put(column: &Column, place: &mut [u64], value: Value<'_>) -> Outcome<()> {
    match column.kind {
        Kind::Int => set_first(place, value.to_int().cast_unsigned()),
        Kind::Float => set_first(place, value.to_float().to_bits()),
        Kind::Text(_) => match value.as_bytes() {
            Some(bytes) => put_text(place, bytes),
            None => put_text(place, value.to_text().ok_or(Failure::Thrown)?.bytes()),
        },
    }
    // A warning may have been made an exception.
    if is_thrown() { Err(Failure::Thrown) } else { Ok(()) }
}

fn set_first(place: &mut [u64], word: u64) {
    if let Some(first) = place.first_mut() {
        *first = word;
    }
}

/// A row as a script gets it.
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

/// A column as a script gets it.
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
