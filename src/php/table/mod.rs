//! `Swoole\Table`: rows that processes share.

mod iterate;
mod rows;
mod values;

use crate::php::outcome;
use crate::rt::shared::table::schema::{Kind, Refused, Schema};
use crate::rt::shared::table::{Failed, Table, buckets};
use crate::zend::arrays::{Name, NewArray};
use crate::zend::class::{Class, Interface, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::Part;
use crate::zend::method;
use crate::zend::object::{PhpClass, This};
use std::cell::{OnceCell, RefCell};

pub(super) const PART: Part = Part { start: |_| CLASS.register(), ..Part::NONE };

const TYPE_INT: i64 = 1;
const TYPE_FLOAT: i64 = 2;
const TYPE_STRING: i64 = 3;

static CLASS: Class = Class::new("Swoole\\Table")
    .objects::<Object>()
    .not_serializable()
    .implements(&[Interface::Iterator, Interface::Countable])
    .constants(&[("TYPE_INT", TYPE_INT), ("TYPE_STRING", TYPE_STRING), ("TYPE_FLOAT", TYPE_FLOAT)])
    .properties(&[Property::public("size"), Property::public("memorySize")])
    .methods(table![
        method!("public function __construct(int $table_size, float $conflict_proportion = 0.2)", construct),
        method!("public function column(string $name, int $type, int $size = 0): bool", column),
        method!("public function create(): bool", create),
        method!("public function destroy(): bool", destroy),
        method!("public function set(string $key, array $value): bool", rows::set),
        method!(
            "public function get(string $key, ?string $field = null): array|string|int|float|false",
            rows::get
        ),
        method!("public function count(): int", count),
        method!("public function del(string $key): bool", rows::del),
        method!("public function delete(string $key): bool", rows::del),
        method!("public function exists(string $key): bool", rows::exists),
        method!("public function exist(string $key): bool", rows::exists),
        method!(
            "public function incr(string $key, string $column, int|float $incrby = 1): ~int|float",
            rows::incr
        ),
        method!(
            "public function decr(string $key, string $column, int|float $incrby = 1): ~int|float",
            rows::decr
        ),
        method!("public function add(string $key, array $values): bool", rows::add),
        method!("public function update(string $key, array $values): bool", rows::update),
        method!("public function cmpset(string $key, array $expected, array $values): bool", rows::cmpset),
        method!("public function cmpdel(string $key, array $expected): bool", rows::cmpdel),
        method!(
            "public function getdel(string $key, ?string $field = null): array|string|int|float|false",
            rows::getdel
        ),
        method!("public function getSize(): int", size),
        method!("public function getMemorySize(): int", memory_size),
        method!("public function stats(): array|false", stats),
        method!("public function rewind(): void", iterate::rewind),
        method!("public function valid(): bool", iterate::valid),
        method!("public function next(): void", iterate::next),
        method!("public function current(): mixed", iterate::current),
        method!("public function key(): mixed", iterate::key),
    ]);

/// What is in front of each object.
#[derive(Default)]
struct Object {
    /// How many buckets and how large a share of further rows was asked for; nothing until the constructor has run.
    wanted: OnceCell<(usize, f64)>,
    /// The columns as they are declared.
    draft: RefCell<Schema>,
    /// Once it was created: the columns as they stay.
    columns: OnceCell<Columns>,
    /// Until it is destroyed.
    table: RefCell<Option<Table>>,
    /// Where an iteration is; nothing before it begins, and at its end.
    cursor: RefCell<Option<iterate::Cursor>>,
}

/// The columns of a table, and their names as keys of arrays.
struct Columns {
    schema: Schema,
    names: Vec<Name>,
}

impl PhpClass for Object {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, _visitor: &mut Visitor) {}
}

impl Object {
    fn wanted(&self) -> Outcome<(usize, f64)> {
        self.wanted.get().copied().ok_or_else(|| outcome::error("must call constructor first"))
    }

    /// The columns of a table that was created.
    fn columns(&self) -> Outcome<&Columns> {
        self.columns.get().ok_or_else(|| not_there(self))
    }

    /// Uses the table. No code of the script and no allocation of the engine may run inside `body`.
    fn with<R>(&self, body: impl FnOnce(&Table) -> R) -> Outcome<R> {
        let table = self.table.borrow();
        table.as_ref().map(body).ok_or_else(|| not_there(self))
    }
}

#[cold]
fn not_there(object: &Object) -> Failure {
    match object.wanted() {
        Ok(_) => outcome::error("the table has not been created or has been destroyed"),
        Err(failure) => failure,
    }
}

/// What a write or a look comes to that was not done.
#[cold]
fn refuse(failed: Failed, method: &str, key: &[u8]) -> Failure {
    let key = String::from_utf8_lossy(key);
    match failed {
        Failed::Full => {
            outcome::note(crate::os::Errno::ENOMEM);
            outcome::warning(format!(
                "failed to {method}('{key}'), unable to allocate memory: all rows are in use"
            ))
        }
        Failed::System(errno) => outcome::system("futex()", errno),
    }
}

fn construct(this: This<'_, Object>, size: i64, share: Option<f64>) -> Outcome<()> {
    let share = share.unwrap_or(0.2);
    // As in Swoole: no smaller share than the usual one, and no more rows beyond than buckets.
    let share = if share.is_nan() { 0.2 } else { share.clamp(0.2, 1.0) };
    let size = buckets(usize::try_from(size).unwrap_or(0));
    this.wanted
        .set((size, share))
        .map_err(|_| outcome::error(format!("Constructor of {} can only be called once", this.class_name())))
}

fn column(this: This<'_, Object>, name: &[u8], kind: i64, size: i64) -> Outcome<bool> {
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
        Err(Refused::Twice) => {
            let name = String::from_utf8_lossy(name);
            Err(outcome::warning(format!("there is a column[{name}] already")))
        }
        Err(Refused::TooLarge) => Err(outcome::warning("the row would be too large")),
    }
}

fn create(this: This<'_, Object>) -> Outcome<bool> {
    let (size, share) = this.wanted()?;
    if this.columns.get().is_some() {
        return Err(outcome::warning("the table has been created already"));
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
    // It was looked above: there are none yet.
    let _ = this.columns.set(Columns { schema, names });
    this.set("size", number(size));
    this.set("memorySize", bytes);
    Ok(true)
}

fn destroy(this: This<'_, Object>) -> Outcome<bool> {
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

fn count(this: This<'_, Object>) -> Outcome<i64> {
    this.with(Table::len).map(|rows| rows.cast_signed())
}

fn size(this: This<'_, Object>) -> Outcome<i64> {
    this.wanted().map(|(size, _)| number(size))
}

fn memory_size(this: This<'_, Object>) -> Outcome<i64> {
    let (size, share) = this.wanted()?;
    match &*this.table.borrow() {
        Some(table) => Ok(number(table.bytes())),
        None => Ok(Table::bytes_for(size, share, &this.draft.borrow()).map_or(i64::MAX, number)),
    }
}

fn stats(this: This<'_, Object>) -> Outcome<NewArray> {
    let stats = match this.with(Table::stats) {
        Ok(stats) => stats,
        Err(failure) => return Err(if this.wanted.get().is_some() { Failure::False } else { failure }),
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
