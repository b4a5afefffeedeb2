--TEST--
the read-write lock: several readers, no writer beside them; the spin lock.
--FILE--
<?php
// Pins: the read-write lock: several readers, no writer beside them; the spin lock.
// Status: documented.
use Swoole\{Lock, Process};
$l = new Lock(SWOOLE_RWLOCK);
var_dump($l->lock(LOCK_SH));
$p = new Process(function () use ($l) {
    var_dump($l->lock(LOCK_SH | LOCK_NB));
    var_dump($l->unlock());
    var_dump($l->lock(LOCK_EX | LOCK_NB), $l->lock(LOCK_EX, 0.03));
}, false, 0);
$p->start();
Process::wait();
var_dump($l->unlock(), $l->lock(LOCK_EX));
$p = new Process(function () use ($l) { var_dump($l->lock(LOCK_SH | LOCK_NB), $l->lock(LOCK_EX | LOCK_NB)); }, false, 0);
$p->start();
Process::wait();
$l->unlock();
$s = new Lock(SWOOLE_SPINLOCK);
var_dump($s->lock());
$p = new Process(function () use ($s) { var_dump($s->lock(LOCK_EX | LOCK_NB)); }, false, 0);
$p->start();
Process::wait();
var_dump($s->unlock(), $s->lock(LOCK_EX | LOCK_NB), $s->unlock());
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
bool(false)
bool(true)
bool(true)
bool(true)
