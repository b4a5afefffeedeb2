--TEST--
go() runs the function at once until it gives way; the order of two coroutines with sleeps; run() returns true at the end.
--FILE--
<?php
// Pins: go() runs the function at once until it gives way; the order of two coroutines with sleeps; run() returns true at the end.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
$r = run(function () {
    echo "1 outer starts\n";
    $a = go(function () {
        echo "2 a starts\n";
        Coroutine::sleep(0.12);
        echo "6 a ends\n";
    });
    echo "3 outer goes on\n";
    go(function () {
        echo "4 b starts\n";
        Coroutine::sleep(0.02);
        echo "5b b ends\n";
    });
    echo "5 outer ends\n";
});
var_dump($r);
echo "after run\n";
--EXPECT--
1 outer starts
2 a starts
3 outer goes on
4 b starts
5 outer ends
5b b ends
6 a ends
bool(true)
after run
