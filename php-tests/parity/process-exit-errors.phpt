--TEST--
uncaught exception, fatal error, trigger_error and Process->exit() with a code out of range, as seen by the parent.
--INI--
error_reporting=E_ALL & ~E_DEPRECATED
--FILE--
<?php
// Pins: uncaught exception, fatal error, trigger_error and Process->exit() with a code out of range, as seen by the parent.
// Status: documented in part (exit range); 255 is PHP's own.
use Swoole\Process;
function run(string $what, callable $f)
{
    echo "--- $what\n";
    $p = new Process($f, false, 0);
    $p->start();
    $r = Process::wait();
    echo "code={$r['code']} signal={$r['signal']}\n";
}
run('exception', function () { throw new RuntimeException('boom'); });
run('undefined function', function () { no_such_function_here(); });
run('E_USER_ERROR', function () { trigger_error('stop', E_USER_ERROR); echo "not reached\n"; });
run('caught exception', function () { try { throw new Exception('x'); } catch (Exception $e) { echo "caught\n"; } exit(4); });
run('exit code 300', function (Process $p) { $p->exit(300); });
run('exit code -5', function (Process $p) { $p->exit(-5); });
$p = new Process(function () { }, false, 0);
var_dump($p->exit(3));
echo "still here\n";
--EXPECTF--
--- exception

Fatal error: Uncaught RuntimeException: boom in %s:%d
Stack trace:
%A
  thrown in %s on line %d
code=255 signal=0
--- undefined function

Fatal error: Uncaught Error: Call to undefined function no_such_function_here() in %s:%d
Stack trace:
%A
  thrown in %s on line %d
code=255 signal=0
--- E_USER_ERROR

Fatal error: stop in %s on line %d
code=255 signal=0
--- caught exception
caught
code=4 signal=0
--- exit code 300

Warning: Swoole\Process::exit(): exit ret_code range is [>0 and <255]  in %s on line %d
code=1 signal=0
--- exit code -5

Warning: Swoole\Process::exit(): exit ret_code range is [>0 and <255]  in %s on line %d
code=1 signal=0

Warning: Swoole\Process::exit(): not current process in %s on line %d
bool(false)
still here
