--TEST--
kill() of a process of somebody else: a warning with EPERM and false, for signal 0 too
--EXTENSIONS--
posix
--SKIPIF--
<?php
if (posix_geteuid() !== 0) die('skip only root can become somebody else');
?>
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$main = getmypid();
$p = new Process(function () use ($main) {
    posix_setuid(65534);
    var_dump(Process::kill($main, 0), Process::kill($main, SIGTERM), swoole_errno());
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
?>
--EXPECTF--

Warning: Swoole\Process::kill(): kill(%d, 0) failed, Error: Operation not permitted[1] in %s on line %d

Warning: Swoole\Process::kill(): kill(%d, 15) failed, Error: Operation not permitted[1] in %s on line %d
bool(false)
bool(false)
int(1)
code 0
