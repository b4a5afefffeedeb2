//! Setting, getting and removing rows.

use super::state::{Columns, Object, refuse};
use super::values::{self, Given};
use crate::php::outcome;
use crate::rt::shared::table::schema::Kind;
use crate::rt::shared::table::{Changes, Step, When, Written};
use crate::zend::arrays::Array;
use crate::zend::coercion::Number;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::This;
use crate::zend::scratch::Words;
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

fn write(this: This<'_, Object>, key: &[u8], values: Array<'_>, when: When, method: &str) -> Outcome<bool> {
    let mut given = Given::of(this.columns()?, values)?;
    let written = this.with(|table| table.write(&table.key(key), given.changes(), when))?;
    written.map(|written| written != Written::Nothing).map_err(|failed| refuse(failed, method, key))
}

pub(super) fn cmpset(
    this: This<'_, Object>,
    key: &[u8],
    expected: Array<'_>,
    values: Array<'_>,
) -> Outcome<bool> {
    let columns = this.columns()?;
    let (mut expected, mut given) = (expect(columns, expected)?, Given::of(columns, values)?);
    let (expected, given) = (expected.changes(), given.changes());
    let done = this.with(|table| table.compare_and_write(&table.key(key), expected, given))?;
    done.map_err(|failed| refuse(failed, "cmpset", key))
}

pub(super) fn cmpdel(this: This<'_, Object>, key: &[u8], expected: Array<'_>) -> Outcome<bool> {
    let mut expected = expect(this.columns()?, expected)?;
    remove(this, key, expected.changes(), &mut [], "cmpdel")
}

/// Values to compare with. A name that is no column cannot be compared: a condition must not be passed over.
fn expect(columns: &Columns, expected: Array<'_>) -> Outcome<Given> {
    let known = columns.names.iter().filter(|name| expected.named(name).is_some()).count();
    if known < expected.len() {
        return Err(outcome::warning("the values to compare have a column that does not exist"));
    }
    Given::of(columns, expected)
}

pub(super) fn get(this: This<'_, Object>, key: &[u8], field: Option<&[u8]>) -> Outcome<Owned> {
    let columns = this.columns()?;
    let Some(field) = field else {
        let mut image = Words::zeroed(columns.schema.words())?;
        let found = this.with(|table| table.read(&table.key(key), image.all()))?;
        found_or_false(found.map_err(|failed| refuse(failed, "get", key))?)?;
        return Ok(Owned::new(values::row(columns, image.all())));
    };
    let Some((_, column)) = columns.schema.find(field) else { return Err(Failure::False) };
    let mut image = Words::zeroed(column.words())?;
    let found = this.with(|table| table.read_column(&table.key(key), column, image.all()))?;
    found_or_false(found.map_err(|failed| refuse(failed, "get", key))?)?;
    Ok(values::value(column, image.all()))
}

fn found_or_false(found: bool) -> Outcome<()> {
    if found { Ok(()) } else { Err(Failure::False) }
}

pub(super) fn getdel(this: This<'_, Object>, key: &[u8], field: Option<&[u8]>) -> Outcome<Owned> {
    let columns = this.columns()?;
    let column = match field {
        Some(field) => {
            let found = columns.schema.find(field);
            // Nothing is removed that could not be given.
            Some(found.ok_or_else(|| no_column(field))?.1)
        }
        None => None,
    };
    let mut image = Words::zeroed(columns.schema.words().max(1))?;
    found_or_false(remove(this, key, Changes::NONE, image.all(), "getdel")?)?;
    Ok(match column {
        Some(column) => values::value(column, image.all().get(column.first..).unwrap_or_default()),
        None => Owned::new(values::row(columns, image.all())),
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
    step(this, key, column, by, "incr")
}

pub(super) fn decr(this: This<'_, Object>, key: &[u8], column: &[u8], by: Number) -> Outcome<Number> {
    let by = match by {
        Number::Int(by) => Number::Int(by.wrapping_neg()),
        Number::Float(by) => Number::Float(-by),
    };
    step(this, key, column, by, "decr")
}

fn step(this: This<'_, Object>, key: &[u8], name: &[u8], by: Number, method: &str) -> Outcome<Number> {
    let (index, column) = this.columns()?.schema.find(name).ok_or_else(|| no_column(name))?;
    let step = match (column.kind, by) {
        (Kind::Int, Number::Int(by)) => Step::Int(by),
        // As a conversion to an int cuts it.
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
    let value = this.with(|table| table.step(&table.key(key), index, step))?;
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
