--TEST--
Table: what cannot be done with one is refused, and may be caught
--FILE--
<?php
use Swoole\Table;

class WithoutParent extends Table
{
    public function __construct()
    {
    }
}

function attempt(callable $body): void
{
    try {
        echo json_encode($body()), "\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}

$arguments = ['column' => ['c', 1], 'create' => [], 'destroy' => [], 'set' => ['k', []], 'get' => ['k'], 'count' => [], 'del' => ['k'], 'exists' => ['k'],
    'incr' => ['k', 'c'], 'add' => ['k', []], 'cmpset' => ['k', [], []], 'cmpdel' => ['k', []], 'getdel' => ['k'], 'stats' => [], 'rewind' => [], 'next' => [],
    'valid' => [], 'current' => [], 'key' => [], 'getSize' => [], 'getMemorySize' => []];
foreach ($arguments as $method => $with) {
    echo "$method ";
    attempt(fn () => (new WithoutParent())->$method(...$with));
}
echo "not created\n";
$t = new Table(1);
attempt(fn () => [$t->size, $t->getSize(), $t->memorySize, $t->getMemorySize(), $t->count(), $t->stats(), $t->valid(), $t->current(), $t->key()]);
foreach (['set', 'get', 'incr', 'del', 'rewind', 'destroy'] as $method) {
    attempt(fn () => $t->$method(...$arguments[$method]));
}
attempt(fn () => $t->__construct(5));
attempt(fn () => [$t->column('s', Table::TYPE_STRING), $t->column('s', Table::TYPE_STRING, -1), $t->column('x', 7)]);
attempt(fn () => [$t->column('s', Table::TYPE_STRING, 3), $t->column('s', Table::TYPE_INT), $t->column('s', Table::TYPE_STRING, PHP_INT_MAX)]);
attempt(fn () => [$t->column('n', Table::TYPE_INT, 1), $t->column('f', Table::TYPE_FLOAT), $t->create()]);
attempt(fn () => [$t->create(), $t->column('late', Table::TYPE_INT), $t->size, $t->memorySize === $t->getMemorySize()]);
echo "created\n";
attempt(fn () => clone $t);
attempt(fn () => serialize($t));
attempt(fn () => $t->set('k', 'value'));
attempt(fn () => $t->set([], []));
attempt(fn () => $t->incr('k', 'n', 'many'));
attempt(fn () => $t->incr('k', 'n', '2'));
attempt(fn () => $t->decr('k', 's'));
attempt(fn () => $t->incr('k', 'none'));
attempt(fn () => $t->get('k', 'none'));
attempt(fn () => $t->getdel('k', 'none'));
attempt(fn () => $t->cmpset('k', ['none' => 1], ['n' => 1]));
attempt(fn () => $t->cmpdel('k', ['none' => 1]));
attempt(fn () => $t->get('k'));
foreach ($t as $row) {
    echo "destroyed\n";
    attempt(fn () => [$t->destroy(), $t->valid(), $t->stats(), $t->count(), $t->getSize(), $t->getMemorySize(), $t->size, $t->memorySize > 0]);
    attempt(fn () => $t->get('k'));
    attempt(fn () => $t->destroy());
    attempt(fn () => $t->create());
    try {
        $t->next();
    } catch (Error $e) {
        echo $e->getMessage(), "\n";
        break;
    }
}
// What no memory is large enough for.
$t = new Table(PHP_INT_MAX);
var_dump($t->getSize());
$t->column('s', Table::TYPE_STRING, 1 << 30);
ob_start();
$created = $t->create();
echo $created ? 'created' : preg_replace('/\d{5,}/', 'N', trim(ob_get_clean())), "\n";
?>
--EXPECTF--
column Swoole\Error: must call constructor first
create Swoole\Error: must call constructor first
destroy Swoole\Error: must call constructor first
set Swoole\Error: must call constructor first
get Swoole\Error: must call constructor first
count Swoole\Error: must call constructor first
del Swoole\Error: must call constructor first
exists Swoole\Error: must call constructor first
incr Swoole\Error: must call constructor first
add Swoole\Error: must call constructor first
cmpset Swoole\Error: must call constructor first
cmpdel Swoole\Error: must call constructor first
getdel Swoole\Error: must call constructor first
stats Swoole\Error: must call constructor first
rewind Swoole\Error: must call constructor first
next Swoole\Error: must call constructor first
valid false
current null
key null
getSize Swoole\Error: must call constructor first
getMemorySize Swoole\Error: must call constructor first
not created
[null,64,null,0,0,false,false,null,null]
Swoole\Error: table is not created or has been destroyed
Swoole\Error: table is not created or has been destroyed
Swoole\Error: table is not created or has been destroyed
Swoole\Error: table is not created or has been destroyed
Swoole\Error: table is not created or has been destroyed
Swoole\Error: table is not created or has been destroyed
Swoole\Error: Constructor of Swoole\Table can only be called once

Warning: Swoole\Table::column(): the length of string type values has to be more than zero in %s on line %d

Warning: Swoole\Table::column(): the length of string type values has to be more than zero in %s on line %d

Warning: Swoole\Table::column(): unknown column type in %s on line %d
[false,false,false]

Warning: Swoole\Table::column(): column[s] already exists in %s on line %d

Warning: Swoole\Table::column(): column[s] already exists in %s on line %d
[true,false,false]
[true,true,true]

Warning: Swoole\Table::create(): the table has already been created in %s on line %d

Warning: Swoole\Table::column(): unable to add column after table has been created in %s on line %d
[false,false,64,true]
created
Error: Trying to clone an uncloneable object of class Swoole\Table
Exception: Serialization of 'Swoole\Table' is not allowed
TypeError: Swoole\Table::set(): Argument #2 ($value) must be of type array, string given
TypeError: Swoole\Table::set(): Argument #1 ($key) must be of type string, array given
TypeError: Swoole\Table::incr(): Argument #3 ($incrby) must be of type int|float, string given
2

Warning: Swoole\Table::decr(): can't execute 'decr' on a string type column in %s on line %d
false

Warning: Swoole\Table::incr(): column[none] does not exist in %s on line %d
false
false

Warning: Swoole\Table::getdel(): column[none] does not exist in %s on line %d
false

Warning: Swoole\Table::cmpset(): the values to compare have a column that does not exist in %s on line %d
false

Warning: Swoole\Table::cmpdel(): the values to compare have a column that does not exist in %s on line %d
false
{"s":"","n":2,"f":0}
destroyed
[true,false,false,0,0,0,64,true]
Swoole\Error: table is not created or has been destroyed
Swoole\Error: table is not created or has been destroyed

Warning: Swoole\Table::create(): the table has already been created in %s on line %d
false
table is not created or has been destroyed
int(2147483648)
Warning: Swoole\Table::create(): cannot get N bytes of shared memory for the table: %s in %s on line %d
