--TEST--
when the master is killed its workers end, however they treat SIGTERM, and the pool's own queue is gone
--EXTENSIONS--
pcntl
posix
--CONFLICTS--
all
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach (['', 'Message', 'Message, handles SIGTERM', 'Message, ignores SIGTERM', 'ignores SIGTERM'] as $how) {
    $before = queues();
    $wire = new Wire();
    $master = apart(function () use ($wire, $how) {
        $pool = new Pool(2, SWOOLE_IPC_MSGQUEUE);
        $pool->set(['max_wait_time' => 0.3]);
        $pool->on('WorkerStart', function () use ($wire, $how) {
            if (str_contains($how, 'handles')) {
                pcntl_async_signals(true);
                pcntl_signal(SIGTERM, fn () => null);
            } elseif (str_contains($how, 'ignores')) {
                pcntl_signal(SIGTERM, SIG_IGN);
            }
            $wire->tell('worker');
            while (!str_starts_with($how, 'Message')) {
                sleep(100);
            }
        });
        if (str_starts_with($how, 'Message')) {
            $pool->on('Message', fn () => null);
        }
        $pool->start();
    });
    echo "[$how] ", implode(' ', $wire->hearSorted(2)), ', queues: ', count(array_diff(queues(), $before));
    posix_kill($master, SIGKILL);
    echo ', ', ending_of($master), ', then ', json_encode($wire->hearAll());
    echo ', queues: ', count(array_diff(queues(), $before)), "\n";
}
?>
--EXPECT--
[] worker worker, queues: 1, signal 9, then [], queues: 0
[Message] worker worker, queues: 1, signal 9, then [], queues: 0
[Message, handles SIGTERM] worker worker, queues: 1, signal 9, then [], queues: 0
[Message, ignores SIGTERM] worker worker, queues: 1, signal 9, then [], queues: 0
[ignores SIGTERM] worker worker, queues: 1, signal 9, then [], queues: 0
