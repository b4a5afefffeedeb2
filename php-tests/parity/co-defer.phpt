--TEST--
defer: last in first out, after the end of the function, also after an exception; the argument it gets.
--FILE--
<?php
// Pins: defer: last in first out, after the end of the function, also after an exception; the argument it gets.
// Status: documented; the argument is accidental.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
run(function () {
    go(function () {
        Coroutine::defer(fn (...$a) => print('first registered ' . json_encode($a) . "\n"));
        defer(function () { echo "second registered\n"; });
        try {
            Coroutine::sleep(0.02);
            echo "body\n";
            return 'value';
        } finally {
            echo "finally\n";
        }
    });
    go(function () {
        Coroutine::defer(function () {
            echo "outer deferred\n";
            Coroutine::defer(fn () => print("deferred by deferred\n"));
        });
        Coroutine::defer(function () { Coroutine::sleep(0.12); echo "deferred may sleep\n"; });
    });
});
--EXPECT--
body
finally
second registered
first registered ["value"]
deferred may sleep
outer deferred
deferred by deferred
