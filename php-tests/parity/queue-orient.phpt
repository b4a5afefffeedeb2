--TEST--
mode 1: a child pops only what was pushed through its own object.
--FILE--
<?php
// Pins: mode 1: a child pops only what was pushed through its own object.
// Status: documented.
use Swoole\Process;
$key = 0x63000000 | (getmypid() & 0xffffff);
$kids = [];
for ($i = 0; $i < 3; $i++) {
    $p = new Process(function (Process $p) use ($i) {
        $got = [];
        while (($m = $p->pop()) !== 'end') {
            $got[] = $m;
        }
        $p->write("child $i: " . implode(' ', $got));
    });
    $p->useQueue($key, SWOOLE_MSGQUEUE_ORIENT);
    $kids[] = $p;
}
foreach ([2, 0, 1, 0, 2, 2] as $n => $to) {
    $kids[$to]->push("m$n");
}
foreach ($kids as $p) {
    $p->push('end');
}
foreach (array_reverse($kids) as $p) {
    $p->start();
}
foreach ($kids as $p) {
    echo $p->read(), "\n";
}
while (Process::wait()) {
}
echo json_encode($kids[1]->statQueue()), "\n";
$kids[2]->freeQueue();
--EXPECT--
child 0: m1 m3
child 1: m2
child 2: m0 m4 m5
{"queue_num":0,"queue_bytes":0}
