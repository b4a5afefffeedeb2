--TEST--
swoole_last_error(), swoole_errno(), swoole_clear_error(): of the last failure, untouched by success, own in each process
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
swoole_clear_error();
var_dump(swoole_last_error(), swoole_errno());
Process::kill(0x7fffffff, 0);
var_dump(swoole_last_error(), swoole_errno());
Process::kill(getmypid(), 0);
$p = new Process(function () {
    var_dump(swoole_last_error());
    @Process::kill(getmypid(), 65);
    var_dump(swoole_last_error());
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
var_dump(swoole_last_error());
swoole_clear_error();
var_dump(swoole_last_error(), swoole_errno());
?>
--EXPECT--
int(0)
int(0)
int(3)
int(3)
int(3)
int(22)
code 0
int(3)
int(0)
int(0)
