--TEST--
an exception in a coroutine may be caught inside it only; uncaught it ends the whole script with 255.
--FILE--
<?php
// Pins: an exception in a coroutine may be caught inside it only; uncaught it ends the whole script with 255.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
register_shutdown_function(fn () => print("shutdown function\n"));
run(function () {
    go(function () {
        try {
            Coroutine::sleep(0.01);
            throw new Exception('inside');
        } catch (Exception $e) {
            echo 'caught ', $e->getMessage(), "\n";
        } finally {
            echo "finally\n";
        }
    });
    go(function () { Coroutine::sleep(0.2); echo "not reached\n"; });
    Coroutine::sleep(0.05);
    try {
        go(function () {
            Coroutine::defer(fn () => print("deferred\n"));
            throw new LogicException('escapes');
        });
        echo "not reached\n";
    } catch (LogicException $e) {
        echo "not caught here\n";
    }
});
echo "not reached\n";
--EXPECTF--
caught inside
finally

Fatal error: Uncaught LogicException: escapes in %s:%d
Stack trace:
%A
  thrown in %s on line %d
deferred
shutdown function
