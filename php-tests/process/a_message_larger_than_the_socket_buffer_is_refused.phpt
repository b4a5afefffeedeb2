--TEST--
a message larger than the socket buffer: a warning with EMSGSIZE and false; a stream takes any size
--INI--
swoole.socket_buffer_size=65536
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$p = new Process(function (Process $p) {
    $p->write(strlen($p->read(1000000)) . ' bytes');
});
$p->start();
var_dump($p->write(str_repeat('x', 1000000)), swoole_errno(), swoole_last_error());
var_dump($p->write(str_repeat('x', 65536)), $p->read());
Process::wait();

$p = new Process(function (Process $p) {
    for ($bytes = 0; $bytes < 1000000; $bytes += strlen($p->read(1000000)));
    $p->write("$bytes bytes");
}, false, SOCK_STREAM);
$p->start();
var_dump($p->write(str_repeat('x', 1000000)), $p->read());
Process::wait();
?>
--EXPECTF--
Warning: Swoole\Process::write(): write() failed, Error: Message too long[90] in %s on line %d
bool(false)
int(90)
int(90)
int(65536)
string(11) "65536 bytes"
int(1000000)
string(13) "1000000 bytes"
