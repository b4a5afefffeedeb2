--TEST--
a worker whose process the script has reaped in the master is started again, and the stop waits for no such worker
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach ([fn (int $pid) => pcntl_waitpid($pid, $status) === $pid, fn (int $pid) => Process::wait()['pid'] === $pid] as $reap) {
    $wire = new Wire();
    $master = apart(function () use ($wire, $reap) {
        pcntl_async_signals(true);
        $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
        $pool->set(['max_wait_time' => 0]);
        $worker = fn (Pool $pool) => $pool->stats()['workers'][0]['pid'];
        pcntl_signal(SIGALRM, function () use ($wire, $reap, $worker, $pool) {
            $pid = $worker($pool);
            posix_kill($pid, SIGKILL);
            $wire->tell('reaped', $reap($pid));
        });
        $pool->on('Shutdown', function (Pool $pool) use ($wire, $reap, $worker) {
            $pid = $worker($pool);
            posix_kill($pid, SIGKILL);
            $wire->tell('reaped', $reap($pid));
        });
        $pool->on('WorkerStart', function (Pool $pool) use ($wire) {
            pcntl_signal(SIGALRM, SIG_DFL);
            $wire->tell('WorkerStart');
        });
        $pool->on('Message', fn () => 1);
        $pool->start();
        $wire->tell('the pool has ended');
    });
    echo $wire->hear(), "\n";
    posix_kill($master, SIGALRM);
    echo implode(', ', [$wire->hear(), $wire->hear()]), "\n";
    posix_kill($master, SIGTERM);
    echo implode(', ', [$wire->hear(), $wire->hear()]), "\n";
    echo ending_of($master), "\n";
}
?>
--EXPECT--
WorkerStart
reaped true, WorkerStart
reaped true, the pool has ended
code 0
WorkerStart
reaped true, WorkerStart
reaped true, the pool has ended
code 0
