--TEST--
join: waits for all, time-out, finished and unknown ids, itself, the empty list.
--FILE--
<?php
// Pins: join: waits for all, time-out, finished and unknown ids, itself, the empty list.
// Status: documented; the texts are accidental.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
run(function () {
    $a = go(function () { Coroutine::sleep(0.05); echo "a ends\n"; });
    $b = go(function () { Coroutine::sleep(0.1); echo "b ends\n"; });
    var_dump(Coroutine::join([$a, $b]));
    echo "joined\n";
    var_dump(Coroutine::join([$a, $b]), swoole_last_error() === SWOOLE_ERROR_INVALID_PARAMS);
    $c = go(function () { Coroutine::sleep(0.15); echo "c ends\n"; });
    var_dump(Coroutine::join([$c], 0.05));
    var_dump(Coroutine::join([$a, $c]));
    var_dump(Coroutine::join([]));
    var_dump(Coroutine::join([Coroutine::getCid()]));
});
--EXPECTF--
a ends
b ends
bool(true)
joined
bool(false)
bool(true)
bool(false)
c ends
bool(true)
bool(false)

Warning: Swoole\Coroutine::join(): can not join self in %s on line %d
bool(false)
