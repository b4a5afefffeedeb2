--TEST--
a time limit that nobody catches is an uncaught exception as any other
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\run;
run(function () {
    Coroutine::setTimeLimit(0.001);
    Coroutine::sleep(100);
});
?>
--EXPECTF--
%AFatal error: Uncaught Swoole\Coroutine\TimeoutException: the time limit of the coroutine has expired in %s
Stack trace:
%A
