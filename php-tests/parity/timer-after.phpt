--TEST--
Timer::after: order by deadline, arguments, no id among them, the returned id, and what the loop does when it ends.
--CONFLICTS--
all
--FILE--
<?php
// Pins: Timer::after: order by deadline, arguments, no id among them, the returned id, and what the loop does when it ends.
// Status: documented.
use Swoole\{Event, Timer};
$t = microtime(true);
$a = Timer::after(100, fn () => print("100 ms\n"));
$b = Timer::after(20, function (...$args) { echo json_encode($args), "\n"; }, 'x', [1, 2], null);
$c = Timer::after(60, function (...$args) { echo json_encode($args), "\n"; });
var_dump(is_int($a), $b === $a + 1, $c === $a + 2);
Event::wait();
$t = microtime(true) - $t;
var_dump($t > 0.095 && $t < 4);
--EXPECT--
bool(true)
bool(true)
bool(true)
["x",[1,2],null]
[]
100 ms
bool(true)
