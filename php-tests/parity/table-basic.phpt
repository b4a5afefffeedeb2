--TEST--
Table: columns, set, get, one field, exists, del, count, update of some columns, wrong types, unknown columns.
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
// Pins: Table: columns, set, get, one field, exists, del, count, update of some columns, wrong types, unknown columns.
// Status: documented.
use Swoole\Table;
$t = new Table(64);
var_dump($t->column('id', Table::TYPE_INT), $t->column('name', Table::TYPE_STRING, 10), $t->column('x', Table::TYPE_FLOAT));
var_dump($t->create(), $t->size >= 64, $t->getSize() >= 64, $t->memorySize > 0);
var_dump($t->set('a', ['id' => 1, 'name' => 'Ann', 'x' => 1.5]), $t->set('b', ['id' => '42abc', 'name' => 12345, 'nothing' => 1]));
echo json_encode($t->get('a')), ' ', json_encode($t->get('b')), ' ', json_encode($t->get('c')), "\n";
var_dump($t->get('a', 'name'), $t->get('a', 'missing'), $t->exists('a'), $t->exist('c'), count($t));
$t->set('a', ['name' => 'much longer than ten bytes']);
$t->set('a', ['id' => -7]);
echo json_encode($t->get('a')), "\n";
var_dump($t->del('a'), $t->del('a'), $t->delete('b'), $t->count(), count($t));
$t->set('', ['id' => 1]);
$t->set('12', ['id' => 12]);
var_dump($t->get('')['id'], $t->get('12', 'id'));
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
{"id":1,"name":"Ann","x":1.5} {"id":42,"name":"12345","x":0} false
string(3) "Ann"
bool(false)
bool(true)
bool(false)
int(2)
{"id":-7,"name":"much longer than","x":1.5}
bool(true)
bool(false)
bool(true)
int(0)
int(0)
int(1)
int(12)
