--TEST--
One child writes to another through the inherited object, then kills it.
--EXTENSIONS--
pcntl
--FILE--
<?php
// One child writes to another through the inherited object, then kills it.
$one = new Swoole\Process(function ($w) { while (true) { $d = $w->read(); if ($d) { echo "one got $d\n"; } } });
$one->start();
$two = new Swoole\Process(function ($w) use ($one) { foreach (['a', 'b', 'c'] as $m) { usleep(50000); $one->write("message $m"); } usleep(50000); $w->kill($one->pid, SIGKILL); });
$two->start();
$r = [Swoole\Process::wait(), Swoole\Process::wait()]; $s = array_column($r, 'signal'); sort($s); echo implode(',', $s), "\n";
--EXPECT--
one got message a
one got message b
one got message c
0,9
