--TEST--
resize(): the master and workers add and remove workers; what waits for a removed one is handled; a pool of none waits
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Atomic;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$wire = new Wire();
[$go, $jobs] = [new Atomic(), new Atomic()];
$master = apart(function () use ($wire, $go, $jobs) {
    log_file();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->set(['max_workers' => 3, 'max_wait_time' => 30]);
    $ids = fn () => implode(',', array_column($pool->stats()['workers'], 'id'));
    $run = fn (int $count) => until(fn () => array_column($pool->stats()['workers'], 'state') === array_fill(0, $count, 'running'));
    // The master.
    $pool->on('Start', function (Pool $pool) use ($wire) {
        $wire->tell('in Start', $pool->resize(2));
        $pool->sendMessage('drive', 0);
    });
    $pool->on('Message', function (Pool $pool, string $message) use ($wire, $go, $jobs, $ids, $run) {
        if ($message === 'hold') {
            until(fn () => $go->get() === 1);
        } elseif ($message === 'job') {
            $jobs->add();
        } elseif ($message === 'drive') {
            // A worker.
            $run(2);
            $wire->tell('to three', $pool->resize(3));
            $run(3);
            $wire->tell($ids(), $pool->getProcess(2)->pid > 0);
            // It is busy with the first message when it is removed.
            foreach (['hold', ...array_fill(0, 100, 'job')] as $text) {
                $pool->sendMessage($text, 2);
            }
            $wire->tell('to one', $pool->resize(1));
            until(fn () => !@$pool->sendMessage('job', 2) || !$jobs->sub());
            $go->set(1);
            until(fn () => $ids() === '0');
            $wire->tell('jobs', $jobs->get());
            $wire->tell('no longer there', @$pool->sendMessage('x', 1), @$pool->getProcess(2));
            $wire->tell('no room', @$pool->resize(4), swoole_errno());
            $wire->tell('to none', $pool->resize(0));
        }
    });
    $pool->on('WorkerStop', fn (Pool $pool, int $id) => $id === 0 && $wire->tell('stop of 0'));
    $pool->start();
    $wire->tell('ended');
});
do {
    echo $line = $wire->hear(), "\n";
} while ($line !== 'stop of 0');
posix_kill($master, SIGTERM);
echo implode("\n", $wire->hearAll()), "\n", ending_of($master), "\n";
$pool = new Pool(2);
var_dump($pool->resize(3), $pool->restart(0));
try {
    $pool->resize(-1);
} catch (Swoole\Exception $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECTF--
in Start true
to three true
0,1,2 true
to one true
jobs 100
no longer there false false
no room false 22
to none true
stop of 0
ended
code 0
bool(false)
bool(false)
the number of workers is negative
