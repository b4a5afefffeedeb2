//! Creating and destroying a table, and questions about it as a whole.

use super::state::{Columns, Object, not_there};
use crate::php::outcome;
use crate::rt::shared::table::schema::{ColumnError, Kind};
use crate::rt::shared::table::{Table, buckets};
use crate::zend::arrays::{Name, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::This;

pub(super) const TYPE_INT: i64 = 1;
pub(super) const TYPE_FLOAT: i64 = 2;
pub(super) const TYPE_STRING: i64 = 3;

/// PHP's constant.
const COUNT_NORMAL: i64 = 0;

pub(super) fn construct(this: This<'_, Object>, size: i64, share: Option<f64>) -> Outcome<()> {
    let share = share.unwrap_or(0.2);
    // As in Swoole, the share is at least the default, and there are at most as many further rows as buckets.
    let share = if share.is_nan() { 0.2 } else { share.clamp(0.2, 1.0) };
    let size = buckets(usize::try_from(size).unwrap_or(0));
    this.wanted.set(this, (size, share))
}

pub(super) fn column(this: This<'_, Object>, name: &[u8], kind: i64, size: i64) -> Outcome<bool> {
    this.wanted()?;
    if this.columns.get().is_some() {
        return Err(outcome::warning("unable to add column after table has been created"));
    }
    let kind = match kind {
        TYPE_INT => Kind::Int,
        TYPE_FLOAT => Kind::Float,
        TYPE_STRING => match usize::try_from(size) {
            Ok(size) if size > 0 => Kind::Text(size),
            _ => return Err(outcome::warning("the length of string type values has to be more than zero")),
        },
        _ => return Err(outcome::warning("unknown column type")),
    };
    let added = this.draft.borrow_mut().add(name, kind);
    match added {
        Ok(()) => Ok(true),
        Err(ColumnError::Twice) => {
            let name = String::from_utf8_lossy(name);
            Err(outcome::warning(format!("column[{name}] already exists")))
        }
        Err(ColumnError::TooLarge) => Err(outcome::warning("the row would be too large")),
    }
}

pub(super) fn create(this: This<'_, Object>) -> Outcome<bool> {
    let (size, share) = this.wanted()?;
    if this.columns.get().is_some() {
        return Err(outcome::warning("the table has already been created"));
    }
    let schema = this.draft.borrow().clone();
    let table = match Table::new(size, share, schema) {
        Ok(table) => table,
        Err(no_room) => {
            let (text, errno) = outcome::describe_no_room("the table", no_room);
            outcome::note(errno);
            return Err(outcome::warning(text));
        }
    };
    let bytes = number(table.bytes());
    this.table.replace(Some(table));
    let schema = this.draft.take();
    let names = schema.columns().iter().map(|column| Name::new(&column.name)).collect();
    // It was checked above that there are none yet.
    let _ = this.columns.set(Columns { schema, names });
    this.set("size", number(size));
    this.set("memorySize", bytes);
    Ok(true)
}

pub(super) fn destroy(this: This<'_, Object>) -> Outcome<bool> {
    let table = this.table.take();
    if table.is_none() {
        return Err(not_there(&this));
    }
    drop(this.cursor.take());
    Ok(true)
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The number of rows; with a mode such as COUNT_RECURSIVE, the number of values in them.
pub(super) fn count(this: This<'_, Object>, mode: i64) -> Outcome<i64> {
    this.wanted()?;
    let rows = this.with(Table::len).map_or(0, u64::cast_signed);
    let columns = this.columns.get().map_or(0, |columns| number(columns.names.len()));
    Ok(if mode == COUNT_NORMAL { rows } else { rows.saturating_mul(columns) })
}

pub(super) fn size(this: This<'_, Object>) -> Outcome<i64> {
    let (size, _) = this.wanted()?;
    let is_destroyed = this.columns.get().is_some() && this.table.borrow().is_none();
    Ok(if is_destroyed { 0 } else { number(size) })
}

pub(super) fn memory_size(this: This<'_, Object>) -> Outcome<i64> {
    this.wanted()?;
    Ok(this.with(Table::bytes).map_or(0, number))
}

pub(super) fn stats(this: This<'_, Object>) -> Outcome<NewArray> {
    let stats = match this.with(Table::stats) {
        Ok(stats) => stats,
        Err(failure) => return Err(if this.wanted.peek().is_some() { Failure::False } else { failure }),
    };
    let number = u64::cast_signed;
    Ok(NewArray::with_capacity(8)
        .with("num", number(stats.rows))
        .with("conflict_count", number(stats.collided))
        .with("conflict_max_level", number(stats.longest_chain))
        .with("insert_count", number(stats.added))
        .with("update_count", number(stats.updated))
        .with("delete_count", number(stats.removed))
        .with("available_slice_num", number(stats.further_free))
        .with("total_slice_num", number(stats.further)))
}
