--TEST--
when the master is killed its workers end, however they treat SIGTERM, and the pool's own queue is gone
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (!is_readable('/proc/sysvipc/msg')) die('skip no list of queues in /proc');
?>
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach (['', 'Message', 'Message, handles SIGTERM', 'Message, ignores SIGTERM', 'ignores SIGTERM'] as $how) {
    $wire = new Wire();
    $master = apart(function () use ($wire, $how) {
        $pool = new Pool(2, SWOOLE_IPC_MSGQUEUE);
        $pool->set(['max_wait_time' => 0.3]);
        $pool->on('WorkerStart', function (Pool $pool) use ($wire, $how) {
            if (str_contains($how, 'handles')) {
                pcntl_async_signals(true);
                pcntl_signal(SIGTERM, fn () => null);
            } elseif (str_contains($how, 'ignores')) {
                pcntl_signal(SIGTERM, SIG_IGN);
            }
            $wire->tell($pool->getProcess()->msgQueueId);
            while (!str_starts_with($how, 'Message')) {
                sleep(100);
            }
        });
        if (str_starts_with($how, 'Message')) {
            $pool->on('Message', fn () => null);
        }
        $pool->start();
    });
    [$queue, $same] = array_map(intval(...), $wire->hearSorted(2));
    $is_there = fn () => $queue === $same && in_array($queue, queues(), true) ? 'is there' : 'is not there';
    echo "[$how] the queue {$is_there()}";
    posix_kill($master, SIGKILL);
    echo ', ', ending_of($master), ', then ', json_encode($wire->hearAll());
    // The process that removes it learns of the end of the others at the same moment.
    until(fn () => !in_array($queue, queues(), true));
    echo ", the queue {$is_there()}\n";
}
?>
--EXPECT--
[] the queue is there, signal 9, then [], the queue is not there
[Message] the queue is there, signal 9, then [], the queue is not there
[Message, handles SIGTERM] the queue is there, signal 9, then [], the queue is not there
[Message, ignores SIGTERM] the queue is there, signal 9, then [], the queue is not there
[ignores SIGTERM] the queue is there, signal 9, then [], the queue is not there
