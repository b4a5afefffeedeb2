--TEST--
a signal wakes all coroutines that wait for it, once; afterwards it does what it did before
--FILE--
<?php
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
$p = new Process(function () {
    run(function () {
        go(function () { $n = System::waitSignal(SIGUSR1); echo "first $n\n"; });
        go(function () { $n = System::waitSignal([SIGUSR2, SIGUSR1]); echo "second $n\n"; });
        var_dump(System::waitSignal(SIGUSR1, 0.001), swoole_strerror(swoole_last_error()));
        Process::kill(getmypid(), SIGUSR1);
        var_dump(System::waitSignal(SIGUSR1, 10));
        // Nobody waits any more once the loop has turned.
        Coroutine::sleep(0.001);
        echo "killed\n";
        Process::kill(getmypid(), SIGUSR1);
        echo "not reached\n";
    });
}, false, 0);
$p->start();
var_dump(Process::wait()['signal'] === SIGUSR1);
?>
--EXPECT--
bool(false)
string(20) "Connection timed out"
first 10
second 10
int(10)
killed
bool(true)
