--TEST--
RedisQueue refuses wrong options, and tells of servers that are closed, silent, or no Redis
--FILE--
<?php
use Swoole\Coroutine\Server;
use Swoole\Coroutine\Server\Connection;
use Swoole\Process\RedisQueue;
use function Swoole\Coroutine\{go, run};

function tried(callable $call): void
{
    try {
        var_dump($call());
    } catch (Throwable $e) {
        echo get_class($e), ': ', preg_replace('/:\d+: /', ':PORT: ', $e->getMessage()), "\n";
    }
}

foreach ([
    ['', []], ['a b', []], ["a\n", []], ['{a}', []], ['a', ['vissible' => 1]], ['a', [7 => 1]], ['a', ['host' => 1]], ['a', ['port' => '6379']], ['a', ['port' => 0]],
    ['a', ['visibility' => 0]], ['a', ['visibility' => NAN]], ['a', ['backoff' => -1]], ['a', ['tls' => 'yes']], ['a', ['max_attempts' => 1.5]],
] as [$name, $options]) {
    tried(fn () => new RedisQueue($name, $options));
}

$free = stream_socket_server('tcp://127.0.0.1:0');
$port = (int) substr(strrchr(stream_socket_get_name($free, false), ':'), 1);
fclose($free);
$queue = new RedisQueue('a', ['port' => $port, 'retry' => 0]);
tried(fn () => $queue->push('value', priority: 4));
tried(fn () => $queue->push('value', -1));
tried(fn () => $queue->push('value', NAN));
tried(fn () => $queue->push('value', id: 'a b'));
tried(fn () => $queue->push('value', id: "a\n"));
// A message of which the release was refused can still be settled.
$message = new RedisQueue\Message($queue, '1-0', 'consumer', 'id', 'body', 1, RedisQueue::NORMAL);
foreach ([NAN, INF, -1, 1e10] as $delay) {
    tried(fn () => $message->release($delay));
}
var_dump($message->isSettled());
tried(fn () => $queue->push(fn () => 1));
try {
    clone $queue;
} catch (Error $e) {
    echo 'a copy: ', preg_match('/private .*RedisQueue::__clone/', $e->getMessage()) ? 'refused' : $e->getMessage(), "\n";
}
echo "closed\n";
tried(fn () => $queue->push('value'));
tried(fn () => $queue->pop(0));
tried(fn () => $queue->stats());
tried(fn () => $queue->close());
tried(fn () => (new RedisQueue('a', ['path' => '/nowhere/redis', 'retry' => 0]))->stats());
tried(fn () => (new RedisQueue('a', ['host' => 'no.such.host.invalid', 'retry' => 0]))->stats());
// The name is looked up.
tried(fn () => (new RedisQueue('a', ['host' => 'localhost', 'port' => $port, 'retry' => 0]))->stats());

/** A server that sends something when it has received something. */
function with(?string $answer, array $options = []): void
{
    run(function () use ($answer, $options) {
        $server = new Server('127.0.0.1');
        $server->handle(function (Connection $connection) use ($answer) {
            $connection->recv();
            if ($answer !== null) {
                $connection->send($answer);
                $connection->recv();
            }
            $connection->close();
        });
        go(fn () => $server->start());
        $queue = new RedisQueue('a', ['port' => $server->port, 'retry' => 0] + $options);
        tried(fn () => $queue->push('value'));
        $server->shutdown();
    });
}

echo "no Redis\n";
with("HTTP/1.1 400 Bad Request\r\n");
with(null);
with('+', ['timeout' => 0.05]);
with("-WRONGPASS wrong\r\n:1\r\n", ['password' => 'secret']);
with("-LOADING soon\r\n:1\r\n", ['database' => 1]);
with(":1\r\n-OOM full\r\n");
with(":1\r\n-NOSCRIPT none\r\n");
?>
--EXPECT--
ValueError: the name of a queue must not be empty, nor have spaces or braces
ValueError: the name of a queue must not be empty, nor have spaces or braces
ValueError: the name of a queue must not be empty, nor have spaces or braces
ValueError: the name of a queue must not be empty, nor have spaces or braces
ValueError: a queue has no option vissible
ValueError: a queue has no option 7
TypeError: the option host must be of type string, int given
TypeError: the option port must be of type int, string given
ValueError: the option port must be from 1 to 65535
ValueError: the option visibility must be from 0.001 to 1000000000
ValueError: the option visibility must be from 0.001 to 1000000000
ValueError: the option backoff must be from 0 to 1000000000
TypeError: the option tls must be of type bool or array, string given
TypeError: the option max_attempts must be of type int, float given
ValueError: the priority must be HIGH, NORMAL or LOW
ValueError: the delay must be from 0 to 1000000000 seconds
ValueError: the delay must be from 0 to 1000000000 seconds
ValueError: an id must have from 1 to 255 visible ASCII characters
ValueError: an id must have from 1 to 255 visible ASCII characters
ValueError: the delay must be from 0 to 1000000000 seconds
ValueError: the delay must be from 0 to 1000000000 seconds
ValueError: the delay must be from 0 to 1000000000 seconds
ValueError: the delay must be from 0 to 1000000000 seconds
bool(false)
Exception: Serialization of 'Closure' is not allowed
a copy: refused
closed
Swoole\Process\RedisQueue\ConnectionException: cannot connect to 127.0.0.1:PORT: Connection refused
Swoole\Process\RedisQueue\ConnectionException: cannot connect to 127.0.0.1:PORT: Connection refused
Swoole\Process\RedisQueue\ConnectionException: cannot connect to 127.0.0.1:PORT: Connection refused
NULL
Swoole\Process\RedisQueue\ConnectionException: cannot connect to /nowhere/redis: No such file or directory
Swoole\Process\RedisQueue\ConnectionException: cannot connect to no.such.host.invalid: the name is not known
Swoole\Process\RedisQueue\ConnectionException: cannot connect to localhost:PORT: Connection refused
no Redis
Swoole\Process\RedisQueue\ConnectionException: the server does not speak the protocol of Redis
Swoole\Process\RedisQueue\ConnectionException: the server has closed the connection
Swoole\Process\RedisQueue\ConnectionException: the server does not answer
Swoole\Process\RedisQueue\Exception: WRONGPASS wrong
Swoole\Process\RedisQueue\ConnectionException: LOADING soon
Swoole\Process\RedisQueue\Exception: OOM full
Swoole\Process\RedisQueue\Exception: NOSCRIPT none
