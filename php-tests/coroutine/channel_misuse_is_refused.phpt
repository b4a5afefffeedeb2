--TEST--
Channel: what cannot be done with one is refused, and may be caught
--FILE--
<?php
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\run;

class WithoutParent extends Channel
{
    public function __construct()
    {
    }
}
class WithMore extends Channel
{
    public string $more = 'more';
}

function attempt(callable $body): void
{
    try {
        var_dump($body());
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}

foreach (['push' => [1], 'pop' => [], 'close' => [], 'length' => [], 'isEmpty' => [], 'isFull' => [], 'stats' => []] as $method => $arguments) {
    attempt(fn () => (new WithoutParent())->$method(...$arguments));
}
$c = new WithMore(2);
attempt(fn () => $c->push('room is there'));
attempt(fn () => $c->pop(0.1));
attempt(fn () => $c->__construct(5));
attempt(fn () => clone $c);
attempt(fn () => serialize($c));
attempt(fn () => unserialize('O:24:"Swoole\Coroutine\Channel":0:{}'));
attempt(fn () => new Channel('many'));
attempt(fn () => [$c->close(), $c->close(), $c->length()]);
attempt(fn () => [$c->capacity, $c->more, (new Channel())->capacity, (new Channel(-3))->capacity, (new Channel(PHP_INT_MAX))->capacity]);
unset($c);
run(function () {
    $c = new WithMore(1);
    attempt(fn () => $c->push());
    attempt(fn () => $c->push(1, 'soon'));
    attempt(fn () => $c->pop(1, 2));
    attempt(function () use ($c) { unset($c->errCode); });
});
?>
--EXPECT--
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Swoole\Error: API must be called in the coroutine
Swoole\Error: API must be called in the coroutine
Swoole\Error: Constructor of WithMore can only be called once
Error: Trying to clone an uncloneable object of class WithMore
Exception: Serialization of 'WithMore' is not allowed
Exception: Unserialization of 'Swoole\Coroutine\Channel' is not allowed
TypeError: Swoole\Coroutine\Channel::__construct(): Argument #1 ($size) must be of type int, string given
array(3) {
  [0]=>
  bool(true)
  [1]=>
  bool(false)
  [2]=>
  int(0)
}
array(5) {
  [0]=>
  int(2)
  [1]=>
  string(4) "more"
  [2]=>
  int(1)
  [3]=>
  int(1)
  [4]=>
  int(9223372036854775807)
}
ArgumentCountError: Swoole\Coroutine\Channel::push() expects at least 1 argument, 0 given
TypeError: Swoole\Coroutine\Channel::push(): Argument #2 ($timeout) must be of type float, string given
ArgumentCountError: Swoole\Coroutine\Channel::pop() expects at most 1 argument, 2 given
Error: Property errCode of class WithMore cannot be unset
