--TEST--
Process::wait() in a coroutine blocks and reaps; those who waited for that child are told that there is none
--FILE--
<?php
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
$p = new Process(function (Process $p) { $p->read(); exit(5); });
$p->start();
run(function () use ($p) {
    go(function () { var_dump(System::wait(10), swoole_last_error()); });
    go(function () use ($p) { var_dump(System::waitPid($p->pid, 10), swoole_last_error()); });
    $p->write('x');
    var_dump(Process::wait()['code']);
});
?>
--EXPECT--
int(5)
bool(false)
int(10)
bool(false)
int(10)
