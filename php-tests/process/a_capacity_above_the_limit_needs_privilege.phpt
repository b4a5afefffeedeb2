--TEST--
a capacity above kernel.msgmnb without privilege: a log line, and the queue works with the limit it had
--EXTENSIONS--
posix
sysvmsg
--SKIPIF--
<?php
if (posix_geteuid() !== 0) die('skip only root can become somebody else');
if (!is_readable('/proc/sys/kernel/msgmnb')) die('skip no /proc/sys/kernel/msgmnb');
?>
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$limit = (int) file_get_contents('/proc/sys/kernel/msgmnb');
$p = new Process(function (Process $p) use ($limit) {
    posix_setuid(65534);
    var_dump($p->useQueue(getmypid(), SWOOLE_MSGQUEUE_BALANCE, $limit + 1), swoole_strerror(swoole_errno()));
    var_dump(msg_stat_queue(msg_get_queue($p->msgQueueKey))['msg_qbytes'] === $limit, $p->push('x'), $p->pop());
    $p->freeQueue();
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
foreach ([0, -1, PHP_INT_MIN, 5000] as $capacity) {
    $p->useQueue(getmypid(), SWOOLE_MSGQUEUE_BALANCE, $capacity);
    $bytes = msg_stat_queue(msg_get_queue(getmypid()))['msg_qbytes'];
    echo "$capacity: ", $bytes === $limit ? 'the limit' : $bytes, "\n";
    $p->freeQueue();
}
?>
--EXPECTF--
[%s]	WARNING	Process::useQueue(): msgctl() for the capacity failed, Error: Operation not permitted[1]
bool(true)
string(23) "Operation not permitted"
bool(true)
bool(true)
string(1) "x"
code 0
0: the limit
-1: the limit
-9223372036854775808: the limit
5000: 5000
