--TEST--
enable_message_bus: a message of 2 MB between workers arrives whole.
--FILE--
<?php
// Pins: enable_message_bus: a message of 2 MB between workers arrives whole.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
$pool->set(['enable_message_bus' => true]);
$pool->on('WorkerStart', function (Pool $p, int $id) use ($log) {
    if ($id === 0) {
        $p->sendMessage(str_repeat('0123456789', 200000), 1);
        $p->sendMessage('small', 1);
    }
});
$pool->on('Message', function (Pool $p, string $data) use ($log) {
    file_put_contents($log, "worker {$p->workerId}: " . strlen($data) . ' ' . md5($data) . "\n", FILE_APPEND);
    if ($data === 'small') {
        usleep(50000);
        $p->shutdown();
        usleep(200000);
    }
});
$pool->start();
while (Process::wait()) {
}
echo file_get_contents($log), md5(str_repeat('0123456789', 200000)), "\n";
unlink($log);
--EXPECT--
worker 1: 2000000 499411682260e00edacbe06cd283fbf4
worker 1: 5 eb5c1399a871211c7e7ed732d15e3a8b
499411682260e00edacbe06cd283fbf4
