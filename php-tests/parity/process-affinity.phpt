--TEST--
setAffinity() and getAffinity(), their inheritance by a child, and bad cpu numbers.
--FILE--
<?php
// Pins: setAffinity() and getAffinity(), their inheritance by a child, and bad cpu numbers.
// Status: documented; the texts are accidental.
use Swoole\Process;
$all = Process::getAffinity();
var_dump(count($all) > 0, array_is_list($all), is_int($all[0]));
$p = new Process(function () use ($all) {
    var_dump(Process::setAffinity([$all[0]]));
    var_dump(Process::getAffinity() === [$all[0]]);
    $q = new Process(function () use ($all) { echo 'grandchild: ', json_encode(Process::getAffinity() === [$all[0]]), "\n"; }, false, 0);
    $q->start();
    Process::wait();
}, false, 0);
$p->start();
Process::wait();
var_dump(Process::getAffinity() === $all);
var_dump(Process::setAffinity([]));
set_error_handler(function ($no, $msg) { echo "[$no] ", preg_replace('/\d+/', 'N', $msg), "\n"; return true; });
var_dump(Process::setAffinity([100000]));
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
grandchild: true
bool(true)
bool(false)
[2] Swoole\Process::setAffinity(): invalid cpu id [N]
bool(false)
