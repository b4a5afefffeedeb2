--TEST--
after stop() the properties of the pool tell at once that this worker is about to end, in this worker only
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach (['plain' => false, 'coroutine' => true] as $name => $coroutine) {
    $wire = new Wire();
    $pool = new Pool(2, SWOOLE_IPC_UNIXSOCK, 0, $coroutine);
    $pool->on('WorkerStart', fn (Pool $pool, int $id) => $id === 0 && $pool->stats()['restarts'] === 0 && $pool->sendMessage('stop', 0));
    $pool->on('Message', function (Pool $pool, string $what) use ($wire) {
        $wire->tell($what, $pool->running, $pool->workerRunning);
        if ($what === 'stop') {
            $pool->stop();
            $wire->tell('stopped', $pool->running, $pool->workerRunning);
            $pool->sendMessage('other', 1);
        } else {
            $pool->shutdown();
        }
    });
    $pool->start();
    echo "$name: ", implode(', ', $wire->hearAll()), "\n";
}
?>
--EXPECT--
plain: stop true true, stopped false false, other true true
coroutine: stop true true, stopped false false, other true true
