--TEST--
defer runs at the end of the current turn of the loop, in order; a deferred function may defer again; before the loop it waits for it.
--FILE--
<?php
// Pins: defer runs at the end of the current turn of the loop, in order; a deferred function may defer again; before the loop it waits for it.
// Status: documented.
use Swoole\{Event, Timer};
var_dump(Event::defer(function () {
    echo "deferred 1\n";
    Event::defer(function () { echo "deferred by 1\n"; });
}));
Event::defer(fn () => print("deferred 2\n"));
echo "main\n";
Event::wait();
echo "-- loop ended\n";
Timer::after(20, function () {
    Event::defer(fn () => print("deferred in timer\n"));
    echo "timer\n";
});
Timer::after(20, fn () => print("timer 2\n"));
Event::wait();
echo "-- loop ended\n";
--EXPECT--
bool(true)
main
deferred 1
deferred 2
deferred by 1
-- loop ended
timer
timer 2
deferred in timer
-- loop ended
