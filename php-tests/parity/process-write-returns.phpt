--TEST--
write() returns the number of bytes; an empty string warns; an int is taken as a string; an array is a TypeError.
--FILE--
<?php
// Pins: write() returns the number of bytes; an empty string warns; an int is taken as a string; an array is a TypeError.
// Status: documented (return value); the texts are accidental.
use Swoole\Process;
$p = new Process(function (Process $p) {
    $n = 0;
    while (($s = $p->read()) !== 'end') {
        $n += strlen($s);
    }
    $p->write("child read $n bytes");
}, false, Process::PIPE_TYPE_DGRAM);
$p->start();
var_dump($p->write('x'), $p->write("\0\xff\0"), $p->write(str_repeat('y', 8192)), $p->write(12345), $p->write(''));
try {
    var_dump($p->write([]));
} catch (TypeError $e) {
    echo $e->getMessage(), "\n";
}
$p->write('end');
echo $p->read(), "\n";
Process::wait();
--EXPECTF--

Warning: Swoole\Process::write(): the data to send is empty in %s on line %d
int(1)
int(3)
int(8192)
int(5)
bool(false)
Swoole\Process::write(): Argument #1 ($data) must be of type string, array given
child read 8201 bytes
