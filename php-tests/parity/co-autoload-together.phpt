--TEST--
two coroutines that need one class while its autoloader waits both get it; a class that nobody finds is not found for both.
--FILE--
<?php
// Pins: two coroutines that need one class while its autoloader waits both get it; a class that nobody finds is not found for both.
// Status: documented in part.
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};
$calls = 0;
spl_autoload_register(function (string $class) use (&$calls) {
    $calls++;
    Coroutine::sleep(0.05);
    if ($class === 'Wanted') {
        eval('class Wanted { public int $n = 1; }');
    }
});
run(function () {
    foreach (['first', 'second', 'third'] as $name) {
        go(function () use ($name) {
            $wanted = new Wanted();
            echo "$name ", get_class($wanted), "\n";
        });
    }
});
var_dump($calls);
run(function () {
    foreach (['x', 'y'] as $name) {
        go(function () use ($name) {
            echo json_encode([$name, class_exists('Nowhere')]), "\n";
        });
    }
});
echo "done\n";
--EXPECT--
second Wanted
third Wanted
first Wanted
int(1)
["y",false]
["x",false]
done
