--TEST--
a worker whose WorkerStart returns runs WorkerStop, ends, and is started again under the same id, until the pool is shut down.
--FILE--
<?php
// Pins: a worker whose WorkerStart returns runs WorkerStop, ends, and is started again under the same id, until the pool is shut down.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$pool = new Pool(1);
$pool->on('WorkerStart', function (Pool $p, int $id) use ($log) {
    $n = substr_count(file_get_contents($log), 'start') + 1;
    file_put_contents($log, "start $n id $id\n", FILE_APPEND);
    if ($n === 3) {
        usleep(50000);
        $p->shutdown();
        sleep(3);
    }
});
$pool->on('WorkerStop', fn ($p, $id) => file_put_contents($log, "stop id $id running " . json_encode([$p->running, $p->workerRunning]) . "\n", FILE_APPEND));
$pool->start();
while (Process::wait()) {
}
echo file_get_contents($log);
unlink($log);
--EXPECT--
start 1 id 0
stop id 0 running [false,false]
start 2 id 0
stop id 0 running [false,false]
start 3 id 0
