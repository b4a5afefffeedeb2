--TEST--
IPC_NOWAIT: pop on an empty queue and push on a full one return false at once, without a warning.
--CONFLICTS--
all
--FILE--
<?php
// Pins: IPC_NOWAIT: pop on an empty queue and push on a full one return false at once, without a warning.
// Status: documented.
use Swoole\Process;
$p = new Process(fn () => null, false, 0);
var_dump($p->useQueue(0x64000000 | (getmypid() & 0xffffff), 2 | Process::IPC_NOWAIT));
$t = microtime(true);
var_dump($p->pop(), swoole_last_error() === 42);
$n = 0;
while ($p->push(str_repeat('x', 4000))) {
    $n++;
}
var_dump($n > 0, swoole_last_error() === 11);
var_dump(microtime(true) - $t < 1);
echo json_encode($p->statQueue()['queue_num'] === $n), "\n";
var_dump(strlen($p->pop()), $p->push('fits again'));
while ($p->pop()) {
    $n--;
}
var_dump($n, $p->pop());
$p->freeQueue();
--EXPECT--
bool(true)
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
true
int(4000)
bool(true)
int(0)
bool(false)
