--TEST--
signal(): numbers out of range, signals that cannot be caught, a callback that is no callback.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: signal(): numbers out of range, signals that cannot be caught, a callback that is no callback.
// Status: accidental.
use Swoole\Process;
foreach ([-1, 100000] as $n) {
    var_dump(Process::signal($n, fn () => null));
}
foreach (['no_such_function', 'a::b', [1, 2], 5] as $cb) {
    try {
        var_dump(Process::signal(SIGUSR1, $cb));
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
try {
    Process::signal();
} catch (Throwable $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
--EXPECTF--

Warning: Swoole\Process::signal(): invalid signal number [-1] in %s on line %d
bool(false)

Warning: Swoole\Process::signal(): invalid signal number [100000] in %s on line %d
bool(false)

Warning: Swoole\Process::signal(): function 'no_such_function' is not callable in %s on line %d
bool(false)

Warning: Swoole\Process::signal(): function 'a::b' is not callable in %s on line %d
bool(false)

Warning: Swoole\Process::signal(): function 'Array' is not callable in %s on line %d
bool(false)

Warning: Swoole\Process::signal(): function '5' is not callable in %s on line %d
bool(false)
ArgumentCountError: Swoole\Process::signal() expects at least 1 argument, 0 given
