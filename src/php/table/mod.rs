//! `Swoole\Table`: rows that processes share.

mod iterate;
mod life;
mod rows;
mod state;
mod values;

use crate::zend::class::{Class, Interface, Property, table};
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{Part, once};
use crate::zend::method;
use crate::zend::object::PhpClass;
use life::{TYPE_FLOAT, TYPE_INT, TYPE_STRING};
use state::Object;

pub(super) const PART: Part = Part { start: once!(|_| CLASS.register()), ..Part::NONE };

static CLASS: Class = Class::new("Swoole\\Table")
    .objects::<Object>()
    .not_serializable()
    .implements(&[Interface::Iterator, Interface::Countable])
    .constants(&[("TYPE_INT", TYPE_INT), ("TYPE_STRING", TYPE_STRING), ("TYPE_FLOAT", TYPE_FLOAT)])
    .properties(&[Property::public("size"), Property::public("memorySize")])
    .methods(table![
        method!(
            "public function __construct(int $table_size, float $conflict_proportion = 0.2)",
            life::construct
        ),
        method!("public function column(string $name, int $type, int $size = 0): bool", life::column),
        method!("public function create(): bool", life::create),
        method!("public function destroy(): bool", life::destroy),
        method!("public function set(string $key, array $value): bool", rows::set),
        method!(
            "public function get(string $key, ?string $field = null): array|string|int|float|false",
            rows::get
        ),
        method!("public function count(#int $mode = 0): int", life::count),
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
        method!("public function getSize(): int", life::size),
        method!("public function getMemorySize(): int", life::memory_size),
        method!("public function stats(): array|false", life::stats),
        method!("public function rewind(): void", iterate::rewind),
        method!("public function valid(): bool", iterate::valid),
        method!("public function next(): void", iterate::next),
        method!("public function current(): mixed", iterate::current),
        method!("public function key(): mixed", iterate::key),
    ])
    // A later Swoole has these. Classes of scripts that extend this one have methods of such names.
    .additions(table![
        method!("public function add(string $key, array $values): bool", rows::add),
        method!("public function update(string $key, array $values): bool", rows::update),
        method!("public function cmpset(string $key, array $expected, array $values): bool", rows::cmpset),
        method!("public function cmpdel(string $key, array $expected): bool", rows::cmpdel),
        method!(
            "public function getdel(string $key, ?string $field = null): array|string|int|float|false",
            rows::getdel
        ),
    ]);

impl PhpClass for Object {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, _visitor: &mut Visitor) {}
}
