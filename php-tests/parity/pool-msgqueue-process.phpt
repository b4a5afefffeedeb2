--TEST--
SWOOLE_IPC_MSGQUEUE without a Message callback: getProcess() objects push to and pop from the queue of the pool.
--EXTENSIONS--
sysvmsg
--FILE--
<?php
// Pins: SWOOLE_IPC_MSGQUEUE without a Message callback: getProcess() objects push to and pop from the queue of the pool.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$key = 0x61000000 | (getmypid() & 0xffffff);
$log = tempnam(sys_get_temp_dir(), 'pool');
$pool = new Pool(2, SWOOLE_IPC_MSGQUEUE, $key);
$pool->on('WorkerStart', function (Pool $p, int $id) use ($log) {
    $proc = $p->getProcess();
    if ($id === 0) {
        foreach (['alpha', 'beta', 'end'] as $m) {
            file_put_contents($log, 'push ' . json_encode($proc->push($m)) . "\n", FILE_APPEND);
        }
        sleep(3);
    }
    $got = [];
    while (($m = $proc->pop()) !== 'end') {
        $got[] = $m;
    }
    usleep(50000);
    file_put_contents($log, 'popped ' . implode(',', $got) . "\n", FILE_APPEND);
    usleep(50000);
    $p->shutdown();
    sleep(3);
});
$pool->start();
while (Process::wait()) {
}
echo file_get_contents($log);
unlink($log);
msg_remove_queue(msg_get_queue($key));
--EXPECT--
push true
push true
push true
popped alpha,beta
