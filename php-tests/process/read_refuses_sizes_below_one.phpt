--TEST--
read() of nothing or less: a warning and false, and nothing is taken from the pipe; any large size will do
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $p = new Process(fn (Process $p) => $p->write('message'), false, $type);
    $p->start();
    Process::wait();
    foreach ([0, -1, PHP_INT_MIN] as $size) {
        var_dump($p->read($size));
    }
    var_dump($p->read(PHP_INT_MAX), $p->read(PHP_INT_MAX));
}
?>
--EXPECTF--
Warning: Swoole\Process::read(): the size to read must be greater than 0 in %s on line %d
bool(false)

Warning: Swoole\Process::read(): the size to read must be greater than 0 in %s on line %d
bool(false)

Warning: Swoole\Process::read(): the size to read must be greater than 0 in %s on line %d
bool(false)
string(7) "message"
string(0) ""

Warning: Swoole\Process::read(): the size to read must be greater than 0 in %s on line %d
bool(false)

Warning: Swoole\Process::read(): the size to read must be greater than 0 in %s on line %d
bool(false)

Warning: Swoole\Process::read(): the size to read must be greater than 0 in %s on line %d
bool(false)
string(7) "message"
string(0) ""
