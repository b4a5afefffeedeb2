--TEST--
useQueue() again takes another queue, and the first one stays in the system; modes that are none take only own messages
--EXTENSIONS--
sysvmsg
--FILE--
<?php
use Swoole\Process;
$p = new Process(fn () => 0, false, 0);
$q = new Process(fn () => 0, false, 0);
$first = getmypid();
$second = $first + 0x1000000;
$p->useQueue($first);
$p->push('in the first');
$id = $p->msgQueueId;
$p->useQueue($second);
var_dump($p->msgQueueId !== $id, $p->statQueue()['queue_num']);
$p->freeQueue();
$p->useQueue($first);
var_dump($p->msgQueueId === $id, $p->pop());
$p->freeQueue();
var_dump(msg_queue_exists($first), msg_queue_exists($second));

foreach ([SWOOLE_MSGQUEUE_ORIENT, SWOOLE_MSGQUEUE_BALANCE, 0, 3, -1] as $mode) {
    $p->useQueue($first, $mode);
    $q->useQueue($first, $mode | Process::IPC_NOWAIT);
    $p->push('of another object');
    echo "$mode: ", json_encode($q->pop()), "\n";
    $p->freeQueue();
}
?>
--EXPECT--
bool(true)
int(0)
bool(true)
string(12) "in the first"
bool(false)
bool(false)
1: false
2: "of another object"
0: false
3: false
-1: false
