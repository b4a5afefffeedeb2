--TEST--
Event::cycle: called after each turn of the loop, or before it with the second argument; null removes it.
--FILE--
<?php
// Pins: Event::cycle: called after each turn of the loop, or before it with the second argument; null removes it.
// Status: documented.
use Swoole\{Event, Timer};
$n = 0;
var_dump(Event::cycle(function () use (&$n) { $n++; }));
Timer::after(30, fn () => print("timer 1\n"));
Timer::after(100, function () use (&$n) {
    echo 'cycles so far at least one: ', json_encode($n >= 1), "\n";
    var_dump(Event::cycle(null), Event::cycle(null));
    $n = 0;
});
Timer::after(180, function () use (&$n) {
    echo "cycles after removal: $n\n";
    $m = 0;
    Event::cycle(function () use (&$m) { if (++$m === 1) { echo "before a turn\n"; Event::cycle(null, true); } }, true);
});
Timer::after(260, fn () => print("timer 4\n"));
Event::wait();
--EXPECT--
bool(true)
timer 1
cycles so far at least one: true
bool(true)
bool(false)
cycles after removal: 0
before a turn
timer 4
