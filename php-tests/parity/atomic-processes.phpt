--TEST--
an Atomic is shared with children: increments of many processes are not lost.
--FILE--
<?php
// Pins: an Atomic is shared with children: increments of many processes are not lost.
// Status: documented.
use Swoole\{Atomic, Process};
use Swoole\Atomic\Long;
$a = new Atomic(0);
$l = new Long(0);
$once = new Atomic(0);
for ($i = 0; $i < 4; $i++) {
    $p = new Process(function () use ($a, $l, $once) {
        for ($n = 0; $n < 5000; $n++) {
            $a->add();
            $l->sub(2);
        }
        exit($once->cmpset(0, 1) ? 1 : 0);
    }, false, 0);
    $p->start();
}
$winners = 0;
while ($r = Process::wait()) {
    $winners += $r['code'];
}
var_dump($a->get(), $l->get(), $winners);
--EXPECT--
int(20000)
int(-40000)
int(1)
