--TEST--
a coroutine that waits again and again for several signals gets each, also those that come together
--FILE--
<?php
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
run(function () {
    $got = [];
    go(function () use (&$got) {
        while (count($got) < 6) {
            $got[] = System::waitSignal([SIGUSR1, SIGUSR2, SIGTERM], 10);
        }
    });
    foreach ([1, 2] as $round) {
        foreach ([SIGTERM, SIGUSR2, SIGUSR1] as $signal) {
            Process::kill(getmypid(), $signal);
        }
        Coroutine::sleep(0.001);
    }
    echo implode(' ', $got), "\n";
});
?>
--EXPECT--
10 12 15 10 12 15
