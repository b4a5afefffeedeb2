<?php
// A pool of workers that take jobs from a queue, with everything that such a service needs: it survives a job that
// kills its worker, and it stops gracefully, with no job half done and none lost.
//
//   scripts/php examples/pool_queue.php    from the checkout
//   php examples/pool_queue.php            where the extension is installed
//
// In a service the jobs come from elsewhere; here the workers' master starts a process that sends twelve of them, asks
// for a reload in the middle, and ends the pool.

use Swoole\Process;
use Swoole\Process\Pool;

const JOBS = 12;

// The log is for whoever runs the service; what this example shows goes to its output.
swoole_async_set(['log_file' => '/dev/null']);

$pool = new Pool(3, SWOOLE_IPC_MSGQUEUE);
$pool->set([
    'max_wait_time' => 10,     // seconds that a job may take when its worker is asked to stop
    'max_requests' => 1000,    // jobs after which a worker is replaced: whatever leaks, leaks no further
    'max_memory' => '128M',
]);

$pool->on('Start', function (Pool $pool) {
    $sender = new Process(function () use ($pool) {
        $queue = $pool->getProcess(0);
        for ($job = 1; $job <= JOBS; $job++) {
            $queue->push("job $job");
            if ($job === JOBS / 2) {
                // Half of it is done, by workers that are replaced then.
                while ($pool->stats()['messages'] < 5) {
                    usleep(1000);
                }
                Process::kill($pool->master_pid, SIGUSR1);
            }
        }
        // What is in the queue is done before the pool ends.
        Process::kill($pool->master_pid, SIGTERM);
    }, false, Process::PIPE_TYPE_NONE);
    $sender->start();
});

$pool->on('Message', function (Pool $pool, string $job) {
    usleep(5000);
    if ($job === 'job 2') {
        echo "$job: its worker crashes\n";
        // As a bug in an extension would. This job is lost, and only this one.
        Process::kill(getmypid(), SIGSEGV);
    }
    echo "$job: done by worker $pool->workerId\n";
});

$pool->on('WorkerError', function (Pool $pool, int $id, array $report) {
    printf("worker %d ended by %s, and is started again in %.0f ms\n", $id, $report['signal_name'], $report['delay'] * 1000);
});
$pool->on('Shutdown', fn () => print("the pool stops\n"));

$pool->start();
echo "the pool has ended\n";
