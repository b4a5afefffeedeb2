--TEST--
mode 2 (the default): several children pop from one queue, every message goes to exactly one of them.
--FILE--
<?php
// Pins: mode 2 (the default): several children pop from one queue, every message goes to exactly one of them.
// Status: documented.
use Swoole\Process;
$key = 0x62000000 | (getmypid() & 0xffffff);
$kids = [];
for ($i = 0; $i < 3; $i++) {
    $p = new Process(function (Process $p) {
        $got = [];
        while (($m = $p->pop()) !== 'end') {
            $got[] = (int) $m;
            usleep(2000);
        }
        $p->write(json_encode($got));
    });
    var_dump($p->useQueue($key, 2));
    $kids[] = $p;
}
for ($n = 0; $n < 30; $n++) {
    $kids[$n % 3]->push((string) $n);
}
foreach ($kids as $p) {
    $p->push('end');
}
foreach ($kids as $p) {
    $p->start();
}
$all = [];
foreach ($kids as $p) {
    $all = array_merge($all, json_decode($p->read(), true));
}
sort($all);
var_dump($all === range(0, 29));
while (Process::wait()) {
}
echo json_encode($kids[0]->statQueue()), "\n";
$kids[0]->freeQueue();
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
{"queue_num":0,"queue_bytes":0}
