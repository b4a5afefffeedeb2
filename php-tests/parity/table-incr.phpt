--TEST--
incr and decr: int and float columns, new rows, steps, string columns, unknown columns.
--FILE--
<?php
// Pins: incr and decr: int and float columns, new rows, steps, string columns, unknown columns.
// Status: documented; the texts are accidental.
use Swoole\Table;
$t = new Table(16);
$t->column('n', Table::TYPE_INT);
$t->column('f', Table::TYPE_FLOAT);
$t->column('s', Table::TYPE_STRING, 8);
$t->create();
var_dump($t->incr('k', 'n'), $t->incr('k', 'n', 10), $t->decr('k', 'n', 4), $t->decr('k', 'n'));
var_dump($t->incr('k', 'f', 0.5), $t->decr('k', 'f', 2), $t->incr('k', 'f'));
var_dump($t->incr('k', 's'), $t->incr('k', 'none'), $t->decr('new', 'n', 3));
echo json_encode($t->get('new')), "\n";
var_dump($t->count());
--EXPECTF--
int(1)
int(11)
int(7)
int(6)
float(0.5)
float(-1.5)
float(-0.5)

Warning: Swoole\Table::incr(): can't execute 'incr' on a string type column in %s on line %d

Warning: Swoole\Table::incr(): column[none] does not exist in %s on line %d
bool(false)
bool(false)
int(-3)
{"n":-3,"f":0,"s":""}
int(2)
