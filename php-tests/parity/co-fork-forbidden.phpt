--TEST--
a process cannot be started inside a coroutine.
--FILE--
<?php
// Pins: a process cannot be started inside a coroutine.
// Status: documented; the text is accidental.
use Swoole\Process;
use function Swoole\Coroutine\run;
run(function () {
    $p = new Process(fn () => print("child\n"), false, 0);
    echo "made\n";
    $p->start();
    echo "not reached\n";
});
echo "not reached\n";
--EXPECTF--
made

Fatal error: Uncaught Swoole\Error: must be forked outside the coroutine in %s:%d
Stack trace:
%A
  thrown in %s on line %d
