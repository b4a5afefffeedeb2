--TEST--
IPC_NOWAIT: pop() of nothing gives ENOMSG, push() into a full queue EAGAIN, neither with a warning or a log line
--FILE--
<?php
use Swoole\Process;
$p = new Process(fn () => 0, false, 0);
var_dump($p->useQueue(getmypid(), SWOOLE_MSGQUEUE_BALANCE | Process::IPC_NOWAIT, 2000));
swoole_clear_error();
var_dump($p->pop(), swoole_strerror(swoole_errno()), swoole_last_error() === swoole_errno());
for ($n = 0; $p->push(str_repeat('x', 1000)); $n++);
var_dump($n, swoole_strerror(swoole_errno()), swoole_last_error() === swoole_errno());
// Success does not touch the codes of the last failure.
var_dump(strlen($p->pop()), swoole_strerror(swoole_errno()));
swoole_clear_error();
var_dump(swoole_errno(), swoole_last_error());
$p->freeQueue();
?>
--EXPECT--
bool(true)
bool(false)
string(26) "No message of desired type"
bool(true)
int(2)
string(32) "Resource temporarily unavailable"
bool(true)
int(1000)
string(32) "Resource temporarily unavailable"
int(0)
int(0)
