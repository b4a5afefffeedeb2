--TEST--
Atomic, Atomic\Long: what cannot be done with one is refused, and may be caught
--FILE--
<?php
use Swoole\Atomic;
use Swoole\Atomic\Long;

class WithoutParent extends Atomic
{
    public function __construct()
    {
    }
}
class LongWithoutParent extends Long
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

foreach (['add' => [], 'sub' => [], 'get' => [], 'set' => [1], 'cmpset' => [1, 2]] as $method => $arguments) {
    attempt(fn () => (new WithoutParent())->$method(...$arguments));
    attempt(fn () => (new LongWithoutParent())->$method(...$arguments));
}
attempt(fn () => (new WithoutParent())->wait());
attempt(fn () => (new WithoutParent())->wakeup());
$a = new Atomic(7);
$l = new Long(-7);
attempt(fn () => $a->__construct(5));
attempt(fn () => $l->__construct(5));
attempt(fn () => [$a->get(), $l->get()]);
attempt(fn () => clone $l);
attempt(fn () => serialize($l));
attempt(fn () => unserialize('O:13:"Swoole\Atomic":0:{}'));
attempt(fn () => $a->set());
attempt(fn () => $a->add('many'));
attempt(fn () => $a->cmpset(1));
?>
--EXPECT--
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: Constructor of Swoole\Atomic can only be called once
Swoole\Error: Constructor of Swoole\Atomic\Long can only be called once
array(2) {
  [0]=>
  int(7)
  [1]=>
  int(-7)
}
Error: Trying to clone an uncloneable object of class Swoole\Atomic\Long
Exception: Serialization of 'Swoole\Atomic\Long' is not allowed
Exception: Unserialization of 'Swoole\Atomic' is not allowed
ArgumentCountError: Swoole\Atomic::set() expects exactly 1 argument, 0 given
TypeError: Swoole\Atomic::add(): Argument #1 ($add_value) must be of type int, string given
ArgumentCountError: Swoole\Atomic::cmpset() expects exactly 2 arguments, 1 given
