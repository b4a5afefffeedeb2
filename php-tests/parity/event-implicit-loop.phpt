--TEST--
a script that ends with timers pending runs the loop as a shutdown function: after those registered before the loop was made, before the others.
--FILE--
<?php
// Pins: a script that ends with timers pending runs the loop as a shutdown function: after those registered before the loop was made, before the others.
// Status: documented as deprecated; the text and the order are accidental.
use Swoole\{Event, Timer};
register_shutdown_function(fn () => print("shutdown function registered first\n"));
Timer::after(30, fn () => print("timer\n"));
register_shutdown_function(fn () => print("shutdown function registered after the timer\n"));
echo "last line\n";
--EXPECTF--
last line
shutdown function registered first

Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in %s on line %d
timer
shutdown function registered after the timer
