--TEST--
a worker that ignores SIGTERM is killed after max_wait_time when the pool is shut down.
--EXTENSIONS--
pcntl
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
// Pins: a worker that ignores SIGTERM is killed after max_wait_time when the pool is shut down.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$pool = new Pool(1);
$pool->set(['max_wait_time' => 1]);
$pool->on('WorkerStart', function (Pool $p) use ($log) {
    pcntl_signal(SIGTERM, SIG_IGN);
    file_put_contents($log, "worker starts\n", FILE_APPEND);
    usleep(50000);
    $p->shutdown();
    usleep(200000);
    $t = microtime(true);
    while (microtime(true) - $t < 4) {
        usleep(100000);
    }
    file_put_contents($log, "worker was not killed\n", FILE_APPEND);
});
$t = microtime(true);
$pool->start();
while (Process::wait()) {
}
$t = microtime(true) - $t;
echo file_get_contents($log);
var_dump($t > 0.9 && $t < 3.5);
unlink($log);
--EXPECT--
worker starts
bool(true)
