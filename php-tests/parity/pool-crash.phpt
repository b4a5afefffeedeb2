--TEST--
a worker that ends by an exception, by exit, by a signal or by a fatal error is started again under the same id.
--EXTENSIONS--
pcntl
--INI--
error_reporting=E_ALL & ~E_DEPRECATED
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
// Pins: a worker that ends by an exception, by exit, by a signal or by a fatal error is started again under the same id.
// Status: documented. What else runs at the end of such a worker is not recorded.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$pool = new Pool(1);
$pool->on('WorkerStart', function (Pool $p, int $id) use ($log) {
    $n = substr_count(file_get_contents($log), 'start') + 1;
    file_put_contents($log, "start $n id $id\n", FILE_APPEND);
    usleep(50000);
    switch ($n) {
        case 1: throw new RuntimeException('worker one');
        case 2: exit(3);
        case 3: Process::kill(getmypid(), SIGKILL); sleep(3);
        case 4: trigger_error('fatal in worker', E_USER_ERROR);
        default: $p->shutdown(); sleep(3);
    }
});
$pool->start();
while (Process::wait()) {
}
echo "--\n", file_get_contents($log);
unlink($log);
--EXPECTF--

Fatal error: Uncaught RuntimeException: worker one in %s:%d
Stack trace:
%A
  thrown in %s on line %d

Fatal error: fatal in worker in %s on line %d
--
start 1 id 0
start 2 id 0
start 3 id 0
start 4 id 0
start 5 id 0
