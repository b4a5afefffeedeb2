--TEST--
a queue of somebody else, mode 0600: useQueue() gives false and EACCES, and so do push() and pop() of one opened before
--EXTENSIONS--
posix
sysvmsg
--SKIPIF--
<?php
if (posix_geteuid() !== 0) die('skip only root can become somebody else');
?>
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$key = getmypid();
$queue = msg_get_queue($key, 0600);
$p = new Process(function (Process $p) use ($key) {
    var_dump($p->useQueue($key));
    posix_setuid(65534);
    var_dump($p->push('x'), swoole_strerror(swoole_errno()), $p->pop(), swoole_strerror(swoole_errno()));
    var_dump($p->statQueue(), $p->freeQueue(), swoole_strerror(swoole_errno()));
    $q = new Process(fn () => 0, false, 0);
    var_dump($q->useQueue($key), swoole_strerror(swoole_errno()), $q->msgQueueId);
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
var_dump(msg_queue_exists($key));
msg_remove_queue($queue);
?>
--EXPECTF--
bool(true)
[%s]	WARNING	Process::push(): msgsnd() of 1 bytes failed, Error: Permission denied[13]
[%s]	WARNING	Process::pop(): msgrcv() of up to 65536 bytes failed, Error: Permission denied[13]
bool(false)
string(17) "Permission denied"
bool(false)
string(17) "Permission denied"
[%s]	WARNING	Process::statQueue(): msgctl() failed, Error: Permission denied[13]
[%s]	WARNING	Process::freeQueue(): msgctl() failed, Error: Operation not permitted[1]
bool(false)
bool(false)
string(23) "Operation not permitted"
[%s]	WARNING	Process::useQueue(): msgget() failed, Error: Permission denied[13]
bool(false)
string(17) "Permission denied"
NULL
code 0
bool(true)
