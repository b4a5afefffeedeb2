--TEST--
every method of an object whose constructor did not run throws a Swoole\Error that can be caught, the static ones work
--FILE--
<?php
use Swoole\Process;
class Half extends Process
{
    public function __construct() {}
}
$objects = [
    'subclass' => new Half(),
    'reflection' => (new ReflectionClass(Process::class))->newInstanceWithoutConstructor(),
];
try {
    new Process('no such function');
} catch (TypeError $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
$arguments = [
    'setPriority' => [PRIO_PROCESS, 1],
    'getPriority' => [PRIO_PROCESS],
    'set' => [['enable_coroutine' => true]],
    'setTimeout' => [1.0],
    'setBlocking' => [true],
    'write' => ['x'],
    'push' => ['x'],
    'exec' => ['/bin/true', []],
];
foreach ($objects as $how => $object) {
    echo "--- $how\n";
    foreach ((new ReflectionClass(Process::class))->getMethods() as $method) {
        if ($method->isStatic() || $method->isConstructor() || $method->isDestructor() || $method->name === 'name') {
            continue;
        }
        try {
            var_dump($object->{$method->name}(...$arguments[$method->name] ?? []));
        } catch (Throwable $e) {
            echo $method->name, '(): ', get_class($e), ': ', $e->getMessage(), ' ', $e->getCode(), "\n";
        }
    }
    var_dump(array_filter((array) $object));
}
?>
--EXPECT--
TypeError: Swoole\Process::__construct(): Argument #1 ($callback) must be a valid callback, function "no such function" not found or invalid function name
--- subclass
setPriority(): Swoole\Error: must call constructor first 0
getPriority(): Swoole\Error: must call constructor first 0
set(): Swoole\Error: must call constructor first 0
setTimeout(): Swoole\Error: must call constructor first 0
setBlocking(): Swoole\Error: must call constructor first 0
useQueue(): Swoole\Error: must call constructor first 0
statQueue(): Swoole\Error: must call constructor first 0
freeQueue(): Swoole\Error: must call constructor first 0
start(): Swoole\Error: must call constructor first 0
write(): Swoole\Error: must call constructor first 0
close(): Swoole\Error: must call constructor first 0
read(): Swoole\Error: must call constructor first 0
push(): Swoole\Error: must call constructor first 0
pop(): Swoole\Error: must call constructor first 0
exit(): Swoole\Error: must call constructor first 0
exec(): Swoole\Error: must call constructor first 0
exportSocket(): Swoole\Error: must call constructor first 0
array(0) {
}
--- reflection
setPriority(): Swoole\Error: must call constructor first 0
getPriority(): Swoole\Error: must call constructor first 0
set(): Swoole\Error: must call constructor first 0
setTimeout(): Swoole\Error: must call constructor first 0
setBlocking(): Swoole\Error: must call constructor first 0
useQueue(): Swoole\Error: must call constructor first 0
statQueue(): Swoole\Error: must call constructor first 0
freeQueue(): Swoole\Error: must call constructor first 0
start(): Swoole\Error: must call constructor first 0
write(): Swoole\Error: must call constructor first 0
close(): Swoole\Error: must call constructor first 0
read(): Swoole\Error: must call constructor first 0
push(): Swoole\Error: must call constructor first 0
pop(): Swoole\Error: must call constructor first 0
exit(): Swoole\Error: must call constructor first 0
exec(): Swoole\Error: must call constructor first 0
exportSocket(): Swoole\Error: must call constructor first 0
array(0) {
}
