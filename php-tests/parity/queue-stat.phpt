--TEST--
statQueue(): keys and numbers as messages come and go.
--FILE--
<?php
// Pins: statQueue(): keys and numbers as messages come and go.
// Status: documented.
use Swoole\Process;
$p = new Process(fn () => null, false, 0);
$p->useQueue(0x67000000 | (getmypid() & 0xffffff));
var_dump($p->statQueue());
$p->push('12345');
$p->push('678');
echo json_encode($p->statQueue()), "\n";
$p->pop();
echo json_encode($p->statQueue()), "\n";
$q = new Process(fn () => null, false, 0);
$q->useQueue($p->msgQueueKey);
$q->push(str_repeat('q', 100));
echo json_encode([$p->statQueue(), $q->msgQueueId === $p->msgQueueId]), "\n";
$p->freeQueue();
--EXPECT--
array(2) {
  ["queue_num"]=>
  int(0)
  ["queue_bytes"]=>
  int(0)
}
{"queue_num":2,"queue_bytes":8}
{"queue_num":1,"queue_bytes":3}
[{"queue_num":2,"queue_bytes":103},true]
