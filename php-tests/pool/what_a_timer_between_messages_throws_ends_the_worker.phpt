--TEST--
an exception, exit() or a fork in a timer between two messages, stop() and detach() there
--EXTENSIONS--
posix
pcntl
--INI--
display_errors=0
--FILE--
<?php
use Swoole\Process\Pool;
use Swoole\Timer;
require __DIR__ . '/support.inc';
log_file();
foreach ([SWOOLE_IPC_UNIXSOCK, SWOOLE_IPC_MSGQUEUE] as $ipc) {
    foreach ([
        'exception' => fn () => throw new Exception(),
        'exit' => fn () => exit(3),
        'stop' => fn (Pool $pool) => $pool->stop(),
        'detach' => fn (Pool $pool) => $pool->detach(),
        'fork' => fn (Pool $pool) => pcntl_fork() === 0 ? null : pcntl_wait($status) && $pool->stop(),
    ] as $name => $act) {
        $wire = new Wire();
        $pool = new Pool(1, $ipc);
        $pool->on('WorkerStart', function (Pool $pool) use ($act) {
            Timer::after(5, fn () => $pool->stats()['restarts'] > 0 ? $pool->shutdown() : $act($pool));
        });
        $pool->on('Message', fn () => $wire->tell('not reached'));
        $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
        $pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $wire->tell('code', $report['code']));
        $pool->start();
        $lines = $wire->hearAll();
        sort($lines);
        echo "$name: ", implode(', ', $lines), "\n";
    }
}
?>
--EXPECT--
exception: WorkerStop, WorkerStop, code 255
exit: WorkerStop, WorkerStop, code 255
stop: WorkerStop, WorkerStop
detach: WorkerStop, WorkerStop
fork: WorkerStop, WorkerStop
exception: WorkerStop, WorkerStop, code 255
exit: WorkerStop, WorkerStop, code 255
stop: WorkerStop, WorkerStop
detach: WorkerStop, WorkerStop
fork: WorkerStop, WorkerStop
