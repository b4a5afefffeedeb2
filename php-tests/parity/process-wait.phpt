--TEST--
wait(): false at once without children, blocking, non-blocking while a child lives, any child in the order of their ends.
--FILE--
<?php
// Pins: wait(): false at once without children, blocking, non-blocking while a child lives, any child in the order of their ends.
// Status: documented.
use Swoole\Process;
var_dump(Process::wait(), Process::wait(false));
$a = new Process(function (Process $p) { exit((int) $p->read()); });
$b = new Process(function (Process $p) { exit((int) $p->read()); });
$a->start();
$b->start();
var_dump(Process::wait(false));
$b->write('2');
$r = Process::wait(true);
var_dump($r['pid'] === $b->pid, $r['code']);
var_dump(Process::wait(false));
$a->write('1');
for ($i = 0; $i < 200 && !($r = Process::wait(false)); $i++) {
    usleep(10000);
}
var_dump($r['pid'] === $a->pid, $r['code']);
var_dump(Process::wait(false), Process::wait());
--EXPECT--
bool(false)
bool(false)
bool(false)
bool(true)
int(2)
bool(false)
bool(true)
int(1)
bool(false)
bool(false)
