--TEST--
A pool with a message bus and another kind of messages does not start
--FILE--
<?php
use Swoole\Process\Pool;

foreach ([SWOOLE_IPC_NONE, SWOOLE_IPC_MSGQUEUE, SWOOLE_IPC_UNIXSOCK] as $kind) {
    $pool = new Pool(1, $kind);
    $pool->set(['enable_message_bus' => true]);
    $pool->on('WorkerStart', function (Pool $pool) {
        echo "a worker starts\n";
        $pool->shutdown();
    });
    if ($kind !== SWOOLE_IPC_NONE) {
        $pool->on('Message', fn () => null);
    }
    swoole_clear_error();
    var_dump($pool->start(), swoole_last_error() === SWOOLE_ERROR_OPERATION_NOT_SUPPORT, $pool->master_pid > 0);
}
?>
--EXPECTF--
[%s]	WARNING	enable_message_bus is for SWOOLE_IPC_UNIXSOCK only: the process pool does not start
bool(false)
bool(true)
bool(false)
[%s]	WARNING	enable_message_bus is for SWOOLE_IPC_UNIXSOCK only: the process pool does not start
bool(false)
bool(true)
bool(false)
a worker starts
NULL
bool(false)
bool(true)
