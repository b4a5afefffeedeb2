--TEST--
cancel with an exception: CanceledException is thrown at the waiting call; finally and defer run; uncaught it is a fatal error as any other.
--FILE--
<?php
// Pins: cancel with an exception: CanceledException is thrown at the waiting call; finally and defer run; uncaught it is a fatal error as any other.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
run(function () {
    $a = go(function () {
        try {
            Coroutine::sleep(2);
            echo "not reached\n";
        } catch (Swoole\Coroutine\CanceledException $e) {
            echo 'caught ', get_class($e), ' parent ', get_parent_class($e), "\n";
        }
        echo "goes on\n";
    });
    $b = go(function () {
        Coroutine::defer(fn () => print("deferred\n"));
        try {
            Coroutine::yield();
            echo "not reached\n";
        } finally {
            echo "finally\n";
        }
        echo "not reached\n";
    });
    var_dump(Coroutine::cancel($a, true), Coroutine::cancel($b, true));
    echo "not reached\n";
});
echo "not reached\n";
--EXPECTF--
caught Swoole\Coroutine\CanceledException parent Exception
goes on
finally

Fatal error: Uncaught Swoole\Coroutine\CanceledException in %s:%d
Stack trace:
%A
  thrown in %s on line %d
deferred
