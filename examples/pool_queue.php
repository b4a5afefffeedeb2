<?php
// A pool of workers that take jobs from a queue, with everything that such a service needs. It survives a job that kills
// its worker. It stops gracefully: no job is lost, and none is left unfinished.
//
//   scripts/php examples/pool_queue.php    from the checkout
//   php examples/pool_queue.php            where the extension is installed
//
// In a service the jobs come from elsewhere. Here the master starts a process that sends twelve jobs, requests a reload in
// the middle, and stops the pool.

use Swoole\Process;
use Swoole\Process\Pool;

const JOBS = 12;

// The log is for the operator of the service. This example prints its results to standard output.
swoole_async_set(['log_file' => '/dev/null']);

$pool = new Pool(3, SWOOLE_IPC_MSGQUEUE);
$pool->set([
    'max_wait_time' => 10,     // seconds that a job may take when its worker is asked to stop
    'max_requests' => 1000,    // jobs after which a worker is replaced, which limits leaks
    'max_memory' => '128M',
]);

$pool->on('Start', function (Pool $pool) {
    $sender = new Process(function () use ($pool) {
        $queue = $pool->getProcess(0);
        for ($job = 1; $job <= JOBS; $job++) {
            $queue->push("job $job");
            if ($job === JOBS / 2) {
                // Half of the jobs are done. The reload replaces the workers that did them.
                while ($pool->stats()['messages'] < 5) {
                    usleep(1000);
                }
                Process::kill($pool->master_pid, SIGUSR1);
            }
        }
        // The pool handles the jobs in the queue before it stops.
        Process::kill($pool->master_pid, SIGTERM);
    }, false, Process::PIPE_TYPE_NONE);
    $sender->start();
});

$pool->on('Message', function (Pool $pool, string $job) {
    usleep(5000);
    if ($job === 'job 2') {
        echo "$job: its worker crashes\n";
        // Dies as from a bug in an extension. Only this job is lost.
        Process::kill(getmypid(), SIGSEGV);
    }
    echo "$job: done by worker $pool->workerId\n";
});

$pool->on('WorkerError', function (Pool $pool, int $id, array $report) {
    printf("worker %d was killed by %s and restarts in %.0f ms\n", $id, $report['signal_name'], $report['delay'] * 1000);
});
$pool->on('Shutdown', fn () => print("the pool stops\n"));

$pool->start();
echo "the pool has ended\n";
