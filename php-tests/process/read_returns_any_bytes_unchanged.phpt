--TEST--
any bytes pass the pipe and the queue unchanged, NUL and those above 127 included
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$bytes = implode(array_map('chr', range(0, 255)));
foreach (TYPES as $name => $type) {
    $p = new Process(fn (Process $p) => $p->write($p->read()), false, $type);
    $p->start();
    $p->write($bytes);
    var_dump($p->read() === $bytes);
    Process::wait();
}
$p = new Process(fn () => 0);
$p->useQueue(getmypid());
$p->push($bytes);
var_dump($p->pop() === $bytes);
$p->push("\0");
var_dump($p->pop() === "\0");
$p->freeQueue();
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
