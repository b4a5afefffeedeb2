--TEST--
pop() with a size smaller than the message: false, E2BIG, a log line, and the message stays
--FILE--
<?php
use Swoole\Process;
$p = new Process(fn () => 0, false, 0);
$p->useQueue(getmypid());
$p->push('ten  bytes');
var_dump($p->pop(9), swoole_strerror(swoole_errno()), $p->statQueue(), $p->pop(10));
// Sizes out of range stand for the largest.
foreach ([0, -1, PHP_INT_MIN, 65537, PHP_INT_MAX] as $size) {
    $p->push('ten  bytes');
    echo $p->pop($size), "\n";
}
$p->freeQueue();
?>
--EXPECTF--
[%d-%d-%d %d:%d:%d *%d.0]	WARNING	Process::pop(): msgrcv() of up to 9 bytes failed, Error: Argument list too long[7]
bool(false)
string(22) "Argument list too long"
array(2) {
  ["queue_num"]=>
  int(1)
  ["queue_bytes"]=>
  int(10)
}
string(10) "ten  bytes"
ten  bytes
ten  bytes
ten  bytes
ten  bytes
ten  bytes
