--TEST--
timers and coroutines that are made in a shutdown function are still run to their end, without a loop before.
--FILE--
<?php
// Pins: timers and coroutines that are made in a shutdown function are still run to their end, without a loop before.
// Status: accidental, but relied on.
use Swoole\{Process, Timer, Coroutine};
foreach (['timer' => fn () => Timer::after(20, fn () => print("timer of a shutdown function\n")),
          'coroutine' => fn () => go(function () { Coroutine::sleep(0.02); echo "coroutine of a shutdown function\n"; })] as $what => $f) {
    $p = new Process(function () use ($f) {
        register_shutdown_function($f);
        register_shutdown_function(fn () => print("second shutdown function\n"));
        echo "body\n";
    }, false, 0);
    $p->start();
    $r = Process::wait();
    $out[] = "$what: code={$r['code']} signal={$r['signal']}\n";
}
echo implode($out);
--EXPECTF--
body
second shutdown function

Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in %s on line %d
timer of a shutdown function
body
second shutdown function

Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in %s on line %d
coroutine of a shutdown function
timer: code=0 signal=0
coroutine: code=0 signal=0
