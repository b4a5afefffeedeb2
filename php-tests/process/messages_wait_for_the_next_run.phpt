--TEST--
what is written before start() and between two runs waits for the next run, in both directions
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$p = new Process(function (Process $p) {
    $p->write(json_encode([$p->read(), $p->read()]));
});
$p->write('before the start');
$p->start();
$p->write('after the start');
echo ending(Process::wait()), "\n";
$p->write('between the runs');
$p->write('also between the runs');
$p->start();
echo ending(Process::wait()), "\n", $p->read(), "\n", $p->read(), "\n";

$p = new Process(function (Process $p) {
    $p->write(strrev($p->read(4)));
}, false, SOCK_STREAM);
$p->write('abcdefghijkl');
foreach ([1, 2, 3] as $run) {
    $p->start();
    echo ending(Process::wait()), "\n";
}
echo $p->read(), "\n";
?>
--EXPECT--
code 0
code 0
["before the start","after the start"]
["between the runs","also between the runs"]
code 0
code 0
code 0
dcbahgfelkji
