--TEST--
an uncaught exit inside a coroutine of a child process: the message and the exit status that the parent sees.
--FILE--
<?php
// Pins: an uncaught exit inside a coroutine of a child process: the message and the exit status that the parent sees.
// Status: accidental, but relied on.
use Swoole\{Coroutine, Process};
function run(callable $f, bool $co) { $p = new Process($f, false, 0, $co); $p->start(); $r = Process::wait(); echo "code={$r['code']} signal={$r['signal']}\n"; }
run(function () { Coroutine\run(function () { echo "in run\n"; exit(4); }); echo "after run\n"; }, false);
run(function () { echo "coroutine process\n"; exit(5); }, true);
run(function () { try { exit(6); } catch (Swoole\ExitException $e) { echo 'caught ', $e->getStatus(), "\n"; } }, true);
run(function () { go(function () { Coroutine::sleep(0.02); exit(7); }); echo "main part ends\n"; }, true);
--EXPECTF--
in run

Fatal error: Uncaught Swoole\ExitException: swoole exit in %s:%d
Stack trace:
%A
  thrown in %s on line %d
code=255 signal=0
coroutine process

Fatal error: Uncaught Swoole\ExitException: swoole exit in %s:%d
Stack trace:
%A
  thrown in %s on line %d
code=255 signal=0
caught 6
code=0 signal=0
main part ends

Fatal error: Uncaught Swoole\ExitException: swoole exit in %s:%d
Stack trace:
%A
  thrown in %s on line %d
code=255 signal=0
