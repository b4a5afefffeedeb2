--TEST--
Both ends of the pipe as coroutine sockets.
--FILE--
<?php
// Both ends of the pipe as coroutine sockets.
$all = [];
for ($i = 1; $i < 3; $i++) {
    $p = new Swoole\Process(function (Swoole\Process $w) { $s = $w->exportSocket(); $d = $s->recv(); echo "child got $d\n"; $s->send("reply"); }, false, SOCK_DGRAM, true);
    $p->start(); $all[$p->pid] = $p;
}
foreach ($all as $pid => $p) { \Swoole\Coroutine\run(function () use ($p) { $s = $p->exportSocket(); $s->send("hi"); $d = $s->recv(); echo "master got $d\n"; }); Swoole\Process::wait(); }
--EXPECT--
child got hi
master got reply
child got hi
master got reply
