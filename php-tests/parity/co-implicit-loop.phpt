--TEST--
go at the top level, without run: it starts at once, the rest runs when the script ends.
--FILE--
<?php
// Pins: go at the top level, without run: it starts at once, the rest runs when the script ends.
// Status: documented as deprecated.
use Swoole\Coroutine;
register_shutdown_function(fn () => print("shutdown function registered before\n"));
go(function () {
    echo "starts at once\n";
    Coroutine::sleep(0.02);
    echo "after the sleep\n";
    Coroutine::defer(fn () => print("deferred\n"));
});
register_shutdown_function(fn () => print("shutdown function registered after\n"));
echo "last line\n";
--EXPECTF--
starts at once
last line
shutdown function registered before

Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in %s on line %d
after the sleep
deferred
shutdown function registered after
