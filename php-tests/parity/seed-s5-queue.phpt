--TEST--
Two children compete for the messages of a queue; a non-blocking pop on an empty one.
--FILE--
<?php
// Two children compete for the messages of a queue; a non-blocking pop on an empty one.
$key = 0x51000000 + getmypid() % 65536; $ps = [];
for ($i = 1; $i < 3; $i++) {
    $p = new Swoole\Process(function ($w) { $n = 0; while ($m = $w->pop()) { if ($m === 'end') { break; } $n++; usleep(30000); } exit($n > 0 ? 0 : 9); });
    $p->useQueue($key, 2); $p->start(); $ps[] = $p;
}
foreach (['a', 'b', 'c', 'd', 'e'] as $m) { $p->push($m); }
$p->push('end'); $p->push('end');
echo Swoole\Process::wait()['code'], Swoole\Process::wait()['code'], "\n"; var_dump($p->statQueue()['queue_num'], $p->freeQueue());
$q = new Swoole\Process(function () {}); $q->useQueue($key, 1 | Swoole\Process::IPC_NOWAIT); var_dump($q->pop()); $q->freeQueue();
--EXPECT--
00
int(0)
bool(true)
bool(false)
