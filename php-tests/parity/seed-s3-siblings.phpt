--TEST--
One child writes to another through the inherited object, then kills it.
--EXTENSIONS--
pcntl
--FILE--
<?php
// One child writes to another through the inherited object, then kills it.
[$heard, $told] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$one = new Swoole\Process(function ($w) use ($told) { while (true) { $d = $w->read(); if ($d) { echo "one got $d\n"; fwrite($told, $d); } } });
$one->start();
$two = new Swoole\Process(function ($w) use ($one, $heard) { foreach (['a', 'b', 'c'] as $m) { usleep(50000); $one->write("message $m"); } for ($all = 0; $all < 27; $all += strlen(fread($heard, 27))); $w->kill($one->pid, SIGKILL); });
$two->start();
$r = [Swoole\Process::wait(), Swoole\Process::wait()]; $s = array_column($r, 'signal'); sort($s); echo implode(',', $s), "\n";
--EXPECT--
one got message a
one got message b
one got message c
0,9
