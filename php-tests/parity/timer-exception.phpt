--TEST--
an exception in a timer ends the script with status 255 after its message; other timers are not run.
--FILE--
<?php
// Pins: an exception in a timer ends the script with status 255 after its message; other timers are not run.
// Status: documented in part.
use Swoole\{Event, Timer};
register_shutdown_function(fn () => print("shutdown function\n"));
Timer::after(20, function () { echo "one\n"; throw new DomainException('from a timer'); });
Timer::after(20, fn () => print("not reached\n"));
Timer::after(50, fn () => print("not reached\n"));
try {
    Event::wait();
} catch (DomainException $e) {
    echo "caught outside\n";
}
echo "not reached\n";
--EXPECTF--
one

Fatal error: Uncaught DomainException: from a timer in %s:%d
Stack trace:
%A
  thrown in %s on line %d
shutdown function
