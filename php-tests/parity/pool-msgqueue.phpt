--TEST--
SWOOLE_IPC_MSGQUEUE with a key: messages pushed by another process through the same queue reach the Message callback.
--EXTENSIONS--
sysvmsg
--FILE--
<?php
// Pins: SWOOLE_IPC_MSGQUEUE with a key: messages pushed by another process through the same queue reach the Message callback.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$key = 0x60000000 | (getmypid() & 0xffffff);
$log = tempnam(sys_get_temp_dir(), 'pool');
$pool = new Pool(1, SWOOLE_IPC_MSGQUEUE, $key);
$pool->on('Start', function () use ($key) {
    $q = msg_get_queue($key);
    foreach (['one', 'two', 'three'] as $m) {
        msg_send($q, 1, $m, false);
    }
});
$pool->on('Message', function (Pool $p, string $data) use ($log) {
    file_put_contents($log, "worker got $data\n", FILE_APPEND);
    if ($data === 'three') {
        usleep(50000);
        $p->shutdown();
        usleep(200000);
    }
});
$pool->start();
while (Process::wait()) {
}
echo file_get_contents($log);
unlink($log);
var_dump(msg_queue_exists($key));
msg_remove_queue(msg_get_queue($key));
--EXPECT--
worker got one
worker got two
worker got three
bool(true)
