--TEST--
read(PHP_INT_MAX) from an end that was closed warns as any read does, and asks for no memory
--FILE--
<?php
use Swoole\Process;
foreach ([SOCK_STREAM, SOCK_DGRAM] as $type) {
    $p = new Process(fn () => 0, false, $type);
    $p->close(Process::PIPE_MASTER);
    var_dump($p->read(PHP_INT_MAX));
}
?>
--EXPECTF--

Warning: Swoole\Process::read(): this end of the pipe is closed, cannot read from pipe in %s on line %d
bool(false)

Warning: Swoole\Process::read(): this end of the pipe is closed, cannot read from pipe in %s on line %d
bool(false)
