--TEST--
an open file shares its offset between parent and child; what is opened after the fork is not shared.
--FILE--
<?php
// Pins: an open file shares its offset between parent and child; what is opened after the fork is not shared.
// Status: as in POSIX; documented.
use Swoole\Process;
$f = tmpfile();
stream_set_write_buffer($f, 0);
fwrite($f, "parent 1\n");
$p = new Process(function (Process $p) use ($f) {
    fwrite($f, "child 1\n");
    $p->write('x');
    $p->read();
    fwrite($f, "child 2\n");
    fclose($f);
});
$p->start();
$p->read();
fwrite($f, "parent 2\n");
$p->write('x');
Process::wait();
fwrite($f, "parent 3\n");
rewind($f);
echo stream_get_contents($f);
--EXPECT--
parent 1
child 1
parent 2
child 2
parent 3
