--TEST--
start() returns the pid; a second start while the child lives warns; after the child is reaped it may start again.
--FILE--
<?php
// Pins: start() returns the pid; a second start while the child lives warns; after the child is reaped it may start again.
// Status: documented (return value); restarting one object is accidental.
use Swoole\Process;
$p = new Process(function (Process $p) {
    $m = $p->read();
    echo "child read: $m\n";
}, false, 2);
$pid = $p->start();
var_dump(is_int($pid), $pid > 0, $pid === $p->pid);
var_dump($p->start());
$p->write('first');
var_dump(Process::wait()['pid'] === $pid);
$pid2 = $p->start();
var_dump(is_int($pid2), $pid2 !== $pid);
$p->write('second');
var_dump(Process::wait()['pid'] === $pid2);
var_dump(Process::wait());
--EXPECTF--
bool(true)
bool(true)
bool(true)

Warning: Swoole\Process::start(): process has already been started in %s on line %d
bool(false)
child read: first
bool(true)
bool(true)
bool(true)
child read: second
bool(true)
bool(false)
