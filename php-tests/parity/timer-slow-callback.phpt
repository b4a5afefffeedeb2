--TEST--
a tick that was missed because a callback was busy is not made up for.
--CONFLICTS--
all
--FILE--
<?php
// Pins: a tick that was missed because a callback was busy is not made up for.
// Status: accidental, but relied on.
use Swoole\{Event, Timer};
$n = 0;
$log = [];
Timer::tick(40, function ($id) use (&$n, &$log) {
    $n++;
    $log[] = "tick $n";
    if ($n === 1) {
        $t = microtime(true);
        while (microtime(true) - $t < 0.23);
        $log[] = 'busy for 230 ms';
    }
});
Timer::after(340, function () use (&$n, &$log) {
    $log[] = 'stop';
    echo $n <= 4 ? "no burst\n" : "burst of $n\n";
    Timer::clearAll();
});
Event::wait();
echo implode(', ', array_slice($log, 0, 3)), "\n";
--EXPECT--
no burst
tick 1, busy for 230 ms, tick 2
