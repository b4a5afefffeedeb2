--TEST--
a worker with a Message callback ends its loop at SIGTERM and runs WorkerStop; Shutdown runs in the master.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: a worker with a Message callback ends its loop at SIGTERM and runs WorkerStop; Shutdown runs in the master.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$note = fn (string $s) => file_put_contents($log, "$s\n", FILE_APPEND);
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->on('WorkerStart', fn ($p, $id) => $p->sendMessage('go', 0));
$pool->on('Message', function (Pool $p, string $data) use ($note) {
    $note("worker: message $data");
    usleep(50000);
    $p->shutdown();
    usleep(200000);
});
$pool->on('WorkerStop', fn ($p, $id) => $note("worker: WorkerStop $id " . json_encode([$p->running, $p->workerRunning])));
$pool->on('Shutdown', fn ($p) => $note('master: Shutdown ' . json_encode($p->running)));
$pool->start();
while (Process::wait()) {
}
$lines = file($log);
sort($lines);
echo implode($lines);
unlink($log);
--EXPECT--
master: Shutdown false
worker: WorkerStop 0 [false,false]
worker: message go
