--TEST--
Barrier: wait returns when all that use it have ended; time-out; the variable is null afterwards.
--FILE--
<?php
// Pins: Barrier: wait returns when all that use it have ended; time-out; the variable is null afterwards.
// Status: documented.
use Swoole\Coroutine;
use Swoole\Coroutine\Barrier;
use function Swoole\Coroutine\{run, go};
run(function () {
    $b = Barrier::make();
    $n = 0;
    for ($i = 1; $i <= 4; $i++) {
        go(function () use ($b, &$n, $i) { Coroutine::sleep(0.02 * $i); $n++; });
    }
    Barrier::wait($b);
    echo "$n done, ", json_encode($b), "\n";
    $b = Barrier::make();
    Barrier::wait($b);
    echo "nobody to wait for\n";
    $b = Barrier::make();
    $m = 0;
    go(function () use ($b, &$m) { Coroutine::sleep(0.2); $m++; });
    Barrier::wait($b, 0.05);
    echo "$m done at the time-out\n";
    Coroutine::sleep(0.4);
    echo "$m done later\n";
});
--EXPECT--
4 done, null
nobody to wait for
0 done at the time-out
1 done later
