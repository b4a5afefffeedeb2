--TEST--
swoole_get_objects(), swoole_get_object_by_handle() and swoole_get_vm_status() show the objects of the script
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

final class Kept
{
    public function __construct(public readonly string $name)
    {
    }

    public function __destruct()
    {
        $same = swoole_get_object_by_handle(spl_object_id($this)) === $this;
        echo "destructor of {$this->name}: ", $same ? 'found' : 'not found', "\n";
    }
}

function names(): string
{
    $kept = array_filter(swoole_get_objects(), fn (object $object) => $object instanceof Kept);
    return implode(' ', array_map(fn (Kept $object) => $object->name, $kept)) ?: 'none';
}

echo names(), "\n";
$a = new Kept('a');
$b = new Kept('b');
echo names(), "\n";
var_dump(swoole_get_object_by_handle(spl_object_id($b)) === $b);

// Handles without an object.
$id = spl_object_id($a);
unset($a);
var_dump(swoole_get_object_by_handle($id), swoole_get_object_by_handle(0), swoole_get_object_by_handle(-1), swoole_get_object_by_handle(PHP_INT_MAX));
echo names(), "\n";

// The numbers. All objects, and their number, are the same.
$before = swoole_get_vm_status();
var_dump(array_keys($before), count(swoole_get_objects()) === $before['object_num']);
$file = fopen('php://memory', 'r');
$c = new Kept('c');
$after = swoole_get_vm_status();
var_dump($after['object_num'] - $before['object_num'], $after['resource_num'] > $before['resource_num']);
unset($c);

// A coroutine that waits keeps its objects. One that has ended keeps none.
run(function () {
    go(function () {
        $mine = new Kept('of a coroutine');
        Coroutine::sleep(0.001);
    });
    echo names(), "\n";
});
echo names(), "\n";

// An iteration has an object of the engine, which is no object of the script. All objects of the script can be used.
foreach (new ArrayIterator([1]) as $ignored) {
    (function () { yield from new ArrayIterator([1]); })()->current();
    foreach (swoole_get_objects() as $object) {
        if (str_starts_with(get_class($object), '__')) {
            echo get_class($object), "\n";
        }
        ob_start();
        var_dump($object);
        ob_end_clean();
    }
}
unset($object);
echo "end\n";
?>
--EXPECT--
none
a b
bool(true)
destructor of a: found
bool(false)
bool(false)
bool(false)
bool(false)
b
array(2) {
  [0]=>
  string(10) "object_num"
  [1]=>
  string(12) "resource_num"
}
bool(true)
int(1)
bool(true)
destructor of c: found
b of a coroutine
destructor of of a coroutine: found
b
end
destructor of b: found
