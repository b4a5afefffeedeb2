--TEST--
close() with a number that is none of the constants: a warning and false, and the pipe works as before
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $p = new Process(fn (Process $p) => $p->write($p->read()), false, $type);
    foreach ([5, -1, PHP_INT_MAX] as $which) {
        var_dump($p->close($which));
    }
    $p->start();
    $p->write('still works');
    var_dump($p->read());
    Process::wait();
    var_dump($p->close(), $p->close());
}
?>
--EXPECTF--
Warning: Swoole\Process::close(): cannot close the pipe, 5 is not one of the PIPE_* constants in %s on line %d
bool(false)

Warning: Swoole\Process::close(): cannot close the pipe, -1 is not one of the PIPE_* constants in %s on line %d
bool(false)

Warning: Swoole\Process::close(): cannot close the pipe, 9223372036854775807 is not one of the PIPE_* constants in %s on line %d
bool(false)
string(11) "still works"

Warning: Swoole\Process::close(): no pipe, cannot close the pipe in %s on line %d
bool(true)
bool(false)

Warning: Swoole\Process::close(): cannot close the pipe, 5 is not one of the PIPE_* constants in %s on line %d
bool(false)

Warning: Swoole\Process::close(): cannot close the pipe, -1 is not one of the PIPE_* constants in %s on line %d
bool(false)

Warning: Swoole\Process::close(): cannot close the pipe, 9223372036854775807 is not one of the PIPE_* constants in %s on line %d
bool(false)
string(11) "still works"

Warning: Swoole\Process::close(): no pipe, cannot close the pipe in %s on line %d
bool(true)
bool(false)
