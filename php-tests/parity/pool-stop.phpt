--TEST--
stop() inside Message ends this worker only after the message; it is started again.
--FILE--
<?php
// Pins: stop() inside Message ends this worker only after the message; it is started again.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$note = fn (string $s) => file_put_contents($log, "$s\n", FILE_APPEND);
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->on('WorkerStart', function (Pool $p, int $id) use ($note, $log) {
    $n = substr_count(file_get_contents($log), 'WorkerStart') + 1;
    $note("WorkerStart $n");
    $p->sendMessage("message $n", 0);
});
$pool->on('Message', function (Pool $p, string $data) use ($note) {
    $note($data);
    if ($data === 'message 1') {
        $p->stop();
        $note('after stop');
    } else {
        usleep(50000);
        $p->shutdown();
        usleep(200000);
    }
});
$pool->on('WorkerStop', fn ($p, $id) => $note("WorkerStop"));
$pool->start();
while (Process::wait()) {
}
echo file_get_contents($log);
unlink($log);
--EXPECT--
WorkerStart 1
message 1
after stop
WorkerStop
WorkerStart 2
message 2
WorkerStop
