--TEST--
the queue outlives the processes that use it: one child fills it, a later one empties it, and it is there until it is removed.
--EXTENSIONS--
sysvmsg
--FILE--
<?php
// Pins: the queue outlives the processes that use it: one child fills it, a later one empties it, and it is there until it is removed.
// Status: documented.
use Swoole\Process;
$key = 0x69000000 | (getmypid() & 0xffffff);
$a = new Process(function (Process $p) use ($key) {
    $p->useQueue($key);
    foreach (['first', 'second'] as $m) {
        $p->push($m);
    }
}, false, 0);
$a->start();
Process::wait();
var_dump($a->msgQueueKey, msg_queue_exists($key));
$b = new Process(function (Process $p) use ($key) {
    $p->useQueue($key);
    echo $p->pop(), ' ', $p->pop(), "\n";
}, false, 0);
$b->start();
Process::wait();
unset($a, $b);
var_dump(msg_queue_exists($key));
$c = new Process(fn () => null, false, 0);
$c->useQueue($key);
var_dump($c->freeQueue(), msg_queue_exists($key));
--EXPECT--
NULL
bool(true)
first second
bool(true)
bool(true)
bool(false)
