--TEST--
batch keeps keys and order, its time-out leaves null; parallel runs n times; map gets value and key.
--CONFLICTS--
all
--FILE--
<?php
// Pins: batch keeps keys and order, its time-out leaves null; parallel runs n times; map gets value and key.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, batch, parallel, map};
run(function () {
    $t = microtime(true);
    $r = batch(['slow' => function () { Coroutine::sleep(0.1); return 'S'; }, 'fast' => fn () => 'F', 5 => fn () => null]);
    var_dump($r);
    var_dump(microtime(true) - $t < 0.5);
    echo json_encode(batch(['a' => fn () => 1, 'late' => function () { Coroutine::sleep(0.2); return 2; }], 0.05)), "\n";
    echo json_encode(batch([])), "\n";
    $n = 0;
    parallel(4, function () use (&$n) { Coroutine::sleep(0.02); $n++; });
    echo "$n\n";
    echo json_encode(map(['x' => 1, 'y' => 2, 3], function ($v, $k) { Coroutine::sleep(0.04 - $v / 100); return "$k=" . $v * 10; })), "\n";
});
--EXPECT--
array(3) {
  ["slow"]=>
  string(1) "S"
  ["fast"]=>
  string(1) "F"
  [5]=>
  NULL
}
bool(true)
{"a":1,"late":null}
[]
4
{"x":"x=10","y":"y=20","0":"0=30"}
