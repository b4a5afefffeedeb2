--TEST--
useQueue() without arguments: the properties it sets, push in the parent, pop in the child, freeQueue.
--EXTENSIONS--
sysvmsg
--FILE--
<?php
// Pins: useQueue() without arguments: the properties it sets, push in the parent, pop in the child, freeQueue.
// Status: documented.
use Swoole\Process;
$p = new Process(function (Process $p) {
    while (($m = $p->pop()) !== 'end') {
        echo "child popped $m\n";
    }
    var_dump($p->push('answer'));
}, false, 0);
var_dump($p->msgQueueId, $p->msgQueueKey);
var_dump($p->useQueue());
var_dump(is_int($p->msgQueueId), is_int($p->msgQueueKey), $p->msgQueueKey === ftok(__FILE__, chr(1)));
foreach (['one', 'two', 'end'] as $m) {
    var_dump($p->push($m));
}
$p->start();
Process::wait();
var_dump($p->pop());
var_dump($p->freeQueue());
var_dump(msg_queue_exists($p->msgQueueKey));
--EXPECT--
NULL
NULL
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
child popped one
child popped two
bool(true)
string(6) "answer"
bool(true)
bool(false)
