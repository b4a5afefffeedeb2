--TEST--
SIGUSR1 to the master restarts every worker once, with the same ids.
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
// Pins: SIGUSR1 to the master restarts every worker once, with the same ids.
// Status: documented.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$note = fn (string $s) => file_put_contents($log, "$s\n", FILE_APPEND | LOCK_EX);
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
$pool->on('WorkerStart', fn ($p, $id) => $note("start $id"));
$pool->on('WorkerStop', fn ($p, $id) => $note("stop $id"));
$pool->on('Message', fn () => null);
$control = new Process(function () use ($log) {
    $wait = function (string $what, int $n) use ($log) {
        for ($i = 0; $i < 400 && substr_count(file_get_contents($log), $what) < $n; $i++) {
            usleep(10000);
        }
        usleep(50000);
    };
    $wait('start', 2);
    file_put_contents($log, "reload\n", FILE_APPEND);
    Process::kill(posix_getppid(), SIGUSR1);
    $wait('start', 4);
    file_put_contents($log, "terminate\n", FILE_APPEND);
    Process::kill(posix_getppid(), SIGTERM);
}, false, 0);
$control->start();
$pool->start();
while (Process::wait()) {
}
[$a, $b, $c] = preg_split('/reload\n|terminate\n/', file_get_contents($log));
foreach ([$a, $b, $c] as $part) {
    $lines = explode("\n", trim($part));
    sort($lines);
    echo implode(', ', $lines), "\n";
}
unlink($log);
--EXPECT--
start 0, start 1
start 0, start 1, stop 0, stop 1
stop 0, stop 1
