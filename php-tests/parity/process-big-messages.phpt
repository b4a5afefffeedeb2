--TEST--
a 200000-byte message passes a stream pipe whole when the reader keeps reading, and a 64 KB datagram passes in one piece.
--FILE--
<?php
// Pins: a 200000-byte message passes a stream pipe whole when the reader keeps reading, and a 64 KB datagram passes in one piece.
// Status: documented (both sizes are below the buffer of the pipe).
use Swoole\Process;
$p = new Process(function (Process $p) {
    $s = '';
    while (strlen($s) < 200000) {
        $s .= $p->read(65536);
    }
    $p->write(md5($s));
}, false, Process::PIPE_TYPE_STREAM);
$p->start();
$s = str_repeat('0123456789', 20000);
var_dump($p->write($s));
var_dump($p->read() === md5($s));
Process::wait();
$p = new Process(function (Process $p) {
    $m = $p->read(100000);
    $p->write(strlen($m) . ' ' . md5($m));
});
$p->start();
$m = random_bytes(65000);
var_dump($p->write($m));
var_dump($p->read() === '65000 ' . md5($m));
Process::wait();
--EXPECT--
int(200000)
bool(true)
int(65000)
bool(true)
