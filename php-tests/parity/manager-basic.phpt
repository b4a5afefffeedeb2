--TEST--
Process\Manager: add and addBatch number the workers in order; the functions get the pool and the id; coroutine workers.
--FILE--
<?php
// Pins: Process\Manager: add and addBatch number the workers in order; the functions get the pool and the id; coroutine workers.
// Status: documented.
use Swoole\{Process, Coroutine};
use Swoole\Process\{Manager, Pool};
$log = tempnam(sys_get_temp_dir(), 'manager');
$m = new Manager();
$note = function (string $what) use ($log) {
    return function (...$a) use ($what, $log) {
        [$p, $id] = $a;
        file_put_contents($log, "$id $what " . get_class($p) . ' args ' . count($a) . ' coroutine ' . json_encode(Coroutine::getCid() > 0) . "\n", FILE_APPEND | LOCK_EX);
        if ($id === 3) {
            while (substr_count(file_get_contents($log), "\n") < 4) {
                usleep(5000);
            }
            usleep(50000);
            $p->shutdown();
            usleep(200000);
        }
        sleep(3);
    };
};
echo get_class($m->add($note('first'))), "\n";
$m->addBatch(2, $note('batch'))->add($note('coroutine'), true);
$m->start();
while (Process::wait()) {
}
$lines = file($log);
sort($lines);
echo implode($lines);
unlink($log);
echo json_encode([$m->getIPCType(), $m->getMsgQueueKey(), $m->setIPCType(SWOOLE_IPC_UNIXSOCK)->getIPCType(), $m->setMsgQueueKey(5)->getMsgQueueKey()]), "\n";
--EXPECT--
Swoole\Process\Manager
0 first Swoole\Process\Pool args 2 coroutine false
1 batch Swoole\Process\Pool args 2 coroutine false
2 batch Swoole\Process\Pool args 2 coroutine false
3 coroutine Swoole\Process\Pool args 2 coroutine true
[0,0,1,5]
