--TEST--
yield and resume; resume of a running, an unknown and a sleeping coroutine.
--FILE--
<?php
// Pins: yield and resume; resume of a running, an unknown and a sleeping coroutine.
// Status: documented; the texts are accidental.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
run(function () {
    $cid = go(function () {
        echo "a1\n";
        var_dump(Coroutine::yield());
        echo "a2\n";
        Coroutine::suspend();
        echo "a3\n";
    });
    echo "main 1\n";
    var_dump(Coroutine::resume($cid));
    echo "main 2\n";
    Coroutine::resume($cid);
    echo "main 3\n";
    var_dump(Coroutine::resume($cid));
    var_dump(Coroutine::resume(Coroutine::getCid()));
    $s = go(fn () => Coroutine::sleep(0.02));
    var_dump(Coroutine::resume($s));
    Coroutine::sleep(0.05);
});
echo "end\n";
--EXPECTF--
a1
main 1
bool(true)
a2
bool(true)
main 2
a3
main 3

Warning: Swoole\Coroutine::resume(): can not resume the coroutine which is in IO operation or non-existent in %s on line %d
bool(false)

Warning: Swoole\Coroutine::resume(): can not resume the coroutine which is in IO operation or non-existent in %s on line %d
bool(false)

Warning: Swoole\Coroutine::resume(): can not resume the coroutine which is in IO operation or non-existent in %s on line %d
bool(false)
end
