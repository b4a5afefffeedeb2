--TEST--
Lock, Coroutine\Lock: what cannot be done with one is refused, and may be caught
--FILE--
<?php
use Swoole\Coroutine\Lock as CoLock;
use Swoole\Lock;
use function Swoole\Coroutine\run;

class WithoutParent extends Lock
{
    public function __construct()
    {
    }
}
class CoWithoutParent extends CoLock
{
    public function __construct()
    {
    }
}

function attempt(callable $body): void
{
    try {
        var_dump($body());
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}

foreach ([WithoutParent::class, CoWithoutParent::class] as $class) {
    attempt(fn () => (new $class())->lock());
    attempt(fn () => (new $class())->unlock());
}
foreach ([new Lock(), new CoLock(), new CoLock(true)] as $lock) {
    attempt(fn () => $lock->__construct());
    attempt(fn () => clone $lock);
    attempt(fn () => serialize($lock));
    attempt(fn () => $lock->lock('at once'));
    attempt(function () use ($lock) { unset($lock->errCode); });
}
foreach ([0, 2, 4, -1, PHP_INT_MAX] as $type) {
    attempt(fn () => new Lock($type));
}
attempt(fn () => (new CoLock())->lock());
attempt(fn () => (new CoLock())->unlock());
// These are gone from Swoole 6; the page tells what to use.
foreach (['trylock', 'lockwait', 'lock_read', 'trylock_read', 'destroy'] as $method) {
    attempt(fn () => method_exists(Lock::class, $method));
}
?>
--EXPECT--
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: Constructor of Swoole\Lock can only be called once
Error: Trying to clone an uncloneable object of class Swoole\Lock
Exception: Serialization of 'Swoole\Lock' is not allowed
TypeError: Swoole\Lock::lock(): Argument #1 ($operation) must be of type int, string given
Error: Property errCode of class Swoole\Lock cannot be unset
Swoole\Error: Constructor of Swoole\Coroutine\Lock can only be called once
Error: Trying to clone an uncloneable object of class Swoole\Coroutine\Lock
Exception: Serialization of 'Swoole\Coroutine\Lock' is not allowed
TypeError: Swoole\Coroutine\Lock::lock(): Argument #1 ($operation) must be of type int, string given
Error: Property errCode of class Swoole\Coroutine\Lock cannot be unset
Swoole\Error: Constructor of Swoole\Coroutine\Lock can only be called once
Error: Trying to clone an uncloneable object of class Swoole\Coroutine\Lock
Exception: Serialization of 'Swoole\Coroutine\Lock' is not allowed
TypeError: Swoole\Coroutine\Lock::lock(): Argument #1 ($operation) must be of type int, string given
Error: Property errCode of class Swoole\Coroutine\Lock cannot be unset
Swoole\Exception: lock type[0] is not support
Swoole\Exception: lock type[2] is not support
Swoole\Exception: lock type[4] is not support
Swoole\Exception: lock type[-1] is not support
Swoole\Exception: lock type[9223372036854775807] is not support
Swoole\Error: API must be called in the coroutine
Swoole\Error: API must be called in the coroutine
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
