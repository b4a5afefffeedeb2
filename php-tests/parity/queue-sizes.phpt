--TEST--
push of an empty string, of the largest message, of too large ones; pop with a size that is too small leaves the message there.
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
// Pins: push of an empty string, of the largest message, of too large ones; pop with a size that is too small leaves the message there.
// Status: documented in part; the texts and the limits are those of the system.
use Swoole\Process;
$p = new Process(fn () => null, false, 0);
$p->useQueue(0x66000000 | (getmypid() & 0xffffff), 2 | Process::IPC_NOWAIT);
var_dump($p->push(''));
var_dump($p->push(str_repeat('a', 8192)), $p->push(str_repeat('b', 8193)), $p->push(str_repeat('c', 65535)));
var_dump($p->push(str_repeat('d', 65536)));
var_dump($p->pop(100), $p->pop(8191));
echo json_encode($p->statQueue()), "\n";
var_dump(strlen($p->pop(8192)), $p->pop());
$p->push('xyz');
var_dump($p->pop(0));
$p->push('xyz');
var_dump($p->pop(-5));
$p->push('xyz');
var_dump($p->pop(100000000));
$p->freeQueue();
--EXPECTF--

Warning: Swoole\Process::push(): the data to push is empty in %s on line %d
bool(false)
bool(true)
bool(false)
bool(false)

Warning: Swoole\Process::push(): the data to push is too big in %s on line %d
bool(false)
bool(false)
bool(false)
{"queue_num":1,"queue_bytes":8192}
int(8192)
bool(false)
string(3) "xyz"
string(3) "xyz"
string(3) "xyz"
