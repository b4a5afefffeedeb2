--TEST--
waitSignal: returns the number, time-out false, a list of signals, invalid numbers; others run meanwhile.
--EXTENSIONS--
pcntl
--CONFLICTS--
all
--FILE--
<?php
// Pins: waitSignal: returns the number, time-out false, a list of signals, invalid numbers; others run meanwhile.
// Status: documented; the texts are accidental.
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
run(function () {
    go(function () { Coroutine::sleep(0.04); echo "sending\n"; Process::kill(getmypid(), SIGUSR1); });
    var_dump(System::waitSignal(SIGUSR1, 1) === SIGUSR1);
    $t = microtime(true);
    var_dump(System::waitSignal(SIGUSR1, 0.05), microtime(true) - $t < 0.9);
    go(function () { Coroutine::sleep(0.04); Process::kill(getmypid(), SIGUSR2); });
    var_dump(System::waitSignal([SIGUSR1, SIGUSR2], 1) === SIGUSR2);
    var_dump(System::waitSignal(100000, 0.01), System::waitSignal(-1, 0.01));
    go(function () { $r = System::waitSignal(SIGUSR1, 1); echo 'waiter of USR1 ', $r, "\n"; });
    go(function () { $r = System::waitSignal(SIGUSR2, 1); echo 'waiter of USR2 ', $r, "\n"; });
    Coroutine::sleep(0.03);
    Process::kill(getmypid(), SIGUSR2);
    Coroutine::sleep(0.05);
    Process::kill(getmypid(), SIGUSR1);
});
--EXPECTF--
sending
bool(true)
bool(false)
bool(true)
bool(true)

Warning: Swoole\Coroutine\System::waitSignal(): Invalid signal in the given list in %s on line %d

Warning: Swoole\Coroutine\System::waitSignal(): Invalid signal in the given list in %s on line %d
bool(false)
bool(false)
waiter of USR2 12
waiter of USR1 10
