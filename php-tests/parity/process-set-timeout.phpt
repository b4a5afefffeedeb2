--TEST--
setTimeout() bounds read(): false after the time, data before it; the value may be changed and applies to one side only.
--CONFLICTS--
all
--FILE--
<?php
// Pins: setTimeout() bounds read(): false after the time, data before it; the value may be changed and applies to one side only.
// Status: documented; that nothing is printed at a time-out is accidental.
use Swoole\Process;
$p = new Process(function (Process $p) {
    $p->read();
    $p->write('reply');
    $p->read();
}, false, Process::PIPE_TYPE_DGRAM);
$p->start();
var_dump($p->setTimeout(0.1));
$t = microtime(true);
var_dump($p->read());
$t = microtime(true) - $t;
var_dump($t >= 0.09 && $t < 1.0);
$p->write('go');
var_dump($p->setTimeout(2));
var_dump($p->read());
$p->write('end');
Process::wait();
--EXPECT--
bool(true)
bool(false)
bool(true)
bool(true)
string(5) "reply"
