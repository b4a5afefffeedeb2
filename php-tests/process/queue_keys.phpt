--TEST--
keys of useQueue(): nought and negative ones stand for the script's own, 32 bits are the kernel's, more are refused
--EXTENSIONS--
sysvmsg
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$a = new Process(fn () => 0, false, 0);
$b = new Process(fn () => 0, false, 0);
$own = ftok(__FILE__, "\1");
foreach ([0, -1, PHP_INT_MIN] as $key) {
    var_dump($a->useQueue($key), $a->msgQueueKey === $own);
}
// Every object of the script shares it, and so do other programs.
$b->useQueue();
$a->push('through the own key');
var_dump($b->msgQueueId === $a->msgQueueId, $b->pop(), msg_queue_exists($own));
$a->freeQueue();

// The upper half of 32 bits, as hexadecimal keys are written.
foreach ([0x7fffffff - getmypid(), 0x80000000 + getmypid(), 0xffffffff - getmypid()] as $key) {
    var_dump($a->useQueue($key), $a->msgQueueKey === $key, msg_queue_exists($key));
    $b->useQueue($key);
    $a->push('same queue');
    var_dump($b->pop());
    $a->freeQueue();
}
foreach ([0x100000000, PHP_INT_MAX] as $key) {
    var_dump($a->useQueue($key));
}
?>
--EXPECTF--
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
string(19) "through the own key"
bool(true)
bool(true)
bool(true)
bool(true)
string(10) "same queue"
bool(true)
bool(true)
bool(true)
string(10) "same queue"
bool(true)
bool(true)
bool(true)
string(10) "same queue"

Warning: Swoole\Process::useQueue(): the key of a queue must fit into 32 bits in %s on line %d
bool(false)

Warning: Swoole\Process::useQueue(): the key of a queue must fit into 32 bits in %s on line %d
bool(false)
