--TEST--
what the constructor refuses, and objects that were never constructed
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
function attempt(string $what, Closure $body): void
{
    try {
        $result = json_encode($body());
        echo "$what: $result\n";
    } catch (Throwable $e) {
        echo "$what: ", $e::class, "({$e->getCode()}): {$e->getMessage()}\n";
    }
}
foreach ([0, -1, PHP_INT_MIN, 4194305, PHP_INT_MAX] as $count) {
    attempt("workers $count", fn () => new Pool($count));
}
foreach ([-1, 4, 99] as $type) {
    attempt("type $type", fn () => new Pool(1, $type));
}
foreach ([SWOOLE_IPC_MSGQUEUE, SWOOLE_IPC_SOCKET] as $type) {
    attempt("coroutines with type $type", fn () => new Pool(1, $type, 0, true));
}
foreach ([1 << 32, -(1 << 31) - 1] as $key) {
    attempt("key $key", fn () => new Pool(1, SWOOLE_IPC_MSGQUEUE, $key));
}
foreach ([0xffffffff, -(1 << 31), 1] as $key) {
    attempt("key $key", fn () => get_class(new Pool(1, SWOOLE_IPC_MSGQUEUE, $key)));
}
attempt('no argument', fn () => new Pool());
attempt('a word', fn () => new Pool('many'));
attempt('twice', function () {
    $pool = new Pool(1);
    $pool->__construct(2);
});
attempt('clone', fn () => clone new Pool(1));
attempt('serialize', fn () => serialize(new Pool(1)));
attempt('unserialize', fn () => unserialize('O:19:"Swoole\Process\Pool":0:{}'));
$raw = (new ReflectionClass(Pool::class))->newInstanceWithoutConstructor();
$calls = [
    'set' => [[]], 'on' => ['Start', fn () => 0], 'getProcess' => [], 'listen' => ['127.0.0.1', 1], 'write' => ['x'],
    'sendMessage' => ['x', 0], 'detach' => [], 'start' => [], 'stop' => [], 'shutdown' => [], 'stats' => [], '__destruct' => [],
];
foreach ($calls as $method => $arguments) {
    attempt("unconstructed $method", fn () => $raw->$method(...$arguments));
}
// A subclass that forgets its parent's constructor, and one that does not.
attempt('forgetful', fn () => (new class extends Pool {
    public function __construct() {}
})->start());
attempt('subclass', fn () => (new class(2) extends Pool {
    public int $more = 5;
})->more);
?>
--EXPECT--
workers 0: Swoole\Exception(0): the parameter $worker_num must be greater than 0
workers -1: Swoole\Exception(0): the parameter $worker_num must be greater than 0
workers -9223372036854775808: Swoole\Exception(0): the parameter $worker_num must be greater than 0
workers 4194305: Swoole\Exception(0): the parameter $worker_num must be at most 4194304
workers 9223372036854775807: Swoole\Exception(0): the parameter $worker_num must be at most 4194304
type -1: Swoole\Exception(505): the parameter $ipc_type must be one of SWOOLE_IPC_*, -1 given
type 4: Swoole\Exception(505): the parameter $ipc_type must be one of SWOOLE_IPC_*, 4 given
type 99: Swoole\Exception(505): the parameter $ipc_type must be one of SWOOLE_IPC_*, 99 given
coroutines with type 2: Error(0): the parameter $ipc_type must be SWOOLE_IPC_UNIXSOCK when enable coroutine
coroutines with type 3: Error(0): the parameter $ipc_type must be SWOOLE_IPC_UNIXSOCK when enable coroutine
key 4294967296: Swoole\Exception(505): the parameter $msgqueue_key must fit into 32 bits
key -2147483649: Swoole\Exception(505): the parameter $msgqueue_key must fit into 32 bits
key 4294967295: "Swoole\\Process\\Pool"
key -2147483648: "Swoole\\Process\\Pool"
key 1: "Swoole\\Process\\Pool"
no argument: ArgumentCountError(0): Swoole\Process\Pool::__construct() expects at least 1 argument, 0 given
a word: TypeError(0): Swoole\Process\Pool::__construct(): Argument #1 ($worker_num) must be of type int, string given
twice: Error(0): Constructor of Swoole\Process\Pool can only be called once
clone: Error(0): Trying to clone an uncloneable object of class Swoole\Process\Pool
serialize: Exception(0): Serialization of 'Swoole\Process\Pool' is not allowed
unserialize: Exception(0): Unserialization of 'Swoole\Process\Pool' is not allowed
unconstructed set: Swoole\Error(0): must call constructor first
unconstructed on: Swoole\Error(0): must call constructor first
unconstructed getProcess: Swoole\Error(0): must call constructor first
unconstructed listen: Swoole\Error(0): must call constructor first
unconstructed write: Swoole\Error(0): must call constructor first
unconstructed sendMessage: Swoole\Error(0): must call constructor first
unconstructed detach: Swoole\Error(0): must call constructor first
unconstructed start: Swoole\Error(0): must call constructor first
unconstructed stop: Swoole\Error(0): must call constructor first
unconstructed shutdown: Swoole\Error(0): must call constructor first
unconstructed stats: Swoole\Error(0): must call constructor first
unconstructed __destruct: null
forgetful: Swoole\Error(0): must call constructor first
subclass: 5
