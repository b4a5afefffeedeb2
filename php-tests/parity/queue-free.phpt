--TEST--
freeQueue(): twice, use afterwards, another object that still has the removed queue, useQueue again.
--EXTENSIONS--
sysvmsg
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
// Pins: freeQueue(): twice, use afterwards, another object that still has the removed queue, useQueue again.
// Status: documented in part; the texts are accidental.
use Swoole\Process;
$key = 0x68000000 | (getmypid() & 0xffffff);
$p = new Process(fn () => null, false, 0);
$q = new Process(fn () => null, false, 0);
$p->useQueue($key, 2 | Process::IPC_NOWAIT);
$q->useQueue($key, 2 | Process::IPC_NOWAIT);
$p->push('x');
var_dump($p->freeQueue(), $p->freeQueue());
var_dump(is_int($p->msgQueueId), $p->msgQueueKey === $key);
var_dump($p->push('y'), $p->pop(), $p->statQueue());
var_dump($q->push('y'), $q->pop(), $q->statQueue(), $q->freeQueue());
var_dump($p->useQueue($key, 2 | Process::IPC_NOWAIT), $p->pop(), $p->push('new'), $p->pop(), $p->freeQueue());
var_dump(msg_queue_exists($key));
--EXPECTF--
bool(true)
bool(false)
bool(true)
bool(true)

Warning: Swoole\Process::push(): no msgqueue, cannot use push() in %s on line %d

Warning: Swoole\Process::pop(): no msgqueue, cannot use pop() in %s on line %d

Warning: Swoole\Process::statQueue(): no queue, can't get stats of the queue in %s on line %d
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(true)
bool(false)
bool(true)
string(3) "new"
bool(true)
bool(false)
