--TEST--
Parent and two children talk through their pipes.
--FILE--
<?php
// Parent and two children talk through their pipes.
$all = [];
for ($i = 1; $i < 3; $i++) {
    $p = new Swoole\Process(function (Swoole\Process $w) { $d = $w->read(); echo "child got $d\n"; $w->write("from child"); });
    $p->start(); $all[$p->pid] = $p;
}
foreach ($all as $pid => $p) { $p->write("hello"); $d = $p->read(); echo "master got $d\n"; Swoole\Process::wait(); }
--EXPECT--
child got hello
master got from child
child got hello
master got from child
