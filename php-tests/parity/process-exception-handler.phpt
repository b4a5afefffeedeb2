--TEST--
a handler set with set_exception_handler is not called for an exception that leaves the callback of a child.
--FILE--
<?php
// Pins: a handler set with set_exception_handler is not called for an exception that leaves the callback of a child.
// Status: accidental.
use Swoole\Process;
set_exception_handler(function ($e) { echo 'handler: ', $e->getMessage(), "\n"; });
$p = new Process(function () { throw new Exception('from the child'); }, false, 0);
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
set_error_handler(function ($n, $m) { echo "error handler: $m\n"; return true; });
$p = new Process(function () { trigger_error('a warning of the child', E_USER_WARNING); }, false, 0);
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
--EXPECTF--

Fatal error: Uncaught Exception: from the child in %s:%d
Stack trace:
%A
  thrown in %s on line %d
code=255 signal=0
error handler: a warning of the child
code=0 signal=0
