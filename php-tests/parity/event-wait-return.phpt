--TEST--
Event::wait without anything to wait for returns null at once, and again after the loop ended.
--FILE--
<?php
// Pins: Event::wait without anything to wait for returns null at once, and again after the loop ended.
// Status: documented.
use Swoole\{Event, Timer};
var_dump(Event::wait());
Timer::after(10, fn () => print("timer\n"));
var_dump(Event::wait());
var_dump(Event::wait());
echo "end\n";
--EXPECT--
NULL
timer
NULL
NULL
end
