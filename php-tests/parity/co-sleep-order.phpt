--TEST--
sleeping coroutines wake in the order of their deadlines; sleep returns true; bad values.
--CONFLICTS--
all
--FILE--
<?php
// Pins: sleeping coroutines wake in the order of their deadlines; sleep returns true; bad values.
// Status: documented; the text is accidental.
use Swoole\Coroutine;
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
$t = microtime(true);
run(function () {
    foreach ([0.16, 0.04, 0.1, 0.22] as $i => $s) {
        go(function () use ($i, $s) {
            $r = System::sleep($s);
            echo "$i after $s ", json_encode($r), "\n";
        });
    }
    var_dump(Coroutine::sleep(0), Coroutine::sleep(-1), System::sleep(0.0001));
});
$t = microtime(true) - $t;
var_dump($t >= 0.21 && $t < 1);
--EXPECTF--

Warning: Swoole\Coroutine::sleep(): Timer must be greater than or equal to 0.001 in %s on line %d

Warning: Swoole\Coroutine::sleep(): Timer must be greater than or equal to 0.001 in %s on line %d

Warning: Swoole\Coroutine\System::sleep(): Timer must be greater than or equal to 0.001 in %s on line %d
bool(false)
bool(false)
bool(false)
1 after 0.04 true
2 after 0.1 true
0 after 0.16 true
3 after 0.22 true
bool(true)
