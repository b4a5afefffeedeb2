--TEST--
Process::signal() for a signal that a coroutine waits for, and waitSignal() for one that has a handler, are refused.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: Process::signal() for a signal that a coroutine waits for, and waitSignal() for one that has a handler, are refused.
// Status: documented in part; the texts are accidental.
use Swoole\{Process, Coroutine};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
run(function () {
    go(function () { $r = System::waitSignal(SIGUSR1, 1); echo 'waiter ', json_encode($r), "\n"; });
    var_dump(Process::signal(SIGUSR1, fn () => null));
    var_dump(Process::signal(SIGUSR2, fn () => print("handler of USR2\n")));
    var_dump(System::waitSignal(SIGUSR2, 0.05));
    Process::kill(getmypid(), SIGUSR2);
    Coroutine::sleep(0.05);
    var_dump(Process::signal(SIGUSR2, null));
});
$p = new Process(fn () => exit(4), false, 0);
$p->start();
run(function () {
    $r = System::wait(1);
    echo "code={$r['code']}\n";
    var_dump(Process::signal(SIGCHLD, fn () => null));
});
--EXPECTF--

Warning: Swoole\Process::signal(): signal [10] processor has been registered by the system in %s on line %d
bool(false)
bool(true)

Warning: Swoole\Coroutine\System::waitSignal(): Unable to wait signal, async signal listener has been registered in %s on line %d
bool(false)
handler of USR2
bool(true)
waiter false
code=4

Warning: Swoole\Process::signal(): signal [17] processor has been registered by the system in %s on line %d
bool(false)
