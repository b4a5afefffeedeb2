--TEST--
enable_coroutine: WorkerStart is a coroutine, timers keep the worker, Message callbacks run beside each other.
--FILE--
<?php
// Pins: enable_coroutine: WorkerStart is a coroutine, timers keep the worker, Message callbacks run beside each other.
// Status: documented.
use Swoole\{Process, Coroutine, Timer};
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$note = fn (string $s) => file_put_contents($log, "$s\n", FILE_APPEND);
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, true);
$pool->on('WorkerStart', function (Pool $p, int $id) use ($note) {
    $note('in a coroutine ' . json_encode(Coroutine::getCid() > 0));
    foreach (['slow', 'fast'] as $m) {
        $p->sendMessage($m, 0);
    }
    Coroutine::sleep(0.08);
    $note('WorkerStart ends');
});
$pool->on('Message', function (Pool $p, string $m) use ($note) {
    $note("begin $m");
    Coroutine::sleep($m === 'slow' ? 0.3 : 0.18);
    $note("end $m");
    if ($m === 'slow') {
        usleep(50000);
        $p->shutdown();
    }
});
$pool->start();
while (Process::wait()) {
}
echo file_get_contents($log);
unlink($log);
--EXPECT--
in a coroutine true
begin slow
begin fast
WorkerStart ends
end fast
end slow
