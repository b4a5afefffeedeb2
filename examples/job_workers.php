<?php
// A supervisor gives jobs of any size to its workers, and each worker gets the next one when it has sent its result.
//
//   scripts/php examples/job_workers.php    from the checkout
//   php examples/job_workers.php            where the extension is installed
//
// A message arrives whole or not at all. The worker of job 3 is killed in the middle of it: the supervisor sees the end of
// that worker's pipe, starts the worker again, and gives it the same job.

use Swoole\Process;

const WORKERS = 3;

/** One worker: it begins with a question for work, then answers each job with its result. */
function work(Process $me): void
{
    while (is_array($job = $me->receive())) {
        if ($job['number'] === 3 && $job['attempt'] === 1) {
            Process::kill(getmypid(), SIGKILL);
        }
        $me->send(['number' => $job['number'], 'length' => strlen($job['text'])]);
    }
}

$jobs = [];
for ($number = 1; $number <= 6; $number++) {
    $jobs[] = ['number' => $number, 'attempt' => 1, 'text' => str_repeat('x', 10 ** $number)];
}
$workers = $running = $results = [];
for ($i = 0; $i < WORKERS; $i++) {
    $workers[$i] = new Process(work(...));
    $workers[$i]->start();
}
while (count($results) < 6) {
    foreach ($workers as $i => $worker) {
        if (!isset($running[$i]) && $jobs !== []) {
            $running[$i] = array_shift($jobs);
            $worker->send($running[$i]);
        }
    }
    foreach ($running as $i => $job) {
        $result = $workers[$i]->receive(-1, $received);
        unset($running[$i]);
        if ($received) {
            $results[$result['number']] = $result['length'];
        } else {
            echo "the worker of job {$job['number']} has died\n";
            $jobs[] = ['attempt' => 2] + $job;
            Process::wait();
            $workers[$i]->start();
        }
    }
}
ksort($results);
foreach ($results as $number => $length) {
    echo "job $number: $length bytes\n";
}
foreach ($workers as $worker) {
    $worker->send('no more jobs');
}
while (Process::wait());
