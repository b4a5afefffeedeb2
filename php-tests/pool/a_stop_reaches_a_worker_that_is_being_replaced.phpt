--TEST--
messages that come to a worker with coroutines after a reload has asked it to stop are handled by it when the whole pool stops
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Process\Pool;
use function Swoole\Coroutine\go;

$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true);
$pool->set(['max_wait_time' => 10]);
$handled = 0;
$pool->on('WorkerStart', function (Pool $pool) use (&$handled) {
    posix_kill($pool->master_pid, SIGUSR1);
    go(function () use ($pool, &$handled) {
        // The reload has reached this worker when it takes no more messages.
        while ($pool->running) {
            Coroutine::sleep(0.001);
        }
        for ($n = 0; $n < 3; $n++) {
            $pool->sendMessage("message $n", 0);
        }
        posix_kill($pool->master_pid, SIGTERM);
        // It has not ended yet.
        while ($handled < 3) {
            Coroutine::sleep(0.001);
        }
    });
});
$pool->on('Message', function (Pool $pool, string $text) use (&$handled) {
    echo "handled $text\n";
    $handled++;
});
$pool->start();
echo "over\n";
?>
--EXPECT--
handled message 0
handled message 1
handled message 2
over
