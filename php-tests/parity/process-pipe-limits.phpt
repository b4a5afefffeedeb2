--TEST--
a message too big for a datagram pipe is refused; the default read size is 8192; sizes that are nought.
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
// Pins: a message too big for a datagram pipe is refused; the default read size is 8192; sizes that are nought.
// Status: the default size is documented; the rest is accidental.
use Swoole\Process;
$p = new Process(function (Process $p) {
    $p->write(str_repeat('a', 10000));
    $p->write(str_repeat('b', 10000));
    $p->write('c');
    $p->read();
});
$p->start();
var_dump(strlen($p->read()), strlen($p->read(20000)), $p->read(1));
var_dump(@$p->write(str_repeat('z', 32 << 20)));
$p->write('x');
Process::wait();
--EXPECT--
int(8192)
int(10000)
string(1) "c"
bool(false)
