--TEST--
a stream pipe joins messages, read() returns what is there up to its size, and '' after the child has closed its end.
--FILE--
<?php
// Pins: a stream pipe joins messages, read() returns what is there up to its size, and '' after the child has closed its end.
// Status: documented; that end of file is the empty string only after the parent closed its copy of the child's end is accidental.
use Swoole\Process;
$p = new Process(function (Process $p) {
    $p->write('one');
    $p->write('two');
    $p->write('three');
}, false, Process::PIPE_TYPE_STREAM);
$p->start();
Process::wait();
var_dump($p->read(4), $p->read(100));
var_dump($p->close(Process::PIPE_WORKER));
var_dump($p->read());
var_dump($p->read());
--EXPECT--
string(4) "onet"
string(7) "wothree"
bool(true)
string(0) ""
string(0) ""
