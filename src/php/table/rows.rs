//! Setting, getting and removing rows.

use super::state::{Columns, Object, refuse};
use super::values;
use crate::php::outcome;
use crate::rt::shared::table::schema::Kind;
use crate::rt::shared::table::{Changes, Step, When, WriteResult};
use crate::zend::arrays::Array;
use crate::zend::coercion::Number;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::This;
use crate::zend::recv_buffer::with_words;
use crate::zend::values::Owned;

pub(super) fn set(this: This<'_, Object>, key: &[u8], values: Array<'_>) -> Outcome<bool> {
    write(this, key, values, When::Always, "set")
}

pub(super) fn add(this: This<'_, Object>, key: &[u8], values: Array<'_>) -> Outcome<bool> {
    write(this, key, values, When::Absent, "add")
}

pub(super) fn update(this: This<'_, Object>, key: &[u8], values: Array<'_>) -> Outcome<bool> {
    write(this, key, values, When::Present, "update")
}

#[inline(never)]
fn write(this: This<'_, Object>, key: &[u8], values: Array<'_>, when: When, method: &str) -> Outcome<bool> {
    values::with_given(this.columns()?, values, |given| {
        let written = this.with(|table| table.write(&table.key(key), given, when))?;
        written.map(|written| written != WriteResult::Nothing).map_err(|failed| refuse(failed, method, key))
    })
}

pub(super) fn cmpset(
    this: This<'_, Object>,
    key: &[u8],
    expected: Array<'_>,
    values: Array<'_>,
) -> Outcome<bool> {
    let columns = this.columns()?;
    with_expected(columns, expected, |expected| {
        values::with_given(columns, values, |given| {
            let done = this.with(|table| table.compare_and_write(&table.key(key), expected, given))?;
            done.map_err(|failed| refuse(failed, "cmpset", key))
        })
    })
}

pub(super) fn cmpdel(this: This<'_, Object>, key: &[u8], expected: Array<'_>) -> Outcome<bool> {
    with_expected(this.columns()?, expected, |expected| remove(this, key, expected, &mut [], "cmpdel"))
}

/// Values to compare with. A name that is not a column is an error, because a condition must not be ignored.
fn with_expected<R>(
    columns: &Columns,
    expected: Array<'_>,
    body: impl FnOnce(Changes<'_>) -> Outcome<R>,
) -> Outcome<R> {
    let known = columns.names.iter().filter(|name| expected.named(name).is_some()).count();
    if known < expected.len() {
        return Err(outcome::warning("the values to compare have a column that does not exist"));
    }
    values::with_given(columns, expected, body)
}

pub(super) fn get(this: This<'_, Object>, key: &[u8], field: Option<&[u8]>) -> Outcome<Owned> {
    let columns = this.columns()?;
    let Some(field) = field else {
        return with_words(columns.schema.words(), |image| {
            let found = this.with(|table| table.read(&table.key(key), image))?;
            found_or_false(found.map_err(|failed| refuse(failed, "get", key))?)?;
            Ok(Owned::new(values::row(columns, image)))
        });
    };
    let column = columns.find(field).ok_or(Failure::False)?;
    with_words(column.words(), |image| {
        let found = this.with(|table| table.read_column(&table.key(key), column, image))?;
        found_or_false(found.map_err(|failed| refuse(failed, "get", key))?)?;
        Ok(values::value(column, image))
    })
}

fn found_or_false(found: bool) -> Outcome<()> {
    if found { Ok(()) } else { Err(Failure::False) }
}

pub(super) fn getdel(this: This<'_, Object>, key: &[u8], field: Option<&[u8]>) -> Outcome<Owned> {
    let columns = this.columns()?;
    let column = match field {
        Some(field) => {
            // Nothing is removed whose value could not be returned.
            Some(columns.find(field).ok_or_else(|| no_column(field))?)
        }
        None => None,
    };
    with_words(columns.schema.words(), |image| {
        found_or_false(remove(this, key, Changes::NONE, image, "getdel")?)?;
        Ok(match column {
            Some(column) => values::value(column, image.get(column.first..).unwrap_or_default()),
            None => Owned::new(values::row(columns, image)),
        })
    })
}

pub(super) fn del(this: This<'_, Object>, key: &[u8]) -> Outcome<bool> {
    remove(this, key, Changes::NONE, &mut [], "del")
}

fn remove(
    this: This<'_, Object>,
    key: &[u8],
    expected: Changes<'_>,
    image: &mut [u64],
    method: &str,
) -> Outcome<bool> {
    let removed = this.with(|table| table.remove(&table.key(key), expected, image))?;
    removed.map_err(|failed| refuse(failed, method, key))
}

pub(super) fn exists(this: This<'_, Object>, key: &[u8]) -> Outcome<bool> {
    let found = this.with(|table| table.contains(&table.key(key)))?;
    found.map_err(|failed| refuse(failed, "exists", key))
}

pub(super) fn incr(this: This<'_, Object>, key: &[u8], column: &[u8], by: Number) -> Outcome<Number> {
    step::<1>(this, key, column, by, "incr")
}

pub(super) fn decr(this: This<'_, Object>, key: &[u8], column: &[u8], by: Number) -> Outcome<Number> {
    step::<-1>(this, key, column, by, "decr")
}

/// One function for each direction, because a function with two callers would not become a part of them.
#[inline(always)]
fn step<const DIRECTION: i8>(
    this: This<'_, Object>,
    key: &[u8],
    name: &[u8],
    by: Number,
    method: &str,
) -> Outcome<Number> {
    let by = match by {
        Number::Int(by) => Number::Int(by.wrapping_mul(DIRECTION.into())),
        Number::Float(by) => Number::Float(by * f64::from(DIRECTION)),
    };
    let column = this.columns()?.find(name).ok_or_else(|| no_column(name))?;
    let step = match (column.kind, by) {
        (Kind::Int, Number::Int(by)) => Step::Int(by),
        // Truncated, as by a conversion to int.
        #[allow(
            clippy::cast_possible_truncation,
            reason = "what does not fit becomes the nearest number that does"
        )]
        (Kind::Int, Number::Float(by)) => Step::Int(by as i64),
        (Kind::Float, Number::Int(by)) => Step::Float(by as f64),
        (Kind::Float, Number::Float(by)) => Step::Float(by),
        (Kind::Text(_), _) => {
            return Err(outcome::warning(format!("can't execute '{method}' on a string type column")));
        }
    };
    let value = this.with(|table| table.step(&table.key(key), column, step))?;
    let value = value.map_err(|failed| refuse(failed, method, key))?;
    Ok(if column.kind == Kind::Int {
        Number::Int(value.cast_signed())
    } else {
        Number::Float(f64::from_bits(value))
    })
}

#[cold]
fn no_column(name: &[u8]) -> Failure {
    outcome::warning(format!("column[{}] does not exist", String::from_utf8_lossy(name)))
}
