--TEST--
Table: count() takes a mode that its declaration does not show; other modes than COUNT_NORMAL count the values of all rows
--SKIPIF--
<?php if (PHP_DEBUG) die('skip a debug build refuses arguments that are not declared'); ?>
--FILE--
<?php
use Swoole\Table;

$t = new Table(64);
$t->column('a', Table::TYPE_INT);
$t->column('b', Table::TYPE_STRING, 8);
var_dump($t->count(COUNT_RECURSIVE));
$t->create();
$t->set('x', ['a' => 1]);
$t->set('y', ['b' => 'b']);
$t->set('z', []);
var_dump($t->count(), $t->count(COUNT_NORMAL), $t->count(COUNT_RECURSIVE), $t->count(7), $t->count('1'));
// PHP's function passes no mode on.
var_dump(count($t), count($t, COUNT_RECURSIVE));
$method = new ReflectionMethod($t, 'count');
echo $method->getNumberOfParameters(), ' parameters, returns ', $method->getReturnType(), "\n";
foreach ([['a'], [0, 1], ['mode' => 1]] as $arguments) {
    try {
        $t->count(...$arguments);
    } catch (Error $error) {
        echo get_class($error), ': ', $error->getMessage(), "\n";
    }
}
$t->destroy();
var_dump($t->count(COUNT_RECURSIVE));
?>
--EXPECT--
int(0)
int(3)
int(3)
int(6)
int(6)
int(6)
int(3)
int(3)
0 parameters, returns int
TypeError: Swoole\Table::count(): Argument #1 must be of type int, string given
ArgumentCountError: Swoole\Table::count() expects at most 1 argument, 2 given
Error: Unknown named parameter $mode
int(0)
