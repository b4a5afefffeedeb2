--TEST--
Coroutine: in shutdown functions they wait as everywhere
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
register_shutdown_function(function () {
    run(function () {
        Coroutine::sleep(0.001);
        echo "slept in a shutdown function\n";
    });
    go(function () {
        Coroutine::sleep(0.001);
        echo "slept after it\n";
    });
});
go(function () {
    Coroutine::sleep(0.001);
    echo "slept in the script\n";
});
?>
--EXPECT--
slept in the script
slept in a shutdown function

Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in Unknown on line 0
slept after it
