--TEST--
the queue is a plain System V queue: the message type is the id of the process plus one; what other programs send is popped.
--EXTENSIONS--
sysvmsg
--FILE--
<?php
// Pins: the queue is a plain System V queue: the message type is the id of the process plus one; what other programs send is popped.
// Status: accidental, but relied on.
use Swoole\Process;
$key = 0x6a000000 | (getmypid() & 0xffffff);
$p = new Process(fn () => null, false, 0);
$q = new Process(fn () => null, false, 0);
$p->useQueue($key, SWOOLE_MSGQUEUE_BALANCE);
$q->useQueue($key, SWOOLE_MSGQUEUE_ORIENT | Process::IPC_NOWAIT);
$sys = msg_get_queue($key);
$p->push('from p');
$q->push('from q');
foreach ([1, 2] as $i) {
    msg_receive($sys, 0, $type, 100, $m, false, MSG_IPC_NOWAIT);
    echo $m, ' type is its id + ', $type - ($m === 'from p' ? $p->id : $q->id), "\n";
}
msg_send($sys, 77, 'type 77', false);
var_dump($q->pop());
var_dump($p->pop());
msg_send($sys, $q->id + 1, 'for q', false);
var_dump($q->pop());
printf("%o\n", msg_stat_queue($sys)['msg_perm.mode']);
$p->freeQueue();
--EXPECT--
from p type is its id + 1
from q type is its id + 1
bool(false)
string(7) "type 77"
string(5) "for q"
666
