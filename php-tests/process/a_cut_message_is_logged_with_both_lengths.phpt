--TEST--
a message longer than the size given to read() is cut, and a line in the log tells both lengths
--FILE--
<?php
use Swoole\Process;
$child = new Process(function (Process $p) {
    $p->write(str_repeat('a', 10000));
    $p->write('whole');
    $p->write('exactly ten');
    $p->write(str_repeat('b', 8193));
});
$child->start();
var_dump(strlen($child->read()), $child->read(), $child->read(11), $child->read(8192) === str_repeat('b', 8192));
Process::wait();

// A stream has no messages to cut.
$child = new Process(fn (Process $p) => $p->write(str_repeat('a', 10000)), false, SOCK_STREAM);
$child->start();
var_dump(strlen($child->read(9999)), $child->read());
Process::wait();

// The log is not a PHP warning: only its own settings concern it.
error_reporting(0);
ini_set('swoole.display_errors', 0);
$child = new Process(fn (Process $p) => $p->write('abc') && $p->write('abc'));
$child->start();
var_dump($child->read(1));
swoole_async_set(['log_level' => SWOOLE_LOG_ERROR]);
var_dump($child->read(1));
Process::wait();
?>
--EXPECTF--
[%d-%d-%d %d:%d:%d *%d.0]	WARNING	Process::read(): a message of 10000 bytes was cut to 8192 bytes, the size that was read
[%d-%d-%d %d:%d:%d *%d.0]	WARNING	Process::read(): a message of 8193 bytes was cut to 8192 bytes, the size that was read
int(8192)
string(5) "whole"
string(11) "exactly ten"
bool(true)
int(9999)
string(1) "a"
[%d-%d-%d %d:%d:%d *%d.0]	WARNING	Process::read(): a message of 3 bytes was cut to 1 bytes, the size that was read
string(1) "a"
string(1) "a"
