--TEST--
children started later write straight into the pipe of the first one.
--FILE--
<?php
// Pins: children started later write straight into the pipe of the first one.
// Status: documented.
use Swoole\Process;
$collector = new Process(function (Process $p) {
    $got = [];
    for ($i = 0; $i < 3; $i++) {
        $got[] = $p->read();
    }
    sort($got);
    echo implode(', ', $got), "\n";
});
$collector->start();
for ($i = 1; $i <= 3; $i++) {
    $w = new Process(function () use ($collector, $i) {
        $collector->write("message of $i");
    }, false, 0);
    $w->start();
}
for ($i = 0, $codes = 0; $i < 4; $i++) {
    $codes += Process::wait()['code'];
}
var_dump($codes, Process::wait());
--EXPECT--
message of 1, message of 2, message of 3
int(0)
bool(false)
