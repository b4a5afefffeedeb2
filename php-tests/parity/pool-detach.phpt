--TEST--
detach(): the worker leaves its loop and goes on by itself, the master starts another one under its id at once.
--FILE--
<?php
// Pins: detach(): the worker leaves its loop and goes on by itself, the master starts another one under its id at once.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$note = fn (string $s) => file_put_contents($log, "$s\n", FILE_APPEND);
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->on('WorkerStart', function (Pool $p, int $id) use ($note, $log) {
    $n = substr_count(file_get_contents($log), 'start') + 1;
    $note("start $n id $id");
    $p->sendMessage("message $n", 0);
});
$pool->on('Message', function (Pool $p, string $m) use ($note, $log) {
    $note("got $m");
    if ($m === 'message 1') {
        usleep(100000);
        $r = $p->detach();
        for ($i = 0; $i < 200 && !str_contains(file_get_contents($log), 'got message 2'); $i++) {
            usleep(10000);
        }
        usleep(30000);
        $note('detach returned ' . json_encode($r) . ', the detached worker still runs');
        usleep(50000);
        $p->shutdown();
        usleep(200000);
    }
});
$pool->on('WorkerStop', fn ($p, $id) => null);
$pool->start();
while (Process::wait()) {
}
echo file_get_contents($log);
unlink($log);
--EXPECT--
start 1 id 0
got message 1
start 2 id 0
got message 2
detach returned true, the detached worker still runs
