--TEST--
queue methods of a process that has no queue.
--FILE--
<?php
// Pins: queue methods of a process that has no queue.
// Status: accidental (texts).
use Swoole\Process;
$p = new Process(function (Process $p) {
    var_dump($p->push('x'), $p->pop());
}, false, 0);
var_dump($p->push('x'), $p->pop(), $p->statQueue(), $p->freeQueue());
try {
    $p->push([]);
} catch (TypeError $e) {
    echo $e->getMessage(), "\n";
}
$p->start();
Process::wait();
--EXPECTF--

Warning: Swoole\Process::push(): no msgqueue, cannot use push() in %s on line %d

Warning: Swoole\Process::pop(): no msgqueue, cannot use pop() in %s on line %d

Warning: Swoole\Process::statQueue(): no queue, can't get stats of the queue in %s on line %d
bool(false)
bool(false)
bool(false)
bool(false)
Swoole\Process::push(): Argument #1 ($data) must be of type string, array given

Warning: Swoole\Process::push(): no msgqueue, cannot use push() in %s on line %d

Warning: Swoole\Process::pop(): no msgqueue, cannot use pop() in %s on line %d
bool(false)
bool(false)
