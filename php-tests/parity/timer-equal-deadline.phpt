--TEST--
two timers with the same interval run in the order of their creation; a tick keeps its rhythm beside an after.
--FILE--
<?php
// Pins: two timers with the same interval run in the order of their creation; a tick keeps its rhythm beside an after.
// Status: documented in part.
use Swoole\{Event, Timer};
for ($i = 0; $i < 3; $i++) {
    Timer::after(30 + 50 * $i, fn () => print("a$i\n"));
    Timer::after(30 + 50 * $i, fn () => print("b$i\n"));
}
$k = 0;
Timer::tick(70, function ($id) use (&$k) { echo 'tick ', ++$k, "\n"; if ($k === 2) { Timer::clear($id); } });
Event::wait();
--EXPECT--
a0
b0
tick 1
a1
b1
a2
b2
tick 2
