--TEST--
WaitGroup: misuse throws and changes nothing; after a time-out, a cancellation or an exception the group is usable
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\{CanceledException, WaitGroup};
use function Swoole\Coroutine\{run, go};

function attempt(callable $body): void
{
    try {
        var_dump($body());
    } catch (Throwable $e) {
        echo get_class($e), ': ', preg_replace('~(called|passed) in .+? on line \d+~', '$1 in FILE', $e->getMessage()), "\n";
    }
}

$group = new WaitGroup(1);
attempt(fn () => (new WaitGroup())->wait());
attempt(fn () => $group->wait());
attempt(fn () => $group->count());
attempt(fn () => $group->add('two'));
attempt(fn () => $group->wait([]));
attempt(fn () => $group->add(null));
attempt(fn () => $group->add(PHP_INT_MAX));
attempt(fn () => $group->count() === PHP_INT_MAX);
attempt(fn () => clone $group);
attempt(fn () => serialize($group));
run(function () {
    $group = new WaitGroup(2);
    $waiting = go(function () use ($group) {
        var_dump($group->wait());
    });
    attempt(fn () => $group->add());
    attempt(fn () => $group->wait());
    Coroutine::cancel($waiting);
    attempt(fn () => $group->wait(0.001));
    $waiting = go(function () use ($group) {
        try {
            $group->wait();
        } catch (CanceledException $e) {
            echo get_class($e), "\n";
        }
    });
    Coroutine::cancel($waiting, true);
    $group->add();
    go(function () use ($group) {
        var_dump($group->wait());
        attempt(fn () => $group->done());
        $group->add(3);
    });
    for ($i = 0; $i < 3; $i++) {
        $group->done();
    }
    var_dump($group);
});
?>
--EXPECTF--
bool(true)
Swoole\Error: API must be called in the coroutine
int(1)
TypeError: Swoole\Coroutine\WaitGroup::add(): Argument #1 ($delta) must be of type int, string given, called in FILE
TypeError: Swoole\Coroutine\WaitGroup::wait(): Argument #1 ($timeout) must be of type float, array given, called in FILE
TypeError: Swoole\Coroutine\WaitGroup::add(): Argument #1 ($delta) must be of type int, null given, called in FILE
NULL
bool(true)
Error: Trying to clone an uncloneable object of class Swoole\Coroutine\WaitGroup
Exception: Serialization of 'Swoole\Coroutine\WaitGroup' is not allowed
BadMethodCallException: WaitGroup misuse: add called concurrently with wait
BadMethodCallException: WaitGroup misuse: reused before previous wait has returned
bool(false)
bool(false)
Swoole\Coroutine\CanceledException
bool(true)
BadMethodCallException: WaitGroup misuse: negative counter
object(Swoole\Coroutine\WaitGroup)#%d (3) {
  ["chan":protected]=>
  NULL
  ["count":protected]=>
  int(3)
  ["waiting":protected]=>
  bool(false)
}
