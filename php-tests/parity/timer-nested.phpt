--TEST--
timers made in callbacks, a timer that clears another of the same moment, and 1 ms timers that make each other.
--FILE--
<?php
// Pins: timers made in callbacks, a timer that clears another of the same moment, and 1 ms timers that make each other.
// Status: documented.
use Swoole\{Event, Timer};
$n = 0;
$next = function () use (&$n, &$next) {
    if (++$n < 5) {
        Timer::after(1, $next);
    } else {
        echo "chain of $n\n";
    }
};
Timer::after(1, $next);
Timer::after(500, function () use (&$victim) {
    echo "first at 50\n";
    var_dump(Timer::clear($victim));
    Timer::after(30, fn () => print("made at 50, due at 80\n"));
});
$victim = Timer::after(510, fn () => print("never\n"));
Timer::after(1000, fn () => print("300\n"));
Event::wait();
--EXPECT--
chain of 5
first at 50
bool(true)
made at 50, due at 80
300
