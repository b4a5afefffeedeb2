--TEST--
Barrier: wrong arguments and typed references are refused, and outside of coroutines only a wait is
--FILE--
<?php
use Swoole\Coroutine\Barrier;
use function Swoole\Coroutine\run;

class Typed
{
    public Barrier $barrier;
    public ?Barrier $nullable = null;
}

function attempt(callable $body): void
{
    try {
        var_dump($body());
    } catch (Throwable $e) {
        echo get_class($e), ': ', preg_replace('~(called|passed) in .+? on line \d+~', '$1 in FILE', $e->getMessage()), "\n";
    }
}

attempt(function () { $barrier = Barrier::make(); Barrier::wait($barrier); return $barrier; });
attempt(function () { $barrier = $other = Barrier::make(); Barrier::wait($barrier); });
run(function () {
    attempt(function () { $barrier = 5; Barrier::wait($barrier); });
    attempt(function () { $barrier = null; Barrier::wait($barrier); });
    attempt(function () { Barrier::wait(); });
    attempt(function () { $barrier = Barrier::make(); Barrier::wait($barrier, 'x'); });
    attempt(function () { $typed = new Typed(); $typed->barrier = Barrier::make(); Barrier::wait($typed->barrier); });
    attempt(function () { $typed = new Typed(); $typed->nullable = Barrier::make(); Barrier::wait($typed->nullable); return $typed->nullable; });
    attempt(fn () => clone Barrier::make());
    attempt(fn () => serialize(new Barrier()));
});
?>
--EXPECT--
NULL
Swoole\Error: API must be called in the coroutine
TypeError: Swoole\Coroutine\Barrier::wait(): Argument #1 ($barrier) must be of type Swoole\Coroutine\Barrier, int given, called in FILE
TypeError: Swoole\Coroutine\Barrier::wait(): Argument #1 ($barrier) must be of type Swoole\Coroutine\Barrier, null given, called in FILE
ArgumentCountError: Too few arguments to function Swoole\Coroutine\Barrier::wait(), 0 passed in FILE and at least 1 expected
TypeError: Swoole\Coroutine\Barrier::wait(): Argument #2 ($timeout) must be of type float, string given, called in FILE
TypeError: Cannot assign null to reference held by property Typed::$barrier of type Swoole\Coroutine\Barrier
NULL
Error: Trying to clone an uncloneable object of class Swoole\Coroutine\Barrier
Exception: Serialization of 'Swoole\Coroutine\Barrier' is not allowed
