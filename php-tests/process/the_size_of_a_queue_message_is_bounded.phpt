--TEST--
push(): an empty message and one of 65536 bytes are refused with a warning, what the kernel refuses with a log line
--SKIPIF--
<?php
if ((int) @file_get_contents('/proc/sys/kernel/msgmax') !== 8192) die('skip kernel.msgmax is not the default');
?>
--FILE--
<?php
use Swoole\Process;
$p = new Process(fn () => 0, false, 0);
$p->useQueue(getmypid(), SWOOLE_MSGQUEUE_BALANCE | Process::IPC_NOWAIT);
var_dump($p->push(''), $p->push(str_repeat('x', 65536)));
var_dump($p->push(str_repeat('x', 65535)), swoole_strerror(swoole_errno()));
var_dump($p->push(str_repeat('x', 8193)), $p->push(str_repeat('x', 8192)), strlen($p->pop()));
$p->freeQueue();
?>
--EXPECTF--
Warning: Swoole\Process::push(): the data to push is empty in %s on line %d

Warning: Swoole\Process::push(): the data to push is too big in %s on line %d
bool(false)
bool(false)
[%d-%d-%d %d:%d:%d *%d.0]	WARNING	Process::push(): msgsnd() of 65535 bytes, more than kernel.msgmax (8192), failed, Error: Invalid argument[22]
bool(false)
string(16) "Invalid argument"
[%d-%d-%d %d:%d:%d *%d.0]	WARNING	Process::push(): msgsnd() of 8193 bytes, more than kernel.msgmax (8192), failed, Error: Invalid argument[22]
bool(false)
bool(true)
int(8192)
