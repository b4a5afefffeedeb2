--TEST--
getPriority() and setPriority() of the own process, of a child by its object, and who missing for a group.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: getPriority() and setPriority() of the own process, of a child by its object, and who missing for a group.
// Status: documented; the texts are accidental.
use Swoole\Process;
$p = new Process(function (Process $p) {
    var_dump($p->getPriority(PRIO_PROCESS) === $p->getPriority(PRIO_PROCESS, getmypid()));
    $old = $p->getPriority(PRIO_PROCESS);
    var_dump($p->setPriority(PRIO_PROCESS, $old + 3));
    $p->write((string) ($p->getPriority(PRIO_PROCESS) - $old));
    $p->read();
});
$p->start();
echo $p->read(), "\n";
var_dump($p->getPriority(PRIO_PROCESS) - pcntl_getpriority(getmypid()));
var_dump($p->getPriority(PRIO_PGRP));
var_dump($p->setPriority(PRIO_USER, 1));
var_dump($p->getPriority(PRIO_PROCESS, 0) === pcntl_getpriority(getmypid()));
var_dump($p->getPriority(99, 0));
$p->write('x');
Process::wait();
--EXPECTF--
bool(true)
bool(true)
3
int(3)

Warning: Swoole\Process::getPriority(): $who parameter must not be null in %s on line %d
bool(false)

Warning: Swoole\Process::setPriority(): $who parameter must not be null in %s on line %d
bool(false)
bool(true)
bool(false)
