--TEST--
messages that come to a worker with coroutines after a reload has asked it to stop are handled by it when the whole pool stops
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\Process\Pool;
use function Swoole\Coroutine\go;

$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true);
$pool->set(['max_wait_time' => 10]);
$pool->on('WorkerStart', function (Pool $pool) {
    $GLOBALS['job'] = $job = new Channel();
    // It goes on until all messages are handled.
    go(function () use ($job) {
        for ($n = 0; $n < 3; $n++) {
            echo 'handled ', $job->pop(), "\n";
        }
    });
    posix_kill($pool->master_pid, SIGUSR1);
    go(function () use ($pool) {
        // The reload has reached this worker when it takes no more messages.
        while ($pool->running) {
            Coroutine::sleep(0.001);
        }
        for ($n = 0; $n < 3; $n++) {
            $pool->sendMessage("message $n", 0);
        }
        posix_kill($pool->master_pid, SIGTERM);
    });
});
$pool->on('Message', fn (Pool $pool, string $text) => $GLOBALS['job']->push($text));
$pool->start();
echo "over\n";
?>
--EXPECT--
handled message 0
handled message 1
handled message 2
over
