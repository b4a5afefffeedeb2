--TEST--
setBlocking(): outside of coroutines the calls of a socket block, those for handles too, with a time limit; a signal ends a wait for data
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Coroutine\Socket;
use Swoole\Process;

$handled = 0;
pcntl_async_signals(true);
pcntl_signal(SIGUSR1, function () use (&$handled) { $handled++; });

$listener = new Socket(AF_INET, SOCK_STREAM);
$listener->bind('127.0.0.1');
$listener->listen();
$port = $listener->getsockname()['port'];

$socket = new Socket(AF_INET, SOCK_STREAM);
try {
    $listener->accept(1);
} catch (Swoole\Error $e) {
    echo $e->getMessage(), "\n";
}
var_dump($socket->setBlocking(), $listener->setBlocking(true));
$child = new Process(function () use ($listener) {
    $connection = $listener->accept(30);
    $connection->setBlocking();
    $text = $connection->recv(100, 30);
    $connection->sendAll(strtoupper($text));
    // More than there is room for.
    $connection->sendAll(str_repeat('x', 3_000_000));
    while ($connection->recv(100, 0.001) === false && $connection->errCode === SOCKET_ETIMEDOUT) {
        posix_kill(posix_getppid(), SIGUSR1);
    }
});
$child->start();
var_dump($socket->connect('127.0.0.1', $port, 30));
echo "a time limit: ";
var_dump($socket->recv(100, 0.01), $socket->errCode === SOCKET_ETIMEDOUT);
$socket->sendAll('hello');
var_dump($socket->recv(5, 30));
// The child sends signals only when this was read.
var_dump(strlen($socket->recvAll(3_000_000, 30)));

var_dump($socket->recv(100, 30), $socket->errCode === SOCKET_EINTR, $handled > 0);
$socket->sendAll('enough');
while (!Process::wait());
echo "the end: ";
var_dump($socket->recv(100, 30));
$listener->setBlocking(false);
try {
    $listener->accept(1);
} catch (Swoole\Error $e) {
    echo $e->getMessage(), "\n";
}
$socket->close();
var_dump($socket->setBlocking(), $socket->errCode === SOCKET_EBADF);

echo "a handle waits for room\n";
[$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
$a->setBlocking();
$a->setOption(SOL_SOCKET, SO_SNDBUF, 4096);
for ($sent = 0; $a->send(str_repeat('x', 500), 0.001) === 500; $sent += 500);
var_dump($a->sendHandle(STDIN, 'late', 0.01), $a->errCode === SOCKET_ETIMEDOUT);
$child = new Process(function () use ($b, $sent) {
    $b->setBlocking();
    $b->recvAll($sent, 30);
    var_dump(get_resource_type($b->receiveHandle(30, $data)), $data);
});
$child->start();
$sent = $a->sendHandle(STDIN, 'late', 30);
while (!Process::wait());
var_dump($sent);

echo "in a coroutine it yields\n";
Swoole\Coroutine\run(function () {
    [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $a->setBlocking();
    Swoole\Coroutine\go(function () use ($b) {
        $b->send('from another coroutine');
    });
    echo $a->recv(100, 30), "\n";
});
?>
--EXPECT--
API must be called in the coroutine
bool(true)
bool(true)
bool(true)
a time limit: bool(false)
bool(true)
string(5) "HELLO"
int(3000000)
bool(false)
bool(true)
bool(true)
the end: string(0) ""
API must be called in the coroutine
bool(false)
bool(true)
a handle waits for room
bool(false)
bool(true)
string(6) "stream"
string(4) "late"
bool(true)
in a coroutine it yields
from another coroutine
