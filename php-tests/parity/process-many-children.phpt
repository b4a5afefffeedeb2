--TEST--
20 children at once, each with its own pipe, every one reaped exactly once with its own code.
--FILE--
<?php
// Pins: 20 children at once, each with its own pipe, every one reaped exactly once with its own code.
// Status: documented.
use Swoole\Process;
$kids = [];
for ($i = 0; $i < 20; $i++) {
    $p = new Process(function (Process $p) use ($i) {
        $n = (int) $p->read();
        $p->write("child $i: " . $n * $n);
        exit($i);
    });
    $kids[$p->start()] = [$p, $i];
}
foreach ($kids as [$p, $i]) {
    $p->write((string) ($i + 100));
}
foreach ($kids as [$p, $i]) {
    if ($p->read() !== "child $i: " . ($i + 100) ** 2) {
        echo "wrong answer from $i\n";
    }
}
$sum = 0;
for ($n = 0; $r = Process::wait(); $n++) {
    if ($kids[$r['pid']][1] !== $r['code']) {
        echo "wrong code\n";
    }
    unset($kids[$r['pid']]);
}
echo "$n reaped, ", count($kids), " left\n";
--EXPECT--
20 reaped, 0 left
