--TEST--
SWOOLE_IPC_UNIXSOCK: sendMessage between workers, the Message callback, its arguments, sending to itself and to a bad id.
--FILE--
<?php
// Pins: SWOOLE_IPC_UNIXSOCK: sendMessage between workers, the Message callback, its arguments, sending to itself and to a bad id.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$note = fn (string $s) => file_put_contents($log, "$s\n", FILE_APPEND);
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
$pool->on('WorkerStart', function (Pool $p, int $id) use ($note) {
    if ($id === 0) {
        $r = $p->sendMessage('ping', 1);
        while (!str_contains(file_get_contents($GLOBALS['log']), 'got ping')) { usleep(1000); }
        $note('sendMessage ' . json_encode($r));
    }
});
$pool->on('Message', function (...$a) use ($note) {
    [$p, $data] = $a;
    $note("worker {$p->workerId} args " . count($a) . " got $data");
    if ($data === 'ping') {
        while (!str_contains(file_get_contents($GLOBALS['log']), 'sendMessage')) { usleep(1000); }
        $p->sendMessage('pong', 0);
    } elseif ($data === 'pong') {
        $p->sendMessage('to myself', 0);
    } else {
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
--EXPECT--
worker 1 args 2 got ping
sendMessage true
worker 0 args 2 got pong
worker 0 args 2 got to myself
