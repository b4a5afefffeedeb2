--TEST--
the capacity argument bounds the bytes in the queue.
--EXTENSIONS--
sysvmsg
--FILE--
<?php
// Pins: the capacity argument bounds the bytes in the queue.
// Status: documented.
use Swoole\Process;
$key = 0x65000000 | (getmypid() & 0xffffff);
$p = new Process(fn () => null, false, 0);
var_dump($p->useQueue($key, 2 | Process::IPC_NOWAIT, 1000));
echo msg_stat_queue(msg_get_queue($key))['msg_qbytes'], "\n";
for ($n = 0; $p->push(str_repeat('x', 100)); $n++);
echo "$n messages of 100 bytes\n";
echo json_encode($p->statQueue()), "\n";
var_dump($p->push('y'), $p->push(str_repeat('z', 2000)));
$p->pop();
var_dump($p->push('y'));
$p->freeQueue();
--EXPECT--
bool(true)
1000
10 messages of 100 bytes
{"queue_num":10,"queue_bytes":1000}
bool(false)
bool(false)
bool(true)
