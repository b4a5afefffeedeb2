--TEST--
Process\Channel: values of any type come in their order, up to its capacity and its size; wrong arguments lose nothing
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Process\Channel;

set_error_handler(function (int $level, string $text): bool {
    echo "    $text\n";
    return true;
});
class Refuses
{
    public function __serialize(): array
    {
        throw new LogicException('not me');
    }
}
function tell(callable $call): void
{
    try {
        var_dump($call());
    } catch (Throwable $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
}
$error = fn () => swoole_last_error();
$c = new Channel(4, 4000);
$values = [false, null, 'text', ['a' => [1.5, true]]];
foreach ($values as $value) {
    var_dump($c->push($value));
}
var_dump($c->push('full', 0), $error() === SOCKET_ETIMEDOUT, $c->push('full', 0.01), $c->length(), $c->capacity());
foreach ($values as $value) {
    var_dump($c->pop(-1, $received) === $value, $received);
}
var_dump($c->pop(0, $received), $received, $error() === SOCKET_ETIMEDOUT, $c->pop(0.01));
var_dump($c->push(str_repeat('x', 4088), 0), $c->push('', 0), strlen($c->pop()), $c->push(str_repeat('x', 4089)), $error() === SOCKET_EMSGSIZE);
var_dump($c->push('', 0), $c->pop(), $c->stats());
tell(fn () => $c->push());
tell(fn () => $c->push(1, 'soon'));
tell(fn () => $c->push(fn () => 0));
tell(fn () => $c->push(new Refuses()));
$c->push(new ArrayObject([1]));
tell(fn () => $c->pop(-1, $received, ['allowed_classes' => 7]));
tell(fn () => get_class($c->pop(-1, $received, ['allowed_classes' => false])));
tell(fn () => new Channel(0));
tell(fn () => new Channel(1 << 24));
tell(fn () => new Channel(1, -1));
tell(fn () => new Channel(1, PHP_INT_MAX));
tell(fn () => new Channel('many'));
tell(fn () => (new ReflectionClass(Channel::class))->newInstanceWithoutConstructor()->push(1));
tell(fn () => (new ReflectionClass(Channel::class))->newInstanceWithoutConstructor()->stream());
tell(fn () => clone $c);
tell(fn () => serialize($c));
tell(fn () => $c->__construct());
$c->push('left');
var_dump($c->isClosed(), $c->close(), $c->close(), $c->isClosed(), $c->push(1), $error() === SOCKET_EPIPE);
var_dump($c->pop(), $c->pop(-1, $received), $received, $error() === SOCKET_ECONNRESET);
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
bool(true)
bool(false)
int(4)
int(4)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
bool(false)
    Swoole\Process\Channel::push(): the value is larger than the channel: pass a larger $size to the constructor
bool(true)
bool(false)
int(4088)
bool(false)
bool(true)
bool(true)
string(0) ""
array(7) {
  ["length"]=>
  int(0)
  ["capacity"]=>
  int(4)
  ["bytes"]=>
  int(0)
  ["size"]=>
  int(4096)
  ["pushed"]=>
  int(6)
  ["popped"]=>
  int(6)
  ["closed"]=>
  bool(false)
}
ArgumentCountError: Swoole\Process\Channel::push() expects at least 1 argument, 0 given
TypeError: Swoole\Process\Channel::push(): Argument #2 ($timeout) must be of type float, string given
Exception: Serialization of 'Closure' is not allowed
LogicException: not me
TypeError: unserialize(): Option "allowed_classes" must be of type array|bool, int given
string(22) "__PHP_Incomplete_Class"
ValueError: Swoole\Process\Channel::__construct(): Argument #1 ($capacity) must be between 1 and 16777215
ValueError: Swoole\Process\Channel::__construct(): Argument #1 ($capacity) must be between 1 and 16777215
ValueError: Swoole\Process\Channel::__construct(): Argument #2 ($size) must be between 1 and 137438953472
ValueError: Swoole\Process\Channel::__construct(): Argument #2 ($size) must be between 1 and 137438953472
TypeError: Swoole\Process\Channel::__construct(): Argument #1 ($capacity) must be of type int, string given
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
Error: Trying to clone an uncloneable object of class Swoole\Process\Channel
Exception: Serialization of 'Swoole\Process\Channel' is not allowed
Swoole\Error: Constructor of Swoole\Process\Channel can only be called once
    Swoole\Process\Channel::push(): the channel is closed, cannot push into it
bool(false)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
string(4) "left"
bool(false)
bool(false)
bool(true)
