--TEST--
coroutines of go() outside of run() that still wait when a script ends whose loop never had to run: the report, as after Event::wait().
--FILE--
<?php
// Pins: coroutines of go() outside of run() that still wait when a script ends whose loop never had to run: the report, as after Event::wait().
// Status: accidental, but the only sign of a lost coroutine.
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\go;
$c = new Channel(2);
for ($i = 0; $i < 3; $i++) {
    go(function () use ($c, $i) { $c->push($i); });
}
go(function () use ($c) {
    while (true) {
        $c->pop();
    }
});
echo "end of script\n";
--EXPECTF--
end of script

Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in %s on line %d

 =================================================================
  [FATAL ERROR]: all coroutines (count: 1) are asleep - deadlock!
 =================================================================

  [Coroutine-4]
 -----------------------------------------------------------------
%A
 =================================================================
