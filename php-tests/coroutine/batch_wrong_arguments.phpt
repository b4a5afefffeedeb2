--TEST--
batch(), parallel(), map(): wrong arguments are refused in the words of functions that are written in PHP
--FILE--
<?php
use function Swoole\Coroutine\{run, batch, parallel, map};
function attempt(callable $body): void
{
    try {
        var_dump($body());
    } catch (Throwable $e) {
        echo get_class($e), ': ', preg_replace('~(called|passed) in .+? on line \d+~', '$1 in FILE', $e->getMessage()), "\n";
    }
}
run(function () {
    attempt(fn () => batch('x'));
    attempt(fn () => batch());
    attempt(fn () => batch([], 'x'));
    attempt(fn () => batch([], null));
    attempt(fn () => parallel(1));
    attempt(fn () => parallel('x', fn () => 1));
    attempt(fn () => parallel(1, 'no_such_function'));
    attempt(fn () => map([], 5));
    attempt(fn () => map(new ArrayObject(), fn () => 5));
});
?>
--EXPECT--
TypeError: Swoole\Coroutine\batch(): Argument #1 ($tasks) must be of type array, string given, called in FILE
ArgumentCountError: Too few arguments to function Swoole\Coroutine\batch(), 0 passed in FILE and at least 1 expected
TypeError: Swoole\Coroutine\batch(): Argument #2 ($timeout) must be of type float, string given, called in FILE
TypeError: Swoole\Coroutine\batch(): Argument #2 ($timeout) must be of type float, null given, called in FILE
ArgumentCountError: Too few arguments to function Swoole\Coroutine\parallel(), 1 passed in FILE and exactly 2 expected
TypeError: Swoole\Coroutine\parallel(): Argument #1 ($n) must be of type int, string given, called in FILE
TypeError: Swoole\Coroutine\parallel(): Argument #2 ($fn) must be of type callable, string given, called in FILE
TypeError: Swoole\Coroutine\map(): Argument #2 ($fn) must be of type callable, int given, called in FILE
TypeError: Swoole\Coroutine\map(): Argument #1 ($list) must be of type array, ArrayObject given, called in FILE
