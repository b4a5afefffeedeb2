--TEST--
sendMessage: what a socket does not take is refused, and the warning tells what to do
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Process\Pool;

foreach ([[1000, 1001], [20 << 20, 16 << 20]] as [$most, $size]) {
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->set(['max_package_size' => $most]);
    $pool->on('WorkerStart', function (Pool $pool) use ($size) {
        var_dump($pool->sendMessage(str_repeat('x', $size), 0), swoole_last_error() === SOCKET_EMSGSIZE);
        $pool->shutdown();
    });
    $pool->on('Message', fn () => null);
    $pool->start();
}
?>
--EXPECTF--
Warning: Swoole\Process\Pool::sendMessage(): the message of 1001 bytes is larger than max_package_size, which is 1000 bytes in %s on line %d
bool(false)
bool(true)

Warning: Swoole\Process\Pool::sendMessage(): the message of 16777216 bytes is larger than a socket takes; see enable_message_bus in %s on line %d
bool(false)
bool(true)
