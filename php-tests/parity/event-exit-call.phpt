--TEST--
exit() inside a callback of the loop throws Swoole\ExitException, which may be caught; uncaught it ends the script with 255.
--FILE--
<?php
// Pins: exit() inside a callback of the loop throws Swoole\ExitException, which may be caught; uncaught it ends the script with 255.
// Status: documented (ExitException); that loop callbacks run in coroutines is accidental, but relied on.
use Swoole\{Process, Event, Timer, Coroutine};
function run(callable $f) { $p = new Process($f, false, 0); $p->start(); $r = Process::wait(); echo "code={$r['code']} signal={$r['signal']}\n"; }
run(function () {
    Timer::after(20, function () {
        echo 'in a coroutine: ', json_encode(Coroutine::getCid() > 0), "\n";
        try {
            exit(7);
        } catch (Swoole\ExitException $e) {
            echo get_class($e), ' ', $e->getMessage(), ' status ', $e->getStatus(), ' flags ', $e->getFlags(), "\n";
        }
        Timer::after(20, fn () => print("the loop goes on\n"));
    });
    Event::wait();
});
run(function () {
    Timer::after(20, function () { exit(7); });
    Event::wait();
});
--EXPECTF--
in a coroutine: true
Swoole\ExitException swoole exit status 7 flags 2
the loop goes on
code=0 signal=0

Fatal error: Uncaught Swoole\ExitException: swoole exit in %s:%d
Stack trace:
%A
  thrown in %s on line %d
code=255 signal=0
