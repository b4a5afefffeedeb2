--TEST--
every pipe method of a process without a pipe warns and returns false.
--FILE--
<?php
// Pins: every pipe method of a process without a pipe warns and returns false.
// Status: documented in part; the texts are accidental.
use Swoole\Process;
$p = new Process(function (Process $p) {
    var_dump($p->pipe, $p->read(), $p->write('x'), $p->close());
}, false, Process::PIPE_TYPE_NONE);
var_dump($p->write('x'), $p->read(), $p->close(), $p->setTimeout(0.1), $p->setBlocking(false), $p->exportSocket());
echo "--- child\n";
$p->start();
Process::wait();
--EXPECTF--

Warning: Swoole\Process::write(): no pipe, cannot write into pipe in %s on line %d

Warning: Swoole\Process::read(): no pipe, cannot read from pipe in %s on line %d

Warning: Swoole\Process::close(): no pipe, cannot close the pipe in %s on line %d

Warning: Swoole\Process::setTimeout(): no pipe, cannot setTimeout the pipe in %s on line %d

Warning: Swoole\Process::setBlocking(): no pipe, cannot setBlocking the pipe in %s on line %d

Warning: Swoole\Process::exportSocket(): no pipe, cannot export stream in %s on line %d
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
--- child

Warning: Swoole\Process::read(): no pipe, cannot read from pipe in %s on line %d

Warning: Swoole\Process::write(): no pipe, cannot write into pipe in %s on line %d

Warning: Swoole\Process::close(): no pipe, cannot close the pipe in %s on line %d
NULL
bool(false)
bool(false)
bool(false)
