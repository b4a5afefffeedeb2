--TEST--
two queues, one for tasks and one for results, with two workers.
--FILE--
<?php
// Pins: two queues, one for tasks and one for results, with two workers.
// Status: documented.
use Swoole\Process;
$base = getmypid() & 0xffffff;
$results = new Process(fn () => null, false, 0);
$results->useQueue(0x6b000000 | $base);
$workers = [];
for ($i = 0; $i < 2; $i++) {
    $w = new Process(function (Process $p) use ($results) {
        while (($m = $p->pop()) !== 'stop') {
            $results->push("$m=" . $m ** 2);
        }
        exit(7);
    }, false, 0);
    $w->useQueue(0x6c000000 | $base);
    $w->start();
    $workers[] = $w;
}
for ($n = 1; $n <= 8; $n++) {
    $workers[0]->push((string) $n);
}
$got = [];
for ($n = 1; $n <= 8; $n++) {
    $got[] = $results->pop();
}
sort($got);
echo implode(' ', $got), "\n";
foreach ($workers as $w) {
    $w->push('stop');
}
echo Process::wait()['code'], ' ', Process::wait()['code'], "\n";
$workers[0]->freeQueue();
$results->freeQueue();
--EXPECT--
1=1 2=4 3=9 4=16 5=25 6=36 7=49 8=64
7 7
