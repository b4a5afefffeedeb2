--TEST--
timers that a child leaves behind when its callback returns: whether the child runs them before it ends.
--FILE--
<?php
// Pins: timers that a child leaves behind when its callback returns: whether the child runs them before it ends.
// Status: accidental, but relied on.
use Swoole\{Event, Timer, Process};
$p = new Process(function () {
    Timer::after(50, fn () => print("timer of the child\n"));
    echo "child callback returns\n";
}, false, 0);
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
$p = new Process(function () {
    Timer::after(50, fn () => print("timer of the coroutine child\n"));
    echo "child callback returns\n";
}, false, 0, true);
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
--EXPECTF--
child callback returns

Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in %s on line %d
timer of the child
code=0 signal=0
child callback returns
timer of the coroutine child
code=0 signal=0
