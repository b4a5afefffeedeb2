--TEST--
a callback of the loop is a coroutine, so that a process cannot be started in it; with enable_coroutine off it can, and exit() is plain.
--FILE--
<?php
// Pins: a callback of the loop is a coroutine, so that a process cannot be started in it; with enable_coroutine off it can, and exit() is plain.
// Status: documented; the text is accidental.
use Swoole\{Process, Timer, Event, Coroutine};
function run(callable $f) { $p = new Process($f, false, 0); $p->start(); $r = Process::wait(); echo "code={$r['code']} signal={$r['signal']}\n"; }
$in_timer = function () {
    echo 'coroutine ', json_encode(Coroutine::getCid() > 0), "\n";
    $q = new Process(function () { echo "grandchild\n"; exit(2); }, false, 0);
    $q->start();
    $code = Process::wait()['code'];
    echo "reaped $code\n";
    exit(9);
};
run(function () use ($in_timer) {
    Timer::after(10, $in_timer);
    Event::wait();
});
run(function () use ($in_timer) {
    swoole_async_set(['enable_coroutine' => false]);
    Timer::after(10, $in_timer);
    Event::wait();
});
--EXPECTF--
coroutine true

Fatal error: Uncaught Swoole\Error: must be forked outside the coroutine in %s:%d
Stack trace:
%A
  thrown in %s on line %d
code=255 signal=0
coroutine false
grandchild
reaped 2
code=9 signal=0
