--TEST--
streams without a descriptor, what is closed, numbers of nothing and other values are refused, by dup() and sendHandle() alike
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Coroutine\Socket as CoSocket;
use Swoole\Process;

require __DIR__ . '/../support.inc';

class Memory
{
    public $context;
    public function stream_open(): bool { return true; }
}
class Lent
{
    public $context;
    public static $file;
    public function stream_open(): bool { return true; }
    public function stream_cast(int $as) { return self::$file; }
    public function stream_eof(): bool { return true; }
}
stream_wrapper_register('memory', Memory::class);
stream_wrapper_register('lent', Lent::class);
Lent::$file = fopen(__FILE__, 'r');

$process = new Process(fn () => 0);
$closed = fopen(__FILE__, 'r');
fclose($closed);
$socket = socket_create(AF_INET, SOCK_STREAM, 0);
socket_close($socket);
$coroutine = new CoSocket(AF_INET, SOCK_STREAM);
$coroutine->close();
$filtered = fopen(__FILE__, 'r');
stream_filter_append($filtered, 'string.rot13');
$handles = [
    'memory' => fopen('php://memory', 'r'), 'wrapper' => fopen('memory://x', 'r'), 'filtered' => $filtered, 'closed stream' => $closed,
    'closed socket' => $socket, 'closed coroutine socket' => $coroutine, 'context' => stream_context_create(),
    'nothing' => 99999, 'negative' => -1, 'large' => PHP_INT_MAX, 'string' => '1', 'null' => null, 'array' => [], 'object' => new stdClass(),
];
$before = links();
set_error_handler(function (int $level, string $text): bool {
    if (error_reporting() & $level) {
        echo "    $text\n";
    }
    return true;
});
foreach ($handles as $name => $handle) {
    echo "$name\n";
    foreach ([Swoole\dup(...), $process->sendHandle(...)] as $call) {
        try {
            var_dump($call($handle));
        } catch (Error $e) {
            echo '    ', $e::class, ': ', $e->getMessage(), "\n";
        }
    }
}
var_dump(links() === $before);
// A stream of the script that lends another one has that one's descriptor.
echo fgets(Swoole\dup(fopen('lent://x', 'r')));
?>
--EXPECT--
memory
    Swoole\dup(): the stream has no descriptor
bool(false)
    Swoole\Process::sendHandle(): the stream has no descriptor
bool(false)
wrapper
    Swoole\dup(): Memory::stream_cast is not implemented!
    Swoole\dup(): the stream has no descriptor
bool(false)
    Swoole\Process::sendHandle(): Memory::stream_cast is not implemented!
    Swoole\Process::sendHandle(): the stream has no descriptor
bool(false)
filtered
    Swoole\dup(): the stream has no descriptor
bool(false)
    Swoole\Process::sendHandle(): the stream has no descriptor
bool(false)
closed stream
    TypeError: Swoole\dup(): supplied resource is not a valid stream resource
    TypeError: Swoole\Process::sendHandle(): supplied resource is not a valid stream resource
closed socket
    Error: Swoole\dup(): Argument #1 ($handle) has already been closed
    Error: Swoole\Process::sendHandle(): Argument #1 ($handle) has already been closed
closed coroutine socket
    Swoole\dup(): fcntl() failed, Error: Bad file descriptor[9]
bool(false)
    Swoole\Process::sendHandle(): fcntl() failed, Error: Bad file descriptor[9]
bool(false)
context
    TypeError: Swoole\dup(): supplied resource is not a valid stream resource
    TypeError: Swoole\Process::sendHandle(): supplied resource is not a valid stream resource
nothing
    Swoole\dup(): fcntl() failed, Error: Bad file descriptor[9]
bool(false)
    Swoole\Process::sendHandle(): sendmsg() failed, Error: Bad file descriptor[9]
bool(false)
negative
    Swoole\dup(): fcntl() failed, Error: Bad file descriptor[9]
bool(false)
    Swoole\Process::sendHandle(): fcntl() failed, Error: Bad file descriptor[9]
bool(false)
large
    Swoole\dup(): fcntl() failed, Error: Bad file descriptor[9]
bool(false)
    Swoole\Process::sendHandle(): fcntl() failed, Error: Bad file descriptor[9]
bool(false)
string
    TypeError: Swoole\dup(): Argument #1 ($handle) must be of type resource|Socket|Swoole\Coroutine\Socket|int, string given
    TypeError: Swoole\Process::sendHandle(): Argument #1 ($handle) must be of type resource|Socket|Swoole\Coroutine\Socket|int, string given
null
    TypeError: Swoole\dup(): Argument #1 ($handle) must be of type resource|Socket|Swoole\Coroutine\Socket|int, null given
    TypeError: Swoole\Process::sendHandle(): Argument #1 ($handle) must be of type resource|Socket|Swoole\Coroutine\Socket|int, null given
array
    TypeError: Swoole\dup(): Argument #1 ($handle) must be of type resource|Socket|Swoole\Coroutine\Socket|int, array given
    TypeError: Swoole\Process::sendHandle(): Argument #1 ($handle) must be of type resource|Socket|Swoole\Coroutine\Socket|int, array given
object
    TypeError: Swoole\dup(): Argument #1 ($handle) must be of type resource|Socket|Swoole\Coroutine\Socket|int, stdClass given
    TypeError: Swoole\Process::sendHandle(): Argument #1 ($handle) must be of type resource|Socket|Swoole\Coroutine\Socket|int, stdClass given
bool(true)
<?php
