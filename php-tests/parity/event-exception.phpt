--TEST--
an exception in a callback of the loop ends the script with status 255; what was pending is not run, shutdown functions are.
--FILE--
<?php
// Pins: an exception in a callback of the loop ends the script with status 255; what was pending is not run, shutdown functions are.
// Status: documented in part.
use Swoole\{Event, Timer};
register_shutdown_function(fn () => print("shutdown function\n"));
Timer::after(60, fn () => print("not reached\n"));
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, function ($a) {
    echo "callback\n";
    throw new RuntimeException('from a read callback');
});
fwrite($b, 'x');
Event::wait();
echo "not reached\n";
--EXPECTF--
callback

Fatal error: Uncaught RuntimeException: from a read callback in %s:%d
Stack trace:
%A
  thrown in %s on line %d
shutdown function
