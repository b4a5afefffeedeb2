--TEST--
bad arguments of after, tick, clear, info, exists.
--FILE--
<?php
// Pins: bad arguments of after, tick, clear, info, exists.
// Status: accidental (texts).
use Swoole\Timer;
var_dump(Timer::clear(1), Timer::exists(1), Timer::info(1), Timer::clearAll());
foreach ([fn () => Timer::after(0, fn () => null), fn () => Timer::after(-5, fn () => null), fn () => Timer::tick(0, fn () => null),
          fn () => Timer::after(10), fn () => Timer::after('x', fn () => null), fn () => Timer::after(10, 'nope'),
          fn () => Timer::after(10.5, fn () => null) > 0] as $f) {
    try {
        var_dump($f());
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
var_dump(Timer::clear(999999), Timer::info(999999), Timer::exists(999999));
try {
    new Timer();
} catch (Throwable $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
Timer::clearAll();
Swoole\Event::wait();
--EXPECTF--
bool(false)
bool(false)
bool(false)
bool(false)

Warning: Swoole\Timer::after(): Timer must be greater than or equal to 1 in %s on line %d
bool(false)

Warning: Swoole\Timer::after(): Timer must be greater than or equal to 1 in %s on line %d
bool(false)

Warning: Swoole\Timer::tick(): Timer must be greater than or equal to 1 in %s on line %d
bool(false)
ArgumentCountError: Swoole\Timer::after() expects at least 2 arguments, 1 given
TypeError: Swoole\Timer::after(): Argument #1 ($ms) must be of type int, string given
TypeError: Swoole\Timer::after(): Argument #2 ($callback) must be a valid callback, function "nope" not found or invalid function name

Deprecated: Implicit conversion from float 10.5 to int loses precision in %s on line %d
bool(true)
bool(false)
NULL
bool(false)
Error: The object of Swoole\Timer can not be created for security reasons
