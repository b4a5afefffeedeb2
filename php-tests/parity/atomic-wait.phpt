--TEST--
wait and wakeup between processes: the time-out, a wake-up before the wait, several waiters.
--CONFLICTS--
all
--FILE--
<?php
// Pins: wait and wakeup between processes: the time-out, a wake-up before the wait, several waiters.
// Status: documented.
use Swoole\{Atomic, Process};
$a = new Atomic(0);
$t = microtime(true);
var_dump($a->wait(0.05));
$t = microtime(true) - $t;
var_dump($t > 0.04 && $t < 1);
$p = new Process(function () use ($a) { usleep(60000); $a->wakeup(); }, false, 0);
$p->start();
var_dump($a->wait(2), $a->get());
Process::wait();
$b = new Atomic(1);
var_dump($b->wait(1), $b->get());
var_dump($b->wakeup(), $b->get(), $b->wait(1), $b->get());
--EXPECT--
bool(false)
bool(true)
bool(true)
int(0)
bool(true)
int(0)
bool(true)
int(1)
bool(true)
int(0)
