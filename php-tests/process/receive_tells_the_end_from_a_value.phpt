--TEST--
receive() tells by its argument whether a value was received; wrong arguments and unusable pipes lose nothing
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Process;

require __DIR__ . '/../support.inc';

set_error_handler(function (int $level, string $text): bool {
    echo "    $text\n";
    return true;
});
class Secret
{
    public function __wakeup(): void
    {
        echo "    woken\n";
    }
}
class Refuses
{
    public function __serialize(): array
    {
        throw new LogicException('not me');
    }
}
class Breaks
{
    public function __unserialize(array $data): void
    {
        throw new LogicException('not here');
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
$p = new Process(function (Process $p) {
    foreach ([false, null, new Secret(), new Secret(), new Breaks(), [[[1]]], 'last'] as $value) {
        $p->send($value);
    }
    // Until the parent has tried what waits for nothing.
    $p->receive();
});
// Not started: nothing comes.
var_dump($p->receive(0, $received), $received, swoole_last_error() === 6002 || swoole_last_error() === SOCKET_ETIMEDOUT);
tell(fn () => $p->send());
tell(fn () => $p->send(fn () => 0));
tell(fn () => $p->send(new Refuses()));
$p->start();
var_dump($p->receive(5, $received), $received, $p->receive(5, $received), $received);
tell(fn () => $p->receive('soon'));
tell(fn () => $p->receive(5, $received, ['allowed_classes' => 7]));
tell(fn () => $p->receive(5, $received, 'options'));
var_dump(get_debug_type($p->receive(options: ['allowed_classes' => false])));
var_dump(get_debug_type($p->receive(5, $received, ['allowed_classes' => ['secret']])), $received);
tell(function () use ($p, &$received) {
    $p->receive(5, $received);
});
var_dump($received);
var_dump($p->receive(5, $received, ['max_depth' => 2]), $received);
var_dump($p->receive(NAN), $p->receive(0.01, $received), $received);
$p->setTimeout(0.01);
var_dump($p->receive(received: $received), $received);
$p->send(null);
Process::wait();
var_dump($p->receive(-1, $received), $received, swoole_last_error() === SOCKET_ECONNRESET);
var_dump($p->send(1));
foreach ([fn () => (new Process(fn () => 0, false, 0)), function () {
    $closed = new Process(fn () => 0);
    $closed->close();
    return $closed;
}, function () {
    $half = new Process(fn () => 0);
    $half->close(Process::PIPE_MASTER);
    return $half;
}] as $make) {
    $other = $make();
    var_dump($other->send(1), $other->receive(1, $received), $received);
}
tell(fn () => (new ReflectionClass(Process::class))->newInstanceWithoutConstructor()->send(1));
tell(fn () => (new ReflectionClass(Process::class))->newInstanceWithoutConstructor()->receive());
// Another process has the object, and is not at either side of its pipe: it reads what is for its parent.
$p = new Process(function (Process $p) {
    $p->receive();
    $p->send('for the parent');
});
$p->start();
$p->send('go');
$other = new Process(function (Process $me) use ($p) {
    $me->send($p->receive(10));
});
$other->start();
var_dump($other->receive(10));
Process::wait();
Process::wait();
?>
--EXPECTF--
bool(false)
bool(false)
bool(true)
ArgumentCountError: Swoole\Process::send() expects exactly 1 argument, 0 given
Exception: Serialization of 'Closure' is not allowed
LogicException: not me
bool(false)
bool(true)
NULL
bool(true)
TypeError: Swoole\Process::receive(): Argument #1 ($timeout) must be of type float, string given
TypeError: unserialize(): Option "allowed_classes" must be of type array|bool, int given
TypeError: Swoole\Process::receive(): Argument #3 ($options) must be of type array, string given
string(22) "__PHP_Incomplete_Class"
    woken
string(6) "Secret"
bool(true)
LogicException: not here
bool(false)
    unserialize(): Maximum depth of 2 exceeded. The depth limit can be changed using the max_depth unserialize() option or the unserialize_max_depth ini setting
    unserialize(): Error at offset %d of %d bytes
    Swoole\Process::receive(): unserialize() failed, Error: Bad message[74]
bool(false)
bool(false)
string(4) "last"
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(true)
    Swoole\Process::send(): sendmsg() failed, Error: Broken pipe[32]
bool(false)
    Swoole\Process::send(): no pipe, cannot send a value
    Swoole\Process::receive(): no pipe, cannot receive a value
bool(false)
bool(false)
bool(false)
    Swoole\Process::send(): no pipe, cannot send a value
    Swoole\Process::receive(): no pipe, cannot receive a value
bool(false)
bool(false)
bool(false)
    Swoole\Process::send(): this end of the pipe is closed, cannot write into pipe
    Swoole\Process::receive(): this end of the pipe is closed, cannot read from pipe
bool(false)
bool(false)
bool(false)
Swoole\Error: must call constructor first
Swoole\Error: must call constructor first
string(14) "for the parent"
