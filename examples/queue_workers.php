<?php
// Two workers that compete for the jobs in a queue, and a second queue that brings the results back.
//
//   scripts/php examples/queue_workers.php    from the checkout
//   php examples/queue_workers.php            where the extension is installed
//
// A queue belongs to the system, not to a process. A free worker takes the next message, and each message goes to exactly
// one worker. Messages that were not taken stay until the queue is removed. So remove it in the end.

use Swoole\Process;

const JOBS = 12;

/** An object for the shared queue; it is never started. The keys keep two runs of this script apart. */
function queue(int $key): Process
{
    $queue = new Process(fn () => null, false, Process::PIPE_TYPE_NONE);
    $queue->useQueue($key, SWOOLE_MSGQUEUE_BALANCE) || exit('no queue: ' . swoole_strerror(swoole_errno()) . "\n");
    return $queue;
}

$jobs = queue(0x10000000 + getmypid());
$results = queue(0x20000000 + getmypid());

$workers = [];
foreach (['Ann', 'Ben'] as $name) {
    $workers[$name] = new Process(function () use ($name, $jobs, $results) {
        while (($job = $jobs->pop()) !== 'done') {
            // Instead of work, wait a little, one worker longer than the other.
            usleep($name === 'Ann' ? 5000 : 15000);
            $results->push("$name $job " . $job ** 2);
        }
    }, false, Process::PIPE_TYPE_NONE);
    $workers[$name]->start();
}

for ($job = 1; $job <= JOBS; $job++) {
    $jobs->push((string) $job);
}

$done = ['Ann' => [], 'Ben' => []];
for ($n = 0; $n < JOBS; $n++) {
    [$name, $job, $square] = explode(' ', $results->pop());
    $done[$name][] = "{$job}² = $square";
}
foreach ($done as $name => $list) {
    echo "$name did ", count($list), ' jobs: ', implode(', ', $list), "\n";
}

foreach ($workers as $worker) {
    $jobs->push('done');
}
while (Process::wait());
echo 'messages left: ', $jobs->statQueue()['queue_num'] + $results->statQueue()['queue_num'], "\n";
$jobs->freeQueue();
$results->freeQueue();
